"""Plans to start from: the example of each template (`templates/work-plan/sample.yaml`), and further ones with other
tables (`templates/samples/kpi.yaml`), each with a line that says what it is for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from qmsplan.documents.template import built_in, template_names

SAMPLES = "samples"
"""The folder of examples that are none of a template's own."""
SAMPLE_UNITS = ("Văn phòng", "Phòng Nghiệp vụ")
"""The units that our examples name, in whose place a workspace has units of its own."""
_NAME = re.compile(r"[a-z0-9-]{1,64}")


class Sample(NamedTuple):
    """A plan to start from: its name, as typed after `--template`, and its file."""

    name: str
    path: Path
    is_own: bool

    @property
    def text(self) -> str:
        """The plan as typed, without the comments above it."""
        return re.sub(r"\A(?:#.*\n|\n)*", "", _read(self.path))

    def purpose(self, language: str) -> str:
        """What it is for, in a language: the comment `# vi: …` above it, or its first comment, or its title."""
        text = _read(self.path)
        comments = re.findall(r"(?m)^# *(.*)", (re.match(r"(?:#.*\n|\n)*", text) or [""])[0])
        words = [line for line in comments if not line.startswith("yaml-language-server")]
        told = next((line[3:].strip() for line in words if line.startswith(f"{language}:")), None)
        title = re.search(r"(?m)^  title: *(.*)", text)
        return told or next(iter(words), "") or (title[1] if title else "")


def samples(workspace_folder: Path | None = None) -> dict[str, Sample]:
    """The plans to start from by name: those of templates, then the others. A workspace's own goes before ours."""
    folders = [folder for folder in (workspace_folder, built_in()) if folder]
    found: dict[str, Sample] = {}
    for folder in folders:
        paths = [(name, folder / name / "sample.yaml") for name in template_names(workspace_folder)]
        paths += [(path.stem, path) for path in sorted((folder / SAMPLES).glob("*.yaml"))]
        for name, path in paths:
            if _NAME.fullmatch(name) and path.is_file():
                found.setdefault(name, Sample(name, path, folder != built_in()))
    return found


def _read(path: Path) -> str:
    return path.read_text("utf-8-sig", errors="replace").replace("\r\n", "\n")
