"""Minutes to units as somebody asks for them: every published case, the contract's keys, and what is refused."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conformance.cases import Case, answer, ours

from quarterhour.policy import NotKnown, UnknownName
from quarterhour.workflows.errors import BadRequest, UnknownCode
from quarterhour.workflows.units import MOST_LISTED, units

CASES = [*ours("units.yaml"), *ours("slips.yaml"), *ours("assistants.yaml")]
DAY = "2026-03-04"


def asked(*services, **wishes):
    return units(services, on=wishes.pop("on", DAY), **wishes)


def billed(lines, *, modifiers: bool):
    return answer([[line["code"], line["units"], " ".join(line["modifiers"]) if modifiers else ""] for line in lines])


def summed(way):
    """A way to bill with its modifiers forgotten."""
    codes = {code for code, _, _ in way}
    return frozenset((one, "", sum(number for code, _, number in way if code == one)) for one in codes)


@pytest.mark.covers("T1", "T2", "T3")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_published_case_is_answered_with_all_its_ways_and_no_other(case: Case):
    told = units(case.services, method=case.method, discipline=case.discipline, on=case.since, setting=case.setting)
    with_modifiers = any(modifiers for way in case.answers for _, modifiers, _ in way)
    ways = {billed(lines, modifiers=with_modifiers) for lines in (told["lines"], *told["alternatives"])}
    if with_modifiers:
        assert ways == case.answers
    else:
        assert {summed(way) for way in ways} == {summed(way) for way in case.answers}


@pytest.mark.covers("T1", "T2")
def test_the_contracts_example():
    """24 + 23 = 47 minutes: 3 units, 1 quarter hour each and the third by the larger remainder, 9 over 8."""
    told = asked(("97112", 24), ("97110", 23))
    assert {key: told[key] for key in ("format", "method", "on", "total_timed_minutes", "total_units")} == {
        "format": 1,
        "method": "cms",
        "on": DAY,
        "total_timed_minutes": 47,
        "total_units": 3,
    }
    assert [
        [one[key] for key in ("code", "minutes", "assistant_minutes", "timed", "units", "remainder")]
        for one in told["services"]
    ] == [["97112", 24, 0, True, 2, 9], ["97110", 23, 0, True, 1, 8]]
    assert told["lines"] == [
        {"code": "97112", "units": 2, "modifiers": ["GP"]},
        {"code": "97110", "units": 1, "modifiers": ["GP"]},
    ]
    assert (told["alternatives"], told["not_billed"]) == ([], [])
    assert told["explanation"][0] == "47 timed minutes support 3 units (38-52)"
    assert "97112: 24 = 1 × 15 + 9" in told["explanation"]


@pytest.mark.covers("T3")
def test_both_methods_are_told_where_they_differ():
    told = asked(("97112", 24), ("97110", 23))
    assert told["methods"] == {"cms": 3, "ama": 4}
    assert told["explanation"][-1] == (
        "a payer that counts each code by itself (CPT midpoint) has 4 units for the same minutes"
    )
    same = asked(("97530", 30))
    assert same["methods"] == {"cms": 2, "ama": 2}
    assert not any("for the same minutes" in sentence for sentence in same["explanation"])


@pytest.mark.covers("T3")
def test_the_payer_chooses_the_method_and_its_cap():
    eights = (("97110", 8), ("97112", 8), ("97530", 8))
    assert asked(*eights, payer="medicare-b")["total_units"] == 2
    assert asked(*eights, payer="commercial-midpoint")["method"] == "ama"
    assert asked(*eights, payer="medicare-b", method="ama")["total_units"] == 2  # its cap: 24 minutes are 2 units
    assert asked(*eights, method="ama")["total_units"] == 3


def test_the_order_of_entry_is_kept_and_decides_nothing():
    services = (("97112", 20), ("97110", 20), ("97530", 7), ("97161", 30), ("97150", 12))

    def by_code(told):
        """The answer with its rows in the order of the codes."""
        lines = [sorted(way, key=lambda line: line["code"]) for way in (told["lines"], *told["alternatives"])]
        rows = {key: sorted(told[key], key=lambda row: row["code"]) for key in ("services", "not_billed")}
        return told | rows | {"lines": lines[0], "alternatives": lines[1:], "explanation": sorted(told["explanation"])}

    first = by_code(asked(*services))
    for order in itertools.permutations(services):
        told = asked(*order)
        codes = [code for code, _ in order]
        assert [one["code"] for one in told["services"]] == codes
        billed = {line["code"] for line in told["lines"]}
        assert [line["code"] for line in told["lines"]] == [code for code in codes if code in billed]
        assert by_code(told) == first


def test_several_entries_of_a_code_are_one_service():
    assert asked(("97530", 10), ("97110", 8), ("97530", 14, 4)) == asked(("97530", 24, 4), ("97110", 8))


def test_a_tie_is_the_professionals_choice_and_says_so():
    told = asked(("97112", 20), ("97110", 20))
    assert told["lines"] == [
        {"code": "97112", "units": 1, "modifiers": ["GP"]},
        {"code": "97110", "units": 2, "modifiers": ["GP"]},
    ]
    assert told["alternatives"] == [
        [{"code": "97112", "units": 2, "modifiers": ["GP"]}, {"code": "97110", "units": 1, "modifiers": ["GP"]}]
    ]
    assert any("the professional's choice" in sentence for sentence in told["explanation"])


def test_what_has_no_unit_says_why():
    reasons = {
        "tie": asked(("97110", 8), ("97112", 8), ("97530", 8))["not_billed"],
        "few": asked(("97530", 7))["not_billed"],
        "rest": asked(("97110", 33), ("97140", 10), ("97116", 2))["not_billed"],
        "alone": asked(("97110", 33), ("97140", 7), method="ama")["not_billed"],
        "none": asked(("97110", 33), ("97161", 0))["not_billed"],
    }
    assert {name: [(one["code"], one["minutes"], one["reason"]) for one in rows] for name, rows in reasons.items()} == {
        "tie": [("97530", 8, "tied with another code for the last unit; the choice is the professional's")],
        "few": [("97530", 7, "7 timed minutes in all do not reach 8")],
        "rest": [
            (
                "97116",
                2,
                (
                    "its 2 minutes are fewer than those left over elsewhere, and 45 timed minutes support no more than "
                    "3 units; its minutes count into the total"
                ),
            )
        ],
        "alone": [("97140", 7, "7 minutes by themselves do not reach 8")],
        "none": [("97161", 0, "no minutes")],
    }


def test_untimed_and_group_codes_are_one_unit_whatever_the_minutes():
    told = asked(("97150", 45), ("97161", 5), ("97530", 15))
    assert {one["code"]: one["units"] for one in told["services"]} == {"97150": 1, "97161": 1, "97530": 1}
    assert told["total_timed_minutes"] == 15


def test_a_first_stretch_is_one_unit_and_names_the_code_of_the_rest():
    """97550 is the first 30 minutes of caregiver training, 97551 each further 15."""
    told = asked(("97550", 50), ("97551", 20))
    assert {one["code"]: one["units"] for one in told["services"]} == {"97550": 1, "97551": 1}
    assert told["total_timed_minutes"] == 0
    assert any(
        sentence.endswith("the 20 minutes after the first 30 go under 97551") for sentence in told["explanation"]
    )


@pytest.mark.parametrize(
    "services, minutes, units",
    [
        ([("97129", 45)], {"97129": 15, "97130": 30}, {"97129": 1, "97130": 2}),
        ([("97129", 24)], {"97129": 15, "97130": 9}, {"97129": 1, "97130": 1}),
        ([("97129", 15)], {"97129": 15}, {"97129": 1}),
        ([("97129", 20), ("97130", 10)], {"97129": 15, "97130": 15}, {"97129": 1, "97130": 1}),
        ([("97530", 10), ("97129", 20)], {"97530": 10, "97129": 15, "97130": 5}, {"97530": 1, "97129": 1, "97130": 0}),
    ],
)
def test_what_goes_beyond_one_unit_a_day_is_moved_to_the_code_it_belongs_to(services, minutes, units):
    told = asked(*services, discipline="SLP")
    assert {one["code"]: one["minutes"] for one in told["services"]} == minutes
    assert {one["code"]: one["units"] for one in told["services"]} == units
    moved = "97129 has one unit a day: its minutes after the first 15 go under 97130"
    assert (moved in told["explanation"]) == (services[-1][1] > 15 or len(services) > 1)
    assert told["total_timed_minutes"] == sum(one[1] for one in services)


def test_an_assistants_minutes_go_with_the_first_unit_as_far_as_they_fit():
    told = asked(("97129", 40, 20), discipline="OT")
    assert [(one["code"], one["minutes"], one["assistant_minutes"]) for one in told["services"]] == [
        ("97129", 15, 15),
        ("97130", 25, 5),
    ]


def test_every_code_of_further_minutes_is_known_and_an_add_on_to_the_first():
    from quarterhour.policy import load

    codes = load().codes
    further = {code: card.further_units for code in codes if (card := codes.card(code)).further_units}
    assert further
    assert all(code in codes.card(after).add_on_to for code, after in further.items())


def test_a_source_is_named_once():
    titles = [source["title"] for source in asked(("97530", 24))["sources"]]
    assert len(titles) == len(set(titles))


def test_an_assistants_units_stand_on_a_line_of_their_own():
    told = asked(("97110", 45, 15))
    assert told["lines"] == [
        {"code": "97110", "units": 2, "modifiers": ["GP"]},
        {"code": "97110", "units": 1, "modifiers": ["GP", "CQ"]},
    ]
    assert asked(("97535", 30, 30), discipline="OT")["lines"] == [
        {"code": "97535", "units": 2, "modifiers": ["GO", "CO"]}
    ]


def test_where_both_readings_of_ten_percent_are_published_the_modifier_is_proposed_and_the_other_listed():
    """2021, 7 therapist and 1 assistant minutes: 12.5 percent is above ten, by the simple method 2 minutes would be."""
    told = asked(("97110", 8, 1), on="2021-06-01")
    assert [line["modifiers"] for line in told["lines"]] == [["GP", "CQ"]]
    assert [[line["modifiers"] for line in way] for way in told["alternatives"]] == [[["GP"]]]


def test_before_the_modifier_existed_none_is_proposed():
    told = asked(("97110", 15, 15), on="2019-06-01")
    assert told["lines"] == [{"code": "97110", "units": 1, "modifiers": ["GP"]}]
    assert "CQ was not yet asked for on 2019-06-01" in told["explanation"]


def test_a_payer_that_does_not_ask_for_the_assistant_modifier_gets_none():
    told = asked(("97110", 15, 15), payer="commercial")
    assert told["lines"][0]["modifiers"] == ["GP"]
    assert "the payer's terms do not ask for CQ" in told["explanation"]


def test_the_discipline_not_given_is_the_codes_own():
    assert asked(("97165", 30), ("97530", 15))["discipline"] == "OT"
    assert asked(("97530", 15))["discipline"] == "PT"
    assert "97165 belongs to OT, not to PT" in asked(("97165", 30), discipline="PT")["explanation"]


def test_a_code_that_had_ended_is_told():
    assert any(
        sentence.startswith("97001 was no code any more on 2026-03-04")
        for sentence in asked(("97001", 30))["explanation"]
    )


@pytest.mark.parametrize(
    "services, wishes, error, message",
    [
        ([], {}, BadRequest, "no services"),
        ([("97530", -1)], {}, BadRequest, "97530: minutes are from 0 to 1440, got -1"),
        ([("97530", 1441)], {}, BadRequest, "97530: minutes are from 0 to 1440, got 1441"),
        ([("97530", 1000), ("97110", 1000)], {}, BadRequest, "more than the 1440 minutes of a day"),
        ([("97530", 7.5)], {}, BadRequest, "97530: expected whole minutes, got 7.5"),
        ([("97530", True)], {}, BadRequest, "97530: expected whole minutes, got True"),
        ([("97530", 10, 11)], {}, BadRequest, "11 assistant minutes of 10"),
        ([("97530",)], {}, BadRequest, "expected (code, minutes)"),
        (["97530"], {}, BadRequest, "expected (code, minutes)"),
        ([("9753", 10)], {}, BadRequest, "expected a five-place procedure code"),
        ([("99999", 10)], {}, UnknownCode, "99999"),
        ([("97530", 10)], {"method": "best"}, BadRequest, "expected a method of cms, ama, spm, got 'best'"),
        ([("97530", 10)], {"discipline": "AT"}, BadRequest, "expected a discipline of PT, OT, SLP, got 'AT'"),
        ([("92507", 10, 5)], {"discipline": "SLP"}, BadRequest, "there is no assistant modifier for SLP"),
        ([("97530", 10)], {"payer": "medcare-b"}, UnknownName, "did you mean 'medicare-b'?"),
        ([("97530", 10)], {"on": "2026-02-30"}, BadRequest, "expected a date"),
        ([("97530", 10)], {"on": "1999-01-01"}, BadRequest, "not known"),
        ([("97530", 10)], {"on": "1999-01-01", "method": "cms"}, NotKnown, "it is known from 2000-04-01"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(services, wishes, error, message):
    with pytest.raises(error) as refused:
        units(services, **{"on": DAY} | wishes)
    assert message in str(refused.value)


def test_a_method_and_a_discipline_may_be_written_in_any_case():
    assert units([("97530", 24)], method="CMS", discipline="pt", on=DAY)["method"] == "cms"


@given(
    st.lists(
        st.tuples(st.sampled_from(["97110", "97112", "97116", "97140", "97530", "97535"]), st.integers(0, 60)),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["cms", "ama", "spm"]),
)
def test_every_way_has_the_units_of_the_method_and_differs_from_the_others(services, method):
    told = units(services, method=method, on=DAY)
    ways = [told["lines"], *told["alternatives"]]
    wanted = told["methods"]["cms" if method == "cms" else "ama"]
    assert {sum(line["units"] for line in lines) for lines in ways} == {wanted}
    assert len(ways) <= MOST_LISTED
    assert all(ways.count(way) == 1 for way in ways)
    assert {one["code"] for one in told["not_billed"]} == {one["code"] for one in told["services"] if not one["units"]}
