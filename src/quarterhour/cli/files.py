"""Files a command writes: what is there already, and what cannot be written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click


def check_free(file: Path, hint: str, *, overwrite: bool) -> None:
    """Whether a file may be written.

    Raises:
        click.BadParameter: if it is there already and must not be written over.

    """
    if file.exists() and not overwrite:
        msg = f"{file} is there already; --overwrite writes over it"
        raise click.BadParameter(msg, param_hint=hint)


@contextmanager
def written(file: Path | None, hint: str) -> Iterator[None]:
    """Say of what is written inside which file it was that cannot be; None for standard output.

    Raises:
        click.BadParameter: for the operating system's reason.

    """
    try:
        yield
    except OSError as error:
        if file is None:
            raise
        msg = f"{file} cannot be written: {error.strerror or type(error).__name__}"
        raise click.BadParameter(msg, param_hint=hint) from None
