"""Vietnamese phrases to values: deadlines, targets, and who is responsible; and the items of a plan with what they
inherit.

Each kind of phrase has a module with its values, one with its entry, and the stops between, in the order in which a
phrase passes them:

| stop | `deadline*` | `target*` | `people*` |
|---|---|---|---|
| the values | `deadline` | `target` | `people`, `people_words` |
| the entry | `deadline_parse` | `target_parse` | `people_parse` |
| one spelling, parts | `deadline_text` | `target_tokens` | `people_text` |
| the words known | `calendar_words` | `target_vocabulary` | `people_words`, `unit_names` |
| what words around change | | `target_cues`, `target_numbers` | |
| which form fits, or none | `_forms`, `_events`, `calendar_parse` | `target_forms` | `people_find` |
| what it means | `deadline_forms` | `target_forms`, `_parts`, `_context`, `_times` | `people_parse` |
| what speaks against it | `deadline_text` | `target_leftovers`, `_doubts` | `people_parse` |

`item_tree` puts them together for the items of a plan."""
