"""Vietnamese phrases to values: deadlines, targets and who is responsible; each a lexicon, forms and a parser."""
