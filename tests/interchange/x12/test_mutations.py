import random
import time

import pytest
from tests.interchange.x12.mutations import damaged, holds
from tests.interchange.x12.samples import institutional, professional, remittance, written
from tests.interchange.x12.shapes import wrapped
from tests.interchange.x12.test_writing import FILES

SECONDS = 4  # of each seed; the drawn files are the same however many of them are reached


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_damaged_files_are_read_or_refused_and_never_lost(seed):
    draw = random.Random(seed)
    bases = [written(build()) for build in (professional, institutional, remittance)] + [
        FILES["277CA"](),
        FILES["999 rejected"](),
    ]
    bases += [
        written(professional(), "~"),
        written(professional(), "\r\n"),
        wrapped(written(professional(), "~").decode(), 80, "\n").encode(),
        written(professional()).decode().encode("utf-16"),
    ]
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        data = damaged(draw.choice(bases), draw)
        try:
            holds(data, draw.choice((90, 250, 700)))
        except Exception as error:
            error.add_note(f"input: {data!r}")
            raise
