"""What was found in a treatment note: facts with the span of the text each came from.

Spans are code points of the text as given, the end exclusive. The shapes are those of the outward contract. What
holds only texts and numbers cannot be part of a cycle and is left out of the garbage collector's rounds (``gc=False``).
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final, Literal, get_args

import msgspec

from quarterhour.domain.visit import Discipline

Status = Literal["performed", "planned", "prior_visit", "home_program", "negated", "self_corrected", "uncertain"]
ActivityClass = Literal[
    "functional_activity",
    "self_care",
    "exercise",
    "neuromuscular",
    "gait",
    "manual",
    "modality",
    "education",
    "speech_language",
    "cognition",
    "assessment",
    "unspecified",
]
Grade = Literal["absent", "partial", "present"]
Element = Literal[
    "activities",
    "service_minutes",
    "total_timed_minutes",
    "total_treatment_time",
    "start_stop_times",
    "assistance_level",
    "patient_response",
    "functional_goal",
    "goal_linkage",
    "skilled_rationale",
    "progress",
    "diagnosis",
    "environment",
    "one_on_one_or_group",
    "plan",
    "signature",
]

STATUSES: tuple[str, ...] = get_args(Status)
ACTIVITY_CLASSES: tuple[str, ...] = get_args(ActivityClass)
GRADES: tuple[str, ...] = get_args(Grade)
#: The status of what was done at the visit; only that counts.
PERFORMED: Final = "performed"
ELEMENTS: tuple[Element, ...] = get_args(Element)

Place = Annotated[int, msgspec.Meta(ge=0)]


class Span(msgspec.Struct, frozen=True, gc=False):
    """A stretch of the note's text."""

    start: Place
    end: Place


class NoteSection(msgspec.Struct, frozen=True, gc=False):
    """A section of the note."""

    name: str
    start: Place
    end: Place


class NoteService(msgspec.Struct, frozen=True, gc=False):
    """A service the note names, with the minutes and clock times it gives it. Only a performed one counts."""

    label: str
    code: str | None
    minutes: int | None
    status: Status
    start: Place
    end: Place
    begin: str | None = None
    finish: str | None = None


class NoteActivity(msgspec.Struct, frozen=True, gc=False, rename={"kind": "class"}):
    """Something that was, or was not, done; ``code`` is the service under which the note tells it."""

    text: str
    kind: ActivityClass
    status: Status
    start: Place
    end: Place
    code: str | None = None


class NoteAssistance(msgspec.Struct, frozen=True, gc=False):
    """A level of help or cueing given today."""

    level: str
    start: Place
    end: Place


class NoteTimes(msgspec.Struct, frozen=True):
    """The times the note states for the visit as a whole."""

    total_timed_minutes: int | None = None
    total_treatment_minutes: int | None = None
    start: str | None = None
    stop: str | None = None
    evidence: tuple[Span, ...] = ()


class DayTold(msgspec.Struct, frozen=True, gc=False):
    """A day written in full, and where."""

    day: dt.date
    start: Place
    end: Place


class AssistantTold(msgspec.Struct, frozen=True, gc=False):
    """Where a note says that an assistant gave a service: of which code and how many minutes, where it tells them."""

    start: Place
    end: Place
    code: str | None = None
    minutes: int | None = None


class UnitsTold(msgspec.Struct, frozen=True, gc=False):
    """Units the note writes beside a service, and where."""

    start: Place
    end: Place
    code: str
    units: int


class NoteElement(msgspec.Struct, frozen=True):
    """How well the note shows one element, why, and by which words."""

    grade: Grade
    reason: str
    evidence: tuple[Span, ...] = ()


class Reading(msgspec.Struct, frozen=True):
    """All that was found in one note.

    No part of the contract: ``day``, the date it seems to be of, written in full; ``named_day``, the date it calls that
    of the service; ``by_aide``, where it says that an aide gave a service, ``by_assistant``, that an assistant did;
    ``untreated``, where it says that stated minutes take in time without treatment; ``alone`` and ``together``, where
    it says that one patient, or several, were treated at a time, ``joint``, that two therapists treated one patient
    together; ``headed_day``, the day at the head of what was done; ``unbilled``, the services, each from its start to
    its end, of which it says that they were given and not billed; ``units_told``, the units it writes beside services.
    """

    discipline: Discipline | None
    sections: tuple[NoteSection, ...]
    services: tuple[NoteService, ...]
    activities: tuple[NoteActivity, ...]
    assistance: tuple[NoteAssistance, ...]
    times: NoteTimes
    elements: dict[Element, NoteElement]
    format: int = 1
    day: dt.date | None = None
    named_day: dt.date | None = None
    by_aide: tuple[Span, ...] = ()
    untreated: tuple[Span, ...] = ()
    alone: tuple[Span, ...] = ()
    together: tuple[Span, ...] = ()
    headed_day: DayTold | None = None
    unbilled: tuple[Span, ...] = ()
    by_assistant: tuple[AssistantTold, ...] = ()
    joint: tuple[Span, ...] = ()
    units_told: tuple[UnitsTold, ...] = ()

    def evidence_of(self, name: Element) -> tuple[Span, ...]:
        """The words an element was graded by; none where it is not among those read."""
        element = self.elements.get(name)
        return element.evidence if element else ()
