"""The kept form of the data is the data: what was parsed a moment ago and what was kept last week are the same."""

import copy

import pytest

from quarterhour.policy import BadPolicyData, Policy, reading


def test_kept_equals_freshly_parsed(tmp_path, monkeypatch):
    monkeypatch.setattr(
        reading, "_places", lambda digest: (tmp_path / f"{digest}.json", tmp_path / f"more-{digest}.json")
    )
    fresh = reading.read()
    (kept,) = tmp_path.iterdir()
    assert kept.stem == fresh.digest
    monkeypatch.setattr(reading, "_parse", None)  # whoever parses now fails
    again = reading.read()
    assert (again.digest, again.files) == (fresh.digest, fresh.files)


def test_nothing_to_keep_it_in(tmp_path, monkeypatch):
    """A read-only install still answers."""
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setattr(reading, "_places", lambda _digest: (blocked / "a.json", blocked / "b.json"))
    assert reading.read().files


def test_a_kept_form_that_is_broken_is_parsed_again(tmp_path, monkeypatch):
    place = tmp_path / "kept.json"
    place.write_text("{", encoding="utf-8")
    monkeypatch.setattr(reading, "_places", lambda _digest: (place, place))
    assert reading.read().files == reading.read().files
    assert place.read_bytes().startswith(b'{"')


def test_any_change_of_the_data_is_another_digest(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "ours"
    folder.mkdir()
    before = reading.read([folder])
    (folder / "more.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    after = reading.read([folder])
    assert before.digest != after.digest
    assert after.files["more"] == [{"a": "1", "b": "2"}]
    (folder / "more.csv").unlink()
    assert reading.read([folder]).digest == before.digest


def test_an_exception_of_a_reason_code_names_when_it_holds():
    files = copy.deepcopy(reading.read().files)
    files["denials/reasons"]["reasons"]["1"]["where"][0] = {"group": ["CO"], "standing": "reduced"}
    with pytest.raises(BadPolicyData, match="denials/reasons 1: where names groups, remarks, payers"):
        _ = Policy(reading.DataFiles("", files)).denials


def test_hidden_files_are_no_data(tmp_path):
    (tmp_path / "payers").mkdir()
    (tmp_path / "payers" / "._own.yaml").write_text("not: [yaml", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config.yaml").write_text("not: [yaml", encoding="utf-8")
    assert reading.read([tmp_path]).files == reading.read().files
