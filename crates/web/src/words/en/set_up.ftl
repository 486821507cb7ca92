# Words of every form.
edit = Edit
add = Add
try-again = Try again

# What was just done.
said-saved = Saved.
said-authorised = The credentials are stored. From here on they are never shown again.
said-check-again = That check is too old by now. Enter the credentials again.
said-revoked = Revoked. The stored secret is gone; no member has changed.
said-draft-discarded = The changes that were not published are gone. Everything runs as it did.
said-published = Published. The integration is live.

# The frame of the four steps.
set-up-title = Set up { $source }: { $step }
set-up-steps = Steps
set-up-step-done = (done)
step-initial-setup = Initial Setup
step-authorize = Authorize
step-mapping = Mapping
step-review = Review and Publish
set-up-saved-apart = Nothing takes effect before you publish.
set-up-unpublished = Changes not published yet
set-up-unpublished-text = Imports go on with the settings as they were published last.
set-up-unpublished-review = Review and publish
set-up-discard = Discard the changes
set-up-revoked = This integration is revoked
set-up-revoked-text = Imports stand still until it is published again. Your settings, members and history are all kept; on this way you can change custom fields too.
set-up-way-revoke = Revoke
set-up-way-authorize = Authorise again
set-up-way-mapping = Map what you want changed
set-up-way-publish = Publish

# Initial Setup.
initial-frequency = When do imports run?
initial-how-often = How often
frequency-hourly = Hourly
frequency-daily = Daily
frequency-weekly = Weekly
frequency-monthly = Monthly
initial-weekday = Day of the week
initial-day = Day of the month
initial-day-help = A month without this day: its last day.
initial-time = Time
initial-minute = Minute of the hour
initial-minute-help = 0 to 59
initial-next = The next three imports
initial-zone-named = Time zone of the programme: { $zone }.
initial-number = Give a number from { $from } to { $to }.
initial-time-wrong = Give a time such as 06:00.
initial-welcome = Welcome e-mail
initial-welcome-send = Send the Welcome e-mail
initial-welcome-text = Recommended. For members created from now on; existing members are never mailed.
initial-welcome-preview = See the Welcome e-mail
initial-welcome-title = The Welcome e-mail, as new members get it
initial-told = Who is told about imports?
initial-told-text = { $owner } gets every summary, and hears when an import fails or waits. Who else?
initial-recipient = E-mail address { $n }
initial-recipient-add = Add somebody
initial-recipient-none = Nobody else so far.
initial-recipient-help = To take somebody out, empty the field.
initial-failures-only = Only when something is wrong
initial-more = More settings
initial-domains = Domains without mailboxes
initial-domains-help = Made-up addresses of people without a mailbox end in these. They get no mail: their invitation goes to the private e-mail address, or is listed for a letter. Separate several with commas.
initial-early = Let people in before their first day
initial-early-help = So many days before the hire date. Empty: once they are active.
initial-absent = When somebody is no longer in the HR system
initial-absent-leave = they become a leaver
initial-absent-leave-help = Recommended. Only after two whole reads have missed them.
initial-absent-keep = they stay a member
initial-absent-keep-help = Until their status or the segment says otherwise.
initial-film = The whole set-up as a film
initial-film-transcript = Read it instead
initial-ahead = Four steps, about ten minutes
initial-ahead-1 = When imports run, and who is told.
initial-ahead-2 = Credentials from { $source }.
initial-ahead-3 = What fills which field, and who may be a member.
initial-ahead-4 = You see by name who would join, change and leave. Then you publish.

