# Die Einstellungen und ihre Teile.
settings-tab-programme = Programm
settings-tab-administrators = Verwaltung
settings-tab-roles = Rollen
settings-tab-guard = Schutz
settings-tab-invitations = Einladungen
settings-tab-close-down = Schließung
settings-tab-retention = Aufbewahrung
settings-tab-tokens = API-Token
settings-tab-events = Ereignisse
settings-tab-audit = Protokoll
settings-look-only = Sie dürfen diese Einstellungen ansehen. Ändern kann sie, wer das Programm innehat.
said-settings-saved = Gespeichert.

# Das Programm.
settings-programme-text = Wie das Programm seinen Mitgliedern erscheint, und wo seine Tage beginnen.
settings-about = Über das Programm
settings-mails = E-Mails
settings-members = Für Mitglieder
settings-members-text = Mitglieder finden das auf den Seiten und in den E-Mails, die für sie bestimmt sind.
settings-slug = Name in Adressen und Befehlen
settings-entry-name = Name
settings-hint-name = Wie Ihre Mitglieder das Programm kennen.
settings-entry-language = Sprache
settings-hint-language = Für Mitglieder, die keine eigene haben.
settings-entry-colour = Farbe
settings-hint-colour = Von Knöpfen und Links. Weiße Schrift muss darauf zu lesen sein.
settings-entry-sender-name = Name des Absenders
settings-hint-sender-name = Von wem E-Mails kommen. Bleibt das leer, ist es der Name des Programms.
settings-entry-reply-to = Antwortadresse
settings-hint-reply-to = Wohin Antworten auf E-Mails gehen. Bleibt das leer, gehen sie nirgendwohin.
settings-entry-help-contact = Hilfe
settings-hint-help-contact = An wen sich Mitglieder wenden: eine Adresse, eine Nummer oder ein Satz.
settings-entry-privacy-notice = Datenschutzhinweise
settings-hint-privacy-notice = Die Adresse Ihrer Seite darüber; sie beginnt mit https://.
settings-entry-imprint = Impressum
settings-hint-imprint = Die Adresse Ihrer Seite, die sagt, wer hinter dem Programm steht; sie beginnt mit https://.

# Verwaltung.
administrators-text = Wer dieses Programm betreut, und in welcher Rolle.
administrators-roles = Was jede Rolle darf
administrators-count = { $n ->
    [one] Eine Person
   *[other] { $n } Personen
}
administrators-state = Stand
administrators-you = Sie
administrators-active = aktiv
administrators-left = ausgeschieden
administrators-left-text = seit { $day }; das Portal ist für sie geschlossen
administrators-since = seit { $day }
administrators-invited = eingeladen
administrators-until = Link gilt bis { $when }
administrators-expired = Einladung abgelaufen
administrators-by = eingeladen von { $person }
invite-title = Jemanden einladen
invite-text = Die Person bekommt eine E-Mail mit einem Link, der sieben Tage gilt, und wählt ein eigenes Passwort.
invite-send = Einladung schicken
said-administrator-invited = Die Einladung ist unterwegs.
said-administrator-removed = Die Person wurde entfernt.
said-role-changed = Die Rolle ist geändert.
role-choice-owner = Inhaberin oder Inhaber: alles
role-choice-integrations = Integrationen: einrichten, starten, genehmigen
role-choice-members = Mitglieder: betreuen, Fragen zu ihnen beantworten
role-choice-read-only = Nur lesen: ansehen, nichts ändern
invitation-again-title = Die Einladung wurde noch nicht angenommen
invitation-again-text = Ein neuer Link geht an { $email} und gilt sieben Tage. Der vorige gilt dann nicht mehr.
invitation-again-send = Neuen Link schicken
remove-title = Entfernen
remove-text = Nimmt der Person ihren Platz in { $programme }. Was sie getan hat, bleibt.
remove = Entfernen
remove-sure = { $person } entfernen?
remove-sign-in = Die Person wird sofort von { $programme } abgemeldet und kommt ohne neue Einladung nicht zurück.
remove-stays = Was sie getan hat, bleibt, wie es ist, und das Protokoll behält ihren Namen.
remove-owns-none = E-Mails über Integrationen gehen nicht an sie.
remove-owns = { $n ->
    [one] E-Mails über eine Integration gehen noch an sie.
   *[other] E-Mails über { $n } Integrationen gehen noch an sie.
}
remove-owns-text = Übergeben Sie { $sources } zuerst auf der Übersichtsseite jemand anderem.

