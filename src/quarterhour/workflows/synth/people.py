"""Invented people: names, numbers and plans of care, so that a claim is whole. Nobody of them exists."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import yaml

from quarterhour.domain.json import dumps
from quarterhour.workflows.synth.catalogue import IntArray

#: Numbers that begin with 2 have never been given out, so these are nobody's.
_FIRST: Final = 200_000_000
#: What the digits of the issuer's prefix add to the sum of ISO/IEC 7812-1.
_PREFIX: Final = 24
#: Room for the providers of a crowd: a crowd has fewer of each kind.
ROOM: Final = 4_000
KINDS: Final = ("billing", "therapist", "assistant", "physician")
#: What may stand at each place of a Medicare beneficiary identifier.
_LETTERS: Final = "ACDEFGHJKMNPQRTUVWXY"
_MEMBER: Final = ("123456789", _LETTERS, "0123456789", "0123456789", _LETTERS, "0123456789", "0123456789", _LETTERS,
                  _LETTERS, "0123456789", "0123456789")  # fmt: skip


class Course(msgspec.Struct, frozen=True):
    """What a patient is treated for: diagnoses with blanks between, and goals as the visit record has them."""

    diagnoses: str
    goals: list[dict[str, Any]]

    @property
    def goals_text(self) -> str:
        """The goals as a cell has them."""
        return dumps(self.goals)


class People(msgspec.Struct, frozen=True):
    """The file of this folder."""

    families: list[str]
    given_women: list[str]
    given_men: list[str]
    physicians: list[str]
    credentials: list[str]
    weeks_beyond: int
    courses: dict[str, list[Course]]


@functools.cache
def people() -> People:
    """The invented people."""
    told: Any = yaml.safe_load(Path(__file__).with_name("people.yaml").read_text(encoding="utf-8"))
    return msgspec.convert(told, People)


def provider_numbers(crowd: int, kind: str, numbers: IntArray) -> list[str]:
    """An identifier with its check digit for every provider of a kind in a crowd."""
    nine = _FIRST + (crowd * len(KINDS) + KINDS.index(kind)) * ROOM + numbers
    total = np.full(nine.size, _PREFIX)
    for place in range(9):
        digit = nine // 10**place % 10
        doubled = digit * (2 - place % 2)
        total += doubled // 10 + doubled % 10
    return [f"{number}{check}" for number, check in zip(nine.tolist(), (-total % 10).tolist(), strict=True)]


def member_number(number: int) -> str:
    """A member identifier in the form Medicare uses, for every number another one."""
    found = []
    for allowed in reversed(_MEMBER):
        number, place = divmod(number, len(allowed))
        found.append(allowed[place])
    return "".join(reversed(found))
