"""Importing official files: what answers afterwards, what is refused, and that half an import never holds."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from tests.interchange import official

import quarterhour
from quarterhour.domain.code import code_number
from quarterhour.interchange.errors import BadOfficialFile
from quarterhour.policy import load
from quarterhour.policy.edits import CLAIM_TYPES, SPAN
from quarterhour.policy.errors import NoSuchVersion, SpoiltStore, StoreBusy
from quarterhour.policy.keeping import keep, spoilt
from quarterhour.policy.tables import open_table, version, version_ids
from quarterhour.workflows.asked import chosen_tables, with_tables
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.policy_import import Wish, policy_import
from quarterhour.workflows.policy_list import policy_list, policy_use

TODAY = "2026-11-21"
NEW = ("97110", "97530", dt.date(2026, 7, 1), None, "1")
RECORD = {
    "visit_id": "V-1", "date_of_service": "2026-08-03", "payer": "medicare-b", "setting": "private-practice",
    "services": [{"code": "97110", "minutes": 30, "units": 2, "modifiers": ["GP"]},
                 {"code": "97530", "minutes": 23, "units": 2, "modifiers": ["GP"]}],
}  # fmt: skip


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store"


def lines(*more, claim="professional"):
    return [official.pair_line(*row) for row in (*official.built_in_pairs(claim), *more)]


def imported(store, *paths, **wish):
    return policy_import(paths, Wish(store=store, today=TODAY, **wish))


def pairs(tmp_path, *more, claim="professional", **how):
    return official.pair_parts(tmp_path, lines(*more, claim=claim), claim=claim, **how)


def refused(store, *paths, told, **wish):
    before = version(store)
    with pytest.raises((BadOfficialFile, BadRequest)) as error:
        imported(store, *paths, **wish)
    assert told in str(error.value)
    assert version(store) == before


# What answers --------------------------------------------------------------------------------------------------------


def test_the_engine_answers_from_the_import(tmp_path, store):
    made = imported(store, *pairs(tmp_path, NEW, parts=4))
    assert [(one["table"], one["release"], one["from"], one["through"]) for one in made["imported"]] == [
        ("ptp-professional", "2026Q3", "2026-07-01", "2026-09-30")
    ]
    assert quarterhour.pair("97110", "97530", on="2026-08-03")["edit"] is False
    with with_tables(store):
        answer = quarterhour.pair("97110", "97530", on="2026-08-03")
        assert (answer["edit"], answer["column1"], answer["indicator"], answer["release"]) == (
            True,
            "97110",
            "1",
            "2026Q3",
        )
        assert answer["as_of"] == "2026-07-01"
        assert "imported" in answer["sources"][0]["title"]
        assert quarterhour.pair("97110", "97530", on="2026-06-30")["edit"] is False
        assert "answered from" in quarterhour.pair("97110", "97530", on="2026-10-01")["reason"]
        # The official table speaks of every pair; the built-in one of these does not.
        assert quarterhour.pair("97110", "99213", on="2026-08-03")["known"] is True
        assert quarterhour.pair("97110", "99213", on="2026-08-03", claim="institutional")["known"] is False
        report = quarterhour.check(RECORD, today=TODAY)
    assert report["tool"]["policy"]["imported"] == made["version"]
    assert report["tool"]["policy"]["as_of"]["ptp-professional"] == "2026-07-01"
    hits = [finding for finding in report["findings"] if finding["kind"] == "ptp"]
    assert [finding["code"] for finding in hits] == ["97530"]
    assert not [finding for finding in quarterhour.check(RECORD, today=TODAY)["findings"] if finding["kind"] == "ptp"]


def test_a_whole_table_is_never_silent_about_a_pair(tmp_path, store):
    strange = RECORD | {"services": [RECORD["services"][0], {"code": "99213", "units": 1, "modifiers": ["25"]}]}
    imported(store, *pairs(tmp_path))
    silent = "PTP107"
    assert silent in {finding["rule"] for finding in quarterhour.check(strange, today=TODAY)["findings"]}
    with with_tables(store):
        assert silent not in {finding["rule"] for finding in quarterhour.check(strange, today=TODAY)["findings"]}
        # Of hospitals' claims nothing was imported.
        hospital = quarterhour.check(strange | {"setting": "outpatient-hospital"}, today=TODAY)
    assert silent in {finding["rule"] for finding in hospital["findings"]}


@pytest.mark.covers("M1")
def test_an_import_of_the_built_in_facts_changes_no_verdict(tmp_path, store):
    imported(store, *pairs(tmp_path), *pairs(tmp_path, claim="institutional"))
    built_in, held = load(), load(held=version(store))
    assert held.pairs.whole == {"professional", "institutional"}
    listed = sorted(built_in.pairs.listed)[::7]
    for claim in CLAIM_TYPES:
        for one in listed:
            for two in listed:
                ours = [(edit.column1, edit.last, edit.indicator) for edit in built_in.pairs.intervals(one, two, claim)]
                theirs = [(edit.column1, edit.last, edit.indicator) for edit in held.pairs.intervals(one, two, claim)]
                assert ours == theirs


def test_compiled_and_interpreted_kernels_read_the_mapped_table_alike(tmp_path, store, monkeypatch):
    from quarterhour.engine import compiled

    imported(store, *pairs(tmp_path, NEW))
    records = [RECORD | {"visit_id": f"V-{n}", "patient": {"id": f"P-{n}"}} for n in range(4)]
    with with_tables(store):
        plain = quarterhour.check(records, today=TODAY)["findings"]
        monkeypatch.setattr(compiled, "ENOUGH", 0)
        assert quarterhour.check(records, today=TODAY)["findings"] == plain


def test_unlikely_units_by_quarter(tmp_path, store):
    first = official.unlikely_file(tmp_path, official.therapy_limits(4), effective="04-01-2026")
    second = official.unlikely_file(tmp_path, official.therapy_limits(3)[1:], effective="07-01-2026")
    imported(store, first, second)
    limits = load(held=version(store)).unlikely

    def units(code, day, claim="professional"):
        limit = limits.limit(code_number(code), claim, dt.date.fromisoformat(day))
        return limit and limit.units

    assert [units("97530", day) for day in ("2024-06-30", "2024-07-01", "2026-04-01", "2026-07-01", "2030-01-01")] == [
        None, 6, 4, 3, 3,
    ]  # fmt: skip
    gone = official.therapy_limits()[0][0]
    assert [units(gone, day) for day in ("2026-06-30", "2026-07-01")] == [4, None]
    assert units("97530", "2026-08-01", "institutional") == 6
    assert limits.release_on("professional", dt.date(2026, 5, 1)).release == "2026Q2"
    with with_tables(store):
        assert quarterhour.code("97530", on="2026-08-01")["unlikely_units"]["professional"]["units"] == 3


def test_add_on_codes(tmp_path, store):
    rows = [["ADD-ON_CODE", "PRIMARY_CODE", "AOC_EDIT_TYPE", "AOC_EDIT_EFF_DT", "AOC_EDIT_DEL_DT"]]
    rows += [
        ["97130", "97129", "1", "2020001", ""],
        ["97546", "97545", "2", "2013091", ""],
        ["92608", "CCCCC", "1", "2013091", ""],
    ]
    imported(store, official.lines_file(tmp_path / "AOC_V2026Q4-MCR.csv", [",".join(row) for row in rows]))
    add_ons = load(held=version(store)).add_ons
    assert add_ons.primaries == {code_number("97130"): frozenset({code_number("97129")})}
    assert add_ons.release.release == "2026Q4"


def test_every_table_of_an_archive_at_once(tmp_path, store):
    rvu = official.relative_values_csv(tmp_path / "PPRRVU2025_Oct.csv", official.therapy_values())
    twin = official.relative_values_txt(tmp_path / "PPRRVU2025_Oct.txt", official.therapy_values())
    gpci = official.cost_indices_csv(
        tmp_path / "GPCI2025.csv", [("04412", "TX", "11", "DALLAS", "1.018", "1.009", "0.772")]
    )
    areas = official.localities_csv(tmp_path / "25LOCCO.csv", [("04412", "11", "TEXAS", "DALLAS", "DALLAS")])
    other = official.lines_file(
        tmp_path / "ANES2025.csv", ["Contractor,Locality,Locality Name,National Anes CF of 20.3"]
    )
    made = imported(store, official.zipped(rvu, twin, gpci, areas, other))
    assert sorted(one["table"] for one in made["imported"]) == ["gpci", "locality", "pprrvu"]
    reasons = {one["file"].rpartition(" ")[2]: one["reason"] for one in made["left_aside"]}
    assert reasons["PPRRVU2025_Oct.txt"].startswith("the same table as")
    assert reasons["ANES2025.csv"].startswith("not needed")
    columns = open_table(version(store), "pprrvu")
    assert set(columns["from_day"].tolist()) == {dt.date(2025, 10, 1).toordinal()}
    assert set(columns["through_day"].tolist()) == {dt.date(2025, 12, 31).toordinal()}
    assert open_table(version(store), "zip")["zip"].size == 0
    files = made["imported"][0]["files"]
    assert (files[0]["file"], files[0]["member"]) == ("PPRRVU2025_Oct.zip", "GPCI2025.csv")


def test_editions_of_several_years_stand_after_each_other(tmp_path, store):
    for year, work in ((2025, "1.018"), (2026, "1.020")):
        imported(
            store,
            official.cost_indices_csv(
                tmp_path / f"{year}.csv", [("04412", "TX", "11", "DALLAS", work, "1", "1")], year=year
            ),
        )
    columns = open_table(version(store), "gpci")
    assert columns["work"].tolist() == [1018, 1020]
    assert [dt.date.fromordinal(day).year for day in columns["from_day"].tolist()] == [2025, 2026]


def test_conflicts_are_told_and_the_import_wins(tmp_path, store):
    changed = [line.replace("97150\t97530\t\t19960101\t*\t1", "97150\t97530\t\t19960101\t*\t0") for line in lines()]
    changed.append(official.pair_line("97110", "97112", dt.date(2000, 1, 1), None, "1"))
    rvu = official.relative_values_csv(
        tmp_path / "PPRRVU2026_Jul_nonQPP.csv", official.therapy_values(), year=2026, release="July"
    )
    limits = official.unlikely_file(tmp_path, official.therapy_limits(5), effective="07-01-2024")
    made = imported(store, *official.pair_parts(tmp_path, changed), limits, rvu)
    told = {(one["table"], "/".join(one["codes"])): (one["built_in"], one["imported"]) for one in made["conflicts"]}
    assert told["ptp-professional", "97150/97530"] == (
        "start not known to still in force, indicator 1",
        "1996-01-01 to still in force, indicator 0",
    )
    assert told["ptp-professional", "97110/97112"] == (None, "2000-01-01 to still in force, indicator 1")
    assert told["mue-professional", "97530"] == ("6 units", "5 units")
    assert told["pprrvu", ""] == ("33.4009", "32.3465")
    assert ("ptp-professional", "97530/97537") not in told
    assert policy_list(store=store, with_conflicts=True)["conflicts"] == made["conflicts"]
    with with_tables(store):
        assert quarterhour.pair("97150", "97530", on="2026-08-03")["indicator"] == "0"


# Medicaid ------------------------------------------------------------------------------------------------------------

OF_MEDICAID = RECORD | {
    "payer": "medicaid",
    "services": [{"code": code, "minutes": 60, "units": 4, "modifiers": ["GP"]} for code in ("97530", "97533")],
}
#: 97150 with 97530 is an edit of Medicare's alone here, 97530 with 97533 one of Medicaid's.
MEDICAID_PAIR = ("97530", "97533", dt.date(2010, 10, 1), None, "1")


def medicaid_files(tmp_path, claim="professional", pair=MEDICAID_PAIR, units=3):
    """Medicaid's pair edits and most units of one kind of claim, as CMS names them."""
    stem, kind = {"professional": ("pra", "Practitioner"), "institutional": ("oph", "OutpatientHospital")}[claim]
    lines = [official.medicaid_line(*pair)]
    header = [line.replace("\t*=in existence", "").replace("\tprior to 1996", "") for line in official.PAIR_HEADER]
    named = {"pra": "practitioner", "oph": "hospital"}[stem]
    pairs = official.pair_file(tmp_path / f"medicaid-ncci-2026q3-{named}-ptp-edits-{stem}-v322r0-f1.TXT", lines, header)
    return pairs, official.unlikely_file(tmp_path, [("97530", units, 3)], kind, medicaid=True)


