"""`qmsplan.yaml`: what marks a folder as a workspace, and the register of its units."""

from __future__ import annotations

from typing import Literal

from qmsplan.model.conventions import CONVENTIONS, Conventions
from qmsplan.model.reporting import REPORTING, Reporting
from qmsplan.model.shape import FileModel
from qmsplan.model.units import Unit


class Settings(FileModel):
    """The settings of a workspace."""

    kind: Literal["workspace"]
    """`workspace`: this folder is a workspace of qmsplan."""
    language: Literal["vi", "en"] = "vi"
    """The language of messages."""
    timezone: str = "Asia/Ho_Chi_Minh"
    """The time zone that says what day it is."""
    profile: str = "nd30-2020"
    """The official format of documents."""
    plans: str = "plans"
    """The folder of plans and progress files."""
    templates: str = "templates"
    """The folder of the workspace's own document templates."""
    output: str = "build"
    """The folder that documents are written to."""
    deadlines: Conventions = CONVENTIONS
    """How deadline phrases are meant where they leave it open."""
    reporting: Reporting = REPORTING
    """Periodic reports: cut-off days, addressee."""
    rules: dict[str, Literal["error", "warning", "note", "off"]] | None = None
    """How much findings weigh, by code or name: `no-lead: off`, `QP405: error`."""
    units: tuple[Unit, ...] = ()
    """Agencies, departments, roles and groups that plans name."""
