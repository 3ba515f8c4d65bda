"""FHIR as others write it: how references are followed, where values come from, what is said of what is wrong."""

import base64
import copy
import json
from pathlib import Path

import pytest

from quarterhour.domain.clock import Clock
from quarterhour.interchange.errors import NotFhir, Unreadable
from quarterhour.interchange.fhir.reader import expression, read

SEARCHSET = Path(__file__).parents[3] / "examples/fhir/pt-stairs-searchset.json"
CPT = "http://www.ama-assn.org/go/cpt"
#: Stands where a message must never repeat what stands there.
CANARY = "Zebedee Quillfeather"


@pytest.fixture
def bundle():
    return json.loads(SEARCHSET.read_text(encoding="utf-8"))


def found(value, **options):
    text = value if isinstance(value, str) else json.dumps(value)
    return read(text.encode(), **options)


def visit(value):
    (one,) = found(value).visits
    return one.value


def of(bundle, kind, number=0):
    """The resource of a type in a bundle."""
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind][number]


def without(bundle, kind):
    return bundle | {"entry": [one for one in bundle["entry"] if one["resource"]["resourceType"] != kind]}


def told(value):
    return [(one.pointer, one.message) for one in found(value).defects]


def left(value):
    return {one.element: one.message for one in found(value).not_carried}


def note(text, **attachment):
    data = base64.b64encode(text.encode()).decode()
    return {
        "resourceType": "DocumentReference",
        "id": "d-31",
        "status": "current",
        "content": [{"attachment": {"contentType": "text/plain", "data": data} | attachment}],
        "context": {"encounter": [{"reference": "Encounter/e-3101"}]},
    }


def with_(bundle, *resources):
    return bundle | {"entry": [*bundle["entry"], *({"resource": one} for one in resources)]}


def test_a_visit_of_a_search_has_what_its_resources_say(bundle):
    read_visit = visit(bundle)
    assert (read_visit.visit_id, read_visit.date_of_service.isoformat()) == ("V-3101", "2026-05-06")
    assert (read_visit.payer, read_visit.place_of_service, read_visit.state) == ("medicare-b", "11", "TX")
    assert (read_visit.patient.id, read_visit.patient.sex, read_visit.patient.member_id) == ("P-31", "F", "1EG4TE5MK31")
    assert (read_visit.therapist.npi, read_visit.therapist.name, read_visit.therapist.credential) == (
        "1234567893",
        "Lena Whitcomb",
        "PT",
    )
    assert read_visit.therapist.taxonomy == "225100000X"
    assert read_visit.billing_provider.npi == "1234567828"
    assert read_visit.total_treatment_minutes == 47
    plan = read_visit.plan_of_care
    assert (plan.diagnoses, plan.frequency, plan.duration) == (("M25.561",), "2 per week", "8 weeks")
    assert [(goal.target, goal.unit) for goal in plan.goals] == [(14.0, "s")]


def test_minutes_and_clock_times_come_from_the_period_performed(bundle):
    first, second = visit(bundle).services
    assert (first.code, first.minutes, first.intervals) == ("97530", 24, ((Clock(600), Clock(624)),))
    assert (second.code, second.minutes, second.units, second.modifiers) == ("97110", 23, 2, ("GP",))
    assert (first.charge, second.charge) == (9600, 8800)


def test_minutes_come_from_an_observation_where_the_procedure_has_no_times(bundle):
    procedure = of(bundle, "Procedure")
    del procedure["performedPeriod"]
    observed = {
        "resourceType": "Observation",
        "id": "m-1",
        "status": "final",
        "code": {"text": "minutes"},
        "partOf": [{"reference": "Procedure/s-311"}],
        "valueQuantity": {"value": 0.5, "unit": "h", "system": "http://unitsofmeasure.org", "code": "h"},
    }
    assert visit(with_(bundle, observed)).services[0].minutes == 30
    seconds = observed | {"valueQuantity": {"value": 1499, "code": "s"}}
    assert visit(with_(bundle, seconds)).services[0].minutes == 24
    other = observed | {"valueQuantity": {"value": 5, "code": "kg"}}
    assert [message for _, message in told(with_(bundle, other))] == [
        'expected a duration in minutes ("code": "min", "system": "http://unitsofmeasure.org")'
    ]