def of_edits(report):
    return sorted((one["rule"], one["severity"], one["code"]) for one in report["findings"] if one["kind"] in EDITS)


EDITS = {"ptp", "mue"}


def silent(report):
    """The rules over edits that say they were not checked."""
    return {one["rule"]: one["reason"] for one in report["not_checked"] if one["rule"].startswith(("PTP", "MUE"))}


def test_imported_medicaid_tables_answer_for_medicaid_alone(tmp_path, store):
    made = imported(store, *medicaid_files(tmp_path))
    assert [one["table"] for one in made["imported"]] == ["mue-medicaid-professional", "ptp-medicaid-professional"]
    before = quarterhour.check(OF_MEDICAID, today=TODAY)
    medicare = quarterhour.check(OF_MEDICAID | {"payer": "medicare-b"}, today=TODAY)
    assert of_edits(before) == []
    assert silent(before)["PTP101"].startswith("not imported: NCCI pair edits, practitioners (Medicaid)")
    with with_tables(store):
        after = quarterhour.check(OF_MEDICAID, today=TODAY)
        # That Medicaid counts a claim line is known from memory alone, so that is a warning.
        assert of_edits(after) == [("MUE102", "warning", "97530"), ("PTP101", "error", "97533")]
        (unlikely,) = [one for one in after["findings"] if one["rule"] == "MUE102"]
        assert (
            unlikely["message"]
            == "4 units of 97530 on one line are denied as billed; more than 3 are paid only on review"
        )
        assert any("Medicaid" in one["title"] and "2026Q3" in one["title"] for one in unlikely["sources"])
        assert set(silent(after)) == {"PTP201"}
        assert of_edits(quarterhour.check(OF_MEDICAID | {"payer": "medicare-b"}, today=TODAY)) == of_edits(medicare)
        # Of hospitals' claims nothing was imported, and of days before the first quarter no limit.
        hospital = quarterhour.check(OF_MEDICAID | {"setting": "outpatient-hospital"}, today=TODAY)
        assert of_edits(hospital) == []
        assert silent(hospital)["PTP101"].startswith("not imported: NCCI pair edits, outpatient hospital (Medicaid)")
        earlier = quarterhour.check(OF_MEDICAID | {"date_of_service": "2026-06-30"}, today=TODAY)
        assert [rule for rule, _, _ in of_edits(earlier)] == ["PTP101"]
        assert silent(earlier)["MUE102"] == "not known before 2026-07-01: MUE, practitioners (Medicaid)"


