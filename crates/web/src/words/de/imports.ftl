# Die Übersicht einer Integration.
dashboard-now = Diese Integration jetzt
dashboard-next = nächster Import { $when }
dashboard-spread = { $n ->
    [one] Importe beginnen innerhalb von { $n } Minute nach dieser Uhrzeit, damit nicht alle zugleich beginnen.
   *[other] Importe beginnen innerhalb von { $n } Minuten nach dieser Uhrzeit, damit nicht alle zugleich beginnen.
}
dashboard-retry = { $n ->
    [one] Der letzte Import ist fehlgeschlagen. Der nächste Versuch ist { $when }.
   *[other] Die letzten { $n } Importe sind fehlgeschlagen. Der nächste Versuch ist { $when }.
}
dashboard-no-next = Zurzeit läuft kein Import von selbst.
dashboard-cut-off = Es läuft kein Import, bis { $source } wieder verbunden ist.
dashboard-paused = Von Hand pausiert: Es läuft kein Import von selbst, bis jemand die Integration fortsetzt. Sie können trotzdem jetzt importieren.
dashboard-paused-itself = Der Zeitplan hat sich selbst angehalten, weil Importe immer wieder fehlschlagen. Der nächste Versuch ist { $when }, danach einmal am Tag.
dashboard-last = Letzter Import
dashboard-set-up = Einrichtung
dashboard-draft = Geänderte Einstellungen warten auf das Veröffentlichen
dashboard-draft-text = Bis dahin laufen Importe mit den veröffentlichten weiter.
dashboard-draft-link = Prüfen und veröffentlichen
pause = Pausieren
resume = Fortsetzen
tools = Werkzeuge
import-data-now = Daten jetzt importieren
edit-mapping = Zuordnung bearbeiten
tool-revoke = Widerrufen
said-paused = Pausiert. Importe laufen nicht mehr von selbst.
said-resumed = Fortgesetzt. Importe laufen wieder von selbst.
fact-owner = Zuständig
fact-recipients = Zusammenfassung an
fact-welcome = Willkommens-E-Mail
fact-segment = Segment
fact-mapped = Zugeordnet
fact-custom = Eigene Felder
fact-connected = Verbunden als
fact-edit = Bearbeiten
fact-on = ein
fact-off = aus
fact-not-connected = nicht verbunden
fact-people = { $n ->
    [one] { $n } Person
   *[other] { $n } Personen
}
fact-fields = { $n ->
    [one] { $n } Feld
   *[other] { $n } Felder
}
fact-of = { $n } von { $most }
segment-everybody = alle
segment-include = { $attribute }: { $values }
segment-exclude = { $attribute }: nicht { $values }
hand-over = Übergeben
hand-over-title = Diese Integration übergeben
hand-over-text = Wer zuständig ist, bekommt die Zusammenfassung jedes Imports und erfährt, wenn einer fehlschlägt oder auf eine Antwort wartet. Sonst ändert sich nichts.
hand-over-to = E-Mail-Adresse der neuen Zuständigen
hand-over-do = Übergeben
hand-over-wrong = Geben Sie eine E-Mail-Adresse ein, etwa ines@acme.example.
hand-over-without = { $owner } war für diese Integration zuständig und ist es nicht mehr. Wer übernimmt?
said-handed-over = Übergeben. Die neue zuständige Person erfährt ab jetzt von Importen.

# Daten jetzt importieren.
start-title = Daten jetzt importieren
start = Starten
start-will = Was geschieht
start-will-read = Alle werden aus { $source } gelesen. Solange das läuft, ändert sich nichts.
start-will-plan = { $n ->
    [0] Ein Plan entsteht: wer beitritt.
    [one] Ein Plan entsteht: was sich für Ihr { $n } Mitglied ändert, und wer beitritt.
   *[other] Ein Plan entsteht: was sich für Ihre { $n } Mitglieder ändert, und wer beitritt.
}
start-will-first = Der Plan wird angewendet. Niemand kann ausscheiden, der nicht Mitglied war.
start-will-guard = Würden ungewöhnlich viele ausscheiden oder beitreten, wartet der Import auf Sie. Sonst wird der Plan angewendet.
start-will-welcome = Wer beitritt, bekommt eine Willkommens-E-Mail. Mitglieder, die es schon gibt, bekommen keine Post.
start-will-no-welcome = Niemand bekommt Post: Die Willkommens-E-Mail ist aus.
start-leave = Sie können die Seite inzwischen verlassen; der Import geht weiter.
start-last = Der letzte Import endete am { $when }.
start-running = Es läuft schon ein Import
start-running-text = Es läuft immer nur einer. So weit ist er.
start-refused = Das geht gerade nicht
start-back = Zurück zu { $source }
start-held = Ein anderer Import ist angehalten
start-held-text = Dieser macht einen neuen Plan, der an dessen Stelle tritt.
said-already-running = Es lief schon ein Import. Das ist er.

