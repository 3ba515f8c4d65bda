"""Fewer units carry CQ or CO than the assistant's minutes call for."""

from __future__ import annotations

from quarterhour.domain.visit import DISCIPLINES
from quarterhour.policy.providers import STANDINGS
from quarterhour.rules.contract import Hits, Rule, choice, words
from quarterhour.rules.facts import Facts, IntArray

#: By discipline as facts number it, 0 for none given. Speech-language pathology has no assistants and no modifier.
_MODIFIER = ("CQ or CO", "CQ", "CO", "")
_ASSISTANT = STANDINGS.index("assistant")
_WITHOUT_ASSISTANTS = 1 + DISCIPLINES.index("SLP")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Codes of a day with fewer marked units than even the mildest published way of reckoning asks for."""
    code_day = facts.code_day
    rows = rows[code_day.assistant_billed[rows] < code_day.assistant_low[rows]]
    if not rows.size:
        return Hits(rows)
    visit = code_day.visit[rows]
    discipline, credential = facts.visit.discipline[visit], facts.visit.assistant_credential[visit]
    # An aide or a student named as the assistant is none; the modifier would make the line no better.
    other = (credential >= 0) & (facts.provider("standing")[credential] != _ASSISTANT)
    short = (code_day.units_billed[rows] > 0) & (discipline != _WITHOUT_ASSISTANTS) & ~other
    rows = rows[short]
    return Hits(
        rows,
        {
            "needed": code_day.assistant_low[rows],
            "units": code_day.units_billed[rows],
            "modifier": words(discipline[short], _MODIFIER),
            "assistant": code_day.assistant_minutes[rows],
            "minutes": code_day.minutes[rows],
            "marked": code_day.assistant_billed[rows],
        },
    )


RULE = Rule(
    code="AST101",
    name="assistant-modifier-missing",
    severity="error",
    confidence="high",
    persona="biller",
    kind="assistant_modifier",
    over="code_day",
    applies="assistant_modifiers",
    reads=("cms/assistants:rule", "cms/assistants:de_minimis_percent"),
    needs=("minutes", "units_billed"),
    message="{assistant} of {minutes} min an assistant's: {needed} of {units} units need {modifier}, {marked} carry it",
    remedy=choice("Put {modifier} on {needed} of {units} units, on a line of its own where not all need it."),
    sources=("cms-cpm-5-20.1", "fr-cy2022-pfs"),
    find=find,
)
