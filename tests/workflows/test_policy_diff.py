"""What changes between two days, or between two imports, in words and as data."""

import datetime as dt

import pytest
from tests.interchange import official

from quarterhour.workflows import policy_diff as diffs
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.policy_diff import codes_in, policy_diff
from quarterhour.workflows.policy_import import Wish, policy_import

TODAY = "2026-11-21"


def changes(answer, area):
    return [one for one in answer["changes"] if one["area"] == area]


@pytest.mark.covers("M1")
def test_the_changes_of_2020_for_one_code():
    answer = policy_diff("2019-12-31", "2020-01-01", codes=["97530"])
    ended = {
        tuple(one["codes"])
        for one in changes(answer, "pair")
        if one["what"] == "ends" and one["claim"] == "professional"
    }
    assert {("97140", "97530"), ("97530", "97116"), ("97530", "97535"), ("97530", "97113")} <= ended
    assert all("97530" in pair for pair in ended)
    (one,) = [
        one for one in changes(answer, "pair") if one["codes"] == ["97140", "97530"] and one["claim"] == "professional"
    ]
    assert (one["on"], one["before"], one["after"]) == ("2020-01-01", "indicator 1", None)
    assert "no edit any more from 2020-01-01" in one["text"]
    back = policy_diff("2020-09-30", "2020-10-01", codes=["97530"])
    begun = {
        tuple(one["codes"])
        for one in changes(back, "pair")
        if one["what"] == "begins" and one["claim"] == "professional"
    }
    assert ("97530", "97750") in begun
    assert ("97140", "97530") not in begun


def test_codes_values_and_terms_of_a_new_year():
    answer = policy_diff("2025-12-31", "2026-01-01")
    assert [one["codes"] for one in changes(answer, "code")] == [["98979"], ["98984"], ["98985"]]
    values = {one["what"]: (one["before"], one["after"]) for one in changes(answer, "value")}
    assert values["cms/thresholds:kx_ot"] == ("$2410.00", "$2480.00")
    assert values["cms/conversion_factor:conversion_factor"] == ("32.3465", "33.4009")
    assert all(one["source"] and one["evidence"] for one in answer["changes"])
    assert answer["summary"] == {"code": 3, "value": len(values)}


def test_nothing_changes_within_a_day_that_changes_nothing():
    answer = policy_diff("2026-03-01", "2026-03-02", codes=["97530"])
    assert answer["changes"] == []
    assert any("latest release held" in what for what in answer["not_known"])


def test_days_before_the_tables_begin_are_not_known():
    answer = policy_diff("2017-01-01", "2020-01-01")
    assert changes(answer, "pair") == []
    assert any("pair edits of professional claims before 2019-01-01" in what for what in answer["not_known"])


@pytest.mark.parametrize(
    "today, quarter",
    [
        ("2026-11-21", "2027-01-01"),
        ("2026-01-01", "2026-04-01"),
        ("2026-09-30", "2026-10-01"),
        ("2026-06-30", "2026-07-01"),
    ],
)
def test_next_quarter(monkeypatch, today, quarter):
    monkeypatch.setattr(diffs, "today", lambda: dt.date.fromisoformat(today))
    answer = policy_diff("today", "next-quarter", codes=["97530"])
    assert (answer["from"]["day"], answer["to"]["day"]) == (today, quarter)


