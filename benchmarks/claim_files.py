"""Files of claims checked and scrubbed: the same findings, time by size, memory that does not grow with the file.

    python benchmarks/claim_files.py                      two thousand claims and ten thousand
    python benchmarks/claim_files.py 10000 100000         files of these sizes

Files are 837P of four lines a claim (``x12.py`` draws them), judged by every rule a claim can be judged by. ``check``
writes its whole report as JSON, ``scrub`` its findings as JSON lines with one worker. CPU seconds are of the command
from the shell, its start included; memory is the most it had for itself, files mapped into memory left out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from scrub import CALL, FOLDER, TODAY, measured
from scrub import scrub as scrubbing
from x12 import claims_837

SHOWN = ("visit_id", "claim_id", "rule", "severity", "line", "code", "message")
SIZES = (2_000, 10_000)


def drawn(claims: int) -> Path:
    """A file of so many claims."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{claims}.837"
    if not path.exists():
        with path.open("w", encoding="ascii") as out:
            out.writelines(f"{segment}~\n" for segment in claims_837(claims))
    return path


def findings(report: Path) -> Iterator[dict[str, object]]:
    """The findings of a report of ``check``, one by one, however many there are."""
    with report.open(encoding="utf-8") as lines:
        held: list[str] = []
        for line in lines:
            if line.startswith("    {"):
                held = [line]
            elif held:
                held.append(line)
            if held and line.startswith("    }"):
                found = json.loads("".join(held).rstrip().rstrip(","))
                if "rule" in found and "message" in found:
                    yield found
                held = []


def same(report: Path, found: Path) -> int:
    """How many findings there are, the same in both.

    Raises:
        AssertionError: where two differ.

    """
    count = 0
    with found.open(encoding="utf-8") as lines:
        for checked, line in zip_longest(findings(report), lines):
            assert None not in (checked, line), "one has more findings than the other"
            scrubbed = json.loads(line)
            assert [checked[name] for name in SHOWN] == [scrubbed[name] for name in SHOWN], line
            count += 1
    return count


def main() -> None:
    """Print a row for every size and command."""
    print(f"{'claims':>9} {'findings':>10} {'command':>8} {'CPU s':>8} {'claims/s':>9} {'peak MB':>8}")
    for claims in [int(one) for one in sys.argv[1:]] or SIZES:
        path, report, found = drawn(claims), FOLDER / "checked.json", FOLDER / "scrubbed.jsonl"
        check = [sys.executable, "-c", CALL, "check", str(path), "--format", "json", "-o", str(report)]
        commands = {
            "check": [*check, "--today", TODAY],
            "scrub": scrubbing(path, found, "--workers", "1"),
        }
        taken = {name: measured(command) for name, command in commands.items()}
        count = same(report, found)
        for name, (cpu, _, peak, _) in taken.items():
            print(f"{claims:>9,} {count:>10,} {name:>8} {cpu:>8.1f} {claims / cpu:>9,.0f} {peak:>8,.0f}", flush=True)
        report.unlink()
        found.unlink()


if __name__ == "__main__":
    main()
