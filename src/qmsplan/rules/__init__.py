"""Rules on plans, one family a file; `check.catalogue` lists them all. `pages/QPxxx.md` specifies each: its examples
are its test, `explain` prints it.

Nothing is imported here: a command that needs one rule loads that rule's family alone."""
