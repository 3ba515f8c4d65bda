"""The claims a payer takes, out of the visits of one patient or of many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final, Literal

import msgspec

from quarterhour.domain.claim import Claim, ClaimType, Institutional, Line
from quarterhour.domain.coverage import Coverage
from quarterhour.domain.money import Cents
from quarterhour.domain.people import Patient, Provider
from quarterhour.domain.visit import Service, Visit
from quarterhour.policy import Policy
from quarterhour.workflows.clinic import Clinic
from quarterhour.workflows.errors import CannotClaim

Per = Literal["period", "day"]
#: The most lines and diagnoses of a claim that its formats carry.
_MOST: Final = {"professional": (50, 12), "institutional": (999, 25)}
_EVALUATIONS: Final = frozenset({"evaluation", "re-evaluation"})
_CLASSES: Final = {"PT": "pt", "OT": "ot", "SLP": "slp"}


def claims_of_visits(
    visits: Sequence[Visit], claim_type: ClaimType, clinic: Clinic, policy: Policy, per: Per = "period"
) -> list[Claim]:
    """Claims ready to be written: one for each patient, payer, billing provider and place, or each day of theirs.

    What a visit lacks comes from the clinic file. A claim holds as many visits as its format has lines and diagnoses
    for; no visit is parted. The patient control number is the ``visit_id`` of its first visit.

    Raises:
        CannotClaim: for a visit that lacks what a claim needs, in its record and in the clinic file.

    """
    return [claim for claim, _ in claims_with_visits(visits, claim_type, clinic, policy, per)]


def claims_with_visits(
    visits: Sequence[Visit], claim_type: ClaimType, clinic: Clinic, policy: Policy, per: Per = "period"
) -> list[tuple[Claim, tuple[Visit, ...]]]:
    """As :func:`claims_of_visits`, each claim with its visits, completed from the clinic file."""
    whole = [_whole(visit, number, clinic) for number, visit in enumerate(visits, 1)]
    groups: dict[tuple[object, ...], list[Visit]] = {}
    for visit in sorted(whole, key=lambda visit: visit.date_of_service):
        if any(service.units for service in visit.services):
            groups.setdefault(_together(visit, per), []).append(visit)
    claims = [
        (_ready(pack, claim_type, clinic, policy), tuple(pack))
        for group in groups.values()
        for pack in _packs(group, *_MOST[claim_type])
    ]
    if len({claim.patient_control_number for claim, _ in claims}) < len(claims):
        raise CannotClaim("two claims begin with visits of the same visit_id; give each visit its own")
    return claims


def claim_of_visits(
    visits: Sequence[Visit], patient_control_number: str, *, claim_type: ClaimType = "professional",
    frequency: str = "1", original_reference: str | None = None,
) -> Claim:  # fmt: skip
    """One claim of visits of one patient: a line for each service with units, dated with its visit.

    Services without units (given and not billed) make no line. Diagnoses are those of all plans of care, and pointers
    follow them; a line that points to none points to the first of its own visit. Control numbers of lines are the
    claim's and the line's number, so that a remittance finds its way back.

    Raises:
        CannotClaim: if there is no visit, if visits differ in what a claim has only once, or if a charge is missing.

    """
    if not visits:
        raise CannotClaim("a claim needs at least one visit")
    first = visits[0]
    for name in ("payer", "place_of_service", "billing_provider", "patient", "coverage", "other_coverages"):
        if any(getattr(visit, name) != getattr(first, name) for visit in visits):
            raise CannotClaim(f"the visits differ in {name}, which a claim has once")
    diagnoses = tuple(dict.fromkeys(code for visit in visits for code in _diagnoses(visit)))
    lines: list[Line] = []
    for visit in visits:
        for service in visit.services:
            if not service.units:
                continue
            if service.charge is None:
                raise CannotClaim("a service without a charge")
            lines.append(
                Line(
                    code=service.code, units=service.units, modifiers=service.modifiers, charge=service.charge,
                    date_of_service=visit.date_of_service,
                    diagnosis_pointers=_pointers(service, visit, diagnoses),
                    control_number=f"{patient_control_number}-{len(lines) + 1}",
                    rendering_provider=visit.therapist if visit.therapist != first.therapist else None,
                )
            )  # fmt: skip
    return Claim(
        patient_control_number=patient_control_number, claim_type=claim_type, payer=first.payer or "",
        lines=tuple(lines),
        frequency=frequency, original_reference=original_reference, place_of_service=first.place_of_service,
        diagnoses=diagnoses, billing_provider=first.billing_provider, rendering_provider=first.therapist,
        referring_provider=_ordered_by(visits), supervising_provider=first.supervisor,
        patient=first.patient, coverage=first.coverage, others=first.other_coverages or (),
        prior_authorization=first.prior_authorization,
    )  # fmt: skip


def _whole(visit: Visit, number: int, clinic: Clinic) -> Visit:
    """A visit with what the clinic file knows of its payer, billing provider and charges.

    Raises:
        CannotClaim: if neither says it.

    """
    try:
        return _completed(visit, clinic)
    except CannotClaim as error:
        raise CannotClaim(error.message, number, visit.visit_id) from None


def _completed(visit: Visit, clinic: Clinic) -> Visit:
    if not visit.visit_id:
        raise CannotClaim("no visit_id, which becomes the patient control number")
    if visit.patient is None:
        raise CannotClaim("no patient in the record")
    billing = _billing(visit.billing_provider, clinic.billing_provider)
    if billing is None:
        raise CannotClaim("no billing_provider in the record, and none in the clinic file")
    return msgspec.structs.replace(
        visit,
        billing_provider=billing,
        coverage=visit.coverage or _coverage(visit, visit.patient, clinic),
        services=tuple(_charged(service, clinic) for service in visit.services),
    )


def _billing(own: Provider | None, known: Provider | None) -> Provider | None:
    """The record's billing provider, completed by the clinic file's where that is the same one.

    The address is the clinic file's: records tend to have ZIP codes of five digits, and claims are to have nine.
    """
    if own is None or known is None or own.npi != known.npi:
        return own or known
    found = {name: getattr(own, name) or getattr(known, name) for name in own.__struct_fields__}
    return Provider(**found | {"address": known.address or own.address})


def _coverage(visit: Visit, patient: Patient, clinic: Clinic) -> Coverage:
    """The coverage of a patient who is insured by the visit's payer, as the clinic file names it."""
    known = clinic.payers.get(visit.payer or "")
    if known is None:
        raise CannotClaim(
            f"no coverage in the record, and no payers.{visit.payer} (name, id, filing) in the clinic file"
        )
    if not patient.member_id:
        raise CannotClaim("no patient.member_id in the record, and no coverage")
    return Coverage(
        payer_name=known.name,
        payer_id=known.id,
        member_id=patient.member_id,
        filing=known.filing,
        payer_address=known.address,
    )


