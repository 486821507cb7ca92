# What every page of the members' site has.
site-help = Questions? { $contact }
site-privacy = Privacy notice
site-imprint = Imprint
site-wait-text = This makes guessing slow. It says nothing about whether what you entered was right.
strength-short = Too easy to guess so far.
strength-good = Good. Longer is better.
strength-strong = Very good.

# The invitation.
welcome-title = Welcome
welcome-title-name = Welcome, { $name }
welcome-text = Choose a password, and you are a member of { $programme }.
welcome-email = You sign in with
welcome-keep = Save the password
welcome-expired = This link has expired
welcome-expired-text = Invitations work for a while only. We can send you a new one, to the address that had this one.
welcome-used = You have a password already
welcome-used-text = This invitation was used. Sign in with the password that you chose.
welcome-replaced = There is a newer link
welcome-replaced-text = A newer invitation took the place of this one. Open the newest mail, or have one sent.
welcome-suspended-text = According to your employer you are not a member at the moment. We are checking it; if it is a mistake, this link works again once it is put right.
welcome-unknown-text = It may be cut off. Open the e-mail again and follow its link from there. If you no longer have the e-mail, go on below.
welcome-under-way = If the invitation still stands, a new link is on its way to your mailbox.
said-welcome = Your password is saved, and you are signed in.

# The first time, and a forgotten password.
first-time-title = First time here?
first-time-teaser = With or without an invitation at hand, this is how you get in.
first-time-go = Get in for the first time
first-time-text = You have no password yet. Have a link sent to you, or enter the code from your letter.
first-time-by-mail = By e-mail
first-time-by-letter = With a letter
first-time-code = Code from the letter
first-time-code-hint = Twelve letters and digits, such as k7q2-mx0d-fpn4.
first-time-redeem = Go on
first-time-code-wrong = There is no such code. Compare it with the letter, letter by letter.
first-time-under-way = If { $email } belongs to a member, a link is on its way there.
site-forgotten-under-way = If a member signs in with { $email }, a link is on its way. It works for an hour.

# My account.
my-account-title = My account
my-data = My data
my-data-wrong = Something is wrong? What comes from your employer is put right there; it then changes here by itself.
my-data-all = Everything about me
my-data-file = Download
data-from = from { $source }
data-from-source = from { $source } ({ $attribute })
data-by-hand = entered by hand
data-title = Everything about me
data-text = What { $programme } holds about you.
data-happened = What happened
data-made = The account was made
data-left = You left
data-import-join = You became a member
data-import-update = An import from your employer’s records changed your data
data-import-leave = You were marked as leaving, by an import
data-import-rejoin = You became a member again
happened-by-administrator = { $what }, by an administrator
happened-by-member = { $what }, by you
happened-by-token = { $what }, by a program
happened-by-command = { $what }, by whoever runs this service
happened-by-system = { $what }, by itself
happened-member-added = The account was made by hand
happened-member-edited = Your data was changed
happened-member-left = You were marked as leaving
happened-member-reopened = The account was opened again
happened-leavers-restored = The account was opened again
happened-member-excluded = You were excluded
happened-member-exclusion-lifted = The exclusion was lifted
happened-member-locked-in = Your membership was secured for a time
happened-member-unlocked = Your membership is no longer secured
happened-member-let-go = Your membership depends on your employer’s records again
happened-member-closed-own-account = The account was set to be closed
happened-member-erased = Your data was set to be erased
happened-member-invitation-resent = The invitation was sent again
happened-member-language-chosen = A language was chosen
happened-member-address-entered = A personal address was entered
happened-member-address-confirmed = The personal address was confirmed
happened-member-address-removed = The personal address was removed
checked-title = Your access is being checked
checked-text = According to your employer you are not a member at the moment. Until that is clear, you can see what is held about you, and nothing else. If it is a mistake, tell your HR department.
leaver-title = Your access ends on { $day }
leaver-text = You are leaving. Until the end of that day you can see what is held about you and take it along; then the account is closed and your data erased. If it is a mistake, tell your HR department.
site-codes-file = Recovery codes of { $programme } for { $email }. Each works once.

# A personal address.
own-email-title = Personal e-mail address
own-email-why = Add a personal address, and mails about the end of your access go there, even when you can no longer read your mailbox at work.
own-email-entry = Personal e-mail address
own-email-add = Send a link to confirm it
own-email-change = Send a link to confirm another
own-email-remove = Remove the address
own-email-is-confirmed = confirmed
own-email-used = Mails about the end of your access go here. You sign in as before.
own-email-waits = We have sent a link to { $email }. The address counts once you follow it; the link works for a day.
own-email-confirm-title = Confirm your personal address
own-email-confirm-text = Is { $email } yours? Then mails about the end of your access go there from now on.
own-email-confirm = Yes, confirm it
own-email-expired = The link worked for a day. Enter the address in your account once more.
own-email-unknown = It was used, was replaced by a newer one, or belongs to another account.
said-own-email-asked = A link is on its way. Follow it to confirm the address.
said-own-email-confirmed = Your personal address is confirmed.
said-own-email-removed = The personal address is removed.
data-own = chosen by you

# Closing the account.
close-title = Close my account
close-teaser = Leave the programme at your own wish. What is held about you is erased.
close-text = { $n ->
    [0] Your account is closed at the end of today. This cannot be undone afterwards.
    [one] Your account is closed within a day; until then you can sign in. This cannot be undone afterwards.
   *[other] Your account is closed within { $n } days; until then you can sign in. This cannot be undone afterwards.
}
close-goes = Your name, your address and everything else that is held about you are erased.
close-stays = What stays is a code that nobody can read your name from, so that you are not invited again by mistake.
close-later = Your employer’s data stays as it is. If you want to come back, ask your HR department.
close-first = Take your data along first:
close-how = To go on, type { $email } here.
close-typed = Your e-mail address
close-now = Close my account
said-closing = Your account is closing.

# While the programme is suspended.
site-suspended = This site is closed for the moment
site-suspended-text = Your account and your data are kept, and nothing is lost. Please come back later.

# Where a page cannot be shown, and what the portal says of it would mean nothing to a member.
site-failure-other-site-text = So that nobody can act in your name, only what is sent from a page of this site itself is taken. Nothing was changed. Open the page here, and do it there once more; if that is what you did, tell the people who look after your programme.
site-failure-broken-text = Nothing was changed. Try again in a moment; if it happens again, tell the people who look after your programme.
site-failure-overloaded-text = Try again in a moment. If it goes on, tell the people who look after your programme.
site-failure-too-large-text = What you sent is larger than there is room for, and nothing of it was kept. Go back, and enter less.
