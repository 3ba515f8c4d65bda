"""Remittances worked: lines a second and memory by size, alone and beside the claims they answer.

    python benchmarks/denials.py                      twenty thousand claims, and a hundred thousand
    python benchmarks/denials.py 1000 50000           files of these sizes

Files are 835s of four lines a claim (``x12.py`` draws them), in which one line of fifty is denied with CO-97 or is
unprocessable with CO-4; beside them the 837P they answer. CPU seconds are of the command from the shell, its start
included; memory is the most it had for itself, files mapped into memory left out. Memory grows with the worklist and by
some bytes a claim, and not with the rest of the files.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from scrub import CALL, FOLDER, TODAY, measured
from x12 import LINES, claims_837, remittances_835

SIZES = (20_000, 100_000)
#: Every so many service lines one is denied.
EVERY = 50
#: The contractual part of every drawn line, and the patient's.
CONTRACT, SHARE = "CAS*CO*45*30", "CAS*PR*2*10"


def denied(segments: Iterator[str]) -> Iterator[str]:
    """The same remittances with some lines denied: what was paid of a line and its contractual part are one denial.

    CLP04 and BPR02 stay what they were, so these claims do not balance, and the answer says so.
    """
    line, asked = 0, ""
    for segment in segments:
        out = segment
        if segment.startswith("SVC*"):
            line += 1
            asked = segment.split("*")[2]
            if line % EVERY == 0:
                parts = segment.split("*")
                out = "*".join([*parts[:3], "0", *parts[4:]])
        elif line % EVERY == 0 and segment == CONTRACT:
            out = f"CAS*CO*{4 if line % (2 * EVERY) else 97}*{asked}"
        elif line % EVERY == 0 and segment == SHARE:
            continue
        yield out


def drawn(claims: int) -> tuple[Path, Path]:
    """An 835 of so many claims, and the 837P it answers."""
    FOLDER.mkdir(exist_ok=True)
    paths = FOLDER / f"{claims}-denied.835", FOLDER / f"{claims}.837"
    for path, segments in zip(paths, (denied(remittances_835(claims)), claims_837(claims)), strict=True):
        if not path.exists():
            with path.open("w", encoding="ascii") as out:
                out.writelines(f"{segment}~\n" for segment in segments)
    return paths


def main() -> None:
    """Print a row for every size, alone and with the claims."""
    print(f"{'claims':>9} {'lines':>9} {'worklist':>9} {'beside':>8} {'CPU s':>8} {'lines/s':>9} {'peak MB':>8}")
    for claims in [int(one) for one in sys.argv[1:]] or SIZES:
        answers, sent = drawn(claims)
        out = FOLDER / "denials.json"
        for beside, paths in (("nothing", [answers]), ("claims", [answers, sent])):
            call = [sys.executable, "-c", CALL, "denials", *map(str, paths), "--format", "json", "-o", str(out)]
            cpu, _, peak, _ = measured([*call, "--today", TODAY])
            summary = json.loads(out.read_text(encoding="utf-8"))["summary"]
            assert summary["balance"]["difference"] == "0.00", "the sums do not balance"
            assert summary["lines"] == claims * LINES, "lines were lost"
            print(
                f"{claims:>9,} {summary['lines']:>9,} {summary['queued']:>9,} {beside:>8} {cpu:>8.1f} "
                f"{summary['lines'] / cpu:>9,.0f} {peak:>8,.0f}",
                flush=True,
            )
        out.unlink()


if __name__ == "__main__":
    main()
