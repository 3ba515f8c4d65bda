"""What an unlikely-units edit counts."""

from __future__ import annotations

from typing import Final

#: Adjudication indicators 1 to 3 by position: units of a line, of a day by policy, of a day by clinical expectation.
_COUNTED: Final = ("", "line", "policy", "clinical")
POLICY: Final = _COUNTED.index("policy")
CLINICAL: Final = _COUNTED.index("clinical")
