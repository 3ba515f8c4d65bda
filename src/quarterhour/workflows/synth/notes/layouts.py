"""The forms notes are written in: what is told is the same in each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from quarterhour.workflows.synth.notes.tale import Part, Tale

_TITLES: Final = {"daily": "daily note", "evaluation": "evaluation", "progress": "progress report"}
#: Columns of a flow sheet, in characters.
_NAME, _TIME = 44, 14
#: A blank line, which an empty sentence does not leave.
_GAP: Final = "\n"


def written(tale: Tale) -> str:
    """The note of a tale: that of an evaluation has a form of its own, others that of their therapist."""
    return _evaluated(tale) if tale.evaluates else _LAYOUTS[tale.layout % len(_LAYOUTS)](tale)


def _soap(tale: Tale) -> str:
    """Four sections, a paragraph for each service with its minutes."""
    return _text(
        _heading(tale),
        _told("Dx: {}", tale.condition),
        f"S: {tale.subject}",
        _told("O: {}", tale.contact),
        *(f"{part.name} ({part.code}){_minutes(part, ', {} min')}{_clock(tale, part, ', {}')}: {part.work}."
          for part in tale.parts),
        _joined(tale.help, tale.reason),
        _totals(tale, "Total timed minutes: {}.", "Total treatment time: {} minutes{}."),
        _told("A: {}", _joined(tale.response, tale.progress, tale.aim)),
        tale.goal,
        _told("P: {}", tale.plan),
        _signature(tale),
    )  # fmt: skip


def _flow_sheet(tale: Tale) -> str:
    """A table of services above the text."""
    return _text(
        _heading(tale).upper(),
        _told("Treatment diagnosis: {}", tale.condition),
        f"Subjective: {tale.subject}",
        _GAP,
        f"CPT    {'Description':<{_NAME}}{'Time' if tale.clock else '':<{_TIME}}Min",
        *(f"{part.code}  {part.name:<{_NAME}}{_clock(tale, part, '{}'):<{_TIME}}{_minutes(part, '{}')}"
          for part in tale.parts),
        _totals(tale, "TOTAL TIMED CODE MINUTES: {}", "TOTAL TREATMENT TIME: {}{}"),
        _GAP,
        tale.contact,
        *(f"{part.code}: {part.work}." for part in tale.parts),
        _joined(tale.help, tale.reason),
        _told("ASSESSMENT: {}", _joined(tale.response, tale.progress, tale.aim)),
        tale.goal,
        _told("PLAN: {}", tale.plan),
        _GAP,
        _signature(tale),
    )  # fmt: skip


def _three_sections(tale: Tale) -> str:
    """Data, assessment and plan; services one a line, minutes first."""
    return _text(
        _heading(tale),
        f"DATA: {_joined(tale.subject, _told('Diagnosis {}.', tale.condition), tale.contact)}",
        *(f"- {part.code} {part.name}{_minutes(part, ' x {} min')}{_clock(tale, part, ' ({})')} - {part.work}"
          for part in tale.parts),
        _joined(tale.help, tale.reason),
        _totals(tale, "Timed minutes {}.", "Total treatment {} min{}."),
        _told("ASSESSMENT: {}", _joined(tale.progress, tale.response, tale.aim)),
        tale.goal,
        _told("PLAN: {}", tale.plan),
        _signature(tale),
    )  # fmt: skip


def _dictated(tale: Tale) -> str:
    """Prose in paragraphs."""
    services = " ".join(
        f"{part.name}, {part.code}{_minutes(part, ', {} minutes')}{_clock(tale, part, ', {}')}: {part.work}."
        for part in tale.parts
    )
    return _text(
        f"{_heading(tale)}.",
        _joined(_told("The patient is treated for {}.", tale.condition), tale.subject),
        _GAP,
        _joined(tale.contact, services, tale.help, tale.reason),
        _totals(tale, "Total timed minutes were {}.", "Total treatment time was {} minutes{}."),
        _GAP,
        _joined(tale.response, tale.progress, tale.aim),
        tale.goal,
        _told("Plan: {}", tale.plan),
        _GAP,
        _signature(tale),
    )


def _evaluated(tale: Tale) -> str:
    """What was found stands apart from what was done: the response belongs to the treatment."""
    return _text(
        _heading(tale),
        _told("Diagnosis: {}", tale.condition),
        f"Subjective: {tale.subject}",
        _told("Treatment: {}", tale.contact),
        *(f"{part.name} ({part.code}){_minutes(part, ', {} min')}{_clock(tale, part, ', {}')}: {part.work}."
          for part in tale.parts),
        _joined(tale.help, tale.reason, tale.response),
        _totals(tale, "Total timed minutes: {}.", "Total treatment time: {} minutes{}."),
        _told("Assessment: {}", _joined(tale.progress, tale.aim)),
        tale.goal,
        _told("Plan: {}", tale.plan),
        _signature(tale),
    )  # fmt: skip


_LAYOUTS: Final[tuple[Callable[[Tale], str], ...]] = (_soap, _flow_sheet, _three_sections, _dictated)


def _heading(tale: Tale) -> str:
    return (
        f"{tale.discipline} {_TITLES[tale.kind]}, {tale.patient}, date of service {tale.day:%m/%d/%Y}, "
        f"visit {tale.number}"
    )


def _totals(tale: Tale, timed: str, total: str) -> str:
    """Both totals, with the time of the day the visit took where times are told."""
    span = f", {_range(*tale.seen)}" if tale.clock else ""
    return _joined(
        "" if tale.timed is None else timed.format(tale.timed),
        "" if tale.total is None else total.format(tale.total, span),
    )


def _minutes(part: Part, form: str) -> str:
    return "" if part.minutes is None else form.format(part.minutes)


def _clock(tale: Tale, part: Part, form: str) -> str:
    """When the service was given; its minutes would follow from it, so without them it is not told."""
    return form.format(_range(part.begin, part.end)) if tale.clock and part.minutes is not None else ""


def _range(begin: int, end: int) -> str:
    return f"{begin // 60}:{begin % 60:02d}-{end // 60}:{end % 60:02d}"


def _signature(tale: Tale) -> str:
    return f"{tale.signer}   {tale.day:%m/%d/%Y}" if tale.signer else ""


def _told(form: str, text: str) -> str:
    return form.format(text) if text else ""


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _text(*lines: str) -> str:
    """The lines that say something, and the gaps that were meant."""
    return "\n".join(line.strip("\n") for line in lines if line)
