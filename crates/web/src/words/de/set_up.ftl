# Wörter jedes Formulars.
edit = Bearbeiten
add = Hinzufügen
try-again = Noch einmal versuchen

# Was gerade getan wurde.
said-saved = Gespeichert.
said-authorised = Die Zugangsdaten sind gespeichert. Von hier an werden sie nie wieder gezeigt.
said-check-again = Diese Prüfung ist inzwischen zu alt. Geben Sie die Zugangsdaten noch einmal ein.
said-revoked = Widerrufen. Das gespeicherte Secret ist gelöscht; kein Mitglied hat sich geändert.
said-draft-discarded = Die Änderungen, die nicht veröffentlicht waren, sind verworfen. Alles läuft wie bisher.
said-published = Veröffentlicht. Die Integration ist in Betrieb.

# Der Rahmen der vier Schritte.
set-up-title = { $source } einrichten: { $step }
set-up-steps = Schritte
set-up-step-done = (erledigt)
step-initial-setup = Grundeinstellungen
step-authorize = Autorisieren
step-mapping = Zuordnung
step-review = Prüfen und veröffentlichen
set-up-saved-apart = Nichts wird wirksam, bevor Sie veröffentlichen.
set-up-unpublished = Änderungen noch nicht veröffentlicht
set-up-unpublished-text = Importe laufen weiter mit den Einstellungen, die zuletzt veröffentlicht wurden.
set-up-unpublished-review = Prüfen und veröffentlichen
set-up-discard = Änderungen verwerfen
set-up-revoked = Diese Integration ist widerrufen
set-up-revoked-text = Importe stehen still, bis sie wieder veröffentlicht ist. Einstellungen, Mitglieder und Verlauf bleiben erhalten; auf diesem Weg können Sie auch eigene Felder ändern.
set-up-way-revoke = Widerrufen
set-up-way-authorize = Neu autorisieren
set-up-way-mapping = Zuordnen, was sich ändern soll
set-up-way-publish = Veröffentlichen

# Grundeinstellungen.
initial-frequency = Wann laufen Importe?
initial-how-often = Wie oft
frequency-hourly = Stündlich
frequency-daily = Täglich
frequency-weekly = Wöchentlich
frequency-monthly = Monatlich
initial-weekday = Wochentag
initial-day = Tag des Monats
initial-day-help = In einem Monat ohne diesen Tag: am letzten.
initial-time = Uhrzeit
initial-minute = Minute der Stunde
initial-minute-help = 0 bis 59
initial-next = Die nächsten drei Importe
initial-zone-named = Zeitzone des Programms: { $zone }.
initial-number = Geben Sie eine Zahl von { $from } bis { $to } ein.
initial-time-wrong = Geben Sie eine Uhrzeit ein, etwa 06:00.
initial-welcome = Willkommens-E-Mail
initial-welcome-send = Willkommens-E-Mail senden
initial-welcome-text = Empfohlen. Für Mitglieder, die ab jetzt entstehen; bestehende Mitglieder bekommen nie eine.
initial-welcome-preview = Willkommens-E-Mail ansehen
initial-welcome-title = Die Willkommens-E-Mail, wie neue Mitglieder sie bekommen
initial-told = Wer erfährt von Importen?
initial-told-text = { $owner } bekommt jede Zusammenfassung und erfährt, wenn ein Import scheitert oder wartet. Wer noch?
initial-recipient = E-Mail-Adresse { $n }
initial-recipient-add = Jemanden hinzufügen
initial-recipient-none = Bisher niemand sonst.
initial-recipient-help = Leeren Sie ein Feld, um jemanden zu entfernen.
initial-failures-only = Nur wenn etwas nicht stimmt
initial-more = Weitere Einstellungen
initial-domains = Domains ohne Postfächer
initial-domains-help = So enden ausgedachte Adressen von Personen ohne Postfach. Sie bekommen keine Mail: Ihre Einladung geht an die private E-Mail-Adresse, oder sie stehen auf der Liste für einen Brief. Trennen Sie mehrere durch Kommas.
initial-early = Schon vor dem ersten Tag aufnehmen
initial-early-help = So viele Tage vor dem Eintritt. Leer: sobald sie aktiv sind.
initial-absent = Wenn jemand nicht mehr im HR-System steht
initial-absent-leave = scheidet die Person aus
initial-absent-leave-help = Empfohlen. Erst wenn zwei vollständige Lesungen sie nicht gefunden haben.
initial-absent-keep = bleibt die Person Mitglied
initial-absent-keep-help = Bis ihr Status oder das Segment etwas anderes sagt.
initial-film = Die ganze Einrichtung als Film
initial-film-transcript = Stattdessen lesen
initial-ahead = Vier Schritte, etwa zehn Minuten
initial-ahead-1 = Wann Importe laufen, und wer davon erfährt.
initial-ahead-2 = Zugangsdaten aus { $source }.
initial-ahead-3 = Was welches Feld füllt, und wer Mitglied sein darf.
initial-ahead-4 = Sie sehen mit Namen, wer beitreten, sich ändern und ausscheiden würde. Dann veröffentlichen Sie.

