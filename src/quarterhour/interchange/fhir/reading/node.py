"""One value of a FHIR file and where it stands. What was asked for is remembered, so that the rest can be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from quarterhour.interchange.visit_json.places import escaped
from quarterhour.interchange.visit_json.words import kind_of

#: Which document of the file, and the JSON pointer in it.
Place = tuple[int, str]
_EXTENSION: Final = "xtension"
_SIMPLE: Final = (str, int, float)


class Log(msgspec.Struct):
    """What was asked for in a file, and what is wrong in it, each thing told once."""

    read: set[Place] = msgspec.field(default_factory=set)
    defects: dict[tuple[Place, str], None] = msgspec.field(default_factory=dict)
    left: dict[Place, str] = msgspec.field(default_factory=dict)
    """what was understood and cannot be carried, and why"""


class Node:
    """A JSON object or simple value of a resource."""

    __slots__ = ("document", "log", "pointer", "value")

    def __init__(self, value: Any, document: int, pointer: str, log: Log) -> None:
        """``pointer`` is where it stands in the document of that number."""
        self.value = value
        self.document = document
        self.pointer = pointer
        self.log = log

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.document, self.pointer

    def defect(self, message: str) -> None:
        """Say that something is wrong here."""
        self.log.defects.setdefault((self.place, message))

    def leave(self, why: str) -> None:
        """Say that this was understood and is not carried, and why."""
        self.log.left.setdefault(self.place, why)
        self.used()

    def used(self) -> None:
        """Say that all of it was taken."""
        self.log.read.add(self.place)

    def get(self, *names: str) -> Node | None:
        """The member that is reached by these names, None where there is none."""
        at: Node | None = self
        for name in names:
            at = at.member(name) if at is not None else None
        return at

    def each(self, name: str) -> list[Node]:
        """The elements of a list; none where there is none."""
        found = self.get(name)
        if found is None:
            return []
        if not isinstance(found.value, list):
            found.defect(f"expected a list, got {kind_of(found.value)}")
            return []
        nodes = [
            Node(value, self.document, f"{found.pointer}/{place}", self.log) for place, value in enumerate(found.value)
        ]
        return [one for one in nodes if one.value is not None]

    def objects(self, name: str) -> list[Node]:
        """The elements of a list of objects; what is no object is a defect."""
        return [one for one in self.each(name) if one.is_object()]

    def text(self, *names: str) -> str | None:
        """A text that is reached by these names."""
        found = self.simple(*names)
        if found is None:
            return None
        if not isinstance(found.value, str):
            found.defect(f"expected a text, got {kind_of(found.value)}")
            return None
        return found.value

    def simple(self, *names: str) -> Node | None:
        """A text, number or truth value that is reached by these names, marked as read."""
        found = self.get(*names)
        if found is None:
            return None
        found.used()
        if not isinstance(found.value, _SIMPLE):
            found.defect(f"expected a simple value, got {kind_of(found.value)}")
            return None
        return found

    def integer(self, *names: str) -> int | None:
        """A whole number that is reached by these names; anything else there is a defect."""
        found = self.simple(*names)
        if found is None or isinstance(found.value, int):
            return None if found is None else int(found.value)
        found.defect(f"expected a whole number, got {kind_of(found.value)}")
        return None

    def peek(self, name: str) -> Any:
        """What stands under a name, without taking it for read; None where this is no object."""
        return self.value.get(name) if isinstance(self.value, Mapping) else None

    def walk(self) -> Iterator[tuple[str, Any]]:
        """The members of an object."""
        return iter(self.value.items() if isinstance(self.value, Mapping) else ())

    def is_object(self) -> bool:
        """Whether it is an object; anything else is a defect."""
        if isinstance(self.value, Mapping):
            return True
        self.defect(f"expected an object, got {kind_of(self.value)}")
        return False

    def member(self, name: str) -> Node | None:
        """The member of that name, None where there is none."""
        if not self.is_object() or self.value.get(name) is None:
            return None
        return Node(self.value[name], self.document, f"{self.pointer}/{escaped(name)}", self.log)


def unread(node: Node, silent: frozenset[str]) -> Iterator[Place]:
    """The places below a resource that nobody asked for, each as high up as nothing below it was asked for.

    ``silent`` are members of the resource itself that carry nothing of a visit or a claim.
    """
    for name, value in node.walk():
        if name not in silent:
            yield from _left(value, (node.document, f"{node.pointer}/{escaped(name)}"), node.log.read)


def _left(value: Any, place: Place, read: set[Place]) -> Iterator[Place]:
    if place in read:
        return
    document, pointer = place
    if isinstance(value, Mapping):
        inner = [(f"{pointer}/{escaped(name)}", one) for name, one in value.items()]
    elif isinstance(value, list):
        inner = [(f"{pointer}/{number}", one) for number, one in enumerate(value)]
    else:
        yield place
        return
    left = [found for at, one in inner for found in _left(one, (document, at), read)]
    whole = {(document, at) for at, _ in inner}
    # Extensions are told one by one: each is somebody else's.
    if inner and whole <= set(left) and not pointer.endswith(_EXTENSION):
        yield place
    else:
        yield from left
