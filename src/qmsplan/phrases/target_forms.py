"""What a target may look like, and what is none: rows, each with what it means and a phrase that has it.

A pattern is one of `target_tokens`; the functions of `target_meanings` make a target of what it caught."""

from __future__ import annotations

from typing import Any

from qmsplan.phrases import target_meanings as meant
from qmsplan.phrases.tables import PhraseRow, table_beside
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_cues import CUE_SLOTS

SLOTS = {
    "value": "{number}(?:{open}{^number,open,close}{1,5}{close})?",
    "amount": "{value}{unitword}(?:{slash}{unitword}|{more}{scale}{1,2}{unit,single,word}{1,2})*{again}",
    "unitword": CUE_SLOTS["unitword"],
    "percentage": "{value}{percent,points}(?:{slash}{unitword})*{again}(?!{percent})",
    "again": "(?:{open}{number}{unitword}?{close})?",
    "said": CUE_SLOTS["said"],
    "by": "{aim,least,more,from,mean,roughly}{0,3}",
    "till": "(?:{to}|{dash}){less}?",
    "until": "(?:{^number,stop,comma,and,upto,downto,reduce,increase,up}|{time}{number}){0,8}?{reduce,increase}?",
    "changing": "{reduce,increase}",
    "about": "{^number,stop,reduce,increase,up,upto,downto,most,less}{1,60}?",
    "unbroken": "{^number,stop,comma,reduce,increase,up,upto,downto,most,less,least,more,sign}{1,60}?",
    "within": "{^number,stop,comma,reduce,increase,up,upto,downto,most,less,least,more,sign,aim,share}{1,60}?",
    "remark": "{^number,close,least,more,most,less,sign,share,subset}{0,12}?",
    "held": "{^number,stop,comma,most,less,least,more,sign}{0,60}?",
    "thing": "{word,unit,single,quality,noun,verb,curb,mean}",
    "words": "{^number,stop,comma}{0,12}?",
    "beginning": "{aim,verb,strive,each,stop,comma,and,odd,dash}",
    "direction": "{quality,aim,reduce,increase,strive,first,highest,curb,up,verb,earlier}",
    "counts": "(?={^close}*{number})",
    "places": "{place,rank}{1,2}",
    "timed": "(?:{^number,stop,comma}|{time}{number}){0,9}?",
    "end": "(?={base,case,stop,comma,close,and,condition,open,purpose}|{link=tại|ở}|$)",
}
"""Patterns that rows use by name, beside the kinds of words."""


DIRECTION = PhraseRow(
    "{direction}",
    meant.qualitative,
    "nâng cao chất lượng",
    "a direction without a number: understood, but not measurable",
)
"""The last row: it counts only where no other form fits."""

LONE = PhraseRow(
    "{value} (?!{time}(?!{slash}{time})|{duration}|{age}) {unitword}(?:{slash}{unitword})* {again}",
    meant.compared,
    "thu nhập bình quân đầu người 51 triệu đồng",
    "the only amount of its sentence, or of the part before or behind a comma: at least so much",
)
"""Counts only if nothing else is asked for beside it; see `target_leftovers`."""

WITHIN = PhraseRow(
    "{inside} {value} {time,duration} (?:{slash}(?!{time}){unitword})* (?!{slash})",
    meant.within,
    "phản hồi kiến nghị trong vòng 48 giờ",
    "a length of time that nothing else stands beside: at most",
)
"""Counts only if nothing else is asked for in its sentence: `95% hồ sơ được xử lý trong vòng 2 ngày` is a share."""

_TABLE = table_beside(__file__)


def _rows(name: str) -> tuple[PhraseRow[Any], ...]:
    """The rows of one part of the table."""
    return tuple(
        PhraseRow(row["pattern"], getattr(meant, row["meaning"]), row["example"], row.get("means", ""))
        for row in _TABLE[name]
    )


NO_TARGETS = _rows("traps") + _rows("faults")
"""Numbers that are no targets (`dưới 40 tuổi` is an age, `mức độ 3` a name) and slips (`giảm 10% so với`), which come
before all forms."""
FORMS: tuple[PhraseRow[Target], ...] = (*_rows("forms"), WITHIN, LONE, DIRECTION)
"""What a target may look like. The first row that fits at a place counts."""

ASKING = frozenset(row.pattern for row in FORMS[:-3])
"""The forms that ask for something by their own words."""
