# Alle Mitglieder.
members-text = Alle, die in diesem Programm ein Konto haben.
members-empty = Noch keine Mitglieder
members-empty-text = Sie kommen mit dem ersten Import. Sie können auch jemanden von Hand aufnehmen.
members-find = Name, E-Mail oder Nummer suchen
members-way = Herkunft
members-any-way = jede
members-by-hand = von Hand
members-states = Stand der Mitglieder
members-state = Stand
members-since = Mitglied seit
members-file = Als CSV herunterladen
members-columns = Spalten
members-columns-text = Was die Liste außer dem Namen zeigt; die E-Mail-Adresse steht darunter. Von den anderen haben auf einem schmalen Bildschirm die ersten beiden Platz. Die CSV-Datei enthält immer alle Spalten.
members-columns-show = Diese zeigen
members-columns-standard = Zurück zu den üblichen
members-tab-all = Alle
members-tab-not-invited = Nicht eingeladen
members-tab-invited = Eingeladen
members-tab-active = Aktiv
members-tab-leaver = Ausgeschieden
members-tab-excluded = Ausgeschlossen
members-tab-locked = Festgehalten
members-tab-closed = Geschlossen
member-excluded = Ausgeschlossen
member-locked = Festgehalten bis { $day }
member-erased = Gelöscht

# Ein Mitglied.
member-standing = Stand
member-means-not-invited = Das Konto ist da, und niemand hat der Person davon erzählt.
member-means-invited = Die Einladung ist verschickt; ein Passwort ist noch nicht gewählt.
member-means-active = Die Person kann sich anmelden.
member-means-leaver = Die Person scheidet aus: Ihr Zugang ist eingeschränkt, bis das Konto geschlossen wird.
member-means-closed = Das Konto ist geschlossen, und die persönlichen Daten sind gelöscht.
member-changed = Zuletzt geändert
member-left = Ausgeschieden seit
member-clock-stands-still = Die Tage zählen nicht bis
member-data = Daten
member-no-data = Von diesem Mitglied ist nichts mehr bekannt.
member-field = Feld
member-value = Wert
member-from = Woher er kommt
origin-fed = { $attribute } in { $source }
origin-by-hand = von Hand eingetragen
origin-kept = kein HR-System liefert es: bleibt, wie es ist
origin-own = Vom Mitglied bestätigt
member-seen = Was über die Mitgliedschaft entscheidet
member-decisions = Entscheidungen über diese Person
member-decided-same = „{ $id }“ ist dieselbe Person.
member-decided-not = „{ $id }“ ist jemand anderes.
member-because = { $reason } ({ $person }, { $day })
member-is-excluded = Ausgeschlossen: Kein Import macht die Person zum Mitglied
member-is-locked = Festgehalten bis { $day }: Kein Import lässt die Person ausscheiden
member-is-kept = Von Hand zurückgeholt
member-is-kept-text = Importe behalten die Person, was auch immer das HR-System sagt, bis sich ihr Datensatz dort ändert oder Sie loslassen.
member-refused = E-Mails kommen nicht an
member-refused-text = Der Mailserver hat die Adresse am { $day } abgelehnt: { $detail }
story-title = Verlauf
story-none = Noch nichts.
story-import = Import aus { $source }

