# Events: where changes of members are told.
events-text = Programs elsewhere can be told when somebody joins, changes, leaves, comes back or is closed. They get the employee ID and no other data about anybody. Every message is signed as the Standard Webhooks specification says.
events-count = { $n ->
    [0] Nobody is told yet
    [one] One address is told
   *[other] { $n } addresses are told
}
events-none = Add the first address below.
events-address = Address
events-address-hint = It begins with https:// and belongs to the public network.
events-kinds = Told of
events-state = State
events-active = active
events-paused = paused
events-by = by { $person }, { $day }
events-both-until = Signed with the old secret too until { $when }
events-new = Add an address
events-add = Add
events-secret = Secret
events-secret-text = Deliveries are signed with it. Enter it where they are received; it is not shown again.
events-change-secret = Change the secret
events-pause = Pause
events-resume = Resume
events-remove = Remove
events-remove-title = Tell { $host } no more?
events-remove-text = What it has not been told yet is forgotten, and this cannot be taken back.
events-deliveries = Deliveries
events-deliveries-text = What was told to { $host }, and what is still to be. What was told is kept for 30 days.
events-deliveries-none = Nothing has happened since this address was added.
events-what = Event
events-member = Member
events-when = Happened
events-last = Last answer
events-attempts = { $n ->
    [one] one attempt
   *[other] { $n } attempts
}
events-next = next { $when }
events-again = Tell once more
events-again-text = Sends what happened since then again, with the same numbers, so that a receiver can tell what it knows already.
events-again-since = Since
events-again-days = { $n ->
    [one] yesterday
   *[other] { $n } days ago
}
events-no-member = no longer there
event-joined = Joined
event-updated = Updated
event-left = Left
event-rejoined = Back again
event-closed = Closed
event-state-pending = Waiting
event-state-sent = Told
event-state-failed = Given up
said-events-paused = Nothing goes there until you let it. What happens meanwhile waits.
said-events-resumed = It is told again.
said-events-removed = It is told no more.
said-events-again = It is told once more.
flaw-url-invalid = This is not an address that can be told anything, or it holds a user name.
flaw-url-not-https = The address has to begin with https://.
flaw-url-private = This address belongs to a private network or to this machine. Enter one that can be reached from the internet.
flaw-no-events = Choose at least one thing to be told of.
flaw-too-many-subscriptions = Ten addresses are the most. Remove one first.
