"""What described work supports: the codes that each class of activity speaks for, and the codes of groups."""

from __future__ import annotations

from typing import Any

import msgspec

from quarterhour.domain.code import code_number
from quarterhour.domain.reading import ACTIVITY_CLASSES, PERFORMED, Reading
from quarterhour.policy.errors import BadPolicyData
from quarterhour.policy.reading import DataFiles
from quarterhour.policy.source import Grade, Source, grade, source_of


class Speaks(msgspec.Struct, frozen=True):
    """What one class of activity speaks for.

    ``codes`` are supported by such work alone, the first named where one has to be (``numbers`` are the same); under
    the codes ``also`` it is ordinarily told without speaking against them. ``content`` is False for work that goes with
    any treatment and by itself says nothing of its code; ``by_name`` is True where the class alone does not tell which
    of the codes it is. ``question`` is what the words leave open.
    """

    kind: str
    label: str
    codes: tuple[str, ...]
    numbers: tuple[int, ...]
    also: tuple[str, ...]
    content: bool
    by_name: bool
    question: str
    source: Source
    evidence: Grade


class Support:
    """The classes that speak for a code; those that speak for none (education, unspecified) are not here."""

    __slots__ = ("_by_kind", "_fits", "_group_codes", "_speaking", "content")

    def __init__(self, data: DataFiles, sources: dict[str, Source]) -> None:
        """Read ``support.yaml``.

        Raises:
            BadPolicyData: for a class there is not.

        """
        content: dict[str, Any] = data.files["support"]
        self._by_kind: dict[str, Speaks] = {}
        self._fits: dict[int, frozenset[str]] = {}
        fits: dict[int, set[str]] = {}
        for kind, entry in content["classes"].items():
            where = f"support {kind}"
            if kind not in ACTIVITY_CLASSES:
                msg = f"{where}: not one of {', '.join(ACTIVITY_CLASSES)}"
                raise BadPolicyData(msg)
            self._by_kind[kind] = Speaks(
                kind,
                entry["label"],
                tuple(entry["codes"]),
                tuple(map(code_number, entry["codes"])),
                tuple(entry["also"]),
                entry.get("content", True),
                entry.get("by_name", False),
                entry["question"],
                source_of(entry, sources, where),
                grade(entry.get("evidence"), where),
            )
            for code in (*entry["codes"], *entry["also"]):
                fits.setdefault(code_number(code), set()).add(kind)
        self._fits = {number: frozenset(kinds) for number, kinds in fits.items()}
        #: The classes whose work by itself says something of its code.
        self.content = frozenset(kind for kind, speaks in self._by_kind.items() if speaks.content)
        self._speaking = {
            number: frozenset(kind for kind in self.content if number in self._by_kind[kind].numbers)
            for number in self._fits
        }
        self._group_codes: frozenset[int] = frozenset(map(code_number, content["group"]["codes"]))

    def __iter__(self) -> Any:
        """The classes that speak for a code, as :class:`Speaks`."""
        return iter(self._by_kind.values())

    def of(self, kind: str) -> Speaks | None:
        """What a class speaks for, None where it speaks for no code."""
        return self._by_kind.get(kind)

    def fitting(self, code: int) -> frozenset[str]:
        """The classes under which a code (number) is in order; none where nothing is known of its content."""
        return self._fits.get(code, frozenset())

    def speaking(self, code: int) -> frozenset[str]:
        """The classes of content that speak for a code (number) by themselves."""
        return self._speaking.get(code, frozenset())

    def is_group(self, code: str | None) -> bool:
        """The service is one of patients treated together."""
        return code is not None and code_number(code) in self._group_codes

    def names_group(self, reading: Reading) -> bool:
        """A note names a service of groups as performed."""
        return any(service.status == PERFORMED and self.is_group(service.code) for service in reading.services)