def test_medicares_tables_never_answer_for_medicaid(tmp_path, store):
    imported(store, *medicaid_files(tmp_path), *pairs(tmp_path))
    of_medicare = OF_MEDICAID | {
        "services": [{"code": code, "minutes": 15, "units": 1, "modifiers": ["GP"]} for code in ("97530", "97150")]
    }
    with with_tables(store):
        assert of_edits(quarterhour.check(of_medicare, today=TODAY)) == []
        assert [rule for rule, _, _ in of_edits(quarterhour.check(of_medicare | {"payer": "medicare-b"}))] == ["PTP101"]


def test_a_line_is_counted_by_itself_against_a_limit_of_medicaid(tmp_path, store):
    imported(store, *medicaid_files(tmp_path))
    line = {"code": "97530", "minutes": 45, "units": 3, "modifiers": ["GP"]}
    with with_tables(store):
        assert of_edits(quarterhour.check(OF_MEDICAID | {"services": [line, line]}, today=TODAY)) == []


def test_each_kind_of_claim_has_its_table_of_medicaid_alone_and_in_a_crowd(tmp_path, store, monkeypatch):
    from quarterhour.engine import compiled

    files = medicaid_files(tmp_path), medicaid_files(tmp_path, "institutional", (*MEDICAID_PAIR[:4], "0"), 5)
    imported(store, *(one for both in files for one in both))
    records = [
        OF_MEDICAID
        | {"visit_id": f"{payer} {setting} {day}", "payer": payer, "setting": setting, "date_of_service": day}
        for payer in ("medicaid", "medicare-b", "commercial", "auto")
        for setting in ("private-practice", "outpatient-hospital")
        for day in ("2010-09-30", "2024-07-01", "2026-08-03")
    ]
    with with_tables(store):
        alone = [quarterhour.check(one, today=TODAY) for one in records]
        apart = {(rule, one["visit_id"]) for one, report in zip(records, alone, strict=True) for rule in silent(report)}
        by_visit = {one["visit_id"]: of_edits(report) for one, report in zip(records, alone, strict=True)}
        for enough in (compiled.ENOUGH, 0):
            monkeypatch.setattr(compiled, "ENOUGH", enough)
            together = quarterhour.check(records[::-1], today=TODAY)
            told = {name: [] for name in by_visit}
            for one in together["findings"]:
                if one["kind"] in EDITS:
                    told[one["visit_id"]].append((one["rule"], one["severity"], one["code"]))
            assert {name: sorted(found) for name, found in told.items()} == by_visit
            counts = {(one["rule"], one["reason"]): one["visits"] for one in together["not_checked"]}
            assert sum(n for (rule, _), n in counts.items() if rule == "PTP101") == sum(r == "PTP101" for r, _ in apart)
    assert by_visit["medicaid private-practice 2026-08-03"] == [
        ("MUE102", "warning", "97530"), ("PTP101", "error", "97533"),
    ]  # fmt: skip
    assert by_visit["medicaid outpatient-hospital 2026-08-03"] == [("PTP102", "error", "97533")]


