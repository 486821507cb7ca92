# The mails to members and how they are worded.
settings-tab-mails = Mails
mails-text = What Rollcall writes to your members. Every mail has a standard text, which you can replace with your own.
mails-to-members = Mails to members
mails-mail = Mail
mails-see = See and change
mails-own = Your text
mails-since = since { $day }
mails-ours = standard text
mails-others = Members get each mail in their own language, where that is one of these, and otherwise in the programme’s. Mails to administrators, such as the summary of an import, always have their standard text, in the language that each administrator chose.

# What each mail is called, and when it goes.
mail-name-welcome = Invitation
mail-when-welcome = When somebody has joined, and whenever the invitation is sent again.
mail-name-reminder = Reminder of the invitation
mail-when-reminder = To whoever has not followed the invitation yet.
mail-name-member-reset = New password
mail-when-member-reset = When a member has forgotten their password.
mail-name-confirm-address = Confirm an address
mail-when-confirm-address = When a member has entered a personal address in their account.
mail-name-address-changed = Address changed
mail-when-address-changed = When a member’s personal address was confirmed or removed, for their safety.
mail-name-leaver-notice = Leaver’s notice
mail-when-leaver-notice = Once it is certain that somebody leaves: their access ends.
mail-name-leaver-reminder = Leaver’s reminder
mail-when-leaver-reminder = On the reminder days of the close-down.
mail-name-closed = Account closed
mail-when-closed = When an account is closed and what it held is deleted.
mail-name-reopened = Account open again
mail-when-reopened = When a leaver who had the notice is a member again.

# One of them.
wording-in-en = The same in English
wording-in-de = The same in German
wording-subject = Subject
wording-text = Text
wording-text-hint = A blank line begins a new paragraph. “# ” begins the title, “## ” a heading, “- ” an item of a list; **two stars** make words bold, and [words](https://…) a link.
wording-preview = Preview
wording-variables = What you can insert
mail-variable-programme = the programme’s name
mail-variable-first-name = the member’s first name. Where it is not known, it is left out together with the space or comma before it.
mail-variable-contact = the help contact from the programme’s settings, or “your HR department”
mail-variable-until = until when the link works
mail-variable-ends-on = the last day of access, such as 14 May 2026
mail-variable-days-left = how long that is from today, such as 7 days
mail-variable-closed-on = the day on which the account was closed
mail-variable-button = the button, on a line of its own. It leads to where the member has to go, so every mail keeps it.
wording-shown = Preview
wording-shown-subject = Subject:
wording-screen = Show it
wording-screen-light = on a light screen
wording-screen-dark = on a dark screen
wording-screen-text = without HTML
wording-not-shown = It can be shown once what is marked is put right.
wording-example = Test mail
wording-example-text = Goes to { $email } with the words that are saved, made up as in the preview.
wording-example-send = Send me a test mail
wording-reset = Go back to the standard text
wording-reset-title = Go back to the standard text?
wording-reset-text = Your own text for this mail, in this language, is given up. The audit log keeps it.
said-wording-saved = Saved. The next mail goes with this text.
said-wording-reset = The mail has its standard text again.
said-example-sent = The test mail is on its way to you.

# What can be wrong.
flaw-wording-empty = Write something here.
flaw-wording-too-long = Write at most { $n } characters.
flaw-wording-lines = A subject is a single line.
flaw-wording-unknown = { $name } is not known here. You can insert { $known }.
flaw-wording-unclosed = Something begins with two curly brackets and does not end with them.
flaw-wording-logic = Only what can be inserted may stand in curly brackets; conditions and comments are not possible.
flaw-wording-button = The mail needs the button exactly once: put { "{{ button }}" } on a line of its own.

# The audit log.
audit-area-mail = mails
audit-mail-reworded = Worded a mail to members
audit-mail-reset = Went back to the standard text of a mail
audit-mail-example-sent = Sent themselves a test mail
setting-subject = Subject
setting-text = Text
