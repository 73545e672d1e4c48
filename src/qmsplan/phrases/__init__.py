"""Vietnamese phrases to values: deadlines, targets, and who is responsible; and the items of a plan with what they
inherit.

Each kind of phrase has a module with its values, one with its entry, and the stops between, in the order in which a
phrase passes them:

| stop | deadline (`Quý III năm 2026`) | target (`>98%`) | people (`Phòng A chủ trì`) |
|---|---|---|---|
| the values | `deadline` | `target` | `people`, `people_mention` |
| the entry | `deadline_parse` | `target_parse` | `people_parse` |
| one spelling, parts | `deadline_cut` | `target_plain`, `target_tokens` | `people_text` |
| the words known | `calendar_words` | `target_lexicon`, `target_words` | `people_words`, `unit_names` |
| which form fits | `tables`, `calendar_parse` | `target_scan`; `target_codes`, `target_traps`: no targets | `people_find` |
| what it means | `deadline_forms`, `_events`, `_days` | `target_meanings`, `target_read`, `_pairs`, `_times` | `people_roles` |
| what speaks against it | `deadline_against` | `target_left`, `target_doubt`, `target_slips` | findings of `people_parse` |

`item_tree` puts them together for the items of a plan."""