# Was man mit einem tun kann.
do-invite = Einladung senden
do-reopen = Wieder öffnen
do-lock-in = Festhalten
do-unlock = Nicht mehr festhalten
do-let-go = Loslassen
do-leave = Als ausgeschieden kennzeichnen
do-erase = Löschen …
do-exclude = Ausschließen
do-lift = Ausschluss aufheben
act-title-invite = { $name } einladen
act-title-reopen = Konto von { $name } wieder öffnen
act-title-lock-in = { $name } festhalten
act-title-unlock = { $name } nicht mehr festhalten
act-title-let-go = { $name } loslassen
act-title-leave = { $name } als ausgeschieden kennzeichnen
act-title-exclude = { $name } ausschließen
act-title-lift = Ausschluss von { $name } aufheben
act-will = Was das bewirkt
act-next = Was der nächste Import tut
act-reason = Grund
act-reason-hint-leave = Für den Verlauf, in einer Zeile.
act-reason-hint-exclude = Für alle, die sich später fragen, warum diese Person kein Mitglied ist, in einer Zeile.
act-reason-hint-lock-in = Für alle, die sich später fragen, warum diese Person Mitglied bleibt, in einer Zeile.
act-until = Festgehalten bis
act-until-hint = Der letzte Tag, an dem das gilt.
will-invite = Die Person bekommt eine neue Einladung per E-Mail, oder als Brief, wenn sie kein Postfach hat. Frühere Links gelten nicht mehr.
will-restrict = Der Zugang wird sofort eingeschränkt, und die Tage bis zur Schließung des Kontos beginnen.
will-tell-later = Die Person erfährt es per E-Mail nach der Zeit, die für die Nachricht eingestellt ist.
will-keep-out = Kein Import macht die Person zum Mitglied, bis der Ausschluss aufgehoben wird.
will-reopen = Das Konto wird wieder geöffnet, wie es war; eine noch offene Einladung gilt wieder.
will-reopen-active = Das Konto wird wieder geöffnet: Die Person kann sich anmelden wie zuvor.
will-keep = Sie bleibt Mitglied, bis sich ihr Datensatz im HR-System ändert.
will-lock = Bis zum Ende des Tages, den Sie wählen, lässt kein Import die Person ausscheiden.
will-unlock = Importe richten sich wieder nach dem Datensatz der Person.
will-let-go = Importe richten sich wieder nach dem Datensatz der Person.
will-lift = Importe richten sich wieder nach dem Datensatz der Person. Bis dahin bleibt alles, wie es ist.
next-no-import = Keine Integration kümmert sich um dieses Mitglied. Importe lassen es in Ruhe, solange kein Datensatz mit dieser Adresse und diesen Namen auftaucht.
next-nothing = Nichts, solange der Datensatz im HR-System bleibt, wie er ist. Ändert er sich, so entscheidet er.
next-nothing-locked = Nichts, solange der Datensatz im HR-System bleibt, wie er ist. Würde die Person ihm nach eines Tages ausscheiden, behielte der Import sie und führte sie auf, solange sie festgehalten wird.
next-locked-in = Dem Datensatz nach würde die Person ausscheiden. Der Import behält sie und führt sie auf, solange sie festgehalten wird.
next-kept-by-hand = Dem Datensatz nach würde die Person ausscheiden. Der Import behält sie und führt sie auf, bis sich der Datensatz ändert oder Sie loslassen.
next-keeps-out = Er lässt die Person draußen, was auch immer ihr Datensatz sagt.
next-leaves = Dem Datensatz nach ist die Person kein Mitglied ({ $reason }): Er lässt sie ausscheiden.
next-leaves-again = Der nächste Import würde das rückgängig machen: Dem Datensatz nach ist die Person kein Mitglied ({ $reason }).
next-reopens = Dem Datensatz nach ist die Person Mitglied: Er öffnet das Konto wieder.
next-reopens-again = Der nächste Import würde das rückgängig machen: Dem Datensatz nach ist die Person Mitglied. Soll sie draußen bleiben, so schließen Sie sie aus.
next-unknown = Das hängt davon ab, was das HR-System dann sagt; was von der Person bekannt ist, verrät es nicht.
said-did-invite = Die Einladung ist unterwegs.
said-did-reopen = Wieder geöffnet.
said-did-lock-in = Wird festgehalten.
said-did-unlock = Wird nicht mehr festgehalten.
said-did-let-go = Losgelassen. Der nächste Import richtet sich nach dem Datensatz.
said-did-leave = Die Person ist jetzt ausgeschieden.
said-did-exclude = Ausgeschlossen.
said-did-lift = Der Ausschluss ist aufgehoben. Der nächste Import richtet sich nach dem Datensatz der Person.

# Ausgeschlossene und Festgehaltene.
kept-out-title = Ausgeschlossen und festgehalten
kept-out-text = Was Sie über einzelne Personen bestimmt haben und woran sich Importe halten.
kept-out-by = Von
exclusions-title = Ausgeschlossen
exclusions-none = Niemand ist ausgeschlossen. Ein Mitglied schließen Sie auf seiner Seite aus.
excluded-id = Personalnummer { $id }
exclude-id-title = Jemanden nach Personalnummer ausschließen
exclude-id-text = Für Personen, die kein Konto haben sollen. Gehört die Nummer einem Mitglied, so scheidet es sofort aus.
exclude-id-hint = So, wie sie im HR-System steht.
exclude-source = HR-System
locks-title = Festgehalten
locks-none = Niemand wird festgehalten. Ein Mitglied halten Sie auf seiner Seite fest.
locks-until = Bis

# Von Hand aufgenommen und geändert.
member-add = Mitglied aufnehmen
member-add-do = Aufnehmen
member-add-text = Für Personen, die kein HR-System kennt. Bringt eines später dieselbe Person, mit dieser Adresse und diesen Namen, so übernimmt es sie.
member-edit = { $name } bearbeiten
member-edit-text = Was ein HR-System liefert, wird dort geändert. Alles andere können Sie hier ändern.
member-part-person = Person
member-part-contact = Kontakt
member-part-work = Arbeit
member-part-address = Anschrift
member-language-hint = Ein Sprachkürzel wie de oder en-GB.
member-invite = Einladung senden
member-invite-hint = Per E-Mail an diese Adresse. Ohne Einladung erfährt niemand davon; einladen können Sie auch später.
gender-none = keine Angabe
gender-female = weiblich
gender-male = männlich
gender-diverse = divers
gender-not-specified = nicht festgelegt
said-member-added = Aufgenommen. Niemand wurde benachrichtigt.
said-member-added-invited = Aufgenommen. Die Einladung ist unterwegs.
said-member-edited = Gespeichert.

