"""Any claim that goes on a form: the boxes of what is read back of them are the same boxes."""

import datetime as dt

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from tests.interchange.forms.samples import BILLING, JANE, LINES, MEDICARE, PLAN, dependent, institutional, professional

from quarterhour.domain.coverage import OtherCoverage
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import PersonName, Provider
from quarterhour.interchange import cms1500, ub04

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
WORDS = st.text("ABCabcÑé .,-'", min_size=1, max_size=40).filter(str.strip)
NUMBERS = st.from_regex(r"[A-Z0-9]{1,14}", fullmatch=True)
NAMES = st.builds(PersonName, family=WORDS, given=WORDS)
LINE = st.builds(
    msgspec.structs.replace,
    st.sampled_from(LINES),
    units=st.integers(1, 999),
    charge=st.integers(0, 9_999_999).map(Cents),
    date_of_service=DAYS,
    place_of_service=st.sampled_from((None, "11", "12")),
    diagnosis_pointers=st.lists(st.integers(1, 3), max_size=4, unique=True).map(tuple),
)
PATIENTS = st.builds(msgspec.structs.replace, st.just(JANE), name=NAMES, sex=st.sampled_from(("F", "M", None)))
PROVIDERS = st.one_of(st.none(), st.builds(Provider, npi=st.just("1234567935"), name=WORDS))
COVERAGES = st.sampled_from((MEDICARE, PLAN, dependent().coverage))
CHANGES = {
    "patient_control_number": NUMBERS,
    "lines": st.lists(LINE, min_size=1, max_size=15).map(tuple),
    "patient": PATIENTS,
    "coverage": COVERAGES,
    "others": st.lists(COVERAGES.map(lambda one: OtherCoverage(coverage=one)), max_size=1).map(tuple),
    "referring_provider": PROVIDERS,
    "prior_authorization": st.one_of(st.none(), NUMBERS),
    "billing_provider": WORDS.map(lambda name: msgspec.structs.replace(BILLING, name=name)),
}
PROFESSIONAL = {
    "ordering_provider": PROVIDERS,
    "onset": st.one_of(st.none(), DAYS),
    "last_seen": st.one_of(st.none(), DAYS),
    "assignment": st.sampled_from("AC"),
    "frequency": st.sampled_from("178"),
    "benefits_assigned": st.sampled_from("YN"),
    "patient_paid": st.one_of(st.none(), st.integers(0, 99_999).map(Cents)),
}


@given(st.fixed_dictionaries(CHANGES | PROFESSIONAL))
def test_a_cms1500_says_the_same_when_it_is_filled_again(changes):
    form = cms1500.boxes(professional(**changes))
    again = cms1500.boxes(cms1500.claim_of(form))
    assert again.pages == form.pages


@given(st.fixed_dictionaries(CHANGES | {"note": st.one_of(st.none(), WORDS)}))
def test_a_ub04_says_the_same_when_it_is_filled_again(changes):
    claim = msgspec.structs.replace(institutional(), **changes)
    lines = tuple(msgspec.structs.replace(line, revenue_code="0430", diagnosis_pointers=()) for line in claim.lines)
    form = ub04.locators(msgspec.structs.replace(claim, lines=lines))
    again = ub04.locators(ub04.claim_of(form))
    assert again.pages == form.pages
