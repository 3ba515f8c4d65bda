"""Spark finds what a local scrub finds, to the row, and its cluster writes the same bytes."""

import json
import os
import random
import shutil
import subprocess
import sys

import pytest
from tests.interchange.test_line_table import cells_of, crowd
from tests.interchange.x12.samples import institutional, professional, written
from tests.properties import visits as drawn

pa = pytest.importorskip("pyarrow")
pytest.importorskip("pyspark")

import pyarrow.parquet as pq  # noqa: E402

import quarterhour  # noqa: E402
from quarterhour.policy.errors import UnknownName  # noqa: E402
from quarterhour.spark import findings_of, unreadable_of  # noqa: E402
from quarterhour.workflows.errors import BadRequest  # noqa: E402
from quarterhour.workflows.scrub import cluster, frame, wish  # noqa: E402

TODAY = "2026-11-21"
needs_java = pytest.mark.skipif(
    shutil.which("java") is None and "JAVA_HOME" not in os.environ, reason="Spark needs Java, and there is none"
)


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    built = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    running = built.config("spark.sql.shuffle.partitions", "3").getOrCreate()
    running.sparkContext.setLogLevel("ERROR")
    yield running
    running.stop()


def write_lines(path, visits):
    """A table with a number for every row."""
    rows = [row for visit in visits for row in cells_of(visit)]
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
    pq.write_table(pa.table({"number": pa.array(range(1, len(rows) + 1)), **columns}), path)
    return path


def scrubbed(path, **options):
    """What a local scrub finds."""
    out = path.with_name("local.parquet")
    report = quarterhour.scrub(path, out, today=TODAY, workers=1, **options)
    return report, ordered(pq.read_table(out).drop_columns(["input", "claim_id", "loop", "place"]).to_pylist())


def ordered(rows):
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def found_in(findings):
    return ordered(row.asDict() for row in findings.collect())


def overlapping():
    """Visits of many patients of few therapists at the same times."""
    draw = random.Random(5)
    service = {"code": "97530", "minutes": 30, "units": 2, "intervals": [["09:00", "09:30"]], "mode": "one-on-one"}
    records = [
        {
            "visit_id": f"V{place}",
            "date_of_service": draw.choice(("2026-03-04", "2026-03-05")),
            "payer": "medicare-b",
            "discipline": "PT",
            "patient": {"id": f"P{place}"},
            "therapist": {"npi": draw.choice(("1234567893", "1234567919"))},
            "services": [service],
        }
        for place in range(40)
    ]
    return [drawn.read(record) for record in records]


@pytest.mark.slow
@needs_java
def test_twenty_thousand_lines_give_the_findings_of_a_local_scrub(tmp_path, spark, monkeypatch, repository):
    monkeypatch.syspath_prepend(repository / "benchmarks")
    from tables import write

    path = tmp_path / "lines.parquet"
    write(20_000, path)
    _, expected = scrubbed(path)
    assert len(expected) > 10_000
    lines = spark.read.parquet(str(path)).selectExpr("*", "_metadata.row_index + 1 as number")
    assert found_in(findings_of(lines, row="number", buckets=5, today=TODAY)) == expected


@pytest.mark.slow
@needs_java
def test_every_column_there_is_gives_the_findings_of_a_local_scrub(tmp_path, spark):
    path = write_lines(tmp_path / "lines.parquet", [visit for visit in crowd(5, 150) if visit.payer])
    _, expected = scrubbed(path)
    lines = spark.read.parquet(str(path)).repartition(4)
    assert found_in(findings_of(lines, row="number", today=TODAY)) == expected
    some = findings_of(lines, row="number", buckets=1, today=TODAY, select=["UNT", "PTP"], persona=["biller"])
    assert found_in(some) == scrubbed(path, select=["UNT", "PTP"], persona=["biller"])[1]


