"""Visits in, report out: the contract's keys, what could not be read beside what could, and where findings are."""

import json

import pytest

from quarterhour.policy import UnknownName
from quarterhour.workflows.check import Wish, check, check_paths, checked_contents
from quarterhour.workflows.errors import BadRequest

TODAY = "2026-11-21"
#: 47 timed minutes support 3 units; 4 are billed.
OVER = {
    "visit_id": "V-1",
    "date_of_service": "2026-03-04",
    "payer": "medicare-b",
    "setting": "private-practice",
    "discipline": "PT",
    "services": [
        {"code": "97530", "minutes": 24, "units": 2, "modifiers": ["GP"]},
        {"code": "97110", "minutes": 23, "units": 2, "modifiers": ["GP"]},
    ],
}
ONLY = Wish(today=TODAY, select=["UNT101"])


COLUMNS = (
    "patient_control_number", "claim_type", "filing", "payer_name", "payer_id", "member_id", "patient_id",
    "patient_birth_date", "patient_given", "billing_npi",
    "frequency", "original_reference", "rendering_taxonomy", "date_of_service", "code",
    "units", "modifiers", "charge", "claim_place_of_service",
)  # fmt: skip


def of_claims(tmp_path, *lines, filing="CI"):
    """What is found in a table of claim lines, by claim: each is a control number, a frequency and what is billed."""
    rows = []
    for number, frequency, code, units, *more in lines:
        modifiers, reference, taxonomy = (*more, *("GP", "", "225100000X")[len(more) :])
        rows.append(
            f"{number},professional,{filing},P,60054,W123,P-1,1950-02-02,Ann,1234567893,{frequency},{reference},{taxonomy},"
            f"2024-07-10,{code},{units},{modifiers},{60 * units}.00,11"
        )
    (tmp_path / "lines.csv").write_text("\n".join([",".join(COLUMNS), *rows]) + "\n")
    wish = Wish(today="2024-07-20", select=["CLM1", "CLM2", "MUE", "ELG", "PTY107", "MOD104", "PTP"])
    found = check_paths([tmp_path / "lines.csv"], wish)
    assert found["errors"] == []
    return [(one["rule"], one["claim_id"]) for one in found["findings"] if one["severity"] != "info"]


def test_a_claim_and_its_replacement_are_not_added_up(tmp_path):
    first, again = ("R1", 1, "97530", 4), ("R2", 7, "97530", 4, "GP", "2024170000001")
    assert of_claims(tmp_path, first, again) == []
    # Two first claims of 4 units are 8, above the 6 of the unlikely-units edit.
    assert of_claims(tmp_path, first, ("R2", 1, "97530", 4)) == [("MUE102", "R1"), ("CLM208", "R2")]


def test_a_claim_replaced_twice_is_added_to_none_of_them(tmp_path):
    chain = [("R1", 1, "97530", 4), ("R2", 7, "97530", 4, "GP", "81"), ("R3", 7, "97530", 4, "GP", "82")]
    assert of_claims(tmp_path, *chain) == []


def test_a_claim_with_one_line_of_several_in_common_replaces_nothing(tmp_path):
    first = [("R1", 1, code, 1) for code in ("97530", "97110", "97112")]
    again = [("R2", 7, code, 1, "GP", "81") for code in ("97530", "97116", "97140")]
    assert of_claims(tmp_path, *first, *again) == [("CLM110", "R1")]  # their lines of the day stand together


def test_a_claim_that_is_voided_is_not_added_to_the_one_sent_in_its_place(tmp_path):
    first, void, other = ("R1", 1, "97530", 4), ("R2", 8, "97530", 4, "GP", "99"), ("R3", 1, "97530", 3)
    assert of_claims(tmp_path, first, void, other) == []
    assert of_claims(tmp_path, other, void, first) == []


def test_what_a_replacement_itself_bills_is_judged(tmp_path):
    first, again = ("R1", 1, "97530", 4), ("R2", 7, "97530", 7, "GP", "2024170000001")
    assert of_claims(tmp_path, first, again) == [("MUE102", "R2")]


def test_a_claim_sent_twice_is_said_once(tmp_path):
    assert of_claims(tmp_path, ("D1", 1, "97530", 2), ("D2", 1, "97530", 2), filing="MB") == [("CLM208", "D2")]
    # A line that stands twice on one of them is said as well.
    twice = [("D1", 1, "97530", 2), ("D1", 1, "97530", 1), ("D2", 1, "97530", 2)]
    assert of_claims(tmp_path, *twice, filing="MB") == [("CLM110", "D1"), ("CLM208", "D2")]
    assert of_claims(tmp_path, ("D1", 1, "97530", 2), ("D1", 1, "97530", 2), filing="MB") == [("CLM207", "D1")]