# Autorisieren.
client-id = Client-ID
client-secret = Client-Secret
finish-setup = Einrichtung abschließen
authorize-credentials = Zugangsdaten für { $source }
authorize-badge-good = Verbunden
authorize-none = Rollcall liest Ihre Personen aus { $source } mit Zugangsdaten, die Sie dort anlegen. Das dauert etwa drei Minuten.
authorize-connect = { $source } verbinden
authorize-good = Rollcall hat Zugangsdaten für { $source }. Mit „Speichern“ geht es weiter zur Zuordnung.
authorize-save-help = Weiter zur Zuordnung.
authorize-secret-kept = versiegelt gespeichert, wird nie gezeigt
authorize-secret-help = Es wird versiegelt gespeichert und nie wieder gezeigt.
authorize-replace = Andere Zugangsdaten verwenden
authorize-others = Andere verwenden
authorize-check = Prüfen
authorize-again = Noch einmal versuchen
authorize-still = Die zuvor gespeicherten Zugangsdaten sind weiter in Gebrauch.
authorize-checking = { $source } wird gefragt …
authorize-checking-text = Das dauert ein paar Sekunden, bei einem großen Unternehmen vielleicht eine Minute. Es wird nichts geändert.
authorize-connected = Mit { $source } verbunden
authorize-employees = { $n ->
    [one] { $n } Mitarbeiterin oder Mitarbeiter, gleich welchen Status.
   *[other] { $n } Mitarbeitende, gleich welchen Status.
}
authorize-shared = { $n ->
    [one] { $n } Attribut ist freigegeben
   *[other] { $n } Attribute sind freigegeben
}
authorize-missing = Gewöhnlich zugeordnet und nicht freigegeben
authorize-missing-text = Es geht auch ohne. Um sie freizugeben, haken Sie sie in { $source } unter „Lesbare Mitarbeiterattribute“ an, und prüfen Sie noch einmal.
authorize-wrong = { $source } nimmt diese Zugangsdaten nicht an
authorize-wrong-text = Kopieren Sie Client-ID und Client-Secret noch einmal aus { $source }. Das Secret wird dort nur einmal gezeigt: Vielleicht müssen Sie neue Zugangsdaten anlegen.
authorize-wrong-beside = Nicht angenommen. Kopieren Sie es noch einmal.
authorize-right-employees = Diese Zugangsdaten dürfen keine Mitarbeitenden lesen
authorize-right-employees-text = Haken Sie in { $source } bei diesen Zugangsdaten „Lesen“ für Mitarbeitende an, speichern Sie dort, und prüfen Sie noch einmal.
authorize-right = { $source } gibt „{ $attribute }“ nicht frei
authorize-right-status = Ohne das ist nicht zu erkennen, wer ausgeschieden ist.
authorize-right-email = Ohne das kann niemand Mitglied sein: Mails und Anmeldung brauchen eine Adresse.
authorize-right-other = Ohne das ist niemand zu beurteilen: Ihr Segment oder die Identität braucht es.
authorize-right-text = Haken Sie es in { $source } unter „Lesbare Mitarbeiterattribute“ an, speichern Sie dort, und prüfen Sie noch einmal.
authorize-unreachable = { $source } ist nicht erreichbar
authorize-unreachable-text = { $detail } Es wurde nichts geändert. Versuchen Sie es in ein paar Minuten noch einmal; hält es an, fragen Sie, wer sich um Ihr Netz kümmert.
authorize-limited = { $source } nimmt gerade keine Anfragen mehr an
authorize-limited-text = Vielleicht nutzt etwas anderes dasselbe Konto stark. Warten Sie ein paar Minuten, und versuchen Sie es noch einmal.
authorize-refused = { $source } nimmt die Zugangsdaten nicht mehr an
authorize-refused-text = Geplante Importe stehen still; kein Mitglied hat sich geändert. Legen Sie in { $source } neue Zugangsdaten an, und verbinden Sie neu.
authorize-other = Diese Zugangsdaten öffnen ein anderes Unternehmen in { $source }
authorize-other-text = { $recognised } von { $n } Mitgliedern wurden dort erkannt. Wenn Sie sie nehmen, würde der nächste Import alle anderen als ausgeschieden behandeln.
authorize-members = { $n ->
    [one] Um sie trotzdem zu nehmen, tippen Sie die Zahl Ihrer Mitglieder ein: { $n }
   *[other] Um sie trotzdem zu nehmen, tippen Sie die Zahl Ihrer Mitglieder ein: { $n }
}
authorize-members-number = Zahl der Mitglieder
authorize-members-wrong = Tippen Sie zur Bestätigung { $n } ein, oder verwenden Sie andere Zugangsdaten.
authorize-id-missing = Fügen Sie die Client-ID ein.
authorize-secret-missing = Fügen Sie das Client-Secret ein.
authorize-how = Wie finde ich meine Zugangsdaten?
authorize-how-rights = Sie brauchen in Personio ein Konto mit den Rechten „API“ und „Marketplace-Integrationen“. Ein Administratorkonto hat sie.
authorize-how-today = Im heutigen Menü
authorize-how-1 = Öffnen Sie
authorize-how-1-menu = Marketplace > Verbundene Integrationen > Individuelle Integration erstellen
authorize-how-2 = Nennen Sie sie „Rollcall“.
authorize-how-3 = Haken Sie unter den Rechten „Lesen“ für Mitarbeitende an. Mehr ist nicht nötig.
authorize-how-4 = Haken Sie unter „Lesbare Mitarbeiterattribute“ an, was Sie zuordnen wollen (siehe unten).
authorize-how-5 = Drücken Sie „Erstellen“, und kopieren Sie beide Werte sofort: Das Secret wird einmal gezeigt.
authorize-how-attributes = Anzuhaken sind: Status und E-Mail (ohne sie geht nichts), Vorname, Nachname, Einstellungsdatum, Abteilung, Standort, Position; eine private E-Mail-Adresse, falls Sie eine führen; und was darüber entscheidet, wer Mitglied sein darf, etwa die Beschäftigungsart.
authorize-how-older = Im älteren Menü
authorize-how-older-text = Alles andere ist gleich:
authorize-how-older-menu = Einstellungen > Integrationen > API-Zugangsdaten > Neue Zugangsdaten generieren
authorize-read = Was gelesen wird
authorize-read-1 = ID, Status und E-Mail-Adresse: wer jemand ist.
authorize-read-2 = Die Attribute, die Sie zuordnen, und die, die über die Mitgliedschaft entscheiden.
authorize-read-3 = Nur Mitarbeitende, nur lesend.
authorize-never = Was nie gelesen wird
authorize-never-1 = Gehälter, Bankverbindungen, Abwesenheiten und Dokumente, wenn Sie sie nicht selbst zuordnen.
authorize-never-2 = In { $source } wird nie etwas geschrieben.
authorize-never-3 = Nach Attributen, die Sie nicht zuordnen, wird nie gefragt.
attribute-id = ID
attribute-status = Status
attribute-email = E-Mail
attribute-first_name = Vorname
attribute-last_name = Nachname
attribute-preferred_name = Bevorzugter Name
attribute-gender = Geschlecht
attribute-position = Position
attribute-department = Abteilung
attribute-office = Standort
attribute-by-number = Attribut Nr. { $number }
attribute-hire_date = Einstellungsdatum

