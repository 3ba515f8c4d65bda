"""What all parts come to, added up part by part; names that are many are laid down on disk meanwhile."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import msgspec

from quarterhour.domain.money import Cents
from quarterhour.workflows.scrub.judge import first_of_files
from quarterhour.workflows.scrub.kept import Judged, Sums

#: So many names are held in memory at a time, and so many are named in a summary.
MOST_NAMES: Final = 50_000
#: Of all names that a summary does not name.
OTHERS: Final = "others"

_Row = tuple[str, list[int]]
_ROW: Final = msgspec.json.Decoder(tuple[str, list[int]])
#: What the amounts of a name are of, in the order they are kept in.
_AMOUNTS: Final = ("visits", "lines", "charge", "findings", "at_stake")
_MONEY: Final = frozenset({"charge", "at_stake"})


class Names:
    """Amounts by name, cents where they are money. Too many names are written down in order, and begun anew."""

    def __init__(self, folder: Path, kind: str) -> None:
        """None yet; ``kind`` is part of the names of files in the folder."""
        self._folder, self._kind = folder, kind
        self._held: dict[str, list[int]] = {}
        self._laid_down: list[Path] = []

    def add(
        self, name: str, *, visits: int = 0, lines: int = 0, charge: int = 0, findings: int = 0, at_stake: int = 0
    ) -> None:
        """Take in more of a name."""
        held = self._held.get(name)
        if held is None:
            if len(self._held) >= MOST_NAMES:
                self._lay_down()
            held = self._held[name] = [0] * len(_AMOUNTS)
        for place, amount in enumerate((visits, lines, charge, findings, at_stake)):
            held[place] += amount

    def summary(self) -> dict[str, dict[str, Any]]:
        """What each name comes to, by name; of too many those with the most at stake, and all others as one."""
        count, total = 0, [0] * len(_AMOUNTS)

        def counted() -> Iterator[_Row]:
            nonlocal count, total
            for row in self._rows():
                count += 1
                total = _added([total, row[1]])
                yield row

        named = heapq.nlargest(MOST_NAMES, counted(), key=lambda row: row[1][_AMOUNTS.index("at_stake")])
        found = {name: _shown(amounts) for name, amounts in sorted(named)}
        if count > len(named):
            of_named = _added([amounts for _, amounts in named])
            left = [one - other for one, other in zip(total, of_named, strict=True)]
            found[OTHERS] = {"names": count - len(named)} | _shown(left)
        return found

    def _lay_down(self) -> None:
        path = self._folder / f"names-{self._kind}-{len(self._laid_down):05d}.jsonl"
        with path.open("wb") as stream:
            stream.writelines(msgspec.json.encode(row) + b"\n" for row in sorted(self._held.items()))
        self._laid_down.append(path)
        self._held = {}

    def _rows(self) -> Iterator[_Row]:
        """Every name once, in order."""
        runs = [_read(path) for path in self._laid_down]
        merged = heapq.merge(*runs, sorted(self._held.items()), key=itemgetter(0))
        for name, several in groupby(merged, itemgetter(0)):
            yield name, _added([amounts for _, amounts in several])


def _read(path: Path) -> Iterator[_Row]:
    with path.open("rb") as stream:
        yield from map(_ROW.decode, stream)


def _added(several: list[list[int]]) -> list[int]:
    return [sum(amounts) for amounts in zip(*several, strict=True)]


def _shown(amounts: list[int]) -> dict[str, Any]:
    """Amounts as a report has them; money as decimal texts."""
    return {
        name: str(Cents(amount)) if name in _MONEY else amount for name, amount in zip(_AMOUNTS, amounts, strict=True)
    }


class Totals:
    """Adds up what parts left, and what is found in them while findings are written."""

    def __init__(self, folder: Path) -> None:
        """Nothing yet; what is too much for memory goes into ``folder``."""
        self.sums = Sums()
        self.without_charge = 0
        self.slips: list[tuple[int, str, str]] = []
        self.slip_count = 0
        self.payers, self.providers = Names(folder, "payers"), Names(folder, "providers")

    def add(self, part: Judged) -> None:
        """Take in a part."""
        self.sums.visits += part.sums.visits
        self.sums.lines += part.sums.lines
        self.sums.charge += part.sums.charge
        self.without_charge += part.without_charge
        self.slip_count += part.slip_count
        # Of every file no more than are told are held.
        self.slips = first_of_files(sorted([*self.slips, *part.slips])) if part.slips else self.slips
        for names, sums in ((self.payers, part.payers), (self.providers, part.providers)):
            for name, one in sums.items():
                names.add(name, visits=one.visits, lines=one.lines, charge=one.charge)
