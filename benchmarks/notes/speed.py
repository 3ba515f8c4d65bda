"""Speed of the note reader and the note rules in MB of text a second on one core, beside peers, in one run.

    python benchmarks/notes/speed.py FOLDER [--seconds 5] [--medspacy PYTHON] [--profile]

Every ``.txt`` under FOLDER is read again and again; nothing is kept from one reading to the next, so that notes which
repeat are read no faster than others. Each part is a process of its own, so that its peak of memory is
its own; the parts run one after the other, and figures of one run on one machine are compared. PYTHON is an interpreter
that has medspaCy (also by the variable QUARTERHOUR_MEDSPACY_PYTHON); without one the table says that the peer was not
there.
"""

from __future__ import annotations

import argparse
import cProfile
import datetime as dt
import gc
import json
import os
import pstats
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

#: So many notes are judged together.
_BATCH: Final = 1000
#: So many notes are read before anything is measured: patterns are compiled when first needed.
_WARM: Final = 600
#: So often a note by itself is judged; the first time its patterns may have to be made.
_TIMES: Final = 5
_TODAY: Final = dt.date(2026, 11, 21)
_PAYER: Final = "medicare-b"
_PEER: Final = Path(__file__).with_name("medspacy_reader.py")
_PARTS: Final = {
    "rules": "reader and all note rules",
    "reader": "reader alone",
    "single": "reader, note by note",
    "regex": "plain regular expressions",
}


def texts_of(folder: Path) -> list[str]:
    """The notes of a folder."""
    return [path.read_bytes().decode("utf-8") for path in sorted(folder.rglob("*.txt"))]


# Parts: each takes the notes and returns what one round over them does ----------------------------------------------


def _reader(texts: Sequence[str]) -> Callable[[], None]:
    from quarterhour.notes import read_many

    def one_round() -> None:
        for _ in read_many(texts):
            pass

    return one_round


def _single(texts: Sequence[str]) -> Callable[[], None]:
    from quarterhour.notes import read

    def one_round() -> None:
        for text in texts:
            read(text)

    return one_round