def test_units_come_from_the_lines_of_a_claim_that_name_the_encounter(bundle):
    claim = {
        "resourceType": "Claim",
        "id": "k-1",
        "status": "active",
        "use": "claim",
        "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/claim-type", "code": "professional"}]},
        "patient": {"reference": "Patient/p-31"},
        "item": [
            {
                "sequence": 1,
                "productOrService": {"coding": [{"system": CPT, "code": "97530"}]},
                "modifier": [{"coding": [{"system": "urn:oid:2.16.840.1.113883.6.14", "code": "GP"}]}],
                "servicedDate": "2026-05-06",
                "quantity": {"value": 1},
                "unitPrice": {"value": 48.5, "currency": "USD"},
                "encounter": [{"reference": "Encounter/e-3101"}],
            }
        ],
    }
    file = found(with_(without(bundle, "ChargeItem"), claim))
    assert [(one.code, one.units, one.modifiers) for one in file.visits[0].value.services] == [
        ("97530", 1, ("GP",)),
        ("97110", None, ()),
    ]
    assert file.joined == {0}
    (line,) = file.claims[0].value.lines
    assert (line.units, line.charge) == (1, 4850)


def test_pointers_of_a_claim_follow_the_sequences_of_its_diagnoses():
    def diagnosis(sequence, code):
        coding = {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": code}
        return {"sequence": sequence, "diagnosisCodeableConcept": {"coding": [coding]}}

    claim = {
        "resourceType": "Claim",
        "id": "k-1",
        "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/claim-type", "code": "professional"}]},
        "diagnosis": [diagnosis(20, "R26.89"), diagnosis(10, "M25.561")],
        "item": [
            {"productOrService": {"coding": [{"system": CPT, "code": "97530"}]}, "diagnosisSequence": [20, 10]},
        ],
    }
    (one,) = found(claim).claims
    assert one.value.diagnoses == ("M25.561", "R26.89")
    assert one.value.lines[0].diagnosis_pointers == (2, 1)


def test_a_request_for_authorisation_is_no_claim():
    assert found({"resourceType": "Claim", "id": "k-1", "use": "preauthorization"}).claims == ()
    assert left({"resourceType": "Claim", "id": "k-1", "use": "preauthorization"}) == {
        "Claim": "not a claim for payment, by its use or status"
    }


@pytest.mark.parametrize(
    "reference",
    [
        "Patient/p-31",
        "Patient/p-31/_history/4",
        "https://records.example/fhir/Patient/p-31",
        "https://records.example/fhir/Patient/p-31/_history/4",
    ],
)
def test_a_reference_is_followed(bundle, reference):
    of(bundle, "Encounter")["subject"] = {"reference": reference}
    assert visit(bundle).patient.id == "P-31"


def test_a_reference_by_urn_is_followed(bundle):
    address = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"
    next(one for one in bundle["entry"] if one["resource"]["resourceType"] == "Patient")["fullUrl"] = address
    of(bundle, "Encounter")["subject"] = {"reference": address}
    assert visit(bundle).patient.id == "P-31"


def test_a_reference_by_identifier_is_followed(bundle):
    identifier = {"system": "https://records.example/patients", "value": "P-31"}
    of(bundle, "Encounter")["subject"] = {"type": "Patient", "identifier": identifier}
    assert visit(bundle).patient.id == "P-31"


def test_a_contained_resource_is_followed(bundle):
    encounter = of(bundle, "Encounter")
    encounter["contained"] = [of(bundle, "Practitioner") | {"id": "inner"}]
    encounter["participant"][0]["individual"] = {"reference": "#inner"}
    assert visit(bundle).therapist.npi == "1234567893"


