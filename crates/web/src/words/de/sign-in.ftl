# Eingaben, nach denen mehrere Seiten fragen.
entry-email = E-Mail-Adresse
entry-your-email = Ihre E-Mail-Adresse
entry-name = Name
entry-your-name = Ihr Name
entry-password = Passwort
entry-new-password = Neues Passwort
entry-current-password = Jetziges Passwort
entry-language = Sprache
entry-role = Rolle
entry-programme = Name des Programms
entry-programme-hint = Wie Ihre Mitglieder es kennen, etwa „Acme Rewards“.
entry-time-zone = Zeitzone
entry-time-zone-hint = Um Mitternacht dort beginnt ein neuer Tag, und Zeiten werden in ihr angezeigt.
entry-code = Code
entry-code-hint = Die sechs Ziffern aus Ihrer Authenticator-App oder einer Ihrer Notfallcodes.
password-rules = Mindestens 12 Zeichen, und weder Ihr Name noch Ihre Adresse noch eines, das jeder ausprobieren würde. Drei oder vier Wörter hintereinander sind gut.
language-en = English
language-de = Deutsch
save = Speichern
close = Schließen
change = Ändern
copy = Kopieren
copied = Kopiert
download = Herunterladen
print = Drucken
on = an
off = aus
yes = ja
no = nein

