"""Claim files at the command: figures, defects, findings at their segment, exit codes, copies with form put right."""

import csv
import json

import pytest
from click.testing import CliRunner
from tests.interchange.x12.samples import both, institutional, professional, remittance, replaced, without, written
from tests.interchange.x12.shapes import wrapped

from quarterhour.cli.app import application
from quarterhour.domain.money import Cents
from quarterhour.interchange.tabular import write_claims
from quarterhour.interchange.visit_json.places import elements
from quarterhour.workflows.claim_file import claims_in

KINDS = {
    "837P": "837p", "837I": "837i", "835": "835", "276/277": "277", "270/271": "270", "837P+837I": "837p",
    "envelope only": None,
}  # fmt: skip
TODAY = ["--today", "2026-11-21"]


def ran(*arguments, given=None):
    return CliRunner().invoke(application, [str(one) for one in arguments], input=given, prog_name="quarterhour")


def report(*arguments, given=None):
    told = ran("check", *arguments, "--format", "json", *TODAY, given=given)
    return json.loads(told.stdout), told


@pytest.fixture
def file(tmp_path):
    def made(segments, name="batch.837", end="~\n"):
        path = tmp_path / name
        path.write_bytes(segments if isinstance(segments, bytes) else written(segments, end))
        return path

    return made


def facts(shared):
    return list(csv.DictReader((shared / "edi" / "FACTS.csv").read_text().splitlines()))


def test_figures_of_every_file_of_the_collection_are_those_told_of_it(shared):
    wrong = []
    for row in facts(shared):
        found, told = report(shared / "edi" / row["file"])
        (one,) = found["inputs"]
        if row["kind"] == "not X12":
            assert (told.exit_code, one["kind"]) == (2, None)
            continue
        charge, paid = (str(Cents.parse(row[name])) if row[name] else None for name in ("total_charge", "clp04_paid"))
        wanted = (KINDS[row["kind"]], int(row["claims"] or 0), int(row["lines"] or 0), charge, paid)
        if (one["kind"], one["claims"], one["lines"], one["charge"], one["paid"]) != wanted:
            wrong.append((row["file"], wanted))
        if row["defects"] and not (told.exit_code and one["defects"]):
            wrong.append((row["file"], row["defects"]))
    assert wrong == []


def test_a_defect_has_the_keys_of_the_contract(file):
    found, told = report(file(replaced("SE*58", "SE*57")(professional())))
    (one,) = found["inputs"]
    (defect,) = one["defects"]
    assert {name: defect[name] for name in ("snip", "segment", "offset", "loop", "element", "message")} == {
        "snip": 1, "segment": 60, "offset": 1459, "loop": "SE", "element": "SE01",
        "message": "SE01 says 57 segments, 58 were read",
    }  # fmt: skip
    assert told.exit_code == 1
    assert found["summary"]["defects"] == {"error": 1}


@pytest.mark.parametrize(
    "content, code",
    [
        (written(professional()), 0),
        (written(remittance()), 0),
        (written(replaced("SE*58", "SE*57")(professional())), 1),
        (written(professional())[:106], 2),
        (b"ISA*00*          *00*", 2),
    ],
)
def test_the_exit_code_of_a_claim_file(content, code, file):
    assert ran("check", file(content), "--ignore", "CLM", "--select", "UNT", *TODAY).exit_code == code


@pytest.mark.parametrize("name", ["x.837", "x.dat", "x.txt", "x", "x.json", "x.csv", "-"])
def test_a_claim_file_is_known_by_its_content(name, file):
    if name == "-":
        found, _ = report("-", given=written(professional()))
    else:
        found, _ = report(file(professional(), name))
    assert [(one["kind"], one["claims"], one["lines"], one["charge"]) for one in found["inputs"]] == [
        ("837p", 2, 3, "340.50")
    ]


