# The settings and their parts.
settings-tab-programme = Programme
settings-tab-administrators = Administrators
settings-tab-roles = Roles
settings-tab-guard = Guard
settings-tab-invitations = Invitations
settings-tab-close-down = Close-down
settings-tab-retention = Retention
settings-tab-tokens = API tokens
settings-tab-events = Events
settings-tab-audit = Audit log
settings-look-only = You may look at these settings. To change them, ask an owner.
said-settings-saved = Saved.

# The programme.
settings-programme-text = How the programme appears to its members, and where its days begin.
settings-about = About the programme
settings-mails = Mails
settings-members = For members
settings-members-text = Members find these on the pages and in the mails that are meant for them.
settings-slug = Name in addresses and commands
settings-entry-name = Name
settings-hint-name = What your members know the programme by.
settings-entry-language = Language
settings-hint-language = For members who have none of their own.
settings-entry-colour = Colour
settings-hint-colour = Of buttons and links. White writing has to be readable on it.
settings-entry-sender-name = Sender’s name
settings-hint-sender-name = Whom mails come from. Left empty, it is the programme’s name.
settings-entry-reply-to = Reply-To
settings-hint-reply-to = Where answers to mails go. Left empty, they go nowhere.
settings-entry-help-contact = Help contact
settings-hint-help-contact = Whom members turn to: an address, a number or a sentence.
settings-entry-privacy-notice = Privacy notice
settings-hint-privacy-notice = The address of your page about it, beginning with https://.
settings-entry-imprint = Imprint
settings-hint-imprint = The address of your page that says who is behind the programme, beginning with https://.

# Administrators.
administrators-text = Who looks after this programme, and as what.
administrators-roles = What each role may do
administrators-count = { $n ->
    [one] One administrator
   *[other] { $n } administrators
}
administrators-state = State
administrators-you = you
administrators-active = active
administrators-left = has left
administrators-left-text = since { $day }; the portal is closed to them
administrators-since = since { $day }
administrators-invited = invited
administrators-until = link works until { $when }
administrators-expired = invitation expired
administrators-by = invited by { $person }
invite-title = Invite somebody
invite-text = They get a mail with a link, which works for seven days, and choose a password of their own.
invite-send = Send the invitation
said-administrator-invited = The invitation is on its way.
said-administrator-removed = The administrator was removed.
said-role-changed = The role is changed.
role-choice-owner = Owner: everything
role-choice-integrations = Integrations: set up, run, approve
role-choice-members = Members: look after members, answer questions about them
role-choice-read-only = Read-only: look, change nothing
invitation-again-title = The invitation was not accepted yet
invitation-again-text = A new link goes to { $email} and works for seven days. The one before it stops working.
invitation-again-send = Send a new link
remove-title = Remove
remove-text = Takes away their place in { $programme }. Nothing they did is undone.
remove = Remove
remove-sure = Remove { $person }?
remove-sign-in = They are signed out of { $programme } at once and cannot come back without a new invitation.
remove-stays = What they did stays as it is, and the audit log keeps their name.
remove-owns-none = No mails about an integration go to them.
remove-owns = { $n ->
    [one] Mails about an integration still go to them.
   *[other] Mails about { $n } integrations still go to them.
}
remove-owns-text = Hand { $sources } over to somebody else first, on its dashboard.

# Roles.
roles-text = What each role may do in this programme. You are here as: { $role }.
roles-action = Action
action-see-home = See the home page
action-see-integrations = See integrations and their settings
action-set-up = Set integrations up, authorise, publish, pause, revoke
action-run-imports = Start imports and previews
action-answer-holds = Answer imports on hold
action-decide = Decide whether two records are the same person
action-restore-leavers = Bring the leavers of an import back
action-try-person = Try one person
action-see-imports = See imports, their people and files
action-see-members = See members
action-manage-members = Look after members
action-see-outbox = See mails and what became of them
action-manage-outbox = Let a mail go again, or cancel it
action-erase-members = Erase members
action-hand-over = Hand an integration over to somebody else
action-see-settings = See settings
action-change-settings = Change settings
action-manage-administrators = Invite and remove administrators, change roles
action-manage-tokens = Make and revoke API tokens
action-manage-events = See where changes are told, and what was
action-see-audit = See the audit log

