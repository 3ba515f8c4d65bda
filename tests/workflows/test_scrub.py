"""A scrub says what check says, however the work is parted, and goes on where it was stopped."""

import csv
import datetime as dt
import errno
import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from tests.engine.test_course import OF_COURSES, course_of
from tests.interchange.test_line_table import cells_of, crowd
from tests.properties import visits as drawn

pa = pytest.importorskip("pyarrow")

import numpy as np  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402

import quarterhour  # noqa: E402
from quarterhour.domain.money import Cents  # noqa: E402
from quarterhour.engine.run import Unchecked  # noqa: E402
from quarterhour.rules.catalogue import catalogue  # noqa: E402
from quarterhour.workflows.check import Wish, check_paths  # noqa: E402
from quarterhour.workflows.errors import BadRequest, Stopped  # noqa: E402
from quarterhour.workflows.scrub import judge, kept, merge, run, totals, unjudged, ways, wish  # noqa: E402
from quarterhour.workflows.scrub.wish import MOST_THREADS  # noqa: E402

TODAY = "2026-11-21"
CLINIC = """
format: 1
table: visits
columns:
  DOS: {to: date_of_service, date: "%m/%d/%Y"}
  CPT: code
  Min: minutes
  Mods: {to: modifiers, split: ","}
  Insurance: {to: payer, values: {MCR: medicare-b, BCBS: commercial}}
constants: {setting: private-practice, discipline: PT}
ignore: [Remarks]
"""
SHOWN = ("visit_id", "rule", "name", "severity", "confidence", "persona", "kind", "line", "code", "message", "numbers")


@pytest.fixture
def small_parts(monkeypatch):
    """A handful of lines a part, so that a small file makes many."""

    def at_most(lines):
        monkeypatch.setattr(wish, "_FEWEST_LINES", lines)
        monkeypatch.setattr(wish, "_MOST_LINES", lines)

    return at_most


def records(seed, count=150):
    """Visits of patients and therapists that recur, some with times of day that collide."""
    draw = random.Random(seed)
    found = []
    for place in range(count):
        record = drawn.visit(draw)
        record.setdefault("payer", "medicare-b")
        # Days on which much happens, so that therapists and patients meet.
        record["date_of_service"] = draw.choice(("2026-03-04", "2026-03-05", "2024-07-01"))
        found.append({**record, "visit_id": f"V{place}"})
    return found


def as_lines(path, visits):
    path.write_text("".join(json.dumps(visit) + "\n" for visit in visits), encoding="utf-8")
    return path


def scrubbed(paths, out, **options):
    return quarterhour.scrub(paths, out, today=TODAY, workers=options.pop("workers", 1), **options)


def found_in(out):
    return [{name: row[name] for name in SHOWN} for row in map(json.loads, out.read_text("utf-8").splitlines())]


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_scrub_tells_of_a_patients_visits_in_a_row_what_check_tells(tmp_path, small_parts):
    """Whatever else stands in a part: texts have other places there, and no order of places may decide anything."""
    small_parts(12)
    draw = random.Random(5)
    visits = [{**record, "visit_id": f"V{n}"} for n in range(8) for record in course_of(draw, f"P{n}")]
    draw.shuffle(visits)
    told = quarterhour.check(visits, today=TODAY)
    out = tmp_path / "found.jsonl"
    scrubbed(as_lines(tmp_path / "visits.jsonl", visits), out)
    assert {entry.code for entry in OF_COURSES} <= {finding["rule"] for finding in told["findings"]}
    assert found_in(out) == [{name: finding[name] for name in SHOWN} for finding in told["findings"]]


#: What rests on a patient's other visits: said twice, reports, the threshold of the year, notes that are copied.
OF_HISTORY = ("CLM117", "POC120", "MOD125", *(entry.code for entry in OF_COURSES))


