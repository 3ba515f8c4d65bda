"""How many were treated together: one patient alone, or several."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.elements.grade import Delivery, Facts, Grade, Span, absent, present, span
from quarterhour.notes.page.document import Document
from quarterhour.notes.services.services import OUTSIDE_VISIT, Service
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded, written


def one_on_one_or_group(facts: Facts) -> Grade:
    """How the service was delivered, in words."""
    single, several = facts.delivery.one_on_one, facts.delivery.group
    if not single and not several:
        return absent("one-on-one or group is not stated")
    said = " and ".join(name for name, spans in (("one-on-one", single), ("treated with others", several)) if spans)
    return present(f"the note says how many were treated together: {said}", sorted((*single, *several)))


def find_delivery(document: Document, services: Sequence[Service], stuffed: Collection[int]) -> Delivery:
    """What the note says of treating one patient or several; a group service performed, or two names, say several."""
    single, several, joint = _named(document, stuffed)
    other = [
        *(span(each) for each in services if each.code in document.lexicon.codes.together and each.status == PERFORMED),
        *joint,
    ]
    if not several and (not single or other):
        alone, several = _told(document, stuffed)
        single = single if single or other else alone
    if not (single or several) and not other and any(title in document.text for title in _TITLES):
        several = [match.span() for match in _NAMES.finditer(document.text)]
    return Delivery(tuple(single), (*several, *other), tuple(several), tuple(joint))


def _named(document: Document, stuffed: Collection[int]) -> tuple[list[Span], list[Span], list[Span]]:
    """Words of the vocabulary for one patient alone, for several, and for two therapists who treat one patient."""
    single: list[Span] = []
    several: list[Span] = []
    joint: list[Span] = []
    for sentence in document.sentences if document.mask & _MODE else ():
        if not sentence.mask & _MODE or sentence.section in OUTSIDE_VISIT or sentence.start in stuffed:
            continue
        for hit in sentence.hits:
            if not hit.mask & _MODE or _is_no_delivery(document.low, hit.start, hit.end):
                continue
            if not hit.mask & _GROUP:
                single.append(span(hit))
            else:
                (joint if hit.values.get("group") == "co_treatment" else several).append(span(hit))
    return single, several, joint


_GROUP: Final = BIT["group"]
_MODE: Final = _GROUP | BIT["one_on_one"]


def _is_no_delivery(low: str, start: int, end: int) -> bool:
    """The word at [start, end) tells of something else than the company the patient was treated in."""
    return (
        any(gap in low[start:end] for gap in ("  ", "\t"))  # two columns: "HILL PT GROUP      TREATMENT NOTE"
        or _NOT_DELIVERY_AFTER.match(low, end) is not None
        or _NOT_DELIVERY_BEFORE.search(low, max(0, start - 10), start) is not None
        or (low.startswith("solo", start) and _is_solo_elsewhere(low, start, end))
    )


_NOT_DELIVERY_AFTER: Final = folded(
    r" (?:goals?|needs|plan|education program|home|sounds?|words|muscles?|steps|components|"
    r"fingers?|medical|psych|sport)|(?: min(?:ute)?s?)?[ ]?[:=(]?[ ]?(?:0\b|none\b|n/a\b)"
)
_NOT_DELIVERY_BEFORE: Final = folded(r"(?:support|church|age|muscle|women's|her|his|exercise|walking|not|no) $")


def _is_solo_elsewhere(low: str, start: int, end: int) -> bool:
    """The patient does something solo, in the visit or in life: "solo stairs", "lives solo"."""
    return (low[start:end] == "solo" and _SOLO.match(low, end) is None) or (
        _LIVES.search(low, max(0, start - 12), start) is not None
    )


# What stands behind "solo" where it tells of the whole visit.
_SOLO: Final = folded(r"[ ]?(?:$|[.,;|)\r\n]|[ ]{2}|(?:in|with|today|throughout|treatment|tx|visit|session)\b)")
_LIVES: Final = folded(r"\b(?:liv\w+|walk\w*|travel\w*|goes|driv\w+|home|shops?) $")


def _told(document: Document, stuffed: Collection[int]) -> tuple[list[Span], list[Span]]:
    """The same without a word of the vocabulary: one patient alone, and several."""
    single: list[Span] = []
    several: list[Span] = []
    for sentence in document.sentences if document.gates & (_ALONE_GATE | _SEVERAL_GATE | _CLASS_GATE) else ():
        if sentence.section in OUTSIDE_VISIT or sentence.start in stuffed:
            continue
        if sentence.gates & _ALONE_GATE:
            single += [match.span() for match in _ALONE.finditer(document.low, sentence.start, sentence.end)]
        for pattern, need in ((_SEVERAL, _SEVERAL_GATE), (_CLASS, _CLASS_GATE)):
            if sentence.gates & need:
                several += [match.span() for match in pattern.finditer(document.low, sentence.start, sentence.end)]
    return single, several


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
    rf"\b(?:one|1|single|sole|lone) {_STAFF}(?:,| and|/| to| with| :)? ?(?:one|1|single) {_ONE_PERSON}\b|"
    rf"\b(?:saw|seen|treated|had|worked with) (?:him|her|(?:the |this )?{_ONE_PERSON}) (?:today )?(?:on (?:his|her|"
    rf"their) own|"
    rf"by (?:him|her)self)(?=[,.;)\n\r]|$| (?:from|for|in|at|today)\b)|"
    r"\b(?:just|only) (?:he|she|him|her|[a-z]+|the [a-z]+|m(?:r|rs|s)\.? [a-z]+) (?:and|with) (?:i|me|the therapist)\b|"
    r"\b(?:just|only) (?:the two of us|us two|we two)\b|"
    rf"\b(?<!left )(?<!live )(?<!lives )(?<!home )alone (?:with|w/) (?:him|her)(?=[.,;)\n\r]|$)|"
    rf"\b(?:him|her|(?:the )?{_ONE_PERSON}) (?:all )?to myself\b|(?<=[,;(] )(?:just|only) (?:him|her)(?=[.,;)\n\r]|$)|"
    rf"\b(?<!live )(?<!lives )(?<!home )alone (?:with|w/) (?:me|(?:the |her |his )?{_STAFF}|[a-z]\. ?[a-z]+)\b|"
    rf"\b(?:with|had|saw|seen|treated) (?:her|him|(?:the |this )?{_ONE_PERSON}) (?:alone|only)\b|"
    r"\b(?:him|her|he|she|patient|client|resident|student) and (?:me|i) (?:only|alone)\b|"
    rf"\b(?:had|have|saw) (?:her|him|the {_ONE_PERSON}) (?:all )?to myself\b|(?<=\| )alone(?=[ ]*(?:\||\r?\n|$))|"
    rf"(?:^|(?<=[.;,:] )|(?<=\n))(?:treated|seen|worked|private room,? {_ONE_PERSON}|{_ONE_PERSON} (?:seen|"
    rf"treated)) alone"
    r"(?=[ ]?(?:$|[.,;|\r\n]|in\b|with\b|at the\b|today\b|throughout\b))|"
    rf"\b(?:just|only) m(?:r|rs|s|iss)\.? [a-z]+(?:[-'][a-z]+)*(?! (?:and|&)|, m){_DONE}"
)
_SEVERAL: Final = folded(
    rf"(?:\+|\b(?:plus|and|with|w/|alongside|beside|among)) ?{_COUNT} (?:others?\b(?! (?:goals|tasks|exercises|times))|"
    rf"(?:other|more) {_PERSONS}\b|peers\b(?! (?:at|in) (?:school|recess|class))|(?:class|group|school|team|"
    rf"table)[ -]?mates?\b)|"
    rf"\((?:group|grp|class|dyad|concurrent)\)|\b(?:class|circle|group) of {_COUNT}\b|"
    rf"\b(?:clients|patients|pts|residents|students|participants) \({_COUNT}(?:,|\)| incl)|"
    rf"\b{_COUNT} {_PERSONS} (?:were |took |took part |treated |seated |working )?(?:together|at once|at the same time|"
    r"side by side|in (?:the|a) (?:group|class|circle))\b|\bgroup (?:size|n)[ :=]{1,3}\d|"
    rf"\bjoin(?:ed|ing|s)? (?:the )?{_COUNT} (?:other |more )?{_PERSONS}\b|"
    rf"(?<=[,;|] )(?:[2-9]|two|three|four|five|six) (?:clients|patients|residents|students|children|participants|peers)"
    r"(?=[ ]*(?:[,;|.]|\r?\n|$))"
)
_MANY: Final = r"(?:[2-9]|1\d|two|three|four|five|six|seven|eight)"
_THEME: Final = (
    r"(?:balance|exercise|strengthening|strength|stretching|mobility|movement|fitness|fall prevention|falls prevention|"
    r"chair|cooking|social skills|language|memory|aphasia|arthritis|walking)"
)
# A class or group that the visit was, by its name at the head, its number of people, or what the therapist did among
# them; a class the patient goes to in life has none of these.
_CLASS: Final = folded(
    r"\bgroup (?:pt|ot|st|slp|physical therapy|occupational therapy|speech therapy)\b(?! (?:practice|clinic|llc|inc))|"
    r"\b(?:in|attended|joined|during) (?:the |a |our |today's )?(?:pt|ot|st|slp) group\b|"
    r"(?:^|(?<=\n))[-* ]*(?:pt|ot|st|slp) group (?:session|class|note|tx|treatment|therapy|today)\b|"
    rf"(?:^|(?<=\n))[-* ]*(?:today: )?{_THEME} (?:class|group)"
    r"(?=[ ]*(?:\n|$|[:;,(-]|\d|with\b|today\b|session\b|note\b))|"
    rf"\b(?:class|group)[ ,:-]{{0,3}}\(?n ?[=:] ?{_MANY}\b|"
    rf"\b{_MANY} participants\b|\b(?:other|among|between|the) participants\b|"
    rf"\ball (?:{_MANY}|of them)(?: {_PERSONS})? (?:treated )?(?:together|at once|at the same time)\b|"
    rf"\b(?:rotat|circulat|alternat)(?:ed|ing) (?:among|between|amongst) (?:the |both |two |all )?{_PERSONS}\b|"
    r"\b(?:pts|patients|clients|residents|students) (?:stood|sat|seated|standing|were seated|were standing) in "
    r"(?:a |the )?circle\b"
)
_ALONE_GATE, _SEVERAL_GATE, _CLASS_GATE = gate(_ALONE), gate(_SEVERAL), gate(_CLASS)
_TITLES: Final = ("Mr", "Ms", "Miss")
_MRS: Final = r"(?:Mr|Mrs|Ms|Miss)\.? [A-Z]\w+"
_NAMES: Final = written(
    rf"(?:\b(?:[Cc]lass|[Gg]roup|[Cc]ircle) (?:\w+ ){{0,3}}with )?\b{_MRS}(?:,| and| &) (?:and )?{_MRS}"
)
