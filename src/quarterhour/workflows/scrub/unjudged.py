"""What rules could not judge, and of how many visits: a visit that two parts name counts once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from quarterhour.domain.columns import IntArray
from quarterhour.engine.run import Unchecked
from quarterhour.workflows.scrub.kept import Done, Judged, named_between, taken_up
from quarterhour.workflows.scrub.merge import stretches


def not_checked(folder: Path, judged: Sequence[Done], joined: Sequence[Done], rows: Sequence[int]) -> list[Unchecked]:
    """Rule and reason once, with the number of visits; ``rows`` is how many rows every file has.

    A part by patient and one by therapist may name the same visit, so where there are both, the visits they share are
    counted by place: those of one stretch of the input after the other, however many there are.
    """
    visits: Counter[tuple[str, str]] = Counter()
    keys: dict[tuple[str, str], int] = {}
    numbers: dict[str, IntArray] = {}
    every = [*judged, *joined]
    for done, part in zip(every, taken_up(folder, every, Judged), strict=True):
        for one in part.unjudged:
            if not (one.shared and joined):
                visits[one.rule, one.reason] += one.visits
        if joined and any(one.shared for one in part.unjudged):
            numbers[done.name] = np.array(
                [keys.setdefault((one.rule, one.reason), len(keys)) for one in part.unjudged], dtype=np.int64
            )
    several = [done for done in every if done.name in numbers]
    counts = np.zeros(len(keys), dtype=np.int64)
    for begin, end in stretches(rows) if several else ():
        named = []
        for done in several:
            places, which = named_between(folder, done, begin, end)
            named.append((places - begin) * len(keys) + numbers[done.name][which])
        counts += np.bincount(np.unique(np.concatenate(named)) % len(keys), minlength=len(keys))
    visits.update(dict(zip(keys, counts.tolist(), strict=True)))
    return [Unchecked(rule, reason, count) for (rule, reason), count in visits.items() if count]
