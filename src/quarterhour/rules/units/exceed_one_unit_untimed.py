"""An untimed code is billed in more units than one."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes, fails
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Lines of untimed codes above the units an untimed code has."""
    line = facts.line
    most = facts.parameter("cms/timed_units:untimed_units")
    rows = rows[line.units[rows] > most[line.visit[rows]]]
    if not rows.size:
        return Hits(rows)
    untimed = ("untimed", "evaluation", "re-evaluation", "group", "supervised-modality")
    rows = rows[facts.of_kind(line.kind[rows], *untimed)]
    return Hits(rows, {"code": codes(line.code[rows]), "billed": line.units[rows], "most": most[line.visit[rows]]})


RULE = Rule(
    code="UNT105",
    name="untimed-code-in-several-units",
    severity="error",
    confidence="high",
    persona="biller",
    kind="units_over",
    over="line",
    only_where=(fails("timed"),),
    reads=("cms/timed_units:untimed_units",),
    message="units of {code}: {billed} billed, {most} is all an untimed code has whatever the minutes",
    remedy=choice("Bill {most} unit of {code}."),
    sources=("cms-cpm-5-20.2",),
    find=find,
)
