"""Scrubs measured: the same as one by one, linear in time, flat in memory, the same bytes after kill -9.

    python benchmarks/scrub.py equality [LINES]    the findings of a scrub against those of patients judged one by one
    python benchmarks/scrub.py scale LINES...      CPU, wall, lines a second and peak memory for files of these sizes,
                                                   and a DuckDB scan of the same columns for comparison
    python benchmarks/scrub.py families LINES...   the same with the rules of five heavy families alone: units, pairs,
                                                   unlikely units, assistants, the threshold
    python benchmarks/scrub.py memory LINES...     the same as scale, with --memory of 600 MB and of 2 GB
    python benchmarks/scrub.py kill [LINES]        killed twice in the middle and resumed, against an uninterrupted run

Without arguments all three run on a small scale. Files are drawn by ``tables.py`` into a folder for temporary files and
kept there for the next time. Memory is that of all processes together, files mapped into memory left out. The full
catalogue of rules runs, but where it says otherwise.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

FOLDER = Path(tempfile.gettempdir()) / "quarterhour-scrub"
TODAY = "2026-11-21"
CALL = "import sys; from quarterhour.cli import main; sys.argv[0] = 'quarterhour'; main()"
SHOWN = ("visit_id", "rule", "severity", "confidence", "line", "code", "message")


def drawn(lines: int) -> Path:
    """A file of about so many lines."""
    from tables import write

    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{lines}.parquet"
    if not path.exists():
        write(lines, path)
    return path


def scrub(path: Path, out: Path, *options: str) -> list[str]:
    """The command."""
    return [
        sys.executable, "-c", CALL, "scrub", str(path), "-o", str(out), "--format", "json", "--today", TODAY, *options,
    ]  # fmt: skip


def equality(lines: int) -> None:
    """Compare every finding of a scrub with those of ``check`` over one patient after the other."""
    import pyarrow.parquet as pq

    from quarterhour.interchange.line_table import lay_out
    from quarterhour.policy import load

    path, out = drawn(lines), FOLDER / "found.parquet"
    told = subprocess.run(scrub(path, out), check=False, capture_output=True, text=True)
    report = json.loads(told.stdout)
    visits = lay_out(pq.read_table(path), payers=load().payers, payer_needed=True).columns.records()
    expected = one_by_one(visits)
    found = pq.read_table(out, columns=[*SHOWN, "numbers"])
    count = 0
    for batch in found.to_batches(max_chunksize=100_000):
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            *shown, numbers = row
            mine = [*shown, json.loads(numbers)]
            theirs = next(expected)
            assert mine == theirs, (mine, theirs)
            count += 1
    assert next(expected, None) is None
    assert count == report["summary"]["findings"]
    rules = len(report["summary"]["by_rule"])
    print(f"{report['summary']['lines']:,} lines: {count:,} findings of {rules} rules, equal one by one and in order")


def one_by_one(visits: list[Any]) -> Any:
    """The findings of visits in their order, each patient judged alone."""
    import datetime as dt

    from quarterhour.engine.run import judge_visits
    from quarterhour.policy import load

    today, policy = dt.date.fromisoformat(TODAY), load()
    of_patient: dict[str, list[int]] = {}
    for place, visit in enumerate(visits):
        of_patient.setdefault(visit.patient.id, []).append(place)
    found: list[list[Any]] = [[] for _ in visits]
    begun = time.process_time()
    for places in of_patient.values():
        outcome = judge_visits([visits[place] for place in places], policy, "medicare-b", today)
        for place, findings in zip(places, outcome.findings, strict=True):
            found[place] = [[*(getattr(one, name) for name in SHOWN), one.numbers] for one in findings]
    seconds = time.process_time() - begun
    print(f"one by one: {len(of_patient):,} patients, {len(visits):,} visits in {seconds:.0f} CPU-s")
    return (row for rows in found for row in rows)


def families() -> str:
    """The rules of the five families that need whole patient-days."""
    from quarterhour.rules.catalogue import catalogue

    heavy = ("UNT", "PTP", "MUE", "AST")
    return ",".join(one.code for one in catalogue() if one.code.startswith(heavy) or one.rule.applies == "kx_threshold")


def scale(sizes: list[int], *options: str) -> None:
    """Print what runs of several sizes cost."""
    print(f"{'lines':>12} {'CPU s':>8} {'wall s':>8} {'us/line':>8} {'peak MB':>8} {'findings':>12} {'x scan':>8}")
    for size in sizes:
        path, out = drawn(size), FOLDER / "found.parquet"
        cpu, wall, peak, told = measured(scrub(path, out, *options))
        summary = json.loads(told)["summary"]
        lines = summary["lines"]
        ratio = cpu / scanned(path)
        print(
            f"{lines:>12,} {cpu:>8.1f} {wall:>8.1f} {1e6 * cpu / lines:>8.2f} {peak:>8,.0f} "
            f"{summary['findings']:>12,} {ratio:>8.1f}",
            flush=True,
        )


def scanned(path: Path) -> float:
    """CPU seconds of a DuckDB process that reads every value of the file, the least of three.

    A mere maximum would be answered from what a Parquet file says of its columns, without reading them.
    """
    code = (
        "import duckdb, sys\n"
        "columns = [row[0] for row in duckdb.sql(f\"describe select * from '{sys.argv[1]}'\").fetchall()]\n"
        "values = ', '.join(f'bit_xor(hash({name}))' for name in columns)\n"
        "duckdb.sql(f\"select {values} from '{sys.argv[1]}'\").fetchall()"
    )
    return min(measured([sys.executable, "-c", code, str(path)])[0] for _ in range(3))


def measured(command: list[str]) -> tuple[float, float, float, str]:
    """CPU and wall seconds of a command and its children, the most memory of all together in MB, and its output."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    peaks = [0]
    watch = threading.Thread(target=watched, args=(process, peaks))
    watch.start()
    told, _ = process.communicate()
    watch.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return cpu, time.perf_counter() - begun, peaks[0] / 1024, told