# Fehler in Formularen.
form-wrong = { $n ->
    [one] Eine Angabe stimmt noch nicht. Es wurde nichts gespeichert.
   *[other] { $n } Angaben stimmen noch nicht. Es wurde nichts gespeichert.
}
flaw-missing = Hier fehlt eine Angabe.
flaw-too-long = Das ist zu lang.
flaw-control-character = Geben Sie eine Zeile gewöhnlichen Text ein.
flaw-slug-invalid = Verwenden Sie 1 bis 40 Kleinbuchstaben, Ziffern und Bindestriche.
flaw-slug-reserved = Dieses Wort braucht Rollcall für eigene Adressen. Wählen Sie ein anderes.
flaw-time-zone-unknown = Diese Zeitzone gibt es nicht.
flaw-email-invalid = Das ist keine E-Mail-Adresse.
flaw-same-address = Mit dieser Adresse melden Sie sich an. Geben Sie eine andere ein.
flaw-already-here = Diese Person betreut das Programm schon.
flaw-email-known = Mit dieser Adresse gibt es schon jemanden in der Verwaltung.
flaw-password-too-short = Verwenden Sie mindestens 12 Zeichen.
flaw-password-too-long = Verwenden Sie höchstens 256 Zeichen.
flaw-password-like-person = Das ist Ihrem Namen oder Ihrer Adresse zu ähnlich. Wählen Sie etwas, das nichts mit Ihnen zu tun hat.
flaw-password-like-programme = Das ist dem Namen des Programms zu ähnlich. Wählen Sie etwas, das nichts damit zu tun hat.
flaw-password-common = Das gehört zu den ersten Passwörtern, die jeder ausprobieren würde. Wählen Sie ein anderes.
flaw-password-wrong = Das Passwort stimmt nicht.
flaw-too-many-attempts = Das waren zu viele Versuche. Warten Sie eine Weile, und versuchen Sie es dann noch einmal.
flaw-code-wrong = Der Code stimmt nicht oder wurde schon verwendet. Geben Sie den neuesten ein.
flaw-second-factor-on = Der zweite Faktor ist schon eingeschaltet. Schalten Sie ihn zuerst aus.
flaw-second-factor-not-begun = Beginnen Sie mit einem neuen Schlüssel, und geben Sie dann dessen Code ein.
flaw-last-owner = Das ist die letzte Inhaberin oder der letzte Inhaber des Programms. Geben Sie zuerst jemand anderem diese Rolle.
flaw-not-there = Das gibt es nicht mehr.
flaw-link-unknown = Diesen Link kennen wir nicht.
flaw-link-used = Dieser Link wurde schon verwendet.
flaw-link-expired = Dieser Link ist abgelaufen.
flaw-link-replaced = Ein neuerer Link ist an die Stelle dieses getreten.
flaw-link-suspended = Ihr Zugang wird geprüft.
flaw-not-typed = Das ist nicht, was einzugeben war.
flaw-invitation-days = Geben Sie eine Anzahl Tage von 1 bis 90 ein.
flaw-too-many-invitation-reminders = Wählen Sie höchstens 3 Tage.
flaw-reminder-after-end = Jede Erinnerung muss gehen, solange der Link gilt.
flaw-no-scopes = Wählen Sie mindestens eine Sache, die das Token darf.
flaw-in-the-past = Wählen Sie einen Zeitpunkt, der noch kommt.
flaw-not-a-day = Geben Sie einen Tag ein, etwa 2026-11-23.
flaw-too-far-away = Das ist zu weit weg.
flaw-not-utf8 = Der Text ist nicht in UTF-8. Speichern Sie die Datei als „CSV UTF-8“ und versuchen Sie es noch einmal.
flaw-not-a-table = Das ist keine Tabelle mit einer Kopfzeile und einer Zeile für jede Person.
flaw-no-email-column = Keine Spalte heißt E-Mail-Adresse. Nehmen Sie die Überschriften der Vorlage.
flaw-too-many-lines = Eine Datei darf höchstens 100.000 Personen enthalten. Teilen Sie sie auf.
flaw-joiners-not-typed = Geben Sie genau ein, wie viele Mitglieder aufgenommen werden.
flaw-excluded-already = Diese Personalnummer ist schon ausgeschlossen.
flaw-not-a-name = Geben Sie eine Zeile mit höchstens 100 Zeichen ein.
flaw-not-a-time-zone = Diese Zeitzone gibt es nicht.
flaw-not-a-colour = Wählen Sie eine Farbe wie #14553f.
flaw-too-pale = Auf dieser Farbe ist weiße Schrift nicht zu lesen. Wählen Sie eine dunklere.
flaw-not-an-address = Das ist keine E-Mail-Adresse.
flaw-not-a-link = Geben Sie eine Adresse ein, die mit https:// beginnt.
flaw-not-a-number = Geben Sie eine ganze Zahl ein, etwa 10.
flaw-share-too-large = Geben Sie einen Anteil von 0 bis 100 % ein.
flaw-notice-hours = Geben Sie eine Zahl von 0 bis 168 Stunden ein.
flaw-notice-after-close = Das Konto wäre geschlossen, bevor die Nachricht kommt. Wählen Sie weniger Stunden oder einen späteren Schließtag.
flaw-reminder-days = Geben Sie die Tage als ganze Zahlen mit Kommas dazwischen ein.
flaw-too-many-reminders = Wählen Sie höchstens 5 Tage.
flaw-reminder-after-close = Jede Erinnerung muss vor dem Schließtag kommen.
flaw-close-day = Geben Sie einen Tag von 1 bis 365 ein.
flaw-not-theirs = Das ist weder die Personalnummer noch die E-Mail-Adresse dieser Person. Geben Sie eine von beiden genau ein.
flaw-nobody = Niemand mit dieser Personalnummer oder E-Mail-Adresse ist auf eigenen Wunsch ausgeschlossen. Geben Sie sie so ein, wie sie war, als das Konto geschlossen wurde.
flaw-erase-days = Geben Sie eine Zahl von 0 bis 30 ein.
flaw-rejected-days = Geben Sie eine Zahl von 1 bis 365 ein.
flaw-people-months = Geben Sie eine Anzahl Monate von 3 bis 120 ein.
flaw-audit-years = Geben Sie eine Anzahl Jahre von 1 bis 30 ein oder nichts.

# Erster Start.
first-run-title = Willkommen bei Rollcall
first-run-text = Geben Sie Ihrem Programm einen Namen und richten Sie Ihren Zugang ein. Danach verbinden Sie Ihr HR-System. Dieser Link gilt einmal, 30 Minuten lang.
first-run-make = Beginnen
first-run-used = Rollcall ist schon eingerichtet
first-run-used-text = Inzwischen verwaltet es jemand. Melden Sie sich an, oder bitten Sie um eine Einladung.
first-run-dead = Dieser Link ist abgelaufen
first-run-dead-text = Ein Link für den ersten Start gilt einmal, 30 Minuten lang. Starten Sie den Server neu: Er nennt einen neuen.

