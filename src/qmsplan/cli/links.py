"""Where a CI's pages show the files, so that a comment on a pull request leads to the line."""

from __future__ import annotations

import os
from urllib.parse import quote


def source_link() -> str:
    """What stands before a file's name in a link; "" where no CI tells, and links are relative to the repository."""
    told = os.environ.get
    github, repository = told("GITHUB_SERVER_URL"), told("GITHUB_REPOSITORY")
    if github and repository:
        return _under(f"{github}/{repository}/blob", told("GITHUB_SHA"), told("GITHUB_WORKSPACE"))
    gitlab = told("CI_PROJECT_URL")
    return _under(f"{gitlab}/-/blob", told("CI_COMMIT_SHA"), told("CI_PROJECT_DIR")) if gitlab else ""


def _under(pages: str, commit: str | None, checkout: str | None) -> str:
    """The current folder's address among the pages of a commit."""
    if not commit or not checkout:
        return ""
    try:
        folder = os.path.relpath(".", checkout).replace(os.sep, "/")
    except ValueError:
        return ""
    if folder == ".." or folder.startswith("../"):
        return ""
    return f"{pages}/{commit}/" + ("" if folder == "." else quote(folder) + "/")