# Rollen.
roles-text = Was jede Rolle in diesem Programm darf. Ihre Rolle hier: { $role }.
roles-action = Tätigkeit
action-see-home = Startseite ansehen
action-see-integrations = Integrationen und ihre Einstellungen ansehen
action-set-up = Integrationen einrichten, autorisieren, veröffentlichen, pausieren, widerrufen
action-run-imports = Importe und Vorschauen starten
action-answer-holds = Über angehaltene Importe entscheiden
action-decide = Entscheiden, ob zwei Datensätze dieselbe Person sind
action-restore-leavers = Austritte eines Imports zurückholen
action-try-person = Eine Person prüfen
action-see-imports = Importe, ihre Personen und Dateien ansehen
action-see-members = Mitglieder ansehen
action-manage-members = Mitglieder betreuen
action-see-outbox = E-Mails ansehen, und was aus ihnen wurde
action-manage-outbox = Eine E-Mail erneut versuchen oder zurückhalten
action-erase-members = Mitglieder löschen
action-hand-over = Eine Integration jemand anderem übergeben
action-see-settings = Einstellungen ansehen
action-change-settings = Einstellungen ändern
action-manage-administrators = Personen einladen und entfernen, Rollen ändern
action-manage-tokens = API-Token anlegen und widerrufen
action-manage-events = Sehen und ändern, wem Änderungen gemeldet werden
action-see-audit = Protokoll ansehen

# Der Schutz.
guard-text = Bevor ein Import aus { $source } etwas ändert, sieht sich der Schutz den ganzen Plan an. Trifft eine dieser Regeln zu, wartet der Import auf Sie, und bis dahin ändert sich nichts.
guard-at-once = Änderungen gelten sofort, ab dem nächsten Import. Sie stehen im Protokoll.
guard-none = Noch keine Integration
guard-none-text = Die Regeln des Schutzes gelten für jede Integration einzeln.
said-guard-saved = Gespeichert. Der nächste Import richtet sich danach.
unit-people = Personen
guard-title-r40 = Viele Austritte auf einmal
guard-sentence-r40 = Ein Import wartet, wenn durch ihn mehr als { $percent } % der Mitglieder und mehr als { $count } von ihnen ausscheiden würden. Die Hälfte aller Mitglieder wartet immer, ab zwei Personen.
guard-why-r40 = Meist ist es ein Fehler im HR-System, etwa eine geänderte Beschäftigungsart.
guard-percent-r40 = Mehr Austritte als dieser Anteil
guard-count-r40 = und mehr Austritte als so viele
guard-title-r41 = Viele Austritte in einer Woche
guard-sentence-r41 = Ein Import wartet, wenn die Austritte in sieben Tagen, seine eigenen eingeschlossen, mehr als { $percent } % der Mitglieder und mehr als { $count } von ihnen ausmachen. Genehmigte zählen nicht.
guard-why-r41 = Damit auch viele kleine Verluste auffallen.
guard-percent-r41 = Mehr Austritte je Woche als dieser Anteil
guard-count-r41 = und mehr je Woche als so viele
guard-title-r42 = Viel weniger Personen als zuletzt
guard-sentence-r42 = Ein Import wartet, wenn er weniger als { $percent } % der Personen liest, die der letzte las, sofern das mindestens { $count } waren.
guard-why-r42 = Vielleicht sehen die Zugangsdaten nur einen Teil der Firma.
guard-percent-r42 = Weniger als dieser Anteil vom letzten Mal
guard-count-r42 = sofern es mindestens so viele waren
guard-title-r43 = Viele Wechsel der Identität
guard-sentence-r43 = Ein Import wartet, wenn mehr als { $percent } % der Mitglieder und mehr als { $count } von ihnen eine andere Personalnummer bekämen, ihre E-Mail-Adresse weitergäben oder jemand anderes würden.
guard-why-r43 = Vielleicht wurden im HR-System die Nummern neu vergeben.
guard-percent-r43 = Mehr neue Identitäten als dieser Anteil
guard-count-r43 = und mehr neue Identitäten als so viele
guard-title-r44 = Viele Beitritte
guard-sentence-r44 = Nach dem ersten Import wartet einer, wenn seine Beitritte mehr als { $percent } % der Mitglieder und mehr als { $count } Personen sind.
guard-why-r44 = Eine Willkommens-E-Mail lässt sich nicht zurückholen.
guard-percent-r44 = Mehr Beitritte als dieser Anteil
guard-count-r44 = und mehr Beitritte als so viele

