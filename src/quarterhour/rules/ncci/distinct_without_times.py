"""A modifier passes a pair edit, and nothing in the record shows the services at different times."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.ncci._passing import READS, passed


def find(facts: Facts, rows: IntArray) -> Hits:
    """Pairs passed by 59 or XU where a timed service is one of the two, without times of both and without a note.

    A re-evaluation is reported for a change of status and a supervised modality runs beside others, so it is not times
    that support the modifier there.
    """
    pair, line = facts.pair, facts.line
    rows = passed(facts, rows)
    if rows.size:
        one, two = pair.column1_line[rows], pair.line[rows]
        noted = facts.visit.note_given
        untold = ~noted[line.visit[one]] & ~noted[line.visit[two]]
        rows = rows[untold & ((line.intervals[one] == 0) | (line.intervals[two] == 0))]
    if rows.size:
        one, two = pair.column1_line[rows], pair.line[rows]
        by_time = facts.modifier_sets("cms/ncci:timed_interval_modifiers")[pair.visit[rows]]
        named = ((line.modifiers[one] | line.modifiers[two]) & by_time) != 0
        named &= line.timed[one] | line.timed[two]
        for lines in (one, two):
            named &= ~facts.of_kind(line.kind[lines], "evaluation", "re-evaluation", "supervised-modality")
        rows = rows[named]
    return Hits(rows, {"column1": codes(pair.column1[rows]), "column2": codes(pair.column2[rows])})


RULE = Rule(
    code="PTP106",
    name="distinct-modifier-without-times",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="modifier_unsupported",
    over="pair",
    applies="ncci_edits",
    reads=(*READS, "cms/ncci:timed_interval_modifiers"),
    modifiers=("59", "XU"),
    message="A modifier says {column2} was apart from {column1}; the record has neither times of both nor a note",
    remedy=chart("From when to when was {column1} given, and from when to when {column2}?"),
    sources=("cms-ncci-manual-2026-ch11-p", "cms-ncci-manual-2026-ch1-e"),
    tables=("ptp",),
    find=find,
)
