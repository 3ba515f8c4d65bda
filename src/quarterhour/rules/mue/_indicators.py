"""What an unlikely-units edit counts, and the days that are above one."""

from __future__ import annotations

from typing import Final

from quarterhour.rules.contract import Hits, codes
from quarterhour.rules.facts import Facts, IntArray

#: Adjudication indicators 1 to 3 by position: units of a line, of a day by policy, of a day by clinical expectation.
_COUNTED: Final = ("", "line", "policy", "clinical")
POLICY: Final = _COUNTED.index("policy")
CLINICAL: Final = _COUNTED.index("clinical")


def above_limit(facts: Facts, rows: IntArray, indicator: int) -> Hits:
    """Codes of that indicator whose units of the day are above a limit that is not 0."""
    unlikely = facts.unlikely
    rows = rows[unlikely.units[rows] > unlikely.limit[rows]]
    over = rows[(unlikely.adjudication[rows] == indicator) & (unlikely.limit[rows] > 0)]
    return Hits(
        over,
        {"code": codes(unlikely.code[over]), "units": unlikely.units[over], "limit": unlikely.limit[over]},
    )
