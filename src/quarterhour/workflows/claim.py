"""The claim a payer takes, out of the visits of one patient."""

from __future__ import annotations

from collections.abc import Sequence

from quarterhour.domain.claim import Claim, ClaimType, Line
from quarterhour.domain.visit import Visit
from quarterhour.workflows.errors import CannotClaim


def claim_of_visits(
    visits: Sequence[Visit], patient_control_number: str, *, claim_type: ClaimType = "professional",
    frequency: str = "1", original_reference: str | None = None,
) -> Claim:  # fmt: skip
    """One claim of visits of one patient: a line for each service with units, dated with its visit.

    Services without units (given and not billed) make no line. Control numbers of lines are the claim's and the
    line's number, so that a remittance finds its way back.

    Raises:
        CannotClaim: if there is no visit, if visits differ in what a claim has only once, or if a charge is missing.

    """
    if not visits:
        raise CannotClaim("a claim needs at least one visit")
    first = visits[0]
    for name in ("payer", "place_of_service", "billing_provider"):
        if any(getattr(visit, name) != getattr(first, name) for visit in visits):
            raise CannotClaim(f"the visits differ in {name}, which a claim has once")
    lines: list[Line] = []
    diagnoses = dict.fromkeys(code for visit in visits if visit.plan_of_care for code in visit.plan_of_care.diagnoses)
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
                    diagnosis_pointers=service.diagnosis_pointers or ((1,) if diagnoses else ()),
                    control_number=f"{patient_control_number}-{len(lines) + 1}",
                )
            )  # fmt: skip
    return Claim(
        patient_control_number=patient_control_number, claim_type=claim_type, payer=first.payer or "",
        lines=tuple(lines),
        frequency=frequency, original_reference=original_reference, place_of_service=first.place_of_service,
        diagnoses=tuple(diagnoses), billing_provider=first.billing_provider, rendering_provider=first.therapist,
        referring_provider=first.referring_provider, supervising_provider=first.supervisor,
        patient=first.patient, prior_authorization=first.prior_authorization,
    )  # fmt: skip
