# Die Liste der Integrationen.
integrations-text = Woher Ihre Mitglieder kommen.
integrations-tabs = Integrationen
integrations-mine = Meine Integrationen
integrations-explore = Integrationen entdecken
integrations-search = Integrationen suchen
integrations-found = { $n ->
    [one] { $n } Integration passt
   *[other] { $n } Integrationen passen
}
integrations-none = Noch keine Integration
integrations-none-text = Verbinden Sie Ihr HR-System: Wer dort eintritt, sich ändert oder ausscheidet, tut es auch hier.
integrations-no-match = Keine Integration passt zu „{ $typed }“
integrations-no-match-text = Prüfen Sie die Schreibweise, oder sehen Sie alle durch.
integrations-show-all = Alle zeigen

# HR-Systeme, in je einem Satz.
source-personio = Eintritte, Änderungen und Austritte aus Ihrem Personio-Konto, nach Ihrem Zeitplan.

# Wo eine Integration steht.
standing-not-set-up = Nicht eingerichtet
standing-draft = Entwurf, Schritt { $n } von 4
standing-live = In Betrieb
standing-changed = In Betrieb, Änderungen nicht veröffentlicht
standing-paused = Pausiert
standing-paused-itself = Pausiert, Importe schlagen fehl
standing-on-hold = Angehalten, braucht Sie
standing-reconnect-needed = Neu verbinden
standing-revoked = Widerrufen
