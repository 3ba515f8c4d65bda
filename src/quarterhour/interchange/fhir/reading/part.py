"""A record as it is put together, with the place in the file each member came from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from quarterhour.interchange.fhir.reading.node import Node, Place


class Part(msgspec.Struct):
    """Members of a record as plain values; ``places`` by their JSON pointer within the record, ``at`` of it all."""

    at: Place | None = None
    record: dict[str, Any] = msgspec.field(default_factory=dict)
    places: dict[str, Place] = msgspec.field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.record)

    def put(self, name: str, value: Any, at: Node | None = None) -> None:
        """Set a member that is not known yet; None sets nothing."""
        if value is None or name in self.record:
            return
        self.record[name] = value
        if at is not None:
            self.places[f"/{name}"] = at.place

    def put_node(self, name: str, node: Node | None) -> None:
        """Set a member to the simple value that stands there."""
        if node is not None:
            self.put(name, node.value, node)

    def put_part(self, name: str, part: Part | None) -> None:
        """Set a member to a record of its own; an empty one sets nothing."""
        if part and name not in self.record:
            self.record[name] = part.record
            self._put_places(f"/{name}", part)

    def put_parts(self, name: str, parts: Iterable[Part]) -> None:
        """Set a member to a list of records; an empty list sets nothing."""
        listed = list(parts)
        if not listed or name in self.record:
            return
        self.record[name] = [one.record for one in listed]
        for number, one in enumerate(listed):
            self._put_places(f"/{name}/{number}", one)

    def put_nodes(self, name: str, nodes: Iterable[Node]) -> None:
        """Set a member to a list of the simple values that stand there."""
        listed = list(nodes)
        self.put(name, [one.value for one in listed] or None)
        for number, one in enumerate(listed):
            self.places[f"/{name}/{number}"] = one.place

    def _put_places(self, at: str, part: Part) -> None:
        self.places |= {f"{at}{pointer}": place for pointer, place in part.places.items()}
        if part.at is not None:
            self.places[at] = part.at
