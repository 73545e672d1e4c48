"""The language that users read: gettext catalogues, chosen once by the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmsplan.diagnostic import Text

LANGUAGES = ("vi", "en")
DEFAULT = "vi"
_FOLDER = Path(__file__).with_name("locale")


def translator(language: str) -> Callable[[str], str]:
    """The catalogue of a language as a function; English sentences are their own keys."""
    if language == "en":
        return str
    import gettext

    return gettext.translation("qmsplan", _FOLDER, [language]).gettext


def sentence(text: Text, translate: Callable[[str], str]) -> str:
    """A `Text` in words. Values go in by name, so catalogues may reorder them; braces inside values stay as typed.

    A text without values may hold braces of its own."""
    words = translate(text.template)
    return words.format_map(dict(text.values)) if text.values else words


def choose(*wishes: str | None) -> str:
    """The first wish that names a language we speak: `vi`, `en_GB.UTF-8` …; Vietnamese if none does."""
    for wish in wishes:
        code = (wish or "")[:2].lower()
        if code in LANGUAGES:
            return code
    return DEFAULT
