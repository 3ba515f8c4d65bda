"""Which FHIR element holds which member of a visit or claim: found by leaving each member out and looking what goes.

So the tables can't say other than the code does. The records in which every member is set are those of the tests.
"""

import datetime as dt
import importlib.util
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from quarterhour.domain.claim import Claim
from quarterhour.domain.errors import DomainError
from quarterhour.domain.json import from_builtins, to_builtins
from quarterhour.domain.visit import Visit
from quarterhour.interchange.fhir.systems import ours
from quarterhour.interchange.fhir.writer import write_claims, write_visits

RECORDS = Path(__file__).parents[1] / "tests/interchange/fhir/whole.py"
WRITTEN = dt.date(2026, 3, 9)
#: What a member that can't be left out becomes instead.
OTHERWISE: dict[str, Any] = {
    "code": "97116", "units": 3, "date_of_service": "2026-03-06", "claim_type": "professional", "line": 2,
    "paid": "1.00", "amount": "1.00", "paid_on": "2026-05-05", "statement_from": "2026-03-02",
    "statement_to": "2026-03-30",
}  # fmt: skip
#: Addresses of resources, and what marks a record as whole, say nothing of a member.
ASIDE = re.compile(r"(^|\.)(reference|fullUrl|id)$|extension\(complete\)")
#: Parts of a data type, which needn't be told beside the element that is of the type.
WITHIN = re.compile(r"(\.type)?\.coding\.(code|system)$|\.(value|currency|unit|system|code)$")


def tables() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """A title and rows of member and elements, of the visit record and of the claim."""
    whole = _whole()
    yield "Visit record", list(_rows(whole.VISIT, Visit, lambda visit: write_visits([visit]).text))
    yield "Claim", list(_rows(whole.CLAIM, Claim, lambda claim: write_claims([claim], WRITTEN).text))


def _rows(
    record: msgspec.Struct, record_type: type[msgspec.Struct], write: Callable[[Any], str]
) -> Iterator[tuple[str, str]]:
    plain = json.loads(json.dumps(to_builtins(record), default=str))
    before = _elements(write(record))
    seen: set[str] = set()
    for path in _paths(plain):
        member = re.sub(r"\[\]$", "", ".".join("[]" if isinstance(step, int) else step for step in path))
        member = member.replace(".[]", "[]")
        if member in seen:
            continue
        seen.add(member)
        after = _elements(write(_changed(plain, path, record_type)))
        lost = sorted(element for element, _ in before - after if not ASIDE.search(element))
        gone = dict.fromkeys(WITHIN.sub("", element) for element in lost)
        yield f"`{member}`", "<br>".join(f"`{element}`" for element in gone)


def _changed(plain: Any, path: tuple[Any, ...], record_type: type[msgspec.Struct]) -> Any:
    """The record without a member; with another value of it where it may not be left out."""
    last = path[-1]
    for otherwise in (None, OTHERWISE.get(str(last)), "changed"):
        copy = json.loads(json.dumps(plain))
        holder = copy
        for step in path[:-1]:
            holder = holder[step]
        if otherwise is None:
            del holder[last]
        else:
            holder[last] = otherwise
        try:
            return from_builtins(copy, record_type)
        except (msgspec.ValidationError, DomainError):
            continue
    raise ValueError(f"no other value for {path}")


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of the simple values of a record, of every list those of all elements; pairs stay whole."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*path, key))
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for place, inner in enumerate(value):
            yield from _paths(inner, (*path, place))
    else:
        yield path


def _elements(text: str) -> Counter[tuple[str, str]]:
    """Every simple value of a bundle with the path of its element, and how often it stands there."""
    return Counter(
        found
        for entry in json.loads(text)["entry"]
        for found in _simple(entry["resource"], entry["resource"]["resourceType"])
    )


def _simple(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for one in value:
            yield from _simple(one, path)
    elif isinstance(value, dict):
        url = value.get("url")
        at = path
        if isinstance(url, str) and path.endswith("extension"):
            at = f"{path}({url.removeprefix(ours(''))})"
        for key, inner in value.items():
            if key not in {"url", "resourceType"}:
                yield from _simple(inner, f"{at}.{key}")
    else:
        yield path, str(value)


def _whole() -> ModuleType:
    found = importlib.util.spec_from_file_location("whole", RECORDS)
    if found is None or found.loader is None:
        raise FileNotFoundError(RECORDS)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module
