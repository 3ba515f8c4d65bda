"""The JSON Schema of a visit record refuses what the reader refuses, and nothing else."""

import copy
import json

import jsonschema_rs
import pytest
from hypothesis import example, given
from hypothesis import settings as of_hypothesis
from hypothesis import strategies as st

from quarterhour.domain.visit import Visit
from quarterhour.interchange.visit_json import read_values
from quarterhour.interchange.visit_json.schema import visit_schema
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.schema import schema

VALIDATOR = jsonschema_rs.validator_for(visit_schema(), validate_formats=True)
WHO = {"npi": "1234567893", "name": "Test Person", "credential": "PT", "taxonomy": "225100000X", "tax_id": "000000000"}
PERSON = {"id": "P-1", "name": {"family": "Sample", "given": "Ann"}, "birth_date": "1950-05-06", "sex": "F",
          "member_id": "M-1", "address": {"street": "1 Road", "zip": None}}  # fmt: skip
COVERAGE = {"payer_name": "Plan", "payer_id": "1", "member_id": "M-1", "relationship": "18", "order": "P",
            "filing": "CI", "subscriber": PERSON, "payer_address": {"line1": "1 Road"}}  # fmt: skip
ADJUSTMENT = {"group": "CO", "reason": "45", "amount": "1.00", "quantity": 1}
#: A record in which every type of the contract stands.
WHOLE = {
    "date_of_service": "2026-03-04", "visit_id": "V-1", "payer": "medicare-b", "setting": "private-practice",
    "place_of_service": "11", "state": "TX", "zip": "75201", "discipline": "PT", "patient": PERSON, "therapist": WHO,
    "assistant": None, "supervisor": None, "referring_provider": WHO, "billing_provider": WHO | {"address": {}},
    "plan_of_care": {
        "established": "2026-02-02", "certified_by": WHO, "diagnoses": ["M25.561"], "visit_number": 7,
        "goals": [{"id": "G1", "baseline": 19, "target": 12.5, "due": "2026-04-01"}],
    },
    "services": [
        {"code": "97530", "minutes": 24, "assistant_minutes": 0, "intervals": [["09:00", "09:24"]],
         "mode": "one-on-one", "units": 2, "modifiers": ["GP"], "charge": "90.00", "diagnosis_pointers": [1]},
    ],
    "total_treatment_minutes": 50, "note": {"text": "S: well.", "signed_on": "2026-03-04"},
    "accrued": {"PT+SLP": "0.00", "OT": None}, "coverage": COVERAGE,
    "other_coverages": [
        {"coverage": COVERAGE, "paid": "1.00", "adjustments": [ADJUSTMENT],
         "lines": [{"line": 1, "paid": "1.00", "paid_on": "2026-03-05", "adjustments": []}]},
    ],
}  # fmt: skip
#: What may stand where something else should, or after all may stand there.
OTHERS = st.sampled_from([
    None, True, False, 0, 1, -1, 12, 13, 999, 1000, 1440, 1441, 100_001, 24.5, "", " ", "97530", "97530\n", "9753a",
    "G0283", "GP", "gp", "GP\n", "11", "TX", "tx", "PT", "F", "X", "one-on-one", "home", "09:00", "9:05 ",
    "\u300009:00",
    "24:00", "09:60", "09:00:00", "34.61", "-1", "34.613", " 34\n", "1,00", "$1", "12345678901234", "2026-02-28",
    "2024-02-29", "2026-02-29", "0000-01-01", "2026-13-01", "2026-3-4", "2026-03-04\n", "2026-03-04T00:00:00", [], {},
    ["09:00"], ["09:00", "09:24"], ["09:00", "09:24", "09:30"], [None], [["09:00", "09:24"]], ["GP"], [1], ["1"],
    {"id": "x"}, {"strange": 1}, {"code": "97110"}, [{"code": "97110"}], {"text": None}, {"family": None},
    {"city": "x"},
])  # fmt: skip


