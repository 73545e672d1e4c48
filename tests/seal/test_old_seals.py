"""Plans that older versions signed still verify. The files under tests/data/seals are never written anew."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from sealing import is_bound, leaves, other, plan_of, put_at, value_at

from qmsplan import seal as seals
from qmsplan.seal import canonical, differences, digest, endorsement_holds, holds, scheme_of, sealed_content
from values import replace

FOLDER = Path(__file__).parents[1] / "data" / "seals"
FILES = sorted(FOLDER.glob("*.yaml"))
EVERY = plan_of((FOLDER / "qmsplan-1-every-field.yaml").read_text("utf-8"))
EVERY_SECOND = plan_of((FOLDER / "qmsplan-2-every-field.yaml").read_text("utf-8"))

every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@every_file
def test_what_was_signed_then_holds_today(path: Path) -> None:
    plan = plan_of(path.read_text("utf-8"))
    assert plan.signoff
    assert plan.signoff.digest
    assert holds(plan, plan.signoff.digest) is True
    assert differences(plan, plan.signoff.parts) == []
    assert holds(replace(plan, template="x"), plan.signoff.digest) is False
    assert digest(plan) == plan.signoff.digest


def test_reviews_of_then_hold_today() -> None:
    assert endorsement_holds(EVERY, "reviewed", EVERY.reviewed[0]) is True
    assert endorsement_holds(EVERY, "approved", EVERY.approved[0]) is True


def test_every_scheme_has_files_and_every_file_a_scheme() -> None:
    schemes = {}
    for path in FILES:
        signoff = plan_of(path.read_text("utf-8")).signoff
        assert signoff
        schemes[path] = scheme_of(signoff.digest or "")
        assert path.name.startswith(schemes[path].partition(":")[0] + "-")
    assert set(schemes.values()) == set(seals._SCHEMES)
    assert seals.SCHEME in seals._SCHEMES


def test_one_of_them_says_something_in_every_place() -> None:
    """So that no field can change its meaning unnoticed."""
    assert EVERY.signoff
    for path in leaves(EVERY):
        if path[0] not in {"reviewed", "approved"} and path[:2] not in {("signoff", "digest"), ("signoff", "parts")}:
            changed = put_at(EVERY, path, other(value_at(EVERY, path)))
            assert holds(changed, EVERY.signoff.digest or "") is False


def test_the_second_scheme_lets_bookkeeping_change() -> None:
    assert EVERY_SECOND.signoff
    for path in leaves(EVERY_SECOND):
        changed = put_at(EVERY_SECOND, path, other(value_at(EVERY_SECOND, path)))
        if path[:2] not in {("signoff", "digest"), ("signoff", "parts")}:
            assert holds(changed, EVERY_SECOND.signoff.digest or "") is not is_bound(path)


def test_the_bytes_of_the_first_scheme() -> None:
    """For who makes the digest with other tools: these bytes, and SHA-256 over them."""
    plan = plan_of((FOLDER / "qmsplan-1-small.yaml").read_text("utf-8"))
    content = (FOLDER / "qmsplan-1-small.canonical").read_bytes()
    assert canonical(sealed_content(plan, seals.FIRST_SCHEME)) == content
    assert digest(plan) == f"qmsplan-1:sha256:{sha256(content).hexdigest()}"


def test_the_bytes_of_the_second_scheme() -> None:
    plan = plan_of((FOLDER / "qmsplan-2-small.yaml").read_text("utf-8"))
    content = (FOLDER / "qmsplan-2-small.canonical").read_bytes()
    assert canonical(sealed_content(plan)) == content
    assert digest(plan) == f"qmsplan-2:sha256:{sha256(content).hexdigest()}"
