"""What is known of the policy, by date: the figures a biller would check by hand."""

import csv
import datetime as dt

import pytest

from quarterhour.domain.code import modifier_number
from quarterhour.policy import NotKnown, load

POLICY = load()


def on(name, day):
    return POLICY.parameter(name).on(dt.date.fromisoformat(day)).value


@pytest.mark.parametrize(
    "year, cents",
    [
        (2018, 201000), (2019, 204000), (2020, 208000), (2021, 211000), (2022, 215000), (2023, 223000), (2024, 233000),
        (2025, 241000), (2026, 248000),
    ],
)  # fmt: skip
def test_kx_thresholds(year, cents):
    for bucket in ("kx_pt_slp", "kx_ot"):
        for day in (f"{year}-01-01", f"{year}-12-31"):
            assert on(f"cms/thresholds:{bucket}", day) == cents


@pytest.mark.parametrize(
    "day, factor",
    [
        ("2020-06-30", "36.0896"), ("2021-06-30", "34.8931"), ("2022-06-30", "34.6062"), ("2023-06-30", "33.8872"),
        ("2024-03-08", "32.7442"), ("2024-03-09", "33.2875"), ("2025-06-30", "32.3465"), ("2026-03-04", "33.4009"),
    ],
)  # fmt: skip
def test_conversion_factors(day, factor):
    assert on("cms/conversion_factor:conversion_factor", day) == factor


def test_conversion_factors_agree_with_the_files_of_the_fee_schedule(shared):
    with (shared / "data/mpfs_conversion_factor.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    told = {
        (
            "conversion_factor_qualifying" if row["applies_to"].startswith("qualifying") else "conversion_factor",
            day,
        ): row
        for row in rows
        for day in (row["date_start"], row["date_end"] or row["date_start"])
    }
    wrong = {
        key: (on(f"cms/conversion_factor:{key[0]}", key[1]), row["conversion_factor"])
        for key, row in told.items()
        if on(f"cms/conversion_factor:{key[0]}", key[1]) != row["conversion_factor"]
    }
    assert rows
    assert wrong == {}


@pytest.mark.parametrize(
    "name, day, value",
    [
        ("cms/timed_units:minutes_per_unit", "2000-04-01", 15),
        ("cms/timed_units:first_unit_minimum", "2026-03-04", 8),
        ("cms/midpoint:first_unit_minimum", "2026-03-04", 8),
        ("cms/assistants:modifier_required", "2019-12-31", False),
        ("cms/assistants:modifier_required", "2020-01-01", True),
        ("cms/assistants:rule", "2021-12-31", "de-minimis"),
        ("cms/assistants:rule", "2022-01-01", "midpoint"),
        ("cms/assistants:payment_percent", "2021-12-31", 100),
        ("cms/assistants:payment_percent", "2022-01-01", 85),
        ("cms/assistants:private_practice_supervision", "2024-12-31", "direct"),
        ("cms/assistants:private_practice_supervision", "2025-01-01", "general"),
        ("cms/plan_of_care:certification_period_days", "2007-12-31", 30),
        ("cms/plan_of_care:certification_period_days", "2008-01-01", 90),
        ("cms/plan_of_care:progress_report_treatment_days", "2026-03-04", 10),
        ("cms/plan_of_care:order_exception", "2024-12-31", False),
        ("cms/plan_of_care:order_exception", "2025-01-01", True),
        ("cms/ncci:column_either_side_professional", "2019-06-30", False),
        ("cms/ncci:column_either_side_professional", "2019-07-01", True),
        ("cms/ncci:distinct_modifiers", "2014-12-31", ["59"]),
        ("cms/ncci:distinct_modifiers", "2015-01-01", ["59", "XE", "XP", "XS", "XU"]),
        ("cms/multiple_procedure:further_unit_pe_percent_professional", "2013-03-31", 80),
        ("cms/multiple_procedure:further_unit_pe_percent_institutional", "2013-03-31", 75),
        ("cms/multiple_procedure:further_unit_pe_percent_professional", "2013-04-01", 50),
        ("cms/sequestration:reduction_percent", "2020-05-01", 0),
        ("cms/sequestration:reduction_percent", "2022-04-01", 1),
        ("cms/sequestration:reduction_percent", "2022-07-01", 2),
        ("cms/thresholds:review_threshold", "2026-03-04", 300000),
    ],
)
def test_dated_facts(name, day, value):
    assert on(name, day) == value