# Widerrufen.
revoke = Widerrufen
revoke-question = Zugangsdaten für { $source } widerrufen?
revoke-text = Importe halten an. Kein Mitglied wird geändert.
revoke-members = { $n ->
    [0] Es gibt noch keine Mitglieder.
    [one] Ihr einziges Mitglied bleibt, wie es ist.
   *[other] Ihre { $n } aktuellen Mitglieder bleiben, wie sie sind.
}
revoke-secret = Das gespeicherte Secret wird sofort gelöscht. Um wieder zu importieren, autorisieren und veröffentlichen Sie neu.
revoke-busy = Ein Import, der gerade liest oder angehalten ist, endet, ohne etwas zu ändern. Einer, der gerade ändert, läuft zu Ende.
revoke-kept = Einstellungen, Verlauf und Entscheidungen bleiben erhalten.
revoke-custom-fields = Das ist der erste von vier Schritten, um eigene Felder zu ändern: widerrufen, neu autorisieren, zuordnen, veröffentlichen. Halten Sie Ihre Zugangsdaten bereit, oder legen Sie neue an.
revoke-keep = Behalten

# Zuordnung.
mapping-fields = Welches Attribut aus { $source } füllt welches Feld?
mapping-field = Feld des Mitglieds
mapping-attribute = Attribut aus { $source }
mapping-example = Zum Beispiel
mapping-attribute-for = Attribut für { $field }
mapping-attribute-for-new = Attribut für das neue Feld
mapping-nothing = – nicht gefüllt –
mapping-gone-option = { $attribute } (nicht mehr freigegeben)
mapping-gone = { $source } gibt das nicht mehr frei. Mitglieder behalten ihre Werte.
mapping-identity = daran wird ein Mitglied erkannt
mapping-identity-fixed = Daran werden Mitglieder erkannt, deshalb bleibt es so.
mapping-required = Pflichtfeld
mapping-personal-email = erreicht Ausgeschiedene, die ihr Dienstpostfach nicht mehr lesen können
mapping-fit = { $n ->
    [one] { $fit } von { $n } Person passt
   *[other] { $fit } von { $n } Personen passen
}
mapping-reading = Aus { $source } wird gelesen …
mapping-reading-so-far = bisher { $done } von { $n } Personen
mapping-look = Zeigen, was bisher gelesen wurde
mapping-cut-off = Die Zahlen gelten für die ersten { $n } Personen. Die Vorschau sieht sich alle an.
mapping-empty = { $n ->
    [one] { $n } ist leer
   *[other] { $n } sind leer
}
mapping-people-employee-id-missing = { $n ->
    [one] { $n } fehlt
   *[other] { $n } fehlen
}
mapping-people-employee-id-duplicate = { $n ->
    [one] { $n } ist doppelt
   *[other] { $n } sind doppelt
}
mapping-people-email-missing = { $n ->
    [one] { $n } ist leer
   *[other] { $n } sind leer
}
mapping-people-email-invalid = { $n ->
    [one] { $n } ist keine gültige Adresse
   *[other] { $n } sind keine gültigen Adressen
}
mapping-people-email-duplicate = { $n ->
    [one] { $n } teilt sich eine Adresse
   *[other] { $n } teilen sich eine Adresse
}
mapping-people-too-long = { $n ->
    [one] { $n } ist zu lang
   *[other] { $n } sind zu lang
}
mapping-people-characters-not-allowed = { $n ->
    [one] { $n } enthält unerlaubte Zeichen
   *[other] { $n } enthalten unerlaubte Zeichen
}
mapping-people-date-unreadable = { $n ->
    [one] { $n } ist kein Datum
   *[other] { $n } sind kein Datum
}
mapping-people-date-out-of-range = { $n ->
    [one] { $n } liegt zu früh oder zu spät
   *[other] { $n } liegen zu früh oder zu spät
}
mapping-people-number-unreadable = { $n ->
    [one] { $n } ist keine Zahl
   *[other] { $n } sind keine Zahl
}
mapping-people-value-not-in-list = { $n ->
    [one] { $n } steht nicht in der Liste
   *[other] { $n } stehen nicht in der Liste
}
mapping-people-other = { $n ->
    [one] { $n } passt nicht
   *[other] { $n } passen nicht
}
mapping-add-field = Ein weiteres Feld füllen
mapping-choose-field = Feld wählen
mapping-filled-by = aus
mapping-choose-attribute = Attribut wählen
mapping-custom = Eigene Felder
mapping-custom-count = { $n } von { $most }
mapping-custom-none = Keine. Sie halten fest, wofür die Standardfelder keinen Platz haben, etwa eine Kostenstelle.
mapping-custom-name = Name
mapping-custom-name-of = Name des eigenen Feldes { $n }
mapping-custom-remove = { $field } entfernen
mapping-custom-add = Eigenes Feld hinzufügen
mapping-custom-help = Einmal veröffentlicht, ändern sie sich nur durch neues Autorisieren.
mapping-custom-fixed = Einmal veröffentlicht, bleiben eigene Felder, wie sie sind, solange die Integration autorisiert ist. Sie zu ändern braucht vier Schritte; alles andere bleibt dabei erhalten.
mapping-custom-change = Eigene Felder ändern
mapping-segment = Wer darf Mitglied sein?
mapping-segment-text = Alle, die aktiv sind, wenn Sie es nicht eingrenzen.
mapping-segment-row = Regel { $n }
mapping-segment-rule = Einschließen oder ausschließen
mapping-segment-attribute = Attribut, das entscheidet
mapping-segment-remove = Regel { $n } entfernen
mapping-segment-add = Regel hinzufügen
mapping-segment-values = Seine Werte zeigen
mapping-segment-empty = { $n ->
    [one] { $n } Person hat hier keinen Wert.
   *[other] { $n } Personen haben hier keinen Wert.
}
mapping-include = Nur wer bei
mapping-exclude = Niemand, der bei
mapping-one-of = einen dieser Werte hat
mapping-values = einen dieser Werte hat
mapping-other-values = oder einen von diesen
mapping-values-help = Trennen Sie Werte durch Kommas; einen, der ein Komma enthält, setzen Sie in Anführungszeichen.
mapping-more-values = { $n ->
    [one] { $n } weiterer Wert
   *[other] { $n } weitere Werte
}
mapping-inside = { $n ->
    [one] { $inside } von { $n } Person darf Mitglied sein
   *[other] { $inside } von { $n } Personen dürfen Mitglied sein
}
mapping-inside-unknown = Wie viele Personen das sind, steht hier, sobald einige gelesen wurden.
mapping-outside = { $n ->
    [one] { $n } nicht: wegen Status oder dieser Regeln
   *[other] { $n } nicht: wegen Status oder dieser Regeln
}
mapping-starts-later = { $n ->
    [one] { $n } beginnt später
   *[other] { $n } beginnen später
}
mapping-unreadable = { $n ->
    [one] { $n } ist nicht zu beurteilen: kein lesbarer Status, oder ein Wert ist nicht freigegeben
   *[other] { $n } sind nicht zu beurteilen: kein lesbarer Status, oder ein Wert ist nicht freigegeben
}
mapping-leavers = { $n ->
    [one] { $n } bestehendes Mitglied würde ausscheiden
   *[other] { $n } bestehende Mitglieder würden ausscheiden
}
mapping-leavers-share = Das sind { $percent } % Ihrer { $n } aktuellen Mitglieder.
mapping-guard = Mehr als { $percent } % und mehr als { $n }, oder die Hälfte aller: Dann tippen Sie die Zahl beim Veröffentlichen ein.
mapping-leavers-others = { $n ->
    [one] und { $n } weitere Person.
   *[other] und { $n } weitere.
}
mapping-leavers-all = Alle ansehen
mapping-leavers-unnamed = { $n ->
    [one] Und { $n } weitere Person: Die Vorschau nennt alle.
   *[other] Und { $n } weitere: Die Vorschau nennt alle.
}
mapping-leavers-incomplete = Bisher: Mitglieder, die nicht mehr im HR-System stehen, zählen erst, wenn alle gelesen sind.
mapping-unanswered = { $source } antwortet nicht
mapping-unanswered-text = Was Sie gespeichert haben, bleibt. Ohne die Liste der Attribute lässt sich gerade nichts zuordnen.
attribute-type-text = Text
attribute-type-integer = ganze Zahl
attribute-type-decimal = Zahl
attribute-type-date = Datum
attribute-type-boolean = ja oder nein
attribute-type-choice = eines aus einer Liste
attribute-type-list = mehrere Werte

