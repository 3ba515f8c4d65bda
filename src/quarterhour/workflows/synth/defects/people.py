"""Defects of who treated: assistants, therapists and supervisors."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from quarterhour.domain.visit import Provider, Visit
from quarterhour.workflows.synth.defects.contract import (
    ASSISTANT_MODIFIERS,
    DISCIPLINE_MODIFIERS,
    Defect,
    Made,
    Told,
    first,
    marked,
    on_line,
    on_visit,
    units_of,
    with_line,
)  # fmt: skip

_OF: dict[str, str] = {"PT": "PTA", "OT": "OTA"}
_OTHER: dict[str, str] = {"PT": "OT", "OT": "PT", "SLP": "PT"}
_BOUND: dict[str, str] = {"97161": "97165", "97162": "97166", "97163": "97167", "97165": "97161", "97166": "97162",
                          "97167": "97163"}  # fmt: skip
#: Of so many minutes one by an assistant is no share that counts.
_LEAST = 15


def _unmarked(told: Told) -> Made | None:
    at = first(told.carries(*ASSISTANT_MODIFIERS))
    if at is None:
        return None
    modifiers = marked(told.visit.services[at], without=ASSISTANT_MODIFIERS)
    return on_line(told, at, "no modifier on an assistant's service", modifiers=modifiers)


def _marked_too_much(told: Told) -> Made | None:
    at = first([at for at in told.carries(*ASSISTANT_MODIFIERS) if (told.visit.services[at].minutes or 0) >= _LEAST])
    if at is None:
        return None
    return on_line(told, at, "an assistant's modifier for one minute", assistant_minutes=1)


def _marked_for_nothing(told: Told) -> Made | None:
    at = first(told.carries(*ASSISTANT_MODIFIERS))
    if at is None:
        return None
    return on_line(told, at, "an assistant's modifier and no minute of one", assistant_minutes=0)


def _marked_alone(told: Told) -> Made | None:
    bare = [
        at
        for at in told.carries(*ASSISTANT_MODIFIERS)
        if set(told.visit.services[at].modifiers) & set(DISCIPLINE_MODIFIERS)
    ]
    at = first(bare)
    if at is None or not told.asks("discipline_modifiers"):
        return None
    modifiers = marked(told.visit.services[at], without=DISCIPLINE_MODIFIERS)
    return on_line(told, at, "an assistant's modifier without the discipline's", ("MOD101",), modifiers=modifiers)


def _marked_where_not_asked(told: Told) -> Made | None:
    at = first([at for at, one in enumerate(told.visit.services) if one.assistant_minutes])
    if at is None or told.asks("assistant_modifiers"):
        return None
    modifier = "CO" if told.visit.discipline == "OT" else "CQ"
    service = told.visit.services[at]
    return on_line(
        told, at, "an assistant's modifier at a payer that asks for none", modifiers=marked(service, modifier)
    )


def _who(credential: Callable[[Visit], str | None], what: str) -> Callable[[Told], Made | None]:
    """Another credential of the therapist, where no assistant treats."""

    def make(told: Told) -> Made | None:
        found = credential(told.visit)
        if found is None or told.assisted or not told.asks("provider_eligibility"):
            return None
        return on_visit(told, what, therapist=Provider(npi=(told.visit.therapist or Provider()).npi, credential=found))

    return make


def _evaluated(told: Told) -> Made | None:
    at = first(told.lines("evaluation", "re-evaluation"))
    credential = _OF.get(told.visit.discipline or "")
    if at is None or credential is None or not told.asks("provider_eligibility"):
        return None
    made = on_line(told, at, "a minute of an evaluation by an assistant", assistant_minutes=1)
    visit = msgspec.structs.replace(made.visit, assistant=Provider(credential=credential))
    return msgspec.structs.replace(made, visit=visit)


def _assistant_of_another(told: Told) -> Made | None:
    other = _OF.get(_OTHER.get(told.visit.discipline or "", ""))
    if not told.assisted or other is None or not told.asks("provider_eligibility"):
        return None
    return on_visit(told, "an assistant of another discipline", assistant=Provider(credential=other))


def _assistant_unnamed(told: Told) -> Made | None:
    if not told.assisted or not told.asks("treatment_note"):
        return None
    return on_visit(told, "an assistant's minutes and no assistant", assistant=None)


def _assistant_idle(told: Told) -> Made | None:
    credential = _OF.get(told.visit.discipline or "")
    if told.assisted or credential is None or not told.asks("assistant_modifiers"):
        return None
    return on_visit(told, "an assistant and none of an assistant's minutes", assistant=Provider(credential=credential))


def _assistant_not_one(told: Told) -> Made | None:
    if not told.assisted or not told.asks("provider_eligibility"):
        return None
    return on_visit(told, "minutes of one whose work is no therapy", assistant=Provider(credential="ATC"))


def _under_physician(told: Told) -> Made | None:
    if not told.assisted or not told.asks("provider_eligibility"):
        return None
    return on_visit(told, "an assistant under a physician", therapist=Provider(credential="MD"))


def _supervised_by_another(told: Told) -> Made | None:
    other = _OTHER.get(told.visit.discipline or "")
    if not told.assisted or other is None or not told.asks("provider_eligibility"):
        return None
    return on_visit(told, "an assistant supervised by another discipline", supervisor=Provider(credential=other))


def _bound(told: Told, *, modifiers_decide: bool) -> Made | None:
    at = first([at for at, one in enumerate(told.visit.services) if one.code in _BOUND])
    if at is None or told.asks("discipline_modifiers") != modifiers_decide:
        return None
    code = _BOUND[told.visit.services[at].code]
    also = ("ELG106",) if modifiers_decide else ()
    return on_line(told, at, "the evaluation of another discipline", also, code=code)


def _doubtful(told: Told) -> Made | None:
    services = told.visit.services
    if told.visit.discipline != "SLP" or len(services) != 1 or services[0].code != "92507":
        return None
    if not told.asks("provider_eligibility"):
        return None
    minutes = services[0].minutes or 0
    visit = with_line(told.visit, 0, code="97530", units=units_of(minutes))
    visit = msgspec.structs.replace(visit, total_timed_minutes=minutes)
    return Made(visit, 1, "a code that is doubtful from a speech-language pathologist")


def _referred_by(npi: str, what: str) -> Callable[[Told], Made | None]:
    """Another identifier of who referred the patient."""

    def make(told: Told) -> Made | None:
        who = told.visit.referring_provider
        if who is None:
            return None
        return on_visit(told, what, referring_provider=msgspec.structs.replace(who, npi=npi))

    return make


DEFECTS = (
    Defect("AST101", _unmarked),
    Defect("AST102", _marked_too_much),
    Defect("AST103", _marked_for_nothing),
    Defect("AST104", _marked_alone),
    Defect("AST105", _marked_where_not_asked),
    Defect("AST106", _who(lambda visit: _OF.get(visit.discipline or ""), "an assistant as the therapist")),
    Defect("AST107", _evaluated),
    Defect("AST108", _assistant_of_another),
    Defect("AST109", _assistant_unnamed),
    Defect("AST110", _assistant_idle),
    Defect("ELG101", _who(lambda _: "LMT", "a therapist whose work is no therapy")),
    Defect("ELG102", _who(lambda _: "DPM", "a therapist of limited scope")),
    Defect("ELG103", _who(lambda _: "sports therapist", "a title that names no licence")),
    Defect("ELG104", _who(lambda _: "XYZ", "a credential nobody knows")),
    Defect("ELG105", _who(lambda visit: _OTHER.get(visit.discipline or ""), "a therapist of another discipline")),
    Defect("ELG106", lambda told: _bound(told, modifiers_decide=False)),
    Defect("ELG107", _doubtful),
    Defect("ELG110", _supervised_by_another),
    Defect("ELG111", _under_physician),
    Defect("ELG112", _assistant_not_one),
    Defect("ELG113", _who(lambda _: "SPT", "a student as the therapist")),
    Defect("PTY121", _referred_by("2234567890", "an identifier with a wrong check digit")),
    Defect("PTY122", _referred_by("22345", "an identifier of five digits")),
    Defect("MOD104", lambda told: _bound(told, modifiers_decide=True)),
)
