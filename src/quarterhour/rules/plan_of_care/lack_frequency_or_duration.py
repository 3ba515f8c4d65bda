"""The plan of care does not say how often, or for how long."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, chart, words
from quarterhour.rules.facts import ABSENT, Facts, IntArray

LACKING = ("frequency and no duration", "frequency", "duration")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Plans with a date, goals or one of the two, but not both. Diagnoses alone are no plan: claims have them too."""
    visit = facts.visit
    rows = rows[~(visit.frequency_given[rows] & visit.duration_given[rows])]
    if not rows.size:
        return Hits(rows)
    frequency, duration = visit.frequency_given[rows], visit.duration_given[rows]
    some = frequency | duration | (visit.goals[rows] > 0) | (visit.plan_established[rows] != ABSENT)
    lacking = np.select([frequency, duration], [LACKING.index("duration"), LACKING.index("frequency")], 0)[some]
    rows = rows[some]
    return Hits(rows, {"lacking": words(lacking, LACKING)})


RULE = Rule(
    code="POC112",
    name="plan-without-frequency-or-duration",
    severity="warning",
    confidence="high",
    persona="therapist",
    kind="plan_of_care",
    over="visit",
    applies="certification",
    needs=("plan_given",),
    element="plan",
    message="The plan of care states no {lacking}",
    remedy=chart("How often, and for how long, was the treatment planned?"),
    sources=("cms-bpm-15-220.1.2",),
    find=find,
)
