"""How to scrub, and what is said of it while it goes on."""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from quarterhour.domain.extras import installing
from quarterhour.workflows.asked import Day, paths_of, words_of
from quarterhour.workflows.errors import BadRequest

#: What a process holds before the first line: the interpreter, the libraries, policy, compiled kernels.
_RESIDENT: Final = 260 << 20
#: Bytes a line takes at the height of judging: its columns, what is derived from them, and its findings.
_A_LINE: Final = 1_700
_FEWEST_LINES: Final = 20_000
_MOST_LINES: Final = 500_000
#: Up to so many workers are threads: compiled kernels, NumPy and Arrow let go of the interpreter meanwhile, so that a
#: few hardly wait for one another, and nothing is loaded twice.
MOST_THREADS: Final = 4
_SIZE: Final = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)i?B?", re.IGNORECASE)
DEFAULT_MEMORY: Final = 2 << 30


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """How to scrub; ``payer`` to ``mapping`` are those of ``workflows.check.Wish``.

    ``memory`` is what all processes together may take, in bytes; ``workers`` how many there are (None: as many as
    processors). ``work`` is the folder for what is finished so far (None: beside the findings); ``resume`` goes on
    with what it holds. ``spark`` has the work done by Spark. ``tables`` are store and version of the imported tables;
    a run sets them, so that every process answers from the same.
    """

    payer: str | None = None
    today: Day = None
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    persona: Sequence[str] = ()
    policy_folders: Sequence[str | Path] = ()
    vocabulary: Sequence[str | Path] = ()
    mapping: str | Path | None = None
    memory: int = DEFAULT_MEMORY
    workers: int | None = None
    work: Path | None = None
    resume: bool = False
    spark: bool = False
    tables: tuple[str | None, str | None] = (None, None)

    @property
    def processes(self) -> int:
        """How many workers there are."""
        return self.workers or os.cpu_count() or 1

    @property
    def lines_at_once(self) -> int:
        """How many lines a worker may hold."""
        # Threads share what a process holds by itself.
        own = self.processes if self.spark or self.processes > MOST_THREADS else 1
        share = (self.memory - own * _RESIDENT) // self.processes
        return max(_FEWEST_LINES, min(_MOST_LINES, share // _A_LINE))


def wish_of(
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    persona: Sequence[str] = (),
    policy_folders: Sequence[str | Path] = (),
    vocabulary: Sequence[str | Path] = (),
    memory: int | str = DEFAULT_MEMORY,
    workers: int | None = None,
    work: str | Path | None = None,
    **others: Any,
) -> Wish:
    """The wish a caller has; ``others`` are fields of :class:`Wish` that are taken as they are.

    Raises:
        BadRequest: for less than one worker, a size that cannot be read, or where pyarrow is not installed.

    """
    if importlib.util.find_spec("pyarrow") is None:
        raise BadRequest(f"whole files are read and written by pyarrow: {installing('batch')}")
    if workers is not None and workers < 1:
        msg = f"expected at least one worker, got {workers}"
        raise BadRequest(msg)
    return Wish(
        select=words_of(select, "select"),
        ignore=words_of(ignore, "ignore"),
        persona=words_of(persona, "persona"),
        policy_folders=paths_of(policy_folders, "policy_folders"),
        vocabulary=paths_of(vocabulary, "vocabulary"),
        memory=size_of(memory) if isinstance(memory, str) else memory,
        workers=workers,
        work=None if work is None else Path(work),
        **others,
    )


class Progress(msgspec.Struct, frozen=True):
    """How far a step has come: ``done`` of ``total`` lines; ``total`` None where that is not known."""

    step: str
    done: int
    total: int | None


def work_folder(named: Path | None, out: Path) -> Path:
    """Where what is finished is kept until the findings are written to ``out``: the folder named, or one beside it."""
    return named or out.with_name(out.name + ".work")


Told = Callable[[Progress], None]


def nobody(_progress: Progress) -> None:
    """Tell no one."""


def size_of(text: str) -> int:
    """Bytes of a size such as ``800MB``, ``1.5G`` or ``2 GiB``; units are of 1,024.

    Raises:
        BadRequest: for anything else.

    """
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        msg = f'expected a size such as "800MB" or "2GB", got {text!r}'
        raise BadRequest(msg)
    return int(float(match[1]) * 1024 ** " KMGT".index(match[2].upper() or " "))
