"""What services come to, as somebody asks for it: published amounts, a day worked by hand, and what is refused."""

import csv
import json
import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from click.testing import CliRunner

import quarterhour
from quarterhour.cli.app import application
from quarterhour.policy import NotKnown, UnknownName
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.price_visits import price_visits
from quarterhour.workflows.whose import PARTED

#: National amounts at the office by year, as the releases have them; 2024 begins again on 9 March.
NATIONAL = {
    "97530": ("40.42", "39.43", "38.07", "37.61", "36.02", "36.62", "34.61"),
    "97110": ("31.40", "30.36", "30.11", "29.82", "28.81", "29.29", "28.79"),
    "97112": ("36.09", "35.24", "34.95", "34.23", "33.07", "33.62", "32.02"),
    "97116": ("31.04", "30.36", "30.11", "29.82", "28.81", "29.29", "28.79"),
    "97140": ("28.87", "27.91", "27.68", "27.45", "26.52", "26.96", "27.17"),
    "97535": ("35.01", "33.85", "33.57", "33.21", "32.09", "32.62", "32.02"),
    "97150": ("18.77", "18.14", "18.00", "17.96", "17.68", "17.98", "17.47"),
    "97161": ("87.70", "101.89", "102.43", "101.66", "98.56", "100.20", "98.01"),
    "97164": ("60.27", "69.79", "70.60", "70.49", "68.44", "69.57", "67.60"),
}
DAYS = ("2020-07-01", "2021-07-01", "2022-07-01", "2023-07-01", "2024-03-08", "2024-03-09", "2025-11-03")
#: The second unit of a day in 2025: half the practice expense.
SECOND = {
    "97530": "24.58", "97110": "21.83", "97112": "24.26", "97116": "21.83", "97140": "20.70", "97535": "23.45",
    "97150": "13.59", "97161": "74.56", "97164": "49.65", "97035": "10.51",
}  # fmt: skip
VISIT = {
    "visit_id": "V-PT",
    "date_of_service": "2025-03-04",
    "payer": "medicare-b",
    "setting": "private-practice",
    "zip": "75201",
    "discipline": "PT",
    "patient": {"id": "P-1"},
    "billing_provider": {"npi": "1234567828"},
    "services": [{"code": "97530", "minutes": 30, "units": 2, "modifiers": ["GP"]}],
}
OTHER = VISIT | {
    "visit_id": "V-OT",
    "discipline": "OT",
    "services": [{"code": "97535", "minutes": 15, "units": 1, "modifiers": ["GO"]}],
}


def told(*arguments):
    return CliRunner().invoke(application, [str(one) for one in arguments], prog_name="quarterhour")


@pytest.mark.parametrize("code", NATIONAL)
@pytest.mark.parametrize("at", range(len(DAYS)))
def test_national_amounts_of_every_year(code, at):
    answer = quarterhour.price([(code, 1)], national=True, on=DAYS[at])
    assert answer["total_allowed"] == NATIONAL[code][at]


@pytest.mark.parametrize("code", SECOND)
def test_the_second_unit_of_a_day(code):
    """Of two units one keeps its whole practice expense."""
    first, second = quarterhour.price([(code, 2)], national=True, on="2025-11-03")["lines"]
    assert (first["pe_factor"], second["pe_factor"], second["allowed"]) == ("1", "0.5", SECOND[code])


@pytest.mark.covers("M4")
def test_every_locality_of_2025_by_one_of_its_zip_codes(shared):
    """Two units of 97530 by the formula: 0.44, 0.62 and 0.01 at 32.3465, the second with half of 0.62."""
    with (shared / "data/gpci_2020_2026.csv").open(encoding="utf-8") as lines:
        indices = {(row["mac"], row["locality"]): row for row in csv.DictReader(lines) if row["year"] == "2025"}
    with (shared / "data/zip5_locality_2025q4.csv").open(encoding="utf-8") as lines:
        zips = {(row["carrier"], row["locality"]): row["zip"] for row in csv.DictReader(lines)}
    assert set(zips) == set(indices)
    for key, zip_code in zips.items():
        work, expense, malpractice = (Decimal(indices[key][name]) for name in ("work_gpci", "pe_gpci", "mp_gpci"))
        rest = Decimal("0.44") * work + Decimal("0.01") * malpractice
        sums = [rest + Decimal(share) * expense for share in ("0.62", "0.31")]
        wanted = [str((one * Decimal("32.3465")).quantize(Decimal("0.01"), ROUND_HALF_UP)) for one in sums]
        answer = quarterhour.price([("97530", 2)], zip=zip_code, on="2025-11-03")
        assert (answer["carrier"], answer["locality"]) == key
        assert [line["allowed"] for line in answer["lines"]] == wanted


