"""A line's day lies outside the period of its claim."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes, days
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Lines before the first or after the last day of the statement."""
    line, claim = facts.claim_line, facts.claim
    begin, end = claim.statement_from[line.claim[rows]], claim.statement_to[line.claim[rows]]
    day, last = line.day[rows], np.maximum(line.day[rows], line.day_to[rows])
    rows = rows[(begin >= 0) & (end >= begin) & ((day < begin) | (last > end))]
    begin, end = claim.statement_from[line.claim[rows]], claim.statement_to[line.claim[rows]]
    shown = {"on": days(line.day[rows]), "begin": days(begin), "end": days(end)}
    return Hits(rows, {"code": codes(line.code[rows]), **shown})


RULE = Rule(
    code="INS110",
    name="line-outside-the-statement",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_line",
    needs=("day",),
    message="{code} of {on} lies outside the statement, {begin} to {end}",
    remedy=choice("Bill the line with its own period, or correct the statement."),
    sources=("cms-cpm-25", "cms-cpm-5-40.5"),
    find=find,
)