# The guard.
guard-text = Before an import from { $source } changes anything, the guard looks at its whole plan. If one of these rules applies, the import waits for you, and nothing changes meanwhile.
guard-at-once = Changes count at once, from the next import on. They are noted in the audit log.
guard-none = There is no integration yet
guard-none-text = The guard’s rules are set for each integration.
said-guard-saved = Saved. The next import goes by these rules.
unit-people = people
guard-title-r40 = Many leavers at once
guard-sentence-r40 = An import waits when it would make more than { $percent }% of the members, and more than { $count } of them, leavers. Half of all members always waits, from two people on.
guard-why-r40 = Most often a mistake in the HR system, such as a changed employment type.
guard-percent-r40 = More leavers than this share
guard-count-r40 = and more leavers than this many
guard-title-r41 = Many leavers in a week
guard-sentence-r41 = An import waits when leavers within seven days, its own included, come to more than { $percent }% of the members, and more than { $count } of them. Those that somebody approved do not count.
guard-why-r41 = So that many small losses are noticed too.
guard-percent-r41 = More leavers in a week than this share
guard-count-r41 = and more in a week than this many
guard-title-r42 = Far fewer people than last time
guard-sentence-r42 = An import waits when it reads fewer than { $percent }% of the people that the last one read, where those were at least { $count }.
guard-why-r42 = The credentials may see a part of the company only.
guard-percent-r42 = Fewer than this share of last time
guard-count-r42 = where those were at least
guard-title-r43 = Many changes of identity
guard-sentence-r43 = An import waits when more than { $percent }% of the members, and more than { $count } of them, would get another employee ID, hand their e-mail address on or turn into somebody else.
guard-why-r43 = The employee IDs in the HR system may have been renumbered.
guard-percent-r43 = More new identities than this share
guard-count-r43 = and more new identities than this many
guard-title-r44 = Many joiners
guard-sentence-r44 = After the first import, one waits when its joiners are more than { $percent }% of the members, and more than { $count } people.
guard-why-r44 = A welcome mail cannot be called back.
guard-percent-r44 = More joiners than this share
guard-count-r44 = and more joiners than this many

# Invitations.
invitations-text = How members come in for the first time. They find their site at
invitations-terms = How long, and reminders
invitations-days = An invitation works for
invitations-days-unit = days
invitations-days-hint = Afterwards its page offers a new one.
invitations-reminders = Reminders after these days
invitations-reminders-hint = Days with commas between, such as 3, 10. Left empty, nobody is reminded. Nor is anybody with a password.
invitations-launch = Launch day
invitations-not-invited = { $n ->
    [0] Every member has been invited.
    [one] One member has an account and was not told of it.
   *[other] { $n } members have an account and were not told of it.
}
invitations-no-members = There are no members yet, so nobody has to be invited.
invitations-when = When they go
invitations-now = Now
invitations-on-day = On a day, at 8 in the morning
invitations-day = Day
invitations-day-wrong = Choose a day.
invitations-send = { $n ->
    [one] Send one invitation
   *[other] Send { $n } invitations
}
said-invitations-sent = The invitations are on their way.
said-invitations-planned = The invitations go on that day, at 8 in the morning.
letters-title = Letters
letters-text = One letter a page, for people without a mailbox. Each code works once. A letter that is printed again has the same code while that works.
letters-due = { $n ->
    [0] Nobody needs a letter.
    [one] One member has no mailbox, and gets in with a letter.
   *[other] { $n } members have no mailbox, and get in with a letter.
}
letters-print = { $n ->
    [one] Show the letter
   *[other] Show { $n } letters
}
letters-none = There are no letters to print
letter-text = You are invited to { $programme }. This is how you get in, from any computer or phone:
letter-step-open = Open
letter-step-code = Under “With a letter”, enter this code:
letter-step-password = Choose a password. You sign in with it from then on.
letter-until = The code works once, until { $day }.

