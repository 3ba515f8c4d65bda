"""A therapy line carries none of GP, GO and GN."""

from __future__ import annotations

from quarterhour.policy.codes import DESIGNATIONS
from quarterhour.rules.contract import Hits, Rule, choice, words
from quarterhour.rules.facts import Facts, IntArray

_ALWAYS = DESIGNATIONS.index("always")
_SOMETIMES = DESIGNATIONS.index("sometimes")
#: By discipline as facts number it, 0 for none given.
_MODIFIER = ("GP, GO or GN", "GP", "GO", "GN")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with a therapy code and no discipline modifier.

    A code that is therapy only sometimes is so where the visit says which discipline's plan of care it belongs to.
    """
    line = facts.line
    rows = rows[line.modifiers[rows] & facts.modifiers("discipline") == 0]
    if not rows.size:
        return Hits(rows)
    discipline = facts.visit.discipline[line.visit[rows]]
    designation = line.designation[rows]
    therapy = (designation == _ALWAYS) | ((designation == _SOMETIMES) & (discipline > 0))
    missing = therapy & line.billed[rows]
    return Hits(rows[missing], {"modifier": words(discipline[missing], _MODIFIER)})


RULE = Rule(
    code="MOD101",
    name="discipline-modifier-missing",
    severity="error",
    confidence="high",
    persona="biller",
    kind="modifier_missing",
    over="line",
    applies="discipline_modifiers",
    message="The line carries no discipline modifier; its plan of care calls for {modifier}",
    remedy=choice("Add {modifier}, as the plan of care has it."),
    sources=("cms-cpm-5-20.1", "cms-cpm-5-20"),
    find=find,
)
