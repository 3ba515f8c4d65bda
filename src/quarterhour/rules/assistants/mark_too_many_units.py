"""More units carry CQ or CO than the assistant's minutes call for."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Codes shared by therapist and assistant with more marked units than any published way of reckoning gives."""
    code_day = facts.code_day
    rows = rows[code_day.assistant_billed[rows] > code_day.assistant_high[rows]]
    # Where the assistant furnished every minute, too many are marked because too many are billed: the unit rules speak.
    assistant = code_day.assistant_minutes[rows]
    shared = (assistant > 0) & (assistant < code_day.minutes[rows])
    rows, assistant = rows[shared], assistant[shared]
    return Hits(
        rows,
        {
            "marked": code_day.assistant_billed[rows],
            "assistant": assistant,
            "minutes": code_day.minutes[rows],
            "most": code_day.assistant_high[rows],
        },
    )


RULE = Rule(
    code="AST102",
    name="assistant-modifier-on-too-many-units",
    # Nobody denies such a line: it is paid 15 percent less than it should be.
    severity="warning",
    confidence="high",
    persona="biller",
    kind="assistant_modifier",
    over="code_day",
    applies="assistant_modifiers",
    reads=("cms/assistants:rule", "cms/assistants:de_minimis_percent"),
    needs=("minutes", "units_billed", "assistant_high"),
    modifiers=("assistant",),
    message="{marked} units carry the assistant modifier; {assistant} of {minutes} min by an assistant make it {most}",
    remedy=choice("Leave the modifier on {most} units; bill the others on a line without it."),
    sources=("cms-cpm-5-20.1", "fr-cy2022-pfs"),
    find=find,
)
