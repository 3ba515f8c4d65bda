"""Notes that tell other work than what is billed, leave a service out, or are signed by the wrong person."""

from __future__ import annotations

import datetime as dt

from quarterhour.workflows.synth.defects.contract import Made, units_of
from quarterhour.workflows.synth.defects.notes.contract import (
    ACTIVITIES,
    EXERCISE,
    MANUAL,
    Noted,
    on_note,
    recorded,
    with_part,
    without_part,
)  # fmt: skip
from quarterhour.workflows.synth.defects.notes.elements import Make
from quarterhour.workflows.synth.notes.tale import Part

_EXERCISES = "straight leg raises 3 x 10, heel raises 3 x 12"
_DRESSING = "lower body dressing, upper body dressing"
_HANDS = "soft tissue mobilization, joint mobilization grade III"
#: Codes whose work no other code's words speak for.
_OF_THEIR_OWN = (MANUAL, "97116", "97150")
_STUDENT = "SPT"
_ASSISTANTS = {"PT": "PTA", "OT": "COTA/L"}
_MINUTES = 5
_WEEK = dt.timedelta(days=7)


def _activities_told_as(work: str, what: str, *, aim: bool = False) -> Make:
    """97530, without the code the work would be billed by, told as that work."""

    def make(noted: Noted) -> Made | None:
        if not noted.alone(ACTIVITIES) or noted.confirmed:
            return None
        parts = with_part(noted.tale, 0, work=work)
        return on_note(noted, what, parts=parts) if aim else on_note(noted, what, ("DOC203",), parts=parts, aim="")

    return make


def _place(noted: Noted, code: str) -> int | None:
    places = [at for at, one in enumerate(noted.visit.services) if one.code == code]
    return places[0] if len(places) == 1 else None


def _not_told_apart(noted: Noted) -> Made | None:
    at = _place(noted, ACTIVITIES)
    if at is None or not noted.has(EXERCISE):
        return None
    parts = with_part(noted.tale, at, work=_EXERCISES)
    return on_note(noted, "exercise told under both codes", ("COD111",), parts=parts)


def _group(noted: Noted) -> Made | None:
    if not noted.only("timed") or len(noted.visit.services) > 1 or noted.distinct:
        return None
    return on_note(noted, "a group", contact="Treated in a group of three patients in the gym.")


def _other_content(noted: Noted) -> Made | None:
    at = _place(noted, MANUAL)
    if at is None or noted.has(EXERCISE) or noted.distinct:
        return None
    return on_note(noted, "exercise told under manual therapy", parts=with_part(noted.tale, at, work=_EXERCISES))


def _instead(noted: Noted, work: str | None) -> tuple[Part, ...] | None:
    """Exercise named where manual therapy is billed, with other work or the very same."""
    if not noted.alone(MANUAL) or noted.confirmed or noted.asks("per_code_minutes"):
        return None
    told = noted.tale.parts[0].work if work is None else work
    return with_part(noted.tale, 0, code=EXERCISE, name="Therapeutic exercise", work=told)


def _another_service(noted: Noted) -> Made | None:
    parts = _instead(noted, _EXERCISES)
    if parts is None:
        return None
    also = ("DOC108", "DOC110") if noted.asks("treatment_note") else ()
    return on_note(noted, "another service than the one billed", also, parts=parts)


def _another_name(noted: Noted) -> Made | None:
    parts = _instead(noted, None)
    if parts is None:
        return None
    also = ("DOC108",) if noted.asks("treatment_note") else ()
    return on_note(noted, "the billed work under another name", also, parts=parts)


def _nothing_done(noted: Noted) -> Made | None:
    if not noted.treated or not noted.asks("treatment_note") or noted.timed or noted.distinct:
        return None
    return on_note(noted, "nothing that was done", ("DOC232",), parts=(), help="", response="")


def _left_out(noted: Noted) -> tuple[tuple[Part, ...], Part] | None:
    """The services as told without one that nothing else speaks for, and that one."""
    if len(noted.visit.services) < 2 or not noted.asks("treatment_note") or noted.distinct:
        return None
    for at, part in enumerate(noted.tale.parts):
        if part.code in _OF_THEIR_OWN and _place(noted, part.code) == at:
            return without_part(noted.tale, at), part
    return None


def _not_done(noted: Noted) -> Made | None:
    found = _left_out(noted)
    if found is None:
        return None
    parts, part = found
    contact = f"{noted.tale.contact} {part.name} ({part.code}) deferred today."
    return on_note(noted, "a billed service put off", parts=parts, contact=contact)


def _not_told(noted: Noted) -> Made | None:
    found = _left_out(noted)
    return found and on_note(noted, "a billed service left out", parts=found[0])


