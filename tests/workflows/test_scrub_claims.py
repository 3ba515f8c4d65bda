"""A scrub of claims says what check says of them, however the work is parted, and goes on where it was stopped."""

import errno
import hashlib
import json
import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.interchange.fhir.whole import CLAIM, WRITTEN
from tests.interchange.x12.samples import institutional, professional, remittance, replaced, written

pa = pytest.importorskip("pyarrow")

import pyarrow.parquet as pq  # noqa: E402

import quarterhour  # noqa: E402
from quarterhour.cli.check import exit_code  # noqa: E402
from quarterhour.interchange.fhir.writer import write_claims as write_fhir  # noqa: E402
from quarterhour.interchange.tabular import write_claims  # noqa: E402
from quarterhour.policy import load  # noqa: E402
from quarterhour.workflows.check import Wish, check_paths  # noqa: E402
from quarterhour.workflows.claim_file import claims_in  # noqa: E402
from quarterhour.workflows.claim_shelf import packed, unpacked  # noqa: E402
from quarterhour.workflows.errors import Stopped  # noqa: E402
from quarterhour.workflows.given_claims import GivenClaim  # noqa: E402
from quarterhour.workflows.scrub import run, wish  # noqa: E402
from quarterhour.workflows.scrub.claims import deal as deal_of_claims  # noqa: E402
from quarterhour.workflows.scrub.claims import judge as judge_of_claims  # noqa: E402

TODAY = "2026-11-21"
SHOWN = ("visit_id", "claim_id", "rule", "severity", "confidence", "kind", "line", "code", "message", "numbers")
SEARCHSET = Path(__file__).parents[2] / "examples" / "fhir" / "pt-stairs-searchset.json"
#: They compare a claim with others of its patient, which may stand in other files.
ACROSS_FILES = ("CLM110", "CLM117", "CLM208")


@pytest.fixture
def small_parts(monkeypatch):
    """A handful of lines a part, so that a small file makes many."""

    def at_most(lines):
        monkeypatch.setattr(wish, "_FEWEST_LINES", lines)
        monkeypatch.setattr(wish, "_MOST_LINES", lines)

    return at_most