# Anmelden.
sign-in = Anmelden
sign-in-title = Anmelden
sign-in-forgotten = Passwort vergessen?
sign-in-refused = Das hat nicht geklappt.
sign-in-refused-text = E-Mail-Adresse und Passwort gehören nicht zusammen. Prüfen Sie beides, und versuchen Sie es noch einmal.
sign-in-no-account = Neu hier? Wer das Programm innehat, kann Sie einladen.
back-to-sign-in = Zurück zur Anmeldung
second-factor-title = Noch ein Schritt
second-factor-other = Anderes Konto verwenden
second-factor-lost = Telefon und Notfallcodes verloren? Wer das Programm innehat, kann Sie entfernen und neu einladen.
wait-title = Zu viele Versuche
wait-minutes = { $n ->
    [one] Warten Sie eine Minute, und versuchen Sie es dann noch einmal.
   *[other] Warten Sie { $n } Minuten, und versuchen Sie es dann noch einmal.
}
wait-text = So wird es langsam, Passwörter zu erraten. Ob Adresse oder Passwort gestimmt haben, sagt das nicht.
said-signed-out = Sie sind abgemeldet.
said-sign-in-expired = Das hat zu lange gedauert. Melden Sie sich noch einmal an.
said-password-reset = Ihr neues Passwort ist gespeichert, und Sie sind überall abgemeldet. Melden Sie sich damit an.

# Passwort vergessen.
forgotten-title = Neues Passwort wählen
forgotten-text = Geben Sie die Adresse ein, mit der Sie sich anmelden. Wir schicken Ihnen einen Link.
forgotten-send = Link schicken
forgotten-under-way = Wenn sich jemand mit { $email } anmeldet, ist ein Link dorthin unterwegs. Er gilt eine Stunde.
under-way-title = Sehen Sie in Ihr Postfach
under-way-text = Nach ein paar Minuten nichts da? Sehen Sie im Spam-Ordner nach, und prüfen Sie die Adresse.
reset-title = Neues Passwort wählen
reset-text = Für { $email }. Wenn Sie es speichern, werden Sie überall abgemeldet.
reset-keep = Neues Passwort speichern
reset-used = Dieser Link wurde schon verwendet. Wenn Sie das nicht waren, fordern Sie gleich einen anderen an.
reset-expired = Ein Link für ein neues Passwort gilt eine Stunde.
reset-again = Anderen Link anfordern
link-dead = Dieser Link führt nicht weiter
link-unknown = Vielleicht ist er abgeschnitten, oder ein neuerer hat ihn ersetzt. Öffnen Sie die neueste E-Mail und folgen Sie dem Link dort.
link-again = Schicken Sie mir einen neuen

# Einladungen.
invitation-title = { $programme } mitbetreuen
invitation-by = { $person } lädt Sie ein.
invitation-nobody = Sie sind eingeladen.
invitation-unknown-text = Vielleicht ist er abgeschnitten, oder ein neuerer hat ihn ersetzt. Öffnen Sie die neueste E-Mail und folgen Sie dem Link dort, oder bitten Sie die Person, die Sie eingeladen hat, um einen neuen.
invitation-known = Sie haben schon ein Konto. Geben Sie dessen Passwort ein, um anzunehmen.
invitation-accept = Einladung annehmen
invitation-expired = Dieser Link ist abgelaufen
invitation-expired-text = Eine Einladung gilt sieben Tage. Wir können an dieselbe Adresse eine neue schicken.
invitation-used = Diese Einladung wurde schon verwendet
invitation-used-text = Melden Sie sich mit dem Passwort an, das Sie gewählt haben.
invitation-under-way = Wenn die Einladung noch gilt, ist ein neuer Link unterwegs an die Adresse, die den ersten bekam.
role-may-owner = Mit dieser Rolle dürfen Sie alles.
role-may-integrations = Sie richten Integrationen ein, starten Importe und entscheiden über angehaltene.
role-may-members = Sie betreuen Mitglieder und beantworten Fragen zu ihnen.
role-may-read-only = Sie sehen alles zu Mitgliedern und Importen und ändern nichts.

# Mehrere Programme.
programmes-title = Ihre Programme
programmes-none = Sie betreuen kein Programm
programmes-none-text = Ihr Platz wurde Ihnen genommen oder nie angenommen. Bitten Sie um eine Einladung.
