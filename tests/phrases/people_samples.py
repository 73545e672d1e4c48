"""The register of the repository's own workspace, and mentions as short rows."""

from __future__ import annotations

from pathlib import Path

from qmsplan.load.document import read_file
from qmsplan.model.settings import Settings
from qmsplan.phrases.people import Register
from qmsplan.phrases.people_words import Mention


def workspace_register() -> Register:
    """The units of `qmsplan.yaml`, whose plans are the real documents."""
    document = read_file(Path(__file__).parents[2] / "qmsplan.yaml", "qmsplan.yaml")
    assert isinstance(document.value, Settings)
    return Register(document.value.units)


REAL = workspace_register()


def told(mention: Mention) -> str:
    """`VP-STP`, `~HCBTTP` if only near, `<SKHCN>` for a group of it, `role`, `?`; `: scope` and `(remark)` behind."""
    code = mention.unit.code if mention.unit else ""
    name = {
        "unit": code,
        "near": f"~{code}",
        "group": f"<{code}>",
        "role": f"role {code}".strip(),
        "unknown": "?",
        "either": f"or {code}",
    }
    scope = f": {mention.scope}" if mention.scope else ""
    return name[mention.kind] + scope + (f" ({mention.remark})" if mention.remark else "")


def read(phrase: str, register: Register = REAL) -> list[str]:
    """All mentions of a phrase as rows."""
    return [told(mention) for mention in register.mentions(phrase)]
