"""Elements of content: activities and assistance."""

from __future__ import annotations

from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.elements.grade import Facts, Grade, Span, absent, is_boilerplate, partial, present, span
from quarterhour.notes.page.status import status_of
from quarterhour.notes.services.services import is_evaluation
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.work.phrases import Activity


def activities(facts: Facts) -> Grade:
    """At least one specific task, exercise or technique done in the visit."""
    document = facts.document
    if document.missed:
        return absent("the visit did not take place")
    if document.summary and not facts.services:
        return absent("a summary without treatment of this day")
    done = [item for item in facts.activities if item.status == PERFORMED]
    specific = [item for item in done if _is_specific(facts, item)]
    if specific:
        return present("specific tasks, exercises or techniques are named", map(span, specific[:6]))
    if any(item.kind not in _NO_ACTIVITY for item in done):
        return partial("only categories of activity are named", map(span, done[:4]))
    named = [service for service in facts.services if service.status == PERFORMED and not is_evaluation(service.code)]
    if named:
        return partial("services are named without a task", map(span, named[:4]))
    planned = [item for item in facts.activities if item.status == "planned"]
    if planned and facts.times.total_treatment is not None:
        return partial("activities stand only in the plan", map(span, planned[:3]))
    return absent("no activity of this visit is named")


_NO_ACTIVITY: Final = frozenset({"education", "assessment"})
_UNSPECIFIC: Final = _NO_ACTIVITY | {"unspecified"}


def _is_specific(facts: Facts, item: Activity) -> bool:
    """The activity is named as what it was, not as a category, in words that are told of this patient."""
    sentence = item.sentence
    return (
        item.specific
        and item.kind not in _UNSPECIFIC
        and sentence.start not in facts.stuffed
        and not is_boilerplate(sentence)
        and not (
            sentence.gates & _ADDRESSED_GATE and _ADDRESSED.match(facts.document.low, sentence.start, sentence.end)
        )
    )


_ABILITY: Final = (
    r"(?:(?:functional|dynamic|static|general|lower|upper|bed|core) ){0,2}(?:balance|gait|strength(?:ening)?|i?adls?|"
    r"endurance|mobility|transfers?|posture|coordination|rom|flexibility|safety|function|tolerance|ambulation)"
)
# Abilities of which none is told by a task: "functional transfers, balance and gait were addressed".
_ADDRESSED: Final = folded(
    rf"{_ABILITY}(?:,? and {_ABILITY}|, {_ABILITY})+ (?:was|were) (?:all )?(?:addressed|targeted|worked on|treated)\b"
)
_ADDRESSED_GATE: Final = gate(_ADDRESSED)


def assistance_level(facts: Facts) -> Grade:
    """A level, or a cue with kind or amount, tied to a task."""
    done = [item for item in facts.assistance if item.status == PERFORMED]
    tied = [item for item in done if item.tied and item.sentence.start not in facts.stuffed]
    if tied:
        return present("level or cue is tied to a task", map(span, tied))
    vague = [
        item
        for item in facts.assistance
        if item.status == "uncertain" and (item.level == "cues" or item.sentence.mask & BIT["boilerplate"])
    ]
    if done or vague:
        return partial("level or cue stands without task or amount", map(span, (done or vague)[:4]))
    help_given = _find_help(facts)
    if help_given is not None:
        return partial("help without level or amount", [help_given])
    return absent("no level of assistance is stated")


def _find_help(facts: Facts) -> Span | None:
    """The first word of help given in this visit."""
    document = facts.document
    if document.missed:
        return None
    for sentence in document.sentences:
        if sentence.mask & _HELP and sentence.section in _TREATING:
            for hit in sentence.hits:
                if hit.mask & _HELP and status_of(document, sentence, hit.start, hit.end) == PERFORMED:
                    return span(hit)
    return None


_HELP: Final = BIT["help"]  # no level and no cue
_TREATING: Final = frozenset({"objective", "treatment", "note"})
