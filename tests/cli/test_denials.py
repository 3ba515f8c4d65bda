"""`denials` at the command: what is shown, the table, exit codes, and the page that tells of it."""

import csv
import io
import json
import re

import pytest
from tests.cli.test_claim_files import ran
from tests.interchange.x12.samples import both, professional, recounted, remittance, replaced, written
from tests.workflows.test_denials_later import enveloped, provider, statuses

from quarterhour.cli.denials import exit_code
from quarterhour.report.worklist import COLUMNS

TODAY = ["--today", "2026-10-12"]
#: What another day or another policy file changes.
OF_TODAY = re.compile(r"(?<=policy data )[0-9a-f]{12}")


@pytest.fixture
def files(tmp_path):
    def made(*changes):
        (tmp_path / "in.835").write_bytes(written(both(*changes)(remittance())))
        (tmp_path / "out.837").write_bytes(written(professional()))
        return tmp_path / "in.835", tmp_path / "out.837"

    return made


def test_the_page_shows_what_the_command_prints(repository, monkeypatch):
    monkeypatch.chdir(repository)
    monkeypatch.setenv("COLUMNS", "100")
    page = (repository / "docs/how-to/work-denials.md").read_text(encoding="utf-8")
    call, output = re.search(r"```console\n\$ quarterhour (.+)\n((?:.+\n|\n)+?)```", page).groups()
    shown, rest = output.split("...\n")
    told = OF_TODAY.sub("...", ran(*call.split()).stdout)
    assert told.startswith(shown)
    assert told.rstrip().endswith(OF_TODAY.sub("...", rest).strip())


def test_the_table_is_the_worklist_one_row_a_line(files):
    told = ran("denials", *files(), *TODAY, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(told.stdout)))
    assert tuple(rows[0]) == COLUMNS
    as_json = json.loads(ran("denials", *files(), *TODAY, "--format", "json").stdout)
    assert [(row["claim_id"], row["amount"], row["reasons"]) for row in rows] == [
        (row["claim_id"], row["amount"], " ".join(f"{one['group']}-{one['code']}={one['amount']}"
                                                 for one in row["reasons"]))
        for row in as_json["worklist"]
    ]  # fmt: skip
    every = list(csv.DictReader(io.StringIO(ran("denials", *files(), *TODAY, "-f", "csv", "--every-line").stdout)))
    assert len(every) == as_json["summary"]["lines"]
    assert [row["number"] for row in every] == ["1", "", ""]


def test_exit_codes_go_by_what_there_is(files, tmp_path):
    answers, sent = files()
    assert ran("denials", answers, *TODAY).exit_code == 1
    clean, _ = files(replaced("CLP*PCN2*4*90*0", "CLP*PCN2*1*90*0"), replaced("CAS*CO*197", "CAS*CO*45"))
    assert ran("denials", clean, *TODAY).exit_code == 0
    # PCN2 of the claims is answered, PCN1 as well: nothing is left over.
    assert ran("denials", clean, sent, *TODAY, "--fail-on", "info").exit_code == 0
    uneven, _ = files(replaced("CLP*PCN2*4*90*0", "CLP*PCN2*1*90*10"), replaced("CAS*CO*197", "CAS*CO*45"))
    assert ran("denials", uneven, *TODAY).exit_code == 1
    assert ran("denials", uneven, *TODAY, "--fail-on", "error").exit_code == 0
    assert ran("denials", sent, *TODAY).exit_code == 3
    assert ran("denials", tmp_path / "none.835", *TODAY).exit_code == 2
    (tmp_path / "bad.835").write_text("not a remittance")
    assert ran("denials", tmp_path / "bad.835", *TODAY).exit_code == 2
    assert ran("denials", answers, "--payer", "medicair").exit_code == 2


def test_the_answer_can_go_to_a_file_and_come_from_standard_input(files, tmp_path):
    answers, _ = files()
    out = tmp_path / "work.json"
    told = ran("denials", "-", *TODAY, "-f", "json", "-o", out, given=answers.read_bytes())
    assert (told.exit_code, told.stdout) == (1, "")
    assert json.loads(out.read_text())["summary"]["queued"] == 1
    assert ran("denials", answers, "-o", tmp_path / "no" / "where.json").exit_code == 2


def test_no_message_holds_a_name_of_the_file(files, tmp_path):
    files(replaced("NM1*QC*1*DOE*JANE", "NM1*QC*1*SECRET*NAME"))
    told = ran("denials", tmp_path, *TODAY)
    assert "SECRET" not in told.output


def test_a_remittance_of_nothing_but_provider_adjustments_is_an_answer(tmp_path):
    segments = remittance()
    first, last = (next(n for n, one in enumerate(segments) if one.startswith(name)) for name in ("CLP", "PLB"))
    kept = [*segments[:first], *segments[last:]]
    path = tmp_path / "plb.835"
    path.write_bytes(written(recounted(kept)))
    told = ran("denials", path, *TODAY)
    assert told.exit_code == 0
    assert "taken from the payment apart from claims" in told.stdout


def test_a_list_that_is_cut_says_how_many_more_there_are(tmp_path):
    segments = remittance()
    first, last = (next(n for n, one in enumerate(segments) if one.startswith(name)) for name in ("CLP", "PLB"))
    short = [
        part
        for n in range(12)
        for part in (
            f"CLP*P{n}*1*150*100**MB*I1*11*1",
            "SVC*HC:97530:GP*150*100**2",
            "DTM*472*20260203",
            "CAS*CO*45*40",
        )
    ]
    path = tmp_path / "short.835"
    path.write_bytes(written(recounted([*segments[:first], *short, *segments[last:]])))
    told = ran("denials", path, *TODAY).stdout.splitlines()
    shown = [n for n, text in enumerate(told) if text.startswith("does not add up")]
    assert len(shown) == 8
    assert "  and 4 more" in told[shown[-1] :]


@pytest.mark.parametrize("kind, code", [("835", 0), ("277ca", 0), ("999", 0), ("997", 0), ("ta1", 0), ("837p", 3)])
def test_what_answers_claims_goes_by_the_kind_of_file_not_by_what_is_in_it(kind, code):
    nothing = {"answers": [], "claims": []}
    read = {"kind": kind, "kinds": {} if kind == "ta1" else {kind: 0}}
    answer = {"errors": [], "inputs": [read], "worklist": [], "unbalanced": [], "outside_claims": [],
              "not_matched": nothing}  # fmt: skip
    assert exit_code(answer, "info") == code


def test_a_row_names_its_claim_or_the_transmission_it_is_about(tmp_path):
    group = ["ST*999*{}*005010X231A1", "AK1*HC*5*005010X222A1", "AK2*837*0003*005010X222A1", "IK5*R*5", "AK9*R*1*1*0"]
    batch = statuses(provider(3, "1234567893", "A3:562"))
    nameless = written(replaced("CLP*PCN2*4", "CLP**4")(remittance()))
    for content, name in ((enveloped("005010X231A1", "FA", group), "transaction 0003 of group 5"),
                          (batch, "a whole transmission"), (nameless, "a claim without a number")):  # fmt: skip
        path = tmp_path / "answer.x12"
        path.write_bytes(content)
        assert name in ran("denials", path, *TODAY).stdout