@pytest.mark.parametrize(
    "reference, message",
    [
        ("Practitioner/none", "a reference to a Practitioner that is not in the file; add the resource to the bundle"),
        ("#none", "a reference to a contained resource that is not there; put it into contained"),
        (f"Practitioner?name={CANARY}", "a reference by search cannot be followed in a file"),
        (
            "Patient/p-31",
            "expected a reference to Practitioner or PractitionerRole or Organization, got one to Patient",
        ),
    ],
)
def test_a_reference_that_leads_nowhere_is_a_defect_with_its_place(bundle, reference, message):
    of(bundle, "Encounter")["participant"][0]["individual"] = {"reference": reference}
    (defect,) = found(bundle).defects
    assert defect.pointer == "/entry/0/resource/participant/0/individual"
    assert defect.message.startswith(message)
    assert CANARY not in defect.message
    assert defect.line is not None
    assert len(found(bundle).visits) == 1


def test_a_wrong_value_is_told_where_it_stands_and_the_other_visits_are_read(bundle):
    second = copy.deepcopy(of(bundle, "Encounter")) | {"id": "e-2", "identifier": [{"value": "V-2"}]}
    text = note("S: Stairs are easier.")
    text["context"]["encounter"] = [{"reference": "Encounter/e-2"}]
    of(bundle, "Procedure")["code"]["coding"][0]["code"] = "9753"
    file = found(with_(bundle, second, text))
    assert [one.value.visit_id for one in file.visits] == ["V-2"]
    assert [(one.pointer, one.message) for one in file.defects] == [
        (
            "/entry/10/resource/code/coding/0/code",
            "expected a procedure code such as 97530 or G0283, got a text of 4 digits",
        )
    ]


def test_a_modifier_extension_leaves_its_resource_out(bundle):
    of(bundle, "Procedure", 1)["modifierExtension"] = [{"url": "https://records.example/not", "valueBoolean": True}]
    pointers = [one.pointer for one in found(bundle).defects]
    assert "/entry/11/resource/modifierExtension/0" in pointers


def test_an_amount_in_another_currency_or_with_less_than_a_cent_is_a_defect(bundle):
    of(bundle, "ChargeItem")["priceOverride"] = {"value": 90, "currency": "EUR"}
    of(bundle, "ChargeItem", 1)["priceOverride"] = {"value": 90.125, "currency": "USD"}
    assert [message for _, message in told(bundle)] == [
        "expected an amount in US dollars (USD)",
        "expected an amount in dollars and whole cents such as 34.61",
    ]


def test_the_text_of_a_note_is_never_altered(bundle):
    text = "S: Stairs\r\n\tare easier. \u00e9 \U0001f600 "
    assert visit(with_(bundle, note(text))).note.text == text


def test_a_note_that_cannot_be_read_is_told(bundle):
    elsewhere = note("", data=None, url="https://records.example/fhir/Binary/1")
    assert left(with_(bundle, elsewhere))["DocumentReference.content.attachment.url"].startswith(
        "a document kept elsewhere is not fetched"
    )
    pdf = note("x", contentType="application/pdf")
    assert "plain text" in left(with_(bundle, pdf))["DocumentReference.content.attachment.data"]
    assert told(with_(bundle, note("", data="/w==")))[0][1] == "expected text in UTF-8, encoded in base64"


def test_what_did_not_take_place_is_no_visit_and_no_service(bundle):
    of(bundle, "Procedure", 1)["status"] = "not-done"
    of(bundle, "ChargeItem", 1)["status"] = "aborted"
    assert [one.code for one in visit(bundle).services] == ["97530"]
    of(bundle, "Encounter")["status"] = "cancelled"
    assert found(bundle).visits == ()
    assert left(bundle)["Encounter"] == "not a visit that took place, by its status"


