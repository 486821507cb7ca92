# Help. Its texts are in English; this is the frame around them.
help-title = Help
help-contents = All help pages
help-to-portal = To the portal
help-problems = All problems
help-part-start = Begin
help-part-work = Day to day
help-part-look-up = Look up
help-part-operators = For operators and programs
help-language = Help is written in English so far.
