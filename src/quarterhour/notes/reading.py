"""Reading a note: text in, what was found out. The text is never altered; every span is [start, end) in its code
points.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final, cast

import msgspec

from quarterhour.domain.reading import (
    PERFORMED,
    ActivityClass,
    AssistantTold,
    DayTold,
    Element,
    NoteActivity,
    NoteAssistance,
    NoteElement,
    NoteSection,
    NoteService,
    NoteTimes,
    Reading,
    Span,
    Status,
    UnitsTold,
)
from quarterhour.domain.visit import Discipline
from quarterhour.notes.elements import GRADERS, Delivery, Facts, Grade, find_delivery, find_stuffed
from quarterhour.notes.figures.clocks import hhmm
from quarterhour.notes.figures.statements import Times
from quarterhour.notes.help.assistance import find_assistance
from quarterhour.notes.help.levels import Assistance
from quarterhour.notes.page.document import Document, make_documents
from quarterhour.notes.page.headed_day import find_headed_day
from quarterhour.notes.page.sections import Section
from quarterhour.notes.services.aides import find_aides
from quarterhour.notes.services.assistants import find_assistants
from quarterhour.notes.services.labels import find_labels
from quarterhour.notes.services.mentions import find_mentions
from quarterhour.notes.services.minutes import complete_services, find_services
from quarterhour.notes.services.services import Service
from quarterhour.notes.services.stated_units import find_units
from quarterhour.notes.services.unbilled import find_unbilled
from quarterhour.notes.times.totals import find_times
from quarterhour.notes.times.untreated import find_untreated
from quarterhour.notes.wording.lexicon import Lexicon, load_lexicon
from quarterhour.notes.wording.patterns import written
from quarterhour.notes.work.activities import find_activities
from quarterhour.notes.work.goals import find_goals
from quarterhour.notes.work.phrases import Activity


class NoteReading(msgspec.Struct, frozen=True, gc=False):
    """What the reader found in ``text``.

    ``day`` is the date of service where the note writes it with its year, ``named_day`` the same where it calls it so,
    ``by_aide`` where it says that an aide gave a service, ``by_assistant`` that an assistant did, ``untreated`` where
    its minutes take in time without treatment, ``headed_day`` the day at the head of what was done, ``unbilled`` the
    services told as not billed, ``units_told`` the units it writes beside its services.
    """

    text: str
    discipline: str | None
    sections: tuple[Section, ...]
    services: tuple[Service, ...]
    activities: tuple[Activity, ...]
    assistance: tuple[Assistance, ...]
    times: Times
    elements: Mapping[Element, Grade]
    delivery: Delivery
    day: dt.date | None = None
    named_day: dt.date | None = None
    by_aide: tuple[tuple[int, int], ...] = ()
    untreated: tuple[tuple[int, int], ...] = ()
    headed_day: DayTold | None = None
    unbilled: tuple[tuple[int, int], ...] = ()
    by_assistant: tuple[AssistantTold, ...] = ()
    units_told: tuple[UnitsTold, ...] = ()

    def as_reading(self) -> Reading:
        """The same in the shape the rules take."""
        times = self.times
        return Reading(
            discipline=cast("Discipline | None", self.discipline),
            sections=tuple(NoteSection(s.name, s.start, s.end) for s in self.sections),
            services=tuple(map(_told_service, self.services)),
            activities=tuple(_told_activity(self.text, activity) for activity in self.activities),
            assistance=tuple(NoteAssistance(a.level, a.start, a.end) for a in self.assistance if a.status == PERFORMED),
            times=NoteTimes(
                total_timed_minutes=times.total_timed,
                total_treatment_minutes=times.total_treatment,
                start=times.start,
                stop=times.stop,
                evidence=_spans(place for places in times.evidence.values() for place in places),
            ),
            elements={
                name: NoteElement(grade.level, grade.reason, _spans(grade.evidence))
                for name, grade in self.elements.items()
            },
            day=self.day,
            named_day=self.named_day,
            by_aide=_spans(self.by_aide),
            untreated=_spans(self.untreated),
            alone=_spans(self.delivery.one_on_one),
            headed_day=self.headed_day,
            unbilled=_spans(self.unbilled),
            together=_spans(self.delivery.together),
            joint=_spans(self.delivery.joint),
            units_told=tuple(told for told in self.units_told if _number(told.code)),
            by_assistant=tuple(
                msgspec.structs.replace(told, code=_number(told.code or "")) for told in self.by_assistant
            ),
        )

    def as_dict(self) -> dict[str, Any]:
        """The JSON of the outward contract (``note --format json``)."""
        told: dict[str, Any] = {"format": 1, **_with_lists(msgspec.to_builtins(self.as_reading()))}
        for name in _BESIDE:
            del told[name]
        for place in told["elements"]["one_on_one_or_group"]["evidence"]:
            place["mode"] = self.delivery.mode((place["start"], place["end"]))
        return told


# Found beside what the contract tells.
_BESIDE: Final = (
    "day", "named_day", "by_aide", "by_assistant", "untreated", "alone", "together", "joint",
    "headed_day", "unbilled", "units_told",
)  # fmt: skip


def _spans(places: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(*place) for place in places)


def _told_service(service: Service) -> NoteService:
    clock = service.clock
    return NoteService(
        label=service.label,
        code=_number(service.code),
        minutes=service.minutes,
        status=cast("Status", service.status),
        start=service.start,
        end=service.end,
        begin=hhmm(clock.begin) if clock else None,
        finish=hhmm(clock.finish) if clock else None,
    )


def _told_activity(text: str, activity: Activity) -> NoteActivity:
    return NoteActivity(
        text=text[activity.start : activity.end],
        kind=cast("ActivityClass", activity.kind),
        status=cast("Status", activity.status),
        start=activity.start,
        end=activity.end,
        code=_number(activity.code),
    )


def _number(code: str) -> str | None:
    """The code, None where the note only names the service, as an evaluation, or names none."""
    return None if code in ("", "evaluation") else code


def _with_lists(value: Any) -> Any:
    """Plain data with lists where tuples were, as JSON has them; not by way of JSON, which has no lone surrogates."""
    if isinstance(value, dict):
        return {key: _with_lists(inner) for key, inner in value.items()}
    return [_with_lists(inner) for inner in value] if isinstance(value, tuple | list) else value


def read(text: str, *, overlays: tuple[Path, ...] = ()) -> NoteReading:
    """Read one note.

    ``overlays`` are clinic vocabulary packs laid over the built-in ones; a contradiction in them raises
    ``LexiconError``, an unreadable file ``OSError``. Any text can be read; an empty one has every element absent.
    """
    return _read_together([text], load_lexicon(overlays))[0]


def read_many(texts: Iterable[str], *, overlays: tuple[Path, ...] = ()) -> Iterator[NoteReading]:
    """Read notes as they come, each as :func:`read` does, with the same errors; faster than one by one."""
    lexicon = load_lexicon(overlays)
    rest = iter(texts)
    while together := list(islice(rest, _TOGETHER)):
        yield from _read_together(together, lexicon)


# So many notes go through the steps together: enough for the gain, few enough to keep memory flat.
_TOGETHER: Final = 32


def _read_together(texts: Sequence[str], lexicon: Lexicon) -> list[NoteReading]:
    """Every step over all notes before the next step: what a step works with, above all the automaton and the compiled
    patterns, is then in the processor's cache for all notes but the first. No step looks at more than its own note.
    """
    documents = make_documents(texts, lexicon)
    labels = list(map(find_labels, documents))
    mentions = list(map(find_mentions, documents))
    named = list(map(find_services, documents, labels, mentions))
    times = [find_times(*note) for note in zip(documents, (services for services, _ in named), mentions, strict=True)]
    services = [
        complete_services(document, found, loose, time)
        for document, (found, loose), time in zip(documents, named, times, strict=True)
    ]
    activities = list(map(find_activities, documents, labels, services))
    assistance = list(map(find_assistance, documents))
    goals = list(map(find_goals, documents))
    stuffed = list(map(find_stuffed, documents))
    delivery = list(map(find_delivery, documents, services, stuffed))
    columns = (documents, services, activities, assistance, times, goals, delivery, stuffed)
    facts = [
        Facts(document, tuple(done), tuple(told), tuple(helped), time, tuple(aims), how, lists)
        for document, done, told, helped, time, aims, how, lists in zip(*columns, strict=True)
    ]
    grades = [list(map(grader, facts)) for grader in GRADERS.values()]
    return [_reading(note, graded) for note, graded in zip(facts, zip(*grades, strict=True), strict=True)]


def _reading(note: Facts, graded: Iterable[Grade]) -> NoteReading:
    """All that was found in one note, graded element by element in the order of the graders."""
    document = note.document
    elements = dict(zip(GRADERS, graded, strict=True))
    return NoteReading(
        document.text,
        _discipline(document, note.services, elements["signature"]),
        document.sections,
        note.services,
        note.activities,
        note.assistance,
        note.times,
        elements,
        note.delivery,
        document.day(),
        document.named_day(),
        find_aides(document),
        find_untreated(document),
        find_headed_day(document),
        find_unbilled(document, [(told.start, told.end) for told in note.services]),
        find_assistants(document, note.services, elements["signature"].evidence),
        find_units(document, note.services),
    )


def _discipline(document: Document, services: Sequence[Service], signed: Grade) -> str | None:
    """PT, OT or SLP: from the credentials of the one who ``signed``, then from the head and the end of the note, then
    from all of it, then from the services; None when nothing says.
    """
    text = document.text
    credentials = _named(" ".join(text[start:end] for start, end in signed.evidence))
    if credentials.count(0) == len(_NAMES) - 1:
        return _NAMES[credentials.index(max(credentials))]
    closing = text.rstrip()[-_SIGNATURE:]
    for part in (text[:_HEAD], closing, text):
        counts = _named(part)
        if any(counts):
            return _NAMES[counts.index(max(counts))]
    kinds = document.lexicon.codes.speaks_for
    if any(kinds.get(service.code) == "speech_language" for service in services):
        return "SLP"
    return None


def _named(part: str) -> list[int]:
    """How often a part of a note names each of ``_NAMES``, of whom it does not tell as of others."""
    counts = [0, 0, 0]
    for match in _DISCIPLINES.finditer(part):
        if not _OTHERS.search(part, max(0, match.start() - _BESIDE_NAME), match.end() + _BESIDE_NAME):
            counts[(match.lastindex or 1) - 1] += 1
    return counts


# One set of characters comes first: the search stops nowhere else.
_DISCIPLINES: Final = written(
    r"[CDMOPSdops9](?<!\w.)(?:"
    r"((?<=S)(?:LP|PEECH)|(?<=[Ss])pee?a?ch|(?<=C)CC|(?<=[Dd])ysphagia|(?<=9)25(?:07|26))|"
    r"((?<=O)(?:TR?(?:/L)?| T R|CCUPATIONAL)|(?<=C)OTA(?:/L)?|(?<=[Oo])ccupational)|"
    r"((?<=P)(?:TA?|HYSICAL THERAP\w*)|(?<=[DM])PT|(?<=[Pp])hysical [Tt]herap\w*))\b"
)
_NAMES: Final = ("SLP", "OT", "PT")
_OTHERS: Final = written(
    r"\b(?:with|from|by|seen|saw|and) (?:the )?(?:PT|OT|SLP)\b|\bPT NAME|\b(?:PT|OT|SLP) (?:seen|"
    r"bills|takes|separately)\b|\[PT[^\]]*\]"
)
_HEAD: Final = 240  # code points that clinic, title and patient take
_SIGNATURE: Final = 160  # code points that name, credential and time of a signature take
_BESIDE_NAME: Final = 12  # code points beside the name of a discipline that say whose it is