def test_what_nobody_maps_is_told_by_element_and_place(bundle):
    encounter = of(bundle, "Encounter")
    encounter["hospitalization"] = {"dischargeDisposition": {"text": "home"}}
    encounter["extension"] = [{"url": "https://records.example/room", "valueString": "4"}]
    of(bundle, "Procedure")["bodySite"] = [{"text": "right knee"}]
    of(bundle, "Procedure", 1)["bodySite"] = [{"text": "right knee"}]
    device = {"resourceType": "Device", "id": "x"}
    rows = {one.element: one for one in found(with_(bundle, device)).not_carried}
    assert set(rows) == {
        "Encounter.hospitalization",
        "Encounter.extension https://records.example/room",
        "Procedure.bodySite",
        "Device",
    }
    assert (rows["Procedure.bodySite"].count, rows["Procedure.bodySite"].pointer) == (2, "/entry/10/resource/bodySite")
    assert rows["Device"].message == "not carried: resources of this type are not read"


def test_a_resource_that_belongs_to_nothing_is_told_once(bundle):
    stranger = {"resourceType": "Patient", "id": "p-99", "name": [{"family": CANARY}], "birthDate": "1950-01-01"}
    assert left(with_(bundle, stranger)) == {"Patient": "not carried: it belongs to no visit and no claim"}


def test_procedures_without_an_encounter_are_a_visit_of_their_day(bundle):
    alone = without(without(bundle, "Encounter"), "ChargeItem")
    for number in (0, 1):
        del of(alone, "Procedure", number)["encounter"]
    read_visit = visit(alone)
    assert [one.code for one in read_visit.services] == ["97530", "97110"]
    assert read_visit.date_of_service.isoformat() == "2026-05-06"
    assert read_visit.payer == "medicare-b"


def test_one_resource_a_line_and_a_list_are_read_as_a_bundle_is(bundle):
    resources = [entry["resource"] for entry in bundle["entry"]]
    lines = "\n".join(json.dumps(one) for one in resources)
    assert found(lines).visits[0].value == visit(bundle)
    assert found(resources).visits[0].value == visit(bundle)
    broken = found(f"{lines}\n{{")
    assert len(broken.visits) == 1
    assert [(one.line, one.message[:8]) for one in broken.defects] == [(len(resources) + 1, "not JSON")]


@pytest.mark.parametrize(
    "system, code, payer",
    [
        ("https://nahdo.org/sopt", "12", "medicare-b"),
        ("https://nahdo.org/sopt", "111", "medicare-advantage"),
        ("urn:oid:2.16.840.1.113883.3.221.5", "2119", "medicaid"),
        ("https://nahdo.org/sopt", "1", None),
        ("http://terminology.hl7.org/CodeSystem/v3-ActCode", "WCBPOL", "workers-compensation"),
        ("http://terminology.hl7.org/CodeSystem/v3-ActCode", "EHCPOL", None),
        ("http://terminology.hl7.org/CodeSystem/coverage-selfpay", "pay", "self-pay"),
        ("https://x12.org/codes/claim-filing-indicator-codes", "MB", "medicare-b"),
        ("https://x12.org/codes/claim-filing-indicator-codes", 5, None),
        ("https://example.org/plans", "12", None),
    ],
)
def test_the_type_of_a_coverage_tells_whose_terms_hold_where_a_known_list_does(bundle, system, code, payer):
    of(bundle, "Coverage")["type"] = {"coding": [{"system": system, "code": code, "display": CANARY}]}
    read_visit = found(bundle, payer_needed=False).visits[0].value
    assert read_visit.payer == payer
    assert any(element.startswith("Coverage.type") for element in left(bundle)) == (payer is None)


def test_a_filing_indicator_stands_in_the_coverage_too(bundle):
    system = "https://x12.org/codes/claim-filing-indicator-codes"
    of(bundle, "Coverage")["type"] = {"coding": [{"system": system, "code": "MB"}]}
    of(bundle, "Coverage")["payor"] = [{"reference": "#payer"}]
    of(bundle, "Coverage")["contained"] = [
        {"resourceType": "Organization", "id": "payer", "name": "Example Payer", "identifier": [{"value": "04412"}]}
    ]
    assert visit(bundle).coverage.filing == "MB"