# Authorize.
client-id = Client ID
client-secret = Client Secret
finish-setup = Finish Setup
authorize-credentials = Credentials for { $source }
authorize-badge-good = Connected
authorize-none = Rollcall reads your people from { $source } with credentials that you make there. You need about three minutes.
authorize-connect = Connect { $source }
authorize-good = Rollcall has credentials for { $source }. Save goes on to the mapping.
authorize-save-help = Goes on to the mapping.
authorize-secret-kept = stored sealed, never shown
authorize-secret-help = It is stored sealed, and never shown again.
authorize-replace = Use other credentials
authorize-others = Use others
authorize-check = Check
authorize-again = Try again
authorize-still = The credentials that were stored before are still in use.
authorize-checking = Asking { $source } …
authorize-checking-text = This takes a few seconds; a large company may take a minute. Nothing is changed.
authorize-connected = Connected to { $source }
authorize-employees = { $n ->
    [one] { $n } employee, whatever their status.
   *[other] { $n } employees, whatever their status.
}
authorize-shared = { $n ->
    [one] { $n } attribute is shared
   *[other] { $n } attributes are shared
}
authorize-missing = Usually mapped, and not shared
authorize-missing-text = It goes on without them. To share them, tick them in { $source } under “Readable employee attributes”, and check again.
authorize-wrong = { $source } does not accept these credentials
authorize-wrong-text = Copy the Client ID and the Client Secret from { $source } once more. The secret is shown only once there: you may have to make new credentials.
authorize-wrong-beside = Not accepted. Copy it once more.
authorize-right-employees = These credentials may not read employees
authorize-right-employees-text = In { $source }, tick “Read” for Employees on these credentials, save there, and check again.
authorize-right = { $source } does not share “{ $attribute }”
authorize-right-status = Without it nobody can be told apart as a leaver.
authorize-right-email = Without it nobody can be a member: mails and sign-in need an address.
authorize-right-other = Without it nobody can be judged: your segment or the identity needs it.
authorize-right-text = In { $source }, tick it under “Readable employee attributes”, save there, and check again.
authorize-unreachable = { $source } cannot be reached
authorize-unreachable-text = { $detail } Nothing was changed. Try again in a few minutes; if it goes on, ask whoever looks after your network.
authorize-limited = { $source } takes no more requests just now
authorize-limited-text = Something else may be using the same account a lot. Wait a few minutes, and try again.
authorize-refused = { $source } does not accept the credentials any more
authorize-refused-text = Scheduled imports stand still; no member has changed. Make new credentials in { $source }, and connect again.
authorize-other = These credentials open another company in { $source }
authorize-other-text = { $recognised } of { $n } members were recognised there. If you take them, the next import would treat everybody else as gone.
authorize-members = { $n ->
    [one] To take them all the same, type the number of your members: { $n }
   *[other] To take them all the same, type the number of your members: { $n }
}
authorize-members-number = Number of members
authorize-members-wrong = Type { $n } to confirm, or use other credentials.
authorize-id-missing = Paste the Client ID.
authorize-secret-missing = Paste the Client Secret.
authorize-how = How do I find my credentials?
authorize-how-rights = You need an account in Personio with the rights “API” and “Marketplace integrations”. An administrator’s account has them.
authorize-how-today = In today’s menu
authorize-how-1 = Open
authorize-how-1-menu = Marketplace > Connected integrations > Create custom integration
authorize-how-2 = Name it “Rollcall”.
authorize-how-3 = Under the rights, tick “Read” for Employees. Nothing else is needed.
authorize-how-4 = Under “Readable employee attributes”, tick what you want to map (see below).
authorize-how-5 = Press Create, and copy both values at once: the secret is shown once.
authorize-how-attributes = Attributes to tick: Status and Email (nothing works without them), First name, Last name, Hire date, Department, Office, Position; a private e-mail address if you have one; and whatever decides who may be a member, such as Employment type.
authorize-how-older = In the older menu
authorize-how-older-text = Everything else is the same:
authorize-how-older-menu = Settings > Integrations > API credentials > Generate new credential
authorize-read = What is read
authorize-read-1 = ID, status and e-mail address: who somebody is.
authorize-read-2 = The attributes that you map, and those that decide who may be a member.
authorize-read-3 = Only employees, only reading.
authorize-never = What never is
authorize-never-1 = Salaries, bank details, absences and documents, unless you map them yourself.
authorize-never-2 = Nothing is ever written to { $source }.
authorize-never-3 = Attributes that you do not map are never asked for.
attribute-id = ID
attribute-status = Status
attribute-email = Email
attribute-first_name = First name
attribute-last_name = Last name
attribute-preferred_name = Preferred name
attribute-gender = Gender
attribute-position = Position
attribute-department = Department
attribute-office = Office
attribute-by-number = Attribute no. { $number }
attribute-hire_date = Hire date

# Revoke.
revoke = Revoke
revoke-question = Revoke the credentials for { $source }?
revoke-text = Imports stop. No member is changed.
revoke-members = { $n ->
    [0] There are no members yet.
    [one] Your one current member stays as they are.
   *[other] Your { $n } current members stay as they are.
}
revoke-secret = The stored secret is removed at once. To import again, you authorise and publish again.
revoke-busy = An import that is being read or on hold ends without changing anything. One that is making changes finishes.
revoke-kept = Settings, history and decisions are kept.
revoke-custom-fields = This is the first of four steps to change custom fields: revoke, authorise again, map, publish. Have your credentials at hand, or make new ones.
revoke-keep = Keep them

