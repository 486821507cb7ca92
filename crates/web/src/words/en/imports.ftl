# The dashboard of an integration.
dashboard-now = This integration now
dashboard-next = next import { $when }
dashboard-spread = { $n ->
    [one] Imports start within { $n } minute of that time, so that not everybody’s start at once.
   *[other] Imports start within { $n } minutes of that time, so that not everybody’s start at once.
}
dashboard-retry = { $n ->
    [one] The last import failed. The next one is tried { $when }.
   *[other] The last { $n } imports failed. The next one is tried { $when }.
}
dashboard-no-next = No import runs by itself now.
dashboard-cut-off = No import runs until { $source } is connected again.
dashboard-paused = Paused by an administrator: no import runs by itself until somebody resumes it. You can still import now.
dashboard-paused-itself = Paused by itself, since imports keep failing. The next one is tried { $when }, then once a day.
dashboard-last = Last import
dashboard-set-up = Set-up
dashboard-draft = Changed settings wait to be published
dashboard-draft-text = Imports go on with the published ones until then.
dashboard-draft-link = Review and publish
pause = Pause
resume = Resume
tools = Tools
import-data-now = Import data now
edit-mapping = Edit mapping
tool-revoke = Revoke
said-paused = Paused. Imports no longer run by themselves.
said-resumed = Resumed. Imports run by themselves again.
fact-owner = Owner
fact-recipients = Summary to
fact-welcome = Welcome e-mail
fact-segment = Segment
fact-mapped = Mapped
fact-custom = Custom fields
fact-connected = Connected as
fact-edit = Edit
fact-on = on
fact-off = off
fact-not-connected = not connected
fact-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
fact-fields = { $n ->
    [one] { $n } field
   *[other] { $n } fields
}
fact-of = { $n } of { $most }
segment-everybody = everybody
segment-include = { $attribute }: { $values }
segment-exclude = { $attribute }: not { $values }
hand-over = Hand over
hand-over-title = Hand this integration over
hand-over-text = The owner gets the summary of every import, and is told when one fails or waits for an answer. Nothing else changes.
hand-over-to = New owner’s e-mail address
hand-over-do = Hand over
hand-over-wrong = Enter an e-mail address such as ines@acme.example.
hand-over-without = { $owner } looked after this integration and no longer does. Who takes over?
said-handed-over = Handed over. The new owner is told about imports from now on.

# Import data now.
start-title = Import data now
start = Start
start-will = What will happen
start-will-read = Everybody is read from { $source }. Nothing changes while that goes on.
start-will-plan = { $n ->
    [0] A plan is made of who joins.
    [one] A plan is made: what changes for your { $n } member, and who joins.
   *[other] A plan is made: what changes for your { $n } members, and who joins.
}
start-will-first = The plan is applied. Nobody can leave who has not been a member.
start-will-guard = If unusually many would leave or join, the import waits for you. Otherwise the plan is applied.
start-will-welcome = Whoever joins gets a welcome e-mail. Existing members are not mailed.
start-will-no-welcome = Nobody is mailed: the welcome e-mail is off.
start-leave = You can leave the page meanwhile; the import goes on.
start-last = The last import ended on { $when }.
start-running = An import is running already
start-running-text = Only one runs at a time. This is where it stands.
start-refused = Not possible now
start-back = Back to { $source }
start-held = Another import is on hold
start-held-text = This one makes a new plan, which takes its place.
said-already-running = An import was running already. This is it.

# An import under way.
live-queued = Waiting to begin
live-reading = Importing now: reading { $source }
live-planning = Importing now: making the plan
live-applying = Importing now: applying the plan
live-note = Nothing changes until everybody has been read and the plan is whole. You can leave this page.
live-note-applying = The plan is being applied. You can leave this page.
live-watch = Watch it
live-done-people = { $total ->
    [one] { $done } of { $total } person
   *[other] { $done } of { $total } people
}
live-done-changes = { $total ->
    [one] { $done } of { $total } change
   *[other] { $done } of { $total } changes
}
live-so-far-people = { $n ->
    [one] { $n } person so far
   *[other] { $n } people so far
}
live-so-far-changes = { $n ->
    [one] { $n } change so far
   *[other] { $n } changes so far
}
live-rate = { $rate } a second
live-left-seconds = about { $n } s left
live-left-minutes = about { $n } min left