def test_the_threshold_of_a_year_not_published_yet_is_that_of_the_year_before_and_says_so():
    value = POLICY.parameter("cms/thresholds:kx_ot").on(dt.date(2027, 1, 1))
    assert (value.value, value.as_of(dt.date(2027, 1, 1))) == (248000, dt.date(2026, 12, 31))


def test_before_2018_there_was_no_threshold_of_this_kind():
    with pytest.raises(NotKnown):
        on("cms/thresholds:kx_pt_slp", "2017-12-31")


def test_facts_from_memory_are_marked_as_such():
    grades = {value.first.year: value.evidence for value in POLICY.parameter("cms/thresholds:kx_ot").values}
    assert (grades[2018], grades[2019]) == ("memory", "memory")
    assert grades[2024] == "near-primary"


@pytest.mark.covers("C8")
def test_97530_has_a_dated_history_with_sources():
    card = POLICY.codes.card("97530")
    assert card
    assert [event.on for event in card.history] == sorted(event.on for event in card.history)
    assert all(event.source.title and event.what for event in card.history)
    assert any(event.on == dt.date(2019, 12, 31) for event in card.history), "the end of 97140/97530"


@pytest.mark.covers("C1", "C4")
def test_97530_is_what_it_is():
    card = POLICY.codes.card("97530")
    assert card
    assert (card.kind, card.unit_minutes, card.contact, card.timed) == ("timed", 15, "one-on-one", True)
    assert {"PT", "OT"} <= set(card.disciplines)
    assert card.bound_discipline is None
    assert card.label


@pytest.mark.covers("C2", "C3", "C5", "C6", "C7")
@pytest.mark.parametrize(
    "part, words",
    [
        ("is_for", "lifting carrying bending reaching squatting catching overhead transfers"),
        ("is_for", "mobility stability strength range balance coordination"),
        ("is_for", "graded progressed goal several"),
        ("is_not_for", "biceps 97110 97112 97116 97140 97535"),
        ("is_not_for", "97150 passive goal"),
    ],
)
def test_the_card_of_97530_says_what_it_is_for_and_what_not(part, words):
    """Reference, not reading: what a clinician sees beside the codes it is mistaken for."""
    card = POLICY.codes.card("97530")
    assert card
    said = " ".join(getattr(card, part)).lower()
    assert [word for word in words.split() if word not in said] == []


@pytest.mark.covers("C7")
def test_every_code_97530_is_mistaken_for_says_so_too():
    card = POLICY.codes.card("97530")
    assert card
    assert {"97110", "97112", "97116", "97140", "97535", "97150"} <= set(card.similar)
    for code in ("97110", "97112", "97116", "97535"):
        other = POLICY.codes.card(code)
        assert other
        assert any("97530" in words for words in other.is_not_for), code


@pytest.mark.covers("C1")
@pytest.mark.parametrize("code", list(POLICY.codes))
def test_every_code_card_is_whole(code):
    card = POLICY.codes.card(code)
    assert card
    assert 0 < len(card.label) <= 60
    assert card.timed == (
        card.unit_minutes is not None and card.kind in {"timed", "timed-modality", "add-on-timed", "test"}
    )
    assert [dated.first for dated in card.designation] == sorted(dated.first for dated in card.designation)
    assert card.valid_source
    assert card.valid_evidence
    known = set(POLICY.codes)
    assert set(card.similar) <= known
    if card.kind.startswith("add-on"):
        assert card.add_on_to