def test_claims_of_two_patients_with_one_control_number_do_not_hide_each_others_faults(tmp_path):
    columns = ",".join((*COLUMNS, "rendering_npi"))

    def written(name, patient, *claims):
        rows = [
            f"{number},professional,MB,P,60054,W{patient},{patient},1950-02-02,Ann,1234567893,1,,225100000X,2024-07-10,"
            f"97530,2,GP,120.00,11,{npi}"
            for number, npi in claims
        ]
        (tmp_path / name).write_text("\n".join([columns, *rows]) + "\n")

    # One code by two therapists is no line sent twice (CLM208), and stands on two lines of the day all the same.
    written("a.csv", "P-2", ("1", "1234567893"), ("5", "1234567919"))
    written("b.csv", "P-1", ("1", "1234567893"), ("2", "1234567893"))
    found = check_paths([tmp_path], Wish(today="2024-07-20", select=["CLM110", "CLM208"]))["findings"]
    assert [(one["rule"], one["claim_id"]) for one in found] == [("CLM110", "1"), ("CLM208", "2")]


def test_a_fault_two_rules_see_is_said_by_the_one_that_names_it_best(tmp_path):
    # The code of an occupational therapist under GP; a line under GO of who is a physical therapist.
    assert of_claims(tmp_path, ("E1", 1, "97165", 1), filing="MB") == [("MOD104", "E1")]
    assert of_claims(tmp_path, ("T1", 1, "97535", 1, "GO"), filing="MB") == [("ELG105", "T1")]


@pytest.mark.parametrize(
    "payer, severity", [("medicare-b", "error"), ("medicare-advantage", "warning"), ("commercial", "warning")]
)
def test_pair_edits_of_plans_whose_policy_nobody_read_make_no_error(payer, severity):
    pair = [{"code": code, "minutes": 15, "units": 1, "modifiers": ["GP"]} for code in ("97530", "97150")]
    day = {"payer": payer, "date_of_service": "2024-07-10"}
    found = check(OVER | day | {"services": pair}, today=TODAY, select=["PTP101"])["findings"]
    assert [one["severity"] for one in found] == [severity]


@pytest.fixture
def visits(tmp_path):
    """A folder with a pretty file, a file of lines, one that is not JSON, and two that are aside by name."""
    (tmp_path / "deep").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "a.json").write_text(
        json.dumps({"visits": [OVER, OVER | {"services": OVER["services"][:1]}]}, indent=1)
    )
    (tmp_path / "deep" / "b.jsonl").write_text(json.dumps(OVER) + "\n" + json.dumps(OVER | {"units": 1}) + "\n")
    (tmp_path / "c.json").write_text('{"date_of_service": "2026-03-04",}')
    (tmp_path / "table.csv").write_text("S: well")
    (tmp_path / "README.md").write_text("# Visits")
    (tmp_path / ".hidden" / "d.json").write_text(json.dumps(OVER))
    return tmp_path


def test_the_report_has_the_keys_of_the_contract():
    report = check(OVER, today=TODAY)
    assert set(report) >= {"format", "tool", "inputs", "findings", "not_checked", "summary"}
    assert report["tool"]["policy"]["as_of"]["ptp-professional"] == "2024-07-01"
    assert len(report["tool"]["policy"]["hash"]) == 32
    assert report["inputs"] == [{"path": None, "kind": "visit", "visits": 1, "lines": 2, "defects": []}]
    (finding,) = [one for one in report["findings"] if one["rule"] == "UNT101"]
    assert set(finding) == {
        "rule",
        "name",
        "severity",
        "confidence",
        "persona",
        "visit_id",
        "claim_id",
        "kind",
        "element",
        "line",
        "code",
        "message",
        "numbers",
        "evidence",
        "remedy",
        "sources",
        "where",
    }
    assert finding["message"] == "4 timed units billed, but 47 timed minutes support 3"
    assert finding["numbers"] == {"billed": 4, "minutes": 47, "allowed": 3}
    assert finding["remedy"]["kind"] == "choice"
    assert json.loads(json.dumps(report)) == report


