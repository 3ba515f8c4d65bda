"""What is wrong in a file, as columns while it is found and as records for people.

Types are those of the WEDI strategic national implementation process: 1 syntax and envelope, 2 the guide's segments,
elements and codes, 3 balancing, 4 situations (what one place demands of another), 5 code sets, 7 what a payer looks
at besides (dates against the file's own, the same line twice). A message says places, counts and sums; never a name,
an identifier or a text of the file.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Final, Literal

import numpy as np

from quarterhour.domain.money import Cents
from quarterhour.interchange.x12.loops import Loops
from quarterhour.interchange.x12.segments import Segments
from quarterhour.interchange.x12.values import IntArray, as_ints

Level = Literal["error", "warning"]
_COLUMNS: Final = 4


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing that is wrong. ``segment`` counts from 1 and ``offset`` from 0 in the file; 0 and -1 mean the whole."""

    name: str
    snip: int
    level: Level
    segment: int
    offset: int
    loop: str
    path: str
    element: str
    message: str
    #: What was counted, where an end of the envelope says another number.
    numbers: tuple[int | str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of defect: its SNIP type, how grave it is, and its sentence, in which ``{}`` are numbers in turn."""

    snip: int
    level: Level
    sentence: str


@functools.cache
def sorts() -> dict[str, Sort]:
    """Every sort of defect by its name."""
    text = (files(__package__) / "guides" / "defects.txt").read_text(encoding="utf-8")
    found: dict[str, Sort] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, snip, level, sentence = line.split(None, _COLUMNS - 1)
            found[name] = Sort(int(snip), "error" if level == "error" else "warning", sentence)
    return found


@dataclass(frozen=True, slots=True)
class Found:
    """Many defects of one sort. ``segment`` and ``element`` say the place; ``wanted`` is what should stand there."""

    name: str
    rows: IntArray
    element: IntArray
    component: IntArray
    numbers: tuple[IntArray, ...] = ()
    wanted: str = ""


@dataclass(slots=True)
class Defects:
    """The defects of one block."""

    parts: Segments
    loops: Loops | None
    found: list[Found] = field(default_factory=list)
    plain: list[Defect] = field(default_factory=list)
    #: Sorts that are no more than warnings here.
    lowered: frozenset[str] = frozenset()

    def add(
        self, name: str, rows: IntArray, element: int | IntArray = 0, component: int | IntArray = 0,
        *numbers: IntArray, wanted: str = "", carried: bool = False,
    ) -> None:  # fmt: skip
        """Note defects at some rows; carried ones are left out unless asked for, since they were noted before."""
        keep = np.flatnonzero(rows >= (0 if carried else self.parts.carried))
        if keep.size:
            whole = [np.broadcast_to(as_ints(column), rows.shape)[keep] for column in (element, component)]
            picked = tuple(as_ints(column)[keep] for column in numbers)
            self.found.append(Found(name, rows[keep], whole[0], whole[1], picked, wanted))

    def at(self, name: str, row: int | None, element: str, *numbers: int | str) -> None:
        """Note one defect of the envelope; ``row`` none means the file as a whole."""
        sort = sorts()[name]
        self.plain.append(
            Defect(
                name, sort.snip, sort.level,
                int(self.parts.number[row]) if row is not None else 0,
                int(self.parts.offset[row]) if row is not None else -1,
                element.rstrip("0123456789") or "file", element.rstrip("0123456789") or "file",
                element, sort.sentence.format(*numbers), numbers,
            )
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.plain) + sum(each.rows.size for each in self.found)

    def counts(self) -> dict[str, int]:
        """How many of each sort."""
        counted: dict[str, int] = {}
        for each in self.found:
            counted[each.name] = counted.get(each.name, 0) + int(each.rows.size)
        for defect in self.plain:
            counted[defect.name] = counted.get(defect.name, 0) + 1
        return counted

    def records(self) -> list[Defect]:
        """Every defect, in the order of the file."""
        return sorted([*self.plain, *self._records()], key=lambda defect: (defect.segment, defect.snip, defect.element))

    def _records(self) -> Iterator[Defect]:
        for each in self.found:
            sort = sorts()[each.name]
            for at, row in enumerate(each.rows.tolist()):
                loop = int(self.loops.loop[row]) if self.loops else 0
                name = self.loops.guide.loops[loop].name if self.loops and loop else "ST"
                path = self.loops.guide.path(loop, self._dependent(row)) if self.loops and loop else "ST"
                element = self._element(row, int(each.element[at]), int(each.component[at]), each.wanted)
                numbers = [_money(column[at]) if each.name in _MONEY else int(column[at]) for column in each.numbers]
                message = sort.sentence.format(*numbers, element=element, loop=name, wanted=each.wanted)
                level: Level = "warning" if each.name in self.lowered else sort.level
                yield Defect(
                    each.name, sort.snip, level, int(self.parts.number[row]), int(self.parts.offset[row]),
                    name, path, element, message,
                )  # fmt: skip

    def _dependent(self, row: int) -> int:
        """Whether a claim's row stands below a dependent: 1, else 0."""
        if not self.loops:
            return 0
        above = self.loops.major_loops[: int(self.loops.major[row]) + 1]
        names = [self.loops.guide.number(name) for name in ("2000B", "2000C")]
        levels = above[np.isin(above, names)]
        return int(levels.size > 0 and levels[-1] == names[1])

    def _element(self, row: int, element: int, component: int, wanted: str) -> str:
        if not element:
            return wanted or self.parts.name(row)[:3]
        name = f"{self.parts.name(row)[:3]}{element:02d}"
        return f"{name}-{component}" if component else name


#: Sorts whose numbers are cents.
_MONEY: Final = frozenset(
    {
        "claim-charge-unbalanced", "payment-unbalanced", "claim-payment-unbalanced", "service-payment-unbalanced",
        "claim-paid-unbalanced", "other-payer-line-unbalanced", "other-payer-claim-unbalanced",
        "other-payer-paid-unbalanced", "claim-line-charge-unbalanced",
    }
)  # fmt: skip


def _money(cents: int) -> str:
    return str(Cents(int(cents)))
