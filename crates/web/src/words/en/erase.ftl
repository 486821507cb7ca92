erase-title = Erase { $name }
erase-crumb = Members
erase-goes = What goes
erase-values = { $n ->
    [one] { $n } value: their name, address and whatever else is known of them
   *[other] { $n } values: their name, address and whatever else is known of them
}
erase-changes = { $n ->
    [one] what { $n } import changed about them
   *[other] what { $n } imports changed about them
}
erase-problems = { $n ->
    [one] what stood in { $n } problem
   *[other] what stood in { $n } problems
}
erase-mails = { $n ->
    [one] the recipient and text of { $n } mail
   *[other] the recipients and texts of { $n } mails
}
erase-decisions = { $n ->
    [one] { $n } answer to who they are
   *[other] { $n } answers to who they are
}
erase-signing-in = their password and sessions, and whatever the log says of them
erase-stays = What stays
erase-stays-trace = A code that is made of their employee ID and their address, with the dates and the reason. Nobody can tell from it who they were.
erase-stays-counts = The numbers of past imports, without names.
erase-then = What happens then
erase-now = Their access is restricted at once.
erase-by = With the end of { $day } the account is closed and erased. This cannot be undone.
erase-imports = Imports leave them alone from now on, even while the HR system names them: no account, no mail. That lasts until you let them back.
erase-typed = Their employee ID or e-mail address
erase-typed-hint = So that nobody is erased by mistake.
erase-do = Erase this member
erase-keep = Keep the account
erase-closed = This account is closed. There is nothing left to erase.
erased-name = erased
back-title = Let somebody back
back-text = Whoever closes their own account, or is erased by an administrator, is left alone by imports until they wish otherwise.
back-count = { $n ->
    [0] Nobody is kept out that way at the moment.
    [one] { $n } person is kept out that way at the moment. Nobody can tell who it is.
   *[other] { $n } people are kept out that way at the moment. Nobody can tell who they are.
}
back-typed = Employee ID or e-mail address
back-typed-hint = As it was when the account was closed. The next import looks at them like at anybody else; an account that is not erased yet can be opened again.
back-do = Let them back
said-erase-begun = The account is restricted. It is closed and erased when its last day is over.
said-let-back = Imports look at them again.
close-down-back = Let somebody back who was erased on request
