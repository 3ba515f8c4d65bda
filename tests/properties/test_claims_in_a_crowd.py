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


def test_no_claim_is_no_news():
    assert judged([]) == []
