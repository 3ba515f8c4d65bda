"""A code is billed for a day on which it did not exist."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes, days, holds, words
from quarterhour.rules.facts import Facts, IntArray

_WHEN = ("began on", "ended on")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines of known codes before the first or after the last day of the code."""
    line = facts.line
    day = facts.visit.day[line.visit[rows]]
    ended = day > line.valid_to[rows]
    out = ended | (day < line.valid_from[rows])
    rows, ended = rows[out], ended[out]
    bound = line.valid_from[rows].copy()
    bound[ended] = line.valid_to[rows][ended]
    return Hits(rows, {"code": codes(line.code[rows]), "when": words(ended.astype(int), _WHEN), "bound": days(bound)})


RULE = Rule(
    code="CLM102",
    name="code-not-valid-on-date",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="line",
    only_where=(holds("known"), holds("billed")),
    message="{code} did not exist on the date of service: it {when} {bound}",
    remedy=choice("Check the date of service; if it is right, bill the code that was valid on that day."),
    sources=("cms-cpm-5-20",),
    find=find,
)
