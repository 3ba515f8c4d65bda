"""A goal that names what was done today, where no words tie the two: "car transfers x 5", and "Goal: car transfer with
standby assist". Who reads the note may see what the work was for; the note does not say it.
"""

from __future__ import annotations

from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.elements.grade import Facts, Span, roots, span

#: Classes of what is done in daily life, which a goal can name; an exercise in a goal is a measure.
_OF_LIFE: Final = frozenset({"functional_activity", "self_care", "gait", "cognition"})
#: Words of how much and with which help, which say nothing of what was done.
_MEASURES: Final = frozenset(
    {"tria", "time", "reps", "minu", "feet", "poun", "assi", "supe", "stan", "veri", "verb", "cues", "cueing", "week"}
    | {"less", "more", "leas", "most", "with", "safe", "prog", "towa", "maki", "goal", "both", "left", "righ", "hand"}
    | {"read", "list", "line", "sess", "pati", "clie", "resi", "stud", "impr", "incr", "main", "then", "will", "leve"}
)


def find_named_aim(facts: Facts) -> Span | None:
    """The first goal that names what was done, None where none does."""
    low = facts.document.low
    done: set[str] = set()
    for item in facts.activities:
        if item.status == PERFORMED and item.kind in _OF_LIFE:
            done |= roots(low, item.start, item.end)
    if not done:
        return None
    done -= _MEASURES
    return next(
        (
            span(goal)
            for goal in facts.goals
            if (goal.functional or goal.measurable) and not done.isdisjoint(roots(low, goal.start, goal.end))
        ),
        None,
    )
