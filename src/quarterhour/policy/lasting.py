"""Files that are there whole or not at all, even where the machine goes down."""

from __future__ import annotations

import os
from pathlib import Path


def sync_file(file: Path) -> None:
    """Make what was written to a file last."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """Make renamings in a folder last, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def put(draft: Path, file: Path) -> None:
    """Give a file that was written its name: from then on it is there whole, until then what stood there stands."""
    sync_file(draft)
    draft.replace(file)
    sync_folder(file.parent)
