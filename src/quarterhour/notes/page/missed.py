"""Whether the visit of a note took place."""

from __future__ import annotations

import re
from typing import Final

from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.patterns import folded

_MISSED: Final = folded(
    r"\b(?:(?:encounter|visit|session|appointment|appt|status)(?: type| status)? ?[:=-]{1,2} ?(?:cancel+ed|missed|"
    r"no[ -]show)\b|"
    r"cancel+ation\b(?! (?:policy|fee|rate))|no (?:treatment|therapy|services?) (?:was |were )?(?:given|"
    r"provided|rendered|delivered|billed)|"
    r"missed (?:visit|appointment|appt|session)|cancel+ed by (?!(?:him|her|them)\b)|(?<!\d )no[ -]show(?!s)|(?:visit|"
    r"session|appointment|"
    r"appt) (?:was )?(?:cancel+ed|missed)|cancel+ed (?:visit|appointment|session|today)|did "
    r"not attend(?! (?:the|an?|his|her|their) (?!(?:visit|session|appointment|appt|therapy|treatment|class|"
    r"group)\b))|\bcx\b(?=[^\n]{0,160}\b(?:called|no charge|resched\w*))|not seen today|no charge\.|unable to treat|"
    r"treatment (?:was )?(?:held|withheld)\b(?! (?:at|for \d|"
    r"until))|"
    r"refused (?:therapy|treatment) today|"
    r"(?<!manual )(?<!aquatic )(?<!massage )(?<!exercise )(?<!swallow )(?<!group )therapy held)"
)
_MISSED_GATE: Final = gate(_MISSED)
# Of an appointment that is not this visit: another day's, another person's, another clinic's; or a pause within it.
_ANOTHER: Final = folded(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b(?! \d)|last|previous|prior|yesterday|earlier|weekend|since|"
    r"church|surgeon|doctors?|dr|md|ortho\w*|physician|dentist|school|work|bus|briefly|then|resumed|"
    r"for (?:pt|ot|slp|st|speech|nursing|dialysis)|(?:pt|ot|slp|speech|nursing|dialysis) (?:visit|session|appointment)|"
    r"(?:his|her|their|wife|husband|son|daughter|spouse|mother|father)\b(?: \w+){0,2} (?:cancel\w*|missed|"
    r"appointment))\b"
)
# The whole of a part of the title: "NO CHARGE - CANCELLATION", "Physical Therapy - did not attend   11/17".
_TITLED_BEFORE: Final = folded(r"(?:[^\n]*(?: -{1,2} ?|[|:] ?|[ ]{2,}|\t))?$")
_TITLED_BEHIND: Final = folded(r"(?: (?:visit|by [a-z]+|today))?[ \t]*(?:\r?\n|$|[-|:(/\d]|[ ]{2})")
# What was neither attended nor charged was no visit, whatever is told of another day.
_ABSENT: Final = folded(
    r"\b(?:not seen\b(?! (?:by|since|in)\b)|did not (?:come|attend|arrive|show)|no[ -]show|cancel+ed|cancel+ation)"
)
# Said of the visit, not of a thing: "hot pack, no charge", "no charge for the band".
_UNCHARGED: Final = folded(
    r"(?:^|[.;|\n(-] ?|  |\t|\b(?:visit|session),? )(?:no charges?\b(?! for (?!(?:the |this )?(?:visit|session|today))|"
    r" (?:to|on) the (?!patient|visit))|nothing (?:was )?(?:charged|billed)|(?:not|none) (?:charged|billed))"
)
_BILLED: Final = folded(
    r"\b9[27]\d{3}\b|\b(?:timed|total|treatment)\b[^\n]{0,24}\d ?(?:m|$|\n)|\b\d+ ?min[a-z]* (?:of )?[a-z]"
)
_TREATED: Final = folded(r"\btimed\b|\b\d+ ?min|\bminutes|\btotal|\bvisits\b|97\d{3}|\d ?x ?\d|\btolerated")
# What only a treatment leaves behind: repetitions, levels of help, how it was borne.
_DONE: Final = folded(
    r"\bx ?\d+\b|\d ?x ?\d|\b(?:min|mod|max)(?: a\b|imal a|erate a| assist)|\b(?:cga|sba|contact guard|supervision)\b|"
    r"\btolerated|\b(?:timed|treatment time)\b[^\n]{0,24}\d|\breps?\b"
)
_UNCHARGED_GATE: Final = gate(_UNCHARGED)
#: The head of a note, in characters: a cancelled visit says so there.
_HEAD: Final = 160
_HEADLINE: Final = folded(
    r"[\s\d/.,:*#=_(\[-]*(?:(?:pt|ot|slp|st|therapy|patient|visit|status|date|dos|dx|am|pm)[ :.-]+)*$"
)


def is_missed(low: str, gates: int) -> bool:
    """The visit did not take place: said in the head of the note, or anywhere when the note has no time of
    treatment. A missed appointment that is told beside a treatment, or of another day or person, is not this visit.
    ``gates`` are those of the note.
    """
    if gates & _UNCHARGED_GATE and _is_unattended(low):
        return True
    told = _MISSED.search(low) if gates & _MISSED_GATE else None
    if told is None:
        return False
    start, end = _around(low, told)
    if _ANOTHER.search(low, start, end) is not None:
        return False
    in_head = told.start() < _HEAD
    if in_head and _HEADLINE.match(low, start, told.start()):
        return True
    titled = _TITLED_BEFORE.match(low, start, told.start()) and _TITLED_BEHIND.match(low, told.end())
    if in_head and titled and not _BILLED.search(low):
        return True
    if _DONE.search(low):
        return False
    return (
        (in_head and told[0] != "no charge.")
        or not _TREATED.search(low)
        or ("withheld" in told[0] and "no charge" in low)
    )


def _is_unattended(low: str) -> bool:
    """Nobody came, nothing was charged, and no minutes or codes of a treatment stand beside it."""
    return (
        _UNCHARGED.search(low) is not None
        and _BILLED.search(low) is None
        and any(_ANOTHER.search(low, *_around(low, told)) is None for told in _ABSENT.finditer(low))
    )


def _around(low: str, told: re.Match[str]) -> tuple[int, int]:
    """[start, end) of the sentence or the cell of a table in which it is told."""
    first, last = max(0, told.start() - _ROUND), told.end() + _ROUND
    start = max(first - 1, *(low.rfind(mark, first, told.start()) for mark in ("\n", ". ", "; ", "| ", "   "))) + 1
    stops = [low.find(mark, told.end(), last) for mark in ("\n", ". ", ";")]
    return start, min((stop for stop in stops if stop >= 0), default=min(last, len(low)))


_ROUND: Final = 200  # code points of a sentence that may have no stop
