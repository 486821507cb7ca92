# Hilfe: der Rahmen um ihre Texte.
help-title = Hilfe
help-contents = Alle Hilfeseiten
help-to-portal = Zum Portal
help-problems = Alle Probleme
help-part-start = Anfangen
help-part-work = Im Alltag
help-part-look-up = Nachschlagen
help-part-operators = Für Betrieb und Programme
help-language = Diese Seite gibt es bisher nur auf Englisch.
help-table = Tabelle: { $name }