# Mapping.
mapping-fields = Which { $source } attribute fills which field?
mapping-field = Member field
mapping-attribute = { $source } attribute
mapping-example = For example
mapping-attribute-for = Attribute for { $field }
mapping-attribute-for-new = Attribute for the new field
mapping-nothing = – not filled –
mapping-gone-option = { $attribute } (no longer shared)
mapping-gone = { $source } no longer shares this. Members keep the values they have.
mapping-identity = identifies a member
mapping-identity-fixed = Members are known by it, so it stays.
mapping-required = required
mapping-personal-email = reaches leavers, who can’t read their work mailbox
mapping-fit = { $n ->
    [one] { $fit } of { $n } person fits
   *[other] { $fit } of { $n } people fit
}
mapping-reading = Reading from { $source } …
mapping-reading-so-far = { $done } of { $n } people so far
mapping-look = Show what was read so far
mapping-cut-off = The numbers are those of the first { $n } people. The preview looks at everybody.
mapping-empty = { $n ->
    [one] { $n } is empty
   *[other] { $n } are empty
}
mapping-people-employee-id-missing = { $n ->
    [one] { $n } has none
   *[other] { $n } have none
}
mapping-people-employee-id-duplicate = { $n ->
    [one] { $n } is used twice
   *[other] { $n } are used twice
}
mapping-people-email-missing = { $n ->
    [one] { $n } is empty
   *[other] { $n } are empty
}
mapping-people-email-invalid = { $n ->
    [one] { $n } is not a valid address
   *[other] { $n } are not valid addresses
}
mapping-people-email-duplicate = { $n ->
    [one] { $n } shares an address
   *[other] { $n } share an address
}
mapping-people-too-long = { $n ->
    [one] { $n } is too long
   *[other] { $n } are too long
}
mapping-people-characters-not-allowed = { $n ->
    [one] { $n } holds characters that are not allowed
   *[other] { $n } hold characters that are not allowed
}
mapping-people-date-unreadable = { $n ->
    [one] { $n } is not a date
   *[other] { $n } are not dates
}
mapping-people-date-out-of-range = { $n ->
    [one] { $n } is too early or too late
   *[other] { $n } are too early or too late
}
mapping-people-number-unreadable = { $n ->
    [one] { $n } is not a number
   *[other] { $n } are not numbers
}
mapping-people-value-not-in-list = { $n ->
    [one] { $n } is not in the list
   *[other] { $n } are not in the list
}
mapping-people-other = { $n ->
    [one] { $n } does not fit
   *[other] { $n } do not fit
}
mapping-add-field = Fill another field
mapping-choose-field = Choose a field
mapping-filled-by = from
mapping-choose-attribute = Choose an attribute
mapping-custom = Custom fields
mapping-custom-count = { $n } of { $most }
mapping-custom-none = None. They hold what the standard fields have no place for, such as a cost centre.
mapping-custom-name = Name
mapping-custom-name-of = Name of custom field { $n }
mapping-custom-remove = Remove { $field }
mapping-custom-add = Add a custom field
mapping-custom-help = Once published, they change only by authorising anew.
mapping-custom-fixed = Once published, custom fields stay as they are while the integration is authorised. Changing them takes four steps; everything else is kept on the way.
mapping-custom-change = Change custom fields
mapping-segment = Who may be a member?
mapping-segment-text = Everybody who is active, unless you narrow it down.
mapping-segment-row = Rule { $n }
mapping-segment-rule = Include or exclude
mapping-segment-attribute = Attribute that decides
mapping-segment-remove = Remove rule { $n }
mapping-segment-add = Add a rule
mapping-segment-values = Show its values
mapping-segment-empty = { $n ->
    [one] { $n } person has no value here.
   *[other] { $n } people have no value here.
}
mapping-include = Only people whose
mapping-exclude = Nobody whose
mapping-one-of = is one of
mapping-values = is one of these values
mapping-other-values = or one of these
mapping-values-help = Separate values with commas; put one that holds a comma in quotation marks.
mapping-more-values = { $n ->
    [one] { $n } more value
   *[other] { $n } more values
}
mapping-inside = { $n ->
    [one] { $inside } of { $n } person may be a member
   *[other] { $inside } of { $n } people may be members
}
mapping-inside-unknown = How many people that is shows here once some were read.
mapping-outside = { $n ->
    [one] { $n } may not: by status or by these rules
   *[other] { $n } may not: by status or by these rules
}
mapping-starts-later = { $n ->
    [one] { $n } starts later
   *[other] { $n } start later
}
mapping-unreadable = { $n ->
    [one] { $n } cannot be judged: no readable status, or a value is not shared
   *[other] { $n } cannot be judged: no readable status, or a value is not shared
}
mapping-leavers = { $n ->
    [one] { $n } existing member would be closed down
   *[other] { $n } existing members would be closed down
}
mapping-leavers-share = That is { $percent }% of your { $n } current members.
mapping-guard = More than { $percent }% and more than { $n }, or half of all, needs your typed number when you publish.
mapping-leavers-others = { $n ->
    [one] and { $n } more.
   *[other] and { $n } more.
}
mapping-leavers-all = See them all
mapping-leavers-unnamed = { $n ->
    [one] And { $n } more: the preview names everybody.
   *[other] And { $n } more: the preview names everybody.
}
mapping-leavers-incomplete = So far: members who are no longer in the HR system are counted once everybody was read.
mapping-unanswered = { $source } gives no answer
mapping-unanswered-text = What you saved is kept. Without its list of attributes nothing can be mapped now.
attribute-type-text = text
attribute-type-integer = whole number
attribute-type-decimal = number
attribute-type-date = date
attribute-type-boolean = yes or no
attribute-type-choice = one of a list
attribute-type-list = several values

