"""ICD-10-CM by imported order files, by the list of a package, or not at all."""

import datetime as dt
import importlib.util

import pytest
from tests.interchange import official

from quarterhour.domain.claim import Claim
from quarterhour.domain.json import from_builtins
from quarterhour.engine.run import judge_claims
from quarterhour.policy import load
from quarterhour.policy.diagnoses import BILLABLE, HEADING, NOT_LISTED, diagnosis_lists
from quarterhour.policy.tables import version
from quarterhour.rules.examples import read_example
from quarterhour.workflows.policy_import import Wish, policy_import

TODAY = dt.date(2026, 11, 21)


def standings(known, *codes):
    return [known.standing(code) for code in codes]


def test_the_list_of_the_package():
    (known,) = diagnosis_lists(None)
    assert standings(known, "M25.561", "m25561 ", "M25.56", "M25", "S82.001", "S82.001D", "B20", "M25.568", "Ä25") == [
        BILLABLE, BILLABLE, HEADING, HEADING, HEADING, BILLABLE, BILLABLE, NOT_LISTED, NOT_LISTED,
    ]  # fmt: skip
    assert known.through - known.first + 1 == 365
    assert dt.date.fromordinal(known.first).month == 10


@pytest.mark.slow
def test_as_the_package_itself_says():
    package = pytest.importorskip("simple_icd_10_cm")
    (known,) = diagnosis_lists(None)
    drawn = [code.decode() for code in known.codes[::97].tolist()]
    assert standings(known, *drawn) == [BILLABLE if package.is_leaf(code) else HEADING for code in drawn]


def test_without_any_list_nothing_is_known(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert diagnosis_lists(None) == ()


@pytest.fixture
def held(tmp_path):
    """A store with the order files of two years, which differ in the codes of low back pain."""
    for year, last in ((2021, "M545   "), (2022, "M5450  ")):
        lines = [f"0000{place} {code} 1 {'Pain':60} Pain" for place, code in enumerate(("M25561 ", last), 1)]
        official.lines_file(tmp_path / f"icd10cm_order_{year}.txt", lines)
    files = [tmp_path / f"icd10cm_order_{year}.txt" for year in (2021, 2022)]
    policy_import(files, Wish(store=tmp_path / "store"))
    return version(tmp_path / "store")


def test_an_imported_list_speaks_for_its_own_days(held):
    example = 'diagnoses: ["M54.5"]\n97530 1 unit GP, on {}'
    claims = [
        from_builtins(read_example(example.format(day), of_claims=True).claims[0], Claim)
        for day in ("2021-09-30", "2021-10-01", "2019-09-30")
    ]
    outcome = judge_claims(claims, load(held=held), "medicare-b", TODAY)
    found = [[f.rule for f in findings if f.rule.startswith("DGN11")] for findings in outcome.findings]
    assert found == [[], ["DGN110"], []]
    assert [(u.claims, "order file" in u.reason) for u in outcome.not_checked if u.rule == "DGN110"] == [(1, True)]