def test_in_a_folder_claim_files_are_found_by_content_and_others_left_aside(file, tmp_path):
    for name in ("a.837", "b.dat", "c"):
        file(professional(), name)
    (tmp_path / "d.dat").write_bytes(b"other")
    found, _ = report(tmp_path)
    assert [one["path"].rpartition("/")[2] for one in found["inputs"]] == ["a.837", "b.dat", "c"]
    assert [path.rpartition("/")[2] for path in found["skipped"]] == ["d.dat"]


def test_several_kinds_in_one_file_are_counted_apart_and_together(file):
    data = written(professional()) + written(institutional())
    (one,) = report(file(data))[0]["inputs"]
    assert (one["kind"], one["kinds"], one["claims"], one["charge"]) == ("837p", {"837p": 2, "837i": 1}, 3, "640.50")


@pytest.mark.covers("M5")
@pytest.mark.parametrize(
    "segments, rule, where",
    [
        (replaced("SV1*HC:97530:GP:KX", "SV1*HC:97530")(professional()), "MOD101", (28, "2400", "SV101-3")),
        (replaced("SV1*HC:97530:GP:KX*150.5*UN*2", "SV1*HC:97530:GP:KX*150.5*UN*9")(professional()), "MUE102",
         (28, "2400", "SV104")),
        (replaced("SV2*0420*HC:97530:GP*200*UN*4", "SV2*0420*HC:97530:GP*200*UN*9")(institutional()), "MUE102",
         (29, "2400", "SV205")),
        (replaced("CLM*PCN1*250.5***11", "CLM*PCN1*250.5***98")(professional()), "CLM103", (21, "2300", "CLM05-1")),
    ],
)  # fmt: skip
def test_a_finding_stands_at_its_segment_loop_and_element(segments, rule, where, file):
    found, _ = report(file(segments), "--select", rule)
    finding = found["findings"][0]
    assert finding["rule"] == rule
    assert finding["claim_id"] in {"PCN1", "PCN9"}
    assert tuple(finding["where"][name] for name in ("segment", "loop", "element")) == where


def test_what_a_claim_does_not_tell_is_not_checked(file):
    found, _ = report(file(professional()))
    told = {(one["rule"], one["reason"]) for one in found["not_checked"]}
    assert ("DOC101", "a claim has no note, no minutes, no plan of care") in told
    assert not {one["rule"] for one in found["findings"]} & {"TIM117", "POC102", "DOC101"}


def test_without_terms_nothing_is_judged_and_a_named_payer_is(file):
    path = file(replaced("SBR*P*18*******MB", "SBR*P*18*******VA")(professional()))
    (one,) = report(path)[0]["inputs"]
    assert sum(one["not_judged"].values()) == 2
    assert next(iter(one["not_judged"])).startswith("whose terms hold is not known")
    assert report(path, "--payer", "medicare-b")[0]["inputs"][0]["not_judged"] == {}


def test_a_void_asks_for_nothing(file):
    path = file(both(replaced("CLM*PCN1*250.5***11:B:1", "CLM*PCN1*250.5***11:B:8"))(professional()))
    assert report(path)[0]["inputs"][0]["not_judged"] == {"a void asks for nothing": 2}


def test_judged_in_parts_a_file_has_the_findings_of_the_whole(file, monkeypatch):
    """Two claims of one patient in different transactions, others between: a pair of codes and a repeated line."""

    def other(number):
        change = both(
            replaced("CLM*PCN1", f"CLM*A{number}"),
            replaced("CLM*PCN2", f"CLM*B{number}"),
            replaced("SV1*HC:97530:GP:KX", "SV1*HC:97150:GP"),
            replaced("NM1*IL*1*ROE*RICHARD****MI*M100", f"NM1*IL*1*ROE*RICHARD****MI*M{number}"),
        )
        return change(professional())

    path = file(written(professional()) + b"".join(written(other(number)) for number in range(4)))
    whole, _ = report(path)
    assert {"PTP101", "CLM208"} <= set(whole["summary"]["by_rule"])
    text = ran("check", path, *TODAY).stdout
    for part, held in ((1500, 10_000), (4000, 2), (1500, 0)):
        monkeypatch.setattr("quarterhour.workflows.check_claims.PART", part)
        monkeypatch.setattr("quarterhour.workflows.kept.HELD", held)
        parts, _ = report(path)
        assert ran("check", path, *TODAY).stdout == text
        assert parts["findings"] == whole["findings"]
        assert parts["summary"] == whole["summary"]
        assert parts["not_checked"] == whole["not_checked"]


