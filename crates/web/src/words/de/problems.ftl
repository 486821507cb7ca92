# Was an einer Person nicht stimmen kann, unter den festen Namen, und wie es in Ordnung kommt.
problem-employee-id-missing = Der Datensatz hat keine Personalnummer; niemand kann sagen, zu wem er gehört.
remedy-employee-id-missing = Geben Sie der Person im HR-System eine Nummer.
problem-employee-id-duplicate = Zwei verschiedene Datensätze haben diese Personalnummer.
remedy-employee-id-duplicate = Suchen Sie die beiden Datensätze im HR-System und geben Sie einem davon eine andere Nummer.
problem-email-missing = Die Person hat keine E-Mail-Adresse.
remedy-email-missing = Tragen Sie im HR-System eine E-Mail-Adresse ein.
problem-email-invalid = Das ist keine gültige E-Mail-Adresse.
remedy-email-invalid = Berichtigen Sie die Adresse im HR-System.
problem-email-taken = Ein anderes Mitglied verwendet diese E-Mail-Adresse schon und behält sie.
remedy-email-taken = Geben Sie einer der beiden Personen im HR-System eine andere Adresse. Sind beide dieselbe Person und hat nur eine ein Konto, entscheiden Sie „dieselbe Person“.
problem-email-duplicate = Mehrere Personen, die Mitglied werden sollen, haben dieselbe E-Mail-Adresse.
remedy-email-duplicate = Geben Sie jeder im HR-System eine eigene Adresse.
problem-email-of-former-member = Ein früheres Mitglied hatte diese E-Mail-Adresse, und es ist nicht sicher, dass es dieselbe Person ist.
remedy-email-of-former-member = Entscheiden Sie: dieselbe Person (das alte Konto wird wieder geöffnet) oder jemand anderes (ein neues Konto; die Adresse des früheren Mitglieds wird frei).
problem-email-of-another-source = Ein Mitglied, das ein anderes HR-System betreut, hat diese E-Mail-Adresse.
remedy-email-of-another-source = Entfernen Sie die Person aus einem der beiden Systeme oder geben Sie ihr in einem davon eine andere Adresse.
problem-erased-on-request = Ein Konto mit dieser E-Mail-Adresse wurde auf Wunsch gelöscht; wer es hatte, bleibt draußen.
remedy-erased-on-request = Lassen Sie die Person aus. Möchte sie zurückkommen, lässt sie zuerst jemand, dem das Programm gehört, wieder zu.
problem-identity-changed = Der Datensatz mit dieser Personalnummer scheint jetzt eine andere Person zu beschreiben.
remedy-identity-changed = Entscheiden Sie: dieselbe Person (das Konto wird aktualisiert) oder jemand anderes (ein neues Konto entsteht, das alte wird geschlossen).
problem-possible-rehire = Ein früheres Mitglied hat denselben Namen und dasselbe Geburtsdatum, aber eine andere E-Mail-Adresse.
remedy-possible-rehire = Entscheiden Sie: dieselbe Person (das alte Konto wird wieder geöffnet) oder jemand anderes (ein neues Konto).
problem-possible-duplicate = Ein Mitglied hat denselben Namen und dasselbe Geburtsdatum, aber eine andere E-Mail-Adresse.
remedy-possible-duplicate = Entscheiden Sie: dieselbe Person (das Konto wechselt zu dieser Personalnummer) oder jemand anderes (ein neues Konto).
problem-status-unknown = Der Beschäftigungsstatus ist leer oder unbekannt; es lässt sich nicht sagen, ob die Person Mitglied sein darf.
remedy-status-unknown = Setzen Sie den Status im HR-System.
problem-segment-not-shared = Das HR-System hat einen Wert nicht freigegeben, der entscheidet, wer Mitglied sein darf.
remedy-segment-not-shared = Geben Sie das Attribut im HR-System für diese Zugangsdaten frei.
problem-too-long = Der Wert ist länger, als das Feld fasst.
remedy-too-long = Kürzen Sie den Wert im HR-System.
problem-characters-not-allowed = Der Wert enthält Zeichen, die dieses Feld nicht annimmt.
remedy-characters-not-allowed = Berichtigen Sie den Wert im HR-System.
problem-date-unreadable = Das ist kein Tag des Kalenders.
remedy-date-unreadable = Berichtigen Sie das Datum im HR-System.
problem-date-out-of-range = Das Datum liegt für dieses Feld zu früh oder zu spät.
remedy-date-out-of-range = Berichtigen Sie das Datum im HR-System.
problem-number-unreadable = Das ist keine Zahl.
remedy-number-unreadable = Berichtigen Sie den Wert im HR-System.
problem-value-not-in-list = Der Wert ist keiner von denen, die das Feld kennt.
remedy-value-not-in-list = Wählen Sie im HR-System einen anderen Wert oder ordnen Sie ein anderes Attribut zu.
problem-language-unknown = Das ist kein Sprachkürzel wie „en-GB“ oder „de“.
remedy-language-unknown = Verwenden Sie im HR-System Sprachkürzel oder ordnen Sie ein anderes Attribut zu.
problem-segment-value-empty = Der Person fehlt ein Wert, der entscheidet, wer Mitglied sein darf.
remedy-segment-value-empty = Tragen Sie den Wert im HR-System ein.
problem-previously-closed = Diese Person hatte schon einmal ein Konto, das geschlossen und gelöscht wurde. Sie hat ein neues bekommen.
remedy-previously-closed = Es ist nichts zu tun: Was im alten Konto stand, ist gelöscht, und die Einladung geht hinaus wie jede andere.
problem-email-moved = Diese E-Mail-Adresse gehörte bisher jemand anderem.
remedy-email-moved = Es ist nichts zu tun, wenn die Adresse mit Absicht weitergegeben wurde.
problem-invitation-address-changed = Die Person wurde unter einer anderen Adresse eingeladen. Jene Einladung gilt nicht mehr, und eine neue wurde nicht verschickt.
remedy-invitation-address-changed = Sagen Sie der Person Bescheid: Eine neue Einladung muss an die neue Adresse geschickt werden.
problem-kept-by-hand = Nach dem HR-System würde diese Person ausscheiden; jemand aus der Verwaltung hat sie zurückgeholt, und sie bleibt, bis sich ihr Datensatz ändert.
remedy-kept-by-hand = Es ist nichts zu tun: Sie scheidet aus, sobald sich ihr Datensatz ändert und es immer noch so sagt.
problem-locked-in = Nach dem HR-System würde diese Person ausscheiden; jemand aus der Verwaltung hält sie fest.
remedy-locked-in = Es ist nichts zu tun: Das endet an seinem letzten Tag von selbst.
problem-changed-meanwhile = Das Mitglied wurde nach dem Planen von jemand anderem geändert; diese Änderung wurde ausgelassen.
remedy-changed-meanwhile = Es ist nichts zu tun: Der nächste Import sieht wieder nach.
problem-read-unsettled = Die Liste des HR-Systems hat sich beim Lesen geändert. Niemand galt als ausgeschieden, weil er fehlte.
remedy-read-unsettled = Es ist nichts zu tun: Der nächste Import sieht wieder nach.
problem-attribute-not-shared = Kein Datensatz enthielt dieses Attribut. Die Mitglieder behalten die Werte, die sie haben.
remedy-attribute-not-shared = Geben Sie das Attribut im HR-System für diese Zugangsdaten frei oder berichtigen Sie die Zuordnung.

