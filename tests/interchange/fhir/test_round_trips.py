"""What is written is valid FHIR, comes back as it was, and what does not is told."""

import json
import random
from pathlib import Path

import msgspec
import pytest
from fhir.resources.R4B import get_fhir_model_class
from hypothesis import Phase, assume, given, settings
from tests.interchange.fhir.whole import ADJUSTMENTS, CLAIM, OTHER, VISIT, WRITTEN, unset
from tests.properties import visits as drawn

from quarterhour.domain.claim import Claim
from quarterhour.domain.json import to_builtins
from quarterhour.domain.money import Cents
from quarterhour.domain.people import Patient, PersonName
from quarterhour.domain.settlement import Settled
from quarterhour.domain.visit import Goal, Note, PlanOfCare, Visit
from quarterhour.interchange.fhir.reader import read
from quarterhour.interchange.fhir.writer import write_claims, write_explanations, write_visits
from quarterhour.interchange.fhir.writing.pen import text_of

EXAMPLES = Path(__file__).parents[3] / "examples/visits"


def resources(text):
    return [entry["resource"] for entry in json.loads(text)["entry"]]


def is_valid(text):
    """Whether every resource of a bundle, and the bundle, are what the R4B models take."""
    for one in [*resources(text), json.loads(text)]:
        get_fhir_model_class(one["resourceType"]).model_validate(one)
    return True


def back(written):
    return read(written.text.encode(), payer_needed=False)


def test_the_whole_visit_and_claim_have_every_member_set():
    assert not [path for path in unset(VISIT) if path.count("/") == 1]
    assert not [path for path in unset(CLAIM) if path.count("/") == 1]


def test_a_whole_visit_comes_back_as_it_was():
    written = write_visits([VISIT])
    read_again = back(written)
    assert [one.value for one in read_again.visits] == [VISIT]
    assert (written.lost, read_again.defects, read_again.not_carried) == ((), (), ())
    assert is_valid(written.text)


def test_a_whole_claim_comes_back_as_it_was():
    written = write_claims([CLAIM], WRITTEN)
    read_again = back(written)
    assert [one.value for one in read_again.claims] == [CLAIM]
    assert (written.lost, read_again.defects, read_again.not_carried) == ((), (), ())
    assert is_valid(written.text)


@pytest.mark.parametrize("member", [field.name for field in msgspec.structs.fields(Visit) if not field.required])
def test_a_visit_without_one_member_comes_back_without_it(member):
    field = next(one for one in msgspec.structs.fields(Visit) if one.name == member)
    visit = msgspec.structs.replace(VISIT, **{member: field.default})
    written = write_visits([visit])
    assert [one.value for one in back(written).visits] == [visit]
    assert written.lost == ()


@pytest.mark.parametrize("member", [field.name for field in msgspec.structs.fields(Claim) if not field.required])
def test_a_claim_without_one_member_comes_back_without_it(member):
    field = next(one for one in msgspec.structs.fields(Claim) if one.name == member)
    claim = msgspec.structs.replace(CLAIM, **{member: field.default})
    if member == "accident":
        claim = msgspec.structs.replace(claim, accident_state=None)
    written = write_claims([claim], WRITTEN)
    assert [one.value for one in back(written).claims] == [claim]
    assert written.lost == ()