# Viele aus einer Datei.
upload-title = Mitglieder hochladen
upload-text = Für Personen, die kein HR-System kennt. Es ändert sich nichts, bevor Sie gesehen haben, was die Datei täte; durch eine Datei scheidet niemand aus.
upload-template = Vorlage
upload-file = CSV-Datei
upload-rows = Zeilen
upload-rows-hint = Wählen Sie eine Datei, oder fügen Sie Zeilen aus einer Tabelle ein, mit ihren Überschriften. Kommas, Semikolons und Tabulatoren werden verstanden.
upload-columns = Spalten, die verstanden werden
upload-invite = Neue Mitglieder einladen
upload-invite-hint = Per E-Mail. Ohne Einladung erfährt niemand davon; einladen können Sie auch später.
upload-look = Ansehen, was die Datei täte
upload-earlier = Frühere Dateien
upload-is-received = Wird geplant
upload-is-planned = Wartet auf Sie
upload-is-applying = Wird angewendet
upload-is-applied = Angewendet
upload-is-applied-in-part = Teilweise angewendet
upload-is-discarded = Verworfen
upload-plan-title = Was die Datei bewirkt
upload-by = Hochgeladen von { $person }, { $when }
upload-applied-on = Angewendet: { $when }
upload-skipped = { $n ->
    [one] { $n } Zeile wurde übergangen: Das Mitglied wurde inzwischen geändert, oder jemand anderes bekam die Adresse.
   *[other] { $n } Zeilen wurden übergangen: Das Mitglied wurde inzwischen geändert, oder jemand anderes bekam die Adresse.
}
upload-nothing-yet = Noch hat sich nichts geändert
upload-to-do = { $n ->
    [0] Es gibt nichts zu tun.
    [one] { $n } Konto würde angelegt oder geändert.
   *[other] { $n } Konten würden angelegt oder geändert.
}
upload-will-invite = Neue Mitglieder werden eingeladen.
upload-will-not-invite = Niemand wird benachrichtigt.
upload-kind-all = Alle
upload-kind-join = Neu
upload-kind-rejoin = Wieder geöffnet
upload-kind-update = Geändert
upload-kind-unchanged = Unverändert
upload-kind-reject = Abgelehnt
upload-line = Zeile
upload-apply = { $n ->
    [one] { $n } Änderung anwenden
   *[other] { $n } Änderungen anwenden
}
upload-again = Andere Datei
upload-working-received = Die Datei wird geplant
upload-working-applying = Die Datei wird angewendet
upload-so-far = { $done } von { $total } Zeilen.
upload-may-leave = Sie können die Seite verlassen; es geht von selbst weiter.
upload-people = { $before } → { $after } Mitglieder
upload-open = { $n ->
    [one] { $n } Person ist vielleicht schon bekannt
   *[other] { $n } Personen sind vielleicht schon bekannt
}
upload-open-text = Ein Mitglied oder eine andere Zeile hat unter anderer Adresse denselben Namen und dasselbe Geburtsdatum; oder ein Mitglied hat die Adresse unter anderem Namen. Was Sie offen lassen, bleibt draußen.
upload-who = Wer ist das?
upload-who-line = Zeile { $line } ansehen
upload-same = Dieselbe Person
upload-another = Jemand anderes: ein neues Konto
upload-add-all-the-same = Trotzdem aufnehmen
upload-leave-out = Doch auslassen
upload-many = Das sind sehr viele neue Mitglieder. Eine Einladung lässt sich nicht zurückholen.
upload-joiners = { $n ->
    [one] Um fortzufahren, geben Sie ein, wie viele aufgenommen werden: { $n }
   *[other] Um fortzufahren, geben Sie ein, wie viele aufgenommen werden: { $n }
}
upload-discard = Datei verwerfen
upload-is-discarded-text = Die Datei wurde verworfen. Was sie über Personen enthielt, ist gelöscht.
upload-kind-asked = Nachgefragt
said-upload-discarded = Die Datei wurde verworfen.
said-upload-line-added = Die Person wird aufgenommen.
said-upload-line-same = Das Konto des Mitglieds wird verwendet.
said-upload-line-left-out = Die Person bleibt draußen.
member-all-the-same = Trotzdem aufnehmen
member-all-the-same-hint = Ein Mitglied hat denselben Namen und dasselbe Geburtsdatum. Kreuzen Sie dies an, wenn es zwei Personen sind.
