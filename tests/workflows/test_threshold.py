"""What has accrued toward the KX thresholds, by patient, year and bucket."""

import datetime as dt
import json

import hypothesis
import pytest
from click.testing import CliRunner
from hypothesis import strategies as st

import quarterhour
from quarterhour.cli.app import application
from quarterhour.domain.columns import to_columns
from quarterhour.domain.json import from_builtins
from quarterhour.domain.visit import Visit
from quarterhour.engine.derive.batch import batch
from quarterhour.engine.derive.patients import patients
from quarterhour.policy import load
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.whose import whose


def visit(number, day, discipline="PT", **change):
    modifier = {"PT": "GP", "OT": "GO", "SLP": "GN"}[discipline]
    code = "92507" if discipline == "SLP" else "97530"
    return {
        "visit_id": f"V-{number}",
        "date_of_service": str(day),
        "payer": "medicare-b",
        "setting": "private-practice",
        "zip": "75201",
        "discipline": discipline,
        "patient": {"id": "P-1"},
        "billing_provider": {"npi": "1234567828"},
        "services": [{"code": code, "units": 1 if discipline == "SLP" else 2, "modifiers": [modifier]}],
    } | change


MONDAY = dt.date(2025, 1, 6)
#: In Dallas two units of 97530 are 34.87 + 24.77 = 59.64, one of 92507 is 75.61.
WEEKS = [visit(number, MONDAY + dt.timedelta(days=7 * number)) for number in range(45)]


def told(*arguments):
    return CliRunner().invoke(application, [str(one) for one in arguments], prog_name="quarterhour")


def test_the_visit_from_which_kx_is_a_question():
    """2,410.00 in 2025: 40 visits are 2,385.60, the 41st takes it to 2,445.24."""
    (account,) = quarterhour.threshold(WEEKS)["accounts"]
    assert (account["bucket"], account["threshold"], account["complete"]) == ("PT+SLP", "2410.00", True)
    assert account["visits"][39]["after"] == "2385.60"
    assert account["visits"][40]["standing"] == "crosses"
    assert account["kx_from"] == {"visit_id": "V-40", "on": "2025-10-13"}
    assert account["forecast"] is None
    assert all("KX" not in str(row) for row in account["visits"])


def test_therapy_and_speech_add_up_and_occupational_therapy_stands_apart():
    given = [
        visit(1, MONDAY),
        visit(2, MONDAY + dt.timedelta(days=1), "SLP"),
        visit(3, MONDAY + dt.timedelta(days=2), "OT"),
    ]
    accounts = {one["bucket"]: one["accrued"] for one in quarterhour.threshold(given)["accounts"]}
    assert accounts == {"PT+SLP": "135.25", "OT": "59.64"}


def test_amounts_are_those_after_the_reduction_across_disciplines():
    """On one day of one provider only one unit keeps its practice expense: 34.87 + 24.77, and 24.77 + 24.77."""
    given = [visit(1, MONDAY), visit(2, MONDAY, "OT")]
    accounts = {one["bucket"]: one["accrued"] for one in quarterhour.threshold(given)["accounts"]}
    assert accounts == {"PT+SLP": "59.64", "OT": "49.54"}


def test_years_and_patients_are_counted_apart():
    given = [visit(1, MONDAY), visit(2, "2024-12-30"), visit(3, MONDAY, patient={"id": "P-2"})]
    accounts = quarterhour.threshold(given)["accounts"]
    assert [(one["patient_id"], one["year"], one["threshold"]) for one in accounts] == [
        ("P-1", 2024, "2330.00"), ("P-1", 2025, "2410.00"), ("P-2", 2025, "2410.00"),
    ]  # fmt: skip


def test_the_assistant_reduction_accrues_in_full():
    services = [{"code": "97530", "units": 2, "modifiers": ["GP", "CQ"]}]
    (account,) = quarterhour.threshold([visit(1, MONDAY, services=services)])["accounts"]
    assert account["accrued"] == "59.64"


def test_lines_billed_to_be_denied_accrue_nothing():
    services = [
        {"code": "97530", "units": 2, "modifiers": ["GP"]},
        {"code": "97110", "units": 1, "modifiers": ["GP", "GY"]},
    ]
    (account,) = quarterhour.threshold([visit(1, MONDAY, services=services)])["accounts"]
    assert account["accrued"] == "59.64"