@pytest.mark.slow
@needs_java
def test_what_joins_two_patients_is_found_whatever_buckets_they_are_in(tmp_path, spark):
    path = write_lines(tmp_path / "lines.parquet", overlapping())
    _, expected = scrubbed(path, select=["TIM107"])
    assert len(expected) > 100
    lines = spark.read.parquet(str(path)).repartition(3)
    assert found_in(findings_of(lines, row="number", buckets=7, today=TODAY, select=["TIM107"])) == expected


@pytest.mark.slow
@needs_java
def test_blanks_around_a_patient_are_no_other_patient_and_what_cannot_be_read_is_told(tmp_path, spark):
    row = {"date_of_service": "2026-03-04", "payer": "medicare-b", "code": "97530", "minutes": "30", "units": "2"}
    patients = ["P1", " P1\t", "", None, "P2\u00a0", "P2"]
    rows = [row | {"patient_id": patient, "charge": "90.00"} for patient in patients * 4]
    rows[3] |= {"code": "9753"}
    columns = {name: pa.array([one[name] for one in rows], pa.string()) for name in rows[0]}
    path = tmp_path / "lines.parquet"
    pq.write_table(pa.table({"number": list(range(1, len(rows) + 1)), **columns}), path)
    report, expected = scrubbed(path)
    lines = spark.read.parquet(str(path))
    assert found_in(findings_of(lines, row="number", buckets=7, today=TODAY)) == expected
    slips = [one.asDict() for one in unreadable_of(lines, row="number").collect()]
    assert slips == [{name: error[name] for name in ("row", "column", "message")} for error in report["errors"]]
    assert slips[0]["row"] == 4


@pytest.mark.slow
@needs_java
def test_a_day_as_a_point_in_time_and_money_as_a_decimal(tmp_path, spark):
    rows = [("V1", "2026-03-04 23:30:00", "97530", 50, 1, "90.00"), ("V2", "2026-03-04 00:10:00", "97110", 7, 1, "1")]
    lines = spark.createDataFrame(rows, "visit_id string, on string, code string, minutes int, units int, paid string")
    typed = lines.selectExpr(
        "visit_id", "code", "minutes", "units", "cast(on as timestamp) as date_of_service",
        "cast(paid as decimal(10, 2)) as charge", "'medicare-b' as payer", "1 + char_length(visit_id) as number",
    )  # fmt: skip
    plain = typed.withColumn("date_of_service", typed["date_of_service"].cast("date").cast("string"))
    found = found_in(findings_of(typed, row="number", today=TODAY))
    assert found == found_in(findings_of(plain, row="number", today=TODAY)) != []
    assert unreadable_of(typed).count() == 0


@pytest.mark.slow
@needs_java
def test_a_wrong_request_is_told_before_anything_runs(spark):
    lines = spark.createDataFrame([("2026-03-04", "97530")], "date_of_service string, code string")
    with pytest.raises(BadRequest, match='no column code; did you mean "cod" to be code'):
        findings_of(lines.withColumnRenamed("code", "cod"))
    with pytest.raises(BadRequest, match="no column number"):
        findings_of(lines, row="number")
    with pytest.raises(BadRequest, match="at least one bucket"):
        findings_of(lines, buckets=0)
    with pytest.raises(UnknownName, match="NOSUCH"):
        findings_of(lines, select=["NOSUCH"])


@needs_java
@pytest.mark.slow
def test_claims_are_judged_on_a_cluster_as_here(tmp_path, spark, monkeypatch):
    monkeypatch.setattr(wish, "_FEWEST_LINES", 4)
    monkeypatch.setattr(wish, "_MOST_LINES", 4)
    path, here, there = tmp_path / "a.837", tmp_path / "here.parquet", tmp_path / "there.parquet"
    path.write_bytes(written(professional()) + written(institutional()))
    local = quarterhour.scrub(path, here, today=TODAY, workers=1)
    by_spark = quarterhour.scrub(path, there, today=TODAY, engine="spark")
    assert local["summary"]["claims"] == 3
    assert there.read_bytes() == here.read_bytes()
    assert by_spark | {"findings": ""} == local | {"findings": ""}


