# All members.
members-text = Everybody who has an account in this programme.
members-empty = No members yet
members-empty-text = They come with the first import. You can also add one by hand.
members-find = Find by name, e-mail or ID
members-way = Came by
members-any-way = any way
members-by-hand = by hand
members-states = Where members stand
members-state = State
members-since = Member since
members-file = Download as CSV
members-columns = Columns
members-columns-text = What the list shows besides the name, with the e-mail address below it. Of the others, a narrow screen has room for the first two. The CSV file always has every column.
members-columns-show = Show these
members-columns-standard = Back to the usual ones
members-tab-all = All
members-tab-not-invited = Not invited
members-tab-invited = Invited
members-tab-active = Active
members-tab-leaver = Leavers
members-tab-excluded = Excluded
members-tab-locked = Locked in
members-tab-closed = Closed
member-excluded = Excluded
member-locked = Locked in until { $day }
member-erased = Erased

# One member.
member-standing = Where they stand
member-means-not-invited = They have an account, and nobody has told them of it.
member-means-invited = They were invited, and have not chosen a password yet.
member-means-active = They can sign in.
member-means-leaver = They are on their way out: their access is restricted until the account is closed.
member-means-closed = The account is closed, and their personal data is erased.
member-changed = Last changed
member-left = Leaver since
member-clock-stands-still = Days stand still until
member-data = Data
member-no-data = Nothing is known of this member any more.
member-field = Field
member-value = Value
member-from = Where it comes from
origin-fed = { $attribute } in { $source }
origin-by-hand = entered by hand
origin-kept = no HR system feeds it: kept as it is
origin-own = Confirmed by the member
member-seen = What decides membership
member-decisions = Decisions about them
member-decided-same = “{ $id }” is the same person.
member-decided-not = “{ $id }” is someone else.
member-because = { $reason } ({ $person }, { $day })
member-is-excluded = Excluded: no import makes them a member
member-is-locked = Locked in until { $day }: no import makes them a leaver
member-is-kept = Brought back by hand
member-is-kept-text = Imports keep them, whatever the HR system says, until their record changes there or you let go.
member-refused = Mail does not reach them
member-refused-text = The mail server refused their address on { $day }: { $detail }
story-title = History
story-none = Nothing yet.
story-import = Import from { $source }

# What can be done about one.
do-invite = Send an invitation
do-reopen = Reopen
do-lock-in = Lock in
do-unlock = Take the lock away
do-let-go = Let go
do-leave = Mark as leaver
do-erase = Erase …
do-exclude = Exclude
do-lift = Lift the exclusion
act-title-invite = Invite { $name }
act-title-reopen = Reopen { $name }’s account
act-title-lock-in = Lock { $name } in
act-title-unlock = Take { $name }’s lock away
act-title-let-go = Let go of { $name }
act-title-leave = Mark { $name } as a leaver
act-title-exclude = Exclude { $name }
act-title-lift = Lift { $name }’s exclusion
act-will = What this does
act-next = What the next import does
act-reason = Reason
act-reason-hint-leave = For the history, in one line.
act-reason-hint-exclude = For whoever wonders later why this person is no member, in one line.
act-reason-hint-lock-in = For whoever wonders later why this person stays a member, in one line.
act-until = Locked in until
act-until-hint = The last day on which the lock holds.
will-invite = They get a new invitation by e-mail, or as a letter where they have no mailbox. Earlier links no longer work.
will-restrict = Their access is restricted at once, and the days until their account is closed begin.
will-tell-later = They are told by mail after the time that is set for the notice.
will-keep-out = No import makes them a member until the exclusion is lifted.
will-reopen = The account is opened again as it was; an invitation that was still open works again.
will-reopen-active = The account is opened again: they can sign in as before.
will-keep = They stay a member until their record in the HR system changes.
will-lock = No import makes them a leaver until the end of the day that you choose.
will-unlock = Imports judge them by their record again.
will-let-go = Imports judge them by their record again.
will-lift = Imports judge them by their record again. Until then they stay what they are.
next-no-import = No integration looks after this member. Imports leave them alone, unless a record with their address and their names turns up.
next-nothing = Nothing, as long as their record in the HR system stays as it is. Once it changes, it decides.
next-nothing-locked = Nothing, as long as their record in the HR system stays as it is. Should it say that they leave, imports keep them, and list them, until the lock ends.
next-locked-in = By their record they would leave. The import keeps them, and lists them, until the lock ends.
next-kept-by-hand = By their record they would leave. The import keeps them, and lists them, until the record changes or you let go.
next-keeps-out = It keeps them out, whatever their record says.
next-leaves = By their record they are no member ({ $reason }): it makes them a leaver.
next-leaves-again = The next import would reverse this: by their record they are no member ({ $reason }).
next-reopens = By their record they are a member: it opens their account again.
next-reopens-again = The next import would reverse this: by their record they are a member. To keep them out, exclude them instead.
next-unknown = That depends on what the HR system says then; what is known of them does not tell.
said-did-invite = The invitation is on its way.
said-did-reopen = Reopened.
said-did-lock-in = Locked in.
said-did-unlock = The lock is taken away.
said-did-let-go = Let go. The next import judges them by their record.
said-did-leave = They are a leaver now.
said-did-exclude = Excluded.
said-did-lift = The exclusion is lifted. The next import judges the person by their record.

