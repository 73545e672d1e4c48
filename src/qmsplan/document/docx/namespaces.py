"""XML namespaces, relationship types and content types of a Word file."""

from __future__ import annotations

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
SETTING = "http://schemas.microsoft.com/office/word"
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"

MAIN = f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}/relationships"'
DRAWN = (
    f'{MAIN} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    f'xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" xmlns:wps="{SHAPE}"'
)
THEME = f'xmlns:a="{_DRAWING}/main"'
CORE = (
    f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
EXTENDED = f'xmlns="{_OFFICE}/extended-properties"'
CUSTOM = f'xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes"'
USER_PROPERTIES = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""What every property that is not Word's own is filed under."""
RELATIONSHIPS = f'xmlns="{_PACKAGE}/relationships"'
CONTENT_TYPES = f'xmlns="{_PACKAGE}/content-types"'

CORE_RELATION = f"{_PACKAGE}/relationships/metadata/core-properties"
PACKAGE_TYPE = "application/vnd.openxmlformats-package"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def relation(kind: str) -> str:
    """The relationship type of a part: `styles`, `header` and so on."""
    return f"{_OFFICE}/relationships/{kind}"


def word_type(kind: str) -> str:
    """The content type of a part of `word/`."""
    return f"{_WORD_TYPE}.{kind}+xml"