def test_claims_that_are_not_read_anew_are_parted_as_well(file, tmp_path, monkeypatch):
    """A table of the same claims beside the file: its claims are held, those of the file laid aside."""
    path = file(professional())
    claims = [one.claim for part in claims_in(str(path)) for one in part]
    with (tmp_path / "lines.csv").open("wb") as out:
        write_claims(claims, out, "csv")
    whole, _ = report(path, tmp_path / "lines.csv")
    assert "CLM208" in whole["summary"]["by_rule"]
    monkeypatch.setattr("quarterhour.workflows.check_claims.PART", 100)
    assert report(path, tmp_path / "lines.csv")[0] == whole


def test_a_message_names_nobody(file):
    found, told = report(file(both(without("DMG"), replaced("SE*", "SE*9"))(professional())))
    texts = json.dumps([found["findings"], [one["defects"] for one in found["inputs"]]]) + told.stderr
    assert not any(name in texts for name in ("DOE", "JANE", "1EG4TE5MK73", "ROBIN"))


@pytest.mark.parametrize("form", ["text", "html", "sarif", "csv", "jsonl"])
def test_every_format_tells_of_claim_files(form, file):
    path = file(both(replaced("SE*58", "SE*57"), replaced("SV1*HC:97530:GP:KX", "SV1*HC:97530"))(professional()))
    told = ran("check", path, "--format", form, *TODAY)
    assert told.exit_code == 1
    assert "MOD101" in told.stdout
    if form in {"text", "html", "sarif"}:
        assert "SE01 says 57 segments, 58 were read" in told.stdout


MESSY = both(
    replaced("SE*58", "SE*57"), replaced("HI*ABK:M25561", "HI*ABK:m25.561"), replaced("N4*DALLAS*TX", "N4*DALLAS*tx"),
    replaced("SV1*HC:97530:GP:KX", "SV1*HC:97530:gp:kx"), replaced("REF*EI*123456789", "REF*EI*12-3456789"),
    replaced("NM1*IL*1*DOE", "NM1*IL*1*D\xd6E"),
)  # fmt: skip


def test_a_copy_has_its_form_put_right_and_each_change_in_a_ledger(file, tmp_path):
    clean, messy = written(professional()), written(MESSY(professional()))
    path = file(messy, "in.837")
    ran("check", path, "--fix", tmp_path / "out.837", "--ledger", tmp_path / "ledger.json", *TODAY)
    assert path.read_bytes() == messy
    assert (tmp_path / "out.837").read_bytes() == clean
    changes = json.loads((tmp_path / "ledger.json").read_text())["changes"]
    assert {(one["rule"], one["place"]["element"]) for one in changes} == {
        ("x12/count-of-envelope", "SE01"), ("x12/form-of-diagnosis", "HI01"), ("x12/capitals-of-codes", "N402"),
        ("x12/capitals-of-codes", "SV101"), ("x12/form-of-tax-number", "REF02"), ("x12/letters-of-texts", "NM103"),
    }  # fmt: skip
    assert next((one["before"], one["after"]) for one in changes if one["place"]["element"] == "SE01") == ("57", "58")


def test_a_clean_file_is_copied_byte_for_byte(file, tmp_path):
    path = file(professional())
    told = ran("check", path, "--fix", tmp_path / "out.837", *TODAY)
    assert (tmp_path / "out.837").read_bytes() == path.read_bytes()
    assert "0 changes" in told.stderr


