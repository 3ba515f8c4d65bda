"""On an institutional claim a modifier on column 1 alone may not pass the edit."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.ncci._passing import READS, institutional, on_column_1_only


def find(facts: Facts, rows: IntArray) -> Hits:
    """Pairs of institutional claims whose modifier stands on the column 1 line alone."""
    pair = facts.pair
    rows = on_column_1_only(facts, rows)
    rows = rows[institutional(facts, pair.visit[rows])]
    return Hits(rows, {"column1": codes(pair.column1[rows]), "column2": codes(pair.column2[rows])})


RULE = Rule(
    code="PTP108",
    name="distinct-modifier-off-column-2-institutional",
    severity="warning",
    confidence="low",
    persona="biller",
    kind="ptp",
    over="pair",
    applies="ncci_edits",
    reads=READS,
    modifiers=("distinct", "other", "repeat"),
    message="{column2} may be denied beside {column1}: the modifier on {column1} is only sure to count on {column2}",
    remedy=choice("If the record supports the modifier, move it from {column1} to {column2}."),
    sources=("cms-cr-11168", "cms-ncci-manual-2026-ch1-e"),
    tables=("ptp",),
    find=find,
)