# Close-down.
close-down-text = What happens to a leaver until their account is closed. Days are days of the programme’s time zone; the day they become a leaver is day 0.
close-down-notice = Notice
close-down-notice-hint = Nobody is told before then, in case it was a mistake.
unit-hours-after = hours after they became a leaver
close-down-reminders = Reminders on these days
close-down-reminders-hint = Days with commas between, such as 30, 53. Left empty, nobody is reminded.
close-down-day = Closing day
close-down-day-hint = Access ends with the end of this day; then the account is closed and its personal data erased. Whoever is told late still has seven days, or as many as these settings leave.
close-down-erase = Erasing on request
close-down-erase-hint = When a member closes their own account, or an administrator erases one at once.
unit-days-at-most = days at most (0 to 30)
close-down-rejected = Details of rejected people
close-down-rejected-hint = Names and values of people whom an import rejected, and who are no members.
retention-text = How long imports say whom they were about, and how long the audit log goes back.
retention-people = Names in imports and uploaded files
retention-people-hint = After that, an import keeps its figures but no longer says whom they were about, and uploaded files lose their people. Two kinds are kept longer: the last import, and any whose leavers can still be brought back.
retention-audit = Audit log
retention-audit-hint = Older entries are removed. Leave it empty to keep them for good.
retention-rest = Details of rejected people and of leavers have times of their own, under
unit-months-after-import = months after the import
unit-years = years
unit-days-after-import = days after the import
unit-days-after = days after they became a leaver

# API tokens.
tokens-text = With a token a program does what you allow it to, without a person who signs in.
tokens-description = Description of the API
tokens-count = { $n ->
    [0] No tokens
    [one] One token
   *[other] { $n } tokens
}
tokens-none = No program uses the API yet. The first token is made below.
token-new = Make a token
token-make = Make the token
token-name = Name
token-name-hint = What it is for, so that you know it again: “Intranet”, say.
token-scopes = What it may do
scope-integrations-read = Look at integrations
scope-imports-read = Look at imports, their people and problems
scope-imports-run = Start imports
scope-members-read = Look at members
token-lasting = Works for
token-days = { $n ->
    [365] a year
   *[other] { $n } days
}
token-for-ever = without end
token-state = State
token-good = valid
token-until = until { $day }
token-expired = expired
token-revoked = revoked
token-used = Last used
token-never = never
token-by = made by { $person }, { $day }
token-made = Your new token
token-made-text = Copy it now: it is not shown again.
token-revoke = Revoke
token-revoke-title = Revoke “{ $name }”?
token-revoke-text = Programs that use it are refused at once. This cannot be undone; a new token can be made.
token-revoke-used = It was last used: { $when }.
token-revoke-unused = It was never used.
said-token-revoked = The token is revoked.