# Dasselbe in wenigen Worten.
short-employee-id-missing = Keine Personalnummer
short-employee-id-duplicate = Personalnummer doppelt
short-email-missing = Keine E-Mail-Adresse
short-email-invalid = E-Mail-Adresse ungültig
short-email-taken = E-Mail-Adresse vergeben
short-email-duplicate = E-Mail-Adresse geteilt
short-email-of-former-member = E-Mail-Adresse eines früheren Mitglieds
short-email-of-another-source = E-Mail-Adresse aus anderem System
short-erased-on-request = Auf Wunsch gelöscht
short-identity-changed = Scheint jemand anderes zu sein
short-possible-rehire = Vielleicht zurück
short-possible-duplicate = Vielleicht doppelt geführt
short-status-unknown = Status unbekannt
short-segment-not-shared = Segmentwert nicht freigegeben
short-too-long = Zu lang
short-characters-not-allowed = Unzulässige Zeichen
short-date-unreadable = Datum unlesbar
short-date-out-of-range = Datum außerhalb des Bereichs
short-number-unreadable = Zahl unlesbar
short-value-not-in-list = Wert nicht in der Liste
short-language-unknown = Sprache unbekannt
short-segment-value-empty = Segmentwert leer
short-previously-closed = Hatte schon einmal ein Konto
short-email-moved = E-Mail-Adresse weitergegeben
short-invitation-address-changed = Unter anderer Adresse eingeladen
short-kept-by-hand = Von Hand gehalten
short-locked-in = Festgehalten
short-changed-meanwhile = Inzwischen geändert
short-read-unsettled = Liste beim Lesen geändert
short-attribute-not-shared = Attribut nicht freigegeben

# Wie schwer ein Problem wiegt.
severity-error = Fehler
severity-warning = Warnung