def histories(draw):
    """Visits of some patients, in no order, with histories that every such rule finds fault with."""
    found = [record for n in range(8) for record in course_of(draw, f"P{n}")]
    for patient in ("Q1", "Q2"):
        course = [
            {
                "date_of_service": f"2026-02-{day + 1:02}",
                "payer": "medicare-b",
                "discipline": "PT",
                "patient": {"id": patient},
                "note": {"type": "daily" if day else "evaluation"},
                "services": [{"code": "97530", "minutes": 30, "units": 2, "modifiers": ["GP"]}],
            }
            for day in range(14)
        ]
        course[4] |= {"accrued": {"PT+SLP": "2600.00"}}
        found += [*course, course[7]]
    draw.shuffle(found)
    return [record | {"visit_id": f"V{place}"} for place, record in enumerate(found)]


@pytest.mark.covers("M3", "M4")
@pytest.mark.parametrize("lines", [1, 3, 40])
def test_what_rests_on_other_visits_is_found_across_files_and_parts(tmp_path, small_parts, lines):
    """A patient's visits lie in two files and in any order; parts hold a few lines each."""
    folder = tmp_path / "in"
    folder.mkdir()
    visits = histories(random.Random(5))
    as_lines(folder / "a.jsonl", visits[::2])
    as_lines(folder / "b.jsonl", visits[1::2])
    told = check_paths([folder], Wish(today=TODAY, select=OF_HISTORY))["findings"]
    assert {finding["rule"] for finding in told} == set(OF_HISTORY)
    small_parts(lines)
    out = tmp_path / "found.jsonl"
    scrubbed([folder], out, select=OF_HISTORY)
    assert found_in(out) == [{name: finding[name] for name in SHOWN} for finding in told]


@pytest.mark.parametrize("seed", range(3))
def test_a_scrub_finds_what_check_finds_in_its_order(tmp_path, small_parts, seed):
    small_parts(12)
    visits = records(seed)
    told = quarterhour.check(visits, today=TODAY)
    out = tmp_path / "found.jsonl"
    report = scrubbed(as_lines(tmp_path / "visits.jsonl", visits), out)
    expected = [{name: finding[name] for name in SHOWN} for finding in told["findings"]]
    assert any(finding["rule"] == "TIM107" for finding in expected) or seed
    assert found_in(out) == expected
    assert report["tool"] == told["tool"]
    assert report["not_checked"] == told["not_checked"]
    assert {name: report["summary"][name] for name in ("visits", "lines", "findings", "errors", "by_severity")} == {
        name: told["summary"][name] for name in ("visits", "lines", "findings", "errors", "by_severity")
    }
    assert {rule: one["findings"] for rule, one in report["summary"]["by_rule"].items()} == told["summary"]["by_rule"]


def test_findings_that_join_two_patients_are_found_whatever_part_they_are_in(tmp_path, small_parts):
    small_parts(1)
    service = {"code": "97530", "minutes": 30, "units": 2, "intervals": [["09:00", "09:30"]], "mode": "one-on-one"}
    visits = [
        {
            "visit_id": f"V{place}",
            "date_of_service": "2026-03-04",
            "payer": "medicare-b",
            "discipline": "PT",
            "patient": {"id": f"P{place}"},
            "therapist": {"npi": "1234567893"},
            "services": [service],
        }
        for place in range(40)
    ]
    told = quarterhour.check(visits, today=TODAY, select=["TIM107"])["findings"]
    assert len(told) == 40 * 39 // 2
    out = tmp_path / "found.jsonl"
    scrubbed(as_lines(tmp_path / "visits.jsonl", visits), out, select=["TIM107"])
    assert found_in(out) == [{name: finding[name] for name in SHOWN} for finding in told]