def test_a_defect_that_a_rule_tells_as_well_stands_once_in_a_report_for_people(file):
    path = file(replaced("CLM*PCN1*250.5", "CLM*PCN1*251.5")(professional()))
    found, _ = report(path)
    (defect,) = found["inputs"][0]["defects"]
    assert (defect["element"], defect["rule"]) == ("CLM02", "CLM201")
    assert found["summary"]["defects"] == {"error": 1}
    told = ran("check", path, *TODAY).stdout
    assert "The claim states a total of 251.50" in told
    assert "CLM02 is 251.50" not in told
    assert "of X12 files" not in told
    (run,) = json.loads(ran("check", path, "--format", "sarif", *TODAY).stdout)["runs"]
    assert [one["ruleId"] for one in run["results"]].count("CLM201") == 1
    assert not [one["ruleId"] for one in run["results"] if one["ruleId"].startswith("x12/")]


def test_an_isa_is_padded(file, tmp_path):
    short = written(professional()).replace(b"SENDERID       ", b"SENDERID", 1)
    ran("check", file(short), "--fix", tmp_path / "out.837", *TODAY)
    assert (tmp_path / "out.837").read_bytes() == written(professional())


def test_a_modifier_that_stands_twice_stands_once_in_the_copy(file, tmp_path):
    path = file(replaced("SV1*HC:97530:GP:KX", "SV1*HC:97530:GP:KX:GP")(professional()))
    ran("check", path, "--fix", tmp_path / "out.837", *TODAY)
    assert (tmp_path / "out.837").read_bytes() == written(professional())


def test_a_total_is_left_as_it_stands_where_a_line_of_the_file_was_not_judged(file, tmp_path):
    path = file(replaced("SV1*HC:97530:GP:KX", "SV1*hc:97530:GP:KX")(professional()))
    assert "CLM201" in ran("check", path, *TODAY).stdout
    ran("check", path, "--fix", tmp_path / "out.837", *TODAY)
    assert (tmp_path / "out.837").read_bytes() == written(professional())


def test_several_modifiers_that_stand_twice_stand_once_and_a_description_keeps_its_place(file, tmp_path):
    path = file(replaced("SV1*HC:97530:GP:KX", "SV1*HC:97530:GP:KX:GP:KX:LIFTING")(professional()))
    ran("check", path, "--fix", tmp_path / "out.837", *TODAY)
    wanted = replaced("SV1*HC:97530:GP:KX", "SV1*HC:97530:GP:KX:::LIFTING")(professional())
    assert (tmp_path / "out.837").read_bytes() == written(wanted)


def test_a_file_of_many_visits_is_gone_through_once_for_all_changes(tmp_path, monkeypatch):
    service = {"code": "97530", "minutes": 24, "units": 2, "modifiers": ["GP", "GP"]}
    record = {"date_of_service": "2026-03-04", "payer": "medicare-b", "discipline": "PT", "services": [service]}
    path = tmp_path / "visits.json"
    path.write_text(json.dumps([record | {"visit_id": f"V-{number}"} for number in range(20)]))
    asked = []

    def counted(text, pointers):
        asked.append(list(pointers))
        return elements(text, asked[-1])

    monkeypatch.setattr("quarterhour.workflows.fix.elements", counted)
    ran("check", path, "--fix", tmp_path / "out.json", *TODAY)
    assert [len(pointers) for pointers in asked] == [20]
    fixed = json.loads((tmp_path / "out.json").read_text())
    assert [one["services"][0]["modifiers"] for one in fixed] == [["GP"]] * 20


def test_a_visit_record_is_copied_with_its_form_put_right(tmp_path):
    record = {
        "visit_id": "V-1", "date_of_service": "2026-03-04", "payer": "medicare-b", "discipline": "PT",
        "services": [{"code": "97530", "minutes": 24, "units": 2, "modifiers": ["GP", "KX", "GP"]}],
    }  # fmt: skip
    path, out = tmp_path / "visit.json", tmp_path / "out.json"
    path.write_text(json.dumps(record))
    ran("check", path, "--fix", out, "--ledger", tmp_path / "ledger.json", *TODAY)
    record["services"][0]["modifiers"] = ["GP", "KX"]
    assert json.loads(out.read_text()) == record
    (change,) = json.loads((tmp_path / "ledger.json").read_text())["changes"]
    assert (change["rule"], change["before"], change["after"]) == ("MOD115", ["GP", "KX", "GP"], ["GP", "KX"])


