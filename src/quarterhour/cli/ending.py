"""What is said when somebody ends a long run: what is kept, and how to go on."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

import click

from quarterhour.cli.output import message

#: As shells tell of a process that a signal ended.
_BY_SIGNAL: Final = 128


class _Terminated(KeyboardInterrupt):
    """SIGTERM, which otherwise ends a process without a word."""


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise _Terminated


@contextmanager
def resumable(folder: Path) -> Iterator[None]:
    """Say on Ctrl-C and on SIGTERM that what was finished is kept in ``folder``, and exit with 130 or 143."""
    main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGTERM, _terminate) if main else None
    try:
        yield
    except KeyboardInterrupt as ended:
        kept = (
            f"what was finished is kept in {folder}; --resume goes on with it" if folder.exists() else "nothing is kept"
        )
        message(f"quarterhour: stopped: {kept}")
        number = signal.SIGTERM if isinstance(ended, _Terminated) else signal.SIGINT
        raise click.exceptions.Exit(_BY_SIGNAL + number) from None
    finally:
        if main:
            signal.signal(signal.SIGTERM, before)
