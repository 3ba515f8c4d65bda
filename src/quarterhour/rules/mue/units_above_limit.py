"""More units of a code in a day, or on a line, than are expected."""

from __future__ import annotations

from typing import Final

from quarterhour.rules.contract import Hits, Rule, choice, words
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.mue._indicators import CLINICAL, LINE, above_limit

#: What the units are counted over: by day, by line.
_COUNTED: Final = ("that day", "on one line")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Codes with adjudication indicator 3 above their limit of the day, or 1 above that of a line, which is not 0."""
    hits = above_limit(facts, rows, CLINICAL, LINE)
    by_line = facts.unlikely.adjudication[hits.rows] == LINE
    return Hits(hits.rows, {**hits.numbers, "counted": words(by_line.astype(int), _COUNTED)})


RULE = Rule(
    code="MUE102",
    name="units-above-daily-limit",
    severity="error",
    confidence="high",
    persona="biller",
    kind="mue",
    over="unlikely",
    applies="unlikely_edits",
    reads=("cms/mue:clinical_indicators", "cms/mue:claim_line_indicators"),
    message="{units} units of {code} {counted} are denied as billed; more than {limit} are paid only on review",
    remedy=choice("Check that {units} units are right. If they are, expect a denial and appeal it with the record."),
    sources=("cms-ncci-manual-2026-ch1-v",),
    tables=("mue",),
    find=find,
)
