"""A replay beside a scrub of the same lines, both with official tables of the whole nation.

    python benchmarks/replay.py [--lines 1000000] [--shared ../shared] [--workers N]

The pair table of the release of 2024-07-01 beside the checkout (``--shared``) is imported twice, the second time with
the changes of ``PAIRS`` and as the release of a quarter later, each with the unlikely-units table of its quarter. Every
finding that is otherwise must rest on one of these changes, or the figures are not shown.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from pathlib import Path

from scrub import CALL, FOLDER, TODAY, drawn, measured, scrub

REPOSITORY = Path(__file__).resolve().parents[1]
#: Pairs that begin on the first day the drawn lines can be of, so that every one of them may meet them.
PAIRS = (("97110", "97112", "1"), ("97140", "97535", "0"))
FROM = dt.date(2019, 1, 1)
#: The most units of a code a day before and after.
LIMIT = ("97530", 6, 3)


def imported(shared: Path, store: Path) -> tuple[str, str]:
    """The versions before and after the change, by their ids."""
    sys.path.insert(0, str(REPOSITORY))
    from tests.interchange import official

    from quarterhour.workflows.policy_import import Wish, policy_import

    known = store / "replayed.json"
    if known.exists():
        one, other = json.loads(known.read_text())
        return one, other
    changed = {pair[:2] for pair in PAIRS} | {pair[1::-1] for pair in PAIRS}
    rows = [row for row in official.full_rows(shared) if row[:2] not in changed]
    folder = store / "files"
    folder.mkdir(parents=True)
    wish = Wish(store=store, allow_older=True, today=TODAY)
    limits = [(code, units, 2) for code, units, _ in official.therapy_limits(6)]
    lower = [(code, LIMIT[2] if code == LIMIT[0] else units, how) for code, units, how in limits]
    made = []
    for release, more, most in (("v302r0", (), limits), ("v303r0", PAIRS, lower)):
        dated = [
            *(official._dated(rows)),  # noqa: SLF001 - the layout's own filler of missing days
            *(official.pair_line(one, two, FROM, None, indicator) for one, two, indicator in more),
        ]
        files = official.pair_parts(folder, sorted(dated), version=release, parts=4)
        files.append(official.unlikely_file(folder, most, effective="07-01-2024"))
        made.append(policy_import(files, wish)["version"])
    known.write_text(json.dumps(made))
    return made[0], made[1]


def main() -> None:
    """Draw, import, scrub, replay; print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--shared", type=Path, default=REPOSITORY.parent / "shared")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    path, store = drawn(asked.lines), FOLDER / "replay-store"
    one, other = imported(asked.shared, store)
    ways = ("--store", str(store), "--workers", str(asked.workers))
    found, changes = FOLDER / "replay-found.parquet", FOLDER / "replay-changes.parquet"
    replay = [
        sys.executable, "-c", CALL, "replay", str(path), "--from", one, "--to", other, "-o", str(changes),
        "--format", "json", "--today", TODAY, *ways,
    ]  # fmt: skip
    calls = {"scrub": scrub(path, found, "--policy-version", one, *ways), "replay": replay}
    print(f"{'':<8} {'lines':>11} {'CPU s':>8} {'wall s':>8} {'us/line':>8} {'peak MB':>8} {'findings':>11}")
    spent = {}
    for name, call in calls.items():
        cpu, wall, peak, told = measured(call)
        report = json.loads(told)
        lines, findings = report["summary"]["lines"], report["summary"]["findings"]
        spent[name] = cpu
        print(
            f"{name:<8} {lines:>11,} {cpu:>8.1f} {wall:>8.1f} {1e6 * cpu / lines:>8.2f} {peak:>8,.0f} {findings:>11,}",
            flush=True,
        )
    known = {tuple(sorted(pair[:2])) for pair in PAIRS} | {LIMIT[:1]}
    causes = report["explained"]
    assert {tuple(sorted(cause["codes"])) for cause in causes} == known, causes
    print(f"a replay takes {spent['replay'] / spent['scrub']:.2f} of a scrub; what differs:")
    for cause in causes:
        told = {change: cause[change]["findings"] for change in ("new", "gone", "changed") if change in cause}
        print(f"  {cause['kind']} {'/'.join(cause['codes'])}: {cause['before']} becomes {cause['after']}: {told}")


if __name__ == "__main__":
    main()
