"""What synthetic claims are drawn from: the published mix of codes and states, and what is assumed beside it."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import yaml
from numpy.typing import NDArray

FILE: Final = Path(__file__).with_name("mix.yaml")
FloatArray = NDArray[np.float64]


class Published(msgspec.Struct, frozen=True):
    """Counts of a year: thousands of units by discipline and code, and parts of a thousand by state."""

    title: str
    publisher: str
    year: int
    codes: dict[str, dict[str, int]]
    states: dict[str, int]


class Place(msgspec.Struct, frozen=True):
    """How common a setting is, its place of service, and the begin of its type of bill where it has one."""

    share: int
    place: str
    bill: str | None = None


class Assisted(msgspec.Struct, frozen=True):
    """Percent of the patients, and of their visits, in which an assistant treats."""

    patients: int
    visits: int


class Assumed(msgspec.Struct, frozen=True):
    """What no publication says: weights, and percents."""

    payers: dict[str, int]
    settings: dict[str, Place]
    units: dict[int, int]
    services: dict[int, int]
    assistant: Assisted
    charge: int


class Mix(msgspec.Struct, frozen=True):
    """Both."""

    published: Published
    assumed: Assumed


@functools.cache
def mix() -> Mix:
    """The file of this folder."""
    told: Any = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return msgspec.convert(told, Mix)


def shares(weights: dict[Any, int]) -> FloatArray:
    """Weights as parts of one."""
    found = np.array(list(weights.values()), dtype=np.float64)
    parts: FloatArray = found / found.sum()
    return parts