# Exclusions and locks.
kept-out-title = Exclusions and locks
kept-out-text = What you have said of single people, and what imports keep to.
kept-out-by = By
exclusions-title = Excluded
exclusions-none = Nobody is excluded. Exclude a member on their page.
excluded-id = Employee ID { $id }
exclude-id-title = Exclude somebody by employee ID
exclude-id-text = For somebody who is to have no account. If the ID is a member’s, they become a leaver at once.
exclude-id-hint = As the HR system has it.
exclude-source = HR system
locks-title = Locked in
locks-none = Nobody is locked in. Lock a member in on their page.
locks-until = Until

# Added and edited by hand.
member-add = Add a member
member-add-do = Add
member-add-text = For somebody whom no HR system knows. If one brings the same person later, with this address and these names, it takes over.
member-edit = Edit { $name }
member-edit-text = What an HR system feeds is changed there. Everything else is yours to change.
member-part-person = Person
member-part-contact = Contact
member-part-work = Work
member-part-address = Address
member-language-hint = A language tag, such as de or en-GB.
member-invite = Send an invitation
member-invite-hint = By e-mail to this address. Without it nobody is told, and you can invite them later.
gender-none = not given
gender-female = female
gender-male = male
gender-diverse = diverse
gender-not-specified = not specified
said-member-added = Added. Nobody was told.
said-member-added-invited = Added. The invitation is on its way.
said-member-edited = Saved.

# Many from a file.
upload-title = Upload members
upload-text = For people whom no HR system knows. Nothing changes before you have seen what the file would do; nobody leaves by a file.
upload-template = Template
upload-file = CSV file
upload-rows = Rows
upload-rows-hint = Choose a file, or paste rows from a spreadsheet, with their headings. Commas, semicolons and tabs are understood.
upload-columns = Columns that are understood
upload-invite = Invite whoever is added
upload-invite-hint = By e-mail. Without it nobody is told, and you can invite them later.
upload-look = See what it would do
upload-earlier = Earlier uploads
upload-is-received = Being planned
upload-is-planned = Waits for you
upload-is-applying = Being applied
upload-is-applied = Applied
upload-is-applied-in-part = Applied in part
upload-is-discarded = Put aside
upload-plan-title = What the file does
upload-by = Uploaded by { $person } on { $when }
upload-applied-on = Applied on { $when }
upload-skipped = { $n ->
    [one] { $n } line was passed over: the member was changed meanwhile, or somebody else got the address.
   *[other] { $n } lines were passed over: the member was changed meanwhile, or somebody else got the address.
}
upload-nothing-yet = Nothing has changed yet
upload-to-do = { $n ->
    [0] There is nothing to do.
    [one] { $n } account would be made or changed.
   *[other] { $n } accounts would be made or changed.
}
upload-will-invite = Whoever is added is invited.
upload-will-not-invite = Nobody is told.
upload-kind-all = All
upload-kind-join = Added
upload-kind-update = Changed
upload-kind-rejoin = Reopened
upload-kind-unchanged = Unchanged
upload-kind-reject = Rejected
upload-line = Line
upload-apply = { $n ->
    [one] Apply { $n } change
   *[other] Apply { $n } changes
}
upload-again = Another file
upload-working-received = The file is being planned
upload-working-applying = The file is being applied
upload-so-far = { $done } of { $total } lines.
upload-may-leave = You may leave this page; it goes on by itself.
upload-people = { $before } → { $after } members
upload-open = { $n ->
    [one] { $n } person may be known already
   *[other] { $n } people may be known already
}
upload-open-text = A member, or another line, has the same names and date of birth under another address; or a member has the address under another name. Whatever you leave open is left out.
upload-who = Who is that?
upload-who-line = See line { $line }
upload-same = Same person
upload-another = Someone else: a new account
upload-add-all-the-same = Add all the same
upload-leave-out = Leave out after all
upload-many = That is a great many new members. An invitation cannot be recalled.
upload-joiners = { $n ->
    [one] To go on, type how many are added: { $n }
   *[other] To go on, type how many are added: { $n }
}
upload-discard = Put the file aside
upload-is-discarded-text = The file was put aside. What it held of people is deleted.
upload-kind-asked = Asked
said-upload-discarded = The file was put aside.
said-upload-line-added = They will be added.
said-upload-line-same = The member’s account will be used.
said-upload-line-left-out = They stay out.
member-all-the-same = Add all the same
member-all-the-same-hint = A member has the same names and date of birth. Tick this if they are two people.
