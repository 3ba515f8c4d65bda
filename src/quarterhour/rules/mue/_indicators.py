"""What an unlikely-units edit counts, and the days that are above one."""

from __future__ import annotations

from typing import Final

import numpy as np

from quarterhour.rules.contract import Hits, codes
from quarterhour.rules.facts import Facts, IntArray

#: Adjudication indicators 1 to 3 by position: units of a line, of a day by policy, of a day by clinical expectation.
_COUNTED: Final = ("", "line", "policy", "clinical")
LINE: Final = _COUNTED.index("line")
POLICY: Final = _COUNTED.index("policy")
CLINICAL: Final = _COUNTED.index("clinical")


def above_limit(facts: Facts, rows: IntArray, *indicators: int) -> Hits:
    """Codes of those indicators whose units of the day, or of a line, are above a limit that is not 0."""
    unlikely = facts.unlikely
    rows = rows[unlikely.units[rows] > unlikely.limit[rows]]
    # A look-up in a set takes longer than the one or two comparisons it would save.
    counted = np.zeros(rows.size, dtype=np.bool_)
    for indicator in indicators:
        counted |= unlikely.adjudication[rows] == indicator
    over = rows[counted & (unlikely.limit[rows] > 0)]
    return Hits(
        over,
        {"code": codes(unlikely.code[over]), "units": unlikely.units[over], "limit": unlikely.limit[over]},
    )