# Warum jemand ausscheidet.
reason-inactive = Nicht mehr aktiv
reason-outside-segment = Außerhalb des Segments: { $attribute }
reason-absent = Nicht mehr im HR-System
reason-excluded = Von der Verwaltung ausgeschlossen
reason-id-reassigned = Die Personalnummer gehört jetzt jemand anderem
reason-by-hand = Von der Verwaltung als ausgeschieden gekennzeichnet
reason-own-wish = Hat das Konto selbst geschlossen
reason-erase-now = Von der Verwaltung gelöscht

# Was ein Plan mit jemandem vorhat.
kind-join = Beitritt
kind-update = Änderung
kind-leave = Austritt
kind-rejoin = Rückkehr
kind-reject = Nicht beurteilbar

# Wo ein Mitglied steht.
member-not-invited = Nicht eingeladen
member-invited = Eingeladen
member-active = Aktiv
member-leaver = Wird geschlossen
member-leaver-day = Ausgeschieden, Tag { $day } von { $most }
member-closed = Geschlossen

# Wo ein Import steht.
import-queued = Wartet auf den Beginn
import-reading = Liest
import-planning = Plant
import-on-hold = Angehalten, braucht Sie
import-applying = Wird angewendet
import-completed = Abgeschlossen
import-completed-with-errors = Abgeschlossen mit Fehlern
import-failed = Fehlgeschlagen, nichts geändert
import-rejected = Abgelehnt, nichts geändert
import-lapsed = Verfallen, nichts geändert
import-superseded = Von einem neueren Import abgelöst
import-previewed = Vorschau

# Was einen Import ausgelöst hat.
trigger-command = Kommandozeile
trigger-portal = Daten jetzt importieren
trigger-api = API
trigger-schedule = Zeitplan
trigger-renumbered = Nummern neu vergeben
trigger-publish = Veröffentlichen
trigger-other = Rollcall

# Warum ein Import fehlgeschlagen ist, und was zu tun ist.
failure-import-credentials-refused = { $source } nimmt Client-ID und Client-Secret nicht an.
failure-remedy-credentials-refused = Autorisieren Sie die Integration neu, mit neuen Zugangsdaten.
failure-import-right-missing = Die Zugangsdaten stimmen, dürfen aber keine Beschäftigten lesen.
failure-remedy-right-missing = Setzen Sie in { $source } den Haken bei „Lesen“ für Beschäftigte und importieren Sie noch einmal.
failure-import-source-unreachable = { $source } hat nicht rechtzeitig brauchbar geantwortet.
failure-remedy-source-unreachable = Versuchen Sie es später noch einmal. Bleibt es so, fragen Sie, wer Ihr Netzwerk betreut.
failure-import-source-limiting = { $source } hat immer wieder geantwortet, es seien zu viele Anfragen.
failure-remedy-source-limiting = Vielleicht benutzt noch jemand dieselben Zugangsdaten: Geben Sie Rollcall eigene, oder versuchen Sie es später noch einmal.
failure-import-source-error = { $source } hat mit einem eigenen Fehler geantwortet.
failure-remedy-source-error = Versuchen Sie es später noch einmal. Bleibt es so, fragen Sie den Support von { $source }.
failure-import-redirect-refused = { $source } verwies auf eine andere Adresse. Rollcall folgt nicht, damit Ihre Zugangsdaten dort bleiben, wohin Sie sie gegeben haben.
failure-remedy-redirect-refused = Bitten Sie, wer Rollcall für Sie betreibt, die Adresse von { $source } zu prüfen.
failure-import-answer-unreadable = Was { $source } geantwortet hat, war nicht zu lesen.
failure-remedy-answer-unreadable = Versuchen Sie es noch einmal. Bleibt es so, verändert etwas zwischen Rollcall und { $source } die Antworten: Fragen Sie, wer Ihr Netzwerk betreut.
failure-import-read-ended-early = { $source } hat mehr Personen genannt als geliefert.
failure-remedy-read-ended-early = Versuchen Sie es noch einmal.
failure-import-read-empty = { $source } hat geantwortet, es gebe niemanden. Das gilt nie als leere Firma.
failure-remedy-read-empty = Prüfen Sie in { $source }, welche Personen die Zugangsdaten sehen dürfen.
failure-import-page-repeated = { $source } hat dieselben Personen zweimal geliefert.
failure-remedy-page-repeated = Versuchen Sie es noch einmal. Bleibt es so, fragen Sie, wer Ihr Netzwerk betreut, nach Proxys.
failure-import-read-endless = Die Liste von { $source } ging weit über die genannte Zahl hinaus.
failure-remedy-read-endless = Versuchen Sie es später noch einmal.
failure-import-attribute-not-shared = { $source } gibt ein Attribut nicht frei, ohne das niemand beurteilt werden kann: den Status, die E-Mail-Adresse oder eines, nach dem Ihr Segment fragt.
failure-remedy-attribute-not-shared = Geben Sie es in { $source } unter „Lesbare Mitarbeiterattribute“ frei und importieren Sie noch einmal.
failure-import-secret-key = Die gespeicherten Zugangsdaten lassen sich nicht öffnen.
failure-remedy-secret-key = Autorisieren Sie die Integration neu. Hilft das nicht, fragen Sie, wer Rollcall für Sie betreibt.
failure-import-set-up = Was für diese Integration gespeichert ist, lässt sich nicht verwenden.
failure-remedy-set-up = Sehen Sie die Einrichtung durch und veröffentlichen Sie sie neu.
failure-import-interrupted = Er wurde unterbrochen, bevor er etwas geändert hatte, und für einen anderen aufgegeben.
failure-remedy-interrupted = Es ist nichts zu tun.
failure-import-keeps-breaking-off = Das Programm brach bei der Arbeit daran immer wieder ab, bevor sich etwas geändert hatte.
failure-remedy-keeps-breaking-off = Bitten Sie, wer Rollcall für Sie betreibt, ins Protokoll zu sehen, bevor Sie es noch einmal versuchen.
failure-import-revoked = Die Integration wurde widerrufen, bevor sich etwas geändert hatte.
failure-remedy-revoked = Autorisieren Sie sie neu und veröffentlichen Sie sie; dann laufen Importe wieder.
failure-import-other = Es ging nicht weiter.
failure-remedy-other = Versuchen Sie es noch einmal. Geht es wieder nicht, fragen Sie, wer Rollcall für Sie betreibt.