def test_codes_bound_to_a_discipline_are_the_fourteen_of_the_transmittal():
    bound = {d: {c for c in POLICY.codes if POLICY.codes.card(c).bound_discipline == d} for d in ("PT", "OT", "SLP")}
    assert bound["PT"] >= {"97161", "97162", "97163", "97164"}
    assert bound["OT"] >= {"97165", "97166", "97167", "97168"}
    assert bound["SLP"] >= {"92521", "92522", "92523", "92524", "92597", "92607"}
    assert "97530" not in set.union(*bound.values())


@pytest.mark.covers("C9")
def test_the_ten_users_of_97530():
    """Who says they bill it, and what Medicare Part B says to each; the contestable ones are explained."""
    answers = {one.credential: (one.answer, one.modifier) for one in POLICY.providers.situations()}
    assert answers == {
        "PT": ("billable", "GP"),
        "OT": ("conditional", "GO"),
        "DC": ("not-billable", None),
        "SPORTS": ("conditional", "GP"),
        "REHAB": ("conditional", "GP"),
        "PEDIATRIC": ("conditional", "GO"),
        "GERIATRIC": ("conditional", "GP"),
        "MD": ("conditional", "GP"),
        "SLP": ("conditional", "GN"),
        "ATC": ("not-billable", None),
    }
    for one in POLICY.providers.situations():
        assert len(one.explanation) > 40
        assert one.source in POLICY.sources
        assert POLICY.providers.card(one.credential)


@pytest.mark.covers("C4", "C9")
@pytest.mark.parametrize(
    "text, credential, standing",
    [
        ("PT", "PT", "qualified"), ("P.T.", "PT", "qualified"), ("PT, DPT, OCS", "PT", "qualified"),
        ("OTR/L", "OT", "qualified"), ("CCC-SLP", "SLP", "qualified"), ("PTA", "PTA", "assistant"),
        ("COTA/L", "OTA", "assistant"),
    ],
)  # fmt: skip
def test_credentials_as_people_write_them(text, credential, standing):
    card = POLICY.providers.card(text)
    assert card
    assert (card.credential, card.standing) == (credential, standing)


def test_a_credential_nobody_knows_is_not_taken_for_another():
    assert POLICY.providers.card("XYZ") is None


@pytest.mark.covers("M3")
def test_what_attests_is_never_added_by_the_tool():
    cards = [POLICY.modifiers.card(modifier) for modifier in POLICY.modifiers]
    attesting = {card.modifier for card in cards if card.attests}
    assert {"59", "XE", "XS", "XP", "XU", "KX", "CQ", "CO"} <= attesting
    assert not {"GP", "GO", "GN"} & attesting
    for group in ("discipline", "assistant", "distinct", "threshold", "notice", "telehealth", "repeat", "reduced"):
        assert POLICY.modifiers.bits(group)


def test_the_x_modifiers_exist_since_2015():
    bits = POLICY.modifiers.bits("XE", "XS", "XP", "XU")
    assert POLICY.modifiers.live(dt.date(2014, 12, 31).toordinal()) & bits == 0
    assert POLICY.modifiers.live(dt.date(2015, 1, 1).toordinal()) & bits == bits
    assert POLICY.modifiers.bit_of_number(modifier_number("ZZ")) == 0


@pytest.mark.covers("M5")
def test_places_of_service(shared):
    with (shared / "data/pos_codes.csv").open(encoding="utf-8") as lines:
        theirs = {row["pos_code"]: row["pos_type"] for row in csv.DictReader(lines)}
    ours = {
        code: {"F": "Facility", "N": "Non-Facility"}[row["facility"]] for code, row in POLICY.places_of_service.items()
    }
    unassigned = {code for code, kind in theirs.items() if kind not in {"Facility", "Non-Facility"}}
    assert ours == {code: kind for code, kind in theirs.items() if code not in unassigned}


@pytest.mark.covers("M5")
def test_office_home_and_telehealth_places():
    facility = {code: row["facility"] for code, row in POLICY.places_of_service.items()}
    assert (facility["11"], facility["12"], facility["22"], facility["10"], facility["02"]) == ("N", "N", "F", "N", "F")