# Schließung.
close-down-text = Was mit Ausgeschiedenen geschieht, bis ihr Konto geschlossen wird. Tage sind Tage in der Zeitzone des Programms; der Tag des Austritts ist Tag 0.
close-down-notice = Nachricht
close-down-notice-hint = Vorher erfahren sie nichts, falls es ein Irrtum war.
unit-hours-after = Stunden nach dem Austritt
close-down-reminders = Erinnerungen an diesen Tagen
close-down-reminders-hint = Tage mit Kommas dazwischen, etwa 30, 53. Bleibt das leer, wird niemand erinnert.
close-down-day = Schließtag
close-down-day-hint = Der Zugang endet mit dem Ende dieses Tages; dann wird das Konto geschlossen, und seine persönlichen Daten werden gelöscht. Wer spät benachrichtigt wird, hat noch sieben Tage oder so viele, wie diese Einstellungen lassen.
close-down-erase = Löschen auf Wunsch
close-down-erase-hint = Wenn ein Mitglied sein Konto selbst schließt oder jemand aus der Verwaltung eines sofort löscht.
unit-days-at-most = Tage höchstens (0 bis 30)
close-down-rejected = Angaben zu Abgewiesenen
close-down-rejected-hint = Namen und Werte von Personen, die ein Import abgewiesen hat und die keine Mitglieder sind.
retention-text = Wie lange Importe sagen, um wen es ging, und wie weit das Protokoll zurückreicht.
retention-people = Namen in Importen und hochgeladenen Dateien
retention-people-hint = Danach behält ein Import seine Zahlen, sagt aber nicht mehr, um wen es ging; hochgeladene Dateien verlieren ihre Personen. Länger bleiben nur der letzte Import und solche, deren Austritte noch zurückgeholt werden können.
retention-audit = Protokoll
retention-audit-hint = Ältere Einträge werden entfernt. Bleibt das Feld leer, bleiben sie für immer.
retention-rest = Für Angaben zu Abgewiesenen und Austritten gelten eigene Fristen, unter
unit-months-after-import = Monate nach dem Import
unit-years = Jahre
unit-days-after-import = Tage nach dem Import
unit-days-after = Tage nach dem Austritt

