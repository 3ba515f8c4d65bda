"""What synthetic notes are made of: the file of this folder."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml


class ServiceWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a service is called in notes, and the work that may be told under it."""

    names: list[str]
    work: list[str]


class ConditionWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What notes say of patients with a condition: its name, complaints, why a therapist acted, aims, responses."""

    words: list[str]
    subject: list[str]
    reasons: list[str]
    aims: list[str]
    response: list[str]


class Manner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How help, a change made by the therapist, and the next step are told of work of the body or of speech."""

    help: list[str]
    changes: list[str]
    plans: list[str]


class StockWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases that fit every patient, for defects."""

    response: str
    reason: str
    link: str
    help: str


class Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All phrases: services by code, conditions by the first diagnosis of the plan."""

    services: dict[str, ServiceWords]
    conditions: dict[str, ConditionWords]
    places: list[str]
    contact: list[str]
    progress: list[str]
    stock: StockWords
    improving: list[str]
    manners: dict[Literal["body", "speech"], Manner]


@functools.cache
def phrases() -> Phrases:
    """The phrases.

    Raises:
        msgspec.ValidationError: if the file has not the shape of ``Phrases``.

    """
    told: Any = yaml.safe_load(Path(__file__).with_name("phrases.yaml").read_text(encoding="utf-8"))
    return msgspec.convert(told, Phrases)
