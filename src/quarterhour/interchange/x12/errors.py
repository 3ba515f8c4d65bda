"""Errors of X12 interchange.

    InterchangeError
    ├── Unreadable
    │   ├── NotX12          bytes in which no X12 segment can be found
    │   └── TooLong         one claim or segment is longer than the reader was told to hold
    └── CannotWrite         a claim lacks what the guide requires, or holds what X12 cannot carry; names the element,
                            never its content

What is wrong inside a file that can be read is a ``Defect`` and not an error: the rest of the file is still read.
"""

from __future__ import annotations

from quarterhour.interchange.errors import InterchangeError, Unreadable


class NotX12(Unreadable):
    """Bytes in which no X12 segment can be found."""


class TooLong(Unreadable):
    """One claim or segment is longer than the reader was told to hold."""


class CannotWrite(InterchangeError):
    """A claim that cannot be written. ``element`` is the place in the guide, such as ``2010AA NM109``; ``claim`` its
    patient control number, empty where no claim is at fault.
    """

    def __init__(self, element: str, reason: str, claim: str = "") -> None:
        """Element and reason without names, identifiers or amounts of a person."""
        super().__init__(f"claim {claim}: {element}: {reason}" if claim else f"{element}: {reason}")
        self.element = element
        self.reason = reason
        self.claim = claim