def test_a_scrub_of_a_table_says_of_medicaid_what_check_says(tmp_path, store):
    pytest.importorskip("pyarrow")
    imported(store, *medicaid_files(tmp_path))
    names = [f"{payer} {day}" for payer in ("medicaid", "medicare-b") for day in ("2026-06-30", "2026-08-03")]
    rows = [
        {"visit_id": name, "patient_id": name, "payer": name.split()[0], "date_of_service": name.split()[1],
         "setting": "private-practice", "discipline": "PT", "code": code, "minutes": 60, "units": 4, "modifiers": "GP"}
        for name in names for code in ("97530", "97533")
    ]  # fmt: skip
    table, out = tmp_path / "visits.csv", tmp_path / "found.jsonl"
    cells = [rows[0], *(row.values() for row in rows)]
    table.write_text("\n".join(",".join(map(str, row)) for row in cells), encoding="utf-8")
    with with_tables(store):
        report = quarterhour.check(
            [OF_MEDICAID | {"visit_id": name, "payer": name.split()[0], "date_of_service": name.split()[1],
                            "patient": {"id": name}, "discipline": "PT"} for name in names], today=TODAY,
        )  # fmt: skip
        summary = quarterhour.scrub([table], out=out, today=TODAY)

    def told(findings):
        return sorted((one["visit_id"], one["rule"], one["severity"], one["message"]) for one in findings)

    assert told(map(json.loads, out.read_text(encoding="utf-8").splitlines())) == told(report["findings"])
    assert silent(summary) == silent(report)
    assert ("MUE102", "warning", "97530") in of_edits(report)


