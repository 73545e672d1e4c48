"""Real repositories, made by git itself in a test's folder, with fixed names and days."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from conftest import need

ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_COUNT": "1",  # no second process after each commit, to see whether there is something to tidy up
    "GIT_CONFIG_KEY_0": "maintenance.auto",
    "GIT_CONFIG_VALUE_0": "false",
    "GIT_AUTHOR_NAME": "Trần Thị Bình",
    "GIT_AUTHOR_EMAIL": "binh@example.vn",
    "GIT_COMMITTER_NAME": "Trần Thị Bình",
    "GIT_COMMITTER_EMAIL": "binh@example.vn",
}


class Made:
    """A repository under construction; every commit is a day later than the one before."""

    def __init__(self, root: Path, *options: str) -> None:
        need("git")
        self.root = root
        self.day = 0
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--template=", "--initial-branch=main", *options)

    def git(self, *arguments: str) -> str:
        date = f"2026-01-{self.day + 1:02d}T08:00:00+07:00"
        known = {**os.environ, **ENVIRONMENT, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env=known, capture_output=True, check=True, stdin=subprocess.DEVNULL
        )
        return done.stdout.decode("utf-8").strip()

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def commit(self, subject: str, **files: str) -> str:
        for name, text in files.items():
            self.write(name, text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", subject)
        self.day += 1
        branch = self.root / ".git" / (self.root / ".git" / "HEAD").read_text("utf-8").strip().removeprefix("ref: ")
        return branch.read_text("utf-8").strip() if branch.is_file() else self.git("rev-parse", "HEAD")
