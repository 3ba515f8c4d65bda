"""The modifiers of a line as one set of bits, and what is odd about them."""

from __future__ import annotations

from collections.abc import Sequence

ABSENT = -1


def gather(
    starts: Sequence[int],
    numbers: Sequence[int],
    bits: Sequence[int],
    sets: list[int],
    unknown: list[int],
    repeated: list[int],
) -> None:
    """Fill for every line its bit set, and the first modifier that has no bit and that stands there twice (or ABSENT).

    Line ``l`` has the modifiers ``starts[l]`` to ``starts[l + 1]``, as ``numbers`` and as ``bits`` (0: not known).
    """
    for line in range(len(starts) - 1):
        unknown[line] = ABSENT
        repeated[line] = ABSENT
        for place in range(starts[line], starts[line + 1]):
            sets[line] |= bits[place]
            if bits[place] == 0 and unknown[line] == ABSENT:
                unknown[line] = numbers[place]
            for earlier in range(starts[line], place):
                if numbers[earlier] == numbers[place] and repeated[line] == ABSENT:
                    repeated[line] = numbers[place]