def test_visits_of_two_payers_on_one_day_meet_no_edit_of_either(tmp_path, store):
    imported(store, *medicaid_files(tmp_path))
    one, other = ({**OF_MEDICAID, "services": [line], "patient": {"id": "P-1"}} for line in OF_MEDICAID["services"])
    with with_tables(store):
        together = quarterhour.check([one | {"visit_id": "1"}, other | {"visit_id": "2"}], today=TODAY)
        apart = quarterhour.check(
            [one | {"visit_id": "1"}, other | {"visit_id": "2", "payer": "medicare-b"}], today=TODAY
        )
    assert "PTP101" in [rule for rule, _, _ in of_edits(together)]
    assert "PTP101" not in [rule for rule, _, _ in of_edits(apart)]


def test_the_pair_command_asks_medicaids_tables(tmp_path, store):
    nothing = quarterhour.pair("97530", "97533", on="2026-08-03", tables="medicaid")
    assert (nothing["known"], nothing["edit"], nothing["release"]) == (False, None, None)
    assert "`quarterhour policy import`" in nothing["reason"]
    imported(store, *medicaid_files(tmp_path))
    with with_tables(store):
        answer = quarterhour.pair("97530", "97533", on="2026-08-03", tables="medicaid")
        assert (answer["edit"], answer["column2"], answer["modifier_on"]) == (True, "97533", "either")
        assert quarterhour.pair("97530", "97533", on="2026-08-03")["edit"] is False
    with pytest.raises(BadRequest, match="medicare or medicaid"):
        quarterhour.pair("97530", "97533", tables="tricare")


# Versions ------------------------------------------------------------------------------------------------------------


def test_an_old_report_can_be_made_again(tmp_path, store):
    first = imported(store, *pairs(tmp_path))["version"]
    with with_tables(store):
        before = quarterhour.check(RECORD, today=TODAY)
    second = imported(store, *pairs(tmp_path, NEW, version="v323r0"))["version"]
    assert second != first
    assert version_ids(store)[0] == second
    with with_tables(store):
        assert quarterhour.check(RECORD, today=TODAY) != before
    with with_tables(store, first[:6]):
        assert quarterhour.check(RECORD, today=TODAY) == before
    policy_use(first, store=store)
    with with_tables(store):
        assert quarterhour.check(RECORD, today=TODAY) == before
    with pytest.raises(NoSuchVersion):
        version(store, "ffff")


def test_the_same_files_are_the_same_version_on_every_machine(tmp_path, store):
    one = imported(store, *pairs(tmp_path, parts=4))
    two = imported(tmp_path / "other", *pairs(tmp_path, parts=1, packed=True))
    assert one["version"] == two["version"]
    again = imported(store, *pairs(tmp_path, parts=4))
    assert (again["version"], again["changed"]) == (one["version"], False)


def test_an_older_release_of_a_table_without_history_stands_beside_the_newer(tmp_path, store):
    imported(store, official.unlikely_file(tmp_path, official.therapy_limits(5), effective="07-01-2026"))
    imported(store, official.unlikely_file(tmp_path, official.therapy_limits(3), effective="04-01-2026"))
    policy = load(held=version(store))
    code = code_number("97530")
    limits = open_table(version(store), "mue-professional")
    of = limits["code"] == code
    assert limits["from_day"][of].tolist() == [dt.date(2026, 4, 1).toordinal(), dt.date(2026, 7, 1).toordinal()]
    assert policy.unlikely.limit(code, "professional", dt.date(2026, 8, 3)).units == 5
    assert policy.unlikely.limit(code, "professional", dt.date(2026, 5, 3)).units == 3