def test_the_contract_has_its_keys():
    answer = quarterhour.price([("97530", 2), ("97110", 1)], zip="75201", on="2025-03-04")
    assert {"format", "on", "carrier", "locality", "conversion_factor", "lines", "total_allowed", "payment"} <= set(
        answer
    )
    assert (answer["carrier"], answer["locality"], answer["conversion_factor"]) == ("04412", "11", "32.3465")
    assert answer["lines"][0] == {
        "code": "97530", "unit": 1, "work": "0.44", "pe": "0.62", "mp": "0.01", "pe_factor": "1", "allowed": "34.87",
    }  # fmt: skip
    assert json.loads(json.dumps(answer)) == answer
    assert told("price", "97530x2", "97110", "--zip", "75201", "--on", "2025-03-04", "-f", "json").output == (
        json.dumps(answer, indent=2, ensure_ascii=False) + "\n"
    )


def test_the_order_of_the_lines_changes_no_amount():
    lines = [("97110", 1, ["CQ"]), ("97530", 2), ("97161", 1), ("97130", 1), ("97010", 1)]
    answers = [quarterhour.price(given, zip="10001", on="2024-05-06") for given in (lines, lines[::-1])]
    assert answers[0]["payment"] == answers[1]["payment"]
    assert answers[0]["total_allowed"] == answers[1]["total_allowed"]


def test_a_code_outside_the_reduction_is_paid_in_full_beside_others():
    """97129 has indicator 0, so neither is it reduced nor does it take the place in full."""
    rows = quarterhour.price([("97129", 1), ("97530", 1)], national=True, on="2025-11-03")["lines"]
    assert [(row["code"], row["pe_factor"]) for row in rows] == [("97129", "1"), ("97530", "1")]


def test_sequestration_by_period():
    """Nothing in 2021, one percent in the second quarter of 2022, two percent since."""
    percent = {"2021-05-03": 0, "2022-04-01": 1, "2022-06-30": 1, "2022-07-01": 2, "2025-03-04": 2}
    for day, wanted in percent.items():
        assert quarterhour.price([("97530", 1)], national=True, on=day)["payment"]["percent"]["sequestration"] == wanted


def test_no_assistant_reduction_before_2022():
    """CQ was asked for from 2020 on and paid less from 2022 on."""
    before, after = (
        quarterhour.price([("97530", 1, ["CQ"])], national=True, on=day)["payment"]["assistant_reduction"]
        for day in ("2021-12-31", "2022-01-03")
    )
    # 38.07: 80% is 30.46, 85% of that 25.89
    assert (before, after) == ("0.00", "4.57")


@pytest.mark.covers("M5")
def test_therapy_is_paid_at_the_office_amount_in_a_facility():
    """97530 has no facility amount; 97597 has one, which holds outside a therapy plan of care only."""

    def allowed(code, *modifiers, facility):
        lines = [(code, 1, modifiers)]
        return Decimal(quarterhour.price(lines, national=True, on="2025-11-03", facility=facility)["total_allowed"])

    assert allowed("97530", facility=False) == allowed("97530", facility=True) == Decimal("34.61")
    inside, under_a_plan = allowed("97597", facility=True), allowed("97597", "GP", facility=True)
    assert inside < under_a_plan == allowed("97597", facility=False)


def test_what_has_no_fee_of_its_own_is_told():
    """97010 is part of other services, 97139 is priced by the contractor, 97014 is not for Medicare."""
    answer = quarterhour.price([("97010", 1), ("97139", 1), ("97014", 1), ("97530", 1)], national=True, on="2025-11-03")
    assert [row["allowed"] for row in answer["services"]] == ["0.00", None, "0.00", "34.61"]
    assert [row["code"] for row in answer["not_priced"]] == ["97010", "97139", "97014"]
    assert "the contractor sets the amount" in answer["not_priced"][1]["reason"]
    assert answer["total_allowed"] == "34.61"