def test_a_visit_without_a_payer_needs_one(bundle):
    alone = without(bundle, "Coverage")
    assert [message for _, message in told(alone)] == ["no payer: the record names none and no default is given"]
    assert found(alone, payer_needed=False).visits[0].value.payer is None


def test_the_latest_plan_begun_by_the_day_is_the_plan_of_the_visit(bundle):
    def plan(number, start, **more):
        return copy.deepcopy(of(bundle, "CarePlan")) | {"id": f"q-{number}", "period": {"start": start}} | more

    plans = (plan(1, "2026-03-01"), plan(2, "2026-05-01"), plan(3, "2026-05-07"), plan(4, "2026-05-05", status="draft"))
    assert visit(with_(bundle, *plans)).plan_of_care.established.isoformat() == "2026-05-01"


def test_a_second_resource_of_one_id_is_a_defect(bundle):
    double = with_(bundle, of(bundle, "Patient"))
    assert [message for _, message in told(double)] == [
        "a second resource with the id or fullUrl of an earlier one; only the first is used"
    ]


def test_json_of_something_else_is_refused():
    with pytest.raises(NotFhir):
        found({"visits": []})
    with pytest.raises(Unreadable, match="not JSON"):
        found('{"resourceType": "Bundle",')


def test_a_pointer_is_a_path_of_fhirpath():
    assert expression("Bundle", "/entry/3/resource/quantity") == "Bundle.entry[3].resource.quantity"
    assert expression("Claim", "") == "Claim"


def other_patient(bundle):
    """The bundle with a second patient, whose id is p-99."""
    second = copy.deepcopy(of(bundle, "Patient")) | {"id": "p-99", "identifier": [{"value": "P-99"}]}
    return with_(bundle, second)


def pointer_of(bundle, kind, number=0):
    wanted = of(bundle, kind, number)
    return next(f"/entry/{at}/resource" for at, one in enumerate(bundle["entry"]) if one["resource"] is wanted)


@pytest.mark.parametrize("patient", ["p-99", "p-nobody"])
def test_what_is_of_another_patient_is_told_and_left_out_of_the_visit(bundle, patient):
    bundle = other_patient(bundle)
    for kind in ("Procedure", "ChargeItem"):
        of(bundle, kind, 1)["subject"] = {"reference": f"Patient/{patient}"}
    who = "of another patient than" if patient == "p-99" else "of a patient who is not in the file, and not the one of"
    assert told(bundle) == [
        (f"{pointer_of(bundle, kind, 1)}/subject", f"{kind} {who} the Encounter; left out of the visit")
        for kind in sorted(("Procedure", "ChargeItem"), key=lambda kind: int(pointer_of(bundle, kind, 1).split("/")[2]))
    ]
    assert [one.code for one in visit(bundle).services] == ["97530"]
    assert left(bundle)["ChargeItem"] == "of another patient than the visit it names"


def test_a_note_a_plan_and_minutes_of_another_patient_are_not_the_visits(bundle):
    bundle = other_patient(bundle)
    note_of_other = note(CANARY) | {"subject": {"reference": "Patient/p-99"}}
    of(bundle, "Condition")["subject"] = {"reference": "Patient/p-99"}
    procedure = of(bundle, "Procedure")
    del procedure["performedPeriod"]
    observed = {
        "resourceType": "Observation",
        "id": "m-1",
        "subject": {"reference": "Patient/p-99"},
        "partOf": [{"reference": f"Procedure/{procedure['id']}"}],
        "valueQuantity": {"value": 24, "code": "min"},
    }
    read_visit = visit(with_(bundle, note_of_other, observed))
    assert (read_visit.note, read_visit.services[0].minutes, read_visit.plan_of_care.diagnoses) == (None, None, ())
    kinds = {message.split()[0] for _, message in told(with_(bundle, note_of_other, observed))}
    assert kinds == {"Condition", "DocumentReference", "Observation"}