# Ein Import, der läuft.
live-queued = Wartet auf den Beginn
live-reading = Import läuft: { $source } wird gelesen
live-planning = Import läuft: Der Plan entsteht
live-applying = Import läuft: Der Plan wird angewendet
live-note = Es ändert sich nichts, bis alle gelesen sind und der Plan vollständig ist. Sie können diese Seite verlassen.
live-note-applying = Der Plan wird angewendet. Sie können diese Seite verlassen.
live-watch = Zusehen
live-done-people = { $total ->
    [one] { $done } von { $total } Person
   *[other] { $done } von { $total } Personen
}
live-done-changes = { $total ->
    [one] { $done } von { $total } Änderung
   *[other] { $done } von { $total } Änderungen
}
live-so-far-people = { $n ->
    [one] bisher { $n } Person
   *[other] bisher { $n } Personen
}
live-so-far-changes = { $n ->
    [one] bisher { $n } Änderung
   *[other] bisher { $n } Änderungen
}
live-rate = { $rate } je Sekunde
live-left-seconds = noch etwa { $n } s
live-left-minutes = noch etwa { $n } min

# Ein Import.
import-title = Import vom { $when }
import-took = dauerte { $time }
import-failed-title = Der Import ist fehlgeschlagen; es hat sich nichts geändert
import-failure-help = Mehr dazu
import-rejected-title = Abgelehnt; es hat sich nichts geändert
import-rejected-text = { $person } hat diesen Plan abgelehnt. Der nächste Import macht einen neuen.
import-lapsed-title = Verfallen; es hat sich nichts geändert
import-lapsed-text = Innerhalb von 72 Stunden hat niemand geantwortet. Importieren Sie noch einmal, dann entsteht ein neuer Plan.
import-superseded-title = Von einem neueren Import abgelöst; es hat sich nichts geändert
import-superseded-text = Er war angehalten, als ein neuerer Import seinen Plan machte.
import-superseded-link = Den neueren Import ansehen
import-previewed-title = Eine Vorschau; es hat sich nichts geändert
import-previewed-text = Das hätte ein Import zu dieser Zeit getan.
import-approved-title = Er war angehalten und wurde genehmigt
import-approved = { $person } hat den ganzen Plan genehmigt.
import-approved-without = { $person } hat ihn ohne die Austritte genehmigt. Wer als Austritt aufgeführt ist, blieb Mitglied.
import-nothing-title = Nichts zu tun
import-nothing-text = Ihre Mitglieder stimmen mit { $source } überein.
import-people-removed-title = Niemand wird mehr genannt
import-people-removed-text = Die Personen dieses Imports wurden am { $day } entfernt, wie unter Einstellungen › Aufbewahrung festgelegt. Seine Zahlen bleiben.
import-was-held = Er war angehalten, weil
download-warnings = Warnungen herunterladen
download-errors = Fehler herunterladen
restore-leavers = { $n ->
    [one] Diesen Austritt zurückholen
   *[other] Diese Austritte zurückholen ({ $n })
}
restore-title = { $n ->
    [one] { $n } Austritt zurückholen?
   *[other] { $n } Austritte zurückholen?
}
restore-text = { $n ->
    [one] { $n } Person, die durch diesen Import ausschied, wird wieder Mitglied, im selben Stand wie vorher. Sie bleibt, bis sich ihr Datensatz im HR-System ändert. Niemand bekommt Post.
   *[other] { $n } Personen, die durch diesen Import ausschieden, werden wieder Mitglied, im selben Stand wie vorher. Sie bleiben, bis sich ihr Datensatz im HR-System ändert. Niemand bekommt Post.
}
said-leavers-restored = Die Austritte wurden zurückgeholt. Sie bleiben, bis sich ihr Datensatz im HR-System ändert.
said-nobody-restored = Es gibt niemanden zurückzuholen: Von den Austritten dieses Imports ist niemand mehr ausgeschieden.
tally-title = Was dabei herauskommt
tally-join = Beitritt
tally-update = Änderung
tally-leave = Austritt
tally-rejoin = Rückkehr
tally-reject = Nicht beurteilbar
tally-unchanged = Unverändert
tally-starts-later = Beginnt später
tally-excluded = Davon ausgeschlossen
tally-not-eligible = Nicht berechtigt

