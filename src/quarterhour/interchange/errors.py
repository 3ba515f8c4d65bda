"""Errors of the interchange room.

    InterchangeError
    ├── BadOfficialFile an official file that is not whole, or not what it seems; says where and what to do
    ├── NotInstalled    a part that is installed by an extra is not there; says which extra
    └── Unreadable      nothing of an input can be read; says why, with line and column if there are any
        └── NotFhir     it is JSON and holds no FHIR resource

What is wrong inside an input that can be read is not an error but a ``Defect``: the rest of the input is still read.
No message of either carries a name or the text of a note.
"""

from __future__ import annotations

import msgspec

from quarterhour.domain.errors import QuarterhourError


class InterchangeError(QuarterhourError, ValueError):
    """Something about an outside format."""


class NotInstalled(InterchangeError):
    """A part that is not installed; says how to get it."""


class Unreadable(InterchangeError):
    """An input of which nothing can be read."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        """``line`` and ``column`` count from 1, in characters."""
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


class NotFhir(Unreadable):
    """JSON without a FHIR resource."""


class BadOfficialFile(InterchangeError):
    """A file of an authority that cannot be taken as it is: nothing of it is."""

    def __init__(
        self,
        where: str,
        what: str,
        remedy: str = "download the file again",
        *,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        """``where`` is the file and the member of an archive; ``line`` counts from 1, ``column`` columns of a table."""
        place = f", line {line}" if line else ""
        place += f", column {column}" if column else ""
        super().__init__(f"{where}{place}: {what}; {remedy}")
        self.where = where
        self.what = what
        self.remedy = remedy
        self.line = line
        self.column = column


class Defect(msgspec.Struct, frozen=True):
    """One thing that is wrong in an input. ``pointer`` is a JSON pointer; ``line`` and ``column`` count from 1."""

    message: str
    pointer: str | None = None
    line: int | None = None
    column: int | None = None