@pytest.fixture
def mixed(tmp_path):
    """A folder with claims of every format, those of a patient in several files, and visits."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.837").write_bytes(written(professional()))
    (folder / "b.dat").write_bytes(written(institutional()))
    (folder / "c.835").write_bytes(written(remittance()))
    (folder / "d.json").write_text(write_fhir([CLAIM], WRITTEN).text, encoding="utf-8")
    shutil.copy(SEARCHSET, folder / "e.fhir")
    claims = [one.claim for part in claims_in(written(professional())) for one in part]
    for name in ("f.csv", "g.parquet"):
        with (folder / name).open("wb") as out:
            write_claims(claims, out, name.partition(".")[2])
    (folder / "h.jsonl").write_text(
        json.dumps(
            {"date_of_service": "2026-03-04", "payer": "medicare-b", "services": [{"code": "97530", "units": 9}]}
        )
        + "\n",
        encoding="utf-8",
    )
    return folder


def scrubbed(paths, out, **options):
    return quarterhour.scrub(paths, out, today=TODAY, workers=options.pop("workers", 1), **options)


def rows_of(out):
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def told_by_check(paths, **wishes):
    """What check says, as a scrub has it: by input, with the place of X12 or FHIR, and the segment or row."""
    report = check_paths(paths, Wish(today=TODAY, **wishes))
    found = [
        {name: finding[name] for name in SHOWN}
        | {"input": where["path"], "loop": where.get("loop")}
        | {"place": (where.get("element") or where.get("expression")) if finding["claim_id"] else None}
        | {"row": where.get("segment")}
        for finding in report["findings"]
        for where in [finding["where"]]
    ]
    inputs = [one["path"] for one in report["inputs"]]
    # Of an input with visits and claims check tells of the visits first, and so does a scrub; files go in turn.
    return report, sorted(found, key=lambda one: inputs.index(one["input"]))


def told_by_scrub(out):
    rows = rows_of(out)
    return [
        {name: row[name] for name in (*SHOWN, "input", "loop", "place")} | {"row": row["row"] if row["loop"] else None}
        for row in rows
    ]


def summed(report):
    """What scrub and check count alike; the claims of remittances are counted by check alone."""
    paid = [one for one in report["inputs"] if set(one.get("kinds", ())) == {"835"}]
    only_check = "at_stake" not in report["summary"]
    less = {name: sum(one[name] for one in paid) if only_check else 0 for name in ("claims", "lines")}
    names = ("visits", "claims", "lines", "findings", "errors", "by_severity", "defects")
    return {name: report["summary"][name] - less[name] if name in less else report["summary"][name] for name in names}


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("lines", [30, 100_000])
def test_the_findings_of_a_collection_are_those_of_a_check_of_it(shared, tmp_path, small_parts, lines):
    small_parts(lines)
    out = tmp_path / "found.jsonl"
    report = scrubbed(shared / "edi", out)
    told, findings = told_by_check([shared / "edi"])
    assert len(findings) > 400
    assert told_by_scrub(out) == findings
    assert report["not_checked"] == told["not_checked"]
    assert summed(report) == summed(told)
    names = ("path", "claims", "lines", "charge", "paid", "kinds", "guides", "visits", "not_judged", "defects")
    ours = [one for one in report["inputs"] if "kinds" in one]
    assert [{name: one[name] for name in names} for one in ours] == [
        {name: one[name] for name in names} for one in told["inputs"] if "kinds" in one
    ]


def test_the_findings_of_a_collection_are_those_of_its_files_but_for_claims_that_stand_in_two(shared, tmp_path):
    out = tmp_path / "found.jsonl"
    report = scrubbed(shared / "edi", out, ignore=ACROSS_FILES)
    alone = [row for one in report["inputs"] for row in told_by_check([one["path"]], ignore=ACROSS_FILES)[1]]
    assert told_by_scrub(out) == alone


def test_claims_of_every_format_and_visits_are_judged_as_check_judges_them(tmp_path, small_parts, mixed):
    small_parts(5)
    out = tmp_path / "found.jsonl"
    report = scrubbed(mixed, out)
    told, findings = told_by_check([mixed])
    places = {row["input"].rpartition("/")[2] for row in findings}
    assert places >= {"a.837", "b.dat", "d.json", "e.fhir", "f.csv", "g.parquet", "h.jsonl"}
    assert told_by_scrub(out) == findings
    assert report["not_checked"] == told["not_checked"]
    assert summed(report) == summed(told)
    assert [one["kind"] for one in report["inputs"]] == [
        "837p", "837i", "835", "fhir", "fhir", "csv", "parquet", "record-lines",
    ]  # fmt: skip


def test_a_line_billed_in_two_files_is_found(tmp_path, small_parts):
    small_parts(1)
    for name in ("a.837", "b.837"):
        (tmp_path / name).write_bytes(written(professional()))
    out = tmp_path / "found.jsonl"
    scrubbed([tmp_path / "a.837", tmp_path / "b.837"], out, select=["CLM208"])
    assert {(Path(row["input"]).name, row["claim_id"], row["row"]) for row in rows_of(out)} == {
        ("b.837", "PCN1", 28), ("b.837", "PCN1", 32),
    }  # fmt: skip


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".jsonl"])
def test_the_same_bytes_however_the_work_is_parted(tmp_path, small_parts, mixed, suffix):
    seen, reports = set(), []
    for lines in (1, 7, 100_000):
        small_parts(lines)
        out = tmp_path / f"found{suffix}"
        reports.append(scrubbed(mixed, out))
        seen.add(digest(out))
    assert len(seen) == 1
    assert reports[0] == reports[1] == reports[2]


@pytest.mark.slow
def test_the_same_bytes_with_several_workers(tmp_path, small_parts, shared):
    small_parts(60)
    one, two = tmp_path / "one.parquet", tmp_path / "two.parquet"
    alone = scrubbed(shared / "edi", one)
    together = scrubbed(shared / "edi", two, workers=2)
    assert digest(one) == digest(two)
    assert alone | {"findings": ""} == together | {"findings": ""}


def test_a_stopped_run_goes_on_where_it_was(tmp_path, small_parts, monkeypatch, mixed):
    small_parts(5)
    whole, out = tmp_path / "whole.parquet", tmp_path / "found.parquet"
    expected = scrubbed(mixed, whole)
    judged = []
    judging = judge_of_claims.judge_claims_part

    def full(*call):
        if len(judged) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        judged.append(call[0])
        return judging(*call)

    with monkeypatch.context() as patched:
        patched.setattr(run, "judge_claims_part", full)
        with pytest.raises(Stopped, match=r"No space left on device.*kept in .*--resume"):
            scrubbed(mixed, out)
    assert len(list((tmp_path / "found.parquet.work").glob("found-claims-*.json"))) == 3
    report = scrubbed(mixed, out, resume=True)
    assert digest(out) == digest(whole)
    assert report | {"findings": ""} == expected | {"findings": ""}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["found.parquet", "in", "whole.parquet"]


@pytest.mark.slow
def test_a_killed_run_ends_with_the_same_bytes(tmp_path, shared):
    whole, out = tmp_path / "whole.parquet", tmp_path / "found.parquet"
    scrubbed(shared / "edi", whole)
    code = (
        "import sys, quarterhour.workflows.scrub.wish as wish\n"
        "import quarterhour\n"
        "wish._FEWEST_LINES = wish._MOST_LINES = 20\n"
        f"quarterhour.scrub({str(shared / 'edi')!r}, {str(out)!r}, today={TODAY!r}, workers=1, "
        "resume='resume' in sys.argv)\n"
    )
    folder = tmp_path / "found.parquet.work"
    for form in ("piece-*.json", "found-claims-*.json"):
        process = subprocess.Popen([sys.executable, "-c", code, *(["resume"] if folder.exists() else [])])
        deadline = time.monotonic() + 120
        while len(list(folder.glob(form))) < 5 and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert not out.exists()
    subprocess.run([sys.executable, "-c", code, "resume"], check=True)
    assert digest(out) == digest(whole)


def test_a_file_without_claims_is_skipped_and_says_why(tmp_path):
    (tmp_path / "a.835").write_bytes(written(remittance()))
    report = scrubbed(tmp_path / "a.835", tmp_path / "found.csv")
    (one,) = report["inputs"]
    assert (one["kind"], one["claims"], one["paid"]) == ("835", 2, "110.00")
    assert one["skipped"] == "no claims to judge in it; quarterhour check tells what it holds"
    assert (report["summary"]["claims"], exit_code(report, "warning")) == (0, 0)


def test_defects_are_told_with_their_places_and_of_many_the_first(tmp_path, monkeypatch):
    broken = replaced("SE*58", "SE*57")(professional())
    (tmp_path / "a.837").write_bytes(written(broken) + written(broken))
    monkeypatch.setattr(deal_of_claims, "MOST_DEFECTS", 1)
    report = scrubbed(tmp_path / "a.837", tmp_path / "found.csv", select=["UNT"])
    (one,) = report["inputs"]
    (defect,) = one["defects"]
    assert (defect["snip"], defect["segment"], defect["offset"], defect["loops"]) == (1, 60, 1459, "SE")
    assert one["defect_count"] > 1
    assert sum(report["summary"]["defects"].values()) == one["defect_count"]
    assert exit_code(report, "error") == 1


def test_a_file_that_is_no_x12_is_told_and_the_others_are_judged(tmp_path, mixed):
    before = scrubbed(mixed, tmp_path / "few.csv")
    (mixed / "z.837").write_bytes(b"no claims here")
    report = scrubbed(mixed, tmp_path / "found.csv")
    assert [(Path(one["path"]).name, one["message"]) for one in report["errors"]] == [
        ("z.837", "cannot be read: no X12 segment can be found")
    ]
    assert report["summary"]["findings"] == before["summary"]["findings"]


def test_a_wrong_row_of_claim_lines_is_told_and_the_other_claims_are_judged(tmp_path):
    (tmp_path / "lines.csv").write_text(
        "patient_control_number,claim_type,payer,code,units,date_of_service\n"
        "C1,professional,medicare-b,97530,9,2026-03-04\nC2,professional,medicare-b,97530,many,2026-03-04\n"
        "C3,professional,medicare-z,97530,1,2026-03-04\n",
        encoding="utf-8",
    )
    out = tmp_path / "found.jsonl"
    report = scrubbed(tmp_path / "lines.csv", out)
    assert [(one["row"], one["message"].partition(":")[0]) for one in report["errors"]] == [(3, "units"), (4, "payer")]
    assert {row["claim_id"] for row in rows_of(out)} == {"C1"}
    assert report["summary"]["errors"] == 2
    told = check_paths([tmp_path / "lines.csv"], Wish(today=TODAY))
    assert [one["line"] for one in told["errors"]] == [3, 4]


def test_what_a_claim_charges_is_at_stake_once(tmp_path):
    (tmp_path / "a.837").write_bytes(written(professional()))
    report = scrubbed(tmp_path / "a.837", tmp_path / "found.csv")
    assert report["summary"]["charge"] == report["inputs"][0]["charge"] == "340.50"
    assert 0 < float(report["summary"]["at_stake"]) <= 340.50
    assert sum(float(one["charge"]) for one in report["summary"]["by_payer"].values()) == 340.50


def test_nothing_but_claims_is_made_of_what_lies_in_the_work_folder():
    class Harm:
        def __reduce__(self):
            return os.system, ("true",)

    for held in (Harm(), Path("x"), load):
        with pytest.raises(pickle.UnpicklingError, match="found something else"):
            unpacked(pickle.dumps(held))
    taken = next(one for part in claims_in(written(professional())) for one in part)
    kept = GivenClaim(1, taken.claim, None)
    assert unpacked(packed([kept])) == [kept]


def test_claims_are_no_lines_to_replay(tmp_path, mixed):
    report = quarterhour.scrub(mixed / "h.jsonl", tmp_path / "found.csv", today=TODAY, workers=1)
    assert report["summary"]["visits"] == 1
    from quarterhour.workflows.scrub.source import files_of

    files, aside = files_of([mixed], None, claims=False)
    assert [Path(file.path).name for file in files] == ["h.jsonl"]
    assert [Path(path).name for path in aside] == [
        "a.837", "b.dat", "c.835", "d.json", "e.fhir", "f.csv", "g.parquet",
    ]  # fmt: skip
    (file,), _ = files_of([mixed / "a.837"], None, claims=False)
    assert file.failure == "claims, which quarterhour check and scrub read"


def test_a_parquet_of_findings_has_the_places_of_claims(tmp_path, mixed):
    out = tmp_path / "found.parquet"
    scrubbed(mixed, out)
    rows = pq.read_table(out).to_pylist()
    assert {row["place"][:2] for row in rows if row["input"].endswith("a.837")} <= {"SV", "CL", "NM", "HI"}
    assert all((row["claim_id"] is None) == (row["input"][-6:] in {"e.fhir", ".jsonl"}) for row in rows)


#: What may stand in a column of claim lines; those of a group stand together or not at all.
OF_CLAIM = {
    "claim_type": ["professional", "institutional"],
    "payer": ["medicare-b", "", "commercial", "self-pay"],
    "patient_id": ["", "P1", "P2"],
    "claim_place_of_service": ["", "12"],
    "diagnoses": ["", "M25.561 R26.2", "F82"],
    "frequency": ["", "1", "7", "8"],
    "rendering_npi": ["", "1234567893", "12"],
}
OF_LINE = {
    "code": ["97530", "97110", "97161", "99999", "G0283", "92507"],
    "units": ["1", "2", "99"],
    "date_of_service": ["2026-03-04", "", "2024-02-29", "1990-01-01"],
    "date_to": ["", "2026-03-06"],
    "revenue_code": ["", "0420"],
    "place_of_service": ["", "11", "99"],
    "diagnosis_pointers": ["", "1", "1 2 3"],
    "charge": ["", "12.50", '"$1,200.00"'],
    "modifiers": ["", "GP", "GP 59 KX CQ"],
}
STAY = {
    "bill_facility": ["74", "13"],
    "statement_from": ["2026-03-01"],
    "statement_to": ["2026-03-31"],
    "patient_status": ["30"],
    "stay_codes": ["", "BH:11:D8:20260201 BG:A1"],
}
COVERAGE = {"payer_name": ["X"], "payer_id": ["1"], "member_id": ["1EG4TE5MK73", "x"], "filing": ["", "MB"]}


@pytest.mark.parametrize("seed", range(4))
def test_drawn_claim_lines_are_judged_as_check_judges_them(tmp_path, small_parts, seed):
    small_parts(3)
    draw, found = random.Random(seed), 0
    for _ in range(3):
        own = dict(draw.sample(sorted(OF_CLAIM.items()), draw.randint(1, len(OF_CLAIM))))
        columns = {"claim_type": OF_CLAIM["claim_type"]} | own | {"code": OF_LINE["code"], "units": OF_LINE["units"]}
        columns |= dict(draw.sample(sorted(OF_LINE.items()), draw.randint(1, len(OF_LINE))))
        columns |= draw.choice([STAY, {}]) | draw.choice([COVERAGE, {}])
        rows = [["patient_control_number", *columns]]
        for number in range(8):
            of_claim = {name: draw.choice(values) for name, values in columns.items()}
            for _ in range(draw.randint(1, 4)):
                line = {name: draw.choice(values) for name, values in columns.items() if name in OF_LINE}
                rows.append([f"C{number}", *(of_claim | line).values()])
        path, out = tmp_path / "lines.csv", tmp_path / "found.jsonl"
        path.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
        report = scrubbed(path, out)
        told = check_paths([path], Wish(today=TODAY))
        assert [{name: row[name] for name in SHOWN} | {"row": row["row"]} for row in rows_of(out)] == [
            {name: finding[name] for name in SHOWN} | {"row": finding["where"]["line"]} for finding in told["findings"]
        ]
        assert (report["not_checked"], summed(report)) == (told["not_checked"], summed(told))
        found += len(told["findings"])
    assert found > 30
