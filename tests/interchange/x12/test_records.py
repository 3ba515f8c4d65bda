import dataclasses

import pytest
from tests.interchange.x12.samples import professional, replaced, written
from tests.interchange.x12.test_writing import ENVELOPE, LINES, claim, dependent, institutional

from quarterhour.domain.columns import to_columns
from quarterhour.domain.visit import Visit
from quarterhour.interchange.x12 import read
from quarterhour.interchange.x12.records import records_of
from quarterhour.interchange.x12.writing.claims import write_claims


@pytest.mark.parametrize("build, kind", [(claim, "837P"), (dependent, "837P"), (institutional, "837I")])
def test_a_claim_that_was_written_is_the_same_claim_when_read(build, kind):
    made = build()
    taken = records_of(read(write_claims([made], ENVELOPE).data).tables[kind])
    assert taken.left_out == []
    (found,) = taken.claims
    names = ("patient_control_number", "claim_type", "frequency", "original_reference", "prior_authorization", "charge")
    for name in (*names, "place_of_service"):
        assert getattr(found, name) == getattr(made, name), name
    assert found.diagnoses == tuple(code.replace(".", "") for code in made.diagnoses)
    for line, wanted in zip(found.lines, made.lines, strict=True):
        for name in ("code", "units", "modifiers", "charge", "date_of_service"):
            assert getattr(line, name) == getattr(wanted, name)
    assert found.billing_provider.npi == made.billing_provider.npi


def test_visits_are_days_of_a_claim_and_go_into_columns():
    (visits,) = records_of(read(write_claims([claim()], ENVELOPE).data).tables["837P"]).visits
    assert [visit.date_of_service for visit in visits] == [line.date_of_service for line in LINES]
    assert (visits[0].patient.member_id, visits[0].state, visits[0].services[0].modifiers) == (
        "1EG4TE5MK73",
        "TX",
        ("GP", "KX"),
    )
    assert to_columns(Visit, visits).records() == visits


def test_lines_that_no_record_can_hold_are_named():
    taken = records_of(read(written(replaced("SV1*HC:97110", "SV1*HC:9711")(professional()))).tables["837P"])
    assert (len(taken.claims[0].lines), taken.left_out) == (1, [32])
    assert dataclasses.asdict(taken)["segments"] == [21, 45]
