# What administrators set for themselves.
account-title = My sign-in
account-back = ← { $where }
account-profile = Name and language
account-password = Password
account-password-text = A new password signs you out everywhere but here.
account-password-change = Change the password
account-factor = Second factor
account-factor-text = With a second factor you also enter a code from your phone when you sign in. A stolen password alone then opens nothing. You need an authenticator app.
account-factor-begin = Set up a second factor
account-factor-on = You enter a code from your authenticator app when you sign in.
account-codes-left = { $n ->
    [0] You have no recovery codes left.
    [one] You have one recovery code left.
   *[other] You have { $n } recovery codes left.
}
account-codes-new = You can have new ones at any time; these then no longer work.
account-codes-renew = New recovery codes
account-factor-stop = Switch the second factor off
account-sessions = Where you are signed in
session-where = Device
session-address = Network address
session-began = Since
session-seen = Last used
session-this = this one
session-device = { $browser } on { $system }
session-unknown = Unknown device
session-only = You are signed in nowhere else.
session-end = { $n ->
    [one] Sign out of the other one
   *[other] Sign out of the { $n } others
}
zone-note = Times in { $zone }.
said-profile-saved = Name and language are saved.
said-password-changed = Your password is changed. You are signed out everywhere else.
said-sessions-ended = You are signed out everywhere else.
said-factor-off = The second factor is switched off. Your recovery codes no longer work.

# Setting a second factor up.
factor-title = Set up a second factor
factor-scan = Point your authenticator app at this picture.
factor-qr = A QR code with the key for your authenticator app
factor-type = Or type this key into the app:
factor-code-hint = The six digits that the app shows now.
factor-confirm = Switch it on
codes-title = Keep these recovery codes
codes-on = The second factor is switched on.
codes-renewed = These are your new recovery codes. Earlier ones no longer work.
codes-text = Without your phone, one of these codes lets you in instead, each of them once. Keep them where you keep your passwords: they are not shown again.
codes-file = Rollcall recovery codes for { $email }. Each works once.
codes-kept = I have kept them