def test_the_summary_counts_what_the_report_holds():
    report = check([OVER, OVER | {"visit_id": "V-2"}, {"payer": "medicare-b"}], today=TODAY)
    summary = report["summary"]
    assert (summary["visits"], summary["lines"], summary["errors"]) == (2, 4, 2)
    assert summary["findings"] == len(report["findings"]) == sum(summary["by_severity"].values())
    assert summary["findings"] == sum(summary["by_rule"].values())


def test_files_and_folders_are_read_each_by_itself(visits):
    report = check_paths([visits], ONLY)
    names = [one["path"].removeprefix(f"{visits}/") for one in report["inputs"]]
    assert names == ["a.json", "c.json", "deep/b.jsonl"]
    assert [(one["kind"], one["visits"], one["lines"]) for one in report["inputs"]] == [
        ("visit", 2, 3),
        (None, 0, 0),
        ("visit", 1, 2),
    ]
    assert [path.removeprefix(f"{visits}/") for path in report["skipped"]] == ["README.md", "table.csv"]
    assert [(one["path"].rpartition("/")[2], one["line"], one["pointer"]) for one in report["errors"]] == [
        ("c.json", 1, None),
        ("b.jsonl", 2, "/units"),
    ]
    assert report["summary"]["errors"] == 2


def test_a_finding_says_file_visit_pointer_and_line(visits):
    report = check_paths([visits / "a.json", visits / "deep" / "b.jsonl"], ONLY)
    where = [
        (one["where"]["path"].rpartition("/")[2], one["where"]["visit"], one["where"]["pointer"], one["where"]["line"])
        for one in report["findings"]
    ]
    assert [row[:2] for row in where] == [("a.json", 1), ("b.jsonl", 1)]
    assert where[0][2].startswith("/visits/0")
    assert where[0][3] > 1
    assert where[1][3] == 1


def test_a_file_named_by_itself_is_read_whatever_its_name(visits):
    (visits / "record.txt").write_text(json.dumps(OVER))
    assert check_paths([visits / "record.txt"], ONLY)["summary"]["visits"] == 1
    (error,) = check_paths([visits / "table.csv"], ONLY)["errors"]
    assert error["message"].startswith("no column date_of_service")


def test_a_missing_file_is_told_and_the_others_are_read(visits):
    report = check_paths([visits / "none.json", visits / "a.json"], ONLY)
    assert [(one["path"].rpartition("/")[2], one["message"]) for one in report["errors"]] == [
        ("none.json", "no such file or folder")
    ]
    assert report["summary"]["visits"] == 2


def test_an_unknown_payer_is_a_slip_of_one_record():
    report = check([OVER | {"payer": "medcare-b"}, OVER], today=TODAY, select=["UNT101"])
    assert [(one["pointer"], one["message"]) for one in report["errors"]] == [
        ("/0/payer", "no such payer; did you mean 'medicare-b'?")
    ]
    assert report["summary"]["visits"] == 1


def test_a_default_payer_is_for_records_that_name_none():
    record = {key: value for key, value in OVER.items() if key != "payer"}
    assert check(record, today=TODAY)["summary"]["errors"] == 1
    assert check(record, payer="medicare-b", today=TODAY, select=["UNT101"])["summary"]["findings"] == 1
    # Each code by itself: 24 and 23 minutes are 2 units each.
    assert check(record, payer="commercial-midpoint", today=TODAY, select=["UNT101"])["summary"]["findings"] == 0


def test_the_date_of_service_can_be_set_for_all():
    """1999 is before the first value of the rule's parameters: not checked, because."""
    report = check(OVER, on="1999-05-05", today=TODAY, select=["UNT101"])
    assert report["findings"] == []
    assert report["not_checked"]
    assert all(one["visits"] == 1 for one in report["not_checked"])


def test_rules_are_selected_and_ignored_by_code_beginning_and_name():
    every = check(OVER, today=TODAY)
    assert set(check(OVER, today=TODAY, select=["unt"])["summary"]["by_rule"]) == {
        rule for rule in every["summary"]["by_rule"] if rule.startswith("UNT")
    }
    assert "UNT101" not in check(OVER, today=TODAY, ignore=["units-exceed-timed-minutes"])["summary"]["by_rule"]
    with pytest.raises(UnknownName, match="did you mean 'UNT1"):
        check(OVER, select=["UNT10l"])


