# Der Rahmen jeder Seite.
skip-to-content = Zum Inhalt
navigation = Hauptmenü
nav-home = Start
nav-members = Mitglieder
nav-integrations = Integrationen
nav-waiting = { $n ->
    [one] Sache braucht Sie
   *[other] Sachen brauchen Sie
}
nav-settings = Einstellungen
nav-help = Hilfe
nav-account = Konto
nav-my-account = Meine Anmeldung
nav-programmes = Alle Ihre Programme
nav-change-programme = Programm wechseln:
programme-suspended = ausgesetzt
nav-sign-out = Abmelden

# Eine Installation, die aus einer Sicherung wiederhergestellt wurde, auf jeder Seite.
held-title = Aus einer Sicherung wiederhergestellt und angehalten
held-text = Alles ist so, wie es war: { $at }. Es wird nichts importiert und nichts versandt, bis jemand, der Rollcall für Sie betreibt, nachgesehen und es freigegeben hat.

cancel = Abbrechen

# Rollen.
role-owner = Inhaberin oder Inhaber
role-integrations = Integrationen
role-members = Mitglieder
role-read-only = nur lesen

# Seiten, die nicht gezeigt werden können.
failure-not-found = Unter dieser Adresse gibt es nichts
failure-not-found-text = Die Adresse ist vielleicht vertippt, oder was dort war, gibt es nicht mehr.
failure-address = Diese Adresse ist nicht zu lesen
failure-address-text = Ein Teil von ihr ist vertippt oder fehlt. Folgen Sie dem Link noch einmal, oder beginnen Sie von hier aus neu.
failure-method = Hier gibt es nichts anzusehen
failure-method-text = Diese Adresse ist für eine Schaltfläche auf einer anderen Seite da, und so geöffnet tut sie nichts. Gehen Sie zurück, und drücken Sie die Schaltfläche dort.
failure-suspended = Dieses Programm ist ausgesetzt
failure-suspended-text = Zurzeit läuft darin nichts, und es geht nichts hinaus. Nichts geht verloren: Wer Rollcall für Sie betreibt, lässt es dort weiterlaufen, wo es stand.
failure-not-allowed = Ihre Rolle erlaubt das nicht
failure-not-allowed-text = Bitten Sie eine Inhaberin oder einen Inhaber des Programms, es zu tun oder Ihnen eine andere Rolle zu geben.
failure-other-site = Das wurde von einer anderen Website gesendet
failure-other-site-text = Damit niemand in Ihrem Namen handelt, wird nur angenommen, was von einer Seite dieser Website selbst kommt. Es wurde nichts geändert. Öffnen Sie die Seite hier, und tun Sie es dort noch einmal; war es schon so, sagen Sie es denen, die Rollcall für Sie betreiben.
failure-refused = Das geht gerade nicht
failure-already-running = Es läuft schon ein Import
failure-already-running-text = Von dieser Integration läuft gerade ein Import. Warten Sie, bis er zu Ende ist.
failure-broken = Bei uns ist etwas schiefgegangen
failure-broken-text = Es wurde nichts geändert. Versuchen Sie es gleich noch einmal; wenn es wieder geschieht, sagen Sie es denen, die Rollcall für Sie betreiben.
failure-unreadable = Was gesendet wurde, war nicht zu lesen
failure-unreadable-text = Darin fehlte etwas, oder es stand doppelt da; nichts davon wurde behalten. Gehen Sie zurück, laden Sie die Seite neu, und senden Sie es noch einmal.
failure-media-type = Was gesendet wurde, wird hier nicht verstanden
failure-media-type-text = Es kam nicht aus einem der Formulare hier; nichts davon wurde behalten. Gehen Sie zurück, laden Sie die Seite neu, und senden Sie es noch einmal.
failure-too-large = Das ist zu viel auf einmal
failure-too-large-text = Was Sie gesendet haben, ist zu groß; nichts davon wurde behalten. Eine Datei darf 64 MB groß sein: Teilen Sie eine größere auf.
failure-too-slow = Es kam nicht rechtzeitig an
failure-too-slow-text = Was Sie gesendet haben, kam nicht rechtzeitig an; nichts davon wurde behalten. Prüfen Sie Ihre Verbindung und senden Sie es noch einmal.
failure-too-many = Zu viele Anfragen auf einmal
failure-too-many-text = Aus Ihrem Netz oder von Ihrem Browser kommen mehr Anfragen, als gleichzeitig beantwortet werden. Warten Sie einen Moment und versuchen Sie es noch einmal.
failure-overloaded = Im Moment ist zu viel zu tun
failure-overloaded-text = Versuchen Sie es gleich noch einmal. Bleibt es dabei, sagen Sie es denen, die Rollcall für Sie betreiben.
failure-request = Nummer dieser Anfrage: { $request }
failure-home = Zur Startseite

# Tage und Stunden.
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember
month-short-1 = Jan.
month-short-2 = Febr.
month-short-3 = März
month-short-4 = Apr.
month-short-5 = Mai
month-short-6 = Juni
month-short-7 = Juli
month-short-8 = Aug.
month-short-9 = Sept.
month-short-10 = Okt.
month-short-11 = Nov.
month-short-12 = Dez.
weekday-1 = Montag
weekday-2 = Dienstag
weekday-3 = Mittwoch
weekday-4 = Donnerstag
weekday-5 = Freitag
weekday-6 = Samstag
weekday-7 = Sonntag
date-day = { $day }. { $month } { $year }
date-moment = { $weekday }, { $day }. { $month }, { $time } Uhr
date-moment-year = { $weekday }, { $day }. { $month } { $year }, { $time } Uhr
date-short-day = { $day }. { $month }
date-short = { $day }. { $month }, { $time }
date-short-year = { $day }. { $month } { $year }, { $time }
lasting-moment = unter 1 s
lasting-seconds = { $n } s
lasting-minutes = { $m } min { $s } s
lasting-hours = { $h } Std. { $m } min