# The audit log.
audit-text = Everything that was done in this programme. Entries are only added, never changed.
audit-area = About
audit-all-areas = everything
audit-actor = By
audit-all-actors = everybody
audit-filter = Show
audit-all = Show everything
audit-when = When
audit-who = Who
audit-what = What
audit-became = became
audit-empty = empty
audit-the-import = see the import
audit-the-member = see the member
audit-more = { $n ->
    [one] and one more
   *[other] and { $n } more
}
audit-none = Nothing to show
audit-none-text = What administrators, programs and Rollcall itself do stands here from now on.
audit-none-filtered = Nothing fits this choice.
audit-pages = Pages of the log
audit-first = Newest
audit-next = Older
audit-kind-administrator = administrator
audit-kind-member = member
audit-kind-token = API token
audit-kind-command = on the machine
audit-kind-system = by itself
audit-area-administrator = administrators
audit-area-decision = decisions
audit-area-hold = imports on hold
audit-area-import = imports
audit-area-integration = integrations
audit-area-leavers = leavers
audit-area-member = members
audit-area-programme = the programme
audit-area-subscription = where changes are told
audit-area-token = API tokens
audit-administrator-accepted = Accepted an invitation
audit-administrator-invited = Invited an administrator
audit-administrator-made = Made an administrator
audit-administrator-removed = Removed an administrator
audit-administrator-role-changed = Changed a role
audit-administrator-password-reset = Chose a new password by mail
audit-administrator-password-changed = Changed their password
audit-administrator-second-factor-on = Switched their second factor on
audit-administrator-second-factor-off = Switched their second factor off
audit-administrator-second-factor-reset = Switched a lost second factor off
audit-administrator-reset-link-made = Made a link for a new password
audit-administrator-recovery-codes-renewed = Made new recovery codes
audit-decision-made = Decided about a person
audit-decision-revoked = Took a decision back
audit-hold-approved = Approved an import
audit-hold-approved-without-leavers = Approved an import without its leavers
audit-hold-rejected = Rejected an import
audit-hold-renumbered = Said that IDs were renumbered
audit-installation-restored = Restored from a backup
audit-installation-released = Released after a restore
audit-import-started = Started an import
audit-integration-authorised = Authorised an integration
audit-integration-begun = Began to set an integration up
audit-integration-draft = Saved a draft
audit-integration-draft-discarded = Discarded a draft
audit-integration-guard-changed = Changed the guard
audit-integration-handed-over = Handed an integration over
audit-integration-initial-setup = Saved Initial Setup
audit-integration-mapping = Saved Mapping
audit-integration-paused = Paused an integration
audit-integration-resumed = Resumed an integration
audit-integration-published = Published an integration
audit-integration-revoked = Revoked an integration
audit-leavers-restored = Brought leavers back
audit-letters-printed = Showed letters to print
audit-member-invitation-resent = Sent an invitation again
audit-members-invited = Sent invitations
audit-programme-invitations-changed = Changed how long invitations work
audit-member-added = Added a member by hand
audit-member-address-confirmed = Confirmed a personal address
audit-member-address-entered = Entered a personal address
audit-member-address-removed = Removed a personal address
audit-member-edited = Edited a member
audit-member-excluded = Excluded a person
audit-member-exclusion-lifted = Lifted an exclusion
audit-member-exported = Downloaded members as CSV
audit-member-left = Marked a member as a leaver
audit-member-language-chosen = Chose a language
audit-member-let-go = Let go of a member
audit-member-locked-in = Locked a member in
audit-member-reopened = Reopened an account
audit-member-unlocked = Took a lock away
audit-area-upload = uploads
audit-upload-staged = Handed in a file of members
audit-upload-answered = Answered for a line of a file
audit-upload-discarded = Put a file of members aside
audit-upload-applied = Applied a file of members
audit-programme-taken-over = Took the programme over
audit-programme-created = Made the programme
audit-programme-suspended = Suspended the programme
audit-programme-resumed = Let the programme go on
audit-programme-exported = Exported the programme
audit-programme-changed = Changed the programme’s settings
audit-member-allowed-again = Let somebody back who had been erased
audit-member-closed-own-account = A member closed their own account
audit-member-erased = Had a member erased
audit-programme-close-down-changed = Changed the close-down days
audit-programme-retention-changed = Changed how long things stay
audit-retention-removed = Removed what had stayed long enough
audit-key-rotated = Changed the key of the installation
audit-mail-tried-again = Let a mail go again
audit-mail-cancelled = Cancelled a mail
audit-subscription-made = Added a subscription
audit-subscription-secret-changed = Changed a subscription’s secret
audit-subscription-paused = Paused a subscription
audit-subscription-resumed = Resumed a subscription
audit-subscription-removed = Removed a subscription
audit-subscription-told-again = Told a subscription once more
audit-token-made = Made an API token
audit-token-revoked = Revoked an API token
setting-name = Name
setting-reason = Reason
setting-source = HR system
setting-state = State
setting-trigger = Started by
setting-until = Until
setting-time-zone = Time zone
setting-language = Language
setting-colour = Colour
setting-sender-name = Sender’s name
setting-reply-to = Reply-To
setting-privacy-notice = Privacy notice
setting-imprint = Imprint
setting-help-contact = Help contact
setting-notice-hours = Notice, in hours
setting-reminder-days = Reminder days
setting-close-day = Closing day
setting-ends-on = Last day of access
setting-erase-days = Erasing on request
setting-rejected-days = Details of rejected people
setting-people-months = Names in imports and files, in months
setting-audit-years = Audit log, in years
setting-imports = Imports
setting-lines = Lines of files
setting-entries = Entries of the audit log
setting-scopes = May do
setting-expires-at = Works until
setting-leavers-percent = Leavers, %
setting-leavers-count = Leavers, people
setting-week-leavers-percent = Leavers in a week, %
setting-week-leavers-count = Leavers in a week, people
setting-short-read-percent = People read, %
setting-short-read-count = People read before
setting-identity-percent = Changes of identity, %
setting-identity-count = Changes of identity, people
setting-joiners-percent = Joiners, %
setting-joiners-count = Joiners, people
setting-backup-at = As it was on
setting-erased-again = Erased again
setting-mails-dropped = Mails kept from going
