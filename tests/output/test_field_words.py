"""What people call a field of a plan."""

from __future__ import annotations

from qmsplan.diagnostics import Translator
from qmsplan.model.plan import Head, Item, Plan, Signatory
from qmsplan.output.diff import field_word
from rows import each_row

FIELDS = [
    *((name,) for name in (*Plan.model_fields, *Item.model_fields)),
    *(("head", name) for name in Head.model_fields),
    *(("signatory", name) for name in Signatory.model_fields),
]


@each_row("field", FIELDS)
def test_no_field_is_told_by_its_key(field: tuple[str, ...]) -> None:
    in_files = ".".join(field)
    words = field_word(field, Translator("vi"))
    assert words not in {in_files, field[-1], field[-1].replace("_", " ")}
    assert "_" not in field_word(field, Translator("en"))