def test_what_changes_next_quarter_for_my_codes(tmp_path):
    """The case it is for: next quarter's file is out, and a clinic asks what it means for what it bills."""
    store = tmp_path / "store"
    rows = [row for row in official.built_in_pairs() if row[:2] != ("97530", "97750")]
    rows.append(("97530", "97750", dt.date(2020, 10, 1), dt.date(2026, 12, 31), "1"))
    rows.append(("97110", "97530", dt.date(2027, 1, 1), None, "0"))
    rows.append(("92507", "92526", dt.date(2027, 1, 1), None, "1"))
    path = official.pair_parts(tmp_path, [official.pair_line(*row) for row in rows], version="v330r0")
    limits = [
        official.unlikely_file(tmp_path, official.therapy_limits(units), effective=day)
        for units, day in ((4, "10-01-2026"), (3, "01-01-2027"))
    ]
    policy_import([*path, *limits], Wish(store=store, today=TODAY))
    answer = policy_diff("2026-11-21", "2027-01-01", codes=codes_in("97530 # ours\n97110,"), store=store)
    told = {(tuple(one["codes"]), one["what"], one["on"]) for one in changes(answer, "pair")}
    assert told == {
        (("97530", "97750"), "ends", "2027-01-01"),
        (("97110", "97530"), "begins", "2027-01-01"),
    }
    assert {(tuple(one["codes"]), one["before"], one["after"]) for one in changes(answer, "unlikely")} == {
        (("97530",), "4", "3"),
        (("97110",), "4", "3"),
    }


def test_between_two_imports(tmp_path):
    store = tmp_path / "store"
    rows = list(official.built_in_pairs())
    first = policy_import(
        official.pair_parts(tmp_path, [official.pair_line(*row) for row in rows]), Wish(store=store, today=TODAY)
    )
    later = [row for row in rows if row[:2] != ("97150", "97530")]
    later.append(("97150", "97530", dt.date(1996, 1, 1), dt.date(2026, 9, 30), "1"))
    later.append(("97110", "97112", dt.date(2026, 10, 1), None, "1"))
    second = policy_import(
        official.pair_parts(tmp_path, [official.pair_line(*row) for row in later], version="v323r0"),
        Wish(store=store, today=TODAY),
    )
    answer = policy_diff(first["version"], second["version"], store=store)
    assert {(tuple(one["codes"]), one["what"], one["before"], one["after"]) for one in changes(answer, "pair")} == {
        (
            ("97150", "97530"),
            "changed",
            "1996-01-01 to still in force, indicator 1",
            "1996-01-01 to 2026-09-30, indicator 1",
        ),
        (("97110", "97112"), "added", None, "2026-10-01 to still in force, indicator 1"),
    }
    back = policy_diff(second["version"], first["version"], store=store, every_code=True)
    assert {one["what"] for one in changes(back, "pair")} == {"changed", "removed"}
    bare = policy_diff("built-in", second["version"], store=store)
    assert any("one side has the official table" in what for what in bare["not_known"])


def test_relative_values_of_two_quarters(tmp_path):
    store = tmp_path / "store"
    for quarter, month, work in (("January", "Jan", "0.45"), ("April", "Apr", "0.50")):
        rows = [
            (code, "", "A", work if code == "97110" else "0.44", "0.43", "0.43", "0.01", "5", "33.4009")
            for code, *_ in official.therapy_values()
        ]
        path = official.relative_values_csv(
            tmp_path / f"PPRRVU2026_{month}_nonQPP.csv", rows, year=2026, release=quarter
        )
        policy_import([path], Wish(store=store, today=TODAY))
    (one,) = changes(policy_diff("2026-03-31", "2026-04-01", store=store), "amount")
    # 0.50 + 0.43 + 0.01 instead of 0.45 + 0.43 + 0.01, by 33.4009
    told = "97110: work 0.50 instead of 0.45, national amount $31.40 instead of $29.73"
    assert (one["codes"], one["text"]) == (["97110"], told)


def test_built_in_amounts_of_two_years():
    """97530 in 2024 and 2025: 1.10 by 33.2875, then 1.07 by 32.3465."""
    (one,) = changes(policy_diff("2024-12-31", "2025-01-01", codes=["97530"]), "amount")
    told = "97530: practice expense 0.62 instead of 0.65, national amount $34.61 instead of $36.62"
    assert (one["on"], one["text"]) == ("2025-01-01", told)


@pytest.mark.parametrize(
    "one, other, told",
    [
        ("2026-01-01", "2026-01-01", "must lie before"),
        ("2026-01-01", "built-in", "not one of each"),
        ("soon", "later", "expected a day such as"),
    ],
)
def test_what_cannot_be_compared(one, other, told):
    with pytest.raises(BadRequest, match=told):
        policy_diff(one, other)
