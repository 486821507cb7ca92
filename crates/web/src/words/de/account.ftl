# Was man für sich selbst einstellt.
account-title = Meine Anmeldung
account-back = ← { $where }
account-profile = Name und Sprache
account-password = Passwort
account-password-text = Ein neues Passwort meldet Sie überall ab, nur hier nicht.
account-password-change = Passwort ändern
account-factor = Zweiter Faktor
account-factor-text = Mit einem zweiten Faktor geben Sie beim Anmelden auch einen Code von Ihrem Telefon ein. Ein gestohlenes Passwort allein öffnet dann nichts. Sie brauchen eine Authenticator-App.
account-factor-begin = Zweiten Faktor einrichten
account-factor-on = Beim Anmelden geben Sie einen Code aus Ihrer Authenticator-App ein.
account-codes-left = { $n ->
    [0] Sie haben keinen Notfallcode mehr.
    [one] Sie haben noch einen Notfallcode.
   *[other] Sie haben noch { $n } Notfallcodes.
}
account-codes-new = Neue bekommen Sie jederzeit; diese gelten dann nicht mehr.
account-codes-renew = Neue Notfallcodes
account-factor-stop = Zweiten Faktor ausschalten
account-sessions = Wo Sie angemeldet sind
session-where = Gerät
session-address = Netzadresse
session-began = Seit
session-seen = Zuletzt benutzt
session-this = dieses hier
session-device = { $browser } auf { $system }
session-unknown = Unbekanntes Gerät
session-only = Sonst sind Sie nirgends angemeldet.
session-end = { $n ->
    [one] Auf dem anderen Gerät abmelden
   *[other] Auf den { $n } anderen Geräten abmelden
}
zone-note = Zeiten in { $zone }.
said-profile-saved = Name und Sprache sind gespeichert.
said-password-changed = Ihr Passwort ist geändert. Überall sonst sind Sie abgemeldet.
said-sessions-ended = Überall sonst sind Sie abgemeldet.
said-factor-off = Der zweite Faktor ist ausgeschaltet. Ihre Notfallcodes gelten nicht mehr.

# Einen zweiten Faktor einrichten.
factor-title = Zweiten Faktor einrichten
factor-scan = Richten Sie Ihre Authenticator-App auf dieses Bild.
factor-qr = Ein QR-Code mit dem Schlüssel für Ihre Authenticator-App
factor-type = Oder tippen Sie diesen Schlüssel in die App:
factor-code-hint = Die sechs Ziffern, die die App jetzt zeigt.
factor-confirm = Einschalten
codes-title = Bewahren Sie diese Notfallcodes auf
codes-on = Der zweite Faktor ist eingeschaltet.
codes-renewed = Das sind Ihre neuen Notfallcodes. Frühere gelten nicht mehr.
codes-text = Ohne Ihr Telefon lässt Sie stattdessen einer dieser Codes ein, jeder einmal. Bewahren Sie sie dort auf, wo Ihre Passwörter sind: Sie werden nicht noch einmal gezeigt.
codes-file = Notfallcodes für Rollcall für { $email }. Jeder gilt einmal.
codes-kept = Ich habe sie aufbewahrt
