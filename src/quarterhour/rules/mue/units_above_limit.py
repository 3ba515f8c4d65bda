"""More units of a code in a day than are clinically expected."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.mue._indicators import CLINICAL, above_limit


def find(facts: Facts, rows: IntArray) -> Hits:
    """Codes with adjudication indicator 3 whose units of the day are above a limit that is not 0."""
    return above_limit(facts, rows, CLINICAL)


RULE = Rule(
    code="MUE102",
    name="units-above-daily-limit",
    severity="error",
    confidence="high",
    persona="biller",
    kind="mue",
    over="unlikely",
    applies="unlikely_edits",
    reads=("cms/mue:clinical_indicators",),
    message="{units} units of {code} that day are denied as billed; more than {limit} are paid only on review",
    remedy=choice("Check that {units} units are right. If they are, expect a denial and appeal it with the record."),
    sources=("cms-ncci-manual-2026-ch1-v",),
    tables=("mue",),
    find=find,
)
