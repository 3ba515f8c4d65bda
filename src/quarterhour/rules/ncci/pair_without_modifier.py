"""Two lines meet a pair edit that a modifier could pass, and none stands there."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.ncci._passing import passes_by_modifier


def find(facts: Facts, rows: IntArray) -> Hits:
    """Pairs with indicator 1 and no passing modifier on either line."""
    pair = facts.pair
    bare = rows[passes_by_modifier(facts)[rows] & ~pair.bypass1[rows] & ~pair.bypass2[rows]]
    return Hits(bare, {"column1": codes(pair.column1[bare]), "column2": codes(pair.column2[bare])})


RULE = Rule(
    code="PTP101",
    name="pair-billed-without-modifier",
    severity="error",
    confidence="high",
    persona="biller",
    kind="ptp",
    over="pair",
    applies="ncci_edits",
    reads=("cms/ncci:pair_bypass",),
    message="{column2} is denied beside {column1}: they meet a pair edit, and no modifier says they were distinct",
    remedy=choice("Bill one of the two; or, if the record shows both in different minutes, put 59 or XU on {column2}."),
    sources=("cms-ncci-manual-2026-ch1-e", "cms-ncci-manual-2026-ch11-p"),
    tables=("ptp",),
    find=find,
)