# Was an einer Einstellung nicht stimmt.
mistake-attribute-twice = Dieses Attribut füllt schon { $first }. Jedes füllt ein Feld.
mistake-attribute-missing = Wählen Sie ein Attribut, oder entfernen Sie das Feld.
mistake-attribute-not-shared = „{ $attribute }“ ist für Ihre Zugangsdaten nicht freigegeben. Haken Sie es im HR-System an, oder wählen Sie ein anderes.
mistake-not-mapped = Wählen Sie das Attribut, das sie enthält: Ohne sie kann niemand Mitglied sein.
mistake-employee-id-fixed = Mitglieder werden an „{ $attribute }“ erkannt, deshalb bleibt es so.
mistake-too-many-custom-fields = Es sind { $n } eigene Felder. Behalten Sie höchstens 10.
mistake-custom-field-name = Verwenden Sie Buchstaben und Ziffern, höchstens 40.
mistake-custom-field-standard = Ein Standardfeld heißt so. Füllen Sie jenes, oder wählen Sie einen anderen Namen.
mistake-custom-field-twice = Ein anderes eigenes Feld heißt so.
mistake-custom-fields-fixed = Eigene Felder bleiben, wie sie veröffentlicht wurden, solange die Integration autorisiert ist. Um sie zu ändern: widerrufen, neu autorisieren, zuordnen, veröffentlichen.
mistake-segment-row-empty = Wählen Sie ein Attribut und mindestens einen Wert, oder entfernen Sie die Regel.
mistake-segment-value-empty = Einer der Werte ist leer. Nehmen Sie ihn heraus.
mistake-not-a-domain = „{ $text }“ ist keine Domain. Schreiben Sie, was hinter dem @ steht, etwa no-mailbox.acme.example.
mistake-not-an-address = „{ $text }“ ist keine E-Mail-Adresse.
mistake-recipient-twice = „{ $text }“ steht zweimal da. Leeren Sie eines der beiden Felder.
mistake-schedule = Diese Zeit gibt es nicht. Prüfen Sie Stunde, Minute und Tag.
mistake-share-too-large = { $n } % sind mehr als alle.

