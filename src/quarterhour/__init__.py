"""From the treatment note to a clean claim, with the reason for every line.

Each function gives the plain ``dict`` that the command of its name prints with ``--format json``; none needs a server
or a network, and only those that work on whole files are given paths. They are loaded when first used, so that
importing the package costs nothing. What they refuse is a ``QuarterhourError``.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from quarterhour.version import VERSION

if TYPE_CHECKING:
    from quarterhour.domain.errors import QuarterhourError
    from quarterhour.workflows.check import check
    from quarterhour.workflows.code import code
    from quarterhour.workflows.denials import denials
    from quarterhour.workflows.explain import explain
    from quarterhour.workflows.mac import mac
    from quarterhour.workflows.modifier_rates import modifier_rates
    from quarterhour.workflows.note import note
    from quarterhour.workflows.pair import pair
    from quarterhour.workflows.policy_diff import policy_diff
    from quarterhour.workflows.policy_import import policy_import
    from quarterhour.workflows.policy_list import policy_list
    from quarterhour.workflows.price import price
    from quarterhour.workflows.price_visits import price_visits
    from quarterhour.workflows.replay import replay
    from quarterhour.workflows.rule_list import rule_list
    from quarterhour.workflows.scrub import scrub
    from quarterhour.workflows.synth import synth
    from quarterhour.workflows.threshold import threshold
    from quarterhour.workflows.units import units

__version__ = VERSION
__all__ = [
    "QuarterhourError",
    "__version__",
    "check",
    "code",
    "denials",
    "explain",
    "mac",
    "modifier_rates",
    "note",
    "pair",
    "policy_diff",
    "policy_import",
    "policy_list",
    "price",
    "price_visits",
    "replay",
    "rule_list",
    "scrub",
    "synth",
    "threshold",
    "units",
]


def __getattr__(name: str) -> Any:
    """The function of that name, from the room of workflows; or the error all errors of the package are."""
    if name not in __all__:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    room = "domain.errors" if name == "QuarterhourError" else f"workflows.{name}"
    found = getattr(importlib.import_module(f"quarterhour.{room}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """What is public."""
    return __all__
