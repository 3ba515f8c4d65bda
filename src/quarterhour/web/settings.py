"""How the server was started."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

#: Of a clinic's month of claims with room to spare; a server that keeps nothing reads a request whole.
MOST_BYTES: Final = 32 * 1024 * 1024
#: Names that mean this machine.
_HERE: Final = ("localhost", "127.0.0.1", "::1")


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for every request.

    ``payer`` is for records that name none; ``policy_folders``, ``vocabulary`` and ``clinic`` (what its claims
    need beside visits) are a clinic's own; ``hosts`` are the names the server may be called by, beside those of this
    machine; ``origins`` are the other sites whose pages may call the API and CDS Hooks; ``note_hook`` is
    the name of a record system's own hook for the signing of a note; ``most_bytes`` is the largest request that is
    read.
    """

    payer: str | None = None
    policy_folders: tuple[Path, ...] = ()
    vocabulary: tuple[Path, ...] = ()
    clinic: Path | None = None
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    note_hook: str | None = None
    most_bytes: int = MOST_BYTES

    @property
    def names(self) -> list[str]:
        """Every name the server may be called by; another in a request means that somebody else's page asks."""
        return [*_HERE, *self.hosts]
