# Entries that several pages ask for.
entry-email = E-mail address
entry-your-email = Your e-mail address
entry-name = Name
entry-your-name = Your name
entry-password = Password
entry-new-password = New password
entry-current-password = Current password
entry-language = Language
entry-role = Role
entry-programme = Name of the programme
entry-programme-hint = What your members know it by, such as “Acme Rewards”.
entry-time-zone = Time zone
entry-time-zone-hint = A new day begins at midnight there, and times are shown in it.
entry-code = Code
entry-code-hint = The six digits from your authenticator app, or one of your recovery codes.
password-rules = At least 12 characters, and neither your name, your address nor one that anybody would try. Three or four words in a row are fine.
language-en = English
language-de = Deutsch
save = Save
close = Close
change = Change
copy = Copy
copied = Copied
download = Download
print = Print
on = on
off = off
yes = yes
no = no

# Errors of forms.
form-wrong = { $n ->
    [one] Something has to be put right. Nothing was saved.
   *[other] { $n } things have to be put right. Nothing was saved.
}
flaw-missing = Something has to be entered here.
flaw-too-long = This is too long.
flaw-control-character = Enter one line of ordinary text.
flaw-slug-invalid = Use 1 to 40 small letters, digits and hyphens.
flaw-slug-reserved = This word is taken by an address of Rollcall’s own. Choose another.
flaw-time-zone-unknown = There is no such time zone.
flaw-email-invalid = This is not an e-mail address.
flaw-same-address = You sign in with this address. Enter another one.
flaw-already-here = This person looks after the programme already.
flaw-email-known = There is an administrator with this address already.
flaw-password-too-short = Use at least 12 characters.
flaw-password-too-long = Use at most 256 characters.
flaw-password-like-person = This is too close to your name or e-mail address. Choose something that has nothing to do with you.
flaw-password-like-programme = This is too close to the programme’s name. Choose something that has nothing to do with it.
flaw-password-common = This is among the first passwords that anybody would try. Choose another.
flaw-password-wrong = The password is not right.
flaw-too-many-attempts = There were too many attempts. Wait a while, then try again.
flaw-code-wrong = The code is not right, or was used before. Enter the newest one.
flaw-second-factor-on = The second factor is switched on already. Switch it off first.
flaw-second-factor-not-begun = Begin with a new key, then enter its code.
flaw-last-owner = This is the programme’s last owner. Make somebody else an owner first.
flaw-not-there = This is not there any more.
flaw-link-unknown = This link is not known.
flaw-link-used = This link was used already.
flaw-link-expired = This link has expired.
flaw-link-replaced = A newer link took the place of this one.
flaw-link-suspended = Your access is being checked.
flaw-not-typed = This is not what was asked for.
flaw-invitation-days = Enter a number of days from 1 to 90.
flaw-too-many-invitation-reminders = Choose at most 3 days.
flaw-reminder-after-end = Each reminder has to go while the link works.
flaw-no-scopes = Choose at least one thing that the token may do.
flaw-in-the-past = Choose a time that is still to come.
flaw-not-a-day = Enter a day, such as 2026-11-23.
flaw-too-far-away = This is too far away.
flaw-not-utf8 = The text is not in UTF-8. Save the file as “CSV UTF-8” and try again.
flaw-not-a-table = This is no table with a heading and a line for each person.
flaw-no-email-column = No column is headed E-mail Address. Use the template’s headings.
flaw-too-many-lines = A file may have at most 100,000 people. Split it.
flaw-joiners-not-typed = Type exactly how many members are added.
flaw-excluded-already = This employee ID is excluded already.
flaw-not-a-name = Enter one line of at most 100 characters.
flaw-not-a-time-zone = There is no such time zone.
flaw-not-a-colour = Choose a colour such as #14553f.
flaw-too-pale = White writing cannot be read on this colour. Choose a darker one.
flaw-not-an-address = This is not an e-mail address.
flaw-not-a-link = Enter an address that begins with https://.
flaw-not-a-number = Enter a whole number, such as 10.
flaw-share-too-large = Enter a share from 0 to 100%.
flaw-notice-hours = Enter a number of hours from 0 to 168.
flaw-notice-after-close = The account would be closed before the notice goes. Choose fewer hours, or a later closing day.
flaw-reminder-days = Enter the days as whole numbers with commas between.
flaw-too-many-reminders = Choose at most 5 days.
flaw-reminder-after-close = Each reminder has to go before the closing day.
flaw-close-day = Enter a day from 1 to 365.
flaw-not-theirs = That is neither their employee ID nor their e-mail address. Type one of the two exactly.
flaw-nobody = Nobody with this employee ID or e-mail address is kept out at their own wish. Type it as it was when the account was closed.
flaw-erase-days = Enter a number from 0 to 30.
flaw-rejected-days = Enter a number from 1 to 365.
flaw-people-months = Enter a number of months from 3 to 120.
flaw-audit-years = Enter a number of years from 1 to 30, or nothing.

