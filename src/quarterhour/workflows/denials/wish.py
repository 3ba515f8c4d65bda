"""What somebody asks of remittances."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

from quarterhour.workflows.asked import Day

Order = Literal["amount", "deadline"]


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """How to read what came back.

    ``payer`` is whose terms hold where the files do not tell; ``today`` the day that deadlines are held against;
    ``order`` what the worklist is sorted by first; ``every_line`` lists also the lines that need nothing; ``mapping``
    is a file that says what the columns of tables are.
    """

    payer: str | None = None
    today: Day = None
    order: Order = "amount"
    every_line: bool = False
    mapping: str | Path | None = None
    policy_folders: Sequence[str | Path] = ()
