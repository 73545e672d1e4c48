"""The shortest way to an answer: this workspace had nothing to tell, and nothing changed.

No YAML and no plan is read. It only ever says yes; whatever it is not sure of goes the long way, and the long way keeps
what this one needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.cli.files import MARK, find_workspace, shown, yaml_names

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PLAIN = {"--format": {"text", "github"}, "--fail-on": {"error", "warning"}}
"""The options without which, and with which, a clean workspace is answered by silence."""


def is_still_clean(arguments: Sequence[str]) -> bool:
    """True if `validate` with these arguments has nothing to print and nothing to fail for."""
    if not _is_plain(arguments):
        return False
    root = find_workspace()
    try:
        return root is not None and _is_clean(root)
    except Exception:  # noqa: BLE001  the long way will tell
        return False


def _is_plain(arguments: Sequence[str]) -> bool:
    command, *rest = arguments or ("",)
    options = dict(zip(rest[::2], rest[1::2], strict=False))
    is_known = all(value in PLAIN.get(option, ()) for option, value in options.items())
    return command == "validate" and len(rest) == 2 * len(options) and is_known


def _is_clean(root: Path) -> bool:
    from qmsplan.check.memory import Ground
    from qmsplan.cli.cache import open_cache
    from qmsplan.document.template import template_names
    from qmsplan.load.look import digest_of
    from qmsplan.load.text import decode, read_bytes

    cache = open_cache(root)
    head = cache.kept.head if cache else None
    if not cache or not head or not head.settings or head.found:
        return False
    text = decode(read_bytes(root / MARK))
    folder = root / head.plans
    if digest_of(text.encode()) != head.settings or not folder.is_dir():
        return False
    templates = frozenset(template_names(root / head.templates))
    memory = cache.memory(Ground(str(root), shown(root / MARK), text, head.plans, head.templates, templates))
    if memory.answer(tuple(yaml_names(folder))) is None:
        return False
    cache.save(memory.same())
    return True
