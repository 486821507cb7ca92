# Die E-Mails an Mitglieder und ihr Wortlaut.
settings-tab-mails = E-Mails
mails-text = Was Rollcall Ihren Mitgliedern schreibt. Jede E-Mail hat einen Standardtext, den Sie durch Ihren eigenen ersetzen können.
mails-to-members = E-Mails an Mitglieder
mails-mail = E-Mail
mails-see = Öffnen
mails-own = Ihr Text
mails-since = seit { $day }
mails-ours = Standardtext
mails-others = Mitglieder bekommen jede E-Mail in ihrer eigenen Sprache, wenn sie hier dabei ist, sonst in der des Programms. E-Mails an die Verwaltung, etwa die Zusammenfassung eines Imports, haben immer ihren Standardtext, in der Sprache, die die Person gewählt hat.

# Wie jede heißt und wann sie kommt.
mail-name-welcome = Einladung
mail-when-welcome = Wenn jemand beigetreten ist, und sooft die Einladung erneut gesendet wird.
mail-name-reminder = Erinnerung an die Einladung
mail-when-reminder = An alle, die der Einladung noch nicht gefolgt sind.
mail-name-member-reset = Neues Passwort
mail-when-member-reset = Wenn ein Mitglied sein Passwort vergessen hat.
mail-name-confirm-address = Adresse bestätigen
mail-when-confirm-address = Wenn ein Mitglied in seinem Konto eine private Adresse eingetragen hat.
mail-name-address-changed = Adresse geändert
mail-when-address-changed = Wenn die private Adresse eines Mitglieds bestätigt oder entfernt wurde, zu seiner Sicherheit.
mail-name-leaver-notice = Mitteilung über das Ausscheiden
mail-when-leaver-notice = Sobald feststeht, dass jemand ausscheidet: Der Zugang endet.
mail-name-leaver-reminder = Erinnerung an das Ende des Zugangs
mail-when-leaver-reminder = An den Erinnerungstagen der Schließung.
mail-name-closed = Konto geschlossen
mail-when-closed = Wenn ein Konto geschlossen und sein Inhalt gelöscht ist.
mail-name-reopened = Konto wieder offen
mail-when-reopened = Wenn jemand die Mitteilung bekommen hatte und nun wieder Mitglied ist.

# Eine davon.
wording-in-en = Dieselbe auf Englisch
wording-in-de = Dieselbe auf Deutsch
wording-subject = Betreff
wording-text = Text
wording-text-hint = Eine Leerzeile beginnt einen neuen Absatz. „# “ beginnt den Titel, „## “ eine Überschrift, „- “ einen Listenpunkt; **zwei Sterne** machen Wörter fett, und [Wörter](https://…) werden ein Link.
wording-preview = Vorschau
wording-variables = Was Sie einfügen können
mail-variable-programme = der Name des Programms
mail-variable-first-name = der Vorname des Mitglieds. Ist er nicht bekannt, entfällt er samt dem Leerzeichen oder Komma davor.
mail-variable-contact = was in den Einstellungen des Programms unter „Hilfe“ steht, sonst „Ihre Personalabteilung“
mail-variable-until = bis wann der Link gilt
mail-variable-ends-on = der letzte Tag des Zugangs, etwa 14. Mai 2026
mail-variable-days-left = wie lange das noch ist, etwa 7 Tage
mail-variable-closed-on = der Tag, an dem das Konto geschlossen wurde
mail-variable-button = die Schaltfläche, in einer eigenen Zeile. Sie führt das Mitglied dorthin, wo es etwas zu tun hat; deshalb behält sie jede E-Mail.
wording-shown = Vorschau
wording-shown-subject = Betreff:
wording-screen = Anzeigen
wording-screen-light = auf hellem Bildschirm
wording-screen-dark = auf dunklem Bildschirm
wording-screen-text = ohne HTML
wording-not-shown = Sobald das Markierte berichtigt ist, wird sie hier gezeigt.
wording-example = Test-E-Mail
wording-example-text = Geht an { $email }, mit dem gespeicherten Wortlaut und erfundenen Angaben wie in der Vorschau.
wording-example-send = Test-E-Mail an mich senden
wording-reset = Zurück zum Standardtext
wording-reset-title = Zurück zum Standardtext?
wording-reset-text = Ihr eigener Text für diese E-Mail in dieser Sprache wird aufgegeben. Im Protokoll bleibt er erhalten.
said-wording-saved = Gespeichert. Die nächste E-Mail hat diesen Text.
said-wording-reset = Die E-Mail hat wieder ihren Standardtext.
said-example-sent = Die Test-E-Mail ist auf dem Weg zu Ihnen.

# Was falsch sein kann.
flaw-wording-empty = Schreiben Sie hier etwas.
flaw-wording-too-long = Schreiben Sie höchstens { $n } Zeichen.
flaw-wording-lines = Ein Betreff ist eine einzige Zeile.
flaw-wording-unknown = { $name } ist hier nicht bekannt. Einfügen können Sie { $known }.
flaw-wording-unclosed = Etwas beginnt mit zwei geschweiften Klammern und endet nicht damit.
flaw-wording-logic = In geschweiften Klammern darf nur stehen, was eingefügt werden kann; Bedingungen und Kommentare sind nicht möglich.
flaw-wording-button = Die E-Mail braucht die Schaltfläche genau einmal: Setzen Sie { "{{ button }}" } in eine eigene Zeile.

# Das Protokoll.
audit-area-mail = E-Mails
audit-mail-reworded = E-Mail an Mitglieder umformuliert
audit-mail-reset = E-Mail auf den Standardtext zurückgesetzt
audit-mail-example-sent = Sich eine Test-E-Mail geschickt
setting-subject = Betreff
setting-text = Text