@pytest.mark.parametrize("modifier", ["GX", "GY", "GZ", "gz"])
def test_a_line_billed_to_be_denied_is_paid_nothing_and_reduces_no_other(modifier):
    """97110 is the only service that is paid, so it keeps its whole practice expense: 28.79."""
    answer = quarterhour.price([("97530", 2, [modifier]), ("97110", 1)], national=True, on="2025-05-05")
    assert [(row["code"], row["pe_factor"], row["allowed"]) for row in answer["lines"]] == [("97110", "1", "28.79")]
    (denied,) = answer["not_priced"]
    assert denied["code"] == "97530"
    assert denied["reason"] == f"billed with {modifier.upper()} to be denied; Medicare pays nothing for it"
    first = answer["services"][0]
    assert (first["allowed"], first["medicare"], first["patient"]) == ("0.00", "0.00", "0.00")
    assert (answer["total_allowed"], answer["payment"]["total"]) == ("28.79", "28.33")
    assert any("depends on the notice" in note for note in answer["notes"])
    assert any("6563" in source["title"] or "6563" in (source["href"] or "") for source in answer["sources"])


def test_a_line_with_ga_may_be_paid_and_is_priced():
    assert quarterhour.price([("97530", 1, ["GA"])], national=True, on="2025-05-05")["total_allowed"] == "34.61"


def test_qualifying_participants_had_the_same_factor_before_2026():
    answers = [
        quarterhour.price([("97530", 1)], national=True, on="2025-11-03", qualifying=yes) for yes in (True, False)
    ]
    assert answers[0] == answers[1]


def test_missing_amounts_are_said_and_exit_with_2():
    with pytest.raises(NotKnown, match="97530: no amount is held for 2026-03-04"):
        quarterhour.price([("97530", 1)], zip="75201", on="2026-03-04")
    call = told("price", "97530", "--zip", "75201", "--on", "2026-03-04")
    assert (call.exit_code, call.stdout) == (2, "")
    assert "quarterhour policy import takes the CMS file" in call.stderr


