# Was jede Seite für Mitglieder hat.
site-help = Fragen? { $contact }
site-privacy = Datenschutz
site-imprint = Impressum
site-wait-text = Das macht Raten langsam. Es sagt nichts darüber, ob Ihre Eingabe richtig war.
strength-short = Noch zu leicht zu erraten.
strength-good = Gut. Länger ist besser.
strength-strong = Sehr gut.

# Die Einladung.
welcome-title = Willkommen
welcome-title-name = Willkommen, { $name }
welcome-text = Wählen Sie ein Passwort, dann sind Sie Mitglied bei { $programme }.
welcome-email = Sie melden sich an mit
welcome-keep = Passwort speichern
welcome-expired = Dieser Link ist abgelaufen
welcome-expired-text = Einladungen gelten nur eine Zeit lang. Wir können Ihnen eine neue schicken, an dieselbe Adresse wie diese.
welcome-used = Sie haben schon ein Passwort
welcome-used-text = Diese Einladung wurde benutzt. Melden Sie sich mit dem Passwort an, das Sie gewählt haben.
welcome-replaced = Es gibt einen neueren Link
welcome-replaced-text = Eine neuere Einladung ist an die Stelle dieser getreten. Öffnen Sie die neueste E-Mail, oder lassen Sie sich eine schicken.
welcome-suspended-text = Nach Angaben Ihres Arbeitgebers sind Sie zurzeit kein Mitglied. Wir prüfen das; ist es ein Versehen, gilt dieser Link wieder, sobald es berichtigt ist.
welcome-unknown-text = Vielleicht ist er abgeschnitten. Öffnen Sie die E-Mail noch einmal und folgen Sie dem Link dort. Ohne die E-Mail geht es unten weiter.
welcome-under-way = Wenn die Einladung noch gilt, ist ein neuer Link unterwegs in Ihr Postfach.
said-welcome = Ihr Passwort ist gespeichert, und Sie sind angemeldet.

# Das erste Mal, und ein vergessenes Passwort.
first-time-title = Zum ersten Mal hier?
first-time-teaser = Ob Sie eine Einladung zur Hand haben oder nicht: So kommen Sie hinein.
first-time-go = Zum ersten Mal anmelden
first-time-text = Sie haben noch kein Passwort. Lassen Sie sich einen Link schicken, oder geben Sie den Code aus Ihrem Brief ein.
first-time-by-mail = Per E-Mail
first-time-by-letter = Mit einem Brief
first-time-code = Code aus dem Brief
first-time-code-hint = Zwölf Buchstaben und Ziffern, etwa k7q2-mx0d-fpn4.
first-time-redeem = Weiter
first-time-code-wrong = Diesen Code gibt es nicht. Vergleichen Sie ihn Zeichen für Zeichen mit dem Brief.
first-time-under-way = Wenn { $email } zu einem Mitglied gehört, ist ein Link dorthin unterwegs.
site-forgotten-under-way = Wenn sich ein Mitglied mit { $email } anmeldet, ist ein Link unterwegs. Er gilt eine Stunde.

# Mein Konto.
my-account-title = Mein Konto
my-data = Meine Daten
my-data-wrong = Etwas stimmt nicht? Was von Ihrem Arbeitgeber kommt, wird dort berichtigt und ändert sich hier dann von selbst.
my-data-all = Alles über mich
my-data-file = Herunterladen
data-from = aus { $source }
data-from-source = aus { $source } ({ $attribute })
data-by-hand = von Hand eingetragen
data-title = Alles über mich
data-text = Was { $programme } über Sie gespeichert hat.
data-happened = Was geschehen ist
data-made = Das Konto wurde angelegt
data-left = Sie sind ausgeschieden
data-import-join = Sie wurden Mitglied
data-import-update = Ein Import aus den Angaben Ihres Arbeitgebers hat Ihre Daten geändert
data-import-leave = Sie wurden als ausgeschieden gekennzeichnet, durch einen Import
data-import-rejoin = Sie wurden wieder Mitglied
happened-by-administrator = { $what }, durch die Administration
happened-by-member = { $what }, durch Sie
happened-by-token = { $what }, durch ein Programm
happened-by-command = { $what }, durch den Betrieb dieses Dienstes
happened-by-system = { $what }, von selbst
happened-member-added = Das Konto wurde von Hand angelegt
happened-member-edited = Ihre Daten wurden geändert
happened-member-left = Sie wurden als ausgeschieden gekennzeichnet
happened-member-reopened = Das Konto wurde wieder geöffnet
happened-leavers-restored = Das Konto wurde wieder geöffnet
happened-member-excluded = Sie wurden ausgeschlossen
happened-member-exclusion-lifted = Der Ausschluss wurde aufgehoben
happened-member-locked-in = Ihre Mitgliedschaft wurde für eine Zeit gesichert
happened-member-unlocked = Ihre Mitgliedschaft ist nicht mehr gesichert
happened-member-let-go = Ihre Mitgliedschaft richtet sich wieder nach den Angaben Ihres Arbeitgebers
happened-member-closed-own-account = Das Konto wird geschlossen
happened-member-erased = Ihre Daten werden gelöscht
happened-member-invitation-resent = Die Einladung wurde noch einmal gesendet
happened-member-language-chosen = Eine Sprache wurde gewählt
happened-member-address-entered = Eine private Adresse wurde eingetragen
happened-member-address-confirmed = Die private Adresse wurde bestätigt
happened-member-address-removed = Die private Adresse wurde entfernt
checked-title = Ihr Zugang wird geprüft
checked-text = Nach Angaben Ihres Arbeitgebers sind Sie zurzeit kein Mitglied. Bis das geklärt ist, sehen Sie, was über Sie gespeichert ist, und sonst nichts. Ist es ein Versehen, wenden Sie sich an Ihre Personalabteilung.
leaver-title = Ihr Zugang endet am { $day }
leaver-text = Sie scheiden aus. Bis zum Ende dieses Tages sehen Sie, was über Sie gespeichert ist, und können es mitnehmen; dann wird das Konto geschlossen, und Ihre Daten werden gelöscht. Ist es ein Versehen, wenden Sie sich an Ihre Personalabteilung.
site-codes-file = Wiederherstellungscodes von { $programme } für { $email }. Jeder gilt einmal.

