"""Payers: every term has an answer, exceptions are named, a clinic's own payer stands beside ours."""

import datetime as dt
import itertools
from pathlib import Path

import pytest

from quarterhour.domain.visit import SETTINGS
from quarterhour.policy import BadPolicyData, UnknownName, load
from quarterhour.policy.own_folders import payer_file, source_file
from quarterhour.policy.payers import NUMBERS, TERMS, UNKNOWN, WORDS
from quarterhour.policy.reading import read

POLICY = load()
PAYERS = list(POLICY.payers)
DAY = dt.date(2026, 3, 4).toordinal()
FIRST_DAY = dt.date(2000, 4, 1).toordinal()


def term(payer, name, setting="private-practice", day=DAY, policy=POLICY):
    return policy.payers.terms(payer, setting, day).number(name)


def test_the_payers_there_are():
    assert set(PAYERS) >= {
        "medicare-b", "medicare-advantage", "commercial", "commercial-midpoint", "medicaid", "workers-compensation",
        "tricare", "auto", "self-pay",
    }  # fmt: skip


@pytest.mark.covers("T3", "M4")
@pytest.mark.parametrize("payer", PAYERS)
@pytest.mark.parametrize("setting", [None, *SETTINGS])
def test_every_term_is_known_for_every_payer_and_setting(payer, setting):
    terms = POLICY.payers.terms(payer, setting, DAY)
    for name in TERMS:
        value = terms.value(name)
        assert value
        assert value.source.title
        # Known, or expressly somebody else's to name.
        assert (terms.number(name) == UNKNOWN) == (value.value is None)
        assert name in NUMBERS or terms.number(name) < len(WORDS.get(name, (False, True)))


@pytest.mark.parametrize("payer", PAYERS)
def test_before_anything_is_known_no_term_is_defaulted(payer):
    terms = POLICY.payers.terms(payer, None, FIRST_DAY - 1)
    assert set(terms.numbers) == {UNKNOWN}
    assert set(terms.values) == {None}


@pytest.mark.parametrize("payer", [payer for payer in PAYERS if POLICY.payers.inherits(payer)])
def test_every_departure_has_a_name_and_a_source(payer):
    for exception in POLICY.payers.exceptions(payer):
        assert exception.name
        assert exception.name.replace("-", "_") != exception.term, f"{payer}: {exception.term} departs without a name"
        assert all(value.source for value in exception.parameter.values)


@pytest.mark.parametrize("payer", PAYERS)
def test_what_is_not_excepted_is_inherited(payer):
    parent = POLICY.payers.inherits(payer)
    if parent is None:
        return
    general = {exception.term for exception in POLICY.payers.exceptions(payer) if exception.setting is None}
    for name in set(TERMS) - general:
        assert term(payer, name, None) == term(parent, name, None), name


@pytest.mark.covers("T3")
def test_methods_of_counting():
    methods = {payer: WORDS["unit_method"][term(payer, "unit_method")] for payer in PAYERS}
    assert methods["medicare-b"] == methods["medicare-advantage"] == methods["tricare"] == "cms"
    assert methods["commercial-midpoint"] == "ama"


@pytest.mark.parametrize(
    "payer, name, setting, day, number",
    [
        ("medicare-b", "claim_type", "private-practice", "2026-03-04", 0),
        ("medicare-b", "claim_type", "outpatient-hospital", "2026-03-04", 1),
        ("medicare-b", "assistant_modifiers", "private-practice", "2019-12-31", 0),
        ("medicare-b", "assistant_modifiers", "private-practice", "2020-01-01", 1),
        ("medicare-b", "assistant_modifiers", "critical-access-hospital", "2026-03-04", 0),
        ("medicare-b", "assistant_modifiers", "physician-office", "2026-03-04", 0),
        ("medicare-b", "kx_threshold", "private-practice", "2017-12-31", 0),
        ("medicare-b", "kx_threshold", "private-practice", "2018-01-01", 1),
        ("medicare-b", "x_modifiers", "private-practice", "2014-12-31", 0),
        ("medicare-b", "x_modifiers", "private-practice", "2015-01-01", 1),
        ("medicare-b", "start_stop_times", "private-practice", "2026-03-04", 0),
        ("medicare-b", "per_code_minutes", "private-practice", "2026-03-04", 0),
        ("medicare-advantage", "abn_modifiers", "private-practice", "2026-03-04", 0),
        ("medicare-b", "abn_modifiers", "private-practice", "2026-03-04", 1),
    ],
)
def test_dated_terms(payer, name, setting, day, number):
    assert term(payer, name, setting, dt.date.fromisoformat(day).toordinal()) == number