@pytest.mark.parametrize(
    "services, wishes",
    [
        ([], {"zip": "75201"}), ([("97530", 0)], {"zip": "75201"}), ([("97530", 1.5)], {"zip": "75201"}),
        ([("9753", 1)], {"zip": "75201"}), ([("97530",)], {"zip": "75201"}), (["97530"], {"zip": "75201"}),
        ([("97530", 1)], {}), ([("97530", 1)], {"zip": "75201", "national": True}), ([("97530", 1)], {"zip": "00000"}),
        ([("97530", 1, ["C"])], {"zip": "75201"}), ([("97530", 1)], {"zip": "75201", "deductible_left": "-1.00"}),
        ([("97530", 1)], {"zip": "75201", "claim": "dental"}),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused(services, wishes):
    with pytest.raises(BadRequest):
        quarterhour.price(services, on="2025-03-04", **wishes)


def test_a_locality_there_is_not_names_the_nearest():
    with pytest.raises(UnknownName, match="04412"):
        quarterhour.price([("97530", 1)], locality="04412-12", on="2025-03-04")


@pytest.mark.covers("M4")
def test_the_page_shows_what_the_command_prints_and_its_hand_work_is_right(repository):
    """Every number of the page: the command's output, the fee of each unit, and each step of each line."""
    page = (repository / "docs/how-to/price-a-day.md").read_text(encoding="utf-8")
    call, output = re.search(r"```console\n\$ quarterhour (.+)\n((?:.+\n|\n)+?)```", page).groups()
    assert told(*call.split()).output.startswith(output)
    cells = [
        [cell.strip() for cell in line.strip("|\n").split("|")] for line in page.splitlines() if line.startswith("| 9")
    ]
    units = [row for row in cells if row[3] in {"1", "0.5"}]
    steps = [row for row in cells if row not in units]
    rows = json.loads(told(*call.split(), "-f", "json").output)
    assert [(row["code"], row["pe_factor"], row["allowed"]) for row in rows["lines"]] == [
        (unit[0], unit[3], unit[6]) for unit in units
    ]
    cent = Decimal("0.01")
    for _, work, expense, share, malpractice, adjusted, fee in units:
        summed = (
            Decimal(work) * Decimal("1.011")
            + Decimal(expense) * Decimal("1.007") * Decimal(share)
            + Decimal(malpractice) * Decimal("0.877")
        )
        assert summed == Decimal(adjusted)
        assert (summed * Decimal("32.3465")).quantize(cent, ROUND_HALF_UP) == Decimal(fee)
    assert len(steps) == len(rows["services"]) == 4
    for (_, allowed, share, after, less, medicare, patient), row in zip(steps, rows["services"], strict=True):
        assert (row["allowed"], row["medicare_share"], row["medicare"], row["patient"]) == (
            allowed,
            share,
            medicare,
            patient,
        )
        assert (Decimal(allowed) * Decimal("0.8")).quantize(cent, ROUND_HALF_UP) == Decimal(share)
        factor = Decimal("0.85") if row["assistant"] else Decimal(1)
        assert (Decimal(share) * factor).quantize(cent, ROUND_HALF_UP) == Decimal(after)
        assert (Decimal(after) * Decimal("0.02")).quantize(cent, ROUND_HALF_UP) == Decimal(less)
        assert Decimal(after) - Decimal(less) == Decimal(medicare)
        assert Decimal(allowed) - Decimal(share) == Decimal(patient)


def test_visits_of_one_day_and_provider_are_priced_together():
    """Of the day's three units only the first of 97530 (0.62) is in full; the occupational therapist's is reduced."""
    (day,) = price_visits([OTHER, VISIT])["days"]
    assert day["visits"] == ["V-OT", "V-PT"]
    assert [(row["code"], row["pe_factor"]) for row in day["lines"]] == [
        ("97535", "0.5"), ("97530", "1"), ("97530", "0.5"),
    ]  # fmt: skip
    assert [row["visit_id"] for row in day["services"]] == ["V-OT", "V-PT"]


@pytest.mark.parametrize(
    "other",
    [
        OTHER | {"billing_provider": {"npi": "1234567919"}},
        OTHER | {"patient": {"id": "P-2"}},
        OTHER | {"patient": None},
        OTHER | {"date_of_service": "2025-03-05"},
    ],
)
def test_visits_that_are_not_of_one_day_patient_and_provider_are_priced_apart(other):
    days = price_visits([VISIT, other])["days"]
    assert [day["visits"] for day in days] == [["V-PT"], ["V-OT"]]
    assert days[1]["lines"][0]["pe_factor"] == "1"


def of_two(first, second):
    """The visits of one day and one clinic-local id, with what they say of the patient."""
    return [VISIT | {"patient": {"id": "P-1", **first}}, OTHER | {"patient": {"id": "P-1", **second}}]


@pytest.mark.parametrize(
    "first, second, parted",
    [
        ({"birth_date": "1950-05-06"}, {"birth_date": "1950-05-07"}, True),
        ({"sex": "F"}, {"sex": "M"}, True),
        ({"birth_date": "1950-05-06", "sex": "F"}, {"birth_date": "1950-05-06", "sex": "M"}, True),
        ({"birth_date": "1950-05-06"}, {}, False),
        ({"birth_date": "1950-05-06", "sex": "F"}, {"birth_date": "1950-05-06", "sex": "U"}, False),
        # A day of birth after the visit is a slip that tells nobody from another.
        ({"birth_date": "1950-05-06"}, {"birth_date": "2050-05-06"}, False),
    ],
)
def test_two_people_of_one_id_are_priced_apart(first, second, parted):
    """The reduction runs over one patient's day alone: of two people each has a unit in full."""
    given = of_two(first, second)
    for visits in (given, given[::-1]):
        days = price_visits(visits)["days"]
        assert [day["patient_parted"] for day in days] == ([True, True] if parted else [False])
        assert all((PARTED in day["notes"]) == parted for day in days)
        assert sum(row["pe_factor"] == "1" for day in days for row in day["lines"]) == (2 if parted else 1)


def test_the_lower_of_charge_and_fee_is_allowed():
    """59.64 for two units; a charge of 50.00 is below it, one of 90.00 is not."""
    for charge, allowed in (("50.00", "50.00"), ("90.00", "59.64")):
        services = [VISIT["services"][0] | {"charge": charge}]
        assert price_visits(VISIT | {"services": services})["total_allowed"] == allowed


@pytest.mark.parametrize(
    "change, said",
    [
        ({"payer": "commercial"}, "these are Medicare's amounts"),
        ({"setting": "critical-access-hospital"}, "is not paid by the fee schedule"),
        ({"zip": "94514"}, "the nine-digit ZIP code decides"),
    ],
)
def test_what_to_know_about_the_amounts_is_told(change, said):
    (day,) = price_visits(VISIT | change)["days"]
    assert any(said in note for note in day["notes"])


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"services": [], "note": {"text": "Knee stiff."}}, "no line of it is billed"),
        ({"services": [{"code": "97530", "minutes": 30}]}, "units are not decided"),
        ({"date_of_service": "2026-03-04"}, "no amount is held"),
        ({"zip": None}, "say where"),
        ({"zip": "00000"}, "no payment locality"),
    ],
)
def test_a_visit_without_a_price_says_why(change, reason):
    answer = price_visits(VISIT | change)
    assert answer["days"] == []
    assert reason in answer["not_priced"][0]["reason"]


def test_visits_of_one_day_in_two_localities_are_not_priced_together():
    answer = price_visits([VISIT, OTHER | {"zip": "77001"}])
    assert [row["visit_id"] for row in answer["not_priced"]] == ["V-PT", "V-OT"]


