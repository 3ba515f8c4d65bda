"""The national pair tables in the official layout: imported, opened, and asked beside the built-in therapy table.

    python benchmarks/policy_import.py [--shared ../shared] [--repeats 3] [--lines 1000000]

The tables are drawn from the release of 2024-07-01 that lies beside the checkout (``--shared``); their missing first
days are made up. Every import is a process of its own; shown are the median of wall and CPU seconds and the largest
peak of memory (Linux). Before a time counts, the number of records must be right. At last so many drawn lines are
scrubbed by all rules with either table in turn: the median of CPU seconds of each.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
RECORDS = {"professional": 2_546_017, "institutional": 1_775_818}

IMPORT = """
import json, resource, sys, time
began = time.perf_counter()
from pathlib import Path
from quarterhour.workflows.policy_import import Wish, policy_import
made = policy_import(sys.argv[2:], Wish(store=Path(sys.argv[1]), allow_older=True))
wall = time.perf_counter() - began
used = resource.getrusage(resource.RUSAGE_SELF)
# The peak of ru_maxrss begins with that of the process that started this one; this one's own stands in its status.
own = [line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
print(json.dumps({"wall": wall, "cpu": used.ru_utime + used.ru_stime, "mb": int(own[0]) // 1024,
                  "rows": sum(one["rows"] for one in made["imported"])}))
"""

ASK = """
import json, statistics, sys, time
from pathlib import Path
import quarterhour
from quarterhour.policy import load
from quarterhour.policy.imported_edits import pairs_over
from quarterhour.policy.tables import version
from quarterhour.workflows.asked import with_tables
RECORD = {"visit_id": "V-1", "date_of_service": "2024-08-05", "payer": "medicare-b", "setting": "private-practice",
          "services": [{"code": code, "minutes": 20, "units": 1, "modifiers": ["GP"]}
                       for code in ("97530", "97110", "97112", "97140", "97116")]}
store = Path(sys.argv[1])
built_in = load()
built_in.pairs
began = time.perf_counter()
held = version(store)
pairs_over(built_in.pairs, held, built_in.digest)
opened = time.perf_counter() - began
times = {"built-in": [], "imported": []}
for turn in range(60):
    for name, used in (("built-in", store / "none"), ("imported", store)):
        with with_tables(used):
            began = time.perf_counter()
            quarterhour.check(RECORD, today="2026-11-21")
            times[name].append(time.perf_counter() - began)
print(json.dumps({"opened": opened} | {name: statistics.median(spent[10:]) for name, spent in times.items()}))
"""


def told(code: str, *words: object) -> dict[str, float]:
    """What a process of its own prints as JSON."""
    call = [sys.executable, "-c", code, *map(str, words)]
    answer: dict[str, float] = json.loads(subprocess.run(call, capture_output=True, check=True, text=True).stdout)
    return answer


def main() -> None:
    """Draw, import, open, ask; print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=REPOSITORY.parent / "shared")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--lines", type=int, default=1_000_000)
    asked = parser.parse_args()
    if not (asked.shared / "data").is_dir():
        print(f"left out: no reference tables at {asked.shared}")
        return
    sys.path.insert(0, str(REPOSITORY))
    from tests.interchange import official

    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for claim in RECORDS:
            place = official.folder_of(Path(folder) / claim)
            files[claim] = official.full_pair_parts(official.full_rows(asked.shared, claim), place, claim)
        files["professional, zipped"] = [official.zipped(path) for path in _copies(files["professional"])]
        print(f"{'import':<24}{'records':>12}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}")
        for name, parts in files.items():
            stores = [Path(tempfile.mkdtemp(dir=folder)) for _ in range(asked.repeats)]
            runs = [told(IMPORT, store, *parts) for store in stores]
            assert {run["rows"] for run in runs} == {RECORDS[name.partition(",")[0]]}
            wall, cpu = (statistics.median(run[key] for run in runs) for key in ("wall", "cpu"))
            print(f"{name:<24}{runs[0]['rows']:>12,}{wall:>9.2f}{cpu:>9.2f}{max(run['mb'] for run in runs):>9.0f}")
        both = Path(folder) / "both"
        for claim in RECORDS:
            told(IMPORT, both, *files[claim])
        asked_times = told(ASK, both)
        print(f"\nboth tables, from their name to ready: {asked_times['opened'] * 1000:.1f} ms")
        ratio = asked_times["imported"] / asked_times["built-in"]
        print(
            f"one visit of five services: {asked_times['built-in'] * 1000:.2f} ms built-in, "
            f"{asked_times['imported'] * 1000:.2f} ms with both national tables ({ratio:.2f}x)"
        )
        scrubbed(asked.lines, asked.repeats, Path(folder), both)


def scrubbed(lines: int, repeats: int, folder: Path, both: Path) -> None:
    """Scrub a drawn file with the built-in tables and with the national ones, in turn."""
    from scrub import drawn, measured, scrub

    path, stores = drawn(lines), {"built-in": folder / "none", "imported": both}
    spent: dict[str, list[float]] = {name: [] for name in stores}
    for _ in range(repeats):
        for name, store in stores.items():
            spent[name].append(measured(scrub(path, folder / "found.parquet", "--store", str(store)))[0])
    built_in, imported = (statistics.median(spent[name]) for name in stores)
    print(
        f"{lines:,} lines scrubbed: {built_in:.1f} CPU s built-in, {imported:.1f} with both national tables "
        f"({imported / built_in:.2f}x)"
    )


def _copies(paths: list[Path]) -> list[Path]:
    """The files once more in a folder of their own, as packing removes them."""
    place = paths[0].parent.with_name("packed")
    place.mkdir()
    return [Path(shutil.copy(path, place)) for path in paths]


if __name__ == "__main__":
    main()