def watched(process: subprocess.Popen[str], peaks: list[int]) -> None:
    """Look at the memory of a process and its children every tenth of a second."""
    while process.poll() is None:
        peaks[0] = max(peaks[0], sum(map(resident, family(process.pid))))
        time.sleep(0.1)


def family(pid: int) -> list[int]:
    """A process and all it started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in family(int(child)))]


def resident(pid: int) -> int:
    """KB of a process's own memory, without what it maps from files."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("RssAnon:")), 0)


def kill(lines: int) -> None:
    """Compare a run that was killed with one that was not."""
    path, whole, out = drawn(lines), FOLDER / "whole.parquet", FOLDER / "killed.parquet"
    subprocess.run(scrub(path, whole), check=False, capture_output=True)
    work = out.with_name(out.name + ".work")
    out.unlink(missing_ok=True)
    options: tuple[str, ...] = ("--memory", "800MB")
    kept = []
    for step in ("rows-*", "found-*.json"):
        process = subprocess.Popen(
            scrub(path, out, *options), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        while process.poll() is None and not any(work.glob(step)):
            time.sleep(0.01)
        assert process.poll() is None, "the run was over before it could be killed; take more lines"
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        kept.append(sum(1 for _ in work.glob("*")))
        options = ("--memory", "800MB", "--resume")
    subprocess.run(scrub(path, out, *options), check=False, capture_output=True)
    digests = {hashlib.sha256(one.read_bytes()).hexdigest() for one in (whole, out)}
    assert len(digests) == 1, "the bytes differ"
    print(f"killed twice ({' and '.join(map(str, kept))} files kept) and resumed: the same bytes, {digests.pop()[:16]}")


def main() -> None:
    """Run what the first argument names."""
    if len(sys.argv) == 1:
        equality(50_000)
        scale([500_000, 1_000_000])
        kill(1_000_000)
        return
    what, *numbers = sys.argv[1:]
    sizes = [int(number) for number in numbers]
    if what == "scale":
        scale(sizes or [1_000_000, 10_000_000])
    elif what == "memory":
        for memory in ("600MB", "2GB"):
            print(f"--memory {memory}")
            scale(sizes or [1_000_000, 4_000_000, 10_000_000], "--memory", memory)
    elif what == "families":
        scale(sizes or [1_000_000, 10_000_000], "--select", families())
    else:
        {"equality": equality, "kill": kill}[what]((sizes or [1_000_000])[0])


if __name__ == "__main__":
    main()