def test_not_checked_is_told_once_for_a_rule_and_reason():
    record = OVER | {"services": [{"code": "97530", "units": 2}]}
    told = check([record, record], today=TODAY)["not_checked"]
    assert len({(one["rule"], one["reason"]) for one in told}) == len(told) > 0
    assert {one["visits"] for one in told} <= {1, 2}


def test_the_same_visits_give_the_same_report_in_one_file_or_several(visits):
    (visits / "x.json").write_text(json.dumps([OVER, OVER | {"visit_id": "V-2"}]))
    (visits / "y.json").write_text(json.dumps(OVER))
    (visits / "z.json").write_text(json.dumps(OVER | {"visit_id": "V-2"}))
    together = check_paths([visits / "x.json"], Wish(today=TODAY))
    apart = check_paths([visits / "y.json", visits / "z.json"], Wish(today=TODAY))
    assert [one["message"] for one in together["findings"]] == [one["message"] for one in apart["findings"]]
    assert together["summary"]["by_rule"] == apart["summary"]["by_rule"]


def test_a_clinics_own_payer_lies_over_the_built_in(tmp_path):
    (tmp_path / "payers").mkdir()
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "own.yaml").write_text("own-contract: {title: Contract, publisher: The clinic}\n")
    (tmp_path / "payers" / "acme.yaml").write_text(
        "id: acme\ntitle: Acme\ninherits: medicare-b\nterms:\n  unit_method:\n    name: by-contract\n"
        "    values: [{from: 2020-01-01, value: ama, source: own-contract, evidence: primary}]\n"
        "  cap_units_at_total:\n    name: by-contract\n"
        "    values: [{from: 2020-01-01, value: false, source: own-contract, evidence: primary}]\n"
    )
    record = OVER | {"payer": "acme"}
    assert check(record, today=TODAY)["summary"]["errors"] == 1
    told = check(record, today=TODAY, select=["UNT101"], policy_folders=[tmp_path])
    assert (told["summary"]["errors"], told["summary"]["findings"]) == (0, 0)
    assert told["tool"]["policy"]["hash"] != check(OVER, today=TODAY)["tool"]["policy"]["hash"]


def test_a_path_is_not_a_record():
    with pytest.raises(BadRequest, match="quarterhour check PATH"):
        check("visit.json")


def test_nothing_of_nothing_is_a_report_too():
    assert check([])["summary"] == {
        "inputs": 1,
        "visits": 0,
        "claims": 0,
        "lines": 0,
        "findings": 0,
        "errors": 0,
        "by_severity": {},
        "defects": {},
        "by_rule": {},
    }


def test_half_a_character_costs_its_visit_and_not_the_batch():
    report = check([OVER, OVER | {"visit_id": "\ud800"}], today=TODAY)
    assert (report["summary"]["visits"], [one["pointer"] for one in report["errors"]]) == (1, ["/1/visit_id"])


def test_the_number_of_a_visit_counts_those_that_could_not_be_read(tmp_path):
    bad, strange = OVER | {"date_of_service": "x"}, OVER | {"payer": "acme"}

    def told(report):
        return [
            (one["where"]["visit"], one["where"]["pointer"].rpartition("/services")[0]) for one in report["findings"]
        ]

    assert told(check([bad, OVER, strange, OVER], today=TODAY, select=["UNT101"])) == [(2, "/1"), (4, "/3")]
    lines = tmp_path / "lines.jsonl"
    lines.write_text("\n".join(["{", json.dumps(bad), json.dumps(OVER), "{", "5", json.dumps([bad, OVER])]))
    assert told(check_paths([lines], ONLY)) == [(3, ""), (7, "/1")]
    table = tmp_path / "table.csv"
    table.write_text(
        "visit_id,date_of_service,payer,code,minutes,units\n"
        "a,x,medicare-b,97110,8,2\nb,2026-03-04,medicare-b,97110,8,2\n"
    )
    assert [one["where"]["visit"] for one in check_paths([table], ONLY)["findings"]] == [2]


def test_a_day_that_is_given_is_the_date_of_service_of_a_record_without_one(tmp_path):
    undated = {name: value for name, value in OVER.items() if name != "date_of_service"}
    for record in (undated, undated | {"date_of_service": None}):
        report = check(record, on="2026-03-04", today=TODAY, select=["UNT101"])
        assert (report["errors"], len(report["findings"])) == ([], 1)
    assert [one["message"] for one in check(undated, today=TODAY)["errors"]] == ["date_of_service is missing"]
    assert check(OVER | {"date_of_service": "x"}, on="2026-03-04", today=TODAY)["errors"] != []
    (tmp_path / "a.json").write_text(json.dumps([undated, undated]))
    (tmp_path / "b.csv").write_text("date_of_service,payer,code,minutes,units\n,medicare-b,97110,8,2\n")
    report = check_paths([tmp_path], Wish(today=TODAY, select=["UNT101"], on="2026-03-04"))
    assert (report["errors"], report["summary"]["visits"], report["summary"]["findings"]) == ([], 3, 3)