def places(value, at=()):
    """Every place of a JSON value, from the outside in."""
    yield at
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*at, key))


PLACES = [at for at in places(WHOLE) if at]


@st.composite
def records(draw):
    """The whole record with up to three things changed, left out or added."""
    record = copy.deepcopy(WHOLE)
    for at in draw(st.lists(st.sampled_from(PLACES), min_size=0, max_size=3)):
        holder = record
        for key in at[:-1]:
            holder = holder[key] if (isinstance(holder, dict) and key in holder) or isinstance(holder, list) else None
            if not isinstance(holder, dict | list) or (isinstance(holder, list) and not holder):
                break
        if not isinstance(holder, dict) and not (isinstance(holder, list) and isinstance(at[-1], int)):
            continue
        what = draw(st.sampled_from(["change", "change", "leave out", "add"]))
        if what == "change":
            if isinstance(holder, dict) or at[-1] < len(holder):
                holder[at[-1]] = copy.deepcopy(draw(OTHERS))
        elif what == "leave out":
            if isinstance(holder, dict):
                holder.pop(at[-1], None)
            else:
                holder.clear()
        elif isinstance(holder, dict):
            holder[draw(st.sampled_from(["unit", "street", "text", "npi", "Minutes"]))] = copy.deepcopy(draw(OTHERS))
        else:
            holder.append(copy.deepcopy(draw(OTHERS)))
    return record


def read_without_defect(record):
    return read_values(record, payer_needed=False).defects == ()


@of_hypothesis(max_examples=400)
@given(records())
@example(WHOLE | {"services": [], "note": None})
@example(WHOLE | {"services": None})
@example(WHOLE | {"payer": None})
@example({key: value for key, value in WHOLE.items() if key != "date_of_service"})
def test_the_schema_and_the_reader_take_the_same(record):
    assert VALIDATOR.is_valid(record) == read_without_defect([record])


@pytest.mark.parametrize("at", PLACES, ids=lambda at: "/".join(map(str, at)))
def test_each_place_of_a_record_takes_the_same_in_both(at):
    for other in (
        None,
        True,
        0,
        -1,
        24.5,
        "",
        "x",
        "97530",
        "09:00",
        "34.61",
        "2026-02-29",
        "2026-03-04",
        [],
        {},
        [None],
    ):
        record = copy.deepcopy(WHOLE)
        holder = record
        for key in at[:-1]:
            holder = holder[key]
        holder[at[-1]] = other
        assert VALIDATOR.is_valid(record) == read_without_defect([record]), other


def test_the_whole_record_is_one():
    assert VALIDATOR.is_valid(WHOLE)
    assert read_without_defect([WHOLE])


def test_every_key_of_the_record_stands_in_the_whole_record():
    assert {at[0] for at in PLACES} | {"total_timed_minutes", "prior_authorization"} == set(Visit.__struct_fields__)


def test_the_examples_are_what_the_schema_says(repository):
    files = sorted((repository / "examples").rglob("visits/*.json"))
    assert files
    for path in files:
        content = json.loads(path.read_text(encoding="utf-8"))
        for record in content.get("visits", [content]):
            assert VALIDATOR.is_valid(record), path


def test_the_file_in_the_docs_is_the_schema(repository):
    kept = (repository / "docs/reference/visit.schema.json").read_text(encoding="utf-8")
    assert json.loads(kept) == schema("visit"), "quarterhour schema visit > docs/reference/visit.schema.json"


def test_its_patterns_are_known_to_every_dialect():
    """Neither the end of Python's expressions nor a look ahead stands in it, which JavaScript or Go would not read."""
    text = json.dumps(schema("visit"))
    assert "\\\\Z" not in text
    assert "(?" not in text


def test_there_is_no_schema_of_anything_else():
    with pytest.raises(BadRequest, match="visit"):
        schema("claim")
