"""Which diagnoses ICD-10-CM has on a day: by imported order files, or else by the list of an installed package.

Nothing of the code set is built in. Without a list that speaks for the day nothing is known, which is an answer.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.policy.forms import FOREVER
from quarterhour.policy.tables import Version, open_edition

#: How a code stands in a list: it is not in it, it only heads others, or it may be billed.
NOT_LISTED, HEADING, BILLABLE = range(3)
_TABLE: Final = "icd10cm"
_PACKAGE: Final = "simple_icd_10_cm"
_LIST: Final = re.compile(r"code-list-(April|October)-(20\d\d)")
#: A fiscal year of the code set begins in October of the year before.
_BEGINS: Final = 10
_CODE: Final = re.compile(r"[A-Z]\d[0-9A-Z]{1,5}")


class DiagnosisList(msgspec.Struct, frozen=True):
    """One release: the days (ordinals) it speaks for, its codes without points in rising order, which are billable."""

    release: str
    first: int
    through: int
    codes: NDArray[Any]
    billable: NDArray[np.bool_]

    def standing(self, code: str) -> int:
        """How a code stands, written with or without its point."""
        wanted = code.strip().upper().replace(".", "").encode("ascii", "replace")
        place = int(np.searchsorted(self.codes, wanted))
        if place == self.codes.size or self.codes[place] != wanted:
            return NOT_LISTED
        return BILLABLE if self.billable[place] else HEADING


def diagnosis_lists(held: Version | None) -> tuple[DiagnosisList, ...]:
    """The releases that were imported, oldest first; if none was, that of the package, if it is installed.

    Raises:
        SpoiltStore: for an imported file that cannot be read.

    """
    return tuple(_imported(held)) if held and held.of(_TABLE) else tuple(_packaged())


def _imported(held: Version) -> Iterator[DiagnosisList]:
    for edition in held.of(_TABLE):
        columns = open_edition(held, edition)
        order = np.argsort(columns["code"], kind="stable")
        through = edition.through.toordinal() if edition.through else FOREVER
        yield DiagnosisList(
            edition.release, edition.first.toordinal(), through, columns["code"][order], columns["billable"][order]
        )


def _packaged() -> Iterator[DiagnosisList]:
    """The list of codes the package carries; importing it would build a tree of them all, which takes seconds."""
    found = importlib.util.find_spec(_PACKAGE)
    for folder in (found.submodule_search_locations or ()) if found else ():
        for path in sorted(Path(folder, "data").glob("*.txt")):
            named = _LIST.match(path.name)
            if named:
                yield _of_package(path, int(named[2]) + (named[1] == "October"), f"{named[1]} {named[2]}")


def _of_package(path: Path, year: int, release: str) -> DiagnosisList:
    # A block of one category has the category's name, so some stand there twice.
    codes = sorted(filter(_CODE.fullmatch, set(path.read_text(encoding="utf-8").split())))
    # Sorted so, whatever stands under a code follows it.
    heads = [after.startswith(code) for code, after in itertools.pairwise([*codes, ""])]
    return DiagnosisList(
        f"ICD-10-CM {release}", dt.date(year - 1, _BEGINS, 1).toordinal(),
        dt.date(year, _BEGINS, 1).toordinal() - 1, np.array(codes, dtype="S7"), ~np.array(heads),
    )  # fmt: skip