# First run.
first-run-title = Welcome to Rollcall
first-run-text = Name your programme and make yourself its owner. Then you connect your HR system. This link works once, for 30 minutes.
first-run-make = Begin
first-run-used = Rollcall is set up already
first-run-used-text = There is an administrator by now. Sign in, or ask an owner to invite you.
first-run-dead = This link has expired
first-run-dead-text = A link for the first run works once, for 30 minutes. Start the server again: it prints a new one.

# Signing in.
sign-in = Sign in
sign-in-title = Sign in
sign-in-forgotten = Forgotten your password?
sign-in-refused = That did not work.
sign-in-refused-text = The e-mail address and the password do not belong together. Check both, and try again.
sign-in-no-account = New here? An owner of your programme can invite you.
back-to-sign-in = Back to signing in
second-factor-title = One more step
second-factor-other = Use another account
second-factor-lost = Lost your phone and your recovery codes? An owner of your programme can remove you and invite you again.
wait-title = Too many attempts
wait-minutes = { $n ->
    [one] Wait a minute, then try again.
   *[other] Wait { $n } minutes, then try again.
}
wait-text = This makes guessing passwords slow. It says nothing about whether the address or the password was right.
said-signed-out = You are signed out.
said-sign-in-expired = That took too long. Sign in again.
said-password-reset = Your new password is saved, and you are signed out everywhere. Sign in with it.

# Forgotten password.
forgotten-title = Choose a new password
forgotten-text = Enter the address that you sign in with. We send you a link.
forgotten-send = Send me a link
forgotten-under-way = If an administrator signs in with { $email }, a link is on its way there. It works for an hour.
under-way-title = Check your inbox
under-way-text = Nothing there after a few minutes? Look in your spam folder, and check that the address is right.
reset-title = Choose a new password
reset-text = For { $email }. Saving it signs you out everywhere.
reset-keep = Save the new password
reset-used = This link was used already. If it was not you who used it, ask for another at once.
reset-expired = A link for a new password works for an hour.
reset-again = Ask for another link
link-dead = This link does not work
link-unknown = It may be cut off, or a newer one took its place. Open the newest mail and follow its link from there.
link-again = Send me a new one

# Invitations.
invitation-title = Help look after { $programme }
invitation-by = { $person } invites you.
invitation-nobody = You are invited.
invitation-unknown-text = It may be cut off, or a newer one took its place. Open the newest mail and follow its link from there, or ask whoever invited you to send another.
invitation-known = You have an account already. Enter its password to accept.
invitation-accept = Accept the invitation
invitation-expired = This link has expired
invitation-expired-text = An invitation works for seven days. We can send a new one to the same address.
invitation-used = This invitation was used already
invitation-used-text = Sign in with the password that you chose.
invitation-under-way = If the invitation still stands, a new link is on its way to the address that had the first.
role-may-owner = As an owner you may do everything.
role-may-integrations = You set integrations up, run imports and answer those on hold.
role-may-members = You look after members and answer questions about them.
role-may-read-only = You may look at everything that concerns members and imports, and change nothing.

# Several programmes.
programmes-title = Your programmes
programmes-none = You look after no programme
programmes-none-text = Your place was taken away, or an invitation was never accepted. Ask an owner to invite you.