# Wann Importe laufen.
initial-spread = { $n ->
    [one] Jeder beginnt innerhalb von { $n } Minute nach der gezeigten Uhrzeit.
   *[other] Jeder beginnt innerhalb von { $n } Minuten nach der gezeigten Uhrzeit.
}
schedule-hourly = Jede Stunde zur Minute { $minute }
schedule-daily = Jeden Tag um { $time } Uhr
schedule-weekly = Jede Woche am { $weekday } um { $time } Uhr
schedule-monthly = Jeden Monat am { $day }. um { $time } Uhr

# Einstellungen in Worten.
facts-schedule = Importe
facts-welcome = Willkommens-E-Mail
facts-told = Erfahren auch davon
facts-domains = Domains ohne Postfächer
facts-early-days = Vor dem ersten Tag
facts-absent = Nicht mehr im HR-System
facts-owner = Zuständig
facts-none = keine
facts-failures-only = { $address } (nur wenn etwas nicht stimmt)
facts-early = { $n ->
    [one] { $n } Tag vor dem Eintritt
   *[other] { $n } Tage vor dem Eintritt
}
facts-segment = Regel { $n }
facts-everybody = alle, die aktiv sind
facts-include = Nur wer bei { $attribute } einen dieser Werte hat: { $values }
facts-exclude = Niemand, der bei { $attribute } einen dieser Werte hat: { $values }