# A drawn clinic is written and read in tens of milliseconds: to shrink one takes minutes and says no more.
@settings(max_examples=40, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(drawn.clinics)
def test_drawn_visits_come_back_but_for_what_holds_nothing(records):
    # A note without a word, beside no service, is nothing that FHIR could carry.
    assume(all(record.get("services") or any((record.get("note") or {}).values()) for record in records))
    visits = [drawn.read(record) for record in records]
    written = write_visits(visits)
    read_again = back(written)
    assert (read_again.defects, read_again.not_carried) == ((), ())
    assert len(read_again.visits) == len(visits)
    # An accrual without an amount is all that FHIR has no form for: it says nothing.
    assert {lost.pointer for lost in written.lost} <= {"/accrued"}
    for number, (visit, again) in enumerate(zip(visits, read_again.visits, strict=True)):
        told = {lost.pointer for lost in written.lost if lost.number == number}
        expected = msgspec.structs.replace(visit, accrued=None) if "/accrued" in told else visit
        assert again.value == expected


@settings(max_examples=40, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(drawn.records)
def test_drawn_visits_are_valid_fhir(record):
    assert is_valid(write_visits([drawn.read(record)]).text)


def test_the_examples_come_back_as_they_were():
    for path in sorted(EXAMPLES.glob("*.json")):
        value = json.loads(path.read_text(encoding="utf-8"))
        visits = [drawn.read(record) for record in value.get("visits", [value])]
        written = write_visits(visits)
        assert [one.value for one in back(written).visits] == visits, path.name
        assert (written.lost, back(written).not_carried) == ((), ())


def test_what_fhir_has_no_form_for_is_told_with_its_place():
    visit = msgspec.structs.replace(
        VISIT,
        patient=Patient(id="P-1", name=PersonName()),
        plan_of_care=PlanOfCare(goals=(Goal(text="Stands", target=float("inf")),)),
        note=Note(text=""),
    )
    assert {lost.pointer for lost in write_visits([visit]).lost} == {
        "/patient/name",
        "/plan_of_care/goals/0/target",
        "/note",
    }


def test_the_same_visits_are_written_with_the_same_addresses():
    assert write_visits([VISIT, VISIT]).text == write_visits([VISIT, VISIT]).text
    addresses = [entry["fullUrl"] for entry in write_visits([VISIT, VISIT]).bundle["entry"]]
    assert len(addresses) == len(set(addresses))


def test_one_patient_of_two_visits_is_written_once():
    other = msgspec.structs.replace(VISIT, visit_id="V-1002")
    kinds = [one["resourceType"] for one in resources(write_visits([VISIT, other]).text)]
    assert (kinds.count("Patient"), kinds.count("Encounter"), kinds.count("Procedure")) == (3, 2, 6)


def test_an_amount_is_a_number_with_its_two_places():
    assert '"value": 90.00' in text_of(write_visits([VISIT]).bundle, indent=0)


def test_an_explanation_of_benefit_has_what_was_submitted_allowed_paid_and_adjusted():
    settled = Settled(
        claim=CLAIM, created=WRITTEN, lines=OTHER.lines, allowed={1: Cents(8000)}, adjustments=ADJUSTMENTS,
        claim_number="ICN-1",
    )  # fmt: skip
    text = text_of(write_explanations([settled]))
    assert is_valid(text)
    (explained,) = (one for one in resources(text) if one["resourceType"] == "ExplanationOfBenefit")
    told = [
        (one["category"]["coding"][0]["code"], one["amount"]["value"]) for one in explained["item"][0]["adjudication"]
    ]
    assert told == [("submitted", 90.0), ("eligible", 80.0), ("benefit", 25.0), ("CO", 12.5), ("PR", 7.0)]
    assert [one["reason"]["coding"][0]["code"] for one in explained["adjudication"]] == ["45", "2"]
    assert {one["category"]["coding"][0]["code"]: one["amount"]["value"] for one in explained["total"]} == {
        "submitted": 124.61,
        "eligible": 80.0,
        "benefit": 25.0,
    }
    assert explained["payment"] == {"date": "2026-04-01", "amount": {"value": 25.0, "currency": "USD"}}
    assert explained["outcome"] == "complete"


def test_a_price_alone_is_an_explanation_in_which_nothing_is_paid():
    text = text_of(write_explanations([Settled(claim=CLAIM, created=WRITTEN, allowed={1: Cents(8000)})]))
    assert is_valid(text)
    (explained,) = (one for one in resources(text) if one["resourceType"] == "ExplanationOfBenefit")
    assert explained["outcome"] == "queued"
    assert "payment" not in explained
    assert "benefit" not in {one["category"]["coding"][0]["code"] for one in explained["total"]}


def slots(value):
    """Every place in a JSON value: its holder and its key or number."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in members:
        yield value, key
        yield from slots(inner)


JUNK = (None, 5, -1, 1.5, "", "x", [], {}, True, [1], {"a": 1}, "Patient/1", "#x", [[]], [{}], 10**20, {"coding": [5]})


@pytest.mark.slow
def test_no_change_of_a_value_makes_the_reader_fail():
    """Seeded: any value replaced by another kind of value, or taken away; the reader says what is wrong or reads on."""
    chance = random.Random(20261121)
    texts = [write_visits([VISIT]).text, write_claims([CLAIM], WRITTEN).text]
    for _ in range(600):
        bundle = json.loads(chance.choice(texts))
        for _ in range(chance.choice((1, 1, 2, 5))):
            holder, key = chance.choice(list(slots(bundle)))
            if isinstance(holder, dict) and chance.random() < 0.2:
                del holder[key]
            else:
                holder[key] = chance.choice(JUNK)
        if isinstance(bundle.get("resourceType"), str):
            found = read(json.dumps(bundle).encode(), payer_needed=False)
            for one in (*found.visits, *found.claims):
                assert to_builtins(one.value)
