"""Official files in: read, looked through, set against the built-in facts, and kept as a version that holds at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from quarterhour.interchange.cms_files import Asked, LeftAside, OfficialFile, Reading, official_files, read, recognised
from quarterhour.interchange.cms_files.pair_table import joined
from quarterhour.interchange.cms_files.recognise import Recognised
from quarterhour.interchange.cms_files.releases import Release
from quarterhour.interchange.cms_files.sources import digest_of
from quarterhour.interchange.errors import BadOfficialFile
from quarterhour.policy import Policy, load
from quarterhour.policy.forms import FORMS
from quarterhour.policy.keeping import NewEdition, keep
from quarterhour.policy.tables import Edition, Origin, store_folder, version
from quarterhour.workflows.asked import FORMAT, Day, day_of, iso
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.import_refusals import CLAIMS, complete, counted, in_order, named
from quarterhour.workflows.policy_conflicts import conflicts

#: Of files that say the same in several forms the first of these is read.
_PREFERRED: Final = (".csv", ".txt", ".xlsx")


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """How to import.

    ``claim`` and ``effective`` say what neither file nor name does: whose claims, and the first day of the release;
    ``records`` is the number of records the publisher states, all parts of a table together; ``allow_gaps`` takes
    releases between which one is missing; ``allow_older`` an older release in the place of a newer.
    """

    store: Path | None = None
    claim: str | None = None
    effective: Day = None
    records: int | None = None
    allow_gaps: bool = False
    allow_older: bool = False
    today: Day = None


def policy_import(paths: Sequence[str | Path], wish: Wish | None = None) -> dict[str, Any]:
    """Import official files; all of them together, or nothing.

    Raises:
        BadRequest: for no file that is one of the official ones, or a wish that makes no sense.
        BadOfficialFile: for a file that is not whole or not what it seems; nothing is kept then.
        StoreBusy: if another import was finished meanwhile.

    """
    wish = wish or Wish()
    if wish.claim is not None and wish.claim not in CLAIMS:
        raise BadRequest(f"expected a claim of {', '.join(CLAIMS)}, got {wish.claim!r}")
    asked = Asked(wish.claim, None if wish.effective is None else day_of(wish.effective))
    store = store_folder(wish.store)
    parent = version(store)
    found, aside = _files(paths)
    tables = _tables([read(one, asked) for one in found], load(), wish)
    if wish.records is not None:
        counted([reading for reading, _ in tables], wish.records)
    new = [edition for _, edition in tables]
    in_order(new, parent, allow_gaps=wish.allow_gaps, allow_older=wish.allow_older)
    held = keep(store, new, parent, day_of(wish.today))
    # Asked once here, the pair tables are laid out for all who ask later.
    whole = load(held=held).pairs.whole
    return {
        "format": FORMAT,
        "version": held.id,
        "parent": parent.id if parent else None,
        "changed": parent is None or held.id != parent.id,
        "store": str(store),
        "imported": [edition_row(one) for one in held.editions if one.key in {_key(edition) for edition in new}],
        "left_aside": [{"file": one.source.where, "reason": one.reason} for one in aside],
        "whole_pair_tables": sorted(whole),
        "notes": [note for reading, _ in tables for note in reading.notes],
        "conflicts": conflicts(load(), held),
    }


def edition_row(edition: Edition) -> dict[str, Any]:
    """An edition as answers show it."""
    return {
        "table": edition.table,
        "title": FORMS[edition.table].title,
        "release": edition.release,
        "variant": edition.variant or None,
        "from": edition.first.isoformat(),
        "through": iso(edition.through),
        "rows": edition.rows,
        "hash": edition.folder.rpartition("-")[2],
        "evidence": "primary",
        "imported_on": edition.imported_on.isoformat(),
        "files": [
            {"file": one.file, "member": one.member, "sha256": one.sha256, "rows": one.rows} for one in edition.origins
        ],
    }


def _files(paths: Sequence[str | Path]) -> tuple[list[Recognised], list[LeftAside]]:
    """The official files among those given, of twins the one to read; and the others with the reason."""
    sources = official_files([Path(path) for path in paths])
    chosen: dict[tuple[Path, str], Recognised] = {}
    aside: list[LeftAside] = []
    for source in sorted(sources, key=_preference):
        twin = chosen.get(_stem(source))
        # A twin is not opened: reading a workbook of a million rows takes longer than all the rest.
        what = LeftAside(source, f"the same table as {twin.source.where}") if twin else recognised(source)
        if isinstance(what, LeftAside):
            aside.append(what)
        else:
            chosen[_stem(source)] = what
    if not chosen:
        told = "; ".join(f"{one.source.where}: {one.reason}" for one in aside) or "no files there"
        raise BadRequest(f"nothing to import: {told}")
    return list(chosen.values()), aside


def _stem(source: OfficialFile) -> tuple[Path, str]:
    inside = Path(source.member) if source.member else source.path
    return (source.path if source.member else inside.parent), inside.stem.lower()


def _preference(source: OfficialFile) -> int:
    suffix = Path(source.member or source.path).suffix.lower()
    return _PREFERRED.index(suffix) if suffix in _PREFERRED else len(_PREFERRED)


def _tables(readings: Sequence[Reading], policy: Policy, wish: Wish) -> list[tuple[Reading, NewEdition]]:
    """Readings by table and release, the parts of a pair table put together; each with the edition to keep of it."""
    groups: dict[tuple[str, dt.date | None, str], list[Reading]] = {}
    for reading in readings:
        history = FORMS[reading.table].tells_history if reading.table in FORMS else True
        day = None if history or reading.release is None else reading.release.first
        groups.setdefault((reading.table, day, reading.variant), []).append(reading)
    tables = []
    for (table, _, _), parts in groups.items():
        whole = parts[0]
        if table.startswith("ptp-"):
            whole = named(joined(parts, gaps=wish.allow_gaps), policy, asked=wish.claim)
        elif len(parts) > 1:
            raise BadOfficialFile(
                parts[1].source.where,
                f"is the same table and release as {parts[0].source.where}",
                "give one of the two",
            )
        release = whole.release
        if release is None:
            raise BadOfficialFile(
                whole.source.where,
                "neither the file nor its name says of which release it is",
                "say its first day with --effective DATE",
            )
        complete(whole, policy)
        tables.append((whole, _edition(whole, release, parts)))
    return tables


def _edition(reading: Reading, release: Release, parts: Sequence[Reading]) -> NewEdition:
    origins = tuple(
        Origin(part.source.path.name, part.source.member, digest_of(part.source.path), part.rows) for part in parts
    )
    return NewEdition(
        reading.table, release.first, release.through, reading.variant, release.name, reading.columns, origins
    )


def _key(edition: NewEdition) -> tuple[str, dt.date, str]:
    return edition.table, edition.first, edition.variant