# API-Token.
tokens-text = Mit einem Token tut ein Programm, was Sie ihm erlauben, ohne dass sich jemand anmeldet.
tokens-description = Beschreibung der API
tokens-count = { $n ->
    [0] Keine Token
    [one] Ein Token
   *[other] { $n } Token
}
tokens-none = Noch kein Programm benutzt die API. Das erste Token legen Sie unten an.
token-new = Token anlegen
token-make = Token anlegen
token-name = Name
token-name-hint = Wofür es ist, damit Sie es wiedererkennen, etwa „Intranet“.
token-scopes = Was es darf
scope-integrations-read = Integrationen ansehen
scope-imports-read = Importe, ihre Personen und Probleme ansehen
scope-imports-run = Importe starten
scope-members-read = Mitglieder ansehen
token-lasting = Gilt
token-days = { $n ->
    [365] ein Jahr
   *[other] { $n } Tage
}
token-for-ever = ohne Ende
token-state = Stand
token-good = gültig
token-until = bis { $day }
token-expired = abgelaufen
token-revoked = widerrufen
token-used = Zuletzt benutzt
token-never = nie
token-by = von { $person }, { $day }
token-made = Ihr neues Token
token-made-text = Kopieren Sie es jetzt: Es wird nicht noch einmal gezeigt.
token-revoke = Widerrufen
token-revoke-title = „{ $name }“ widerrufen?
token-revoke-text = Programme, die es benutzen, werden sofort abgewiesen. Das lässt sich nicht zurücknehmen; ein neues Token lässt sich anlegen.
token-revoke-used = Zuletzt benutzt: { $when }.
token-revoke-unused = Es wurde nie benutzt.
said-token-revoked = Das Token ist widerrufen.

