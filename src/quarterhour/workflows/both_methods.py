"""The units of a day's minutes, and what the other method of counting has for the same minutes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from quarterhour.workflows.asked import Day
from quarterhour.workflows.units import Given, units

#: By the total, and each code by itself; spm is another name of the second.
_OTHER: Final = {"cms": "ama", "ama": "cms", "spm": "cms"}


def both_methods(
    services: Iterable[Given] | Mapping[str, int],
    *,
    method: str | None = None,
    discipline: str | None = None,
    on: Day = None,
    payer: str | None = None,
    setting: str | None = None,
    policy_folders: Sequence[str | Path] = (),
) -> dict[str, Any]:
    """The answer of :func:`quarterhour.workflows.units.units`, and under ``other`` that by the other method.

    Raises:
        BadRequest, UnknownCode, PolicyError: as :func:`units`.

    """
    told = services if isinstance(services, Mapping) else list(services)
    answer = units(
        told, method=method, discipline=discipline, on=on, payer=payer, setting=setting, policy_folders=policy_folders
    )
    other = units(
        told, method=_OTHER[answer["method"]], discipline=answer["discipline"], on=answer["on"],
        policy_folders=policy_folders,
    )  # fmt: skip
    return answer | {"other": other}
