"""Whose visit it is: visits of one patient id are one patient's, unless their dates of birth or sexes contradict."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.engine.derive.batch import Batch
from quarterhour.engine.derive.groups import Groups, group, numbered

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
_KNOWN_SEXES: Final = ("F", "M")


def patients(batch: Batch) -> tuple[IntArray, BoolArray]:
    """A number for every visit that two visits share if they are of one patient, and where an id was parted.

    A clinic's own ids may be another clinic's too. So where visits of one id name different dates of birth, or one F
    and another M, those that say the same are a patient each, and those that do not say are one of their own. What
    does not say, of an id without a contradiction, is that id's. A visit without an id is a patient of its own.
    """
    table = batch.visits
    rows = np.arange(batch.count)
    given = table["patient.id"]
    own = np.where(given == ABSENT, len(batch.columns.texts.values) + rows, given)
    return apart(own, _births(batch), _sexes(batch), len(batch.columns.texts.values) + batch.count)


def apart(own: IntArray, birth: IntArray, sex: IntArray, beyond: int) -> tuple[IntArray, BoolArray]:
    """The same of arrays: numbers of ids, days of birth and sexes by visit (ABSENT: not said).

    ``beyond`` is more than any number of an id; those who were parted are numbered from there on, by birth, then sex.
    """
    if own.size <= 1 or (_none_or_one(birth) and _none_or_one(sex)):
        return own, np.zeros(own.size, dtype=np.bool_)
    groups = group(own)
    births, sexes = (_contradicting(values, groups) for values in (birth, sex))
    parted = births | sexes
    if parted.any():
        which = np.flatnonzero(parted)
        people = numbered(own[which], np.where(births, birth, ABSENT)[which], np.where(sexes, sex, ABSENT)[which])
        own = own.copy()
        own[which] = beyond + people
    return own, parted


def _births(batch: Batch) -> IntArray:
    """The days of birth; one after the visit is a slip that tells nobody from another."""
    birth = batch.visits["patient.birth_date"]
    return np.where(birth > batch.days, ABSENT, birth)


def _sexes(batch: Batch) -> IntArray:
    """The positions of the texts F and M, ABSENT for what is not said or not known."""
    sex = batch.visits["patient.sex"]
    met = [place for place in np.unique(sex).tolist() if place != ABSENT]
    unknown = [place for place in met if batch.columns.texts.values[place] not in _KNOWN_SEXES]
    return np.where(np.isin(sex, unknown), ABSENT, sex) if unknown else sex


def _none_or_one(values: IntArray) -> bool:
    return int(values.min()) == int(values.max())


def _contradicting(values: IntArray, groups: Groups) -> BoolArray:
    """For every row whether two rows of its group have different values, ABSENT aside."""
    ordered, starts = values[groups.order], groups.starts[:-1]
    most = np.maximum.reduceat(ordered, starts)
    least = np.minimum.reduceat(np.where(ordered == ABSENT, most[groups.of], ordered), starts)
    found = np.zeros(values.size, dtype=np.bool_)
    found[groups.order] = (least != most)[groups.of]
    return found
