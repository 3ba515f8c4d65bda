"""The claims of drawn visits: professional or institutional as the payer takes them, with parties that are nobody's."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator
from typing import Final

import msgspec
import pyarrow as pa

from quarterhour.domain.claim import Claim, ClaimType
from quarterhour.domain.visit import Patient, Provider, Visit
from quarterhour.interchange.line_table import lay_out
from quarterhour.policy import Policy
from quarterhour.workflows.claim import claims_of_visits
from quarterhour.workflows.clinic import Clinic, Facility, KnownPayer
from quarterhour.workflows.synth.mix import mix

#: Filing indicators of payers that are no commercial ones.
_FILING: Final = {
    "medicare-b": "MB", "medicare-advantage": "16", "medicaid": "MC", "tricare": "CH", "workers-compensation": "WC",
    "auto": "AM", "self-pay": "09",
}  # fmt: skip
_TYPES: Final[tuple[ClaimType, ...]] = ("professional", "institutional")
_ROUTINE: Final = "01"
#: Days from the onset, and from the accident where a payer pays for one, to the plan of care.
_FROM_ONSET: Final = 14
_ACCIDENTS: Final = {"auto": "AA", "workers-compensation": "EM"}


def claims_of(table: pa.Table, policy: Policy) -> Iterator[Claim]:
    """A claim for each visit of a table, in the visits' order."""
    for visit in lay_out(table, payers=policy.payers, payer_needed=True).columns.records():
        yield claim_of(visit, policy)


def claim_of(visit: Visit, policy: Policy) -> Claim:
    """The claim of a visit, of the type its payer takes from its setting."""
    day = visit.date_of_service.toordinal()
    form = _TYPES[policy.payers.terms(visit.payer or "", visit.setting, day).number("claim_type")]
    address = {
        "line1": "1 Station Square",
        "city": "Exampleton",
        "state": visit.state or "",
        "postal_code": "000010001",
    }
    patient, billing = visit.patient or Patient(), visit.billing_provider or Provider()
    visit = msgspec.structs.replace(
        visit,
        patient=msgspec.structs.replace(patient, address=address),
        billing_provider=msgspec.structs.replace(billing, address=address),
    )
    (claim,) = claims_of_visits([visit], form, _clinic(visit.setting or ""), policy, "day")
    onset = _began(visit) - dt.timedelta(days=_FROM_ONSET)
    accident = _ACCIDENTS.get(visit.payer or "")
    if accident is not None:
        claim = msgspec.structs.replace(
            claim, accident=onset, related_causes=(accident,), accident_state=visit.state if accident == "AA" else None
        )
    if claim.institutional is None:
        return claim
    code = policy.parameter("cms/claim:occurrence_onset").on(visit.date_of_service).value
    codes = (*claim.institutional.codes, ("BH", f"{code:02d}:D8:{onset:%Y%m%d}"))
    return msgspec.structs.replace(claim, institutional=msgspec.structs.replace(claim.institutional, codes=codes))


@functools.cache
def _clinic(setting: str) -> Clinic:
    """A clinic in a setting that has a contract with every payer there is."""
    assumed = mix().assumed
    bill = assumed.settings[setting].bill
    payers = {
        name: KnownPayer(name=name.upper(), id="00000", filing=_FILING.get(name, "CI")) for name in assumed.payers
    }
    stay = Facility(facility=bill, patient_status=_ROUTINE) if bill else None
    return Clinic(payers=payers, institutional=stay)


def _began(visit: Visit) -> dt.date:
    plan = visit.plan_of_care
    return plan.established if plan and plan.established else visit.date_of_service
