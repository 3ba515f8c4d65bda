"""ICD-10-CM by the list of a package, or not at all."""

import datetime as dt
import importlib.util

import pytest

from quarterhour.domain.claim import Claim
from quarterhour.domain.json import from_builtins
from quarterhour.engine.run import judge_claims
from quarterhour.policy import load
from quarterhour.policy.diagnoses import BILLABLE, HEADING, NOT_LISTED, diagnosis_lists
from quarterhour.rules.examples import read_example

TODAY = dt.date(2026, 11, 21)


def standings(known, *codes):
    return [known.standing(code) for code in codes]


def test_the_list_of_the_package():
    (known,) = diagnosis_lists()
    assert standings(known, "M25.561", "m25561 ", "M25.56", "M25", "S82.001", "S82.001D", "B20", "M25.568", "Ä25") == [
        BILLABLE, BILLABLE, HEADING, HEADING, HEADING, BILLABLE, BILLABLE, NOT_LISTED, NOT_LISTED,
    ]  # fmt: skip
    assert known.through - known.first + 1 == 365
    assert dt.date.fromordinal(known.first).month == 10


@pytest.mark.slow
def test_as_the_package_itself_says():
    package = pytest.importorskip("simple_icd_10_cm")
    (known,) = diagnosis_lists()
    drawn = [code.decode() for code in known.codes[::97].tolist()]
    assert standings(known, *drawn) == [BILLABLE if package.is_leaf(code) else HEADING for code in drawn]


def test_without_any_list_nothing_is_known(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert diagnosis_lists() == ()


@pytest.mark.parametrize("day, rules, unchecked", [("2026-03-04", ["DGN111"], []), ("2019-09-30", [], [1])])
def test_a_list_speaks_for_its_own_days(day, rules, unchecked):
    (record,) = read_example(f'diagnoses: ["M54.5"]\n97530 1 unit GP, on {day}', of_claims=True).claims
    outcome = judge_claims([from_builtins(record, Claim)], load(), "medicare-b", TODAY)
    assert [finding.rule for finding in outcome.findings[0] if finding.rule.startswith("DGN11")] == rules
    assert [one.claims for one in outcome.not_checked if one.rule == "DGN111"] == unchecked
