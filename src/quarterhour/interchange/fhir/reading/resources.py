"""The resources of a file, and which of them a reference means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urljoin

import msgspec

from quarterhour.domain.plural import article
from quarterhour.interchange.fhir.reading.node import Log, Node, Place

_VERSION: Final = re.compile(r"/_history/[^/]+$")
_RELATIVE: Final = re.compile(r"([A-Z][A-Za-z]+)/([A-Za-z0-9\-.]{1,64})")
_TAIL: Final = re.compile(r"(?:^|/)([A-Z][A-Za-z]+/[A-Za-z0-9\-.]{1,64})$")
_BUNDLE: Final = "Bundle"
#: Said for resources that were withdrawn, so that nothing is made of them.
_WITHDRAWN: Final = "entered-in-error"
_MODIFIED: Final = "an extension that may change the meaning of this resource is not known; the resource is left out"


class Resource(msgspec.Struct, frozen=True, eq=False):
    """A resource: its type, its element, and the address it has in its bundle. ``inside`` holds a contained one."""

    kind: str
    node: Node
    full_url: str | None = None
    inside: Resource | None = None

    def is_same(self, other: Resource | None) -> bool:
        """Whether the other is this very resource."""
        return other is not None and other.node.place == self.node.place

    @property
    def id(self) -> str | None:
        """Its logical id."""
        found = self.node.peek("id")
        return found if isinstance(found, str) else None


class Resources:
    """All resources of a file, in its order."""

    def __init__(self, log: Log) -> None:
        """None as yet; ``add`` puts the resources of a document in."""
        self.log = log
        self.every: list[Resource] = []
        self.inside: list[Resource] = []
        self._contained: dict[tuple[int, str], Resource] = {}
        self._addresses: dict[str, Resource] = {}
        self._identifiers: dict[tuple[str, str, str], Resource] = {}
        self._about: dict[tuple[str, str], dict[Place, list[Resource]]] = {}

    def of(self, kind: str) -> Iterator[Resource]:
        """Those of a type that stand by themselves, in the order of the file; withdrawn ones are left out."""
        return (one for one in self.every if one.kind == kind and one.node.peek("status") != _WITHDRAWN)

    def add(self, value: Any, document: int, pointer: str = "", full_url: str | None = None) -> None:
        """Put a resource in, or those of a bundle; what is neither is a defect."""
        node = Node(value, document, pointer, self.log)
        kind = node.text("resourceType") if isinstance(value, dict) else None
        if kind is None:
            node.defect('expected a FHIR resource: an object with "resourceType"')
        elif kind == _BUNDLE:
            for entry in node.objects("entry"):
                inner = entry.get("resource")
                url = entry.text("fullUrl")
                if inner is not None:
                    self.add(inner.value, document, inner.pointer, url)
        else:
            self._keep(Resource(kind, node, full_url))

    def referred(self, at: Resource, reference: Node | None, *kinds: str) -> Resource | None:
        """The resource that a reference means; one that leads nowhere is a defect, one that only names is not.

        ``kinds`` are the types it may be of.
        """
        if reference is None or not reference.is_object():
            return None
        reference.log.read.add((reference.document, f"{reference.pointer}/type"))
        literal = reference.text("reference")
        found = self.meant(at, reference, *kinds)
        if found is None:
            if literal:
                reference.defect(_leads_nowhere(literal))
            return None
        if kinds and found.kind not in kinds:
            reference.defect(f"expected a reference to {' or '.join(kinds)}, got one to {found.kind}")
            return None
        return found

    def meant(self, at: Resource, reference: Node, *kinds: str) -> Resource | None:
        """The resource that a reference means, of whatever type, or None; nothing is told.

        ``kinds`` are the types among which an identifier is looked for.
        """
        literal = reference.text("reference")
        return self._literal(at, literal) if literal else self._logical(reference, kinds)

    def about(self, target: Resource | None, kind: str, member: str) -> list[Resource]:
        """Those of a type whose reference ``member`` means ``target``, in the order of the file."""
        if target is None:
            return []
        index = self._about.get((kind, member))
        if index is None:
            index = self._about[kind, member] = {}
            for one in self.of(kind):
                value = one.node.value.get(member)
                found = one.node.objects(member) if isinstance(value, list) else [one.node.get(member)]
                for reference in found:
                    meant = self.referred(one, reference)
                    if meant is not None:
                        index.setdefault(meant.node.place, []).append(one)
        return index.get(target.node.place, [])

    def _keep(self, resource: Resource) -> None:
        node = resource.node
        for one in node.objects("modifierExtension"):
            one.defect(_MODIFIED)
        if node.peek("modifierExtension"):
            return
        addresses = [f"{resource.kind}/{resource.id}"] if resource.id else []
        addresses += [_VERSION.sub("", resource.full_url)] if resource.full_url else []
        if any(address in self._addresses for address in addresses):
            node.defect("a second resource with the id or fullUrl of an earlier one; only the first is used")
            return
        self._addresses |= dict.fromkeys(addresses, resource)
        self.every.append(resource)
        for one in node.value.get("identifier", []) if isinstance(node.peek("identifier"), list) else []:
            if isinstance(one, dict) and one.get("value"):
                key = (resource.kind, str(one.get("system")), str(one["value"]))
                self._identifiers.setdefault(key, resource)
        for inner in node.objects("contained"):
            kind, name = inner.peek("resourceType"), inner.peek("id")
            if isinstance(kind, str) and isinstance(name, str):
                place = (id(node.value), f"#{name}")
                self._contained[place] = Resource(kind, inner, inside=resource)
                self.inside.append(self._contained[place])

    def _literal(self, at: Resource, literal: str) -> Resource | None:
        holder = at.inside or at
        if literal == "#":
            return holder
        if literal.startswith("#"):
            return self._contained.get((id(holder.node.value), literal))
        address = _VERSION.sub("", literal)
        found = self._addresses.get(address)
        if found is None and _RELATIVE.fullmatch(address) and holder.full_url:
            root = _TAIL.sub("", _VERSION.sub("", holder.full_url))
            found = self._addresses.get(urljoin(f"{root}/", address))
        if found is None and (tail := _TAIL.search(address)):
            found = self._addresses.get(tail[1])
        return found

    def _logical(self, reference: Node, kinds: tuple[str, ...]) -> Resource | None:
        system, value = reference.text("identifier", "system"), reference.text("identifier", "value")
        if value is None:
            return None
        return next((one for kind in kinds if (one := self._identifiers.get((kind, str(system), value)))), None)


def literal_address(literal: str) -> str:
    """What a literal reference names, without server and version, so that two ways to write one are the same."""
    address = _VERSION.sub("", literal)
    tail = _TAIL.search(address)
    return tail[1] if tail else address


def _leads_nowhere(literal: str) -> str:
    """What is said of a reference without its target; what it is, where that says nothing of a person."""
    if literal.startswith("#"):
        return "a reference to a contained resource that is not there; put it into contained"
    if "?" in literal:
        return "a reference by search cannot be followed in a file; name the resource by id or fullUrl"
    tail = _TAIL.search(_VERSION.sub("", literal))
    kind = tail[1].partition("/")[0] if tail else "resource"
    return f"a reference to {article(kind)} {kind} that is not in the file; add the resource to the bundle"
