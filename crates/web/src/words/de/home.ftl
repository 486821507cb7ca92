# Start: das Programm auf einen Blick.
home-now = Das Programm jetzt
home-members = Mitglieder
home-closing = Werden geschlossen
home-needs = Braucht Sie
home-next = Nächster Import: { $when }
home-all = Alle Integrationen

# Bevor etwas eingerichtet ist.
first-title = Verbinden Sie Ihr HR-System
first-text = Rollcall hält die Mitglieder Ihres Programms mit Ihrem HR-System im Gleichschritt: Wer anfängt, wird Mitglied; wer geht, wird geschlossen. Es dauert etwa zehn Minuten, und Sie sehen namentlich, wer beitreten und ausscheiden würde, bevor etwas geschieht.
first-step-1 = Wählen, wann Importe laufen
first-step-2 = Personio verbinden
first-step-3 = Felder zuordnen
first-step-4 = Prüfen und veröffentlichen
first-go = HR-System verbinden
first-go-on = { $source } weiter einrichten
first-not-yours = Einrichten muss es jemand mit der Rolle „Inhaberin oder Inhaber“ oder „Integrationen“.
first-help = Nachlesen, wie es geht

# Was die Verwaltung braucht.
need-hold = Ein Import aus { $source } ist angehalten und braucht Sie
need-hold-text = { $n ->
    [0] Es hat sich nichts geändert. Er wartet bis { $until }.
    [one] { $n } Mitglied würde ausscheiden. Es hat sich nichts geändert. Er wartet bis { $until }.
   *[other] { $n } Mitglieder würden ausscheiden. Es hat sich nichts geändert. Er wartet bis { $until }.
}
need-hold-link = Ansehen und antworten
need-reconnect = { $source } nimmt Ihre Zugangsdaten nicht mehr an
need-reconnect-text = Importe stehen still, bis neu autorisiert wird. Bis dahin ändert sich kein Mitglied.
need-reconnect-link = Neu autorisieren
need-failure = Der letzte Import aus { $source } ist fehlgeschlagen; es hat sich nichts geändert
need-failure-link = Ansehen, was zu tun ist
need-paused = Importe aus { $source } schlagen immer wieder fehl; der Zeitplan hat sich selbst angehalten
need-paused-text = { $n ->
    [one] Seit { $since } ist { $n } Import fehlgeschlagen. Es hat sich nichts geändert. Der nächste Versuch ist { $when }, danach einmal am Tag; sobald ein Import gelingt, läuft der Zeitplan von selbst weiter.
   *[other] Seit { $since } sind { $n } Importe nacheinander fehlgeschlagen. Es hat sich nichts geändert. Der nächste Versuch ist { $when }, danach einmal am Tag; sobald ein Import gelingt, läuft der Zeitplan von selbst weiter.
}
need-owner = Für die Integration { $source } ist niemand mehr zuständig
need-owner-text = { $owner } war zuständig und ist es nicht mehr. Importe laufen weiter, aber niemand erfährt, wenn einer fehlschlägt oder auf eine Antwort wartet.
need-owner-link = Zuständigkeit übernehmen

# Diagramme.
chart-joined = beigetreten
chart-updated = geändert
chart-left = ausgeschieden
chart-numbers = Zahlen zeigen
chart-imports = Die letzten Importe
chart-members = Mitglieder im Lauf der Zeit
chart-weeks = Beitritte und Austritte je Woche
chart-week = Woche
chart-week-of = Woche ab { $day }
chart-day = Tag