def test_a_clinics_own_table_is_read_by_its_mapping_as_check_reads_it(tmp_path):
    (tmp_path / "clinic.yaml").write_text(CLINIC, encoding="utf-8")
    (tmp_path / "own.csv").write_text(
        "DOS,patient_id,CPT,Min,units,Mods,Insurance,Remarks\n"
        '03/04/2026,P1,97530,24,3,"GP,59",MCR,x\n03/04/2026,P1,97110,23,1,GP,MCR,y\n03/05/2026,P2,97530,7,1,GP,BCBS,z\n',
        encoding="utf-8",
    )
    mapping = tmp_path / "clinic.yaml"
    told = check_paths([tmp_path / "own.csv"], Wish(today=TODAY, mapping=mapping))
    out = tmp_path / "found.jsonl"
    report = scrubbed(tmp_path / "own.csv", out, mapping=mapping)
    assert (report["errors"], told["errors"]) == ([], [])
    assert report["inputs"][0]["unknown_columns"] == {}
    assert found_in(out) == [{name: finding[name] for name in SHOWN} for finding in told["findings"]]
    assert len(found_in(out)) > 3


def test_several_columns_of_modifiers_are_one_list_for_scrub_as_for_check(tmp_path):
    """MOD115 tells GP twice, which stands in two columns; KX in the third is MOD107's."""
    mapping = tmp_path / "clinic.yaml"
    mapping.write_text(
        "columns: {Mod1: modifiers, Mod2: modifiers, Mod3: {to: modifiers, split: /}}\n", encoding="utf-8"
    )
    heads = ("Mod1,Mod2,Mod3", "modifier_1,modifier_2,modifier_3")
    for number, head in enumerate(heads):
        path, out = tmp_path / f"own{number}.csv", tmp_path / f"found{number}.jsonl"
        path.write_text(
            f"date_of_service,patient_id,code,minutes,units,payer,discipline,setting,charge,accrued_pt_slp,{head}\n"
            "2026-03-04,P1,97530,24,2,medicare-b,PT,private-practice,90.00,100.00,GP,GP,KX\n"
            "2026-03-05,P2,97530,24,2,medicare-b,PT,private-practice,90.00,100.00,,GP,\n",
            encoding="utf-8",
        )
        told = check_paths([path], Wish(today=TODAY, mapping=mapping))
        report = scrubbed(path, out, mapping=mapping)
        assert (report["errors"], told["errors"], report["inputs"][0]["unknown_columns"]) == ([], [], {})
        assert found_in(out) == [{name: finding[name] for name in SHOWN} for finding in told["findings"]]
        assert {"MOD107", "MOD115"} <= {finding["rule"] for finding in told["findings"]}


def left_by(folder, name, *places):
    """A part that could not judge the visits at some places."""
    unjudged = [kept.Unjudged("TIM107", "because", len(places), shared=True)]
    judged = kept.Judged(kept.Sums(), {}, {}, 0, unjudged, [], 0)
    return kept.keep(folder, name, judged, {"place": merge.Block.empty().columns["place"]}, [np.array(places)])


def test_a_visit_two_parts_could_not_judge_counts_once(tmp_path, monkeypatch):
    monkeypatch.setattr(merge, "BLOCK", 2)
    parts = [left_by(tmp_path, "found-00000", 0, 1, 4), left_by(tmp_path, "found-00001", 2, 5)]
    again = left_by(tmp_path, "crossing-00000", 1, 2, 3)
    assert unjudged.not_checked(tmp_path, parts, [again], [6]) == [Unchecked("TIM107", "because", 6)]
    assert unjudged.not_checked(tmp_path, parts, [], [6]) == [Unchecked("TIM107", "because", 5)]


def test_names_that_are_too_many_for_memory_come_to_the_same(tmp_path, monkeypatch):
    draw = random.Random(4)
    told = [(f"N{draw.randrange(40)}", draw.randrange(1, 9)) for _ in range(500)]

    def added(most):
        monkeypatch.setattr(totals, "MOST_NAMES", most)
        names = totals.Names(tmp_path, "providers")
        for name, amount in told:
            names.add(name, visits=1, lines=2, charge=amount, findings=1, at_stake=amount)
        return names.summary()

    whole, few = added(1_000), added(7)
    assert sum(one["visits"] for one in whole.values()) == sum(one["visits"] for one in few.values()) == 500
    named = sorted(whole, key=lambda name: (-float(whole[name]["at_stake"]), name))[:7]
    assert few == {name: whole[name] for name in sorted(named)} | {"others": few["others"]}
    assert list(few)[:-1] == sorted(named)
    assert few["others"]["names"] == len(whole) - 7
    assert float(few["others"]["at_stake"]) == pytest.approx(
        sum(float(whole[name]["at_stake"]) for name in set(whole) - set(named))
    )


