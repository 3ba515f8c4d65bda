"""What a CDS Hooks client sends, checked: the resources of one encounter, read as those of a FHIR file are.

Nothing is fetched: what was not sent is not known, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from quarterhour.domain.json import dumps
from quarterhour.rules.catalogue import catalogue
from quarterhour.workflows.check import Checked, Wish, checked_content
from quarterhour.workflows.errors import WorkflowError

#: Whom the context of a hook names, by the type of the resource.
_NAMED: Final = {"Patient": "patientId", "Encounter": "encounterId"}
_FAILED: Final = "OperationOutcome"
_BUNDLE: Final = "Bundle"
_ONE: Final = "resource"


class NotSent(WorkflowError):
    """Resources without which nothing can be said were not sent."""


class AnotherOne(WorkflowError):
    """Resources that are not of the patient or encounter that the context names."""


def checked_hook(
    context: Mapping[str, Any], sent: Mapping[str, Any], needed: Mapping[str, tuple[str, ...]], wish: Wish,
    *, unasked: Sequence[str] = (),
) -> Checked:  # fmt: skip
    """Check the visit of an encounter by the resources that were sent (``sent``: by prefetch key; null for none there
    are).

    Of the keys of each entry of ``needed``, which says what they are for, one has to be there. ``unasked`` are elements
    of a note that cannot be there yet, so that no rule about them is asked.

    Raises:
        NotSent: if none of those is, or all of them say that they could not be had.
        AnotherOne: if patient or encounter are not those of the context.

    """
    had = {key: value for key, value in sent.items() if not _is(value, _FAILED)}
    lacking = [what for what, keys in needed.items() if not any(key in had for key in keys)]
    if lacking:
        named = "; ".join(f"{what} (prefetch {' or '.join(needed[what])})" for what in lacking)
        raise NotSent(f"nothing is fetched here, and these were not sent: {named}")
    entries = list(_entries(had.values()))
    for kind, name in _NAMED.items():
        ids = {one[_ONE].get("id") for one in entries if _is(one[_ONE], kind)} - {None}
        if ids and ids != {context.get(name)}:
            raise AnotherOne(f"a {kind} was sent that is not the {name} of the context")
    bundle = {"resourceType": _BUNDLE, "type": "collection", "entry": entries}
    too_early = [entry.code for entry in catalogue() if entry.rule.element in unasked]
    return checked_content(dumps(bundle).encode(), msgspec.structs.replace(wish, ignore=[*wish.ignore, *too_early]))


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, Mapping) and value.get("resourceType") == kind


def _entries(values: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """The resources, those of bundles one by one, each once: two searches may find the same."""
    known: set[tuple[Any, Any]] = set()
    for entry in (one for value in values for one in _parts(value)):
        found = entry[_ONE]
        if _is(found, _FAILED):
            continue
        key = (str(found.get("resourceType")), str(found.get("id")))
        if found.get("id") is None or key not in known:
            known.add(key)
            yield entry


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    if not isinstance(value, Mapping):
        return
    if not _is(value, _BUNDLE):
        yield {_ONE: value}
        return
    entries = value.get("entry")
    for one in entries if isinstance(entries, list) else ():
        if isinstance(one, Mapping) and isinstance(one.get(_ONE), Mapping):
            url = one.get("fullUrl")
            yield {_ONE: one[_ONE]} | ({"fullUrl": url} if isinstance(url, str) else {})
