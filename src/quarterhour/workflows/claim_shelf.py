"""Claims laid aside on the disk, each whole and with its place, until those of their patients are judged together.

A claim that was read need not be one that could be written: what stands in a file is kept as it stands, and would not
pass the checks of a claim in JSON. So claims are pickled; what is read back can make the parts of a claim and no more.
"""

from __future__ import annotations

import io
import os
import pickle
import tempfile
from collections.abc import Iterator, Sequence
from typing import Any, Final, Self

from quarterhour.domain.marks import mark_of
from quarterhour.workflows.given_claims import GivenClaim, patient_key

_PROTOCOL: Final = 5
#: Whose types a claim is made of.
_OURS: Final = (
    "quarterhour.domain.",
    "quarterhour.workflows.given_claims",
    "quarterhour.workflows.claim_places",
    "quarterhour.workflows.fhir_input",
)
_DAYS: Final = frozenset({"date", "datetime"})
#: So many claims are held before they are written.
_AT_ONCE: Final = 2_000


class _Reader(pickle.Unpickler):
    """Makes the parts of claims and nothing else, whoever wrote what is read."""

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        """A type of ours, or a day.

        Raises:
            UnpicklingError: for anything else.

        """
        own = module_name.startswith(_OURS) and "." not in global_name
        if own or (module_name == "datetime" and global_name in _DAYS):
            found = super().find_class(module_name, global_name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError("expected claims that were laid aside, found something else")


def packed(claims: Sequence[GivenClaim]) -> bytes:
    """Claims as bytes."""
    return pickle.dumps(list(claims), _PROTOCOL)


def unpacked(content: bytes) -> list[GivenClaim]:
    """The claims of :func:`packed`.

    Raises:
        UnpicklingError: for bytes that hold something else.

    """
    found: list[GivenClaim] = _Reader(io.BytesIO(content)).load()
    return found


def part_of(given: GivenClaim, parts: int) -> int:
    """The part of patients a claim belongs to: the same part in every file and run."""
    return mark_of(patient_key(given.claim)) % parts


class Shelf:
    """Claims of some inputs by the part they belong to, in a file that is gone when it is closed."""

    def __init__(self, parts: int) -> None:
        """With room for so many parts."""
        self._file = tempfile.TemporaryFile(prefix="quarterhour-")  # noqa: SIM115 - closed by __exit__
        self._held: list[list[GivenClaim]] = [[] for _ in range(parts)]
        self._in_hand = 0
        self._laid: list[list[tuple[int, int, int]]] = [[] for _ in range(parts)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, number: int, claims: Iterator[GivenClaim]) -> None:
        """Lay the claims of an input aside, which has that number."""
        for one in claims:
            self._held[part_of(one, len(self._held))].append(one)
            self._in_hand += 1
            if self._in_hand >= _AT_ONCE:
                self._lay_down(number)
        self._lay_down(number)

    def part(self, part: int, number: int) -> Iterator[GivenClaim]:
        """The claims of a part that came from the input of that number, in their order."""
        for of_input, begin, size in self._laid[part]:
            if of_input == number:
                self._file.seek(begin)
                yield from unpacked(self._file.read(size))

    def _lay_down(self, number: int) -> None:
        for laid, held in zip(self._laid, self._held, strict=True):
            if held:
                begin = self._file.seek(0, os.SEEK_END)
                laid.append((number, begin, self._file.write(packed(held))))
                held.clear()
        self._in_hand = 0