def write_table(path, visits):
    rows = [row for visit in visits for row in cells_of(visit)]
    names = list(dict.fromkeys(name for row in rows for name in row))
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, names)
            writer.writeheader()
            writer.writerows(rows)
    else:
        table = pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in names})
        pq.write_table(table, path, row_group_size=50)
    return path


@pytest.mark.parametrize("name", ["lines.parquet", "lines.csv"])
def test_a_table_of_lines_gives_what_its_visits_give(tmp_path, small_parts, name):
    small_parts(25)
    visits = [visit for visit in crowd(5, 120) if visit.payer]
    from quarterhour.domain.json import to_builtins

    told = quarterhour.check([json.loads(json.dumps(to_builtins(visit))) for visit in visits], today=TODAY)
    out = tmp_path / "found.jsonl"
    scrubbed(write_table(tmp_path / name, visits), out)
    assert found_in(out) == [{key: finding[key] for key in SHOWN} for finding in told["findings"]]


@pytest.fixture
def mixed(tmp_path):
    """A folder with files of every kind, visits of one patient in several of them."""
    folder = tmp_path / "in"
    folder.mkdir()
    as_lines(folder / "a.jsonl", records(1, 25))
    (folder / "b.json").write_text(json.dumps({"visits": records(2, 25)}), encoding="utf-8")
    write_table(folder / "c.parquet", [visit for visit in crowd(3, 25) if visit.payer])
    write_table(folder / "d.csv", [visit for visit in crowd(4, 25) if visit.payer])
    return folder


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".jsonl"])
def test_the_same_bytes_however_the_work_is_parted(tmp_path, small_parts, monkeypatch, mixed, suffix):
    monkeypatch.setattr(merge, "BLOCK", 100)
    seen = set()
    reports = []
    for lines in (10, 70, 100_000):
        small_parts(lines)
        out = tmp_path / f"found{suffix}"
        reports.append(scrubbed([mixed], out))
        seen.add(digest(out))
    assert len(seen) == 1
    assert reports[0] == reports[1] == reports[2]


@pytest.mark.slow
@pytest.mark.parametrize("workers", [2, MOST_THREADS + 1])
def test_the_same_bytes_with_several_workers(tmp_path, small_parts, mixed, workers):
    small_parts(60)
    one, two = tmp_path / "one.parquet", tmp_path / "two.parquet"
    alone = scrubbed([mixed], one)
    together = scrubbed([mixed], two, workers=workers)
    assert digest(one) == digest(two)
    assert alone | {"findings": ""} == together | {"findings": ""}


def test_all_formats_hold_the_same(tmp_path, mixed):
    outs = {suffix: tmp_path / f"found{suffix}" for suffix in (".parquet", ".csv", ".jsonl")}
    for out in outs.values():
        scrubbed([mixed], out)
    table = pq.read_table(outs[".parquet"]).to_pylist()
    lines = [json.loads(line) for line in outs[".jsonl"].read_text("utf-8").splitlines()]
    assert [row | {"numbers": json.loads(row["numbers"])} for row in table] == lines
    with outs[".csv"].open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows == [{key: "" if value is None else str(value) for key, value in row.items()} for row in table]


