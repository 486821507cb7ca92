erase-title = { $name } löschen
erase-crumb = Mitglieder
erase-goes = Was gelöscht wird
erase-values = { $n ->
    [one] { $n } Angabe: Name, Adresse und was sonst bekannt ist
   *[other] { $n } Angaben: Name, Adresse und was sonst bekannt ist
}
erase-changes = { $n ->
    [one] was { $n } Import daran geändert hat
   *[other] was { $n } Importe daran geändert haben
}
erase-problems = { $n ->
    [one] was in { $n } Problem stand
   *[other] was in { $n } Problemen stand
}
erase-mails = { $n ->
    [one] Empfänger und Text von { $n } E-Mail
   *[other] Empfänger und Texte von { $n } E-Mails
}
erase-decisions = { $n ->
    [one] { $n } Antwort darauf, wer das ist
   *[other] { $n } Antworten darauf, wer das ist
}
erase-signing-in = Passwort und Anmeldungen und was das Protokoll über die Person sagt
erase-stays = Was bleibt
erase-stays-trace = Ein Code, der aus Personalnummer und Adresse gebildet ist, mit den Tagen und dem Grund. Daraus kann niemand erkennen, wer es war.
erase-stays-counts = Die Zahlen früherer Importe, ohne Namen.
erase-then = Was dann geschieht
erase-now = Der Zugang wird sofort eingeschränkt.
erase-by = Mit dem Ende des { $day } wird das Konto geschlossen und gelöscht. Das lässt sich nicht rückgängig machen.
erase-imports = Importe lassen die Person von da an in Ruhe, auch solange das HR-System sie nennt: kein Konto, keine E-Mail. Das gilt, bis Sie sie wieder zulassen.
erase-typed = Personalnummer oder E-Mail-Adresse der Person
erase-typed-hint = Damit niemand versehentlich gelöscht wird.
erase-do = Dieses Mitglied löschen
erase-keep = Konto behalten
erase-closed = Dieses Konto ist geschlossen. Es gibt nichts mehr zu löschen.
erased-name = gelöscht
back-title = Jemanden wieder zulassen
back-text = Wer das eigene Konto schließt oder von der Verwaltung gelöscht wird, bleibt von Importen verschont, bis er es anders wünscht.
back-count = { $n ->
    [0] Zurzeit ist niemand auf diese Weise ausgeschlossen.
    [one] Zurzeit ist { $n } Person auf diese Weise ausgeschlossen. Niemand kann erkennen, wer das ist.
   *[other] Zurzeit sind { $n } Personen auf diese Weise ausgeschlossen. Niemand kann erkennen, wer das ist.
}
back-typed = Personalnummer oder E-Mail-Adresse
back-typed-hint = So, wie sie war, als das Konto geschlossen wurde. Der nächste Import betrachtet die Person wie jede andere; ein Konto, das noch nicht gelöscht ist, kann wieder geöffnet werden.
back-do = Wieder zulassen
said-erase-begun = Das Konto ist eingeschränkt. Ist sein letzter Tag vorbei, wird es geschlossen und gelöscht.
said-let-back = Importe betrachten die Person wieder.
close-down-back = Jemanden wieder zulassen, der auf Wunsch gelöscht wurde