def _rules(texts: Sequence[str]) -> Callable[[], None]:
    """Text to findings: read, made a visit of what the note states, judged by the rules over notes in batches."""
    from quarterhour.engine.run import judge_visits
    from quarterhour.policy import load
    from quarterhour.rules.catalogue import catalogue
    from quarterhour.workflows.note_visit import visit_of
    from quarterhour.workflows.reading import read_notes

    policy = load()
    entries = [entry for entry in catalogue() if entry.rule.over.startswith("note")]
    whole = list(texts) * -(-_BATCH // len(texts))

    def one_round() -> None:
        for start in range(0, len(whole), _BATCH):
            batch = whole[start : start + _BATCH]
            readings = list(read_notes(batch))
            visits = [
                visit_of(text, reading, _TODAY, _PAYER, policy) for text, reading in zip(batch, readings, strict=True)
            ]
            judge_visits(visits, policy, _PAYER, _TODAY, entries, readings)

    return one_round


def _regex(texts: Sequence[str]) -> Callable[[], None]:
    """What a plain reader would do with the same vocabulary: sentences, one alternation of all phrases, minutes, and
    a word of negation or plan before each hit. It grades nothing and judges nothing.
    """
    from quarterhour.notes.wording.lexicon import load_lexicon

    phrases = sorted(load_lexicon().phrases, key=len, reverse=True)
    phrase = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")
    minutes = re.compile(r"\b(\d{1,3}) ?min(?:ute)?s?\b")
    sentence = re.compile(r"[^.!?\n]+")
    left_out = re.compile(r"\b(?:no|not|next|held|deferred|last|home)\b")

    def one_round() -> None:
        for text in texts:
            low = text.lower()
            for found in sentence.finditer(low):
                start, end = found.span()
                minutes.findall(low, start, end)
                for hit in phrase.finditer(low, start, end):
                    left_out.search(low, start, hit.start())

    return one_round


_ROUNDS: Final = {"rules": _rules, "reader": _reader, "single": _single, "regex": _regex}


def _measure(part: str, folder: Path, seconds: float, *, profile: bool) -> dict[str, Any]:
    """Run one part in this process."""
    texts = texts_of(folder)
    one_round = _ROUNDS[part](texts)
    for _ in range(1 if part == "rules" else -(-_WARM // len(texts))):
        one_round()
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    profiler = cProfile.Profile()
    if profile:
        profiler.enable()
    took: list[float] = []
    while not took or sum(took) < seconds:
        begin = time.process_time()
        one_round()
        took.append(time.process_time() - begin)
    if profile:
        profiler.disable()
        pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(35)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = -(-_BATCH // len(texts)) if part == "rules" else 1
    return {
        "rounds": len(took) * times,
        "seconds": sum(took),
        "best": min(took) / times,
        "before": before,
        "after": after,
        "what": _PARTS[part],
    }


# Table ---------------------------------------------------------------------------------------------------------------


def _in_process(command: list[str]) -> dict[str, Any]:
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _fresh(code: str, times: int = 5) -> float:
    """Median of the CPU milliseconds a fresh process says for ``code``, which prints seconds."""
    run = [sys.executable, "-c", code]
    said = [float(subprocess.run(run, capture_output=True, text=True, check=True).stdout) for _ in range(times)]
    return statistics.median(said) * 1000


_IMPORT: Final = "import time; t=time.process_time(); import quarterhour.notes; print(time.process_time()-t)"
_FIRST: Final = _IMPORT.replace("notes;", "notes; quarterhour.notes.read('S: ok.');")


def _as_records(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Notes by themselves, as records of visits without a line."""
    return [
        {"date_of_service": "2026-09-14", "payer": _PAYER, "services": [], "note": {"text": text}} for text in texts
    ]


def _visits_of(folder: Path) -> list[dict[str, Any]]:
    """The records of visits that stand beside their notes as ``.json``."""
    beside = (path.with_suffix(".json") for path in sorted(folder.rglob("*.txt")))
    records = [json.loads(path.read_bytes()) for path in beside if path.exists()]
    return [record for record in records if "services" in record and "date_of_service" in record]


def _alone(what: str, records: Sequence[dict[str, Any]]) -> None:
    """Print median and slowest CPU milliseconds from record to report of each by itself: once, and best of five."""
    from quarterhour.workflows.check import check

    if not records:
        return
    check(records[0])
    took: list[list[float]] = []
    for _ in range(_TIMES):
        took.append([])
        for record in records:
            begin = time.process_time()
            check(record)
            took[-1].append((time.process_time() - begin) * 1000)
    best = [min(one) for one in zip(*took, strict=True)]
    print(
        f"{what} by itself, to report, ms of CPU: median {statistics.median(best):.1f}, slowest {max(best):.1f}, best "
        f"of {_TIMES} each; judged once only {statistics.median(took[0]):.1f} and {max(took[0]):.1f}"
    )


def main() -> int:
    """Print the table; 0 always."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0, help="CPU seconds for each part")
    parser.add_argument("--medspacy", default=os.environ.get("QUARTERHOUR_MEDSPACY_PYTHON"), metavar="PYTHON")
    parser.add_argument("--profile", action="store_true", help="profile the reader and the rules instead")
    parser.add_argument("--part", choices=_PARTS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part or options.profile:
        part = options.part or "rules"
        print(json.dumps(_measure(part, options.folder, options.seconds, profile=options.profile)))
        return 0
    texts = texts_of(options.folder)
    size = sum(len(text.encode()) for text in texts)
    print(f"{len(texts)} notes, mean {size // max(1, len(texts))} bytes; CPU seconds of one core\n")
    shared = [str(options.folder), "--seconds", str(options.seconds), "--part"]
    rows = [_in_process([sys.executable, __file__, *shared, part]) for part in _PARTS]
    if options.medspacy:
        rows.append(_in_process([options.medspacy, str(_PEER), str(options.folder), str(options.seconds)]))
    first = rows[0]["seconds"] / rows[0]["rounds"]
    print(f"{'':28} {'MB/s':>7} {'best':>7} {'notes/s':>8} {'time':>7} {'peak MB':>8} {'of it before':>13}")
    for row in rows:
        each = row["seconds"] / row["rounds"]
        print(
            f"{row['what'][:28]:28} {size / each / 1e6:7.3f} {size / row['best'] / 1e6:7.3f} {len(texts) / each:8.0f} "
            f"{each / first:6.2f}x {row['after'] / 1024:8.0f} {row['before'] / 1024:13.0f}"
        )
    if not options.medspacy:
        print("medspaCy: not there; name an interpreter that has it by --medspacy")
    print()
    _alone("one note", _as_records(texts))
    _alone("one visit with its note", _visits_of(options.folder))
    print(
        f"import {_fresh(_IMPORT):.0f} ms, import and first reading {_fresh(_FIRST):.0f} ms of CPU in a fresh process"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
