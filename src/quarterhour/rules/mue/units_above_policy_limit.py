"""More units of a code in a day than the policy limit, which nothing lifts."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.mue._indicators import POLICY, above_limit


def find(facts: Facts, rows: IntArray) -> Hits:
    """Codes with adjudication indicator 2 whose units of the day are above a limit that is not 0."""
    return above_limit(facts, rows, POLICY)


RULE = Rule(
    code="MUE101",
    name="units-above-daily-limit-by-policy",
    severity="error",
    confidence="high",
    persona="biller",
    kind="mue",
    over="unlikely",
    applies="unlikely_edits",
    reads=("cms/mue:absolute_indicators",),
    message="{units} units of {code} that day; the limit is {limit} by policy, and no modifier or appeal lifts it",
    remedy=choice("Bill at most {limit} of {code} that day."),
    sources=("cms-ncci-manual-2026-ch1-v",),
    tables=("mue",),
    find=find,
)