# Das Protokoll.
audit-text = Alles, was in diesem Programm getan wurde. Einträge kommen nur hinzu, geändert werden sie nie.
audit-area = Worüber
audit-all-areas = alles
audit-actor = Von wem
audit-all-actors = von allen
audit-filter = Zeigen
audit-all = Alles zeigen
audit-when = Wann
audit-who = Wer
audit-what = Was
audit-became = wurde zu
audit-empty = leer
audit-the-import = zum Import
audit-the-member = zum Mitglied
audit-more = { $n ->
    [one] und eine weitere Änderung
   *[other] und { $n } weitere
}
audit-none = Nichts zu zeigen
audit-none-text = Was Personen, Programme und Rollcall selbst tun, steht von jetzt an hier.
audit-none-filtered = Zu dieser Auswahl passt nichts.
audit-pages = Seiten des Protokolls
audit-first = Neueste
audit-next = Ältere
audit-kind-administrator = Verwaltung
audit-kind-member = Mitglied
audit-kind-token = API-Token
audit-kind-command = am Rechner
audit-kind-system = von selbst
audit-area-administrator = Verwaltung
audit-area-decision = Entscheidungen
audit-area-hold = angehaltene Importe
audit-area-import = Importe
audit-area-integration = Integrationen
audit-area-leavers = Austritte
audit-area-member = Mitglieder
audit-area-programme = das Programm
audit-area-subscription = wem Änderungen gemeldet werden
audit-area-token = API-Token
audit-administrator-accepted = Einladung angenommen
audit-administrator-invited = Jemanden eingeladen
audit-administrator-made = Zugang angelegt
audit-administrator-removed = Jemanden entfernt
audit-administrator-role-changed = Rolle geändert
audit-administrator-password-reset = Neues Passwort über E-Mail gewählt
audit-administrator-password-changed = Eigenes Passwort geändert
audit-administrator-second-factor-on = Zweiten Faktor eingeschaltet
audit-administrator-second-factor-off = Zweiten Faktor ausgeschaltet
audit-administrator-second-factor-reset = Verlorenen zweiten Faktor ausgeschaltet
audit-administrator-reset-link-made = Link für ein neues Passwort erstellt
audit-administrator-recovery-codes-renewed = Neue Notfallcodes erzeugt
audit-decision-made = Über eine Person entschieden
audit-decision-revoked = Entscheidung zurückgenommen
audit-hold-approved = Import genehmigt
audit-hold-approved-without-leavers = Import ohne Austritte genehmigt
audit-hold-rejected = Import abgelehnt
audit-hold-renumbered = Nummern als neu vergeben gemeldet
audit-installation-restored = Aus einer Sicherung wiederhergestellt
audit-installation-released = Nach einer Wiederherstellung freigegeben
audit-import-started = Import gestartet
audit-integration-authorised = Integration autorisiert
audit-integration-begun = Einrichtung begonnen
audit-integration-draft = Entwurf gespeichert
audit-integration-draft-discarded = Entwurf verworfen
audit-integration-guard-changed = Schutz geändert
audit-integration-handed-over = Integration übergeben
audit-integration-initial-setup = Grundeinstellungen gespeichert
audit-integration-mapping = Zuordnung gespeichert
audit-integration-paused = Integration pausiert
audit-integration-resumed = Integration fortgesetzt
audit-integration-published = Integration veröffentlicht
audit-integration-revoked = Integration widerrufen
audit-leavers-restored = Austritte zurückgeholt
audit-letters-printed = Briefe zum Drucken gezeigt
audit-member-invitation-resent = Eine Einladung noch einmal gesendet
audit-members-invited = Einladungen gesendet
audit-programme-invitations-changed = Geändert, wie lange Einladungen gelten
audit-member-added = Mitglied von Hand aufgenommen
audit-member-address-confirmed = Private Adresse bestätigt
audit-member-address-entered = Private Adresse eingetragen
audit-member-address-removed = Private Adresse entfernt
audit-member-edited = Mitglied bearbeitet
audit-member-excluded = Person ausgeschlossen
audit-member-exclusion-lifted = Ausschluss aufgehoben
audit-member-exported = Mitglieder als CSV heruntergeladen
audit-member-left = Mitglied als ausgeschieden gekennzeichnet
audit-member-language-chosen = Sprache gewählt
audit-member-let-go = Mitglied losgelassen
audit-member-locked-in = Mitglied festgehalten
audit-member-reopened = Konto wieder geöffnet
audit-member-unlocked = Mitglied nicht mehr festgehalten
audit-area-upload = Dateien mit Mitgliedern
audit-upload-staged = Datei mit Mitgliedern eingereicht
audit-upload-answered = Für eine Zeile einer Datei geantwortet
audit-upload-discarded = Datei mit Mitgliedern verworfen
audit-upload-applied = Datei mit Mitgliedern angewendet
audit-programme-taken-over = Programm übernommen
audit-programme-created = Programm angelegt
audit-programme-suspended = Programm ausgesetzt
audit-programme-resumed = Programm weiterlaufen lassen
audit-programme-exported = Programm exportiert
audit-programme-changed = Einstellungen des Programms geändert
audit-member-allowed-again = Jemanden wieder zugelassen, der gelöscht worden war
audit-member-closed-own-account = Ein Mitglied hat sein Konto selbst geschlossen
audit-member-erased = Ein Mitglied löschen lassen
audit-programme-close-down-changed = Tage der Schließung geändert
audit-programme-retention-changed = Geändert, wie lange etwas aufbewahrt wird
audit-retention-removed = Entfernt, was lange genug aufbewahrt war
audit-key-rotated = Schlüssel der Installation gewechselt
audit-mail-tried-again = E-Mail erneut versucht
audit-mail-cancelled = E-Mail zurückgehalten
audit-subscription-made = Abonnement angelegt
audit-subscription-secret-changed = Geheimnis eines Abonnements geändert
audit-subscription-paused = Abonnement pausiert
audit-subscription-resumed = Abonnement fortgesetzt
audit-subscription-removed = Abonnement entfernt
audit-subscription-told-again = Einem Abonnement erneut gemeldet
audit-token-made = API-Token angelegt
audit-token-revoked = API-Token widerrufen
setting-name = Name
setting-reason = Grund
setting-source = HR-System
setting-state = Stand
setting-trigger = Gestartet durch
setting-until = Bis
setting-time-zone = Zeitzone
setting-language = Sprache
setting-colour = Farbe
setting-sender-name = Name des Absenders
setting-reply-to = Antwortadresse
setting-privacy-notice = Datenschutzhinweise
setting-imprint = Impressum
setting-help-contact = Hilfe
setting-notice-hours = Nachricht, in Stunden
setting-reminder-days = Erinnerungstage
setting-close-day = Schließtag
setting-ends-on = Letzter Tag des Zugangs
setting-erase-days = Löschen auf Wunsch
setting-rejected-days = Angaben zu Abgewiesenen
setting-people-months = Namen in Importen und Dateien, in Monaten
setting-audit-years = Protokoll, in Jahren
setting-imports = Importe
setting-lines = Zeilen von Dateien
setting-entries = Einträge des Protokolls
setting-scopes = Darf
setting-expires-at = Gilt bis
setting-leavers-percent = Austritte, %
setting-leavers-count = Austritte, Personen
setting-week-leavers-percent = Austritte in einer Woche, %
setting-week-leavers-count = Austritte in einer Woche, Personen
setting-short-read-percent = Gelesene Personen, %
setting-short-read-count = Vorher gelesene Personen
setting-identity-percent = Wechsel der Identität, %
setting-identity-count = Wechsel der Identität, Personen
setting-joiners-percent = Beitritte, %
setting-joiners-count = Beitritte, Personen

