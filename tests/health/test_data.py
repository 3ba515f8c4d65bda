"""The data files as they stand: every dated value has a source and a grade, and the files hold no text of others."""

import re

import pytest

from quarterhour.policy import load
from quarterhour.policy.reading import BUILT_IN, read
from quarterhour.policy.source import GRADES

POLICY = load()
FILES = read().files
#: Files whose entries are described by another file (the tables' own), or that describe sources.
TABULAR = {path.relative_to(BUILT_IN).with_suffix("").as_posix() for path in BUILT_IN.rglob("*.csv")}
DATED = sorted(set(FILES) - TABULAR - {name for name in FILES if name.startswith("sources/")})


def dated_values(content, where=""):
    """Every mapping that gives a value, or a fact, from a day on, with its place in the file."""
    if isinstance(content, dict):
        if {"from", "value"} <= set(content) or {"on", "what"} <= set(content):
            yield where, content
        for key, inner in content.items():
            yield from dated_values(inner, f"{where}/{key}")
    elif isinstance(content, list):
        for number, inner in enumerate(content):
            yield from dated_values(inner, f"{where}[{number}]")


@pytest.mark.parametrize("name", DATED)
def test_every_dated_value_has_a_source_and_a_grade(name):
    lacking = [
        where
        for where, value in dated_values(FILES[name])
        if value.get("source") not in POLICY.sources or value.get("evidence") not in GRADES
    ]
    assert lacking == []


def test_the_walk_finds_what_there_is():
    assert sum(1 for name in DATED for _ in dated_values(FILES[name])) > 500


@pytest.mark.parametrize("name", sorted(name for name in FILES if name.endswith("/tables")))
def test_every_table_is_described_with_release_and_source(name):
    for key, entry in FILES[name].items():
        assert {"title", "file", "as_of", "covers_from", "source", "evidence"} <= set(entry), key
        assert entry["source"] in POLICY.sources
        assert entry["evidence"] in GRADES
        assert (BUILT_IN / name.rpartition("/")[0] / entry["file"]).is_file()


def test_labels_are_short_and_our_own():
    """Short labels, not descriptors: none repeats the phrases that mark the association's wording."""
    borrowed = re.compile(
        r"therapeutic procedure,|one or more areas|direct \(one-on-one\)|use of dynamic activities", re.IGNORECASE
    )
    texts = [POLICY.codes.card(code) for code in POLICY.codes]
    assert [
        card.code for card in texts if borrowed.search(" ".join((card.label, *card.is_for, *card.is_not_for)))
    ] == []


def test_amounts_are_whole_cents():
    for name in POLICY.parameter_names():
        found = POLICY.parameter(name)
        if found.unit == "cents":
            assert all(type(value.value) is int for value in found.values), name
        assert not any(isinstance(value.value, float) for value in found.values), name