# Warum der Wächter einen Import anhält.
guard-R40 = { $leave ->
    [one] { $leave } von { $members } Mitgliedern würde ausscheiden
   *[other] { $leave } von { $members } Mitgliedern würden ausscheiden
}
guard-R40-text = Das sind { $percent } %. Importe mit mehr als { $limit } % (und mehr als { $count }) oder mit der Hälfte aller Mitglieder warten auf Sie.
guard-R41 = { $week } Mitglieder wären innerhalb von sieben Tagen ausgeschieden
guard-R41-text = Sie haben { $members } Mitglieder. Mehr als { $limit } % in einer Woche (und mehr als { $count }) warten auf Sie.
guard-R42 = { $read ->
    [one] Nur { $read } Person wurde gelesen
   *[other] Nur { $read } Personen wurden gelesen
}
guard-R42-text = Der letzte abgeschlossene Import hat { $last } gelesen. Sind weniger als { $limit } % davon da, wartet der Import auf Sie.
guard-R43 = { $changes } von { $members } Mitgliedern würden jemand anderes
guard-R43-text = Sie bekämen eine andere Personalnummer, übernähmen die E-Mail-Adresse von jemandem oder würden zu einer anderen Person. Vielleicht wurden die Nummern im HR-System neu vergeben. Mehr als { $limit } % (und mehr als { $count }) warten auf Sie.
guard-R44 = { $join } Personen kämen zu Ihren { $members } Mitgliedern hinzu
guard-R44-text = Eine Willkommens-E-Mail lässt sich nicht zurückholen. Mehr als { $limit } % (und mehr als { $count }) warten auf Sie.

# Felder eines Mitglieds.
field-employee_id = Personalnummer
field-own_email = Private Adresse, bestätigt
field-asked_email = Private Adresse, noch nicht bestätigt
field-own_language = Gewählte Sprache
field-email = E-Mail-Adresse
field-first_name = Vorname
field-last_name = Nachname
field-preferred_name = Rufname
field-title = Titel
field-gender = Geschlecht
field-date_of_birth = Geburtsdatum
field-contract_start_date = Vertragsbeginn
field-language = Sprache
field-address_line_1 = Anschrift, Zeile 1
field-address_line_2 = Anschrift, Zeile 2
field-address_line_3 = Anschrift, Zeile 3
field-address_line_4 = Anschrift, Zeile 4
field-postcode = Postleitzahl
field-phone = Telefon
field-job_title = Stelle
field-department = Abteilung
field-division = Bereich
field-subdivision = Unterbereich
field-location = Standort
field-personal_email = Private E-Mail-Adresse
field-seen = { $attribute } in { $source }

# Die Spalten von Dateien mit Problemen.
file-import = Import
file-employee-id = Personalnummer
file-upload = Datei
file-line = Zeile
file-name = Name
file-code = Code
file-severity = Schwere
file-field = Feld
file-value = Wert
file-problem = Problem
file-remedy = Wie es in Ordnung kommt
