"""The claim of a patient's visits."""

import datetime as dt

from quarterhour.domain.money import Cents
from quarterhour.domain.visit import PlanOfCare, Provider, Service, Visit
from quarterhour.workflows.claim import claim_of_visits

BILLING = Provider(npi="1234567893", name="First Therapy Group", tax_id="12-3456789")
THERAPIST = Provider(npi="1234567919", name="Alex Smith", credential="PT", taxonomy="225100000X")


def test_visits_become_a_claim():
    visits = [
        Visit(
            date_of_service=dt.date(2026, 2, day), payer="medicare-b", place_of_service="11", therapist=THERAPIST,
            billing_provider=BILLING, prior_authorization="AUTH1", plan_of_care=PlanOfCare(diagnoses=("M25.561",)),
            services=(
                Service(code="97530", minutes=23, units=2, modifiers=("GP",), charge=Cents(9000)),
                Service(code="97110", minutes=5, units=0),
            ),
        )
        for day in (3, 5)
    ]  # fmt: skip
    made = claim_of_visits(visits, "C7")
    assert [(line.code, line.date_of_service.day, line.control_number) for line in made.lines] == [
        ("97530", 3, "C7-1"),
        ("97530", 5, "C7-2"),
    ]
    assert (made.charge, made.diagnoses, made.prior_authorization) == (18000, ("M25.561",), "AUTH1")