def _charged(service: Service, clinic: Clinic) -> Service:
    if not service.units or service.charge is not None:
        return service
    if service.code not in clinic.charges:
        raise CannotClaim(f"no charge for {service.code} in the record, and none in the clinic file (charges)")
    return msgspec.structs.replace(service, charge=Cents(clinic.charges[service.code] * service.units))


def _together(visit: Visit, per: Per) -> tuple[object, ...]:
    """What the visits of one claim have in common."""
    parts = (visit.patient, visit.payer, visit.coverage, visit.other_coverages, visit.billing_provider)
    return (
        msgspec.json.encode([str(part) for part in parts]),
        visit.place_of_service,
        visit.setting,
        visit.prior_authorization,
        visit.supervisor and visit.supervisor.npi,
        visit.date_of_service if per == "day" else None,
    )


def _packs(visits: Sequence[Visit], most_lines: int, most_diagnoses: int) -> Iterator[list[Visit]]:
    """As many visits as one claim holds, in turn."""
    pack: list[Visit] = []
    lines, diagnoses = 0, dict[str, None]()
    for visit in visits:
        own = sum(bool(service.units) for service in visit.services)
        more = diagnoses | dict.fromkeys(_diagnoses(visit))
        if pack and (lines + own > most_lines or len(more) > most_diagnoses):
            yield pack
            pack, lines, more = [], 0, dict.fromkeys(_diagnoses(visit))
        pack.append(visit)
        lines, diagnoses = lines + own, more
    if pack:
        yield pack