def test_a_stopped_run_goes_on_where_it_was(tmp_path, small_parts, monkeypatch, mixed):
    small_parts(20)
    whole, out = tmp_path / "whole.parquet", tmp_path / "found.parquet"
    expected = scrubbed([mixed], whole)
    judged = []
    judging = judge.judge_part

    def full(*call):
        if len(judged) == 5:
            raise OSError(errno.ENOSPC, "No space left on device")
        judged.append(call[0])
        return judging(*call)

    with monkeypatch.context() as patched:
        patched.setattr(run.judge, "judge_part", full)
        with pytest.raises(Stopped, match=r"No space left on device.*kept in .*--resume"):
            scrubbed([mixed], out)
    assert not out.exists()
    folder = tmp_path / "found.parquet.work"
    assert len(list(folder.glob("found-*.json"))) == 5
    with pytest.raises(BadRequest, match="holds a run that was not finished"):
        scrubbed([mixed], out)
    with pytest.raises(BadRequest, match=r"run with something else \(rules\)"):
        scrubbed([mixed], out, resume=True, select=["UNT"])
    small_parts(100)
    written = {path: path.stat().st_mtime_ns for path in folder.glob("found-*.json")}
    kept = []
    monkeypatch.setattr(
        run, "_clear", lambda _: kept.extend(path for path in written if path.stat().st_mtime_ns == written[path])
    )
    report = scrubbed([mixed], out, resume=True)
    assert len(kept) == 5
    assert digest(out) == digest(whole)
    assert report | {"findings": ""} == expected | {"findings": ""}


def test_a_changed_file_is_not_mixed_with_what_was_done(tmp_path, monkeypatch, mixed):
    out = tmp_path / "found.parquet"
    with monkeypatch.context() as patched:
        patched.setattr(run, "_write", lambda *_: (_ for _ in ()).throw(OSError(errno.EIO, "Input/output error")))
        with pytest.raises(Stopped):
            scrubbed([mixed], out)
    as_lines(mixed / "a.jsonl", records(9, 10))
    with pytest.raises(BadRequest, match="what stands in the files"):
        scrubbed([mixed], out, resume=True)