def test_receipt_order_and_date_order():
    """A claim of January that is received last crosses last."""
    late = [*WEEKS[1:41], WEEKS[0]]
    by_date, by_receipt = (quarterhour.threshold(late, order=order)["accounts"][0] for order in ("date", "receipt"))
    assert by_date["kx_from"]["visit_id"] == "V-40"
    assert by_receipt["kx_from"]["visit_id"] == "V-0"
    assert by_date["accrued"] == by_receipt["accrued"]


def test_a_balance_reported_by_the_contractor_is_where_counting_begins():
    """Visits up to its day are part of it: two of three, so 2,300.00 + 59.64."""
    answer = quarterhour.threshold(WEEKS[:3], balance={"PT+SLP": "2300.00"}, balance_on="2025-01-13")
    (account,) = answer["accounts"]
    assert [row["standing"] for row in account["visits"]] == ["in the balance", "in the balance", "below"]
    assert (account["start"], account["accrued"], account["left"]) == ("2300.00", "2359.64", "50.36")
    # At 59.64 a visit the next one passes it, a week later.
    assert (account["forecast"]["further_visits"], account["forecast"]["on"]) == (1, "2025-01-27")


def test_a_record_says_what_had_accrued_elsewhere():
    given = [visit(1, MONDAY, accrued={"PT+SLP": "2380.00"})]
    (account,) = quarterhour.threshold(given)["accounts"]
    assert account["visits"][0]["standing"] == "crosses"


def test_a_balance_of_several_patients_is_refused():
    with pytest.raises(BadRequest, match="one patient"):
        quarterhour.threshold([visit(1, MONDAY), visit(2, MONDAY, patient={"id": "P-2"})], balance={"OT": "1.00"})
    with pytest.raises(BadRequest, match="PT\\+SLP or OT"):
        quarterhour.threshold([visit(1, MONDAY)], balance={"PT": "1.00"})


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"payer": "self-pay"}, "no such threshold"),
        ({"patient": None}, "whose visit"),
        ({"discipline": None}, "its discipline"),
        ({"date_of_service": "2017-03-06"}, "no such threshold on that date"),
    ],
)
def test_what_counts_toward_no_threshold_says_why(change, reason):
    answer = quarterhour.threshold([visit(1, MONDAY) | change])
    assert answer["accounts"] == []
    assert reason in answer["not_counted"][0]["reason"]


def test_an_account_with_an_amount_missing_is_marked():
    services = [{"code": "97139", "units": 1, "modifiers": ["GP"]}]
    answer = quarterhour.threshold([visit(1, MONDAY), visit(2, "2025-01-08", services=services)])
    assert [account["complete"] for account in answer["accounts"]] == [False]


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"date_of_service": "2026-03-04"}, "no amount is held"),
        ({"services": [{"code": "97139", "units": 1, "modifiers": ["GP"]}]}, "a line has no amount"),
    ],
)
def test_an_account_of_which_no_visit_has_an_amount_is_marked_and_names_no_sum(change, reason):
    answer = quarterhour.threshold([visit(1, MONDAY) | change], balance={"PT+SLP": "100.00"})
    (account,) = answer["accounts"]
    assert (account["complete"], account["accrued"], account["left"], account["visits"]) == (False, None, None, [])
    assert account["start"] == "100.00"
    assert "the amount of its only visit is not held" in account["explanation"][0]
    assert reason in answer["not_counted"][0]["reason"]


def test_a_year_that_cannot_be_judged_beside_one_that_can_exits_with_2(tmp_path):
    path = tmp_path / "visits.json"
    path.write_text(json.dumps([visit(1, "2025-12-30"), visit(2, "2026-01-05"), visit(3, "2026-01-07")]))
    call = told("threshold", path)
    assert call.exit_code == 2
    said = " ".join(call.stdout.split())
    assert "59.64 of 2410.00 accrued in 2025" in said
    assert "accrued in 2026 (PT+SLP) is not known: the amounts of its 2 visits are not held" in said
    found = json.loads(told("threshold", path, "-f", "json").stdout)
    assert [(one["year"], one["complete"]) for one in found["accounts"]] == [(2025, True), (2026, False)]


def test_a_visit_without_a_billed_line_leaves_nothing_open():
    services = [{"code": "97530", "minutes": 5, "units": 0}]
    answer = quarterhour.threshold([visit(1, MONDAY), visit(2, "2025-01-08", services=services)])
    assert [account["complete"] for account in answer["accounts"]] == [True]
    assert answer["not_counted"][0]["reason"] == "no line of it is billed"


