"""Read the data files to plain values, fast on the second time.

Parsing all YAML takes longer than judging a visit, so the parsed form is kept as JSON under the digest of the files
it came from: beside the data where that can be written, else in the user's cache folder. A changed file has another
digest, so what is kept can never be stale; where nothing can be kept, everything still works, a little slower.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from quarterhour.policy.errors import BadPolicyData

BUILT_IN: Final = Path(__file__).parent / "data"
#: How files of data are named; others are left alone.
SUFFIXES: Final = frozenset({".yaml", ".csv"})
#: Changes when the kept form changes, so that an older version's is not taken for ours.
_FORM: Final = b"1"
#: So many parsed forms are kept: the built-in data alone, and with the folders of a few clinics.
_MOST_KEPT: Final = 8


class DataFiles(msgspec.Struct, frozen=True):
    """Every data file by its path without suffix (``cms/timed_units``), as parsed; ``digest`` is of their bytes."""

    digest: str
    files: dict[str, Any]

    def under(self, folder: str) -> dict[str, Any]:
        """The files of one folder, subfolders included, by path."""
        return {name: content for name, content in self.files.items() if name.startswith(folder + "/")}


def files_of(folder: Path) -> list[Path]:
    """The files below a folder in order, without those of a file system or of version control, which are hidden."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]


def read(folders: Sequence[Path] = ()) -> DataFiles:
    """Read the built-in data and then the clinic's own folders, which may add files but not replace any.

    Raises:
        BadPolicyData: for a file that cannot be parsed, or a name that stands in two folders.

    """
    contents: dict[str, tuple[Path, bytes]] = {}
    for folder in (BUILT_IN, *folders):
        if not folder.is_dir():
            msg = f"{folder}: no such folder of policy data"
            raise BadPolicyData(msg)
        for path in files_of(folder):
            if path.suffix not in SUFFIXES:
                continue
            name = path.relative_to(folder).with_suffix("").as_posix()
            if name in contents:
                msg = f"{path}: {name} is already given by {contents[name][0]}; choose another file name"
                raise BadPolicyData(msg)
            contents[name] = (path, path.read_bytes())
    digest = hashlib.blake2b(_FORM, digest_size=16)
    for name, (_, content) in contents.items():
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    kept = _kept(digest.hexdigest())
    if kept is None:
        kept = {name: _parse(path, content) for name, (path, content) in contents.items()}
        _keep(digest.hexdigest(), kept)
    return DataFiles(digest.hexdigest(), kept)


def _places(digest: str) -> tuple[Path, Path]:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return BUILT_IN / ".parsed" / f"{digest}.json", cache / "quarterhour" / f"policy-{digest}.json"


def _kept(digest: str) -> dict[str, Any] | None:
    for place in _places(digest):
        with contextlib.suppress(OSError, msgspec.DecodeError):
            kept: dict[str, Any] = msgspec.json.decode(place.read_bytes())
            return kept
    return None


def _keep(digest: str, files: dict[str, Any]) -> None:
    import tempfile  # only where nothing is kept yet

    text = msgspec.json.encode(files)
    for place in _places(digest):
        with contextlib.suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            # Written aside and renamed, so that another process never reads half a file.
            with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as aside:
                aside.write(text)
            Path(aside.name).replace(place)
            kept = sorted(place.parent.glob(place.name.replace(digest, "*")), key=lambda path: -path.stat().st_mtime)
            for oldest in kept[_MOST_KEPT:]:
                oldest.unlink(missing_ok=True)
            return


def _parse(path: Path, content: bytes) -> Any:
    try:
        text = content.decode()
        if path.suffix == ".csv":
            import csv

            return list(csv.DictReader(text.splitlines()))
        import yaml

        # Through JSON, so that what is read now and what was kept are the same (dates become ISO text).
        return msgspec.json.decode(msgspec.json.encode(yaml.load(text, Loader=yaml.CSafeLoader)))
    except (ValueError, TypeError) as error:
        msg = f"{path}: {error}"
        raise BadPolicyData(msg) from error
    except Exception as error:
        if type(error).__module__.startswith("yaml"):
            raise BadPolicyData(f"{path}: {error}") from error
        raise
