"""Mutated notes by the million: ``python tests/fuzz/notes.py --notes 1000000 [--first 0] [--seed 1] [FOLDER ...]``.

Every note is drawn from its own number and the seed: a note of the seeded variants, or a ``.txt`` of the folders, with
one to thirty changes. It must be read without an error, with every span inside the text and every quoted word exactly
there. A failure stops the run with its number, its error and its text; ``--first NUMBER --notes 1`` draws the same note
again.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.notes.test_fuzz import check, mutate
from tests.notes.variants import make_note


def drawn(number: int, seed: int, written: Sequence[str]) -> str:
    """The mutated note of a number."""
    rng = random.Random(seed * 1_000_003 + number)
    text = rng.choice(written) if written and rng.random() < 0.5 else make_note(rng.getrandbits(32))[0]
    return mutate(text, rng)


def tell(line: str) -> None:
    """Print at once: the run is long, and its progress is followed in a file."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Read them all, telling every ten thousand how far it is; 1 at the first that fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--notes", type=int, default=1_000_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=20260914)
    options = parser.parse_args()
    written = [
        path.read_bytes().decode("utf-8") for folder in options.folders for path in sorted(folder.rglob("*.txt"))
    ]
    begin = time.monotonic()
    size = 0
    for done, number in enumerate(range(options.first, options.first + options.notes), 1):
        text = drawn(number, options.seed, written)
        size += len(text)
        try:
            check(text)
        except Exception as error:  # noqa: BLE001 - any error at all is the finding
            tell(f"note {number} of seed {options.seed}: {type(error).__name__}: {error}\n{text!r}")
            return 1
        if done % 10_000 == 0 or done == options.notes:
            spent = time.monotonic() - begin
            tell(f"{done:,} notes, {size / 1e6:.0f} MB of text, {spent:.0f} s, no failure")
    return 0


if __name__ == "__main__":
    sys.exit(main())
