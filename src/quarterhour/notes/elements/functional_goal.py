"""The element of the goal: functional and measurable."""

from __future__ import annotations

from typing import Final

from quarterhour.notes.elements.grade import Facts, Grade, absent, is_boilerplate, partial, present, shares_a_word, span
from quarterhour.notes.work.goals import IMPAIRMENT, Goal


def functional_goal(facts: Facts) -> Grade:
    """A goal that is functional and measurable, with criterion or date."""
    if facts.document.missed or not facts.goals:
        return absent("no goal stands in the text")
    full = [goal for goal in facts.goals if goal.sentence not in facts.stuffed and _is_full(facts, goal)]
    if full:
        return present("a functional goal with a criterion or a date", map(span, full[:3]))
    return partial("a goal is referred to, or lacks function or measure", map(span, facts.goals[:2]))


def _is_full(facts: Facts, goal: Goal) -> bool:
    return (goal.dated or goal.measurable) and (goal.functional or _is_a_task_of_today(facts, goal))


def _is_a_task_of_today(facts: Facts, goal: Goal) -> bool:
    """What the goal names was done today as a task of daily life, whatever the vocabulary knows of its words."""
    document = facts.document
    sentence = document.sentence_at(goal.start)
    if sentence is None or sentence.section == "plan" or is_boilerplate(sentence):
        return False
    return IMPAIRMENT.search(document.low, goal.start, goal.end) is None and shares_a_word(
        facts, sentence, goal.start, goal.end, _OF_DAILY_LIFE
    )


_OF_DAILY_LIFE: Final = frozenset({"functional_activity", "self_care", "cognition"})