# One import.
import-title = Import of { $when }
import-took = took { $time }
import-failed-title = The import failed; nothing has changed
import-failure-help = More about this
import-rejected-title = Rejected; nothing has changed
import-rejected-text = { $person } said no to this plan. The next import makes a new one.
import-lapsed-title = Lapsed; nothing has changed
import-lapsed-text = Nobody answered within 72 hours. Import again for a new plan.
import-superseded-title = Replaced by a newer import; nothing has changed
import-superseded-text = It was on hold when a newer import made its plan.
import-superseded-link = See the newer import
import-previewed-title = A preview; nothing has changed
import-previewed-text = This is what an import would have done at that time.
import-approved-title = It was on hold and was approved
import-approved = { $person } approved the whole plan.
import-approved-without = { $person } approved it without the leavers. The people listed as leavers stayed members.
import-nothing-title = Nothing to do
import-nothing-text = Your members agree with { $source }.
import-people-removed-title = Nobody is named any more
import-people-removed-text = The people of this import were removed on { $day }, as is set under Settings › Retention. Its numbers stay.
import-was-held = It was on hold because
download-warnings = download warnings
download-errors = download errors
restore-leavers = { $n ->
    [one] Restore this leaver
   *[other] Restore these leavers ({ $n })
}
restore-title = { $n ->
    [one] Restore { $n } leaver?
   *[other] Restore { $n } leavers?
}
restore-text = { $n ->
    [one] { $n } person whom this import made a leaver becomes a member again, in the state they had. They stay until their record in the HR system changes. Nobody is mailed.
   *[other] { $n } people whom this import made leavers become members again, in the state they had. They stay until their record in the HR system changes. Nobody is mailed.
}
said-leavers-restored = The leavers were restored. They stay until their record in the HR system changes.
said-nobody-restored = Nobody to restore: none of this import’s leavers is a leaver any more.
tally-title = What it comes to
tally-join = Join
tally-update = Update
tally-leave = Leave
tally-rejoin = Come back
tally-reject = Can’t be judged
tally-unchanged = Unchanged
tally-starts-later = Start later
tally-excluded = Of these, kept out
tally-not-eligible = Not eligible

# An import on hold.
hold-nothing-changed = Nothing has changed, nobody has been told.
hold-shared-title = Most of them share one reason
hold-shared = { $some } of the { $all } have { $attribute } { $after }; before it was { $before }.
hold-shared-all = All { $all } have { $attribute } { $after }; before it was { $before }.
hold-shared-text = A change in { $source } may have been made by mistake. If so, put it right there, reject this plan and import again.
hold-value = “{ $value }”
hold-no-value = empty
hold-since = The import that ended on { $when } still saw it so.
hold-reasons = Why they would leave
hold-until = The plan waits until { $until }. After that it lapses, and nothing changes.
hold-help = What to do when an import is on hold
hold-see-people = See people
hold-not-yours = Somebody with the role “owner” or “integrations” has to answer.
answer-approve = Approve this plan
answer-without-leavers = Approve without the leavers
answer-renumbered = The IDs were renumbered
answer-reject = Reject
ask-approve = Approve this plan?
ask-without-leavers = Approve it without the leavers?
ask-renumbered = Were the IDs renumbered?
ask-reject = Reject this plan?
will-join = { $n ->
    [one] { $n } person joins. Nobody is mailed: the welcome e-mail is off.
   *[other] { $n } people join. Nobody is mailed: the welcome e-mail is off.
}
will-join-welcome = { $n ->
    [one] { $n } person joins and gets a welcome e-mail, which cannot be taken back.
   *[other] { $n } people join and get a welcome e-mail, which cannot be taken back.
}
will-update = { $n ->
    [one] { $n } member is updated.
   *[other] { $n } members are updated.
}
will-rejoin = { $n ->
    [one] { $n } leaver comes back.
   *[other] { $n } leavers come back.
}
will-leave = { $n ->
    [one] { $n } member becomes a leaver, and their close-down begins. You can restore them from the import’s page.
   *[other] { $n } members become leavers, and their close-down begins. You can restore them together from the import’s page.
}
will-not-leave = { $n ->
    [one] { $n } person who would leave stays a member. The next import proposes it again.
   *[other] { $n } people who would leave stay members. The next import proposes it again.
}
will-not-judge = { $n ->
    [one] Nothing is done about { $n } person who can’t be judged.
   *[other] Nothing is done about { $n } people who can’t be judged.
}
will-plan-again = Everybody is read again and recognised by e-mail address and names instead of the employee ID. Members get their new IDs. Nothing changes before that plan is whole, and it may be held again for another reason.
will-reject = { $n ->
    [0] Nothing changes. The next import makes a new plan.
    [one] Nothing changes; the { $n } person who would leave stays a member. The next import makes a new plan. If it comes to the same, it is held again, without another mail.
   *[other] Nothing changes; the { $n } people who would leave stay members. The next import makes a new plan. If it comes to the same, it is held again, without another mail.
}
said-hold-approved = Approved. The plan is being applied.
said-hold-rejected = Rejected. Nothing has changed.
said-hold-too-late = Your answer came too late: the import no longer waits for one.
said-hold-renumbered = Everybody is being read again for a new plan.

