"""The claim of a patient's visits."""

import datetime as dt

import pytest

from quarterhour.domain.money import Cents
from quarterhour.domain.visit import PlanOfCare, Provider, Service, Visit
from quarterhour.workflows.claim import claim_of_visits
from quarterhour.workflows.clinic import clinic_of
from quarterhour.workflows.errors import BadRequest

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


@pytest.mark.parametrize(
    "text, said",
    [
        (
            "attending: {npi: '1234567968'}",
            (
                "unknown key attending; it stands under institutional; there can be submitter, receiver, "
                "billing_provider, payers, charges, institutional, usage"
            ),
        ),
        (
            "institutional: {facility: '13', patient_status: '30', attending: {family: Lee}}",
            (
                "unknown key family in institutional.attending; there can be npi, name, credential, taxonomy, tax_id, "
                "address"
            ),
        ),
        (
            "payers: {medicare-b: {nam: X}}",
            "unknown key nam in payers.medicare-b; there can be name, id, filing, address",
        ),
        (
            "receiver: {name: X, id: 612}",
            "Expected `str`, got `int` - at `$.receiver.id`; money and identifiers stand in quotes",
        ),
        ("receiver: {name: X}", "Object missing required field `id` - at `$.receiver`"),
    ],
)
def test_a_clinic_file_with_what_has_no_place_in_it_says_what_has(tmp_path, text, said):
    path = tmp_path / "clinic.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadRequest) as error:
        clinic_of(path)
    assert str(error.value) == f"{path}: {said}"


def test_the_clinic_file_the_page_shows_can_be_read(tmp_path, repository):
    page = (repository / "docs/how-to/make-a-claim.md").read_text(encoding="utf-8")
    path = tmp_path / "clinic.yaml"
    path.write_text(page.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    institutional = clinic_of(path).institutional
    assert institutional is not None
    assert institutional.attending == Provider(npi="1234567968", name="Ann Lee")
