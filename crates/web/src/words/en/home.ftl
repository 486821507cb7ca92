# Home: the programme at a glance.
home-now = The programme now
home-members = Members
home-closing = Closing down
home-needs = Needs you
home-next = Next import: { $when }
home-all = All integrations

# Before anything is set up.
first-title = Connect your HR system
first-text = Rollcall keeps the members of your programme in step with your HR system: who starts becomes a member, who leaves is closed down. It takes about ten minutes, and you see by name who would join and leave before anything happens.
first-step-1 = Choose when imports run
first-step-2 = Connect Personio
first-step-3 = Map the fields
first-step-4 = Look through it and publish
first-go = Connect your HR system
first-go-on = Go on setting up { $source }
first-not-yours = Somebody with the role “owner” or “integrations” has to set it up.
first-help = Read how

# What needs an administrator.
need-hold = An import from { $source } is on hold and needs you
need-hold-text = { $n ->
    [0] Nothing has changed. It waits until { $until }.
    [one] { $n } member would become a leaver. Nothing has changed. It waits until { $until }.
   *[other] { $n } members would become leavers. Nothing has changed. It waits until { $until }.
}
need-hold-link = See why and answer
need-reconnect = { $source } no longer accepts your credentials
need-reconnect-text = Imports stand still until it is authorised again. No member is changed meanwhile.
need-reconnect-link = Authorise again
need-failure = The last import from { $source } failed; nothing has changed
need-failure-link = See what to do
need-paused = Imports from { $source } keep failing; the schedule has paused itself
need-paused-text = { $n ->
    [one] { $n } import has failed since { $since }. Nothing has changed. The next one is tried { $when }, then once a day; as soon as one succeeds, the schedule goes on by itself.
   *[other] { $n } imports in a row have failed since { $since }. Nothing has changed. The next one is tried { $when }, then once a day; as soon as one succeeds, the schedule goes on by itself.
}
need-owner = The integration with { $source } needs a new owner
need-owner-text = { $owner } looked after it and no longer does. Imports go on, but nobody is told when one fails or waits for an answer.
need-owner-link = Take it over

# Charts.
chart-joined = joined
chart-updated = updated
chart-left = left
chart-numbers = Show the numbers
chart-imports = The last imports
chart-members = Members over time
chart-weeks = Joiners and leavers by week
chart-week = Week
chart-week-of = Week of { $day }
chart-day = Day
