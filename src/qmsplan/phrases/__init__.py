"""Vietnamese phrases to values: deadlines, targets, and who is responsible; and the items of a plan with what they
inherit."""
