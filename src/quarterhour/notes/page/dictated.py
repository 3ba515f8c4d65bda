"""Where the sentences of a dictation begin that was written down without any stop: with somebody who acts, or with what
is told last.
"""

from __future__ import annotations

import re
from typing import Final

from quarterhour.notes.wording.patterns import folded


def with_spoken_ends(low: str, cuts: list[int]) -> list[int]:
    """``cuts`` and, in stretches without any stop, the places where a dictated sentence begins anew."""
    if len(low) <= _SPARSE * (low.count(",") + low.count(";") + len(cuts)):
        return cuts
    more: list[int] = []
    start = 0
    for cut in cuts:
        if cut - start > _LONG and not any(mark in low[start:cut] for mark in (",", ";", ":", "|")):
            told = [*_ANEW.finditer(low, start + 1, cut), *_WHO_ACTS.finditer(low, start + 1, cut)]
            more.extend(match.end() for match in told if not _leads_on(low, start, match))
        start = cut
    return sorted({*cuts, *more})


# A stretch of words longer than this without a comma or a stop was dictated.
_LONG: Final = 220
_SPARSE: Final = 150  # code points for each comma or stop: in a note with fewer marks some were dictated
# Where a dictated sentence that has no stops begins anew.
_ANEW: Final = folded(
    r" (?=(?:and then|then|so we|we (?:also|did|started|began|worked|went|finished|practi[cs]ed|had)|(?:she|"
    r"he)(?:'s| is| was| needed|"
    r" tells?| told| says| said| had| did| tolerated| reports?| required| will| can| could)|patient (?:was|needed|"
    r"tolerated|"
    r"reports?|is|will)|plan (?:is|will)|the plan|(?:her |his |the )?goal (?:is|for)|total (?:time|timed|treatment)|"
    r"date of service|"
    r"diagnosis (?:is|of)|no complaints|response|assessment|thank you|this is)\b)"
)


# Somebody who acts, whatever he does: "she coughed twice", "I took the pushing out", "her husband gets the cards"; or
# what is told last: how often, what next, what was left out, thanks.
_WHO_ACTS: Final = folded(
    r" (?=(?:(?:and |so (?=i |we ))?(?:i(?! (?:think|guess|believe|mean|feel)\b)|we|she|he|they)|"
    r"(?:and )?(?:her|his) (?:husband|wife|daughter|son|mother|father|aide|family)) "
    r"(?!(?:to|and|or|in|on|at|with|who|for|is|was) )[a-z']+ |"
    r"(?:recheck|re-?test|see (?:him|her|them) (?:again|next|on|(?:mon|tues|wednes|thurs|fri)day)|today (?:was|we|is)|"
    r"same plan|no change|next (?:time|visit)|home (?:is|program|work)|weekly|(?:once|twice|[a-z]+ times) "
    r"(?:a|per) week|did(?: not|n't) (?:get|do)|that'?s (?:it|all|mrs?|ms|miss|mister|doctor))\b|"
    r"(?:pain|(?:left|right) [a-z]+) (?:(?:is|was|went to) )?[a-z]+ out of ten\b)"
)


def _leads_on(low: str, start: int, match: re.Match[str]) -> bool:
    """The word before makes what follows a part of its own sentence, "because she scans", "with her son", or what
    follows goes on with the plan: "recheck two weeks then monthly".
    """
    before = low[max(start, match.start() - _LONGEST_JOINT) : match.start()].rpartition(" ")[2]
    if (
        before in _JOINTS
        and not low.startswith(_SURE, match.end())
        and not low.startswith("and then", match.start() - 3)
    ):
        return True
    return (before in _DETERMINERS and _PRONOUN.match(low, match.end()) is None) or (
        _ANEW_IN_PLAN.match(low, match.end()) is not None
        and _PLANS.search(low, max(start, match.start() - _IN_PLAN), match.start()) is not None
    )


_SURE: Final = ("home is ", "thank you")  # what no joint before it leads to
_LONGEST_JOINT: Final = 10  # code points
_JOINTS: Final = frozenset(
    word
    for words in (
        "because when while that where as if what which who since until till before after once than how like whether",
        "why though although unless and or but so with for to from by of on at in about is was then whom did does",
        "says said tells told thinks thought reports reported feels felt states stated",
    )
    for word in words.split()
)
_DETERMINERS: Final = frozenset({"the", "a", "an", "her", "his", "every", "each", "our", "my", "no"})
_PRONOUN: Final = folded(r"(?:and |so )?(?:i|we|she|he|they) ")
_ANEW_IN_PLAN: Final = folded(r"(?:and )?then\b")
_PLANS: Final = folded(r"\b(?:recheck|re-?test|weekly|monthly|(?:a|per) week|next (?:time|visit)|plan)\b[^.;\n]*\Z")
_IN_PLAN: Final = 40  # code points
