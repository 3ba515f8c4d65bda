"""Errors of the policy room.

PolicyError
├── BadPolicyData     a data file that does not say what it must; names file and place
├── UnknownName       no parameter, payer, setting or table of that name; names the nearest
├── NotKnown          the policy is not known for that date; never answered by a default
│   └── NotHeld       a table of amounts holds nothing for it; says what it does hold
├── NoSuchVersion     the store of imported tables has no version of that id
├── StoreBusy         another import was finished while this one ran
└── SpoiltStore       a file of the store of imported tables is not what was written; names it
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from quarterhour.domain.errors import QuarterhourError


class PolicyError(QuarterhourError):
    """Something about policy data or its use."""


class BadPolicyData(PolicyError):
    """A data file that does not say what it must."""


class UnknownName(PolicyError):
    """A name the policy does not have."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        """``what`` is the kind of thing, in words."""
        import difflib  # only where somebody slipped

        known = sorted(known)
        near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known[:12])}"
        super().__init__(f"no {what} is called {name!r}; {hint}")
        self.name = name
        self.nearest = near[0] if near else None


class NotKnown(PolicyError):
    """What is asked is not known for that date of service."""

    def __init__(self, what: str, day: dt.date, since: dt.date | None) -> None:
        """``since`` is the first date for which it is known."""
        begins = f"; it is known from {since}" if since else ""
        super().__init__(f"{what} is not known for {day}{begins}")
        self.what = what
        self.day = day
        self.since = since


class NotHeld(NotKnown):
    """A table holds nothing for what is asked, and nothing near it may stand for it."""

    def __init__(self, what: str, day: dt.date, held: str) -> None:
        """``held`` says what the table does hold, and where the rest can come from."""
        super().__init__(what, day, None)
        self.args = (f"{what}: no amount is held for {day}; {held}",)


class NoSuchVersion(PolicyError):
    """A version of imported tables the store does not have."""

    def __init__(self, wanted: str, store: Path, fitting: Sequence[str]) -> None:
        """``fitting`` are the ids that begin so, where there are several."""
        several = (
            f"several versions begin so: {', '.join(fitting)}" if fitting else "`policy list` shows those there are"
        )
        super().__init__(f"no version {wanted!r} in {store}; {several}")
        self.wanted = wanted


class SpoiltStore(PolicyError):
    """A file of the store that is missing or not what was written."""

    def __init__(self, file: Path, what: str) -> None:
        """``what`` is the case, in words."""
        super().__init__(f"{file}: {what}; restore the folder from a copy, or import the official file again")
        self.file = file


class StoreBusy(PolicyError):
    """Another import was finished meanwhile; this one would undo it."""

    def __init__(self, store: Path) -> None:
        """``store`` is its folder."""
        super().__init__(f"{store}: another import was finished while this one ran; nothing was changed, run it again")
