"""Spark beside a local scrub on the same cores: the same findings, and what they cost warm.

    python benchmarks/spark.py [LINES] [MASTER]     by default a million lines on local[2]

A DataFrame of the drawn lines becomes findings in Parquet, once cold, then in turn with a local scrub of the same file
by as many workers as there are processors. Findings are compared row by row. Then the scrub runs with the engine spark,
and its file must have the same bytes. CPU is that of all processes, Java's included.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from scrub import FOLDER, TODAY, drawn, family

import quarterhour

LINES, MASTER, ROUNDS = 1_000_000, "local[2]", 3
BUCKETS = 16
MEMORY = "1g"


def main() -> None:
    """Run both sides and print the ratios."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    from pyspark.sql import SparkSession, functions

    from quarterhour.spark import findings_of

    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    master = sys.argv[2] if len(sys.argv) > 2 else MASTER
    path, out = drawn(lines), FOLDER / "local.parquet"
    cores = os.cpu_count() or 1

    begun = time.perf_counter()
    spark = (
        SparkSession.builder.master(master)
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.executor.memory", MEMORY)
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    print(f"Spark {spark.version} on {master} started in {time.perf_counter() - begun:.0f} s")
    frame = spark.read.parquet(str(path)).withColumn("number", functions.col("_metadata.row_index") + 1)
    folder = str(FOLDER / "found")

    def all_findings() -> None:
        found = findings_of(frame, row="number", buckets=BUCKETS, today=TODAY)
        found.write.mode("overwrite").parquet(folder)

    def local_scrub() -> None:
        quarterhour.scrub(path, out, today=TODAY, workers=cores)

    report("Spark, cold", [timed(all_findings)])
    # In turn, so that whatever else the machine does falls on both.
    warm, local = zip(*((timed(all_findings), timed(local_scrub)) for _ in range(ROUNDS)), strict=True)
    used, beside = report("Spark, warm", warm), report(f"local, {cores} workers", local)
    print(f"warm / local: {used[0] / beside[0]:.1f} x wall, {used[1] / beside[1]:.1f} x CPU")
    print(f"{same(out, folder):,} findings, the same row by row")

    whole = FOLDER / "cluster.parquet"
    report("scrub --engine spark", [timed(lambda: quarterhour.scrub(path, whole, today=TODAY, engine="spark"))])
    assert whole.read_bytes() == out.read_bytes(), "the bytes differ"
    print("scrub --engine spark wrote the same bytes")
    spark.stop()
    shutil.rmtree(folder)


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Wall and CPU seconds."""
    before, begun = cpu(), time.perf_counter()
    work()
    return time.perf_counter() - begun, cpu() - before


def cpu() -> float:
    """CPU seconds this process, those it started and those that have ended have used so far."""
    ticks = 0
    for pid in family(os.getpid()):
        try:
            after_name = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(map(int, after_name[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def report(name: str, rounds: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Print the medians, and give them."""
    wall, used = (statistics.median(values) for values in zip(*rounds, strict=True))
    print(f"{name:<24} {wall:>8.1f} s wall {used:>8.1f} s CPU", flush=True)
    return wall, used


def same(local: Path, spark: str) -> int:
    """Compare the findings of both; how many there are."""
    import duckdb

    names = "row, visit_id, payer, rule, name, severity, confidence, persona, kind, line, code, message, numbers"
    sides = [
        duckdb.read_parquet(one).aggregate(f"{names}, count(*) as times", names)
        for one in (str(local), f"{spark}/*.parquet")
    ]
    for one, other in (sides, sides[::-1]):
        assert one.except_(other).limit(1).fetchall() == [], "the findings differ"
    return int(duckdb.read_parquet(str(local)).shape[0])


if __name__ == "__main__":
    main()
