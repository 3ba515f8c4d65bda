"""Files written patient by patient are judged as they stand, and columns no chosen rule reads are left alone."""

import datetime as dt
import hashlib
import random

import pytest
from tests.interchange.test_line_table import cells_of, table_of
from tests.properties import visits as drawn

pa = pytest.importorskip("pyarrow")

import pyarrow.parquet as pq  # noqa: E402

import quarterhour  # noqa: E402
from quarterhour.engine.derive.reads import columns_read  # noqa: E402
from quarterhour.engine.run import judge_columns  # noqa: E402
from quarterhour.interchange.line_table import columns_for, lay_out  # noqa: E402
from quarterhour.policy import load  # noqa: E402
from quarterhour.rules.catalogue import catalogue  # noqa: E402
from quarterhour.rules.contract import VISIT_TABLES  # noqa: E402
from quarterhour.workflows.scrub import run, wish  # noqa: E402
from quarterhour.workflows.scrub.closed import closed_runs  # noqa: E402
from quarterhour.workflows.scrub.source import files_of  # noqa: E402

TODAY = "2026-11-21"
SERVICE = {"code": "97530", "minutes": 30, "units": 2, "intervals": [["09:00", "09:30"]], "mode": "one-on-one"}


def rows_of_patients(seed, patients=12):
    """Rows of a table, patient by patient; therapists recur, and some days they are with two patients at once."""
    draw = random.Random(seed)
    found = []
    for number in range(patients):
        patient = []
        for place in range(draw.randint(1, 5)):
            record = drawn.visit(draw)
            record |= {
                "patient": {"id": f"P{number:03}"},
                "visit_id": f"V{seed}-{number}-{place}",
                "payer": "medicare-b",
            }
            record["date_of_service"] = draw.choice(("2026-03-04", "2026-03-05"))
            if place == 0:
                record |= {"services": [SERVICE], "therapist": {"npi": "1234567893"}}
            record.pop("note", None)
            if record.get("services"):
                patient += cells_of(drawn.read(record))
        found.append(patient)
    return found


def written(path, groups):
    """A file of row groups."""
    names = table_of([row for group in groups for row in group]).schema.names
    tables = [
        pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}) for rows in groups
    ]
    with pq.ParquetWriter(path, tables[0].schema) as file:
        for table in tables:
            file.write_table(table)
    return path


def runs_of(path):
    files, _ = files_of([path], None)
    return closed_runs(files, None, 1_000)


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(wish, "_FEWEST_LINES", 20)
    monkeypatch.setattr(wish, "_MOST_LINES", 20)


@pytest.mark.parametrize("seed", range(3))
def test_the_same_bytes_whether_rows_are_dealt_or_stand_by_patient(tmp_path, monkeypatch, small_parts, seed):
    path = written(tmp_path / "lines.parquet", rows_of_patients(seed))
    assert runs_of(path) is not None
    digests, rules = set(), set()
    for closed in (closed_runs, lambda *_: None):
        monkeypatch.setattr(run, "closed_runs", closed)
        out = tmp_path / "found.parquet"
        quarterhour.scrub(path, out, today=TODAY, workers=1)
        digests.add(hashlib.sha256(out.read_bytes()).hexdigest())
        rules |= set(pq.read_table(out).column("rule").to_pylist())
    assert len(digests) == 1
    assert "TIM107" in rules


def test_groups_whose_patients_recur_beside_each_other_are_one_run(tmp_path):
    one, two, three, *_ = rows_of_patients(1)
    path = written(tmp_path / "lines.parquet", [one, two[:1], two[:1] + three])
    assert runs_of(path) == [[(0,), (1, 2)]]


@pytest.mark.parametrize("how", ["recurs", "blank", "missing", "csv"])
def test_where_it_cannot_be_told_rows_are_dealt(tmp_path, how):
    one, two, three, *_ = rows_of_patients(1)
    path = tmp_path / "lines.parquet"
    if how == "csv":
        path = tmp_path / "lines.csv"
        path.write_text("date_of_service,code\n2026-03-04,97530\n", encoding="utf-8")
    elif how == "recurs":
        written(path, [one, two, one, three])
    elif how == "blank":
        written(path, [one, [{**row, "patient_id": row["patient_id"] + " "} for row in two]])
    else:
        written(path, [one, [{name: cell for name, cell in row.items() if name != "patient_id"} for row in two]])
    assert runs_of(path) is None


@pytest.fixture(scope="module")
def crowd():
    return [row for seed in range(20) for patient in rows_of_patients(seed, 8) for row in patient]


@pytest.mark.parametrize(
    "entry", [pytest.param(one, id=one.code) for one in catalogue() if one.rule.over in VISIT_TABLES]
)
def test_columns_a_rule_does_not_read_change_nothing_it_says(entry, crowd):
    read = columns_read([entry])
    if read is None:
        return
    names = columns_for(read)
    told = []
    for rows in (crowd, [{name: cell for name, cell in row.items() if name in names} for row in crowd]):
        laid = lay_out(table_of(rows), payers=load().payers, payer_needed=True)
        _, judgement = judge_columns(laid.columns, load(), "medicare-b", dt.date.fromisoformat(TODAY), [entry])
        told.append(
            (
                [(one.visits.tolist(), one.lines.tolist()) for one in judgement.verdicts],
                [(one.reason, one.visits.tolist()) for one in judgement.not_checked],
            )
        )
    assert told[0] == told[1]