def test_the_same_patient_may_be_named_in_other_words_or_not_be_in_the_file(bundle):
    of(bundle, "Procedure", 1)["subject"] = {"reference": "https://fhir.example.org/r4/Patient/p-31/_history/2"}
    del of(bundle, "ChargeItem", 1)["subject"]
    assert len(visit(bundle).services) == 2
    gone = found(without(bundle, "Patient"), payer_needed=False)
    assert len(gone.visits[0].value.services) == 2
    assert not [one for one in gone.defects if "patient" in one.message]


def test_lines_of_an_encounter_without_a_patient_are_of_the_first_patient_named(bundle):
    bundle = other_patient(bundle)
    del of(bundle, "Encounter")["subject"]
    of(bundle, "Procedure", 1)["subject"] = {"reference": "Patient/p-99"}
    file = found(bundle, payer_needed=False)
    assert [one.value.services[0].code for one in file.visits] == ["97530"]
    assert any("Procedure of another patient" in one.message for one in file.defects)


@pytest.mark.parametrize("status", ["entered-in-error", "not-done"])
def test_a_charge_for_a_procedure_that_did_not_take_place_is_told_and_left_out(bundle, status):
    of(bundle, "Procedure", 1)["status"] = status
    charge = of(bundle, "ChargeItem", 1)
    charge["service"] = [{"reference": f"Procedure/{of(bundle, 'Procedure', 1)['id']}"}]
    assert [one.code for one in visit(bundle).services] == ["97530"]
    assert told(bundle) == [
        (
            f"{pointer_of(bundle, 'ChargeItem', 1)}/service/0",
            "charged for a procedure not furnished, by its status; left out of the visit",
        )
    ]
    assert left(bundle) == {
        "Procedure": "not furnished, by its status",
        "ChargeItem": "charged for a procedure that is none of the visit",
    }


@pytest.mark.parametrize(
    "wrong", ["2026-05-06T25:99:00-05:00", "2026-05-06T9:24", "bad", "2026-05-06T10:24:61", "2026-05-06 "]
)
@pytest.mark.parametrize("member", ["start", "end"])
def test_a_time_that_is_none_is_told_with_its_place_and_the_visit_is_read(bundle, member, wrong):
    of(bundle, "Procedure")["performedPeriod"][member] = wrong
    ((pointer, message),) = [one for one in told(bundle) if "time" in one[1]]
    assert pointer == f"{pointer_of(bundle, 'Procedure')}/performedPeriod/{member}"
    assert message == "expected a time such as 2026-03-04T09:24:00-06:00"
    assert wrong not in message
    first, second = visit(bundle).services
    assert (first.intervals, first.minutes, second.minutes) == ((), None, 23)


def test_the_end_of_an_encounter_that_is_no_time_is_told(bundle):
    of(bundle, "Encounter")["period"]["end"] = "xx"
    assert told(bundle) == [
        (f"{pointer_of(bundle, 'Encounter')}/period/end", "expected a time such as 2026-03-04T09:24:00-06:00")
    ]
    of(bundle, "Encounter")["period"]["end"] = "2026-05"
    assert told(bundle) == []


def test_a_period_over_midnight_gives_no_times_and_says_so(bundle):
    period = of(bundle, "Procedure")["performedPeriod"]
    period["end"] = period["end"].replace("2026-05-06", "2026-05-07")
    assert visit(bundle).services[0].minutes is None
    assert left(bundle) == {"Procedure.performedPeriod": "a period over more than one day has no times of the visit"}


@pytest.mark.parametrize("clock", ["T10:24:59.999Z", "T10:24", "T10:24:60+05:30"])
def test_seconds_and_zones_are_left_out_of_times(bundle, clock):
    of(bundle, "Procedure")["performedPeriod"] = {"start": "2026-05-06T10:00:30-05:00", "end": f"2026-05-06{clock}"}
    assert (visit(bundle).services[0].minutes, told(bundle)) == (24, [])
