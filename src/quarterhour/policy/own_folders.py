"""A clinic's own folders of policy data, looked over before anything is judged by them.

What is misspelt there would fall back to the built-in terms without a word, so every file has to stand in a folder that
is known, and every key and value of payers and sources has to be one that is understood. The built-in data passes the
same checks.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

from quarterhour.domain.visit import SETTINGS
from quarterhour.policy.errors import BadPolicyData
from quarterhour.policy.parameter import day_of
from quarterhour.policy.reading import BUILT_IN, SUFFIXES, DataFiles, files_of

PAYERS: Final = "payers"
SOURCES: Final = "sources"
_PAYER: Final = ("id", "title", "inherits", "note", "terms", "settings", "pair_notes")
_TERM: Final = ("name", "title", "unit", "note", "values")
_VALUE: Final = ("from", "to", "through", "value", "published", "source", "evidence", "note")
_PAIR_NOTE: Final = ("codes", "from", "text", "source", "evidence")
_SOURCE: Final = ("title", "publisher", "href", "published", "retrieved")


def look_over(folders: Sequence[Path], data: DataFiles) -> dict[str, Path]:
    """Look over the files of the folders as they were read; the payers they give, each with its file.

    Raises:
        BadPolicyData: for a folder without data, a file in no folder that is known, and whatever a file of payers or
            sources holds that is not understood.

    """
    payers: dict[str, Path] = {}
    for folder in folders:
        files = files_of(folder)
        if not any(path.suffix in SUFFIXES for path in files):
            _wrong(folder, "no policy data in it; payers stand in payers/NAME.yaml, their sources in sources/NAME.yaml")
        for path in files:
            _in_its_place(path, folder)
            name = path.relative_to(folder).with_suffix("").as_posix()
            if path.suffix in SUFFIXES and name.startswith(f"{PAYERS}/"):
                payer_file(path, data.files[name])
                payers[data.files[name]["id"]] = path
            elif path.suffix in SUFFIXES and name.startswith(f"{SOURCES}/"):
                source_file(path, data.files[name])
    return payers


def payer_file(path: Path, content: Any) -> None:
    """Look over a payer: its keys, and those of its terms and notes; what the words say is for the payers to tell.

    Raises:
        BadPolicyData: naming the file and the key.

    """
    payer = _mapping(path, content, "a payer", _PAYER)
    for key in ("id", "title"):
        _text(path, payer, key, "a payer")
    _text(path, payer, "inherits", "a payer", needed=False)
    _terms(path, payer.get("terms"), "terms")
    for setting, block in _mapping(path, payer.get("settings") or {}, "settings", SETTINGS).items():
        _terms(path, _mapping(path, block, f"settings.{setting}", ("terms",)).get("terms"), f"settings.{setting}.terms")
    for note in _list(path, payer.get("pair_notes") or [], "pair_notes"):
        kept = _mapping(path, note, "pair_notes", _PAIR_NOTE)
        _dated(path, kept, "pair_notes", "text")
        if len(_list(path, kept.get("codes"), "pair_notes: codes")) != len(("one", "other")):
            _wrong(path, "pair_notes: codes are two")


def source_file(path: Path, content: Any) -> None:
    """Look over a file of sources.

    Raises:
        BadPolicyData: naming the file, the source and the key.

    """
    for name, entry in _mapping(path, content, "sources by id").items():
        source = _mapping(path, entry, f"source {name}", _SOURCE)
        for key in ("title", "publisher"):
            _text(path, source, key, f"source {name}")
        _text(path, source, "href", f"source {name}", needed=False)
        for key in ("published", "retrieved"):
            if source.get(key) is not None:
                day_of(source[key], f"{path}: source {name}: {key}")


def _terms(path: Path, terms: Any, where: str) -> None:
    for term, block in _mapping(path, {} if terms is None else terms, where).items():
        at = f"{where}.{term}"
        entry = _mapping(path, block, at, _TERM)
        _text(path, entry, "name", at, needed=False)
        for row in _list(path, entry.get("values"), f"{at}: values"):
            value = _mapping(path, row, f"{at}: values", _VALUE)
            if "value" not in value:
                _wrong(path, f"{at}: a value has no value")
            _dated(path, value, at)


def _dated(path: Path, entry: dict[str, Any], where: str, *texts: str) -> None:
    """What every dated entry has; a grade there is not is for ``source.grade`` to tell."""
    day_of(entry.get("from"), f"{path}: {where}: from")
    for key in (*texts, "source", "evidence"):
        _text(path, entry, key, where)


def _in_its_place(path: Path, folder: Path) -> None:
    within = path.relative_to(folder)
    if path.suffix == ".yml":
        _wrong(path, "read are files named .yaml and .csv")
    if path.suffix not in SUFFIXES:
        return
    known = sorted(one.name for one in BUILT_IN.iterdir() if one.is_dir() and not one.name.startswith("."))
    top = within.parts[0]
    if len(within.parts) == 1:
        _wrong(path, f"it stands in none of the folders {', '.join(known)}; name the folder above them")
    if top not in known:
        _wrong(path, f"no folder of policy data is called {top!r}{_meant(top, known)}")


def _mapping(path: Path, value: Any, where: str, keys: Iterable[str] | None = None) -> dict[str, Any]:
    """The value as keys and values, each of them known."""
    if not isinstance(value, dict):
        _wrong(path, f"{where}: expected keys and values, got {_kind(value)}")
    known = None if keys is None else list(keys)
    for key in value:
        if known is not None and key not in known:
            _wrong(path, f"{where}: unknown key {key!r}{_meant(key, known)}")
    found: dict[str, Any] = value
    return found


def _list(path: Path, value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        _wrong(path, f"{where}: expected a list, got {_kind(value)}")
    found: list[Any] = value
    return found


def _text(path: Path, entry: dict[str, Any], key: str, where: str, *, needed: bool = True) -> None:
    value = entry.get(key)
    if value is None and not needed:
        return
    if not isinstance(value, str) or not value.strip():
        _wrong(path, f"{where}: {key}: expected a text, got {_kind(value)}")


def _meant(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(known)}"


def _kind(value: Any) -> str:
    if value is None:
        return "nothing"
    return "keys and values" if isinstance(value, dict) else "a list" if isinstance(value, list) else repr(value)


def _wrong(path: Path, what: str) -> NoReturn:
    msg = f"{path}: {what}"
    raise BadPolicyData(msg)
