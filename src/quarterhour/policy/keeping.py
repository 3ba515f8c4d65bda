"""Keeping imported tables: all of an import holds from one moment on, or nothing of it does.

Columns are written into a folder aside, synced, and renamed to the name of their content; then the list of the new
version; last the small file ``current``, whose renaming is the moment. Whatever is interrupted before it leaves files
nobody names; those aside are swept away by a later import, whole ones taken up by one of the same table.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import secrets
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.policy.errors import StoreBusy
from quarterhour.policy.forms import FORMS
from quarterhour.policy.lasting import put, sync_file, sync_folder
from quarterhour.policy.tables import CURRENT, Column, Columns, Edition, Manifest, Origin, Version, version

#: The form of the list of a version; changes when an older program could not read it.
_FORMAT: Final = 1
_ASIDE: Final = ".aside-"
#: Seconds after which an import that has not ended is taken to be dead.
_LONG_AGO: Final = 6 * 3600


class NewEdition(msgspec.Struct, frozen=True):
    """What is to be kept of one release of one table. ``columns`` are those of its form, rows sorted as it wants."""

    table: str
    first: dt.date
    through: dt.date | None
    variant: str
    release: str
    columns: Columns
    origins: tuple[Origin, ...]


def keep(store: Path, new: Iterable[NewEdition], parent: Version | None, today: dt.date) -> Version:
    """Make a version of the parent's editions and the new ones, which take the place of those they replace.

    Of a table that tells its history the new edition takes the place of all others. What ``keep`` is given must have
    been looked through; the store asks only for the columns of the form.

    Raises:
        StoreBusy: if another import was finished since ``parent`` was read.
        OSError: if the store cannot be written.

    """
    editions = {edition.key: edition for edition in (parent.editions if parent else ())}
    for one in new:
        written = _written(store, one, today)
        if FORMS[one.table].tells_history:
            editions = {key: edition for key, edition in editions.items() if edition.table != one.table}
        editions[written.key] = written
    ordered = tuple(editions[key] for key in sorted(editions))
    made = Version(_id(ordered), store, parent.id if parent else None, ordered)
    if parent and made.id == parent.id:
        return parent
    (store / "versions").mkdir(parents=True, exist_ok=True)
    manifest = Manifest(_FORMAT, made.parent, ordered)
    listed = store / "versions" / f"{made.id}.json"
    if not listed.exists():
        _replace(listed, msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    in_force = version(store)
    if (in_force and in_force.id) != (parent and parent.id):
        raise StoreBusy(store)
    choose(made)
    _sweep(store)
    return made


def choose(held: Version) -> None:
    """Put a version in force."""
    _replace(held.store / CURRENT, held.id.encode() + b"\n")


def kept_columns(folder: Path, make: Callable[[], Columns]) -> Columns:
    """Columns that can be made again, mapped from the folder they were kept in; made and kept where there is none.

    Where nothing can be written they are made every time. The name of the folder must say all they depend on.
    """
    mapped = _mapped(folder)
    if mapped is not None:
        return mapped
    made = make()
    with contextlib.suppress(OSError):
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = _folder_aside(folder.parent)
        try:
            for name, values in made.items():
                _write_column(aside / f"{name}.npy", values, values.dtype.str)
            aside.rename(folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return made


def spoilt(held: Version) -> list[str]:
    """The files of a version whose bytes are not those that were imported, by path inside the store."""
    found = [] if _id(held.editions) == held.id else [f"versions/{held.id}.json"]
    for edition in held.editions:
        for name, column in edition.columns.items():
            file = held.store / "tables" / edition.folder / f"{name}.npy"
            if not file.is_file() or _digest(file.read_bytes()) != column.sha256:
                found.append(file.relative_to(held.store).as_posix())
    return found


def _mapped(folder: Path) -> Columns | None:
    """The columns of a folder; None where there is none, or a file of it cannot be read."""
    try:
        return {
            file.stem: np.asarray(np.load(file, mmap_mode="r", allow_pickle=False)) for file in folder.glob("*.npy")
        } or None
    except (OSError, ValueError):
        return None


def _written(store: Path, new: NewEdition, today: dt.date) -> Edition:
    form = FORMS[new.table]
    if set(new.columns) != set(form.columns):
        msg = f"{new.table}: columns {sorted(set(new.columns) ^ set(form.columns))} are missing or too many"
        raise ValueError(msg)
    tables = store / "tables"
    tables.mkdir(parents=True, exist_ok=True)
    aside = _folder_aside(tables)
    try:
        columns = {
            name: _write_column(aside / f"{name}.npy", new.columns[name], kind) for name, kind in form.columns.items()
        }
        content = "".join(f"{name} {column.sha256}\n" for name, column in columns.items())
        folder = f"{new.table}-{_digest(content.encode())[:16]}"
        sync_folder(aside)
        if not _same(tables / folder, columns):
            shutil.rmtree(tables / folder, ignore_errors=True)
            aside.rename(tables / folder)
            sync_folder(tables)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Edition(
        new.table,
        new.first,
        new.through,
        new.variant,
        new.release,
        folder,
        next(iter(new.columns.values())).size,
        columns,
        new.origins,
        today,
    )


def _write_column(file: Path, values: NDArray[Any], kind: str) -> Column:
    wanted = values.dtype if kind == "U" and values.dtype.kind == "U" else np.dtype(kind)
    if values.dtype != wanted:
        msg = f"{file.stem}: expected {wanted}, got {values.dtype}"
        raise ValueError(msg)
    buffer = io.BytesIO()
    np.save(buffer, np.ascontiguousarray(values), allow_pickle=False)
    content = buffer.getbuffer()
    file.write_bytes(content)
    sync_file(file)
    return Column(_digest(content), len(content))


def _same(folder: Path, columns: Mapping[str, Column]) -> bool:
    """Whether the folder of that name, left by an earlier import, is whole."""
    try:
        return all(_digest((folder / f"{name}.npy").read_bytes()) == column.sha256 for name, column in columns.items())
    except OSError:
        return False


def _id(editions: Iterable[Edition]) -> str:
    """A digest of what a version says; when and from which file it was imported changes nothing of that."""
    said = [(e.table, str(e.first), str(e.through), e.variant, e.release, e.folder) for e in editions]
    return _digest(msgspec.json.encode(said))[:16]


def _replace(file: Path, content: bytes) -> None:
    aside = file.with_name(f"{_ASIDE}{secrets.token_hex(8)}")
    with aside.open("xb") as opened:
        opened.write(content)
    put(aside, file)


def _folder_aside(parent: Path) -> Path:
    """A new folder with the rights the user gives new folders: a store may be shared, as no temporary folder is."""
    aside = parent / f"{_ASIDE}{secrets.token_hex(8)}"
    aside.mkdir()
    return aside


def _sweep(store: Path) -> None:
    """Remove what imports left that were broken off so long ago that they cannot still run."""
    now = (store / CURRENT).stat().st_mtime
    for left in [*store.glob(f"{_ASIDE}*"), *store.glob(f"*/{_ASIDE}*")]:
        with contextlib.suppress(OSError):
            if now - left.stat().st_mtime > _LONG_AGO:
                shutil.rmtree(left) if left.is_dir() else left.unlink()


def _digest(content: bytes | memoryview) -> str:
    return hashlib.sha256(content).hexdigest()