# What is wrong with a setting.
mistake-attribute-twice = This attribute already fills { $first }. Each fills one field.
mistake-attribute-missing = Choose an attribute, or remove the field.
mistake-attribute-not-shared = “{ $attribute }” is not shared with your credentials. Tick it in the HR system, or choose another.
mistake-not-mapped = Choose the attribute that holds it: nobody can be a member without it.
mistake-employee-id-fixed = Members are known by “{ $attribute }”, so it stays.
mistake-too-many-custom-fields = There are { $n } custom fields. Keep at most 10.
mistake-custom-field-name = Use letters and digits, 40 at most.
mistake-custom-field-standard = There is a standard field of this name. Fill that one, or choose another name.
mistake-custom-field-twice = Another custom field has this name.
mistake-custom-fields-fixed = Custom fields stay as they were published while the integration is authorised. To change them: revoke, authorise again, map, publish.
mistake-segment-row-empty = Choose an attribute and at least one value, or remove the rule.
mistake-segment-value-empty = One of the values is empty. Take it out.
mistake-not-a-domain = “{ $text }” is not a domain. Write what stands behind the @, such as no-mailbox.acme.example.
mistake-not-an-address = “{ $text }” is not an e-mail address.
mistake-recipient-twice = “{ $text }” is there twice. Empty one of the two.
mistake-schedule = There is no such time. Check hour, minute and day.
mistake-share-too-large = { $n }% is more than everybody.

# When imports run.
initial-spread = { $n ->
    [one] Each starts within { $n } minute of the time shown.
   *[other] Each starts within { $n } minutes of the time shown.
}
schedule-hourly = Every hour at minute { $minute }
schedule-daily = Every day at { $time }
schedule-weekly = Every { $weekday } at { $time }
schedule-monthly = Every month on day { $day } at { $time }

# Settings in words.
facts-schedule = Imports
facts-welcome = Welcome e-mail
facts-told = Also told
facts-domains = Domains without mailboxes
facts-early-days = Before the first day
facts-absent = No longer in the HR system
facts-owner = Owner
facts-none = none
facts-failures-only = { $address } (only when something is wrong)
facts-early = { $n ->
    [one] { $n } day before the hire date
   *[other] { $n } days before the hire date
}
facts-segment = Rule { $n }
facts-everybody = everybody who is active
facts-include = Only people whose { $attribute } is one of: { $values }
facts-exclude = Nobody whose { $attribute } is one of: { $values }

# Discard.
discard-question = Discard the changes that were not published?
discard-text = Imports go on as they do now, with the settings as they were published last. No member is changed.
discard-setting = Setting
discard-published = Published
discard-draft = Not published
discard-keep = Keep them

# Review and Publish.
review-nothing = Everything is published
review-nothing-text = Change a step to publish anew.
review-to-dashboard = Go to { $source }
review-preview = Preview
review-preview-text = The preview reads everybody from { $source } and works out who would join, change and leave. It changes nothing and sends nothing.
review-preview-start = See what would happen, by name
review-preview-again = Try again
review-preview-renew = Make the preview again
review-failed = The preview could not be made
review-another = An import is running. The preview can be made once it is through.
review-plan = What publishing comes to
review-plan-when = Preview of { $when }
review-plan-empty = Nobody would join, change or leave.
review-errors = { $n ->
    [one] { $n } error
   *[other] { $n } errors
}
review-warnings = { $n ->
    [one] { $n } warning
   *[other] { $n } warnings
}
review-problems = See each problem with its remedy
review-changes = What changes with it
review-settings = Every setting
publish = Publish
publish-help = Imports then run by themselves. People change with the next import, not before.
publish-type = { $n ->
    [one] { $n } member would become a leaver. Type that number to agree:
   *[other] { $n } members would become leavers. Type that number to agree:
}
publish-type-help = It also agrees to exactly these leavers for the first import after it.
publish-number = Number of leavers
publish-leavers = The preview has { $n }. Look at them above, and type that number.
publish-step-missing = “{ $step }” was not saved yet. Save it first.
publish-mistakes = { $n ->
    [one] One setting needs another look before you publish.
   *[other] { $n } settings need another look before you publish.
}
publish-not-authorised = There are no credentials. Authorise the integration first.
publish-no-preview = There is no preview of these settings from the last 24 hours. Make one, and look at it.
