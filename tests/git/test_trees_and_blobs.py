"""Files of commits, what differs between two, contents by id."""

from __future__ import annotations

from pathlib import Path

import pytest

from git_repositories import Made
from qmsplan.diagnostics import UserError
from qmsplan.git import blob_id, changes, files_of, open_repository, read_blobs

ODD = [
    "plans/kế hoạch năm 2026.yaml",
    "plans/\"'`.yaml",
    "plans/a\nb\tc.yaml",
    "plans/:(top)x.yaml",
    "plans/-rf.yaml",
    "plans/*.yaml",
]


@pytest.mark.parametrize("name", ODD)
def test_odd_names(tmp_path: Path, name: str) -> None:
    made = Made(tmp_path)
    first = made.commit("one", **{name: "a: 1\n", "other/x.yaml": "b"})
    second = made.commit("two", **{name: "a: 2\n"})
    repository = open_repository(tmp_path)
    (blob,) = files_of(repository, first, "plans")
    assert blob.path == name
    assert files_of(repository, first, name) == (blob,)
    (delta,) = changes(repository, first, second, (name,))
    assert delta.old == blob
    assert delta.new
    assert delta.new.path == name
    assert [content for _, content in read_blobs(repository, [blob.id, delta.new.id])] == [b"a: 1\n", b"a: 2\n"]


def test_added_removed_and_moved(tmp_path: Path) -> None:
    made = Made(tmp_path)
    text = "\n".join(f"line {number}" for number in range(30))
    first = made.commit("one", **{"plans/a.yaml": text, "plans/gone.yaml": "gone"})
    made.git("mv", "plans/a.yaml", "plans/b.yaml")
    made.git("rm", "--quiet", "plans/gone.yaml")
    second = made.commit("two", **{"plans/new.yaml": "new"})
    found = changes(open_repository(tmp_path), first, second, ("plans",))
    names = {(delta.old.path if delta.old else None, delta.new.path if delta.new else None) for delta in found}
    assert names == {("plans/a.yaml", "plans/b.yaml"), ("plans/gone.yaml", None), (None, "plans/new.yaml")}
    assert changes(open_repository(tmp_path), first, first) == ()
    assert len(changes(open_repository(tmp_path), first, second, ("",))) == 3


def test_paths_narrow_the_question(tmp_path: Path) -> None:
    made = Made(tmp_path)
    first = made.commit("one", **{"plans/a.yaml": "1", "other/b.yaml": "1"})
    second = made.commit("two", **{"plans/a.yaml": "2", "other/b.yaml": "2"})
    (delta,) = changes(open_repository(tmp_path), first, second, ("other",))
    assert delta.new
    assert delta.new.path == "other/b.yaml"


def test_links_and_other_repositories_are_left_alone(tmp_path: Path) -> None:
    made = Made(tmp_path / "r")
    first = made.commit("one", **{"plans/a.yaml": "1"})
    (made.root / "plans" / "link.yaml").symlink_to("/etc/passwd")
    inner = Made(made.root / "plans" / "inner")
    inner.commit("inner", **{"x.yaml": "1"})
    made.git("add", "plans/link.yaml")
    made.git("-c", "advice.addEmbeddedRepo=false", "add", "plans/inner")
    made.git("commit", "--quiet", "-m", "two")
    repository = open_repository(made.root)
    assert [blob.path for blob in files_of(repository, made.git("rev-parse", "HEAD"))] == ["plans/a.yaml"]
    assert changes(repository, first, made.git("rev-parse", "HEAD")) == ()


def test_a_file_that_became_a_link_is_gone(tmp_path: Path) -> None:
    made = Made(tmp_path)
    first = made.commit("one", **{"a.yaml": "1"})
    (tmp_path / "a.yaml").unlink()
    (tmp_path / "a.yaml").symlink_to("b.yaml")
    second = made.commit("two")
    gone = changes(open_repository(tmp_path), first, second)
    assert [(delta.old is not None, delta.new) for delta in gone] == [(True, None)]


def test_many_contents_through_one_process(tmp_path: Path) -> None:
    made = Made(tmp_path)
    commit = made.commit("one", **{f"plans/{number}.yaml": f"{number}\n" * 5000 for number in range(40)})
    repository = open_repository(tmp_path)
    blobs = files_of(repository, commit)
    found = dict(read_blobs(repository, [blob.id for blob in blobs]))
    assert len(found) == 40
    for blob in blobs:
        assert found[blob.id] == (tmp_path / blob.path).read_bytes()
        assert blob_id(found[blob.id], blob.id) == blob.id


def test_large_contents_are_cut_and_the_next_is_whole(tmp_path: Path) -> None:
    made = Made(tmp_path)
    commit = made.commit("one", **{"a.yaml": "x" * 300_000, "b.yaml": "small"})
    repository = open_repository(tmp_path)
    found = list(read_blobs(repository, [blob.id for blob in files_of(repository, commit)], largest=1000))
    assert [len(content) for _, content in found] == [1001, 5]


def test_a_content_that_is_not_there_is_told(tmp_path: Path) -> None:
    made = Made(tmp_path)
    made.commit("one")
    with pytest.raises(UserError) as caught:
        list(read_blobs(open_repository(tmp_path), ["1" * 40]))
    assert "lacks" in caught.value.message.template


def test_a_partial_clone_fetches_nothing(tmp_path: Path) -> None:
    made = Made(tmp_path / "r")
    made.git("config", "uploadpack.allowFilter", "true")
    made.commit("one", **{"a.yaml": "1"})
    made.commit("two", **{"a.yaml": "2"})
    target = str(tmp_path / "clone")
    made.git("clone", "--quiet", "--filter=blob:none", f"file://{made.root}", target)
    repository = open_repository(tmp_path / "clone")
    (blob,) = files_of(repository, made.git("rev-parse", "HEAD~1"))
    with pytest.raises(UserError):
        list(read_blobs(repository, [blob.id]))


def test_ids_of_the_newer_kind(tmp_path: Path) -> None:
    made = Made(tmp_path, "--object-format=sha256")
    commit = made.commit("one", **{"a.yaml": "1"})
    (blob,) = files_of(open_repository(tmp_path), commit)
    assert len(blob.id) == 64
    assert blob_id(b"1", blob.id) == blob.id


def test_leaving_early_ends_the_process(tmp_path: Path) -> None:
    made = Made(tmp_path)
    commit = made.commit("one", **{"a.yaml": "1", "b.yaml": "2"})
    repository = open_repository(tmp_path)
    contents = read_blobs(repository, [blob.id for blob in files_of(repository, commit)])
    assert next(contents)[1] == b"1"
    contents.close()