def _unbilled(noted: Noted) -> Made | None:
    tale, timed = noted.tale, noted.tale.timed or 0
    if not noted.asks("treatment_note") or not noted.timed or noted.has(MANUAL, "97124") or tale.total is None:
        return None
    if noted.distinct or units_of(timed) != units_of(timed + _MINUTES):
        return None
    end = tale.seen[1]
    more = Part(MANUAL, "Manual therapy", _HANDS, _MINUTES, end, end + _MINUTES)
    record = recorded(noted, total_timed_minutes=None, total_treatment_minutes=tale.total + _MINUTES)
    return on_note(
        noted, "a timed service the record has no line for", (), record, parts=(*tale.parts, more),
        timed=timed + _MINUTES, total=tale.total + _MINUTES, seen=(tale.seen[0], end + _MINUTES),
    )  # fmt: skip


def _given_by_aide(noted: Noted) -> Made | None:
    if not noted.asks("provider_eligibility"):
        return None
    contact = f"{noted.tale.contact} The rehab aide led the last set."
    return on_note(noted, "a service given by an aide", contact=contact)


def _told_of_assistant(noted: Noted) -> Made | None:
    """Work of an assistant under a therapist's signature, which the record does not have."""
    letters = _ASSISTANTS.get(noted.visit.discipline or "")
    if not noted.asks("assistant_modifiers") or letters is None or noted.visit.assistant is not None or noted.evaluated:
        return None
    contact = f"{noted.tale.contact} The last sets were led by the {letters}."
    return on_note(noted, "an assistant's work told in the note alone", contact=contact)


def _of_another_day(noted: Noted) -> Made | None:
    if not noted.asks("treatment_note"):
        return None
    return on_note(noted, "the note of another day", day=noted.tale.day - _WEEK)


def _unsigned(noted: Noted) -> Made | None:
    return on_note(noted, "no signature", signer="") if noted.asks("treatment_note") else None


def _signed_without_credential(noted: Noted) -> Made | None:
    if not noted.asks("treatment_note"):
        return None
    return on_note(noted, "a signature without a credential", signer=noted.tale.signer.split(",")[0])


def _signed_by_student(noted: Noted) -> Made | None:
    if not noted.asks("provider_eligibility"):
        return None
    return on_note(noted, "a student's signature", signer=f"{noted.tale.signer.split(',')[0]}, {_STUDENT}")


def _signed_by_assistant(noted: Noted, kind: str, also: tuple[str, ...] = ()) -> Made | None:
    letters = _ASSISTANTS.get(noted.visit.discipline or "")
    if letters is None or noted.tale.kind != kind or noted.visit.assistant is not None:
        return None
    return on_note(
        noted, "an assistant's signature alone", also, signer=f"{noted.tale.signer.split(',')[0]}, {letters}"
    )


def _assistant_unrecorded(noted: Noted) -> Made | None:
    if not noted.asks("assistant_modifiers") or noted.evaluated:
        return None
    return _signed_by_assistant(noted, "daily")


def _report_by_assistant(noted: Noted) -> Made | None:
    if not noted.asks("progress_reports"):
        return None
    return _signed_by_assistant(noted, "progress", ("AST201",) if noted.asks("assistant_modifiers") else ())


def _evaluation_by_assistant(noted: Noted) -> Made | None:
    if not noted.asks("progress_reports"):
        return None
    treated = noted.asks("assistant_modifiers") and not noted.only("evaluation", "re-evaluation")
    return _signed_by_assistant(noted, "evaluation", ("AST201",) if treated else ())


DEFECTS: tuple[tuple[str, Make], ...] = (
    ("AST201", _assistant_unrecorded),
    ("AST202", _signed_by_student),
    ("AST203", _given_by_aide),
    ("AST204", _told_of_assistant),
    ("COD101", _activities_told_as(_EXERCISES, "exercise told under activities")),
    ("COD102", _activities_told_as(_HANDS, "passive work told under activities")),
    ("COD103", _activities_told_as("walking 200 ft with a cane", "walking told under activities", aim=True)),
    ("COD104", _activities_told_as(_DRESSING, "self-care told under activities", aim=True)),
    ("COD105", _group),
    ("COD106", _activities_told_as("tandem stance, single leg stance", "balance told under activities", aim=True)),
    ("COD108", _other_content),
    ("COD109", _another_service),
    ("COD110", _another_name),
    ("COD111", _activities_told_as(_EXERCISES, "mostly exercise told under activities", aim=True)),
    ("DOC101", _nothing_done),
    ("DOC102", _not_done),
    ("DOC106", _unsigned),
    ("DOC107", _signed_without_credential),
    ("DOC108", _unbilled),
    ("DOC110", _not_told),
    ("DOC113", _of_another_day),
    ("DOC401", _not_told_apart),
    ("POC201", _report_by_assistant),
    ("POC202", _evaluation_by_assistant),
)
