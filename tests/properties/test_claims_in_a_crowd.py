"""A claim gets the same findings by itself, in any batch, in any order; only claims of one patient meet each other."""

import datetime as dt
import random

import pytest

from quarterhour.domain.claim import Claim
from quarterhour.domain.json import from_builtins
from quarterhour.engine.run import judge_claims
from quarterhour.policy import load
from quarterhour.rules.catalogue import catalogue
from quarterhour.rules.contract import CLAIM_TABLES
from quarterhour.rules.pages import read_page

TODAY = dt.date(2026, 11, 21)


def judged(claims):
    return judge_claims(claims, load(), "medicare-b", TODAY).findings


def stranger(number, record):
    """The record with a patient nobody else has."""
    return from_builtins(record | {"patient": {**record.get("patient", {}), "id": f"P-{number}"}}, Claim)


@pytest.fixture(scope="module")
def examples():
    pages = [example.claims for entry in catalogue() for example in read_page(entry.page).examples if example.claims]
    return [[stranger(number, record) for record in claims] for number, claims in enumerate(pages)]


@pytest.fixture(scope="module")
def alone(examples):
    return [judged(claims) for claims in examples]


def test_every_rule_over_claims_finds_the_same_in_a_crowd_of_all_examples(examples, alone):
    together = judged([claim for claims in examples for claim in claims])
    assert together == [findings for of_example in alone for findings in of_example]
    heard = {finding.rule for findings in together for finding in findings}
    assert {entry.code for entry in catalogue() if entry.rule.over in CLAIM_TABLES} - heard == set()


def test_the_order_of_claims_changes_no_finding(examples, alone):
    """Claims of one patient stay in their order: of two the later one repeats the earlier."""
    order = list(range(len(examples)))
    random.Random(5).shuffle(order)
    together = judged([claim for place in order for claim in examples[place]])
    assert together == [findings for place in order for findings in alone[place]]


def test_what_is_not_checked_adds_up(examples):
    def unchecked(claims):
        return {(u.rule, u.reason): u.claims for u in judge_claims(claims, load(), "medicare-b", TODAY).not_checked}

    apart = {}
    for claims in examples:
        for key, count in unchecked(claims).items():
            apart[key] = apart.get(key, 0) + count
    assert unchecked([claim for claims in examples for claim in claims]) == apart


#: Either side of what rules look for, by field of the claim.
FIELDS = {
    "payer": (
        "medicare-b",
        "medicare-b",
        "medicare-advantage",
        "commercial",
        "medicaid",
        "workers-compensation",
        "auto",
    ),
    "frequency": ("1", "1", "7", "8", "3", "Q"),
    "original_reference": (None, None, "2026060123456"),
    "place_of_service": ("11", "12", "88", None),
    "diagnoses": (["M25.561"], ["M25.561", "M25561"], ["W19.XXXA", "M54.5"], ["nonsense"], []),
    "billing_provider": ({"npi": "1234567893"}, {"npi": "1234567890", "taxonomy": "225100000X"}, {"npi": "12"}, None),
    "rendering_provider": ({"npi": "1234567919", "taxonomy": "225X00000X"}, {"name": "Vale"}, None),
    "referring_provider": ({"npi": "1234567919"}, {"npi": "1234567935"}, None),
    "stated_charge": ("90.00", "0.00", None),
    "patient_paid": ("18.00", "500.00", None),
    "onset": ("2026-02-01", "2027-02-01", "1940-01-01", None),
    "accident": ("2026-01-10", None),
    "related_causes": ([], ["AA"], ["EM"]),
}
LINE = {
    "code": ("97530", "97110", "97161", "99213", "G0283", "92507"),
    "units": (0, 1, 2),
    "modifiers": (["GP"], ["GP", "59"], ["GO"], ["GP", "GO"], [], ["GN", "76"]),
    "charge": ("45.00", "0.00", "-1.00", "-0.01", None),
    "date_of_service": ("2017-12-31", "2018-01-01", "2025-11-20", "2026-03-04", "2026-03-04", None),
    "date_to": (None, None, "2026-03-04", "2026-03-06"),
    "revenue_code": (None, "0420", "0430", "0424", "0510", "42"),
    "diagnosis_pointers": ([1], [1, 1], [3], []),
    "rendering_provider": (None, None, {"npi": "1234567968", "taxonomy": "235Z00000X"}),
}
INSTITUTION = {
    "facility": ("74", "11", "7A"),
    "statement_from": ("2026-03-01", "2026-03-31"),
    "statement_to": ("2026-03-31", "2027-01-01"),
    "patient_status": ("01",),
    "codes": ([], [["BH", "11:D8:20260201"], ["BH", "29:D8:20260230"]], [["BG", "21"], ["BE", "A1:D8"]]),
}


def drawn(draw, number):
    """A claim with what may go wrong going wrong, of a patient of its own."""

    def part(choices):
        picked = {name: draw.choice(of) for name, of in choices.items()}
        return {name: value for name, value in picked.items() if value is not None}

    record = part(FIELDS) | {"patient_control_number": f"C-{number}", "claim_type": "professional"}
    record["lines"] = [part(LINE) for _ in range(draw.choice((0, 1, 2, 2, 3, 5)))]
    if draw.random() < 0.4:
        record |= {"claim_type": "institutional", "institutional": part(INSTITUTION)}
    return stranger(number, record)


def test_drawn_claims_alone_and_in_a_crowd():
    draw = random.Random(3)
    claims = [drawn(draw, number) for number in range(400)]
    together = judged(claims)
    assert together == [judged([claim])[0] for claim in claims]
    heard = {finding.rule for findings in together for finding in findings}
    over_claims = [entry for entry in catalogue() if entry.rule.over in CLAIM_TABLES]
    assert len(heard) > len(over_claims) * 3 // 4


def test_no_claim_is_no_news():
    assert judged([]) == []
