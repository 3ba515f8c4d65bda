"""Records as columns and back: nothing is lost, and absent is never mistaken for an amount."""

import datetime as dt
import gc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties import visits as drawn

from quarterhour.domain.claim import Claim, Line
from quarterhour.domain.columns import ABSENT, joined, moved, to_columns
from quarterhour.domain.finding import Citation, Evidence, Finding, RemedyText
from quarterhour.domain.json import from_builtins
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Visit

texts = st.text(max_size=8)
maybe_text = st.none() | texts
cents = st.none() | st.integers(-300, 10**7).map(Cents)
lines = st.builds(
    Line,
    code=st.sampled_from(drawn.CODES),
    units=st.integers(0, 999),
    modifiers=st.lists(st.sampled_from(drawn.MODIFIERS), max_size=4).map(tuple),
    charge=cents,
    date_of_service=st.none() | st.dates(),
    revenue_code=maybe_text,
    diagnosis_pointers=st.lists(st.integers(1, 12), max_size=4).map(tuple),
    control_number=maybe_text,
)
claims = st.builds(
    Claim,
    patient_control_number=texts,
    claim_type=st.sampled_from(("professional", "institutional")),
    payer=texts,
    lines=st.lists(lines, max_size=4).map(tuple),
    frequency=texts,
    original_reference=maybe_text,
    place_of_service=st.none() | st.sampled_from(drawn.PLACES),
    diagnoses=st.lists(texts, max_size=3).map(tuple),
    prior_authorization=maybe_text,
)
numbers = st.dictionaries(texts, st.integers() | texts, max_size=3)
findings = st.builds(
    Finding,
    rule=texts,
    name=texts,
    severity=st.sampled_from(("error", "warning", "info")),
    confidence=st.sampled_from(("high", "medium", "low")),
    persona=st.sampled_from(("therapist", "biller", "auditor")),
    visit_id=maybe_text,
    claim_id=maybe_text,
    kind=st.sampled_from(("units_over", "ptp", "other")),
    element=maybe_text,
    line=st.none() | st.integers(1, 50),
    code=maybe_text,
    message=texts,
    numbers=numbers,
    evidence=st.lists(
        st.builds(Evidence, source=texts, start=st.integers(0, 99), end=st.integers(0, 99), text=texts), max_size=2
    ).map(tuple),
    remedy=st.builds(
        RemedyText,
        kind=st.sampled_from(("format", "choice", "chart")),
        text=texts,
        patch=st.none()
        | st.dictionaries(texts, st.integers() | texts | st.none() | st.lists(texts, max_size=2), max_size=2),
    ),
    sources=st.lists(
        st.builds(
            Citation, title=texts, effective_from=maybe_text, evidence=maybe_text, as_of=maybe_text, href=maybe_text
        ),
        max_size=2,
    ).map(tuple),
    where=numbers,
)


@given(st.lists(drawn.records.map(drawn.read), max_size=4))
def test_visits(records):
    assert to_columns(Visit, records).records() == records


@given(st.lists(claims, max_size=4))
def test_claims(records):
    assert to_columns(Claim, records).records() == records


@given(st.lists(findings, max_size=4))
def test_findings(records):
    assert to_columns(Finding, records).records() == records


@given(st.lists(cents, min_size=1, max_size=6))
def test_an_amount_below_zero_is_not_an_absent_one(amounts):
    """A take-back of one cent is -1 cents, which is what stands for absent."""
    records = [Line(code="97530", units=1, charge=amount) for amount in amounts]
    assert [line.charge for line in to_columns(Line, records).records()] == amounts
    assert (to_columns(Line, records).root["charge"] == ABSENT).tolist() == [amount is None for amount in amounts]


def test_the_shape_of_columns():
    records = [
        {
            "date_of_service": "2026-03-04",
            "services": [{"code": "97530", "modifiers": ["GP", "59"]}, {"code": "97110"}],
        },
        {"date_of_service": "2026-03-05", "note": {"text": "S: None."}},
        {"date_of_service": "2026-03-06", "therapist": {"npi": "1234567893"}, "services": [{"code": "97140"}]},
    ]
    table = to_columns(Visit, [from_builtins(record, Visit) for record in records]).root
    services = table.children["services"]
    assert (table.rows, services.rows) == (3, 3)
    assert list(services.offsets) == [0, 2, 2, 3]
    assert services.rows_of().tolist() == [0, 0, 2]
    assert services.children["modifiers"].rows_of().tolist() == [0, 0]
    assert table["date_of_service"][0] == dt.date(2026, 3, 4).toordinal()
    assert table["therapist?"].tolist() == [0, 0, 1]
    assert table["therapist.npi"].tolist()[:2] == [ABSENT, ABSENT]
    assert table["date_of_service"].dtype == np.int64


def test_each_text_is_kept_once():
    records = [Line(code="97530", units=1, control_number="A") for _ in range(5)]
    assert to_columns(Line, records).texts.values == ["A"]


@pytest.mark.parametrize("record_type", [Visit, Claim, Line, Finding])
def test_no_records_are_columns_too(record_type):
    assert to_columns(record_type, []).records() == []


@given(st.lists(st.lists(drawn.records, max_size=3), min_size=1, max_size=4))
def test_joined_columns_hold_the_records_of_all_one_after_the_other(parts):
    visits = [[drawn.read(record) for record in part] for part in parts]
    whole = joined([to_columns(Visit, part) for part in visits])
    assert whole.records() == [visit for part in visits for visit in part]
    assert len(set(whole.texts.values)) == len(whole.texts.values)


def test_of_nothing_there_are_no_columns():
    with pytest.raises(ValueError, match="no columns"):
        joined([])


def test_columns_leave_nothing_for_the_garbage_collector():
    """A batch's memory is free with the last who holds it, however seldom the collector runs."""
    to_columns(Visit, [])
    gc.collect()
    gc.disable()
    try:
        columns = to_columns(Visit, [])
        joined([moved(columns, 1), columns])
        del columns
        assert gc.collect() == 0
    finally:
        gc.enable()
