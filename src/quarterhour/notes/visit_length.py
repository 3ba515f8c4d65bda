"""The length of the visit where no word for a total tells it: "he was with us 45 minutes", "30 min" as a sentence of
its own, or the sum a list of services ends with ("TE 25, MT 15 = 40").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.document import Document
from quarterhour.notes.durations import LONGEST_VISIT
from quarterhour.notes.mentions import Mention
from quarterhour.notes.numbers import NUMBER, value_of
from quarterhour.notes.patterns import folded
from quarterhour.notes.services import Service
from quarterhour.notes.spans import Spans
from quarterhour.notes.statements import matches_at, numbers_before
from quarterhour.notes.told_of_visit import fits

_FEWEST: Final = 8  # a smaller figure is the time of one task


class Length(NamedTuple):
    """The minutes of the visit, told at [start, end)."""

    value: int
    start: int
    end: int


def visit_length(
    document: Document,
    mentions: Sequence[Mention],
    services: Sequence[Service],
    taken: Sequence[tuple[int, int]],
    timed: int | None = None,
) -> Length | None:
    """The length of the visit, or None; ``services`` are those whose minutes were found, ``taken`` the places of
    figures that tell another time, ``timed`` the timed minutes if they are told.
    """
    low = document.low
    stated = any(service.minutes is not None for service in services)
    performed = [service.minutes for service in services if service.status == PERFORMED]
    of_all = sum(minutes or 0 for minutes in performed) if len(performed) > 1 and None not in performed else 0
    spans = Spans([*((service.start, service.end) for service in services), *taken])
    # Otherwise they may be the share of one mode or of one discipline.
    whole = "group" not in low and len(set(_SHARES.findall(low))) < 2
    for mention in mentions:
        if not _FEWEST <= mention.value <= LONGEST_VISIT or spans.holds(mention.start):
            continue
        sentence = document.sentence_at(mention.start)
        if sentence is None or sentence.section in ("subjective", "goals", "history", "home_program"):
            continue
        before = low[max(sentence.start, mention.start - 48) : mention.start]
        alone = (
            _OPENING.fullmatch(low, sentence.start, mention.first) is not None
            and (not stated or mention.first > sentence.start + 1)
            and _ENDS_LINE.match(low, mention.end) is not None
        )
        if (
            alone
            or (mention.value == of_all and sentence.section != "plan" and mention.usable)
            or (sentence.section != "plan" and _WITH_PATIENT.search(before))
            or (
                sentence.section != "plan"
                and mention.usable
                and (
                    (_OPENING.fullmatch(low, sentence.start, mention.first) and _WITH_HER.match(low, mention.end))
                    or (
                        _HAD.search(before)
                        and (_ENDS_PART.match(low, mention.end) or _WITH_HER.match(low, mention.end))
                    )
                )
            )
            or (
                (sentence.section != "plan" or "timed" in low[low.rfind("\n", 0, mention.first) + 1 : mention.first])
                and _STAYED.search(low, max(0, mention.first - 40), mention.first)
                and _ENDS_PART.match(low, mention.end)
            )
            or _IN_ALL.match(low, mention.end)
            or (whole and sentence.section != "plan" and _is_attended(low, mention))
            or (
                not stated
                and _UNITS_AHEAD.search(before) is not None
                and len(_CODES.findall(low, document.line_at(mention.start)[0], mention.start)) > 1
                and _ENDS_LINE.match(low, mention.end) is not None
            )
            or (not stated and sentence.section != "plan" and _WHOLE.match(low, mention.end))
        ):
            return Length(mention.value, mention.first, mention.end)
    present = _present(document, max(timed or 0, sum(minutes or 0 for minutes in performed)))
    if present is not None:
        return present
    for match in _SUM.finditer(low) if "=" in low else ():
        line = low.rfind("\n", 0, match.start()) + 1
        figures = [int(value) for value in _TERSE.findall(low, line, match.start())]
        added = [_FIGURE.findall(part) for part in low[line : match.start()].split("+")]
        if len(added) > 1 and all(len(part) == 1 for part in added):
            figures = [int(part[0]) for part in added]
        if len(figures) > 1 and sum(figures) == int(match[1]):
            return Length(int(match[1]), *match.span())
    return None


def _present(document: Document, treated: int) -> Length | None:
    """A bare figure beside where the patient was or with whom: minutes where it is no smaller than the ``treated``
    minutes and little more: "forty-five timed, forty-seven in the room".
    """
    low = document.low
    if not treated:
        return None
    for match in matches_at(_PRESENT, low, sorted(numbers_before(low, " in the ", " with me", " with us"))):
        value = value_of(match[1])
        if value is not None and treated <= value <= treated + _IDLE and fits(document, match.start()):
            return Length(value, *match.span())
    return None


_PRESENT: Final = folded(
    rf"(?<!room )({NUMBER})(?: in the (?:room|gym|clinic|house|home|building|department|pool)| with (?:me|us))\b"
    r"(?=[.;,)\n\r]|$| with (?:me|us))"
)
_IDLE: Final = 30  # minutes of a visit that may be no treatment
# "35 minutes with him" opens what is told of the visit; "so we had thirty minutes." ends it.
_WITH_HER: Final = folded(r" with (?:him|her|them)\b")
_HAD: Final = folded(
    r"\b(?:i|we) (?:only |just )*(?:had|got|spent|used)(?: (?:him|her|them)(?: (?:by (?:him|her)self|alone|to "
    r"(?:myself|ourselves)))? for)?(?: only| just| about)? $"
)
_OPENING: Final = folded(
    r"[ (*-]*(?:(?:about|approx\w*|roughly|ot|pt|slp|st|tx|rx|visit|seen|session)\b[ ,:]*|\d{4}[ ,]+|"
    r"\d{1,2}/\d{1,2}/\d{2,4} \()*"
)
_ENDS_LINE: Final = folded(r"(?=: ?(?:97|92)\d{3})|\) (?=[a-z])|[.)]?(?:[ \t]*(?:\r?\n|$|\|)|[ ]{2}|\. )")
_WITH_PATIENT: Final = folded(
    r"\b(?:(?:was|were|been|stayed) (?:with (?:us|me|her|him)|in (?:the|her|his|their) \w+|here|there|at it|together)|"
    r"saw (?:\w+ ){1,3}for|in all (?:we |i )?(?:spent|was|it took|took)|(?:^|(?<=[.;:] ))(?:out )?of (?:the|her|"
    r"his|those|these|our)|shortened to|cut (?:short )?to|(?:visit|session|appointment) (?:length|of)|length) "
    r"(?:for |about |a total of |just |only )*$"
)
# A part of a line that says nothing but how long the patient stayed: "On the floor 48 minutes.", "In room 55'".
_STAYED: Final = folded(
    r"(?:^|[.;|,\n/(]|[ ]{2}) ?(?:(?:in|on|at) (?:the |our )?(?:\w+ )?(?:room|floor|clinic|gym|building|department|"
    r"house|home|suite|mat|chair side|bedside)|(?:all|the whole|whole|entire|full)(?: (?:visit|session|treatment|time|"
    r"stay|appointment))?|(?:visit|session) as a whole|all (?:together|services|codes|told)|everything|door to door|"
    r"start to finish|with (?:me|us|(?:the )?(?:pt|ot|slp|therapist))|(?:(?:he|she|they|we|i|pt|patient) )?stayed|here)"
    r"(?: (?:was|for|took|lasted|came to|time))?(?: ?[:=])? ?$"
)
# Codes without minutes of their own, their units, and the time of all: "97110 97530   3 units   45 min".
_UNITS_AHEAD: Final = folded(r"\d ?u(?:nits?)?[ ,;|/-]{1,8}$")
_CODES: Final = folded(r"\b(?:97|92)\d{3}\b")
_ENDS_PART: Final = folded(r"[ ]?(?:[.;|,)/\n\r]|[ ]{2}|$|of which\b|total\b)")
_IN_ALL: Final = folded(r" (?:in all|all told|altogether|in total)\b")
_WHOLE: Final = folded(
    r",? (?:today\b(?! (?:of|on|for|doing))|(?:all (?:one|1|timed|direct|individual)|in all|all told|altogether|"
    r"in total)\b)"
)
# Words of which every one tells only that there was a visit, and how: "Pt seen in clinic 1:1 x 45 min".
_WHO: Final = r"(?:the )?(?:pt|patient|client|resident|student|child|infant|she|he)"
_VISIT: Final = (
    r"(?:seen|treated|attended|received|participated|individual(?:ly)?|1:1|1-on-1|1 on 1|one[- ]on[- ]one|"
    r"one[- ]to[- ]one|"
    r"session|visit|tx|rx|treatment|therapy|encounter|skilled|(?:pt|ot|slp|st)(?= ?[:,x]| (?:tx|treatment|session|"
    r"visit|seen|x ?\d|\d)))"
)
_ATTENDED: Final = folded(
    rf"(?:^|[.;|\n(]|[ ]{{2}})[ \t*-]*(?:(?:{_WHO}|was|is|has|been|today|this (?:date|day|am|pm|visit)|in|at|for|x|"
    rf"of|with|"
    rf"an?|the|direct|provided|given|clinic|gym|bedside|room|home|outpatient|services?|time)[ ,:]+)*"
    rf"{_VISIT}(?:[ ,:]+(?:{_VISIT}|in|at|for|x|of|a|the|her|his|direct|provided|given|clinic|gym|bedside|room|home|"
    rf"today|this (?:date|day|am|pm)|outpatient|services?|time|by (?:pta?|ot|slp|cota)))*[ ,:]*x? ?$"
)
_VISIT_BEHIND: Final = folded(
    rf"[ -](?:of )?(?:(?:direct|skilled|individual|home|outpatient|1:1|one-on-one|pt|ot|slp|st|treatment|"
    rf"therapy) )*(?:{_VISIT}|pt|ot|slp|st|"
    rf"services?)"
    r"(?=[ \t]*(?:[.;,:|()\n\r]|$|[ ]{2}))"
)
_CLAUSE_ENDS: Final = folded(r"[ \t]*(?:[.;,:|()\n\r]|$|[ ]{2}| (?:1:1|individual|one-on-one|today|this date)\b)")
_OPENS_CLAUSE: Final = folded(r"(?:^|[.;|\n(]|[ ]{2})[ \t*-]*(?:an? )?$")
_SHARES: Final = folded(r"\b(pt|ot|slp|st)[ :]{1,2}(?:x ?)?\d+ ?min")
_REACH: Final = 80  # code points


def _is_attended(low: str, mention: Mention) -> bool:
    """The minutes stand among words that tell of nothing but the visit."""
    before = max(0, mention.first - _REACH)
    behind = _VISIT_BEHIND.match(low, mention.end) is not None
    if _ATTENDED.search(low, before, mention.first) is not None:
        return behind or _CLAUSE_ENDS.match(low, mention.end) is not None
    return behind and _OPENS_CLAUSE.search(low, before, mention.first) is not None


_FIGURE: Final = folded(r"(?<![\d.:/])\d{1,2}(?![\d.:/%])")
_SUM: Final = folded(r"= ?:?(\d{2,3})\b(?! ?(?:deg|s\b|sec|ft|lb|%|m\b))")
_TERSE: Final = folded(r"\b(?:te|ta|mt|nmr?|gt|sc|tx|us|es|hp|cp|therex|theract|9[27]\d{3})[ :/=-]{1,3}(\d\d?)\b")