@pytest.mark.slow
@needs_java
def test_a_scrub_by_spark_writes_the_same_bytes(tmp_path, spark, monkeypatch):
    path = write_lines(tmp_path / "lines.parquet", [visit for visit in crowd(7, 120) if visit.payer])
    report, _ = scrubbed(path)
    monkeypatch.setattr(wish, "_FEWEST_LINES", 50)
    monkeypatch.setattr(wish, "_MOST_LINES", 50)
    out = tmp_path / "spark.parquet"
    by_spark = quarterhour.scrub(path, out, today=TODAY, engine="spark")
    assert out.read_bytes() == (tmp_path / "local.parquet").read_bytes()
    assert by_spark | {"findings": ""} == report | {"findings": ""}


IN_A_CLUSTER = """
import sys
import quarterhour
from pyspark.sql import SparkSession
from quarterhour.spark import findings_of
path, out, frame, today = sys.argv[1:]
spark = SparkSession.builder.config("spark.ui.enabled", "false").getOrCreate()
assert spark.sparkContext.master.startswith("local-cluster"), spark.sparkContext.master
quarterhour.scrub(path, out, today=today, engine="spark")
findings_of(spark.read.parquet(path), row="number", buckets=4, today=today).write.parquet(frame)
"""


@pytest.mark.slow
@needs_java
def test_executors_of_their_own_find_the_same(tmp_path):
    path = write_lines(tmp_path / "lines.parquet", [visit for visit in crowd(9, 60) if visit.payer])
    _, expected = scrubbed(path)
    out, folder = tmp_path / "cluster.parquet", tmp_path / "frame"
    environment = os.environ | {
        "PYSPARK_SUBMIT_ARGS": "--master local-cluster[2,1,1024] --conf spark.executor.memory=1g pyspark-shell",
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    told = subprocess.run(
        [sys.executable, "-c", IN_A_CLUSTER, path, out, folder, TODAY],
        check=False, capture_output=True, text=True, cwd=tmp_path, env=environment,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr[-3000:]
    assert out.read_bytes() == (tmp_path / "local.parquet").read_bytes()
    assert ordered(pq.read_table(folder).to_pylist()) == expected


@pytest.mark.parametrize("size", [1, 3, 10, 1000])
@pytest.mark.parametrize("enough", [1, 4, 7, 10_000])
def test_tables_hold_keys_whole_and_every_row_in_order(size, enough):
    draw = random.Random(size)
    keys = sorted(f"P{draw.randint(0, 30):02d}" for _ in range(200)) + ["Q"] * 50
    table = pa.table({frame.KEY: keys, "row": range(250)})
    cut = list(frame.whole_keys(table.to_batches(max_chunksize=size), enough))
    assert [row for one in cut for row in one.column("row").to_pylist()] == list(range(250))
    seen = [set(one.column(frame.KEY).to_pylist()) for one in cut]
    assert sum(map(len, seen)) == len(set(keys))
    longest = max(keys.count(key) for key in keys)
    assert all(one.num_rows < enough + size + longest for one in cut)


def test_no_rows_are_no_table():
    assert list(frame.whole_keys([])) == []


def test_an_executor_with_other_policy_refuses():
    with pytest.raises(cluster.OtherPolicy, match="another version"):
        cluster.ways_here(wish.Wish(today=TODAY), "another")


@pytest.mark.slow
@needs_java
def test_a_task_that_fails_on_the_cluster_keeps_what_was_done(tmp_path, spark):
    from quarterhour.workflows.errors import Stopped

    path = write_lines(tmp_path / "lines.parquet", [visit for visit in crowd(7, 20) if visit.payer])
    folder = tmp_path / "work"
    folder.mkdir()
    # A folder stands where a finished part would be laid down.
    (folder / "found-00000.json.draft").mkdir()
    with pytest.raises(Stopped, match=r"a task failed on the cluster: .*Error.*--resume"):
        quarterhour.scrub(path, tmp_path / "out.csv", today=TODAY, engine="spark", work=folder)
    (folder / "found-00000.json.draft").rmdir()
    quarterhour.scrub(path, tmp_path / "out.csv", today=TODAY, engine="spark", work=folder, resume=True)
