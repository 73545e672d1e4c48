"""The files that documents are made from: templates, where they are found and the one way in which they fail; the
examples that a new plan starts from; the letterhead.

The example of a template is `templates/work-plan/sample.yaml`; further ones with other tables are
`templates/samples/kpi.yaml`, each with a line that says what it is for.

The letterhead of a workspace is the words and pictures that its own `base.docx` prints at the top and the foot of the
pages. A sign-off seals them; styles, margins and fonts it does not, as they change no word of what was signed."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from qmsplan.diagnostics import TOO_LARGE, Message, ReadError
from qmsplan.load.files import read_bytes

BODY = "body.xml.j2"
AUDIT, REPORT, REVIEW, PROGRAMME = "audit", "report", "review", "programme"
"""The templates of papers that are made from several plans: the auditor's working paper, periodic reports, the input to
the management review, the programme of an internal audit. No plan can name them."""
_OWN = frozenset({AUDIT, REPORT, REVIEW, PROGRAMME})
LARGEST = 1024 * 1024
"""Bytes a template may have."""
UNREADABLE = "unreadable"
"""Stands for the digest of a template that can't be read: it is that of no sign-off."""

LINE = "_line"
"""The attribute in which `fill` leaves the template's line."""

_NAME = re.compile(r"[a-z0-9-]{1,64}")
_PACKAGE = Path(__file__).parents[1]


class Template(NamedTuple):
    """The source of one document template and the name of its file as shown to users."""

    name: str
    file: str
    source: str
    digest: str = ""
    """The digest of a workspace's own template that sign-offs seal, `sha256:3f…`; "" for the words of ours."""


class BrokenTemplateError(Exception):
    """A template can't make the document; `line` counts from 1 in the template's own file, `columns` are those of the
    name that is at fault, `(4, 8)` for the first four letters behind `{{ `."""

    def __init__(
        self, file: str, line: int, message: Message, hint: Message | None = None, columns: tuple[int, int] = (1, 1)
    ) -> None:
        super().__init__(f"{file}:{line}: {message.template}")
        self.file = file
        self.line = line
        self.columns = columns
        self.message = message
        self.hint = hint


def find_template(name: str, workspace_folder: Path | None = None) -> Template | None:
    """The template of a name, or None: a workspace's own folder of templates goes before the built-in one."""
    if not _NAME.fullmatch(name):
        return None
    for folder in _folders(workspace_folder):
        if (path := folder / name / BODY).exists():
            source = _read(path)
            return Template(name, path.as_posix(), source, own_digest(name, source))
    return None


def own_digest(name: str, source: str) -> str:
    """The digest of a workspace's own template that sign-offs seal; "" for one with the words of the built-in one of
    its name, which prints the same wherever it lies."""
    ours, digest = built_in() / name / BODY, source_digest(source)
    return "" if ours.is_file() and source_digest(_read(ours)) == digest else digest


def source_digest(source: str) -> str:
    """The digest of a template's words; line ends do not matter, as git may change them."""
    text = unicodedata.normalize("NFC", "\n".join(source.removeprefix("\ufeff").splitlines()))
    return f"sha256:{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def template_digests(workspace_folder: Path | None = None) -> dict[str, str]:
    """The templates for plans by name, each with the digest of a workspace's own one; "" for a built-in one,
    `UNREADABLE` for one that can't be read, which `render` tells."""
    own = {name: one.digest if one else UNREADABLE for name, one in _own_templates(workspace_folder).items()}
    return dict.fromkeys(template_names(workspace_folder), "") | own


def _own_templates(workspace_folder: Path | None) -> dict[str, Template | None]:
    """The workspace's own templates for plans by name; None for one that can't be read."""
    found: dict[str, Template | None] = {}
    for name in template_names(workspace_folder) if workspace_folder else ():
        if workspace_folder and (workspace_folder / name / BODY).exists():
            try:
                found[name] = find_template(name, workspace_folder)
            except BrokenTemplateError:
                found[name] = None
    return found


_CODE = re.compile(r"\{[{%](.*?)[}%]\}", re.DOTALL)
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_TELLS = re.compile(r"\b(?:target|unsaid|tells_targets)\b")
"""What a template calls targets, or what is left to say of them."""
_ANY_FIELD = re.compile(
    r"\[\s*[^\s'\"\d:-]|\|\s*(?:attr|dictsort|groupby|items|map|pprint|string|tojson|xmlattr)\b|\.(?:items|values|get)\(|\bfacts\b"
)
"""What may print any field, so that nobody can say from the template alone whether targets are among them."""
_TABLE = re.compile(r"\|\s*table\b")


