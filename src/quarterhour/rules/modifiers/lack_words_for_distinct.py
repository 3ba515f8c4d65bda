"""A modifier passes a pair edit, and the note does not show both services with minutes of their own."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, chart, codes
from quarterhour.rules.facts import ABSENT, Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Pairs passed by a modifier that speaks of time, where a service has no minutes in the note of its visit.

    A re-evaluation is reported for a change of status and a supervised modality runs beside others, so it is not
    minutes that support the modifier there.
    """
    pair, line, note = facts.pair, facts.line, facts.note
    rows = rows[(pair.indicator[rows] == 1) & (pair.bypass1[rows] | pair.bypass2[rows])]
    if not rows.size or not note.visit.size:
        return Hits(rows[:0])
    one, two = pair.column1_line[rows], pair.line[rows]
    by_time = facts.modifier_sets("cms/ncci:timed_interval_modifiers")[pair.visit[rows]]
    other_reason = ("evaluation", "re-evaluation", "supervised-modality")
    rows = rows[
        (((line.modifiers[one] | line.modifiers[two]) & by_time) != 0)
        & (line.timed[one] | line.timed[two])
        & ~facts.of_kind(line.kind[one], *other_reason)
        & ~facts.of_kind(line.kind[two], *other_reason)
        & np.isin(line.visit[one], note.visit)
        & np.isin(line.visit[two], note.visit)
    ]
    first, second = _told(facts, pair.column1_line[rows]), _told(facts, pair.line[rows])
    told = facts.note_code
    bare = (told.minutes[first] == ABSENT) | (told.minutes[second] == ABSENT)
    rows, first, second = rows[bare], first[bare], second[bare]
    return Hits(
        rows,
        {"column1": codes(pair.column1[rows]), "column2": codes(pair.column2[rows])},
        ((told.start[first], told.end[first]), (told.start[second], told.end[second])),
    )


def _told(facts: Facts, lines: IntArray) -> IntArray:
    """For lines of visits with a note the row of what the note tells of their code."""
    told, line = facts.note_code, facts.line
    of = {key: row for row, key in enumerate(zip(told.visit.tolist(), told.code.tolist(), strict=True))}
    wanted = zip(line.visit[lines].tolist(), line.code[lines].tolist(), strict=True)
    return np.array([of[key] for key in wanted], dtype=np.int64)


RULE = Rule(
    code="MOD202",
    name="distinct-modifier-without-minutes-in-note",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="modifier_unsupported",
    over="pair",
    applies="ncci_edits",
    reads=("cms/ncci:pair_bypass", "cms/ncci:timed_interval_modifiers"),
    modifiers=("59", "XU"),
    message="A modifier says {column2} was apart from {column1}; the note does not give minutes of its own to each",
    remedy=chart("From when to when was {column1} given, and from when to when {column2}?"),
    sources=("cms-ncci-manual-2026-ch11-p", "cms-ncci-manual-2026-ch1-e"),
    tables=("ptp",),
    find=find,
)
