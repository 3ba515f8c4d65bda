"""Speed of the note reader in MB of text a second, one core.

    python benchmarks/notes/speed.py FOLDER [--seconds 5] [--profile]

Reads every ``.txt`` under FOLDER again and again; also tells how long the first reading takes in a fresh process,
import included.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import subprocess
import sys
import time
from pathlib import Path

from quarterhour.notes import read


def first_reading() -> float:
    """Seconds that importing the reader and reading a first note add to a fresh process."""
    code = (
        "import time; t=time.perf_counter(); from quarterhour.notes import read; read('S: ok.')"
        "; print(time.perf_counter()-t)"
    )
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def main() -> int:
    """Print MB/s, notes/s and the cost of the first reading; 0 always."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    texts = [path.read_bytes().decode("utf-8") for path in sorted(options.folder.rglob("*.txt"))]
    size = sum(len(text.encode()) for text in texts)
    for text in texts:
        read(text)
    profile = cProfile.Profile()
    if options.profile:
        profile.enable()
    rounds = 0
    best = float("inf")
    begin = time.process_time()
    while time.process_time() - begin < options.seconds:
        start = time.process_time()
        for text in texts:
            read(text)
        best = min(best, time.process_time() - start)
        rounds += 1
    spent = time.process_time() - begin
    if options.profile:
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(35)
    print(f"{len(texts)} notes, mean {size // max(1, len(texts))} bytes, {rounds} rounds")
    print(
        f"mean {size * rounds / spent / 1e6:.2f} MB/s, best round {size / best / 1e6:.2f} MB/s, "
        f"{len(texts) * rounds / spent:.0f} "
        f"notes/s"
    )
    print(f"import and first reading: {min(first_reading() for _ in range(3)) * 1000:.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