def test_the_command(tmp_path):
    path = tmp_path / "visits.json"
    path.write_text(json.dumps(WEEKS[:3]))
    call = told("threshold", path, "--balance", "PT+SLP=2300.00", "--balance-on", "2025-01-13")
    assert call.exit_code == 0
    assert "2359.64 of 2410.00 accrued in 2025 (PT+SLP); 50.36 are left" in " ".join(call.stdout.split())
    assert json.loads(told("threshold", path, "-f", "json").stdout)["accounts"][0]["accrued"] == "178.92"
    assert told("threshold", path, "--balance", "2300").exit_code == 2
    path.write_text(json.dumps([visit(1, "2026-03-04")]))
    missing = told("threshold", path)
    assert (missing.exit_code, "not counted" in missing.stderr) == (2, True)
    path.write_text("[]")
    assert told("threshold", path).exit_code in {2, 3}


def test_allowed_amounts_of_ones_own_stand_in_for_those_that_are_not_held(tmp_path):
    fees = tmp_path / "allowed.csv"
    fees.write_text("code,amount,units\n97530,35.00,then 70\n")
    (account,) = quarterhour.threshold([visit(1, "2026-03-04")], fees=fees)["accounts"]
    assert (account["accrued"], account["threshold"]) == ("59.50", "2480.00")


def test_a_member_id_tells_patients_apart_and_is_not_repeated():
    given = [
        visit(1, MONDAY, patient={"member_id": "1EG4TE5MK72"}),
        visit(2, MONDAY, patient={"member_id": "1EG4TE5MK73"}),
    ]
    answer = quarterhour.threshold(given)
    assert [account["patient_id"] for account in answer["accounts"]] == [None, None]
    assert "1EG4TE5MK" not in json.dumps(answer)


def of_person(number, day, **person):
    return visit(number, day, patient={"id": "P-1", **person})


def test_two_people_of_one_id_accrue_apart():
    """Three visits of 59.64 under one id: two of a patient born 1950, one of another; a fourth does not say."""
    given = [
        of_person(1, MONDAY, birth_date="1950-05-06"),
        of_person(2, MONDAY + dt.timedelta(days=7), birth_date="1962-01-02"),
        of_person(3, MONDAY + dt.timedelta(days=14), birth_date="1950-05-06", sex="F"),
        of_person(4, MONDAY + dt.timedelta(days=21)),
    ]
    answer = quarterhour.threshold(given)
    accounts = [(one["patient_id"], one["patient_parted"], one["accrued"]) for one in answer["accounts"]]
    assert sorted(accounts) == [("P-1", True, "119.28"), ("P-1", True, "59.64"), ("P-1", True, "59.64")]
    assert all(
        one["explanation"][0].startswith("dates of birth or sexes of this patient id") for one in answer["accounts"]
    )
    assert quarterhour.threshold(given[::-1], order="date")["accounts"] == answer["accounts"]
    assert "1950" not in json.dumps(answer)
    with pytest.raises(BadRequest, match="one patient"):
        quarterhour.threshold(given, balance={"OT": "1.00"})


def test_one_person_who_is_not_always_described_is_one():
    given = [of_person(1, MONDAY, birth_date="1950-05-06"), of_person(2, MONDAY + dt.timedelta(days=7), sex="F")]
    (account,) = quarterhour.threshold(given)["accounts"]
    assert (account["patient_parted"], account["accrued"]) == (False, "119.28")


people = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from(["P-1", "P-2"])},
        optional={
            "birth_date": st.sampled_from(["1950-05-06", "1962-01-02", "2050-01-01"]), "sex": st.sampled_from("FMU"),
        },
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@hypothesis.given(people)
def test_patients_are_parted_as_the_engine_parts_them(drawn):
    """The same visits are of one patient in `check`, in `threshold` and in `price`."""
    records = [from_builtins(visit(number, MONDAY, patient=one), Visit) for number, one in enumerate(drawn)]
    numbers, parted = patients(batch(to_columns(Visit, records), load(), "medicare-b"))
    ours = whose(records)
    assert [one.part > 0 for one in ours] == parted.tolist()
    for one, number in zip(ours, numbers.tolist(), strict=True):
        together = [other == number for other in numbers.tolist()]
        assert [other == one for other in ours] == together
