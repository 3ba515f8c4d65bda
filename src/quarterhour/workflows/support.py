"""Which code the described work supports, by which words, and what to ask where the note leaves it open.

Nothing is recoded here: the note may show work that another code is for, and only the clinician knows what was done.
Which work speaks for which code is policy (``policy/data/support.yaml``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec

from quarterhour.domain.code import code_number
from quarterhour.domain.reading import PERFORMED, Element, NoteActivity, NoteService, Reading, Span
from quarterhour.engine.derive.note_words import tells_minutes
from quarterhour.engine.derive.settled import settled
from quarterhour.policy import Policy
from quarterhour.rules.note_codes import HOW_LONG, UNDER_WHICH

_ONE_ON_ONE: Final = "one-on-one"
_PRACTICE: Final = "functional_activity"
#: Elements that make practice of a task more than the task, with what their words show.
_DIRECTION: Final[tuple[tuple[Element, str], ...]] = (
    ("goal_linkage", "the work is tied to a goal or a real task"),
    ("skilled_rationale", "the task is graded or guided for a reason of this patient"),
    ("progress", "the patient is compared with an earlier state"),
)
_TOGETHER: Final = "several were treated together"
_HOW_MANY: Final = "Were the minutes one-on-one, or was the patient treated together with others?"
_EVALUATING: Final = ("evaluation", "re-evaluation")
_TEST: Final = "assessment"
_TRIED: Final = "Was this found in the evaluation {}, or given as treatment beside it?"


class _Work(msgspec.Struct, frozen=True):
    """A service done today and the work that speaks for or against it.

    ``placed`` says whether the note tells the work under the service; else it stands elsewhere and could be no other
    service's. ``together`` are words that say several were treated, where that speaks against the code.
    """

    service: NoteService
    work: tuple[NoteActivity, ...]
    placed: bool
    together: Span | None


def support(reading: Reading, policy: Policy, *, text: str = "") -> list[dict[str, Any]]:
    """What the work told in a note supports: one entry a service done today, then one a class of work left over.

    ``text`` is the note; with it, work is placed under its service and words of group treatment are read. An entry has

    - ``service``: the service as the note names it, None for work that belongs to none;
    - ``verdict``: "supported"; "open" (the work may stand under the code, and does not by itself show it);
      "contradicted" (all of it speaks for other codes, or several were treated together under a one-on-one code);
      "not described"; or "not known" for codes whose content we do not know;
    - ``codes``: the codes the work speaks for, most words first, each with its label and how many ``words``;
    - ``for`` and ``against`` the code named: words with class, begin and end (code points, the end exclusive) and why;
    - ``questions``: what only the clinician can say.
    """
    if text:
        reading = settled(reading, text, policy)
    done = [a for a in reading.activities if a.status == PERFORMED and (s := policy.support.of(a.kind)) and s.content]
    services = _by_code(service for service in reading.services if service.status == PERFORMED)
    works, left = _divided(services, done, _together(reading, policy), policy)
    kinds = dict.fromkeys(activity.kind for activity in left)
    return [
        *(_of_service(one, reading, policy, text) for one in works),
        *(_left_over([activity for activity in left if activity.kind == kind], policy, text) for kind in kinds),
    ]


def _by_code(services: Iterable[NoteService]) -> list[NoteService]:
    """Every code once, where it is first named; services without a code each."""
    first: dict[object, NoteService] = {}
    for service in services:
        first.setdefault(service.code or service.start, service)
    return list(first.values())


def _together(reading: Reading, policy: Policy) -> Span | None:
    """Words that several were treated together, in a note that neither says one-on-one nor names a group service."""
    told = reading.together and not reading.alone and not policy.support.names_group(reading)
    return reading.together[0] if told else None


def _divided(
    services: Sequence[NoteService], done: Sequence[NoteActivity], together: Span | None, policy: Policy
) -> tuple[list[_Work], list[NoteActivity]]:
    """Services with the work told under them, or else with work told elsewhere that only they are for; and the rest."""
    named = {service.code for service in services}
    left = [activity for activity in done if activity.code not in named]
    works = []
    for service in services:
        card = policy.codes.card(service.code) if service.code else None
        against = together if card and card.contact == _ONE_ON_ONE else None
        told = tuple(activity for activity in done if activity.code is not None and activity.code == service.code)
        work = told or tuple(activity for activity in left if service.code in _owners(activity, named, policy))
        works.append(_Work(service, work, bool(told), against))
    lent = {(activity.start, activity.kind) for one in works if not one.placed for activity in one.work}
    return works, [activity for activity in left if (activity.start, activity.kind) not in lent]


def _owners(activity: NoteActivity, named: Iterable[str | None], policy: Policy) -> list[str | None]:
    """The one service of a note that such work can be of, and the add-on that shares its work; else none."""
    claimants = _claimants(activity, named, policy)
    own = [code for code in claimants if not _is_add_on(code, policy)]
    return claimants if len(own or claimants) == 1 else []


def _is_add_on(code: str | None, policy: Policy) -> bool:
    card = policy.codes.card(code) if code else None
    return card is not None and card.kind.startswith("add-on")


def _claimants(activity: NoteActivity, named: Iterable[str | None], policy: Policy) -> list[str | None]:
    """The services of a note that such work is for."""
    speaks = policy.support.of(activity.kind)
    return [code for code in named if speaks and code in speaks.codes]


def _of_service(one: _Work, reading: Reading, policy: Policy, text: str) -> dict[str, Any]:
    service = one.service
    card = policy.codes.card(service.code) if service.code else None
    if card and card.kind in _EVALUATING:
        return _of_evaluation(one, reading, policy)
    if policy.support.is_group(service.code) and one.work:
        return _of_group(one, reading, policy, text)
    fits = policy.support.fitting(code_number(service.code)) if service.code else frozenset()
    fitting = [activity for activity in one.work if activity.kind in fits]
    other = [activity for activity in one.work if activity.kind not in fits] if fits else []
    own = [activity for activity in fitting if _claimants(activity, [service.code], policy)]
    for_it = [_words(activity, _label(activity, policy)) for activity in own or fitting]
    if any(activity.kind == _PRACTICE for activity in own):
        for_it += _direction(reading, text)
    against = [_words(activity, _label(activity, policy)) for activity in other]
    questions = _class_questions(other or fitting, policy)
    if one.together:
        against.append(_quoted(one.together, text, _TOGETHER))
    if not fits:
        verdict, questions = "not known", []
    elif not one.work:
        verdict = "not described"
        questions = [f"What was done under {service.code}, with what object or technique, and how did the patient do?"]
    elif one.together or not fitting:
        verdict = "contradicted"
        questions = [_HOW_MANY] if one.together else questions
    elif not own or len(other) > len(fitting):
        verdict = "open"
    elif not one.placed:
        verdict, questions = "open", [_under_which(text)]
    else:
        verdict, questions = "supported", []
    return {
        "service": _named(service),
        "verdict": verdict,
        "codes": _spoken_for(one.work, policy, service.code),
        "for": for_it,
        "against": against,
        "questions": questions,
    }


def _of_evaluation(one: _Work, reading: Reading, policy: Policy) -> dict[str, Any]:
    """An evaluation by the tests the note tells.

    What the patient tried in it is told in the words of treatment, so those speak neither against it nor for another
    code; whether it was treatment is asked.
    """
    tests = [a for a in reading.activities if a.kind == _TEST and a.status == PERFORMED]
    if tests:
        verdict, questions = "supported", []
    elif one.work:
        verdict, questions = "open", [_TRIED.format(one.service.code)]
    else:
        verdict, questions = "not described", [f"What was tested under {one.service.code}, and what was found?"]
    return {
        "service": _named(one.service),
        "verdict": verdict,
        "codes": _spoken_for(tests, policy, one.service.code),
        "for": [_words(test, _label(test, policy)) for test in tests],
        "against": [],
        "questions": questions,
    }


def _of_group(one: _Work, reading: Reading, policy: Policy, text: str) -> dict[str, Any]:
    """A service of a group by the words that several were treated together: what they did may be work of any class."""
    card = policy.codes.card(one.service.code or "")
    for_it = [_words(activity, _class_label(activity, policy)) for activity in one.work]
    return {
        "service": _named(one.service),
        "verdict": "supported" if reading.together else "open",
        "codes": [{"code": one.service.code, "label": card.label, "words": len(one.work)}] if card else [],
        "for": [*for_it, *(_quoted(span, text, _TOGETHER) for span in reading.together)],
        "against": [],
        "questions": [] if reading.together else [_HOW_MANY],
    }


def _named(service: NoteService) -> dict[str, Any]:
    return {
        "code": service.code,
        "label": service.label,
        "minutes": service.minutes,
        "start": service.start,
        "end": service.end,
    }


def _under_which(text: str) -> str:
    """The question which service it was; how long it took is asked only where no minutes stand in the note."""
    return UNDER_WHICH.format(minutes=HOW_LONG[tells_minutes(text)])


def _left_over(activities: Sequence[NoteActivity], policy: Policy, text: str) -> dict[str, Any]:
    return {
        "service": None,
        "verdict": "open",
        "codes": _spoken_for(activities, policy),
        "for": [_words(activity, _label(activity, policy)) for activity in activities],
        "against": [],
        "questions": [_under_which(text), *_class_questions(activities, policy)],
    }


def _spoken_for(activities: Iterable[NoteActivity], policy: Policy, named: str | None = None) -> list[dict[str, Any]]:
    """The codes the activities speak for, each for one: the code named where it is among those of its class, else the
    first; none where the class alone does not tell which.
    """
    count: dict[str, int] = {}
    for activity in activities:
        speaks = policy.support.of(activity.kind)
        if speaks is None or (speaks.by_name and named not in speaks.codes):
            continue
        code = named if named in speaks.codes else speaks.codes[0]
        if code is not None:
            count[code] = count.get(code, 0) + 1
    return [
        {"code": code, "label": card.label, "words": count[code]}
        for code in sorted(count, key=lambda code: -count[code])
        if (card := policy.codes.card(code)) is not None
    ]


def _class_questions(activities: Iterable[NoteActivity], policy: Policy) -> list[str]:
    asked = (policy.support.of(activity.kind) for activity in activities)
    return list(dict.fromkeys(speaks.question for speaks in asked if speaks))


def _direction(reading: Reading, text: str) -> list[dict[str, Any]]:
    """Words that tie practiced tasks to a goal, grade them or compare, where the reader finds them in full."""
    found = []
    for name, why in _DIRECTION:
        element = reading.elements.get(name)
        if element and element.grade == "present":
            found += [_quoted(span, text, why) for span in element.evidence]
    return found


def _quoted(span: Span, text: str, why: str) -> dict[str, Any]:
    return {"text": text[span.start : span.end], "class": None, "start": span.start, "end": span.end, "why": why}


def _words(activity: NoteActivity, why: str) -> dict[str, Any]:
    return {
        "text": activity.text,
        "class": activity.kind,
        "start": activity.start,
        "end": activity.end,
        "why": why,
    }


def _label(activity: NoteActivity, policy: Policy) -> str:
    """What such work is, and the code it speaks for."""
    speaks = policy.support.of(activity.kind)
    told = _class_label(activity, policy)
    return told if speaks is None or speaks.by_name else f"{told}: {speaks.codes[0]}"


def _class_label(activity: NoteActivity, policy: Policy) -> str:
    """What such work is."""
    speaks = policy.support.of(activity.kind)
    return speaks.label if speaks else activity.kind
