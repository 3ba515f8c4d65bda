"""The peer medspaCy, default pipeline, run by an interpreter that has it: ``python medspacy_reader.py FOLDER SECONDS``.

Prints one line of JSON: rounds over the folder's notes, CPU seconds, and the peak of memory before and after, in
kilobytes. Stands alone: the interpreter that runs it needs nothing of ours.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from importlib.metadata import version
from pathlib import Path

import medspacy
from loguru import logger


def main(folder: str, seconds: float) -> None:
    """Read every note again and again for about so many CPU seconds, at least once."""
    texts = [path.read_bytes().decode("utf-8") for path in sorted(Path(folder).rglob("*.txt"))]
    logger.remove()  # the sentence splitter logs every token; a user in earnest turns that off
    pipeline = medspacy.load()
    pipeline(texts[0])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rounds = 0
    begin = time.process_time()
    while not rounds or time.process_time() - begin < seconds:
        for text in texts:
            pipeline(text)
        rounds += 1
    spent = time.process_time() - begin
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    what = f"medspaCy {version('medspacy')}, default"
    told = {"rounds": rounds, "seconds": spent, "best": spent / rounds, "before": before, "after": after, "what": what}
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