# Eine private Adresse.
own-email-title = Private E-Mail-Adresse
own-email-why = Fügen Sie eine private Adresse hinzu: E-Mails über das Ende Ihres Zugangs gehen dann dorthin, auch wenn Sie Ihr Postfach bei der Arbeit nicht mehr lesen können.
own-email-entry = Private E-Mail-Adresse
own-email-add = Link zum Bestätigen senden
own-email-change = Andere Adresse bestätigen
own-email-remove = Adresse entfernen
own-email-is-confirmed = bestätigt
own-email-used = E-Mails über das Ende Ihres Zugangs gehen hierher. Sie melden sich an wie bisher.
own-email-waits = Wir haben einen Link an { $email } gesendet. Die Adresse zählt, sobald Sie ihm folgen; der Link gilt einen Tag.
own-email-confirm-title = Bestätigen Sie Ihre private Adresse
own-email-confirm-text = Gehört { $email } Ihnen? Dann gehen E-Mails über das Ende Ihres Zugangs von jetzt an dorthin.
own-email-confirm = Ja, bestätigen
own-email-expired = Der Link galt einen Tag. Geben Sie die Adresse in Ihrem Konto noch einmal ein.
own-email-unknown = Er wurde benutzt, durch einen neueren ersetzt, oder er gehört zu einem anderen Konto.
said-own-email-asked = Ein Link ist unterwegs. Folgen Sie ihm, um die Adresse zu bestätigen.
said-own-email-confirmed = Ihre private Adresse ist bestätigt.
said-own-email-removed = Die private Adresse ist entfernt.
data-own = von Ihnen gewählt

# Das Konto schließen.
close-title = Mein Konto schließen
close-teaser = Verlassen Sie das Programm auf eigenen Wunsch. Was über Sie gespeichert ist, wird gelöscht.
close-text = { $n ->
    [0] Ihr Konto wird heute am Ende des Tages geschlossen. Danach lässt sich das nicht mehr rückgängig machen.
    [one] Ihr Konto wird binnen eines Tages geschlossen; bis dahin können Sie sich anmelden. Danach lässt sich das nicht mehr rückgängig machen.
   *[other] Ihr Konto wird binnen { $n } Tagen geschlossen; bis dahin können Sie sich anmelden. Danach lässt sich das nicht mehr rückgängig machen.
}
close-goes = Ihr Name, Ihre Adresse und alles andere, was über Sie gespeichert ist, wird gelöscht.
close-stays = Es bleibt ein Code, aus dem niemand Ihren Namen lesen kann, damit Sie nicht versehentlich wieder eingeladen werden.
close-later = Die Daten bei Ihrem Arbeitgeber bleiben, wie sie sind. Wenn Sie zurückkommen möchten, fragen Sie Ihre Personalabteilung.
close-first = Nehmen Sie Ihre Daten vorher mit:
close-how = Um fortzufahren, geben Sie hier { $email } ein.
close-typed = Ihre E-Mail-Adresse
close-now = Konto schließen
said-closing = Ihr Konto wird geschlossen.

# Solange das Programm ausgesetzt ist.
site-suspended = Diese Seite ist zurzeit geschlossen
site-suspended-text = Ihr Konto und Ihre Daten bleiben erhalten, und nichts geht verloren. Bitte kommen Sie später wieder.

# Wo eine Seite nicht gezeigt werden kann und die Worte der Verwaltung einem Mitglied nichts sagen.
site-failure-other-site-text = Damit niemand in Ihrem Namen handelt, wird nur angenommen, was von einer Seite dieser Website selbst kommt. Es wurde nichts geändert. Öffnen Sie die Seite hier, und tun Sie es dort noch einmal; war es schon so, sagen Sie es denen, die Ihr Programm betreuen.
site-failure-broken-text = Es wurde nichts geändert. Versuchen Sie es gleich noch einmal; wenn es wieder geschieht, sagen Sie es denen, die Ihr Programm betreuen.
site-failure-overloaded-text = Versuchen Sie es gleich noch einmal. Bleibt es dabei, sagen Sie es denen, die Ihr Programm betreuen.
site-failure-too-large-text = Was Sie gesendet haben, ist zu groß; nichts davon wurde behalten. Gehen Sie zurück, und geben Sie weniger ein.
