# Help: the frame around its texts.
help-title = Help
help-contents = All help pages
help-to-portal = To the portal
help-problems = All problems
help-part-start = Begin
help-part-work = Day to day
help-part-look-up = Look up
help-part-operators = For operators and programs
help-language = This page is only in English so far.
help-table = Table: { $name }
