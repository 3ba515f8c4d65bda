"""The visit record of the outward contract: what it takes, what it refuses, and that it is written as it was read."""

import datetime as dt
import json

import msgspec
import pytest
from hypothesis import given
from tests.properties import visits as drawn

from quarterhour.domain.claim import Claim, Line
from quarterhour.domain.clock import Clock
from quarterhour.domain.json import dumps, from_builtins, to_builtins
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Visit

LEAST = {"date_of_service": "2026-03-04", "services": [{"code": "97530"}]}


@given(drawn.records)
def test_a_visit_is_written_as_it_was_read(record):
    visit = drawn.read(record)
    assert from_builtins(json.loads(dumps(visit)), Visit) == visit
    assert from_builtins(to_builtins(visit), Visit) == visit


@pytest.mark.covers("T4", "T5")
def test_what_the_record_says_is_what_is_read():
    visit = from_builtins(
        {
            **LEAST,
            "total_treatment_minutes": 50,
            "total_timed_minutes": 47,
            "services": [
                {"code": "97530", "minutes": 24, "intervals": [["09:00", "09:24"]], "charge": "90.00", "units": 2},
            ],
            "accrued": {"PT+SLP": "2409.99"},
        },
        Visit,
    )
    (service,) = visit.services
    assert visit.date_of_service == dt.date(2026, 3, 4)
    assert service.intervals == ((Clock(540), Clock(564)),)
    assert service.charge == Cents(9000)
    assert (visit.total_treatment_minutes, visit.total_timed_minutes) == (50, 47)
    assert visit.accrued
    assert visit.accrued.pt_slp == Cents(240999)
    assert visit.accrued.ot is None


@pytest.mark.parametrize(
    "change, place",
    [
        ({"date_of_service": "03/04/2026"}, "$.date_of_service"),
        ({"discipline": "pt"}, "$.discipline"),
        ({"setting": "clinic"}, "$.setting"),
        ({"place_of_service": "1"}, "$.place_of_service"),
        ({"surprise": 1}, "surprise"),
        ({"services": [{"code": "9753"}]}, "$.services[0].code"),
        ({"services": [{"code": "97530", "minutes": -1}]}, "$.services[0].minutes"),
        ({"services": [{"code": "97530", "minutes": 1441}]}, "$.services[0].minutes"),
        ({"services": [{"code": "97530", "minutes": 23.5}]}, "$.services[0].minutes"),
        ({"services": [{"code": "97530", "units": 1.5}]}, "$.services[0].units"),
        ({"services": [{"code": "97530", "modifiers": ["gp"]}]}, "$.services[0].modifiers[0]"),
        ({"services": [{"code": "97530", "charge": 90.0}]}, "$.services[0].charge"),
        ({"services": [{"code": "97530", "intervals": [["09:00", "9.24"]]}]}, "$.services[0].intervals[0][1]"),
    ],
)
def test_what_is_not_in_the_contract_is_refused_by_its_place(change, place):
    with pytest.raises(msgspec.ValidationError) as refused:
        from_builtins({**LEAST, **change}, Visit)
    assert place in str(refused.value)


def test_a_claims_charge_is_the_sum_of_its_lines():
    line = Line(code="97530", units=2, charge=Cents(9000))
    claim = Claim(
        patient_control_number="A1",
        claim_type="professional",
        payer="medicare-b",
        lines=(line, line, Line(code="97110", units=1)),
    )
    assert claim.charge == Cents(18000)
    assert str(claim.charge) == "180.00"


def test_a_visit_cannot_be_changed():
    visit = from_builtins(LEAST, Visit)
    with pytest.raises(AttributeError):
        visit.payer = "self-pay"