def test_every_version_is_verified_and_not_only_the_one_in_force(tmp_path, store):
    first = imported(store, official.unlikely_file(tmp_path, official.therapy_limits(), effective="04-01-2026"))
    (file,) = (store / "tables").glob("*/units.npy")
    older = imported(store, *pairs(tmp_path))["version"]
    imported(store, official.unlikely_file(tmp_path, official.therapy_limits(9), effective="04-01-2026"))
    answer = policy_list(store=store, verify=True)
    assert (len(answer["verified"]), answer["spoilt"]) == (3, [])
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    (store / "versions" / f"{older}.json").write_text("{}")
    spoilt_files = policy_list(store=store, verify=True)["spoilt"]
    assert set(spoilt_files) == {file.relative_to(store).as_posix(), f"versions/{older}.json"}
    with pytest.raises(BadRequest, match="not whole"):
        policy_use(first["version"], store=store)


def test_built_in_and_current_are_versions_everywhere(tmp_path, store):
    made = imported(store, *pairs(tmp_path, NEW))
    for wanted, edit in ((None, True), ("current", True), (made["version"], True), ("built-in", False)):
        with with_tables(store, wanted):
            assert quarterhour.pair("97110", "97530", on="2026-08-03")["edit"] is edit
            # a worker is told what this call answers from, also where that is no import
            with with_tables(*chosen_tables()):
                assert quarterhour.pair("97110", "97530", on="2026-08-03")["edit"] is edit
    assert policy_list(store=store, wanted="built-in")["version"] is None
    assert policy_list(store=store, wanted="current")["in_force"]
    told = quarterhour.policy_diff("built-in", "current", codes=["97530"], store=store)
    assert (told["from"]["version"], told["to"]["version"]) == ("built-in", made["version"])
    assert policy_use("current", store=store)["version"] == made["version"]
    with pytest.raises(BadRequest, match="built-in is no version to put in force"):
        policy_use("built-in", store=store)


def test_a_changed_file_of_the_store_is_noticed(tmp_path, store):
    imported(store, *pairs(tmp_path))
    assert policy_list(store=store, verify=True)["spoilt"] == []
    (file,) = (store / "tables").glob("*/indicator.npy")
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    assert spoilt(version(store)) == [file.relative_to(store).as_posix()]
    with pytest.raises(BadRequest, match="not whole"):
        policy_use(version(store).id, store=store)
    file.write_bytes(content[:-1])
    with pytest.raises(SpoiltStore, match=r"indicator\.npy"):
        open_table(version(store), "ptp-professional")
    (store / "current").write_text("nonsense")
    with pytest.raises(SpoiltStore, match="names no version"):
        version(store)


def test_two_imports_at_once_do_not_undo_each_other(tmp_path, store):
    imported(store, *pairs(tmp_path))
    parent = version(store)
    imported(store, *pairs(tmp_path, NEW))
    with pytest.raises(StoreBusy):
        keep(store, [], None, dt.date(2026, 11, 21))
    assert version(store).parent == parent.id


# What is refused -----------------------------------------------------------------------------------------------------


def test_one_bad_line_in_the_last_part_and_nothing_is_imported(tmp_path, store):
    imported(store, *pairs(tmp_path, version="v321r0"))
    parts = pairs(tmp_path, NEW, parts=4)
    whole = parts[3].read_bytes()
    parts[3].write_bytes(whole[:-20])
    refused(store, *parts, told="ccipra-v322r0-f4.TXT, line ")
    parts[3].write_bytes(whole.replace(b"\t1\t", b"\t", 1))
    refused(store, *parts, told="expected 7 columns, got 6")
    parts[3].write_bytes(b"\xef\xbb\xbf" + whole)
    assert imported(store, *parts)["changed"]


def test_a_pair_that_stands_twice(tmp_path, store):
    content = lines(("97110", "97112", dt.date(2010, 1, 1), dt.date(2019, 12, 31), "1"))
    twice = official.pair_line("97110", "97112", dt.date(2019, 1, 1), None, "1")
    refused(
        store, *official.pair_parts(tmp_path, [*content, twice]),
        told="the pair 97110/97112 already has an edit on 2019-01-01 (line ",
    )  # fmt: skip
    refused(store, *official.pair_parts(tmp_path, [*content, content[3]]), told="already has an edit")
    follows = official.pair_line("97110", "97112", dt.date(2020, 10, 1), None, "1")
    withdrawn = official.pair_line("97110", "97112", dt.date(2020, 1, 1), dt.date(2020, 1, 1), "9")
    other = withdrawn.replace(official.RATIONALE, official.OTHER_RATIONALE)
    assert imported(store, *official.pair_parts(tmp_path, [*content, follows, withdrawn, other]))["changed"]


def test_a_part_that_is_missing(tmp_path, store):
    parts = pairs(tmp_path, parts=4)
    refused(store, parts[0], parts[1], parts[3], told="this is part f4, and f3 is missing")
    refused(store, *parts[:3], told="a part (f1, f2, ...) is missing")
    refused(store, *parts, records=17, told="records, 17 were announced")
    records = sum(1 for _ in official.built_in_pairs())
    assert imported(store, *parts, records=records)["changed"]


