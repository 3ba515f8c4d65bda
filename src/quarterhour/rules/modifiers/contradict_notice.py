"""GA, which says that notice was given, stands with GZ, which says that none was."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with both modifiers."""
    line, both = facts.line, facts.modifiers("GA", "GZ")
    return Hits(rows[(line.modifiers[rows] & both == both) & line.billed[rows]])


RULE = Rule(
    code="MOD119",
    name="notice-given-and-not-given",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="line",
    applies="abn_modifiers",
    modifiers=("GZ",),
    message="GA says a required notice is on file, GZ that there is none; both stand on the line",
    remedy=chart("Did the patient sign a notice for this service before it was furnished?"),
    sources=("abn-modifier-articles",),
    find=find,
)