def test_a_payer_nobody_knows():
    with pytest.raises(UnknownName, match="did you mean 'medicare-b'"):
        POLICY.payers.terms("medicare_b", None, DAY)


OVERLAY = """
id: harbor-health
title: Harbor Health
inherits: commercial
terms:
  unit_method:
    name: midpoint-by-our-contract
    values: [{from: 2024-01-01, value: ama, source: harbor-contract, evidence: primary}]
settings:
  home:
    terms:
      start_stop_times:
        name: times-at-home
        values: [{from: 2024-01-01, value: true, source: harbor-contract, evidence: primary}]
"""
SOURCES = "harbor-contract: {title: Our contract with Harbor Health, publisher: Harbor Health, retrieved: 2026-11-21}\n"


@pytest.fixture
def overlay(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "ours"
    (folder / "payers").mkdir(parents=True)
    (folder / "sources").mkdir()
    (folder / "payers/harbor.yaml").write_text(OVERLAY, encoding="utf-8")
    (folder / "sources/harbor.yaml").write_text(SOURCES, encoding="utf-8")
    return folder


@pytest.mark.covers("M4")
def test_a_clinics_own_payer(overlay):
    policy = load([overlay])
    assert set(policy.payers) == {*PAYERS, "harbor-health"}
    assert WORDS["unit_method"][term("harbor-health", "unit_method", policy=policy)] == "ama"
    assert term("harbor-health", "start_stop_times", "home", policy=policy) == 1
    assert term("harbor-health", "start_stop_times", "school", policy=policy) == term(
        "commercial", "start_stop_times", "school"
    )
    assert term("harbor-health", "ncci_edits", policy=policy) == term("commercial", "ncci_edits")
    assert policy.digest != POLICY.digest
    # Before the contract began, and on no later day, what it departs from holds.
    before = dt.date(2023, 12, 31).toordinal()
    for day in (before, before + 1):
        told = WORDS["unit_method"][term("harbor-health", "unit_method", day=day, policy=policy)]
        assert told == ("cms" if day == before else "ama")
    inherited = policy.payers.terms("harbor-health", None, before).value("unit_method")
    assert inherited == policy.payers.terms("commercial", None, before).value("unit_method")
    assert before + 1 in policy.payers.turns("harbor-health", None)


@pytest.mark.parametrize(
    "change, error, words",
    [
        (("id: harbor-health", "id: commercial"), BadPolicyData, "already given by another file"),
        (("unit_method:", "unit_methods:"), UnknownName, "did you mean 'unit_method'"),
        (("source: harbor-contract", "source: harbour"), UnknownName, "did you mean 'harbor-contract'"),
        (("value: ama", "value: halves"), BadPolicyData, "'halves' is not one of cms, ama, spm"),
        (("inherits: commercial", "inherits: nobody"), UnknownName, "no payer is called 'nobody'"),
        (("inherits: commercial", "inherits: harbor-health"), BadPolicyData, "in a circle"),
        (("value: true", "value: 2"), BadPolicyData, "expected true or false"),
    ],
)
def test_a_clinics_payer_that_cannot_be(overlay, change, error, words):
    path = overlay / "payers/harbor.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(error, match=words):
        load([overlay]).payers.terms("harbor-health", "home", DAY)


@pytest.mark.parametrize(
    "file, change, words",
    [
        ("payers/harbor", ("terms:\n  unit", "term:\n  unit"), "a payer: unknown key 'term'; did you mean 'terms'"),
        ("payers/harbor", ("id: harbor-health", "id: 5"), "a payer: id: expected a text, got 5"),
        ("payers/harbor", ("id: harbor-health\n", ""), "a payer: id: expected a text, got nothing"),
        ("payers/harbor", ("  home:", "  house:"), "settings: unknown key 'house'; did you mean 'home'"),
        (
            "payers/harbor",
            ("value: ama", "valu: ama"),
            "terms.unit_method: values: unknown key 'valu'; did you mean 'value'",
        ),
        ("payers/harbor", (", value: ama", ""), "terms.unit_method: a value has no value"),
        (
            "payers/harbor",
            (", source: harbor-contract", ", source: [a]"),
            "terms.unit_method: source: expected a text, got a list",
        ),
        ("payers/harbor", ("evidence: primary", "evidence: sure"), "evidence must be one of primary"),
        ("payers/harbor", (OVERLAY, ""), "a payer: expected keys and values, got nothing"),
        ("payers/harbor", (OVERLAY, "- a"), "a payer: expected keys and values, got a list"),
        ("payers/harbor", (OVERLAY, "id: a\ntitle: A\nterms: [1, 2]"), "terms: expected keys and values, got a list"),
        (
            "payers/harbor",
            (OVERLAY, "id: a\ntitle: A\nterms:\n  unit_method: ama"),
            "terms.unit_method: expected keys and values, got 'ama'",
        ),
        (
            "payers/harbor",
            (OVERLAY, "id: a\ntitle: A\nterms:\n  unit_method: {values: ama}"),
            "values: expected a list, got 'ama'",
        ),
        (
            "sources/harbor",
            (", publisher: Harbor Health", ""),
            "source harbor-contract: publisher: expected a text, got nothing",
        ),
        ("sources/harbor", ("retrieved: 2026", "retreived: 2026"), "unknown key 'retreived'; did you mean 'retrieved'"),
        ("sources/harbor", ("2026-11-21", "soon"), "retrieved: expected a date such as 2024-07-01, got 'soon'"),
        ("sources/harbor", (SOURCES, ""), "sources by id: expected keys and values, got nothing"),
        (
            "sources/harbor",
            (SOURCES, "harbor-contract:"),
            "source harbor-contract: expected keys and values, got nothing",
        ),
        ("sources/harbor", (SOURCES, f"sources:\n  {SOURCES}"), "source sources: unknown key 'harbor-contract'"),
    ],
)
def test_what_a_clinics_file_misspells_is_told_by_file_and_key_and_not_passed_over(overlay, file, change, words):
    path = overlay / f"{file}.yaml"
    text = path.read_text(encoding="utf-8")
    assert change[0] in text
    path.write_text(text.replace(change[0], change[1], 1), encoding="utf-8")
    with pytest.raises(BadPolicyData) as refused:
        load([overlay])
    assert str(refused.value).startswith(f"{path}: ")
    assert words in str(refused.value)


def test_a_note_on_a_pair_is_looked_over_with_the_rest(overlay):
    path = overlay / "payers/harbor.yaml"
    note = "pair_notes:\n  - {codes: ['97530', '97140'], from: 2026-01-01, text: ask, source: SOURCE, evidence: own}\n"
    before = path.read_text(encoding="utf-8")
    path.write_text(before + note.replace("SOURCE", "harbor-contract"), encoding="utf-8")
    said = load([overlay]).payers.pair_notes("97140", "97530")
    assert ("harbor-health", "ask") in [(one.payer, one.text) for one in said]
    path.write_text(before + note.replace("SOURCE", "harbour"), encoding="utf-8")
    with pytest.raises(UnknownName, match="no source is called 'harbour'"):
        load([overlay])


def test_a_folder_that_would_be_passed_over_is_told(overlay, tmp_path):
    (overlay / ".git").mkdir()
    (overlay / ".git/hooks.yml").write_text("", encoding="utf-8")
    assert "harbor-health" in load([overlay]).payers
    with pytest.raises(BadPolicyData, match="name the folder above"):
        load([overlay / "payers"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadPolicyData, match="no policy data in it"):
        load([tmp_path / "empty"])
    (overlay / "sources/harbor.yaml").rename(overlay / "sources/harbor.yml")
    with pytest.raises(BadPolicyData, match=r"read are files named \.yaml"):
        load([overlay])
    (overlay / "sources/harbor.yml").rename(overlay / "sources/harbor.yaml")
    (overlay / "payers").rename(overlay / "payer")
    with pytest.raises(BadPolicyData, match="did you mean 'payers'"):
        load([overlay])


def test_the_built_in_payers_and_sources_pass_the_checks_of_a_clinics_own():
    for folder, look in (("payers", payer_file), ("sources", source_file)):
        for name, content in read().under(folder).items():
            look(Path(name), content)


def test_a_file_of_ours_cannot_be_replaced(overlay):
    (overlay / "payers/medicare-b.yaml").write_text(OVERLAY, encoding="utf-8")
    with pytest.raises(BadPolicyData, match=r"already given by .*; choose another file name"):
        load([overlay])


def test_a_file_that_cannot_be_read_is_named(overlay):
    (overlay / "payers/broken.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(BadPolicyData, match=r"broken\.yaml"):
        load([overlay])


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(BadPolicyData, match="no such folder"):
        load([tmp_path / "nowhere"])


@pytest.mark.parametrize("payer", PAYERS)
@pytest.mark.parametrize("setting", [None, "outpatient-hospital"])
def test_between_two_turns_all_days_have_the_same_terms(payer, setting):
    turns = POLICY.payers.turns(payer, setting)
    assert turns == sorted(turns)
    for first, last in itertools.pairwise(turns):
        days = (first, (first + last) // 2, last - 1)
        assert len({POLICY.payers.terms(payer, setting, day) for day in days}) == 1
