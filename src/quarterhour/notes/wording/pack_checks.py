"""What a pack says that is not understood, in words: keys, shapes, and values nobody reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

#: What stands under each key of a pack.
_KINDS: Final[Mapping[str, type]] = {
    "pack": str,
    "entries": dict,
    "add": dict,
    "move": dict,
    "remove": list,
    "headings": dict,
    "codes": dict,
}
#: Keys under which a text or a list of texts stands by group, section or name.
_LISTING: Final = frozenset({"entries", "add", "headings", "codes"})
_SHAPES: Final[Mapping[type, str]] = {str: "a text", dict: "keys and values", list: "a list"}
_SERVICE: Final = "service"
#: Families whose values others rely on; a clinic's pack can add phrases to them and no value.
_CLOSED: Final = (_SERVICE, "assist", "cue", "activity")


def unknown_keys(name: str, loaded: Mapping[str, Any], allowed: Collection[str]) -> list[str]:
    """The keys of a pack that mean nothing."""
    known = ", ".join(sorted(allowed))
    return [f"{name}: unknown key {key!r}; known are {known}" for key in loaded if key not in allowed]


def misshapen(name: str, loaded: Mapping[str, Any]) -> dict[str, str]:
    """By key, what is wrong with it where another sort of thing stands under it than is read there."""
    wrong = {}
    for key, kind in _KINDS.items():
        if not isinstance(loaded.get(key) or kind(), kind):
            wrong[key] = f"{name}: {key}: expected {_SHAPES[kind]}"
        elif key in _LISTING and (unread := _unread(loaded.get(key) or {})):
            wrong[key] = f"{name}: {key}: {unread[0]!r}: expected a text or a list of texts"
    return wrong


def _unread(groups: Mapping[object, object]) -> list[object]:
    """The groups under which neither texts nor figures stand, as "no" by itself, which YAML takes for false."""
    listed = ((group, forms if isinstance(forms, list) else [forms]) for group, forms in groups.items())
    return [
        group
        for group, forms in listed
        if not all(isinstance(one, str | int) and not isinstance(one, bool) for one in forms)
    ]


def strange_sections(name: str, sections: Iterable[object], known: Collection[str]) -> list[str]:
    """Sections of an overlay's headings that no note has."""
    listed = ", ".join(sorted(known))
    return [f"{name}: headings: {one!r} is none of {listed}" for one in sections if one not in known]


def strange_groups(name: str, groups: Iterable[object], senses: Iterable[tuple[str, str]]) -> list[str]:
    """Groups of an overlay whose value is none: a code, a level, a cue or a class of activity there is not.

    ``senses`` are (family, value) of the phrases of the packs before it.
    """
    known: dict[str, set[str]] = {family: set() for family in _CLOSED}
    for family, value in senses:
        if family in known:
            known[family].add(value)
    wrong = []
    for group in map(str, groups):
        family, _, value = group.partition("/")
        if value in known.get(family, {value}):
            continue
        if family != _SERVICE:
            listed = ", ".join(f"{family}/{one}" for one in sorted(known[family]))
            wrong.append(f"{name}: {group!r} is none of {listed}")
        elif not _is_code(value):
            wrong.append(f"{name}: no service of code {value!r} is known")
    return wrong


def _is_code(code: str) -> bool:
    from quarterhour.policy import load  # only where a pack names a code that no pack of ours does

    return code in load().codes