# Verwerfen.
discard-question = Die nicht veröffentlichten Änderungen verwerfen?
discard-text = Importe laufen weiter wie jetzt, mit den zuletzt veröffentlichten Einstellungen. Kein Mitglied wird geändert.
discard-setting = Einstellung
discard-published = Veröffentlicht
discard-draft = Nicht veröffentlicht
discard-keep = Behalten

# Prüfen und veröffentlichen.
review-nothing = Alles ist veröffentlicht
review-nothing-text = Ändern Sie einen Schritt, um neu zu veröffentlichen.
review-to-dashboard = Zu { $source }
review-preview = Vorschau
review-preview-text = Die Vorschau liest alle aus { $source } und stellt fest, wer beitreten, sich ändern und ausscheiden würde. Sie ändert nichts und sendet nichts.
review-preview-start = Ansehen, was geschehen würde, mit Namen
review-preview-again = Noch einmal versuchen
review-preview-renew = Vorschau neu erstellen
review-failed = Die Vorschau konnte nicht erstellt werden
review-another = Gerade läuft ein Import. Die Vorschau kann erstellt werden, sobald er durch ist.
review-plan = Was das Veröffentlichen bedeutet
review-plan-when = Vorschau von { $when }
review-plan-empty = Niemand würde beitreten, sich ändern oder ausscheiden.
review-errors = { $n ->
    [one] { $n } Fehler
   *[other] { $n } Fehler
}
review-warnings = { $n ->
    [one] { $n } Warnung
   *[other] { $n } Warnungen
}
review-problems = Jedes Problem mit seiner Abhilfe ansehen
review-changes = Was sich damit ändert
review-settings = Alle Einstellungen
publish = Veröffentlichen
publish-help = Importe laufen dann von selbst. Personen ändern sich mit dem nächsten Import, nicht vorher.
publish-type = { $n ->
    [one] { $n } Mitglied würde ausscheiden. Tippen Sie diese Zahl ein, um zuzustimmen:
   *[other] { $n } Mitglieder würden ausscheiden. Tippen Sie diese Zahl ein, um zuzustimmen:
}
publish-type-help = Das gilt auch für genau diese Personen beim ersten Import danach.
publish-number = Wie viele ausscheiden
publish-leavers = In der Vorschau sind es { $n }. Sehen Sie sie oben an, und tippen Sie diese Zahl ein.
publish-step-missing = „{ $step }“ ist noch nicht gespeichert. Speichern Sie es zuerst.
publish-mistakes = { $n ->
    [one] Eine Einstellung braucht einen zweiten Blick, bevor Sie veröffentlichen.
   *[other] { $n } Einstellungen brauchen einen zweiten Blick, bevor Sie veröffentlichen.
}
publish-not-authorised = Es gibt keine Zugangsdaten. Autorisieren Sie die Integration zuerst.
publish-no-preview = Von diesen Einstellungen gibt es keine Vorschau aus den letzten 24 Stunden. Erstellen Sie eine, und sehen Sie sie an.
