"""Spark beside a local scrub on the same cores: the same findings, and what they cost warm.

    python benchmarks/spark.py [LINES] [MASTER]     by default a million lines on local[2]

A DataFrame of the drawn lines becomes findings in Parquet, three times in one Spark session; the first is cold. A local
scrub of the same file with as many workers runs three times as well. Findings are compared row by row. Then the scrub
runs with the engine spark, whose file must have the same bytes. CPU is that of all processes, Java's included.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable
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
    local = [timed(lambda: quarterhour.scrub(path, out, today=TODAY, workers=cores)) for _ in range(ROUNDS)]
    report(f"local, {cores} workers", local[1:])

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

    rounds = [timed(all_findings) for _ in range(ROUNDS)]
    report("Spark, cold", rounds[:1])
    report("Spark, warm", rounds[1:])
    warm, beside = (statistics.median(wall for wall, _ in some[1:]) for some in (rounds, local))
    print(f"warm / local: {warm / beside:.1f} x")
    print(f"{same(out, folder):,} findings, the same row by row")

    whole = FOLDER / "cluster.parquet"
    by_cluster = [timed(lambda: quarterhour.scrub(path, whole, today=TODAY, engine="spark")) for _ in range(ROUNDS)]
    report("scrub --engine spark", by_cluster[1:])
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


def report(name: str, rounds: list[tuple[float, float]]) -> None:
    """Print the medians."""
    wall, used = (statistics.median(values) for values in zip(*rounds, strict=True))
    print(f"{name:<24} {wall:>8.1f} s wall {used:>8.1f} s CPU", flush=True)


def same(local: Path, spark: str) -> int:
    """Compare the findings of both; how many there are."""
    import duckdb

    names = "row, visit_id, payer, rule, name, severity, confidence, persona, kind, line, code, message, numbers"
    sides = [
        duckdb.read_parquet(one).aggregate(f"{names}, count(*) as times", names)
        for one in (str(local), f"{spark}/*.parquet")
    ]
    for one, other in (sides, sides[::-1]):
        assert one.except_(other).limit(1).fetchone() is None, "the findings differ"
    return int(duckdb.read_parquet(str(local)).shape[0])


if __name__ == "__main__":
    main()