# Ein angehaltener Import.
hold-nothing-changed = Es hat sich nichts geändert, und niemand hat davon erfahren.
hold-shared-title = Die meisten haben denselben Grund
hold-shared = { $some } der { $all } haben { $attribute } { $after }; vorher war es { $before }.
hold-shared-all = Alle { $all } haben { $attribute } { $after }; vorher war es { $before }.
hold-shared-text = Vielleicht wurde in { $source } etwas versehentlich geändert. Dann bringen Sie es dort in Ordnung, lehnen diesen Plan ab und importieren noch einmal.
hold-value = „{ $value }“
hold-no-value = leer
hold-since = Der Import, der am { $when } endete, hat es noch so gesehen.
hold-reasons = Warum sie ausscheiden würden
hold-until = Der Plan wartet bis { $until }. Danach verfällt er, und es ändert sich nichts.
hold-help = Was bei einem angehaltenen Import zu tun ist
hold-see-people = Personen ansehen
hold-not-yours = Antworten muss jemand mit der Rolle „Inhaberin oder Inhaber“ oder „Integrationen“.
answer-approve = Diesen Plan genehmigen
answer-without-leavers = Ohne die Austritte genehmigen
answer-renumbered = Die Nummern wurden neu vergeben
answer-reject = Ablehnen
ask-approve = Diesen Plan genehmigen?
ask-without-leavers = Ohne die Austritte genehmigen?
ask-renumbered = Wurden die Nummern neu vergeben?
ask-reject = Diesen Plan ablehnen?
will-join = { $n ->
    [one] { $n } Person tritt bei. Niemand bekommt Post: Die Willkommens-E-Mail ist aus.
   *[other] { $n } Personen treten bei. Niemand bekommt Post: Die Willkommens-E-Mail ist aus.
}
will-join-welcome = { $n ->
    [one] { $n } Person tritt bei und bekommt eine Willkommens-E-Mail, die sich nicht zurückholen lässt.
   *[other] { $n } Personen treten bei und bekommen eine Willkommens-E-Mail, die sich nicht zurückholen lässt.
}
will-update = { $n ->
    [one] { $n } Mitglied wird geändert.
   *[other] { $n } Mitglieder werden geändert.
}
will-rejoin = { $n ->
    [one] { $n } ausgeschiedene Person kehrt zurück.
   *[other] { $n } ausgeschiedene Personen kehren zurück.
}
will-leave = { $n ->
    [one] { $n } Mitglied scheidet aus, und sein Konto wird nach und nach geschlossen. Auf der Seite des Imports können Sie es zurückholen.
   *[other] { $n } Mitglieder scheiden aus, und ihre Konten werden nach und nach geschlossen. Auf der Seite des Imports können Sie sie zusammen zurückholen.
}
will-not-leave = { $n ->
    [one] { $n } Person, die ausscheiden würde, bleibt Mitglied. Der nächste Import schlägt es wieder vor.
   *[other] { $n } Personen, die ausscheiden würden, bleiben Mitglied. Der nächste Import schlägt es wieder vor.
}
will-not-judge = { $n ->
    [one] Für { $n } Person, die sich nicht beurteilen lässt, geschieht nichts.
   *[other] Für { $n } Personen, die sich nicht beurteilen lassen, geschieht nichts.
}
will-plan-again = Alle werden noch einmal gelesen und an E-Mail-Adresse und Namen statt an der Personalnummer erkannt. Die Mitglieder bekommen ihre neuen Nummern. Es ändert sich nichts, bevor dieser Plan vollständig ist, und er kann aus einem anderen Grund wieder angehalten werden.
will-reject = { $n ->
    [0] Es ändert sich nichts. Der nächste Import macht einen neuen Plan.
    [one] Es ändert sich nichts; die { $n } Person, die ausscheiden würde, bleibt Mitglied. Der nächste Import macht einen neuen Plan. Kommt dasselbe heraus, wird er wieder angehalten, ohne eine weitere E-Mail.
   *[other] Es ändert sich nichts; die { $n } Personen, die ausscheiden würden, bleiben Mitglied. Der nächste Import macht einen neuen Plan. Kommt dasselbe heraus, wird er wieder angehalten, ohne eine weitere E-Mail.
}
said-hold-approved = Genehmigt. Der Plan wird angewendet.
said-hold-rejected = Abgelehnt. Es hat sich nichts geändert.
said-hold-too-late = Ihre Antwort kam zu spät: Der Import wartet nicht mehr darauf.
said-hold-renumbered = Alle werden noch einmal gelesen, für einen neuen Plan.

