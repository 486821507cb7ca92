# What can be wrong with one person, under the stable codes, and how to put it right.
problem-employee-id-missing = The record has no employee ID, so nobody can tell whose it is.
remedy-employee-id-missing = Give the person an ID in the HR system.
problem-employee-id-duplicate = Two different records have this employee ID.
remedy-employee-id-duplicate = Find the two records in the HR system and give one of them another ID.
problem-email-missing = The person has no e-mail address.
remedy-email-missing = Enter an e-mail address in the HR system.
problem-email-invalid = This is not a valid e-mail address.
remedy-email-invalid = Correct the address in the HR system.
problem-email-taken = Another member already uses this e-mail address and keeps it.
remedy-email-taken = Give one of the two another address in the HR system. If both are the same person and only one has an account, decide “same person”.
problem-email-duplicate = Several people who are to become members share this e-mail address.
remedy-email-duplicate = Give each of them an address of their own in the HR system.
problem-email-of-former-member = A former member had this e-mail address, and it is not certain that this is the same person.
remedy-email-of-former-member = Decide: the same person (the old account is reopened) or someone else (a new account; the former member's address is freed).
problem-email-of-another-source = A member that another HR system looks after has this e-mail address.
remedy-email-of-another-source = Remove the person from one of the two systems, or give them another address in one of them.
problem-erased-on-request = An account with this e-mail address was erased on request, and its owner is kept out.
remedy-erased-on-request = Leave the person out. If they wish to come back, an owner of the programme lets them back first.
problem-identity-changed = The record with this employee ID now seems to describe another person.
remedy-identity-changed = Decide: the same person (the account is updated) or someone else (a new account is made and the old one closed).
problem-possible-rehire = A former member has the same names and date of birth under another e-mail address.
remedy-possible-rehire = Decide: the same person (the old account is reopened) or someone else (a new account).
problem-possible-duplicate = A member has the same names and date of birth under another e-mail address.
remedy-possible-duplicate = Decide: the same person (the account moves to this employee ID) or someone else (a new account).
problem-status-unknown = The employment status is empty or not one that is known, so it cannot be told whether the person may be a member.
remedy-status-unknown = Set the status in the HR system.
problem-segment-not-shared = The HR system did not share a value that decides who may be a member.
remedy-segment-not-shared = Allow the attribute for these credentials in the HR system.
problem-too-long = The value is longer than the field holds.
remedy-too-long = Shorten the value in the HR system.
problem-characters-not-allowed = The value holds characters that this field does not take.
remedy-characters-not-allowed = Correct the value in the HR system.
problem-date-unreadable = This is not a day of the calendar.
remedy-date-unreadable = Correct the date in the HR system.
problem-date-out-of-range = The date is too early or too late for this field.
remedy-date-out-of-range = Correct the date in the HR system.
problem-number-unreadable = This is not a number.
remedy-number-unreadable = Correct the value in the HR system.
problem-value-not-in-list = The value is none of those that the field knows.
remedy-value-not-in-list = Choose another value in the HR system, or map another attribute.
problem-language-unknown = This is not a language tag such as “en-GB” or “de”.
remedy-language-unknown = Use language tags in the HR system, or map another attribute.
problem-segment-value-empty = The person has no value where one decides who may be a member.
remedy-segment-value-empty = Enter the value in the HR system.
problem-previously-closed = The person had an account before, which was closed and erased. They got a new one.
remedy-previously-closed = Nothing to do: what the old account held is gone, and the invitation is on its way like any other.
problem-email-moved = This e-mail address belonged to another employee until now.
remedy-email-moved = Nothing to do if the address was handed over on purpose.
problem-invitation-address-changed = The person was invited under another address. That invitation no longer works, and no new one was sent.
remedy-invitation-address-changed = Tell the person: a new invitation has to be sent to the new address.
problem-kept-by-hand = By the HR system this person would leave; an administrator brought them back, and they stay until their record changes.
remedy-kept-by-hand = Nothing to do: they leave once their record changes and still says so.
problem-locked-in = By the HR system this person would leave; an administrator locked them in.
remedy-locked-in = Nothing to do: the lock ends by itself on its last day.
problem-changed-meanwhile = The member was changed by someone else after the plan was made, so this change was skipped.
remedy-changed-meanwhile = Nothing to do: the next import looks at the person again.
problem-read-unsettled = The HR system's list changed while it was being read. Nobody was taken for a leaver because they were missing.
remedy-read-unsettled = Nothing to do: the next import looks again.
problem-attribute-not-shared = No record held this attribute. Members keep the values they have.
remedy-attribute-not-shared = Allow the attribute for these credentials in the HR system, or correct the mapping.

# The same, in few words.
short-employee-id-missing = No employee ID
short-employee-id-duplicate = Employee ID twice
short-email-missing = No e-mail address
short-email-invalid = E-mail address invalid
short-email-taken = E-mail address taken
short-email-duplicate = E-mail address shared
short-email-of-former-member = E-mail address of a former member
short-email-of-another-source = E-mail address of another system’s member
short-erased-on-request = Erased on request
short-identity-changed = Seems to be someone else
short-possible-rehire = May be back
short-possible-duplicate = May be listed twice
short-status-unknown = Status unknown
short-segment-not-shared = Segment value not shared
short-too-long = Too long
short-characters-not-allowed = Characters not allowed
short-date-unreadable = Date unreadable
short-date-out-of-range = Date out of range
short-number-unreadable = Number unreadable
short-value-not-in-list = Value not in list
short-language-unknown = Language unknown
short-segment-value-empty = Segment value empty
short-previously-closed = Had an account before
short-email-moved = E-mail address moved
short-invitation-address-changed = Invited under another address
short-kept-by-hand = Kept by hand
short-locked-in = Locked in
short-changed-meanwhile = Changed meanwhile
short-read-unsettled = List changed while read
short-attribute-not-shared = Attribute not shared

# How grave a problem is.
severity-error = error
severity-warning = warning

# Why somebody leaves.
reason-inactive = No longer active
reason-outside-segment = Outside the segment: { $attribute }
reason-absent = No longer in the HR system
reason-excluded = Excluded by an administrator
reason-id-reassigned = The employee ID now belongs to someone else
reason-by-hand = Marked as a leaver by an administrator
reason-own-wish = Closed their own account
reason-erase-now = Erased by an administrator

# What a plan does with somebody.
kind-join = Join
kind-update = Update
kind-leave = Leave
kind-rejoin = Come back
kind-reject = Can’t be judged

# Where a member stands.
member-not-invited = Not invited
member-invited = Invited
member-active = Active
member-leaver = Closing down
member-leaver-day = Leaver, day { $day } of { $most }
member-closed = Closed

# Where an import stands.
import-queued = Waiting to begin
import-reading = Reading
import-planning = Planning
import-on-hold = On hold, needs you
import-applying = Applying
import-completed = Completed
import-completed-with-errors = Completed with errors
import-failed = Failed, nothing changed
import-rejected = Rejected, nothing changed
import-lapsed = Lapsed, nothing changed
import-superseded = Replaced by a newer import
import-previewed = Preview

# What started an import.
trigger-command = Command line
trigger-portal = Import data now
trigger-api = API
trigger-schedule = Schedule
trigger-renumbered = IDs renumbered
trigger-publish = Publishing
trigger-other = Rollcall

# Why an import failed, and what to do.
failure-import-credentials-refused = { $source } does not accept the Client ID and Client Secret.
failure-remedy-credentials-refused = Authorise the integration again with new credentials.
failure-import-right-missing = The credentials are good, but may not read employees.
failure-remedy-right-missing = Tick “Read” for employees in { $source }, then import again.
failure-import-source-unreachable = { $source } gave no good answer in time.
failure-remedy-source-unreachable = Try again later. If it goes on, ask whoever looks after your network.
failure-import-source-limiting = { $source } went on answering that too many requests were made.
failure-remedy-source-limiting = Somebody else may use the same credentials: give Rollcall its own, or try again later.
failure-import-source-error = { $source } answered with an error of its own.
failure-remedy-source-error = Try again later. If it goes on, ask { $source }’s support.
failure-import-redirect-refused = { $source } pointed to another address. Rollcall does not follow, so that your credentials stay where you sent them.
failure-remedy-redirect-refused = Ask whoever runs Rollcall for you to check the address of { $source }.
failure-import-answer-unreadable = What { $source } answered could not be read.
failure-remedy-answer-unreadable = Try again. If it goes on, something between Rollcall and { $source } changes the answers: ask whoever looks after your network.
failure-import-read-ended-early = { $source } named more people than it gave.
failure-remedy-read-ended-early = Try again.
failure-import-read-empty = { $source } answered that it has nobody. That is never taken for an empty company.
failure-remedy-read-empty = Check in { $source } which people the credentials may see.
failure-import-page-repeated = { $source } gave the same people twice.
failure-remedy-page-repeated = Try again. If it goes on, ask whoever looks after your network about proxies.
failure-import-read-endless = { $source }’s list went on long after the total it named.
failure-remedy-read-endless = Try again later.
failure-import-attribute-not-shared = { $source } does not share an attribute without which nobody can be judged: the status, the e-mail address or one that your segment looks at.
failure-remedy-attribute-not-shared = Allow it in { $source } under “Readable employee attributes”, then import again.
failure-import-secret-key = The stored credentials cannot be opened.
failure-remedy-secret-key = Authorise the integration again. If that does not help, ask whoever runs Rollcall for you.
failure-import-set-up = What is stored for this integration cannot be used.
failure-remedy-set-up = Look through its set-up and publish it again.
failure-import-interrupted = It was interrupted before it had changed anything, and given up for another one.
failure-remedy-interrupted = Nothing to do.
failure-import-keeps-breaking-off = The program broke off again and again while it worked on it, before anything had changed.
failure-remedy-keeps-breaking-off = Ask whoever runs Rollcall for you to look at its log before you try again.
failure-import-revoked = The integration was revoked before anything had changed.
failure-remedy-revoked = Authorise it again and publish it; then imports run.
failure-import-other = It could not go on.
failure-remedy-other = Try again. If it fails again, ask whoever runs Rollcall for you.

# Why the guard holds an import.
guard-R40 = { $leave ->
    [one] { $leave } of { $members } members would become a leaver
   *[other] { $leave } of { $members } members would become leavers
}
guard-R40-text = That is { $percent }%. Imports with more than { $limit }% (and more than { $count }), or with half of all members, wait for you.
guard-R41 = { $week } members would have become leavers within seven days
guard-R41-text = You have { $members } members. More than { $limit }% in a week (and more than { $count }) wait for you.
guard-R42 = { $read ->
    [one] Only { $read } person was read
   *[other] Only { $read } people were read
}
guard-R42-text = The last completed import read { $last }. When less than { $limit }% of them are there, the import waits for you.
guard-R43 = { $changes } of { $members } members would change who they are
guard-R43-text = They would get another employee ID, take over somebody else’s e-mail address or turn into somebody else. The IDs in the HR system may have been renumbered. More than { $limit }% (and more than { $count }) wait for you.
guard-R44 = { $join } people would join your { $members } members
guard-R44-text = A welcome e-mail cannot be taken back. More than { $limit }% (and more than { $count }) wait for you.

# Fields of a member.
field-employee_id = Employee ID
field-own_email = Personal address, confirmed
field-asked_email = Personal address, not confirmed yet
field-own_language = Language of your choice
field-email = E-mail Address
field-first_name = First name
field-last_name = Last name
field-preferred_name = Preferred name
field-title = Title
field-gender = Gender
field-date_of_birth = Date of birth
field-contract_start_date = Contract start date
field-language = Language
field-address_line_1 = Address, line 1
field-address_line_2 = Address, line 2
field-address_line_3 = Address, line 3
field-address_line_4 = Address, line 4
field-postcode = Postcode
field-phone = Phone
field-job_title = Job title
field-department = Department
field-division = Division
field-subdivision = Subdivision
field-location = Location
field-personal_email = Private e-mail address
field-seen = { $attribute } in { $source }

# The columns of files of problems.
file-import = Import
file-employee-id = Employee ID
file-upload = Upload
file-line = Line
file-name = Name
file-code = Code
file-severity = Severity
file-field = Field
file-value = Value
file-problem = Problem
file-remedy = How to put it right
