"""Which tables answer: the built-in ones, the imported ones, and what the two say differently."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quarterhour.policy import load
from quarterhour.policy.errors import SpoiltStore
from quarterhour.policy.keeping import choose, spoilt
from quarterhour.policy.tables import BUILT_IN, store_folder, version, version_ids
from quarterhour.workflows.asked import FORMAT, day_of, named_tables, policy_of
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.policy_conflicts import conflicts
from quarterhour.workflows.policy_import import edition_row
from quarterhour.workflows.tool import tool_row


def policy_list(
    *, store: Path | None = None, wanted: str | None = None, with_conflicts: bool = False, verify: bool = False
) -> dict[str, Any]:
    """The tables of a version (none named: of the one in force), and the versions there are; without ``store`` those
    that were named for this call, else your own.

    ``verify`` reads every file again, of all versions where none is named, and names those whose bytes are not those
    imported.

    Raises:
        NoSuchVersion: for a version the store does not have.
        SpoiltStore: if the list of a version cannot be read.

    """
    if store is None and wanted is None:
        store, wanted = named_tables()
    folder = store_folder(store)
    held, in_force = version(folder, wanted), version(folder)
    policy = load(held=held)
    imported = {edition.table for edition in held.editions} if held else set()
    answer: dict[str, Any] = {
        "format": FORMAT,
        "store": str(folder),
        "version": held.id if held else None,
        "in_force": bool(in_force and held and in_force.id == held.id),
        "hash": policy.digest,
        "built_in": [
            {
                "table": name,
                "title": entry["title"],
                "release": entry.get("release"),
                "as_of": entry.get("as_of"),
                "evidence": entry.get("evidence"),
                "replaced": name in imported,
            }
            for name, entry in load().official_tables().items()
        ],
        "imported": [edition_row(edition) for edition in held.editions] if held else [],
        "versions": [
            {"version": one, "in_force": bool(in_force and in_force.id == one)} for one in version_ids(folder)
        ],
    }
    if with_conflicts:
        answer["conflicts"] = conflicts(load(), held) if held else []
    if verify:
        answer |= _verified(folder, [held.id] if held and wanted else version_ids(folder))
    return answer


def policy_answering(
    *, policy_folders: Sequence[str | Path] = (), vocabulary: Sequence[str | Path] = ()
) -> dict[str, Any]:
    """As :func:`policy_list`, of the tables this call answers from, with the ``tool`` that every report names."""
    return policy_list() | {"tool": tool_row(policy_of(policy_folders), day_of(None), vocabulary)}


def _verified(folder: Path, versions: Sequence[str]) -> dict[str, list[str]]:
    """The versions whose files were read again, and those of their files that are not as they were."""
    found: list[str] = []
    for one in versions:
        try:
            held = version(folder, one)
        except SpoiltStore as error:
            found.append(error.file.relative_to(folder).as_posix())
        else:
            found += spoilt(held) if held else []
    return {"verified": list(versions), "spoilt": list(dict.fromkeys(found))}


def policy_use(wanted: str, *, store: Path | None = None) -> dict[str, Any]:
    """Put a version in force that was imported before.

    Raises:
        NoSuchVersion: for a version the store does not have.
        BadRequest: if one of its files is not what was imported.

    """
    folder = store_folder(store)
    held = version(folder, wanted)
    if wanted == BUILT_IN:
        raise BadRequest(f"{BUILT_IN} is no version to put in force; --policy-version {BUILT_IN} answers from it")
    if held is None:
        raise BadRequest("name the version to put in force; `policy list` shows those there are")
    wrong = spoilt(held)
    if wrong:
        raise BadRequest(f"version {held.id} is not whole: {', '.join(wrong)}; import its files again")
    choose(held)
    return {"format": FORMAT, "store": str(folder), "version": held.id}