# Die Personen in einem Plan.
people-title = Personen
people-find = Person suchen
people-kinds = Was geschieht
people-person = Person
people-id = Nummer
people-kind = Was
people-reason = Grund
people-changes = Was sich ändert
people-was = vorher:
people-now = jetzt:
people-empty = leer
people-no-name = Ohne Namen
people-none = Niemand.
people-not-found = Von niemandem beginnt Name, E-Mail-Adresse oder Nummer mit „{ $q }“.
people-skipped = Ausgelassen: nicht angewendet
people-try-again = Diese Person noch einmal prüfen
people-more-values = { $n ->
    [one] und { $n } weiterer Wert
   *[other] und { $n } weitere Werte
}
tab-all = Alle
tab-join = Beitritt
tab-update = Änderung
tab-leave = Austritt
tab-rejoin = Rückkehr
tab-reject = Nicht beurteilbar
pages = Seiten
pages-first = Erste Seite
pages-next = Nächste Seite
pages-newest = Neueste
pages-older = Ältere

# Probleme eines Imports.
problems-title = Probleme
problems-see = Probleme ansehen
problems-none = Keine Probleme.
problems-kinds = Arten von Problemen
problems-what = Was nicht stimmt
problems-remedy = Wie es in Ordnung kommt
problems-help = Mehr
problems-decide = Entscheiden
problems-other = Die andere Person hat die Personalnummer { $id }
problems-empty = Hier gibt es keine Probleme
problems-empty-text = Alle ließen sich beurteilen, und nichts verdient einen zweiten Blick.
problems-errors = { $n ->
    [one] { $n } Fehler
   *[other] { $n } Fehler
}
problems-warnings = { $n ->
    [one] { $n } Warnung
   *[other] { $n } Warnungen
}

# Importverlauf.
history-title = Importverlauf
history-when = Wann
history-trigger = Ausgelöst durch
history-upload = Datei von { $person }
trigger-upload = Datei
history-state = Stand
history-impact = Wirkung
history-problems = Probleme
history-took = Dauer
history-any = Alle
history-from = Von
history-to = Bis
history-filter = Filtern
history-all = Alle Importe zeigen
history-empty = Noch keine Importe.
history-first-run = Der erste läuft { $when }.
history-no-run = Starten Sie einen mit „Daten jetzt importieren“.
history-no-match = Kein Import passt dazu
history-state-running = Läuft
history-state-on-hold = Angehalten
history-state-completed = Abgeschlossen
history-state-failed = Fehlgeschlagen
history-state-not-applied = Abgelehnt, verfallen oder abgelöst
history-state-previewed = Vorschauen
impact-join = { $n } neu
impact-update = { $n ->
    [one] { $n } Änderung
   *[other] { $n } Änderungen
}
impact-leave = { $n } ausgeschieden
impact-rejoin = { $n ->
    [one] { $n } zurückgekehrt
   *[other] { $n } zurückgekehrt
}
impact-reject = { $n } nicht beurteilbar
impact-none = keine Änderung

