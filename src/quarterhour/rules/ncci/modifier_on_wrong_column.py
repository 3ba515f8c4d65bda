"""Before July 2019 the modifier of a professional claim counted on the column 2 line alone."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.ncci._passing import READS, institutional, on_column_1_only


def find(facts: Facts, rows: IntArray) -> Hits:
    """Pairs of professional claims whose modifier stands on the line where it does not count."""
    pair = facts.pair
    rows = on_column_1_only(facts, rows)
    rows = rows[~institutional(facts, pair.visit[rows])]
    return Hits(rows, {"column1": codes(pair.column1[rows]), "column2": codes(pair.column2[rows])})


RULE = Rule(
    code="PTP104",
    name="distinct-modifier-on-wrong-column",
    severity="error",
    confidence="medium",
    persona="biller",
    kind="ptp",
    over="pair",
    applies="ncci_edits",
    reads=READS,
    modifiers=("distinct", "other", "repeat"),
    message="{column2} is denied beside {column1}: then a modifier counted on {column2} only, and it is on {column1}",
    remedy=choice("If the record supports the modifier, move it from {column1} to {column2}."),
    sources=("cms-cr-11168", "cms-ncci-manual-2026-ch1-e"),
    tables=("ptp",),
    find=find,
)
