"""How many were treated together: one patient alone, or several."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.document import Document
from quarterhour.notes.elements.grade import Delivery, Facts, Grade, Span, absent, present
from quarterhour.notes.gates import gate
from quarterhour.notes.lexicon import BIT
from quarterhour.notes.patterns import folded, written
from quarterhour.notes.services import Service

_GROUP, _SINGLE = BIT["group"], BIT["one_on_one"]
_MRS: Final = r"(?:Mr|Mrs|Ms|Miss)\.? [A-Z]\w+"
_NAMES: Final = written(
    rf"(?:\b(?:[Cc]lass|[Gg]roup|[Cc]ircle) (?:\w+ ){{0,3}}with )?\b{_MRS}(?:,| and| &) (?:and )?{_MRS}"
)
_ONE_PERSON: Final = "(?:client|patient|pt|resident|student|child|participant|person)"
_PERSONS: Final = "(?:clients?|patients?|pts?|residents?|students?|child(?:ren)?|participants?|people|persons?|peers?)"
_STAFF: Final = "(?:therapist|clinician|pta?|ota?|otr|slp|cota|assistant)"
_COUNT: Final = r"(?:\d|two|three|four|five|six|several|a few)"
_DONE: Final = (
    r"(?=[ ]?(?:$|[.,;:|)/\r\n]|[ ]{2}|"
    r"today\b|this\b|throughout\b|only\b|alone\b|at a time\b|per\b|in (?:the )?(?:room|gym|clinic)))"
)
# One patient alone: nobody else, one of each, just the two, alone with the therapist.
_ALONE: Final = folded(
    rf"\b(?:no|without(?: any| an)?|nor any) (?:other|additional|second) {_PERSONS}\b|"
    r"\b(?:no others|nobody else|no ?-?one else)\b(?! (?:at home|to|can|could|lives|knows|drives|cooks|does|helps|"
    r"will))|"
    rf"\b(?:one|1|single|sole|lone) {_ONE_PERSON}(?:,| and|/| to| with| :)? ?(?:one|1|single) {_STAFF}\b|"
    rf"\b(?:one|1|single|sole|lone) {_ONE_PERSON}\b{_DONE}|"
    r"\b(?:just|only) (?:he|she|him|her|[a-z]+|the [a-z]+|m(?:r|rs|s)\.? [a-z]+) (?:and|with) (?:i|me|the therapist)\b|"
    r"\b(?:just|only) (?:the two of us|us two|we two)\b|"
    rf"\b(?<!left )(?<!live )(?<!lives )(?<!home )alone (?:with|w/) (?:him|her)(?=[.,;)\n\r]|$)|"
    rf"\b(?:him|her|(?:the )?{_ONE_PERSON}) (?:all )?to myself\b|(?<=[,;(] )(?:just|only) (?:him|her)(?=[.,;)\n\r]|$)|"
    rf"\b(?<!live )(?<!lives )(?<!home )alone (?:with|w/) (?:me|(?:the |her |his )?{_STAFF}|[a-z]\. ?[a-z]+)\b|"
    rf"\b(?:with|had|saw|seen|treated) (?:her|him|(?:the )?{_ONE_PERSON}) (?:alone|only)\b|"
    r"\b(?:him|her|he|she|patient|client|resident|student) and (?:me|i) (?:only|alone)\b|"
    rf"\b(?:had|have|saw) (?:her|him|the {_ONE_PERSON}) (?:all )?to myself\b|(?<=\| )alone(?=[ ]*(?:\||\r?\n|$))|"
    rf"\b(?:just|only) m(?:r|rs|s|iss)\.? [a-z]+(?:[-'][a-z]+)*(?! (?:and|&)|, m){_DONE}"
)
_SEVERAL: Final = folded(
    rf"(?:\+|\b(?:plus|and|with|w/|alongside|beside|among)) ?{_COUNT} (?:others?\b(?! (?:goals|tasks|exercises|times))|"
    rf"(?:other|more) {_PERSONS}\b|(?:class|group|school|team|table)[ -]?mates?\b)|"
    rf"\((?:group|grp|class|dyad|concurrent)\)|\b(?:class|circle|group) of {_COUNT}\b|"
    rf"\b(?:clients|patients|pts|residents|students|participants) \({_COUNT}(?:,|\)| incl)|"
    rf"\b{_COUNT} {_PERSONS} (?:were |took |took part |treated |seated |working )?(?:together|at once|at the same time|"
    r"side by side|in (?:the|a) (?:group|class|circle))\b|\bgroup (?:size|n)[ :=]{1,3}\d|"
    rf"\bjoin(?:ed|ing|s)? (?:the )?{_COUNT} (?:other |more )?{_PERSONS}\b|"
    rf"(?<=[,;|] )(?:[2-9]|two|three|four|five|six) (?:clients|patients|residents|students|children|participants|peers)"
    r"(?=[ ]*(?:[,;|.]|\r?\n|$))"
)
_ALONE_GATE, _SEVERAL_GATE = gate(_ALONE), gate(_SEVERAL)
_TITLES: Final = ("Mr", "Ms", "Miss")
_QUIET: Final = frozenset({"plan", "goals", "history", "home_program", "subjective"})


def find_delivery(document: Document, services: Sequence[Service], stuffed: Collection[int]) -> Delivery:
    """What the note says of treating one patient or several; a group service performed, or two names, say several."""
    single: list[Span] = []
    several: list[Span] = []
    other = [
        (service.start, service.end)
        for service in services
        if service.code in ("97150", "92508") and service.status == PERFORMED
    ]
    if document.mask & (_GROUP | _SINGLE):
        for sentence in document.sentences:
            if not sentence.mask & (_GROUP | _SINGLE) or sentence.section in _QUIET or sentence.start in stuffed:
                continue
            for hit in sentence.hits:
                if hit.mask & (_GROUP | _SINGLE) and not _no_delivery(document.low, hit.start, hit.end):
                    joint = hit.values.get("group") == "co_treatment"
                    (single if not hit.mask & _GROUP else other if joint else several).append((hit.start, hit.end))
    if not (single or several or other) and document.gates & (_ALONE_GATE | _SEVERAL_GATE):
        for sentence in document.sentences:
            if sentence.section in _QUIET or sentence.start in stuffed:
                continue
            if sentence.gates & _ALONE_GATE:
                single += [match.span() for match in _ALONE.finditer(document.low, sentence.start, sentence.end)]
            if sentence.gates & _SEVERAL_GATE:
                several += [match.span() for match in _SEVERAL.finditer(document.low, sentence.start, sentence.end)]
    if not (single or several or other) and any(title in document.text for title in _TITLES):
        several = [match.span() for match in _NAMES.finditer(document.text)]
    return Delivery(tuple(single), (*several, *other), tuple(several))


def one_on_one_or_group(facts: Facts) -> Grade:
    """How the service was delivered, in words."""
    single, several = facts.delivery.one_on_one, facts.delivery.group
    if not single and not several:
        return absent("one-on-one or group is not stated")
    said = " and ".join(name for name, spans in (("one-on-one", single), ("treated with others", several)) if spans)
    return present(f"the note says how many were treated together: {said}", sorted((*single, *several)))


_NOT_DELIVERY_AFTER: Final = folded(
    r" (?:goals?|needs|plan|education program|home|sounds?|words|muscles?|steps|components|"
    r"fingers?|medical|psych|sport)|(?: min(?:ute)?s?)?[ ]?[:=(]?[ ]?(?:0\b|none\b|n/a\b)"
)
_NOT_DELIVERY_BEFORE: Final = folded(r"(?:support|church|age|muscle|women's|her|his|exercise|walking|not|no) $")


# "solo" tells of the visit where nothing is done solo: not "solo stairs", not "lives solo".
_SOLO: Final = folded(r"[ ]?(?:$|[.,;|)\r\n]|[ ]{2}|(?:in|with|today|throughout|treatment|tx|visit|session)\b)")
_LIVES: Final = folded(r"\b(?:liv\w+|walk\w*|travel\w*|goes|driv\w+|home|shops?) $")


def _no_delivery(low: str, start: int, end: int) -> bool:
    return (
        any(gap in low[start:end] for gap in ("  ", "\t"))  # two columns: "HILL PT GROUP      TREATMENT NOTE"
        or _NOT_DELIVERY_AFTER.match(low, end) is not None
        or _NOT_DELIVERY_BEFORE.search(low, max(0, start - 10), start) is not None
        or (low.startswith("solo", start) and end - start == 4 and _SOLO.match(low, end) is None)
        or (low.startswith("solo", start) and _LIVES.search(low, max(0, start - 12), start) is not None)
    )