def test_parts_of_two_releases(tmp_path, store):
    one, _ = pairs(tmp_path, parts=2)
    _, two = pairs(tmp_path, parts=2, version="v323r0")
    refused(store, one, two, told="is of release 2026Q4")


def test_parts_without_a_release_in_their_names(tmp_path, store):
    parts = pairs(tmp_path, NEW, parts=3)
    nameless = [
        part.rename(part.with_name(f"practitioner-{letter}.txt")) for part, letter in zip(parts, "abc", strict=True)
    ]
    made = imported(store, *nameless)
    assert (made["imported"][0]["release"], made["imported"][0]["rows"]) == (
        "2026Q3",
        sum(1 for _ in official.built_in_pairs()) + 1,
    )
    assert "no name says the release" in made["notes"][0]
    late = pairs(tmp_path, NEW, version="v321r0")
    refused(store, *late, told="is release 2026Q2 by its name, and has edits that begin on 2026-07-01")
    stale = imported(store, *pairs(tmp_path, version="v323r0"))
    assert "no edit begins in the quarter of 2026Q4" in stale["notes"][0]


def test_what_a_broken_off_import_left_is_swept_away_later(tmp_path, store):
    imported(store, *pairs(tmp_path))
    left = store / "tables" / ".aside-0"
    left.mkdir()
    (left / "key.npy").write_bytes(b"x")
    imported(store, *pairs(tmp_path, NEW))
    assert left.exists()
    os.utime(left, (0, 0))
    imported(store, *pairs(tmp_path, NEW, version="v323r0"))
    assert not left.exists()
    assert spoilt(version(store)) == []


def test_a_table_under_the_name_of_the_other(tmp_path, store):
    (path,) = pairs(tmp_path, claim="institutional")
    wrong = path.rename(path.with_name("ccipra-v322r0-f1.TXT"))
    refused(
        store, wrong, told="its name says professional claims, but its indicators are those of institutional claims"
    )
    nameless = wrong.rename(wrong.with_name("pairs-2026q3.txt"))
    assert imported(store, nameless)["imported"][0]["table"] == "ptp-institutional"


def test_an_older_release_and_a_gap_between_releases(tmp_path, store):
    imported(store, *pairs(tmp_path))
    refused(store, *pairs(tmp_path, version="v321r0"), told="is release 2026Q2, and 2026Q3 is already in force")
    assert imported(store, *pairs(tmp_path, version="v321r0"), allow_older=True)["imported"][0]["release"] == "2026Q2"
    imported(store, official.unlikely_file(tmp_path, official.therapy_limits(), effective="01-01-2026"))
    late = official.unlikely_file(tmp_path, official.therapy_limits(5), effective="07-01-2026")
    refused(store, late, told="the release of 2026-04-01 to 2026-06-30 is missing")
    between = official.unlikely_file(tmp_path, official.therapy_limits(3), effective="04-01-2026")
    assert len(imported(store, late, between)["imported"]) == 2
    later = official.unlikely_file(tmp_path, official.therapy_limits(3), effective="01-01-2027")
    refused(store, later, told="is missing")
    assert imported(store, later, allow_gaps=True)["changed"]


def test_what_the_file_does_not_say_must_be_said(tmp_path, store):
    limits = official.unlikely_file(tmp_path, official.therapy_limits(), effective="x")
    refused(store, limits, told="say its first day with --effective DATE")
    assert imported(store, limits, effective="2026-07-01")["imported"][0]["from"] == "2026-07-01"
    refused(store, limits, told="expected a claim of", claim="dental")
    refused(store, tmp_path / "nothing.zip", told="there is no such file")
    refused(store, official.lines_file(tmp_path / "x.csv", ["a,b"]), told="nothing to import")
    refused(store, official.unlikely_file(tmp_path, [("97530", 6, 3)]), told="it has no record of")


def test_a_span_of_dates_without_any_new_edit(tmp_path, store, monkeypatch):
    from quarterhour.interchange.cms_files import pair_table

    monkeypatch.setattr(pair_table, "_LARGE", 1)
    years = [
        ("97110", "97112", dt.date(year, 1, 1), dt.date(year, 12, 31), "1")
        for year in range(1997, 2027)
        if year != 2011
    ]
    refused(store, *pairs(tmp_path, *years), told="no edit begins in 2011: a span of dates is missing")
    assert imported(store, *pairs(tmp_path, *years), allow_gaps=True)["changed"]


# Kill ----------------------------------------------------------------------------------------------------------------