# The people in a plan.
people-title = People
people-find = Find a person
people-kinds = What happens
people-person = Person
people-id = ID
people-kind = What
people-reason = Reason
people-changes = What changes
people-was = before:
people-now = now:
people-empty = empty
people-no-name = No name
people-none = Nobody.
people-not-found = Nobody’s name, e-mail address or ID begins with “{ $q }”.
people-skipped = Left out: not applied
people-try-again = Try this person again
people-more-values = { $n ->
    [one] and { $n } more value
   *[other] and { $n } more values
}
tab-all = All
tab-join = Join
tab-update = Update
tab-leave = Leave
tab-rejoin = Come back
tab-reject = Can’t be judged
pages = Pages
pages-first = First page
pages-next = Next page
pages-newest = Newest
pages-older = Older

# Problems of an import.
problems-title = Problems
problems-see = See the problems
problems-none = No problems.
problems-kinds = Kinds of problems
problems-what = What is wrong
problems-remedy = How to put it right
problems-help = More
problems-decide = Decide
problems-other = The other person has the employee ID { $id }
problems-empty = No problems here
problems-empty-text = Everybody could be judged, and nothing deserves a look.
problems-errors = { $n ->
    [one] { $n } error
   *[other] { $n } errors
}
problems-warnings = { $n ->
    [one] { $n } warning
   *[other] { $n } warnings
}

# Import History.
history-title = Import History
history-when = When
history-trigger = Started by
history-upload = Upload by { $person }
trigger-upload = Upload
history-state = State
history-impact = Impact
history-problems = Problems
history-took = Took
history-any = Any
history-from = From
history-to = To
history-filter = Filter
history-all = Show all imports
history-empty = No imports yet.
history-first-run = The first runs { $when }.
history-no-run = Start one with “Import data now”.
history-no-match = No import matches
history-state-running = Running
history-state-on-hold = On hold
history-state-completed = Completed
history-state-failed = Failed
history-state-not-applied = Rejected, lapsed or replaced
history-state-previewed = Previews
impact-join = { $n } join
impact-update = { $n ->
    [one] { $n } update
   *[other] { $n } updates
}
impact-leave = { $n } leave
impact-rejoin = { $n ->
    [one] { $n } comes back
   *[other] { $n } come back
}
impact-reject = { $n } can’t be judged
impact-none = no change

# Same person or someone else?
decide-title = Same person or someone else?
decide-lead = It is not certain whether these people are members already. Your answer holds for the next import and all later ones.
decide-help = How to decide
decide-waiting = { $n ->
    [one] { $n } person waits for your decision
   *[other] { $n } people wait for your decision
}
decide-waiting-text = It is not certain whether they are members already. Nothing is done about them until you decide.
decide-go = Decide
decide-none = Nobody waits for a decision
decide-none-text = When an import cannot tell whether somebody is a member already, they are listed here.
decide-record = In { $source }
decide-member = Member
decide-same = Same person
decide-new = Someone else
decide-only-same = Two accounts cannot share an e-mail address. If they are two people, give one of them another address in the HR system.
decide-refused = Nothing was decided about { $id }
decide-given = Your answers
decide-given-none = No answers yet.
decide-answer = Answer
decide-when = Given
decide-effect = Takes effect
decide-done = Done by an import
decide-holds = With the next import
decide-revoke = Take back
said-decided = Decided. It takes effect with the next import.
said-decision-revoked = Taken back. The next import asks again.

# Try one person.
try-title = Try one person
try-lead = See what the next import would do with one person of { $source }, step by step. Nothing is written.
try-person = Name, e-mail address or employee ID
try-do = Try
try-failed = { $source } could not be asked
try-step-1 = 1. Read
try-step-2 = 2. What is shared?
try-step-3 = 3. What that comes to
try-step-4 = 4. May they be a member?
try-step-5 = 5. What would change
try-found = Read
try-not-found = Not found
try-several = Several people go by that. Which one do you mean?
try-nobody = { $source } knows nobody by “{ $typed }”.
try-nobody-of-all = Nobody among the { $n } people in { $source } goes by “{ $typed }”.
try-nobody-of-some = Nobody among the first { $n } people in { $source } goes by “{ $typed }”. Try the e-mail address or the employee ID.
try-absent-leaves = { $name } is a member, and { $source } no longer names them: the next import would make them a leaver.
try-absent-stays = { $name } is a member, and { $source } no longer names them. Your set-up lets such members stay.
try-attribute = Attribute
try-value = Value
try-field = Field
try-not-shared = not shared
try-needed = Without it nobody can be judged.
try-keeps = keeps what the member has
try-eligible = Yes
try-inactive = No: they are no longer active
try-outside = No: { $attribute } is outside the segment
try-starts-later = Not yet: they have not started
try-join = They would become a member.
try-update = The member would be updated.
try-leave = The member would become a leaver.
try-rejoin = The leaver would come back.
try-reject = Nothing would be done: they can’t be judged.
try-unchanged = Nothing would change.
try-excluded = Nothing: they are kept out, by an administrator or at their own wish.
try-not-eligible = Nothing: they are no member and may not be one.
try-later = Nothing yet: they become a member once they have started.
try-nothing-written = Nothing was written.