# Einladungen.
invitations-text = Wie Mitglieder zum ersten Mal hineinkommen. Ihre Seite finden sie unter
invitations-terms = Dauer und Erinnerungen
invitations-days = Eine Einladung gilt
invitations-days-unit = Tage
invitations-days-hint = Danach bietet ihre Seite eine neue an.
invitations-reminders = Erinnerungen nach diesen Tagen
invitations-reminders-hint = Tage mit Kommas dazwischen, etwa 3, 10. Bleibt das leer, wird niemand erinnert. Auch wer ein Passwort hat, wird es nicht.
invitations-launch = Starttag
invitations-not-invited = { $n ->
    [0] Alle Mitglieder sind eingeladen.
    [one] Ein Mitglied hat ein Konto und weiß noch nichts davon.
   *[other] { $n } Mitglieder haben ein Konto und wissen noch nichts davon.
}
invitations-no-members = Es gibt noch keine Mitglieder; niemand muss eingeladen werden.
invitations-when = Wann sie gehen
invitations-now = Jetzt
invitations-on-day = An einem Tag, um 8 Uhr morgens
invitations-day = Tag
invitations-day-wrong = Wählen Sie einen Tag.
invitations-send = { $n ->
    [one] Eine Einladung senden
   *[other] { $n } Einladungen senden
}
said-invitations-sent = Die Einladungen sind unterwegs.
said-invitations-planned = Die Einladungen gehen an diesem Tag um 8 Uhr morgens.
letters-title = Briefe
letters-text = Ein Brief je Seite, für Menschen ohne Postfach. Jeder Code gilt einmal. Ein Brief, der noch einmal gedruckt wird, hat denselben Code, solange dieser gilt.
letters-due = { $n ->
    [0] Niemand braucht einen Brief.
    [one] Ein Mitglied hat kein Postfach und kommt mit einem Brief hinein.
   *[other] { $n } Mitglieder haben kein Postfach und kommen mit einem Brief hinein.
}
letters-print = { $n ->
    [one] Den Brief zeigen
   *[other] { $n } Briefe zeigen
}
letters-none = Es gibt keine Briefe zu drucken
letter-text = Sie sind zu { $programme } eingeladen. So kommen Sie hinein, von jedem Computer oder Telefon:
letter-step-open = Öffnen Sie
letter-step-code = Geben Sie unter „Mit einem Brief“ diesen Code ein:
letter-step-password = Wählen Sie ein Passwort. Damit melden Sie sich von da an an.
letter-until = Der Code gilt einmal, bis zum { $day }.
setting-backup-at = Stand vom
setting-erased-again = Erneut gelöscht
setting-mails-dropped = Zurückgehaltene E-Mails