def templates_telling_targets(workspace_folder: Path | None = None) -> dict[str, bool]:
    """The workspace's own templates by name: False for one that prints no target of any item, True for one that prints
    them, or may. Those that leave it to the plan's own table (`plan|table`) are left out, as built-in ones are."""
    own = _own_templates(workspace_folder).items()
    told = {name: _tells_targets(one.source) for name, one in own if one and one.digest}
    return {name: tells for name, tells in told.items() if tells is not None}


def _tells_targets(source: str) -> bool | None:
    """Whether a template prints targets; None if the plan's table decides."""
    code = " ".join(match[1] for match in _CODE.finditer(_COMMENT.sub("", source)))
    if _TELLS.search(code) or _ANY_FIELD.search(code):
        return True
    return None if _TABLE.search(code) else False


def template_names(workspace_folder: Path | None = None) -> tuple[str, ...]:
    """The names of templates for plans, in order."""
    paths = (path for folder in _folders(workspace_folder) for path in folder.glob(f"*/{BODY}"))
    return tuple(sorted({path.parent.name for path in paths if _NAME.fullmatch(path.parent.name)} - _OWN))


def own_template(name: str, workspace_folder: Path | None = None) -> Template:
    """`AUDIT`, `REPORT`, `REVIEW` or `PROGRAMME`, the workspace's own first."""
    template = find_template(name, workspace_folder)
    assert template  # noqa: S101  built in
    return template


def _folders(workspace_folder: Path | None) -> tuple[Path, ...]:
    return (workspace_folder, built_in()) if workspace_folder else (built_in(),)


def built_in() -> Path:
    """Our own folder of templates: inside the wheel, or at the top of a source checkout."""
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parents[1] / "templates"


def _read(path: Path) -> str:
    try:
        content = read_bytes(path, LARGEST)
    except ReadError as fault:
        if fault.code is TOO_LARGE:
            message = Message("the template is larger than {size} bytes", size=LARGEST)
            raise BrokenTemplateError(path.as_posix(), 1, message) from None
        raise BrokenTemplateError(path.as_posix(), 1, fault.message, fault.hint) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BrokenTemplateError(path.as_posix(), line, Message("the template is not UTF-8")) from None


SAMPLES = "samples"
"""The folder of examples that are none of a template's own."""
SAMPLE_UNITS = ("Văn phòng", "Phòng Nghiệp vụ")
"""The units that our examples name, in whose place a workspace has units of its own."""


class Sample(NamedTuple):
    """A plan to start from: its name, as typed after `--template`, and its file."""

    name: str
    path: Path
    is_own: bool

    @property
    def text(self) -> str:
        """The plan as typed, without the comments above it."""
        return re.sub(r"\A(?:#.*\n|\n)*", "", _typed(self.path))

    def purpose(self, language: str) -> str:
        """What it is for, in a language: the comment `# vi: …` above it, or its first comment, or its title."""
        text = _typed(self.path)
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


def _typed(path: Path) -> str:
    return path.read_text("utf-8-sig", errors="replace").replace("\r\n", "\n")


BASE = "base.docx"
"""The Word file in the folder of templates that all documents are written into."""
LARGEST_BASE = 16 * 1024 * 1024
"""Bytes of a base document: letterheads have pictures."""

_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml", re.IGNORECASE)
_PICTURE = re.compile(r"word/media/", re.IGNORECASE)
_WORDS = re.compile(r"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<")
"""The text of runs, whatever prefix the file gives Word's namespace."""


def letterhead_digest(workspace_folder: Path) -> str:
    """The digest of the letterhead in a folder of templates, `sha256:3f…`; "" where there is none, `UNREADABLE` for a
    file that can't be read, which `render` tells."""
    path = workspace_folder / BASE
    if not (path.exists() or path.is_symlink()):
        return ""
    try:
        return digest_of_letterhead(read_bytes(path, LARGEST_BASE))
    except ReadError:
        return UNREADABLE


def digest_of_letterhead(content: bytes) -> str:
    """The digest of the letterhead in the bytes of a base document; "" if it prints nothing but the page number."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = sorted(package.namelist())
            words = [_words(_part(package, name)) for name in names if _MARGIN.fullmatch(name)]
            pictures = sorted(sha256(_part(package, name)).hexdigest() for name in names if _PICTURE.match(name))
    except (OSError, ValueError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        return UNREADABLE
    printed = [*sorted(filter(None, words)), *pictures]
    return "sha256:" + sha256("\n".join(printed).encode()).hexdigest() if printed else ""


def _words(part: bytes) -> str:
    """The words of a header or footer without numbers of pages, which Word keeps as it last showed them."""
    from html import unescape  # here and not above: 1 ms that only a letterhead of one's own has a use for

    texts = _WORDS.findall(part.decode("utf-8", "replace"))
    text = unicodedata.normalize("NFC", unescape("".join(texts)))
    return "" if text.strip(" -–").isdigit() else " ".join(text.split())


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(LARGEST_BASE)
