"""Vietnamese phrases to values: deadlines, targets, and who is responsible; and the items of a plan with what they
inherit.

Each kind of phrase has a module with its values, one with its entry, and the stops between, in the order in which a
phrase passes them:

| stop | `deadline*` | `target*` | `people*` |
|---|---|---|---|
| the values | `deadline` | `target` | `people`, `people_roles` |
| the entry | `deadline_parse` | `target_parse` | `people_parse` |
| one spelling, parts | `deadline_cut` | `target_patterns` | `people_text` |
| the words known | `calendar_words` | `target_lexicon` | `people_words`, `unit_names` |
| no value at all | | `target_numbers`, `target_meanings` | |
| which form fits | `tables`, `calendar_parse` | `target_numbers`, `_cues` | `people_find` |
| what it means | `_forms`, `_events`, `_days` | `_meanings`, `_read`, `_times` | `people_roles` |
| what speaks against it | `deadline_against` | `target_left`, `_doubt` | `people_parse` |

`item_tree` puts them together for the items of a plan."""