def test_a_modifier_in_small_letters_is_that_modifier_and_the_copy_of_a_copy_is_the_same(file, tmp_path):
    small = file(replaced("SV1*HC:97530:GP:KX", "SV1*HC:97530:gp:kx")(professional()), "small.837")
    found, _ = report(small)
    assert not [one["rule"] for one in found["findings"] if one["rule"] == "MOD101"]
    assert [defect["element"] for defect in found["inputs"][0]["defects"]] == ["SV101-3", "SV101-4"]
    path = file(replaced("SV1*HC:97530:GP:KX", "SV1*HC:97530:gp:GP:KX")(professional()))
    ran("check", path, "--fix", tmp_path / "out.837", *TODAY)
    assert (tmp_path / "out.837").read_bytes() == written(professional())
    told = ran("check", tmp_path / "out.837", "--fix", tmp_path / "again.837", *TODAY)
    assert "0 changes" in told.stderr


BARE = """{"visits": [
\t{"visit_id": "V-1", "date_of_service":"2026-03-04", "payer": "medicare-b", "discipline": "PT",
   "services": [{"code": "97530", "minutes": 24, "units": 2, "modifiers": ["GP", "KX"%s]}]}
]}"""


@pytest.mark.parametrize("before", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["", "\r\n"])
def test_a_file_of_visits_is_copied_byte_for_byte_but_for_what_is_changed(before, end, tmp_path):
    def bare(more):
        return (before + BARE % more).replace("\n", end or "\n").encode() + end.encode()

    for more, changes in (("", 0), (', "GP"', 1), (' ,\n "KX", "KX"', 1)):
        path, out = tmp_path / f"in{changes}{len(more)}.json", tmp_path / f"out{changes}{len(more)}.json"
        path.write_bytes(bare(more))
        told = ran("check", path, "--fix", out, *TODAY)
        assert f"{changes} changes" in told.stderr
        assert out.read_bytes() == bare("")


def test_visits_one_a_line_are_copied_line_by_line(tmp_path):
    lines = '{"visit_id": "V-%d", "date_of_service": "2026-03-04", "payer": "medicare-b", "discipline": "PT", \
"services": [{"code": "97530", "minutes": 24, "units": 2, "modifiers": [%s]}]}\n'
    path, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    path.write_text(lines % (1, '"GP"') + "\n" + lines % (2, '"GP","GP"'))
    ran("check", path, "--fix", out, *TODAY)
    assert out.read_text() == lines % (1, '"GP"') + "\n" + lines % (2, '"GP"')


@pytest.mark.parametrize("extra", [[], ["--ledger", "l.json"]])
def test_nothing_is_written_over(extra, file, tmp_path):
    path = file(professional())
    told = ran("check", path, "--fix", path, *extra)
    assert told.exit_code == 2
    assert "nothing is written over" in told.stderr
    assert path.read_bytes() == written(professional())


@pytest.mark.parametrize("width, end", [(80, "\n"), (128, "\r\n")])
def test_a_text_cut_into_lines_is_read_told_of_and_put_right(file, tmp_path, width, end):
    text = written(professional(), "~").decode()
    path = file(wrapped(text, width, end).encode())
    found, _ = report(path)
    (one,) = found["inputs"]
    assert (one["claims"], one["lines"], one["charge"]) == (2, 3, "340.50")
    assert [(defect["name"], defect["level"]) for defect in one["defects"]] == [("lines-wrapped", "warning")]
    ran("check", path, "--fix", tmp_path / "out.837", "--ledger", tmp_path / "ledger.json", *TODAY)
    assert (tmp_path / "out.837").read_text() == text
    (change,) = json.loads((tmp_path / "ledger.json").read_text())["changes"]
    assert (change["rule"], change["place"]["element"]) == ("x12/lines-wrapped", "ISA")
