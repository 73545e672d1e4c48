"""How arguments and options are told to typer. Apart from `parameters`, so that commands which answer with a few lines
need not load what reads a workspace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import typer


def option(name: str, metavar: str, told: str, complete: Callable[..., Any] | None = None) -> Any:
    """An option that takes a value; `told` is its help, `complete` gives what a shell offers."""
    return typer.Option(name, metavar=metavar, autocompletion=complete, help=told)


def argument(metavar: str, told: str, complete: Callable[..., Any] | None = None) -> Any:
    """An argument; as with `option`."""
    return typer.Argument(metavar=metavar, autocompletion=complete, help=told)


def flag(name: str, told: str) -> Any:
    """An option that takes no value."""
    return typer.Option(name, help=told)


AnswerFormat = Annotated[
    Literal["text", "json"], typer.Option("--format", metavar="text|json", help="How the answer is written.")
]
"""`--format` of the commands that answer with a few lines."""
