# The list of integrations.
integrations-text = Where your members come from.
integrations-tabs = Integrations
integrations-mine = My integrations
integrations-explore = Explore Integrations
integrations-search = Search integrations
integrations-found = { $n ->
    [one] { $n } integration matches
   *[other] { $n } integrations match
}
integrations-none = No integrations yet
integrations-none-text = Connect your HR system: people who join, change or leave there do the same here.
integrations-no-match = No integration matches “{ $typed }”
integrations-no-match-text = Check the spelling, or look through all of them.
integrations-show-all = Show all

# HR systems, in a sentence each.
source-personio = Joiners, changes and leavers from your Personio account, on your schedule.

# Where an integration stands.
standing-not-set-up = Not set up
standing-draft = Draft, step { $n } of 4
standing-live = Live
standing-changed = Live, changes not published
standing-paused = Paused
standing-paused-itself = Paused, imports keep failing
standing-on-hold = On hold, needs you
standing-reconnect-needed = Reconnect needed
standing-revoked = Revoked