def test_every_source_has_the_day_it_holds_from_or_null():
    unmarked = OVER | {"services": [{"code": "97530", "minutes": 24, "units": 2}]}
    sources = [source for one in check(unmarked, today=TODAY)["findings"] for source in one["sources"]]
    assert all(set(source) >= {"title", "effective_from"} for source in sources)
    assert None in [source["effective_from"] for source in sources]


def test_one_word_or_folder_may_stand_by_itself_and_commas_part_words(tmp_path):
    """A text is a sequence of letters: ``ignore="UNT"`` left out all rules that begin with U, N or T."""
    told = {str(given): check(OVER, today=TODAY, ignore=given)["summary"] for given in (["UNT101"], "UNT101")}
    assert told["UNT101"] == told["['UNT101']"]
    both = check(OVER, today=TODAY, select=["UNT101,MOD", "TIM117"])["summary"]["by_rule"]
    assert both == check(OVER, today=TODAY, select="UNT101, MOD, TIM117")["summary"]["by_rule"]
    assert set(both) == {"UNT101", "TIM117"}
    assert check(OVER, today=TODAY, select=None, persona="biller")["summary"]["findings"] > 0
    with pytest.raises(UnknownName):
        check(OVER, today=TODAY, select=[""])
    (tmp_path / "ours/payers").mkdir(parents=True)
    (tmp_path / "ours/payers/acme.yaml").write_text("id: acme\ntitle: Acme\ninherits: commercial-midpoint\nterms: {}\n")
    (tmp_path / "voc.yaml").write_text("pack: ours\nadd:\n  service/97530: zibbing\n")
    own = {"policy_folders": str(tmp_path / "ours"), "vocabulary": tmp_path / "voc.yaml"}
    report = check(OVER | {"payer": "acme", "note": {"text": "O: zibbing 24 min"}}, today=TODAY, **own)
    assert report["errors"] == []


@pytest.mark.parametrize(
    "wishes, message",
    [
        ({"select": 5}, "select: expected a list of words, got 5"),
        ({"ignore": [5]}, "ignore: expected a text, got 5"),
        ({"payer": 5}, "payer: expected a text, got 5"),
        ({"policy_folders": 5}, "policy_folders: expected a list of paths, got 5"),
        ({"policy_folders": [None]}, "policy_folders: expected a path, got None"),
    ],
)
def test_an_argument_of_another_type_is_refused_by_name(wishes, message):
    with pytest.raises(BadRequest) as refused:
        check(OVER, today=TODAY, **wishes)
    assert str(refused.value) == message


def test_a_discipline_that_was_named_is_of_records_and_notes_that_tell_none():
    note = b"Daily note\n97530 Therapeutic activities 24 min: carried a 5 lb bag up six stairs.\n"
    untold = json.dumps({key: value for key, value in OVER.items() if key != "discipline"}).encode()
    contents = [("n.txt", note), ("u.json", untold), ("t.json", json.dumps(OVER).encode())]
    checked = checked_contents(contents, Wish(today=TODAY, discipline="OT"))
    assert [one.visit.discipline for one in checked.visits] == ["OT", "OT", "PT"]
    # Its minutes carry GP, which no OT plan of care bears.
    assert {one["rule"] for one in checked.report["findings"] if one["where"]["path"] == "u.json"} > {"UNT101"}


def test_contents_are_told_apart_by_name_and_a_note_that_a_record_has_is_left_aside():
    noted = OVER | {"note": {"text": "Daily note, 97530 24 min."}}
    contents = [("a.json", json.dumps(noted).encode()), ("a.json", b"{"), ("n.txt", b"Daily note, 97530 24 min.\n")]
    report = checked_contents(contents, ONLY).report
    assert [one["path"] for one in report["inputs"]] == ["a.json", "a.json (2)"]
    assert [one["path"] for one in report["errors"]] == ["a.json (2)"]
    assert report["skipped"] == ["n.txt"]
