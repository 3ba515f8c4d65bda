"""Shapes of help told without its usual words: what each stands for, and the gate before all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quarterhour.notes.help.cue_lists import Cue
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate


class Shapes:
    """Patterns, made by ``folded``, with the level each tells; of a pattern with named groups the last that took part
    is what is told. ``gate`` stands where one of them can match.
    """

    __slots__ = ("gate", "told")

    def __init__(self, *told: tuple[str, re.Pattern[str]]) -> None:
        self.told = tuple((level, shape, gate(shape)) for level, shape in told)
        self.gate = gate(*(shape for _, shape in told))

    def find(self, low: str, sentence: Sentence) -> Iterator[Cue]:
        """What ``sentence`` tells by them."""
        if not sentence.gates & self.gate:
            return
        for level, shape, bit in self.told:
            if sentence.gates & bit:
                for match in shape.finditer(low, sentence.start, sentence.end):
                    yield Cue(level, *match.span(match.lastgroup or 0), True)
