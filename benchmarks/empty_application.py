"""Prints an empty typer application of the size of qmsplan: its commands with their arguments and options, of the same
names, types and help, which do nothing: `python benchmarks/empty_application.py > empty.py`. With `--plain` its help is
printed without rich, as qmsplan's is; typer's own way is with rich."""

from __future__ import annotations

import sys
from inspect import formatannotation, getsource
from typing import Any

from typer.models import OptionInfo

from qmsplan.cli import options
from qmsplan.cli.app import COMMANDS
from qmsplan.cli.commands import WORK_BY_COMMAND

HEAD = """from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Optional

import typer

app = typer.Typer({settings})

"""


def parameter(name: str, kind: str, told: Any) -> str:
    """A parameter of a function: `plan: Annotated[list[str] | None, typer.Option(…)] = None`."""
    kind = kind.replace("pathlib.", "").replace(f"{options.__name__}.", "")
    sort = "Option" if isinstance(told, OptionInfo) else "Argument"
    names = "".join(f"{one!r}, " for one in told.param_decls or ())
    default = {"...": "...", "PosixPath('.')": "Path()"}.get(repr(told.default), repr(told.default))
    if kind.startswith("Literal") and told.default is None:
        default = kind.removeprefix("Literal[").partition(",")[0]
    ending = "" if told.default is ... else f" = {default}"
    return f"    {name}: Annotated[{kind}, typer.{sort}({names}metavar={told.metavar!r}, help={told.help!r})]{ending},"


def main() -> None:
    """Writes the program."""
    settings = "rich_markup_mode=None, pretty_exceptions_enable=False" if "--plain" in sys.argv else ""
    print(HEAD.format(settings=settings) + getsource(options.StatusFailOn))
    for name, told in COMMANDS.items():
        asked: Any = WORK_BY_COMMAND[name].options
        fields = {one: formatannotation(kind) for one, kind in asked.__annotations__.items()} if asked else {}
        taken = [parameter(one, kind, asked._field_defaults[one]) for one, kind in fields.items()]
        taken.sort(key=lambda line: line.endswith(" = None,") or "] = " in line)
        arguments = "\n".join(taken)
        print(f"\n@app.command({name!r}, help={told!r})\ndef {name.replace('-', '_')}_(\n{arguments}\n):\n    pass\n")
    print('if __name__ == "__main__":\n    app()')


if __name__ == "__main__":
    main()