def _ready(visits: Sequence[Visit], claim_type: ClaimType, clinic: Clinic, policy: Policy) -> Claim:
    """The claim of some visits with what its type asks for beside."""
    claim = claim_of_visits(visits, visits[0].visit_id or "", claim_type=claim_type)
    if claim_type == "professional":
        return claim
    return msgspec.structs.replace(
        claim,
        place_of_service=None,
        institutional=_stay(visits, clinic, policy),
        lines=tuple(
            msgspec.structs.replace(line, revenue_code=_revenue_code(line.code, visit, policy), diagnosis_pointers=())
            for line, visit in zip(claim.lines, _visit_of_lines(visits), strict=True)
        ),
    )


def _visit_of_lines(visits: Sequence[Visit]) -> Iterator[Visit]:
    return (visit for visit in visits for service in visit.services if service.units)


def _stay(visits: Sequence[Visit], clinic: Clinic, policy: Policy) -> Institutional:
    known = clinic.institutional
    if known is None:
        raise CannotClaim("an institutional claim needs institutional (facility, patient_status) in the clinic file")
    days = [visit.date_of_service for visit in visits]
    return Institutional(
        facility=known.facility,
        statement_from=min(days),
        statement_to=max(days),
        patient_status=known.patient_status,
        admission_type=known.admission_type,
        admission_source=known.admission_source,
        attending=known.attending or _ordered_by(visits),
        codes=tuple(dict.fromkeys(code for visit in visits for code in _occurrences(visit, policy))),
    )


def _occurrences(visit: Visit, policy: Policy) -> Iterator[tuple[str, str]]:
    """Occurrence codes of the dates a visit's plan of care has: when it was established, when treatment began."""
    plan = visit.plan_of_care
    if plan is None or visit.discipline is None:
        return
    for name, day in (("plan", plan.established), ("start", plan.first_treatment)):
        if day is not None:
            parameter = policy.parameter(f"cms/claim:occurrence_{name}_{_CLASSES[visit.discipline]}")
            yield "BH", f"{parameter.on(visit.date_of_service).value:02d}:D8:{day:%Y%m%d}"


def _revenue_code(code: str, visit: Visit, policy: Policy) -> str:
    """The revenue code of a discipline, that of evaluations for an evaluation.

    Raises:
        CannotClaim: for a visit of no discipline.

    """
    if visit.discipline is None:
        raise CannotClaim("no discipline, which the revenue code of its lines follows", visit_id=visit.visit_id)
    day: dt.date = visit.date_of_service
    own: list[str] = policy.parameter(f"cms/claim:revenue_codes_{_CLASSES[visit.discipline]}").on(day).value
    card = policy.codes.card(code)
    if card is not None and card.kind in _EVALUATIONS:
        of_evaluations: list[str] = policy.parameter("cms/claim:revenue_codes_evaluation").on(day).value
        return next((one for one in own if one in of_evaluations), own[0])
    return own[0]


def _ordered_by(visits: Sequence[Visit]) -> Provider | None:
    """Who referred the patient, else who certified the plan of care, as the first visit that names one has it."""
    plans = [visit.plan_of_care for visit in visits if visit.plan_of_care]
    referring = [visit.referring_provider for visit in visits] + [plan.certified_by for plan in plans]
    return next((who for who in referring if who is not None), None)


def _diagnoses(visit: Visit) -> tuple[str, ...]:
    return visit.plan_of_care.diagnoses if visit.plan_of_care else ()


def _pointers(service: Service, visit: Visit, diagnoses: tuple[str, ...]) -> tuple[int, ...]:
    """Pointers into the visit's diagnoses as pointers into the claim's."""
    own = _diagnoses(visit)
    if not own:
        return ()
    beyond = [pointer for pointer in service.diagnosis_pointers if pointer > len(own)]
    if beyond:
        message = f"{service.code} points to diagnosis {beyond[0]}, of {len(own)}"
        raise CannotClaim(message, visit_id=visit.visit_id)
    return tuple(diagnoses.index(own[pointer - 1]) + 1 for pointer in service.diagnosis_pointers or (1,))
