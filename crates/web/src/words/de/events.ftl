# Ereignisse: wem Änderungen an Mitgliedern gemeldet werden.
events-text = Anderen Programmen kann gemeldet werden, wenn jemand beitritt, sich ändert, ausscheidet, zurückkehrt oder geschlossen wird. Sie erhalten die Personalnummer und sonst keine Daten über Personen. Jede Meldung ist nach Standard Webhooks signiert.
events-count = { $n ->
    [0] Noch wird niemandem etwas gemeldet
    [one] Gemeldet wird an eine Adresse
   *[other] Gemeldet wird an { $n } Adressen
}
events-none = Fügen Sie unten die erste Adresse hinzu.
events-address = Adresse
events-address-hint = Sie beginnt mit https:// und gehört zum öffentlichen Netz.
events-kinds = Gemeldet wird
events-state = Stand
events-active = aktiv
events-paused = pausiert
events-by = von { $person }, { $day }
events-both-until = Bis { $when } auch mit dem alten Geheimnis unterschrieben
events-new = Eine Adresse hinzufügen
events-add = Hinzufügen
events-secret = Geheimnis
events-secret-text = Damit werden Meldungen unterschrieben. Geben Sie es dort ein, wo sie ankommen; es wird nicht noch einmal gezeigt.
events-change-secret = Geheimnis ändern
events-pause = Pausieren
events-resume = Fortsetzen
events-remove = Entfernen
events-remove-title = { $host } nichts mehr melden?
events-remove-text = Was dort noch nicht gemeldet wurde, wird vergessen, und das lässt sich nicht rückgängig machen.
events-deliveries = Meldungen
events-deliveries-text = Was { $host } gemeldet wurde und was noch aussteht. Gemeldetes wird 30 Tage lang aufbewahrt.
events-deliveries-none = Seit diese Adresse hinzugefügt wurde, ist nichts geschehen.
events-what = Ereignis
events-member = Mitglied
events-when = Geschehen
events-last = Letzte Antwort
events-attempts = { $n ->
    [one] ein Versuch
   *[other] { $n } Versuche
}
events-next = nächster { $when }
events-again = Erneut melden
events-again-text = Schickt noch einmal, was seitdem geschah, mit denselben Nummern, sodass ein Empfänger Bekanntes erkennt.
events-again-since = Seit
events-again-days = { $n ->
    [one] gestern
   *[other] { $n } Tagen
}
events-no-member = nicht mehr da
event-joined = Beigetreten
event-updated = Geändert
event-left = Ausgeschieden
event-rejoined = Zurückgekehrt
event-closed = Geschlossen
event-state-pending = Wartet
event-state-sent = Gemeldet
event-state-failed = Aufgegeben
said-events-paused = Dorthin geht nichts, bis Sie es zulassen. Was inzwischen geschieht, wartet.
said-events-resumed = Es wird wieder gemeldet.
said-events-removed = Dort wird nichts mehr gemeldet.
said-events-again = Es wird erneut gemeldet.
flaw-url-invalid = Dieser Adresse lässt sich nichts melden, oder sie enthält einen Benutzernamen.
flaw-url-not-https = Die Adresse muss mit https:// beginnen.
flaw-url-private = Diese Adresse gehört zu einem privaten Netz oder zu diesem Rechner. Geben Sie eine ein, die aus dem Internet zu erreichen ist.
flaw-no-events = Wählen Sie mindestens ein Ereignis.
flaw-too-many-subscriptions = Mehr als zehn Adressen gehen nicht. Entfernen Sie zuerst eine.
