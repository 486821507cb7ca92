# Help. Its texts are in English; this is the frame around them.
help-title = Hilfe
help-contents = Alle Hilfeseiten
help-to-portal = Zum Portal
help-problems = Alle Probleme
help-part-start = Anfangen
help-part-work = Im Alltag
help-part-look-up = Nachschlagen
help-part-operators = Für Betrieb und Programme
help-language = Die Hilfetexte gibt es bisher nur auf Englisch.
