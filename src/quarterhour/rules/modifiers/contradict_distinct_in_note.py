"""A modifier says that a service was distinct, and the note has more minutes of services than of treatment."""

from __future__ import annotations

import numpy as np

from quarterhour.policy.codes import CONTACTS
from quarterhour.rules.contract import Hits, Rule, choice, codes, modifier_set, one_of
from quarterhour.rules.facts import ABSENT, Facts, IntArray

_ATTENDED = tuple(CONTACTS.index(name) for name in ("one-on-one", "constant-attendance", "group"))


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed services with 59, XS or XU of notes whose attended services cannot all have had minutes of their own.

    XE says another visit of the day and XP another practitioner, so one note's minutes do not speak against them.
    """
    told, note, line = facts.note_code, facts.note, facts.line
    rows = rows[(told.lines[rows] > 0) & told.performed[rows] & one_of(told.contact[rows], _ATTENDED)]
    if not rows.size:
        return Hits(rows)
    said = facts.modifiers("distinct") & ~facts.modifiers("XE", "XP")
    carried = line.modifiers[told.line[rows]] & said
    rows, carried = rows[carried != 0], carried[carried != 0]
    at = told.note[rows]
    span = np.where(note.begin[at] != ABSENT, note.end[at] - note.begin[at], ABSENT)
    total = np.where(note.total_treatment_minutes[at] != ABSENT, note.total_treatment_minutes[at], span)
    hit = (total > 0) & (note.attended_minutes[at] > total)
    rows, carried, at, total = rows[hit], carried[hit], at[hit], total[hit]
    return Hits(
        rows,
        {
            "modifiers": modifier_set(carried),
            "code": codes(told.code[rows]),
            "minutes": note.attended_minutes[at],
            "total": total,
        },
        (
            (told.start[rows], told.end[rows]),
            (note.starts["total_treatment_time"][at], note.ends["total_treatment_time"][at]),
        ),
    )


RULE = Rule(
    code="MOD201",
    name="distinct-modifier-contradicted-by-note",
    severity="error",
    confidence="medium",
    persona="biller",
    kind="modifier_unsupported",
    over="note_code",
    modifiers=("distinct",),
    message="{modifiers} says {code} was distinct; the note has {minutes} minutes of services in {total} of treatment",
    remedy=choice("Take {modifiers} off and bill shared minutes once, or have the clinician correct wrong times."),
    sources=("cms-ncci-manual-2026-ch11-p", "cms-ncci-manual-2026-ch1-e"),
    find=find,
)
