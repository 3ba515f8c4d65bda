"""Who signed a note, from the words the reader points to; and whether minutes of anything stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from quarterhour.domain.columns import ABSENT
from quarterhour.domain.reading import Reading
from quarterhour.policy import Policy
from quarterhour.policy.providers import STANDINGS, UNKNOWN_CREDENTIAL

_WORD: Final = re.compile(r"[A-Za-z][A-Za-z.'/-]*")
#: So many characters below a signature a second one may stand.
_BELOW: Final = 160
#: As many words as the longest spoken credential has.
_LONGEST: Final = 4
#: Credentials of capitals; a shorter or lower-case word in a signature is a word ("at", "pa").
_SPOKEN: Final = 8
_QUALIFIED, _ASSISTANT = STANDINGS.index("qualified"), STANDINGS.index("assistant")
_MINUTES: Final = re.compile(r"\b\d{1,3} ?min", re.IGNORECASE)


def tells_minutes(text: str) -> bool:
    """Whether a number of minutes stands in a note, whatever of."""
    return _MINUTES.search(text) is not None


def signer(reading: Reading, text: str, policy: Policy, *, recorded: str = "") -> int:
    """Row of who signed: a qualified person before an assistant, an assistant before anybody else.

    A second signature often stands beside or below the first, so what follows the first is looked at; ``recorded`` is
    the signer the record names beside the text. ABSENT where nobody signed, ``UNKNOWN_CREDENTIAL`` where no credential
    is known.
    """
    spans = reading.evidence_of("signature")
    if not spans and not recorded:
        return ABSENT
    rows = list(_credentials(recorded, policy))
    if spans:
        first = min(spans, key=lambda span: span.start)
        rows += _credentials(text[first.start : first.end + _BELOW], policy)
    if not rows:
        return UNKNOWN_CREDENTIAL
    standing: list[int] = policy.providers.column("standing")[np.array(rows)].tolist()
    for wanted in (_QUALIFIED, _ASSISTANT):
        if wanted in standing:
            return rows[standing.index(wanted)]
    return rows[0]


def _credentials(words: str, policy: Policy) -> Iterator[int]:
    """Rows of the credentials in a signature, longest wording first where one contains another.

    One begins where the first word of a credential stands, or behind a slash.
    """
    found = [match[0].rstrip(".'-/") for match in _WORD.finditer(words)]
    place = 0
    while place < len(found):
        here = found[place : place + _LONGEST]
        if not policy.providers.begins(here[0]) and not any("/" in word for word in here):
            place += 1
            continue
        for size in range(len(here), 0, -1):
            said = " ".join(here[:size])
            if not said.isupper() and len(said) < _SPOKEN and not said[:2].isupper():
                continue
            row = policy.providers.row(said)
            if row >= 0:
                yield row
                if "/" in said and size == 1:
                    yield from (r for r in map(policy.providers.row, said.split("/")) if r >= 0)
                place += size
                break
        else:
            place += 1