def test_nothing_is_left_behind_but_the_findings(tmp_path, mixed):
    scrubbed([mixed], tmp_path / "found.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["found.csv", "in"]


def test_files_of_others_in_the_work_folder_stay(tmp_path, mixed):
    work = tmp_path / "work"
    work.mkdir()
    (work / "mine.txt").write_text("mine", encoding="utf-8")
    scrubbed([mixed], tmp_path / "found.csv", work=work)
    assert [path.name for path in work.iterdir()] == ["mine.txt"]


def test_what_cannot_be_read_is_told_and_the_rest_is_judged(tmp_path, mixed):
    (mixed / "e.parquet").write_bytes(b"PAR1 and nothing more")
    (mixed / "f.csv").write_text("date_of_service,code\n2026-03-04\n", encoding="utf-8")
    (mixed / "g.csv").write_text(
        "date_of_service,code,payer,minuts\n2026-03-04,97530,medicare-b,3\n2026-03-04,9753,medicare-b,3\n",
        encoding="utf-8",
    )
    (mixed / "h.jsonl").write_text('{"date_of_service": "2026-03-04"\n', encoding="utf-8")
    before = scrubbed([mixed / name for name in ("a.jsonl", "b.json", "c.parquet", "d.csv")], tmp_path / "few.csv")
    report = scrubbed([mixed, tmp_path / "none.csv"], tmp_path / "found.csv")
    errors = {(Path(one["path"]).name, one["row"]): one["message"] for one in report["errors"]}
    assert errors == {
        ("e.parquet", None): "cannot be read: not a whole Parquet file",
        ("f.csv", 1): "1 cell, but 2 columns",
        ("g.csv", 2): "expected a procedure code such as 97530 or G0283, got a text of 4 digits",
        ("h.jsonl", 1): errors["h.jsonl", 1],
        ("none.csv", None): "no such file or folder",
    }
    assert report["summary"]["errors"] == 5
    assert report["summary"]["visits"] == before["summary"]["visits"] + 1
    assert [one["unknown_columns"] for one in report["inputs"] if one["path"].endswith("g.csv")] == [
        {"minuts": "minutes"}
    ]


def damaged(path):
    """A Parquet file with zeros where the values of its last rows stand; what it says of itself is whole."""
    content = bytearray(path.read_bytes())
    told = pq.read_metadata(path)
    last = told.row_group(told.num_row_groups - 1)
    for column in map(last.column, range(last.num_columns)):
        begin = column.dictionary_page_offset or column.data_page_offset
        content[begin : begin + column.total_compressed_size] = bytes(column.total_compressed_size)
    path.write_bytes(content)


@pytest.mark.parametrize("lines", [20, 100_000])
def test_a_file_that_is_damaged_inside_is_told_and_nothing_of_it_is_judged(tmp_path, small_parts, mixed, lines):
    small_parts(lines)
    write_table(tmp_path / "lines.parquet", [visit for visit in crowd(6, 120) if visit.payer])
    damaged(tmp_path / "lines.parquet")
    before = scrubbed([mixed], tmp_path / "few.jsonl")
    report = scrubbed([mixed, tmp_path / "lines.parquet"], tmp_path / "found.jsonl")
    assert [(one["path"], one["message"]) for one in report["errors"]] == [
        (str(tmp_path / "lines.parquet"), "cannot be read: damaged, or not what its name says")
    ]
    assert report["summary"]["visits"] == before["summary"]["visits"]
    assert found_in(tmp_path / "found.jsonl") == found_in(tmp_path / "few.jsonl")


def test_charges_at_stake_count_every_line_once(tmp_path, small_parts):
    small_parts(30)
    visits = records(6)
    told = quarterhour.check(visits, today=TODAY)
    by_id = {visit["visit_id"]: visit for visit in visits}

    def charge(line):
        billed = line.get("units") != 0
        return Cents.parse(line["charge"]) if billed and "charge" in line else 0

    def stake(findings):
        lines = defaultdict(set)
        for finding in findings:
            services = by_id[finding["visit_id"]].get("services", [])
            whole = range(len(services)) if finding["line"] is None else [finding["line"] - 1]
            lines[finding["visit_id"]].update(whole)
        return str(Cents(sum(charge(by_id[one]["services"][at]) for one, places in lines.items() for at in places)))

    report = scrubbed(as_lines(tmp_path / "visits.jsonl", visits), tmp_path / "found.jsonl")["summary"]
    risky = [finding for finding in told["findings"] if finding["severity"] != "info"]
    assert report["at_stake"] == stake(risky)
    kinds = {entry.code: entry.rule.kind for entry in catalogue()}
    others = [finding for finding in risky if kinds[finding["rule"]] != "units_under"]
    assert Cents.parse(report["under_billed"]) == Cents.parse(stake(risky)) - Cents.parse(stake(others))
    assert {rule: one["kind"] for rule, one in report["by_rule"].items()} == {
        rule: kinds[rule] for rule in report["by_rule"]
    }
    for rule, one in report["by_rule"].items():
        mine = [finding for finding in told["findings"] if finding["rule"] == rule]
        assert one["at_stake"] == stake(mine), rule
        assert one["visits"] == len({finding["visit_id"] for finding in mine})
    for payer, one in report["by_payer"].items():
        theirs = [finding for finding in told["findings"] if by_id[finding["visit_id"]]["payer"] == payer]
        assert one["findings"] == len(theirs)
        assert one["at_stake"] == stake([finding for finding in theirs if finding["severity"] != "info"])
    counted = Counter(visit["payer"] for visit in visits)
    assert {payer: one["visits"] for payer, one in report["by_payer"].items()} == counted


def test_what_is_asked_wrongly_is_told(tmp_path, mixed):
    for options, said in (
        ({"out": "found.txt"}, "none of these by its name"),
        ({"engine": "spork"}, "expected an engine"),
        ({"memory": "lots"}, "expected a size"),
        ({"workers": 0}, "at least one worker"),
    ):
        out = tmp_path / options.pop("out", "found.csv")
        with pytest.raises(BadRequest, match=said):
            quarterhour.scrub([mixed], out, **options)
    with pytest.raises(BadRequest, match="is among the files"):
        scrubbed([mixed], mixed / "d.csv")
    with pytest.raises(BadRequest, match="not standard input"):
        scrubbed(["-"], tmp_path / "found.csv")


def test_sizes_are_read_as_people_write_them():
    assert [wish.size_of(text) for text in ("800MB", "1.5G", "2 GiB", "512")] == [800 << 20, 3 << 29, 2 << 30, 512]


def test_no_visits_make_an_empty_file(tmp_path):
    (tmp_path / "none.jsonl").write_text("\n", encoding="utf-8")
    report = scrubbed(tmp_path / "none.jsonl", tmp_path / "found.parquet")
    assert report["summary"]["visits"] == 0
    assert pq.read_table(tmp_path / "found.parquet").num_rows == 0


@pytest.mark.parametrize("content", [b"", b'{"files": 1'])
def test_a_step_whose_word_is_damaged_is_taken_again(tmp_path, mixed, small_parts, monkeypatch, content):
    """A disk may have the name of a file and not what was written to it."""
    small_parts(40)
    whole, out = tmp_path / "whole.parquet", tmp_path / "found.parquet"
    scrubbed([mixed], whole)
    monkeypatch.setattr(run, "_write", stopping)
    with pytest.raises(Stopped):
        scrubbed([mixed], out)
    monkeypatch.undo()
    small_parts(40)
    folder = tmp_path / "found.parquet.work"
    words = sorted([*folder.glob("piece-*.json"), *folder.glob("found-*.json")])
    assert len(words) > 2
    for word in words[::2]:
        word.write_bytes(content)
    scrubbed([mixed], out, resume=True)
    assert digest(out) == digest(whole)


def stopping(*_arguments):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.slow
def test_a_killed_run_ends_with_the_same_bytes(tmp_path):
    """kill -9 in the middle, several times, then --resume."""
    visits = records(11, 600)
    source = as_lines(tmp_path / "visits.jsonl", visits)
    whole, out = tmp_path / "whole.parquet", tmp_path / "found.parquet"
    scrubbed(source, whole)
    code = (
        "import sys, quarterhour.workflows.scrub.wish as wish\n"
        "import quarterhour\n"
        "wish._FEWEST_LINES = wish._MOST_LINES = 40\n"
        f"quarterhour.scrub({str(source)!r}, {str(out)!r}, today={TODAY!r}, workers=1, resume='resume' in sys.argv)\n"
    )
    for number in range(2):
        process = subprocess.Popen([sys.executable, "-c", code, *(["resume"] if number else [])])
        folder = tmp_path / "found.parquet.work"
        before = len(list(folder.glob("found-*.json")))
        deadline = time.monotonic() + 120
        while len(list(folder.glob("found-*.json"))) < before + 4 and time.monotonic() < deadline:
            time.sleep(0.02)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert not out.exists()
    subprocess.run([sys.executable, "-c", code, "resume"], check=True)
    assert digest(out) == digest(whole)


def test_today_is_the_day_the_run_began(tmp_path, mixed):
    """A run over midnight judges all of it as of one day."""
    made = ways.ways_of(wish.Wish(today=dt.date(2026, 11, 21)))
    assert made.today == dt.date(2026, 11, 21)


def test_the_page_names_the_columns_that_are_written(repository):
    page = (repository / "docs" / "reference" / "scrub.md").read_text(encoding="utf-8")
    table = page.partition("## Findings that are written")[2].partition("\nRows stand")[0]
    named = [name for row in table.splitlines()[3:] for name in re.findall(r"`(\w+)`", row.split("|")[1])]
    assert named == merge.table_of(merge.Block.empty(), [], []).column_names
