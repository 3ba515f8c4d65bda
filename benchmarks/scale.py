"""Files of synthetic claims through the engine and through peers: equal findings, CPU seconds, ratios, memory.

    python benchmarks/scale.py [LINES ...] [--rounds N] [--without PART ...]

Draws a file of about LINES (1,000,000) with 5 % defects, kept in a folder for temporary files for the next time. Every
part is a process of its own, from the Parquet file to findings in a file, and starts as a user's would. The five heavy
families (units, pairs, unlikely units, assistants, threshold) are done by DuckDB SQL, Polars and Python row by row too
(``scale_peers.py``); where their findings are not the engine's, visit by visit and rule by rule, it says so and prints
no ratio. ``rows`` is left out above a million lines. Figures are medians of the rounds; memory is that of a part's
processes together, files mapped into memory left out.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import sys
import tempfile
from pathlib import Path

import pyarrow.parquet as pq
from scale_peers import FAMILIES, PARTS
from scrub import measured, scrub

from quarterhour.workflows.synth import synth

FOLDER = Path(tempfile.gettempdir()) / "quarterhour-scale"
LINES_A_VISIT = 2.168
DAY = dt.date(2025, 7, 1)
MOST_BY_ROWS = 1_500_000
#: Peers whose findings must be the engine's.
JUDGES = ("duckdb", "polars", "rows")


def drawn(lines: int) -> Path:
    """A file of about so many lines."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{lines}.parquet"
    if not path.exists():
        truth = path.with_suffix(".truth.csv")
        draft = path.with_suffix(".draft")
        told = synth(draft, claims=round(lines / LINES_A_VISIT), form="parquet", defects=0.05, truth=truth)
        print(f"drawn: {told['lines']:,} lines, {told['defects']:,} visits with a defect", flush=True)
        draft.rename(path)
    return path


def found(path: Path) -> set[tuple[str, str]]:
    """Rule and visit of every finding of the five families."""
    table = pq.read_table(path, columns=["rule", "visit_id"])
    pairs = zip(table["rule"].to_pylist(), table["visit_id"].to_pylist(), strict=True)
    return {pair for pair in pairs if pair[0] in FAMILIES}


def commands(path: Path, lines: int, without: list[str]) -> dict[str, list[str]]:
    """What each part is called by."""
    select = [word for rule in FAMILIES for word in ("--select", rule)]
    own = [sys.executable, str(Path(__file__).resolve())]
    parts = {
        "five families": scrub(path, FOLDER / "five families.parquet", *select),
        "whole catalogue": scrub(path, FOLDER / "whole catalogue.parquet"),
        **{name: [*own, "--part", name, str(path), str(FOLDER / f"{name}.parquet")] for name in PARTS},
    }
    if lines > MOST_BY_ROWS:
        without = [*without, "rows"]
    return {name: command for name, command in parts.items() if name not in without}


def compare(lines: int, rounds: int, without: list[str]) -> None:
    """Print the table of one size."""
    path = drawn(lines)
    count = pq.read_metadata(path).num_rows
    parts = commands(path, lines, without)
    runs: dict[str, list[tuple[float, float, float, str]]] = {name: [] for name in parts}
    for _ in range(rounds):
        for name, command in parts.items():
            runs[name].append(measured(command))
    engine = found(FOLDER / "five families.parquet")
    equal = {
        name: found(FOLDER / f"{name}.parquet") == engine for name in (*JUDGES, "whole catalogue") if name in parts
    }
    scan = statistics.median(run[0] for run in runs["scan"])
    print(f"\n{count:,} lines, {len(engine):,} findings of the five families, medians of {rounds}")
    print(f"{'part':<16} {'CPU s':>8} {'wall s':>8} {'us/line':>8} {'peak MB':>8} {'x scan':>8}  findings")
    for name, measures in runs.items():
        cpu, wall, peak = (statistics.median(run[place] for run in measures) for place in range(3))
        same = "" if name not in equal else "equal" if equal[name] else "NOT EQUAL"
        ratio = f"{cpu / scan:>8.1f}" if equal.get(name, True) else " " * 8
        print(
            f"{name:<16} {cpu:>8.2f} {wall:>8.2f} {1e6 * cpu / count:>8.2f} {peak:>8,.0f} {ratio}  {same}", flush=True
        )
    for name, same in equal.items():
        if not same:
            other = found(FOLDER / f"{name}.parquet")
            print(f"{name}: {sorted(other - engine)[:5]} against {sorted(engine - other)[:5]}")
    for name in (*JUDGES, "scan"):
        if equal.get(name, name in parts):
            ours, theirs = (statistics.median(run[0] for run in runs[one]) for one in ("five families", name))
            print(f"five families / {name}: {ours / theirs:.2f}")


def main() -> None:
    """Compare the sizes asked for, or be one of the parts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("lines", nargs="*", type=int)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--part", nargs=3, metavar=("PART", "FILE", "OUT"))
    given = parser.parse_args()
    if given.part:
        name, path, out = given.part
        PARTS[name](Path(path), Path(out), DAY)
        return
    for lines in given.lines or [1_000_000]:
        compare(lines, given.rounds, given.without)


if __name__ == "__main__":
    main()
