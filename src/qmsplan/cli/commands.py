"""What each command runs and what it takes, by its name on the command line.

Loaded once a command is named: to make the classes of options takes 7 ms, which `qmsplan --help` need not wait for."""

from typing import NamedTuple

from qmsplan.cli import options


class CommandWork(NamedTuple):
    """The function that a command runs, in a module of `cli` that is imported when it runs, and the class of
    `cli.options` whose fields that takes; None if it takes nothing."""

    module: str
    function: str
    options: type[NamedTuple] | None


WORK_BY_COMMAND = {
    "init": CommandWork("new", "init", options.InitOptions),
    "new": CommandWork("new", "command", options.NewOptions),
    "import": CommandWork("import_files", "command", options.ImportFilesOptions),
    "fmt": CommandWork("fmt", "command", options.FmtOptions),
    "validate": CommandWork("validate", "command", options.ValidateOptions),
    "explain": CommandWork("validate", "explain", options.ExplainOptions),
    "check-docx": CommandWork("check_docx", "command", options.CheckDocxOptions),
    "deadline": CommandWork("deadline", "command", options.DeadlineOptions),
    "target": CommandWork("phrase", "target", options.TargetOptions),
    "people": CommandWork("phrase", "people", options.PeopleOptions),
    "schema": CommandWork("new", "schema", None),
    "lsp": CommandWork("lsp", "command", None),
    "record": CommandWork("record", "command", options.RecordOptions),
    "form": CommandWork("form", "command", options.FormOptions),
    "status": CommandWork("status", "command", options.StatusOptions),
    "dashboard": CommandWork("dashboard", "command", options.DashboardOptions),
    "remind": CommandWork("remind", "command", options.RemindOptions),
    "audit": CommandWork("audit", "command", options.AuditOptions),
    "render": CommandWork("render", "command", options.RenderOptions),
    "report": CommandWork("report", "command", options.ReportOptions),
    "export": CommandWork("export", "command", options.ExportOptions),
    "sign": CommandWork("sign", "command", options.SignOptions),
    "amend": CommandWork("sign", "amend", options.AmendOptions),
    "verify": CommandWork("verify", "command", options.VerifyOptions),
    "diff": CommandWork("history", "diff", options.DiffOptions),
    "log": CommandWork("history", "log", options.LogOptions),
}
"""The commands of `cli.app.COMMANDS`; what they are for is said there."""
