"""Official tables somebody has imported: which there are, what their columns hold, and how they are opened.

A store is a folder. ``current`` names the version in force, ``versions/<id>.json`` says which editions a version
consists of, ``tables/<name>-<hash>/<column>.npy`` are the columns of an edition, named by their content. Nothing in
it is ever changed, so whoever opened a version goes on reading it while another is imported, and a report that names
a version can be made again.

An edition is one release of one table: the pair edits of a quarter, the relative values of a quarter. Of a table that
tells its own history (pair edits, add-on codes) a version has one edition; of the others as many as were imported.
"""

from __future__ import annotations

import datetime as dt
import functools
import os
import re
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.policy.errors import NoSuchVersion, SpoiltStore
from quarterhour.policy.forms import FOREVER, FORMS

Columns = dict[str, NDArray[Any]]

#: The folder of the store, and the version that holds in it, where the caller names none.
STORE: Final = "QUARTERHOUR_POLICY_STORE"
VERSION: Final = "QUARTERHOUR_POLICY_VERSION"
#: Stands for the version in force, as text and as the name of the file that names it.
CURRENT: Final = "current"
#: Stands for the built-in facts without any import.
BUILT_IN: Final = "built-in"
_ID: Final = re.compile(r"[0-9a-f]{16}")


class Origin(msgspec.Struct, frozen=True):
    """A file an edition was read from: its name, the member of an archive, the digest of its bytes, its records."""

    file: str
    member: str | None
    sha256: str
    rows: int


class Column(msgspec.Struct, frozen=True):
    """What a column's file must be."""

    sha256: str
    bytes: int


class Edition(msgspec.Struct, frozen=True):
    """One release of one table. It speaks for days from ``first``; ``through`` is the last it was published for.

    ``variant`` tells editions of the same day apart, such as the relative values of qualifying participants.
    """

    table: str
    first: dt.date
    through: dt.date | None
    variant: str
    release: str
    folder: str
    rows: int
    columns: dict[str, Column]
    origins: tuple[Origin, ...]
    imported_on: dt.date

    @property
    def key(self) -> tuple[str, dt.date, str]:
        """Editions of one key take each other's place."""
        return self.table, self.first, self.variant


class Version(msgspec.Struct, frozen=True):
    """The editions that hold together. ``id`` is a digest of what they say, the same on every machine."""

    id: str
    store: Path
    parent: str | None
    editions: tuple[Edition, ...]

    def of(self, table: str) -> tuple[Edition, ...]:
        """The editions of one table, oldest first."""
        return tuple(edition for edition in self.editions if edition.table == table)

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables of which there is an edition."""
        return tuple(dict.fromkeys(edition.table for edition in self.editions))


class Manifest(msgspec.Struct, frozen=True):
    """A version as its file says it."""

    format: int
    parent: str | None
    editions: tuple[Edition, ...]


def store_folder(named: str | Path | None = None) -> Path:
    """The folder of the store: the one named, else that of the environment, else the user's own."""
    if named is not None:
        return Path(named)
    if os.environ.get(STORE):
        return Path(os.environ[STORE])
    return _own_folder(*map(os.environ.get, ("XDG_DATA_HOME", "LOCALAPPDATA", "HOME")))


@functools.lru_cache(maxsize=8)
def _own_folder(data: str | None, local: str | None, _home: str | None) -> Path:
    """The user's own store: every check asks for it, and finding a home takes as long as a small rule."""
    home = data or local
    return (Path(home) if home else Path.home() / ".local" / "share") / "quarterhour" / "policy"


def version(store: Path, wanted: str | None = None) -> Version | None:
    """The version of that id (its beginning is enough), else the one in force; None where nothing was imported.

    ``current`` is the one in force too, and ``built-in`` none.

    Raises:
        NoSuchVersion: if there is none of that id, or several begin so.
        SpoiltStore: if its file cannot be read.

    """
    if wanted == BUILT_IN:
        return None
    found = _whole_id(store, wanted) if wanted and wanted != CURRENT else _current(store)
    if found is None:
        return None
    file = store / "versions" / f"{found}.json"
    try:
        manifest = msgspec.json.decode(file.read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise SpoiltStore(file, "the list of what a version holds cannot be read") from error
    return Version(found, store, manifest.parent, manifest.editions)


def version_ids(store: Path) -> list[str]:
    """The ids of all versions, latest import first."""
    files = [file for file in (store / "versions").glob("*.json") if _ID.fullmatch(file.stem)]
    return [file.stem for file in sorted(files, key=lambda file: (-file.stat().st_mtime_ns, file.stem))]


def open_edition(held: Version, edition: Edition) -> Columns:
    """The columns of one edition, mapped from their files.

    Raises:
        SpoiltStore: for a file that is missing or has not the length it had.

    """
    return {name: _mapped(held, edition, name) for name in edition.columns}


def open_table(held: Version, name: str) -> Columns:
    """The columns of a table (``policy.forms``), all editions after each other, oldest first.

    To those of the form come ``from_day`` and ``through_day`` (ordinals, int32): the days the edition of the row
    speaks for, ``through_day`` FOREVER where no end was published. No rows where nothing was imported.

    Raises:
        SpoiltStore: for a file that is missing or has not the length it had.

    """
    editions = held.of(name)
    opened = [open_edition(held, edition) for edition in editions]
    if len(opened) == 1:
        columns = opened[0]
    else:
        columns = {
            column: np.concatenate([one[column] for one in opened]) if opened else np.empty(0, dtype=dtype)
            for column, dtype in FORMS[name].columns.items()
        }
    rows = [edition.rows for edition in editions]
    first = [edition.first.toordinal() for edition in editions]
    last = [edition.through.toordinal() if edition.through else FOREVER for edition in editions]
    return columns | {
        "from_day": np.repeat(np.array(first, dtype=np.int32), rows),
        "through_day": np.repeat(np.array(last, dtype=np.int32), rows),
    }


def _mapped(held: Version, edition: Edition, column: str) -> NDArray[Any]:
    file = held.store / "tables" / edition.folder / f"{column}.npy"
    try:
        if file.stat().st_size != edition.columns[column].bytes:
            raise SpoiltStore(file, "the file has not the length it had when it was imported")
        # A mapping of no rows cannot be made; a base-class view spares every later look a Python call.
        mapped = np.load(file, mmap_mode="r" if edition.rows else None, allow_pickle=False)
    except (OSError, ValueError) as error:
        raise SpoiltStore(file, "a column of an imported table cannot be read") from error
    return np.asarray(mapped)


def _current(store: Path) -> str | None:
    file = store / CURRENT
    try:
        # Mostly nothing was imported, and every check asks: to look costs a quarter of trying to open.
        if not file.exists():
            return None
        found = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SpoiltStore(file, "the name of the version in force cannot be read") from error
    if not _ID.fullmatch(found):
        raise SpoiltStore(file, "it names no version")
    return found


def _whole_id(store: Path, wanted: str) -> str:
    fitting = [one for one in version_ids(store) if one.startswith(wanted)]
    if len(fitting) != 1:
        raise NoSuchVersion(wanted, store, fitting)
    return fitting[0]