# Dieselbe Person oder jemand anderes?
decide-title = Dieselbe Person oder jemand anderes?
decide-lead = Ob diese Personen schon Mitglied sind, ist nicht sicher. Ihre Antwort gilt für den nächsten Import und alle späteren.
decide-help = Wie man entscheidet
decide-waiting = { $n ->
    [one] { $n } Person wartet auf Ihre Entscheidung
   *[other] { $n } Personen warten auf Ihre Entscheidung
}
decide-waiting-text = Es ist nicht sicher, ob sie schon Mitglied sind. Bis Sie entscheiden, geschieht für sie nichts.
decide-go = Entscheiden
decide-none = Niemand wartet auf eine Entscheidung
decide-none-text = Kann ein Import nicht sagen, ob jemand schon Mitglied ist, steht die Person hier.
decide-record = In { $source }
decide-member = Mitglied
decide-same = Dieselbe Person
decide-new = Jemand anderes
decide-only-same = Zwei Konten können sich keine E-Mail-Adresse teilen. Sind es zwei Personen, geben Sie einer davon im HR-System eine andere Adresse.
decide-refused = Über { $id } wurde nichts entschieden
decide-given = Ihre Antworten
decide-given-none = Noch keine Antworten.
decide-answer = Antwort
decide-when = Gegeben
decide-effect = Wirkung
decide-done = Von einem Import erledigt
decide-holds = Mit dem nächsten Import
decide-revoke = Zurücknehmen
said-decided = Entschieden. Es wirkt mit dem nächsten Import.
said-decision-revoked = Zurückgenommen. Der nächste Import fragt wieder.

# Eine Person prüfen.
try-title = Eine Person prüfen
try-lead = Sehen Sie Schritt für Schritt, was der nächste Import mit einer Person aus { $source } täte. Geschrieben wird nichts.
try-person = Name, E-Mail-Adresse oder Personalnummer
try-do = Prüfen
try-failed = { $source } konnte nicht gefragt werden
try-step-1 = 1. Gelesen
try-step-2 = 2. Was ist freigegeben?
try-step-3 = 3. Was daraus wird
try-step-4 = 4. Darf sie Mitglied sein?
try-step-5 = 5. Was sich ändern würde
try-found = Gelesen
try-not-found = Nicht gefunden
try-several = Mehrere Personen heißen so. Welche meinen Sie?
try-nobody = { $source } kennt niemanden unter „{ $typed }“.
try-nobody-of-all = Unter den { $n } Personen in { $source } heißt niemand „{ $typed }“.
try-nobody-of-some = Unter den ersten { $n } Personen in { $source } heißt niemand „{ $typed }“. Versuchen Sie es mit der E-Mail-Adresse oder der Personalnummer.
try-absent-leaves = { $name } ist Mitglied, und { $source } führt die Person nicht mehr: Beim nächsten Import würde sie ausscheiden.
try-absent-stays = { $name } ist Mitglied, und { $source } führt die Person nicht mehr. Ihre Einrichtung lässt solche Mitglieder bleiben.
try-attribute = Attribut
try-value = Wert
try-field = Feld
try-not-shared = nicht freigegeben
try-needed = Ohne das lässt sich niemand beurteilen.
try-keeps = behält, was das Mitglied hat
try-eligible = Ja
try-inactive = Nein: nicht mehr aktiv
try-outside = Nein: { $attribute } liegt außerhalb des Segments
try-starts-later = Noch nicht: Sie hat noch nicht angefangen.
try-join = Sie würde Mitglied.
try-update = Das Mitglied würde geändert.
try-leave = Das Mitglied würde ausscheiden.
try-rejoin = Die ausgeschiedene Person würde zurückkehren.
try-reject = Es geschähe nichts: Sie lässt sich nicht beurteilen.
try-unchanged = Es würde sich nichts ändern.
try-excluded = Nichts: Sie ist ausgeschlossen, von der Verwaltung oder auf eigenen Wunsch.
try-not-eligible = Nichts: Sie ist kein Mitglied und darf keines sein.
try-later = Noch nichts: Sie wird Mitglied, sobald sie angefangen hat.
try-nothing-written = Es wurde nichts geschrieben.
