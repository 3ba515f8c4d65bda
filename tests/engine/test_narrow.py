"""Rows are narrowed to the same ones whether a table is small enough for bits or not."""

import datetime as dt
import random

import numpy as np
import pytest
from tests.properties import visits as drawn

from quarterhour.domain.columns import to_columns
from quarterhour.domain.visit import Visit
from quarterhour.engine import narrow
from quarterhour.engine.derive.batch import batch
from quarterhour.engine.derive.facts import derive
from quarterhour.engine.narrow import Narrowing
from quarterhour.policy import load
from quarterhour.rules.catalogue import catalogue
from quarterhour.rules.contract import VISIT_TABLES
from quarterhour.workflows.reading import readings

CONDITIONED = [entry.rule for entry in catalogue() if entry.rule.only_where]


@pytest.fixture(scope="module")
def facts():
    draw = random.Random(5)
    visits = [drawn.read(drawn.visit(draw, who=place)) for place in range(120)]
    laid_out = batch(to_columns(Visit, visits), load(), "medicare-b")
    return derive(laid_out, load(), dt.date(2026, 11, 21).toordinal(), readings(visits))


def held(facts, rule, among):
    """The rows among some that the conditions of a rule leave, by whichever way their number takes."""
    every = np.arange(getattr(facts, rule.over).line.size)
    return Narrowing(facts, rule.over, every).rows(every[among], rule.only_where).tolist()


def test_few_rows_are_narrowed_as_many_are(facts, monkeypatch):
    assert {rule.over for rule in CONDITIONED} <= set(VISIT_TABLES)
    some = slice(None, None, 3)
    by_masks = [(held(facts, rule, slice(None)), held(facts, rule, some)) for rule in CONDITIONED]
    monkeypatch.setattr(narrow, "FEW", 1 << 20)
    assert [(held(facts, rule, slice(None)), held(facts, rule, some)) for rule in CONDITIONED] == by_masks
    # Most conditions part these rows, or the comparison would say little.
    assert (
        sum(
            0 < len(rows) < getattr(facts, rule.over).line.size
            for rule, (rows, _) in zip(CONDITIONED, by_masks, strict=True)
        )
        > len(CONDITIONED) // 2
    )


def test_a_rule_is_asked_of_no_other_rows(facts):
    """What a condition leaves out is left out whatever order they are asked in, and asking again changes nothing."""
    every = np.arange(facts.note.line.size)
    narrowing = Narrowing(facts, "note", every)
    rules = [rule for rule in CONDITIONED if rule.over == "note"]
    first = [narrowing.rows(every, rule.only_where).tolist() for rule in rules]
    again = [narrowing.rows(every, rule.only_where[::-1]).tolist() for rule in rules]
    assert first == again
