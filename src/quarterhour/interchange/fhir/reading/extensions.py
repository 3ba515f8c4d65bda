"""Extensions of ours back into plain values of a record; what type a member has, the record type says."""

from __future__ import annotations

import types
import typing
from typing import Any, Final

import msgspec

from quarterhour.domain.errors import BadMoney
from quarterhour.domain.money import Cents
from quarterhour.interchange.fhir.reading.node import Node
from quarterhour.interchange.fhir.systems import USD, ours

_VALUE: Final = "value"
_SECONDS: Final = ":00"


def extension(node: Node, name: str) -> Node | None:
    """The extension of ours of that name at an element, None if it has none."""
    return next(iter(extensions(node, name)), None)


def extensions(node: Node, name: str) -> list[Node]:
    """All extensions of ours of that name at an element."""
    return _named(node, ours(name))


def referred(node: Node, name: str) -> Node | None:
    """The reference in the extension of that name."""
    found = extension(node, name)
    return found.get("valueReference") if found else None


def is_complete(node: Node) -> bool:
    """Whether a resource says that it names all there is: nothing is then looked for in other resources or its id."""
    return value_of(node, "complete")[0] is True


def value_of(node: Node, name: str) -> tuple[Any, Node | None]:
    """The simple value of an extension of ours, and where it stands."""
    found = extension(node, name)
    return (None, None) if found is None else (plain(found), found)


def members(node: Node, record_type: type[msgspec.Struct]) -> dict[str, Any]:
    """The members of a record that stand in an extension, as plain values; what is no member is left unread."""
    record: dict[str, Any] = {}
    for field in msgspec.structs.fields(record_type):
        found = _named(node, field.encode_name)
        if not found:
            continue
        hint = _without_none(field.type)
        if typing.get_origin(hint) is tuple:
            record[field.encode_name] = [_typed(one, typing.get_args(hint)[0]) for one in found]
        else:
            record[field.encode_name] = _typed(found[0], hint)
    return record


def pair(node: Node) -> list[Any]:
    """The two values of an extension with the parts ``first`` and ``second``."""
    return [plain(found[0]) if (found := _named(node, part)) else None for part in ("first", "second")]


def plain(node: Node) -> Any:
    """The ``value[x]`` of an extension as the record has it."""
    node.log.read.add((node.document, f"{node.pointer}/url"))
    for name, _ in node.walk():
        if name == "valueMoney":
            return money(node.get(name))
        if name.startswith(_VALUE) and (found := node.simple(name)):
            return str(found.value).removesuffix(_SECONDS) if name == "valueTime" else found.value
    return None


def money(node: Node | None) -> str | None:
    """An amount of US dollars as a decimal string; of another currency or with a fraction of a cent a defect."""
    number = node.simple("value") if node else None
    if node is None or number is None:
        return None
    currency = node.text("currency")
    if currency not in {None, USD}:
        node.defect("expected an amount in US dollars (USD)")
        return None
    try:
        return str(Cents.parse(repr(number.value)))
    except BadMoney:
        number.defect("expected an amount in dollars and whole cents such as 34.61")
        return None


def _typed(node: Node, hint: Any) -> Any:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        node.log.read.add((node.document, f"{node.pointer}/url"))
        return members(node, hint)
    if typing.get_origin(hint) is tuple:
        node.log.read.add((node.document, f"{node.pointer}/url"))
        return pair(node)
    if typing.get_origin(hint) is dict:
        node.log.read.add((node.document, f"{node.pointer}/url"))
        return {url: plain(one) for one in node.objects("extension") if (url := one.text("url"))}
    return plain(node)


def _named(node: Node, url: str) -> list[Node]:
    """The extensions of an element that have this url."""
    found = [one for one in node.objects("extension") if (one.peek("url") == url)]
    for one in found:
        one.log.read.add((one.document, f"{one.pointer}/url"))
    return found


def _without_none(hint: Any) -> Any:
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        (hint,) = (part for part in typing.get_args(hint) if part is not type(None))
    return hint
