"""Mutated notes by the million: ``python tests/fuzz/notes.py --notes 1000000 [--first 0] [--seed 1] [FOLDER ...]``.

Every note is drawn from its own number and the seed: a note of the seeded variants, or a ``.txt`` of the folders, with
one to thirty changes. Batches of notes are read, made visits and judged by all rules over notes. None may raise; every
span must lie inside its text, and every word quoted, by the reader or by a finding, must stand exactly there. A failure
stops the run with the note's number, its error and its text; ``--first NUMBER --notes 1`` draws the same note again.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.notes.test_fuzz import check_spans, mutate
from tests.notes.variants import make_note

from quarterhour.engine.run import judge_visits
from quarterhour.policy import load
from quarterhour.rules.catalogue import catalogue
from quarterhour.workflows.note_visit import visit_of
from quarterhour.workflows.reading import read_notes

_TOGETHER: Final = 500
_TODAY: Final = dt.date(2026, 11, 21)
_PAYER: Final = "medicare-b"


def drawn(number: int, seed: int, written: Sequence[str]) -> str:
    """The mutated note of a number."""
    rng = random.Random(seed * 1_000_003 + number)
    text = rng.choice(written) if written and rng.random() < 0.5 else make_note(rng.getrandbits(32))[0]
    return mutate(text, rng)


def check(texts: Sequence[str]) -> int:
    """Read and judge the notes together; the number of findings."""
    policy = load()
    entries = [entry for entry in catalogue() if entry.rule.over.startswith("note")]
    readings = list(read_notes(texts))
    for reading, text in zip(readings, texts, strict=True):
        check_spans(reading, text)
    visits = [visit_of(text, one, _TODAY, _PAYER, policy) for text, one in zip(texts, readings, strict=True)]
    outcome = judge_visits(visits, policy, _PAYER, _TODAY, entries, readings)
    for findings, text in zip(outcome.findings, texts, strict=True):
        for words in (words for finding in findings for words in finding.evidence):
            assert 0 <= words.start < words.end <= len(text)
            assert words.text == text[words.start : words.end]
    return sum(map(len, outcome.findings))


def failing(texts: Sequence[str]) -> tuple[int, str]:
    """Place of the first of the notes that fails by itself, and how; the whole batch where each alone is well."""
    for place, text in enumerate(texts):
        try:
            check([text])
        except Exception as error:  # noqa: BLE001 - any error at all is the finding
            return place, f"{type(error).__name__}: {error}"
    return 0, "fails only together with the notes after it"


def tell(line: str) -> None:
    """Print at once: the run is long, and its progress is followed in a file."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Check them all, telling every ten thousand how far it is; 1 at the first that fails."""
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
    size = findings = 0
    last = options.first + options.notes
    for first in range(options.first, last, _TOGETHER):
        texts = [drawn(number, options.seed, written) for number in range(first, min(first + _TOGETHER, last))]
        size += sum(map(len, texts))
        try:
            findings += check(texts)
        except Exception:  # noqa: BLE001 - any error at all is the finding
            place, error = failing(texts)
            tell(f"note {first + place} of seed {options.seed}: {error}\n{texts[place]!r}")
            return 1
        done = first + len(texts) - options.first
        if done % 10_000 == 0 or first + len(texts) == last:
            spent = time.monotonic() - begin
            tell(f"{done:,} notes, {size / 1e6:.0f} MB of text, {findings:,} findings, {spent:.0f} s, no failure")
    return 0


if __name__ == "__main__":
    sys.exit(main())
