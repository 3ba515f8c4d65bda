"""Times of day as minutes after midnight; text at the edges is ``"HH:MM"`` on a 24-hour clock."""

from __future__ import annotations

import re

from quarterhour.domain.errors import BadClock

_FORM = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


class Clock(int):
    """A time of day in whole minutes after midnight. Seconds are never rounded up into a minute."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: object) -> Clock:
        """Read ``"09:05"`` or ``"14:30"``.

        Raises:
            BadClock: for anything else.

        """
        match = _FORM.fullmatch(text.strip()) if isinstance(text, str) else None
        if match is None:
            msg = f'expected a time of day such as "09:05", got {text!r}'
            raise BadClock(msg)
        return cls(int(match[1]) * 60 + int(match[2]))

    def __str__(self) -> str:
        """``HH:MM``."""
        return f"{self // 60:02d}:{self % 60:02d}"
