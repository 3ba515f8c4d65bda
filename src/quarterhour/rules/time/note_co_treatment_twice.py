"""Notes tell of a co-treatment, and both disciplines bill its minutes in full."""

from __future__ import annotations

from quarterhour.domain.visit import DISCIPLINES
from quarterhour.rules.contract import Hits, Rule, choice, holds, words
from quarterhour.rules.facts import Facts, IntArray

_NAMES = ("another discipline", *DISCIPLINES)


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits in two disciplines, one of whose notes tells of a co-treatment, with more minutes than their times hold.

    Where both records have times themselves, they are TIM109.
    """
    overlap = facts.note_overlap
    return Hits(
        rows,
        {"minutes": overlap.told_twice[rows], "other": words(overlap.other_discipline[rows], _NAMES)},
        ((overlap.start[rows], overlap.end[rows]),),
    )


RULE = Rule(
    code="TIM211",
    name="co-treatment-told-and-billed-twice",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="time_conflict",
    over="note_overlap",
    only_where=(holds("joint"), holds("told_twice")),
    needs=("told_twice",),
    element="start_stop_times",
    message="co-treatment by the notes; minutes billed in full here and by {other}: {minutes}",
    remedy=choice("The therapists split the {minutes} minutes, or one of them bills them all."),
    sources=("cms-cpm-5-20.3", "cotreatment-articles"),
    find=find,
)
