"""Elements of content: activities and assistance."""

from __future__ import annotations

from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.elements.grade import Facts, Grade, absent, is_boilerplate, partial, present
from quarterhour.notes.gates import gate
from quarterhour.notes.lexicon import BIT
from quarterhour.notes.patterns import folded
from quarterhour.notes.services import is_evaluation
from quarterhour.notes.status import status_of

_UNSPECIFIC: Final = frozenset({"education", "assessment", "unspecified"})
_ABILITY: Final = (
    r"(?:(?:functional|dynamic|static|general|lower|upper|bed|core) ){0,2}(?:balance|gait|strength(?:ening)?|i?adls?|"
    r"endurance|mobility|transfers?|posture|coordination|rom|flexibility|safety|function|tolerance|ambulation)"
)
# Abilities of which none is told by a task: "functional transfers, balance and gait were addressed".
_ADDRESSED: Final = folded(
    rf"{_ABILITY}(?:,? and {_ABILITY}|, {_ABILITY})+ (?:was|were) (?:all )?(?:addressed|targeted|worked on|treated)\b"
)
_ADDRESSED_GATE: Final = gate(_ADDRESSED)


def activities(facts: Facts) -> Grade:
    """At least one specific task, exercise or technique done in the visit."""
    document = facts.document
    if document.missed:
        return absent("the visit did not take place")
    done = [item for item in facts.activities if item.status == PERFORMED]
    specific = [
        item
        for item in done
        if item.specific
        and item.kind not in _UNSPECIFIC
        and item.sentence.start not in facts.stuffed
        and not is_boilerplate(item.sentence)
        and not (
            item.sentence.gates & _ADDRESSED_GATE
            and _ADDRESSED.match(document.low, item.sentence.start, item.sentence.end)
        )
        and not (document.summary and not facts.services)
    ]
    if specific:
        return present(
            "specific tasks, exercises or techniques are named", [(item.start, item.end) for item in specific[:6]]
        )
    if document.summary and not facts.services:
        return absent("a summary without treatment of this day")
    named = [service for service in facts.services if service.status == PERFORMED and not is_evaluation(service.code)]
    if done and any(item.kind not in ("education", "assessment") for item in done):
        return partial("only categories of activity are named", [(item.start, item.end) for item in done[:4]])
    if named:
        return partial("services are named without a task", [(service.start, service.end) for service in named[:4]])
    planned = [item for item in facts.activities if item.status == "planned"]
    if planned and facts.times.total_treatment is not None:
        return partial("activities stand only in the plan", [(item.start, item.end) for item in planned[:3]])
    return absent("no activity of this visit is named")


def assistance_level(facts: Facts) -> Grade:
    """A level, or a cue with kind or amount, tied to a task."""
    document = facts.document
    done = [item for item in facts.assistance if item.status == PERFORMED]
    vague = [
        item
        for item in facts.assistance
        if item.status == "uncertain" and (item.level == "cues" or item.sentence.mask & BIT["boilerplate"])
    ]
    tied = [item for item in done if item.tied and item.sentence.start not in facts.stuffed]
    if tied:
        return present("level or cue is tied to a task", [(item.start, item.end) for item in tied])
    done = done or vague
    if done:
        return partial("level or cue stands without task or amount", [(item.start, item.end) for item in done[:4]])
    help_bit = BIT["help"]
    for sentence in document.sentences:
        if sentence.mask & help_bit and sentence.section in ("objective", "treatment", "note") and not document.missed:
            for hit in sentence.hits:
                if hit.mask & help_bit and status_of(document, sentence, hit.start, hit.end) == PERFORMED:
                    return partial("help without level or amount", [(hit.start, hit.end)])
    return absent("no level of assistance is stated")
