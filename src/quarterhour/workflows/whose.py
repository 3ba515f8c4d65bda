"""Whose each visit is, as `check` parts patients: one clinic-local id may stand for two people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np

from quarterhour.domain.columns import ABSENT
from quarterhour.domain.visit import Visit
from quarterhour.engine.derive.patients import apart

#: What is said of visits of one id that are not one patient's; nothing here tells who.
PARTED: Final = "dates of birth or sexes of this patient id contradict, so its visits are taken as several people's"
_SEXES: Final = ("F", "M")


class Whose(msgspec.Struct, frozen=True, order=True):
    """One patient: the clinic's id, else the member id, and which of its people; ``part`` 0: the only one."""

    patient: str
    part: int = 0


def patient_of(visit: Visit) -> str | None:
    """What names patients: the clinic's own id, else the member id, which no answer repeats."""
    return (visit.patient.id or visit.patient.member_id) if visit.patient else None


def whose(visits: Sequence[Visit]) -> list[Whose | None]:
    """The patient of every visit, None where it does not say; the same for visits in any order."""
    named = [(row, patient, visit) for row, visit in enumerate(visits) if (patient := patient_of(visit)) is not None]
    found: list[Whose | None] = [None] * len(visits)
    if not named:
        return found
    places = {patient: place for place, patient in enumerate(sorted({patient for _, patient, _ in named}))}
    own = np.array([places[patient] for _, patient, _ in named], dtype=np.int64)
    birth = np.array([_birth(visit) for _, _, visit in named], dtype=np.int64)
    sex = np.array([_sex(visit) for _, _, visit in named], dtype=np.int64)
    numbers, parted = apart(own, birth, sex, len(places))
    people: dict[str, list[int]] = {}
    for (_, patient, _), number in sorted(zip(named, numbers.tolist(), strict=True), key=lambda one: one[1]):
        if number not in people.setdefault(patient, []):
            people[patient].append(number)
    for (row, patient, _), number, several in zip(named, numbers.tolist(), parted.tolist(), strict=True):
        found[row] = Whose(patient, 1 + people[patient].index(number) if several else 0)
    return found


def _birth(visit: Visit) -> int:
    """The day of birth; one after the visit is a slip that tells nobody from another."""
    born = visit.patient.birth_date if visit.patient else None
    return ABSENT if born is None or born > visit.date_of_service else born.toordinal()


def _sex(visit: Visit) -> int:
    said = visit.patient.sex if visit.patient else None
    return _SEXES.index(said) if said in _SEXES else ABSENT
