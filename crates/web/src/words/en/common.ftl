# The frame of every page.
skip-to-content = Skip to content
navigation = Main
nav-home = Home
nav-members = Members
nav-integrations = Integrations
nav-waiting = { $n ->
    [one] thing needs you
   *[other] things need you
}
nav-settings = Settings
nav-help = Help
nav-account = Account
nav-my-account = My sign-in
nav-programmes = All your programmes
nav-change-programme = Change programme:
programme-suspended = suspended
nav-sign-out = Sign out

# An installation that was restored from a backup, on every page.
held-title = Restored from a backup, and held
held-text = Everything is as it was on { $at }. Nothing is imported or sent until whoever runs Rollcall for you has had a look and released it.

cancel = Cancel

# Roles.
role-owner = owner
role-integrations = integrations
role-members = members
role-read-only = read-only

# Pages that cannot be shown.
failure-not-found = There is nothing at this address
failure-not-found-text = The address may be mistyped, or what it led to is gone.
failure-address = This address cannot be read
failure-address-text = A part of it is mistyped or missing. Follow the link once more, or start again from here.
failure-method = There is no page to look at here
failure-method-text = This address is there for a button on another page, and opened like this it does nothing. Go back, and press the button there.
failure-suspended = This programme is suspended
failure-suspended-text = Nothing runs in it at the moment, and nothing goes out. Nothing is lost: whoever runs Rollcall for you lets it go on where it stood.
failure-not-allowed = Your role does not allow this
failure-not-allowed-text = Ask an owner of the programme to do it, or to give you another role.
failure-other-site = This was sent from another site
failure-other-site-text = So that nobody can act in your name, only what is sent from a page of this site itself is taken. Nothing was changed. Open the page here, and do it there once more; if that is what you did, tell whoever runs Rollcall for you.
failure-refused = That is not possible now
failure-already-running = An import is running already
failure-already-running-text = An import of this integration is running. Wait until it has ended.
failure-broken = Something went wrong on our side
failure-broken-text = Nothing was changed. Try again in a moment; if it happens again, tell whoever runs Rollcall for you.
failure-unreadable = What was sent could not be read
failure-unreadable-text = Something was missing from it or came twice, and nothing of it was kept. Go back, reload the page, and send it once more.
failure-media-type = What was sent is not understood here
failure-media-type-text = It did not come from one of the forms here, and nothing of it was kept. Go back, reload the page, and send it once more.
failure-too-large = That is too much at once
failure-too-large-text = What you sent is larger than there is room for, and nothing of it was kept. A file may hold 64 MB: split a larger one.
failure-too-slow = It took too long to arrive
failure-too-slow-text = What you sent did not arrive in time, and nothing of it was kept. Check your connection, then send it again.
failure-too-many = Too many requests at once
failure-too-many-text = More is asked from your network, or from your browser, than can be answered at a time. Wait a moment, then try again.
failure-overloaded = There is too much to do at the moment
failure-overloaded-text = Try again in a moment. If it goes on, tell whoever runs Rollcall for you.
failure-request = Number of this request: { $request }
failure-home = Go to Home

# Days and hours.
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
date-day = { $day } { $month } { $year }
date-moment = { $weekday } { $day } { $month }, { $time }
date-moment-year = { $weekday } { $day } { $month } { $year }, { $time }
date-short-day = { $day } { $month }
date-short = { $day } { $month }, { $time }
date-short-year = { $day } { $month } { $year }, { $time }
lasting-moment = under 1 s
lasting-seconds = { $n } s
lasting-minutes = { $m } min { $s } s
lasting-hours = { $h } h { $m } min
