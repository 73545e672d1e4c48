"""The fast lane: plain `validate` and `render` without typer, which takes longer to load than the work.

It accepts only what it is sure of; everything else, every mistake and every other option goes to typer, which defines
the same commands (docs/decisions/0003). A test holds the two to the same answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


NO_CACHE = "--no-cache"


class Plain(NamedTuple):
    """A command line of names, options with one value each, and flags."""

    names: tuple[str, ...]
    options: dict[str, str]
    flags: frozenset[str]


def fast_lane(arguments: Sequence[str], language: str) -> int | None:
    """The exit code, or None if typer has to look."""
    if not arguments or arguments[0] not in _LANES:
        return None
    known, flags, command = _LANES[arguments[0]]
    plain = _plain(arguments[1:], known, flags)
    return command(plain, language) if plain else None


def _plain(arguments: Sequence[str], known: frozenset[str], flags: frozenset[str]) -> Plain | None:
    names, options, given = [], {}, set()
    waiting = iter(arguments)
    for argument in waiting:
        if argument in known and argument not in options:
            value = next(waiting, "")
            if not value or value.startswith("-"):
                return None
            options[argument] = value
        elif argument in flags:
            given.add(argument)
        elif argument.startswith("-"):
            return None
        else:
            names.append(argument)
    return Plain(tuple(names), options, frozenset(given))


def _validate(plain: Plain, language: str) -> int | None:
    from qmsplan.cli.outputs import FORMATS
    from qmsplan.cli.validate import Wish, validate
    from qmsplan.diagnostic import Severity

    told = plain.options.get
    form, fail_on, baseline = told("--format", "text"), told("--fail-on", "error"), told("--baseline")
    if form not in FORMATS or fail_on not in {"error", "warning"}:
        return None
    output, select, ignore = (_one(told(name)) for name in ("--output", "--select", "--ignore"))
    paths = tuple(map(Path, plain.names))
    file = Path(baseline) if baseline else None
    wish = Wish(paths, form, Severity(fail_on), output, select, ignore, file)
    return validate(wish._replace(remembers=NO_CACHE not in plain.flags), language)


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _render(plain: Plain, language: str) -> int | None:
    from qmsplan.cli.render import write_documents

    out = plain.options.get("--out")
    return write_documents(plain.names, Path(out) if out else None, language)


_LANES: dict[str, tuple[frozenset[str], frozenset[str], Callable[[Plain, str], int | None]]] = {
    "validate": (
        frozenset({"--format", "--fail-on", "--output", "--select", "--ignore", "--baseline"}),
        frozenset({NO_CACHE}),
        _validate,
    ),
    "render": (frozenset({"--out"}), frozenset(), _render),
}