IMPORTING = """
import sys, time
from pathlib import Path
from quarterhour.policy import keeping
from quarterhour.workflows.policy_import import Wish, policy_import
slowly = keeping._write_column
def write(file, values, kind):
    made = slowly(file, values, kind)
    print("wrote", file.name, flush=True)
    time.sleep(0.2)
    return made
keeping._write_column = write
replace = keeping._replace
def aside(file, content):
    print("about to name", file.name, flush=True)
    time.sleep(0.2)
    replace(file, content)
keeping._replace = aside
policy_import(sys.argv[2:], Wish(store=Path(sys.argv[1]), today="2026-11-21"))
"""


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["wrote key.npy", "wrote indicator.npy", "about to name", "about to name current"])
def test_a_killed_import_leaves_the_old_version(tmp_path, store, moment):
    old = imported(store, *pairs(tmp_path, version="v321r0"))["version"]
    parts = pairs(tmp_path, NEW)
    environment = os.environ | {"PYTHONPATH": str(Path(quarterhour.__file__).parents[1])}
    running = subprocess.Popen(
        [sys.executable, "-c", IMPORTING, str(store), *map(str, parts)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    for said in running.stdout:
        if said.startswith(moment):
            running.send_signal(signal.SIGKILL)
            break
    assert running.wait() == -signal.SIGKILL
    running.stdout.close()
    assert version(store).id == old
    assert spoilt(version(store)) == []
    with with_tables(store):
        assert quarterhour.pair("97110", "97530", on="2026-08-03")["edit"] is False
    assert imported(store, *parts)["parent"] == old
    with with_tables(store):
        assert quarterhour.pair("97110", "97530", on="2026-08-03")["edit"] is True


# The whole national table --------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.covers("M1")
def test_the_whole_table_of_practitioners(shared, tmp_path, store):
    """Two and a half million records: the edits in force on the day of the release are those of the file."""
    rows_of_file = official.full_rows(shared)
    parts = official.full_pair_parts(rows_of_file, official.folder_of(tmp_path / "files"))
    began = time.perf_counter()
    made = imported(store, *parts)
    assert time.perf_counter() - began < 60  # the benchmark says how fast; this only that nothing runs away
    assert made["imported"][0]["rows"] == 2_546_017
    differing = {one["what"] for one in made["conflicts"]}
    assert differing <= {"the first day differs"}  # first days are made up here
    held = load(held=version(store)).pairs
    day = dt.date(2024, 7, 1).toordinal()
    rows = slice(held.starts[0], held.starts[1])
    keys, firsts, lasts, indicators = (
        np.asarray(c)[rows] for c in (held.keys, held.firsts, held.lasts, held.indicators)
    )
    live = (firsts <= day) & (day <= lasts)
    theirs = {
        (code_number(one) * SPAN + code_number(two)): int(indicator)
        for one, two, last, indicator, _ in rows_of_file
        if last >= "2024-07-01" and indicator != "9"
    }
    assert dict(zip(keys[live].tolist(), indicators[live].tolist(), strict=True)) == theirs
    with with_tables(store):
        assert quarterhour.pair("99213", "36000", on="2024-08-01")["known"] is True


# The command ---------------------------------------------------------------------------------------------------------


def command(*words, **environment):
    code = "import sys; from quarterhour.cli import main; sys.argv[0] = 'quarterhour'; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, words)],
        capture_output=True,
        check=False,
        text=True,
        env=os.environ | environment,
    )


def test_the_commands(tmp_path, store):
    told = command("policy", "import", *pairs(tmp_path, NEW), "--store", store)
    assert told.returncode == 0, told.stderr
    assert "is in force" in told.stdout
    listed = json.loads(command("policy", "list", "--store", store, "--format", "json", "--verify").stdout)
    assert (listed["imported"][0]["table"], listed["spoilt"]) == ("ptp-professional", [])
    looked = command("policy", "list", "--store", store, "--conflicts", "--verify").stdout
    assert f"every imported file of version {listed['version']} is as it was" in looked
    assert "conflicts with built-in facts" in looked
    nothing = command("policy", "list", "--store", tmp_path / "empty", "--conflicts", "--verify").stdout
    assert "no conflicts with built-in facts: nothing was imported" in nothing
    assert "nothing was imported, so there is nothing to verify" in nothing
    for words, environment in (
        (["--store", str(store)], {}),
        ([], {"QUARTERHOUR_POLICY_STORE": str(store)}),
        (["--store", str(store), "--policy-version", listed["version"][:5]], {}),
    ):
        answer = json.loads(
            command("pair", "97110", "97530", "--on", "2026-08-03", "--format", "json", *words, **environment).stdout
        )
        assert answer["edit"] is True
    assert (
        json.loads(command("pair", "97110", "97530", "--on", "2026-08-03", "--format", "json").stdout)["edit"] is False
    )
    wrong = command("policy", "import", official.lines_file(tmp_path / "x.csv", ["a,b"]), "--store", store)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "nothing to import" in wrong.stderr
    assert command("policy", "use", "ffff", "--store", store).returncode == 2