def test_services_that_are_not_billed_cost_nothing():
    visit = VISIT | {"services": [*VISIT["services"], {"code": "97110", "minutes": 5, "units": 0}]}
    assert price_visits(visit)["total_allowed"] == price_visits(VISIT)["total_allowed"]


@pytest.mark.parametrize(
    "text, units, modifiers",
    [
        ("97530", 1, []), ("97530x3", 3, []), ("97530X3", 3, []), ("97530:CQ", 1, ["CQ"]),
        ("97530:gp,xsx2", 2, ["GP", "XS"]), ("97530:GP:CQx2", 2, ["GP", "CQ"]),
    ],
)  # fmt: skip
def test_how_a_line_is_named(text, units, modifiers):
    (row,) = json.loads(told("price", text, "--national", "--on", "2025-11-03", "-f", "json").stdout)["services"]
    assert (row["units"], row["modifiers"]) == (units, modifiers)


@pytest.mark.parametrize("text", ["97530x", "97530:C", "97530:CQX", "9753", "97530x-1", "97530 x2", "97530x2.5"])
def test_what_names_no_line_is_refused(text):
    call = told("price", text, "--national", "--on", "2025-11-03")
    assert (call.exit_code, call.stdout) == (2, "")


def test_visits_as_a_file(tmp_path):
    path = tmp_path / "visits.json"
    path.write_text(json.dumps([VISIT, OTHER, VISIT | {"visit_id": "V-3", "date_of_service": "2026-03-04"}]))
    call = told("price", path)
    assert call.exit_code == 2
    assert "V-PT, V-OT" in call.stdout
    assert "V-3: not priced" in call.stderr
    assert told("price", path, "97530").exit_code == 2
    refused = told("price", path, "--deductible-left", "10.00")
    assert (refused.exit_code, "--deductible-left: only for codes" in refused.stderr) == (2, True)


def test_a_payers_own_amounts(tmp_path):
    """40.00 and two further units at half; 31.00; with CQ another row."""
    path = tmp_path / "plan.csv"
    path.write_text("code,amount,units,modifier\n97530,40.00,then 50,\n97530,30.00,,CQ\n97110,31,once,\n")
    answer = quarterhour.price([("97530", 3), ("97110", 2), ("97530", 1, ["CQ"])], fees=path, on="2026-03-04")
    assert [row["allowed"] for row in answer["services"]] == ["80.00", "31.00", "30.00"]
    assert (answer["total_allowed"], answer["payment"]) == ("141.00", None)
    with pytest.raises(BadRequest, match=r"plan\.csv has no amount for 97112 on 2026-03-04"):
        quarterhour.price([("97112", 1)], fees=path, on="2026-03-04")
    assert price_visits(VISIT | {"date_of_service": "2026-03-04"}, fees=path)["total_allowed"] == "60.00"


def test_an_imported_release_prices_what_is_not_built_in(shared, tmp_path):
    """The genuine stacked header of July 2026 over records of every code that is known, their values made up."""
    from quarterhour.policy import load

    with (shared / "data/cms_file_layout_samples.csv").open(encoding="utf-8") as lines:
        rows = [row["text"] for row in csv.DictReader(lines) if row["file"] == "PPRRVU2026_Jul_nonQPP.csv"]
    record = (
        "{},,X,A,,0.44,0.60,,0.60,NA,0.01,1.05,1.05,7,XXX,0.00,0.00,0.00,5,0,0,0,0,9,,33.4009,09,0,99,0.00,0.00,0.00"
    )
    path = tmp_path / "PPRRVU2026_Jul_nonQPP.csv"
    path.write_text("\n".join([*rows[:10], *(record.format(code) for code in sorted(load().codes))]) + "\n")
    store = tmp_path / "store"
    assert told("policy", "import", path, "--store", store).exit_code == 0
    call = ["price", "97530x2", "--national", "--store", store, "-f", "json", "--on"]
    answer = json.loads(told(*call, "2026-08-03").stdout)
    # (0.44 + 0.60 + 0.01) x 33.4009 = 35.07; with half of 0.60 25.05
    assert [line["allowed"] for line in answer["lines"]] == ["35.07", "25.05"]
    assert answer["sources"][0]["evidence"] == "primary"
    later = json.loads(told(*call, "2026-11-03").stdout)
    assert later["lines"] == answer["lines"]
    assert any("that of 2026-11-03 was not imported" in note for note in later["notes"])
    assert told(*call, "2027-01-04").exit_code == 2
