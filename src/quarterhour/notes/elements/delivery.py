"""Elements of delivery: minutes, totals, clock times, signature."""

from __future__ import annotations

import re
from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.document import Document
from quarterhour.notes.elements.grade import Facts, Grade, Span, absent, partial, present, span
from quarterhour.notes.lexicon import BIT
from quarterhour.notes.patterns import folded, written
from quarterhour.notes.services import QUIET, SERVICE, TECHNIQUE

_SIGN, _PENDING = BIT["sign"], BIT["sign_pending"]


def service_minutes(facts: Facts) -> Grade:
    """Each timed service named has its minutes; untimed ones matter only where no timed one is named."""
    done = [service for service in facts.services if service.status == PERFORMED]
    timed = [service for service in done if service.code in facts.document.lexicon.codes.timed]
    counted = timed or [service for service in done if service.code != "evaluation" or service.minutes is not None]
    stated = [service for service in counted if service.minutes is not None]
    spans = [(service.start, service.end) for service in stated]
    if not counted:
        return absent("no timed service is named with minutes")
    if len(stated) == len(counted) and not _shares(facts.document):
        return present(f"minutes stand with each of {len(stated)} services", spans)
    shares = _shares(facts.document)
    if stated:
        return partial(f"minutes stand with {len(stated)} of {len(counted)} services", [*spans, *shares])
    if shares:
        return partial("a service has a share of the visit, not minutes", shares)
    return absent("services are named, none with minutes")


# "About a third of the session", "half of the time": a share of the visit spent on a service.
_SHARE: Final = folded(
    r"\b(?:half|(?:a|one|two|three)[ -](?:third|quarter|fourth|half)s?|most|the rest|the remainder|\d\d ?%)(?: of|"
    r",) (?:the |this |her |"
    r"his |our |today's )?(?:session|visit|treatment|time|hour|appointment)\b(?! (?:the|she|he|her|his|they|due|with))"
)


def _shares(document: Document) -> list[Span]:
    low = document.low
    if not any(word in low for word in _SHARE_WORDS):
        return []
    return [
        match.span()
        for sentence in document.sentences
        if sentence.section not in QUIET and sentence.mask & (SERVICE | TECHNIQUE)
        for match in _SHARE.finditer(low, sentence.start, sentence.end)
    ]


_SHARE_WORDS: Final = ("half", "third", "quarter", "fourth", "most of", "the rest", "remainder", "% of")


def total_timed_minutes(facts: Facts) -> Grade:
    """An explicit total for timed codes."""
    if facts.times.total_timed is None:
        return absent("no total of timed minutes is stated")
    return present(f"total of timed minutes stated: {facts.times.total_timed}", facts.times.evidence.get("timed", []))


def total_treatment_time(facts: Facts) -> Grade:
    """An explicit length of this visit."""
    if facts.times.total_treatment is None:
        return absent("no total treatment time is stated")
    return present(
        f"total treatment time stated: {facts.times.total_treatment} min", facts.times.evidence.get("total", [])
    )


def start_stop_times(facts: Facts) -> Grade:
    """Clock times of the visit or of its services."""
    spans = facts.times.evidence.get("start_stop", [])
    return present("clock times stand in the note", spans) if spans else absent("no clock times are stated")


_CREDENTIAL: Final = (
    r"(?:PTA?|DPT|MPT|MSPT|RPT|LPTA?|SPT|OTR(?:/L)?|OTA|OTD|OTR-L|MOT|COTA(?:/L)?|OT(?:/L)?|"
    r"MOTR/L|MCSP|HCPC|RPT|CHT|CWS|SLP(?:D)?|CCC[- /]SLP|M\.?S\.?,? CCC-SLP|CFY?-SLP|SLP-?CCC|CCC|MS|MA|AT[CP]|CHT|"
    r"SLPA"
    r"|P\.T\.A?\.?|O\.T\.R?\.?|[Pp]hysical [Tt]herapist(?: [Aa]ssistant)?|[Oo]ccupational [Tt]herapist|"
    r"Occupational Therapy Assistant|Speech(?:[- ]Language)? (?:Pathologist|Therapist)|occupational therapist|"
    r"speech(?:[- ]language)? "
    r"(?:pathologist|therapist)|speech-language pathologist|occupational therapy assistant|"
    r"O T R slash L|P T A?|O T R|S L P|C C C S L P|C C C)"
)
# Degrees that may stand between a name and its credential: "Ph.D., CCC-SLP".
_DEGREE: Final = (
    r"(?:(?:Ph\.?|Ed\.?|Sc|S\.?L\.?P\.?|Au|O\.?T\.?)D\.?|M\.?A\.?|M\.?S\.?|M\.? ?Ed\.?|B\.?S\.?|M\.?C\.?D\.?|MPH)"
)
_PARTICLES: Final = "(?:(?:van|von|der|den|de|del|della|la|le|da|di|dos|das|du|el|al|bin|ter|ten|zu|y) ){0,3}"
_SIGNED_NAME: Final = written(
    rf"(?:(?:(?:[A-Z][\w'’-]+|[A-Z]\.?[A-Z]?\.?) ){{1,3}}?{_PARTICLES}[A-Z][\w'’-]+(?: (?:[A-Z][\w'’-]+))?|"
    rf"[A-Z][\w'’-]+, [A-Z][\w'’.-]+(?: [A-Z]\.?)?)"
    rf"(?:, ?| )(?:{_DEGREE},? )*(?:\(?{_CREDENTIAL}\)?)(?![A-Za-z])(?:[,/ ]+(?:{_CREDENTIAL}|[A-Z]{{2,5}}))*"
)
_BARE_NAME: Final = written(
    r"^(?:(?:Ms|Mr|Mrs|Dr|Miss)\.? [A-Z][\w'’-]+|(?:[A-Z][\w'’.-]*,? ){1,2}[A-Z][\w'’-]+|[A-Z]{2,3}|"
    r"[A-Z]\.[A-Z]\.?)\.?,?(?: {1,}\d{1,2}/\d{1,2}(?:/\d{2,4})?)?$"
)
_SPOKEN_NAME: Final = written(r"\b(?:Doctor|Dr\.?|this is|This is) [A-Z][a-z]+|\bend of dictation", re.IGNORECASE)
_BLANK: Final = written(
    r"(?:sign(?:ed|ature)?(?: by)?|therapist|provider)(?:[ :]*(?:_{2,}|\(?pending|\(?unsigned|\(?none|\[ ?\])|"
    r" ?:[ ]*$)|"
    r"signature[ ]*$",
    re.IGNORECASE,
)


def signature(facts: Facts) -> Grade:
    """The author's name with a credential where a note is signed: after a word of signing, or closing the note.

    Evidence are all signatures, in order: of who treated, who cosigned, who reviewed.
    """
    document = facts.document
    text, low = document.text, document.low
    closing = text.rstrip()
    tail = _tail(document, len(closing))
    pending = False
    bare: Span | None = None
    signed: list[Span] = []
    for sentence in document.sentences:
        if not sentence.mask & (_SIGN | _PENDING):
            continue
        if sentence.mask & _PENDING:
            pending = pending or "sign" in low[sentence.start : sentence.end]
            if pending or not sentence.mask & _SIGN:
                continue
        end = low.find("\n", sentence.end)
        cut = min(len(text) if end < 0 else end, sentence.end + 120)
        if _BLANK.search(text, sentence.start, cut):
            pending = True
            continue
        name = _SIGNED_NAME.search(
            text, max(_opening(text, sentence.start), tail if sentence.start < tail < sentence.end else 0), cut
        )
        upper = _UPPER_NAME.search(text, sentence.start, cut) if name is None else name
        if name is None and upper is None:
            upper = _SIGNED_NAME.search(text, tail, sentence.start)
        if upper is not None:
            signed.append((sentence.start, max(sentence.end, upper.end())))
            signed += [
                match.span() for match in _SIGNED_NAME.finditer(text, max(upper.end(), sentence.start), sentence.end)
            ]
        elif bare is None and sentence.start > len(text) // 2 and _ANY_NAME.search(text, sentence.start, cut):
            bare = span(sentence)
    if not signed and bare is not None:
        return partial("signed with a name without a credential", [bare])
    if not signed and pending:
        return absent("the signature is pending")
    signed += [
        match.span()
        for match in _SIGNED_NAME.finditer(text, tail)
        if _closes(text, match) and not any(first < match.end() and match.start() < last for first, last in signed)
    ]
    if not signed and "." in text:
        signed = [match.span() for match in _SIGNED_NAME.finditer(text, max(0, len(closing) - 60))][-1:]
    if not signed:
        last = _LAST_NAME.search(closing, max(0, len(closing) - 60))
        signed = [last.span()] if last is not None else []
    if signed:
        return present("name and credential stand as a signature", sorted(signed))
    return _unsigned(text, closing, tail)


def _opening(text: str, start: int) -> int:
    """Where a signature begins whose initials end like a sentence: "R.J. Abbott"."""
    line = text.rfind("\n", 0, start) + 1
    return line if start - line < _LONGEST_OPENING else start


_LONGEST_OPENING: Final = 32


def _closes(text: str, match: re.Match[str]) -> bool:
    """The name opens a line or a sentence, or follows another signature: "K. Lindqvist, PTA / R. Amadi, PT"."""
    start = match.start()
    return start - (text.rfind("\n", 0, start) + 1) <= 24 or text[start - 2 : start] in (". ", "- ", "— ", "/ ", "; ")


def _authors(text: str) -> list[int]:
    """Places of the words that name an author in the head of a note."""
    low = text.lower()
    if len(low) != len(text):
        return list(range(len(text)))
    found = []
    for word in ("therapist", "provider", "treat", "clinician"):
        place = low.find(word)
        while place >= 0:
            found.append(place)
            place = low.find(word, place + 1)
    return sorted(found)


def _unsigned(text: str, closing: str, tail: int) -> Grade:
    """What stands where no name with a credential does."""
    last_line_start = text.rfind("\n", 0, len(closing)) + 1
    last = closing[last_line_start:].strip()
    if last and len(last) < 50 and _BARE_NAME.match(last) and last_line_start > 0:
        start = closing.index(last, last_line_start)
        return partial("a name closes the note, without a credential", [(start, start + len(last))])
    initials = _INITIALS.search(text, tail)
    if initials is not None:
        return partial("initials with a credential, not a name", [initials.span()])
    mark = _MARK.search(closing, max(0, len(closing) - 60))
    if mark is not None:
        return partial("a mark or a name without a credential closes the note", [mark.span()])
    last_words = _LAST_WORDS.search(closing, max(last_line_start - 1, len(closing) - 40, 0))
    if last_words is not None and last_words[last_words.lastindex or 0].lower() not in _NO_INITIALS:
        return partial(
            "a name or initials close the note, without a credential", [last_words.span(last_words.lastindex or 0)]
        )
    named = next((match for place in _authors(text) if (match := _NAME_LINE.match(text, place)) is not None), None)
    if named is not None:
        return partial("the author is named in the head, not signed", [named.span()])
    spoken = _SPOKEN_NAME.search(text, max(0, len(closing) - 80))
    if spoken is not None:
        return partial("the author is named, not signed", [spoken.span()])
    return absent("no signature stands in the text")


_NAME_LINE: Final = written(
    rf"(?i:therapist|provider|treated by|treating(?: therapist)?|clinician)[: ]{{1,3}}"
    rf"(?:[A-Z][\w'’.-]+ ){{1,3}}?[A-Z][\w'’-]+(?:,? {_CREDENTIAL}|[ \t]*\r?(?:\n|$))"
)
# What closes a note in place of a signature: "kp/pt", "- jr", "initials: m.d.", "RH LPTA", "Dictated by A. Grieve".
_MARK: Final = written(
    r"(?:\b(?:initials?|signed|sig|by):? ?[a-z]\.? ?[a-z]\.?|(?:^|\n|[.;] )[a-z]{2,3} ?/ ?(?:pta?|ota?|otr|cota|slp)|"
    r"(?:^|\n|[.;] )[a-z]{2,3},? (?:l?pta?|dpt|ota?|otr|cota|slp|st)|[-—–] ?[a-z]{2,3}|"
    r"\b(?:dictated|read|written|documented)\b[a-z ]{0,24}(?:by|,) (?-i:[A-Z])[\w. '-]{2,30}|"
    r"(?:speech|physical|occupational) therapist,? (?-i:[A-Z])[\w. '-]{2,30}|\b(?:pta?|ota?|slp|cota) (?-i:[A-Z])\.?|"
    r"\b(?:provider|therapist|clinician)(?: id)?[ :#]+[\w-]*\d[\w-]*(?:, ?\w{2,6})?)\.?$",
    re.IGNORECASE,
)
# A name in other shapes that closes the note: "NGUYEN, TRANG, PTA", "J Lindholm pta", "Mirela P., COTA", "Dmitri PT".
_LAST_NAME: Final = written(
    rf"(?:^|[\n>.]) ?(?:[A-Z]{{2,}}, ?[A-Z]{{2,}},? {_CREDENTIAL}|[A-Z]\.? ?[A-Z][a-z]+,? (?:pta?|ota?|otr|cota|slp)|"
    rf"[A-Z][a-z]{{2,}} [A-Z]\.?,? {_CREDENTIAL}|[A-Z][a-z]{{3,}},? {_CREDENTIAL})[ .]*$"
)
# A name or initials behind the last sentence: "Dressing at next visit. E. Marchand", "next appt Fri   AW",
# "cont rk, pt", "front desk/jm", "good day same jv", "Signing off, Jo."
_LAST_WORDS: Final = written(
    r"(?:(?:^|\n|[.;!?)] |[ ]{2})([A-Z]\.? ?[A-Z][a-z'’-]+)|(?:^|\n|[.;] |[ ]{2}|/ ?)([A-Z]{2,3})|"
    r"[ /]([a-z]{2}(?:, ?(?:pta?|ota?|slp|cota|st))?)|\b(?i:signing off|signed off|this is|"
    r"this was),? ([A-Z][a-z]+))\.?\Z"
)
_NO_INITIALS: Final = frozenset(
    [
        "am",
        "pm",
        "pt",
        "ot",
        "st",
        "md",
        "dr",
        "hr",
        "hs",
        "ft",
        "lb",
        "kg",
        "cm",
        "mm",
        "in",
        "on",
        "at",
        "to",
        "up",
        "of",
        "or",
        "is",
        "it",
        "he",
        "me",
        "my",
        "we",
        "us",
        "no",
        "so",
        "go",
        "do",
        "if",
        "by",
        "as",
        "an",
        "be",
        "wk",
        "mo",
        "yr",
        "ex",
        "tx",
        "rx",
        "dx",
        "hx",
        "sx",
        "px",
        "bp",
        "hx",
        "re",
        "np",
        "pa",
        "rn",
        "rt",
        "lt",
        "ok",
        "bi",
        "ue",
        "le",
        "er",
        "ir",
        "dc",
        "fu",
        "nv",
        "cp",
        "hp",
        "us",
        "mt",
        "te",
        "ta",
        "gt",
        "sc",
        "nm",
        "ms",
        "kx",
        "gp",
        "go",
        "gn",
        "prn",
        "hep",
        "poc",
        "wnl",
        "rom",
        "mmt",
        "sba",
        "cga",
        "adl",
        "bid",
        "tid",
        "qid",
        "qd",
        "qod",
        "na",
        "nt",
        "slp",
        "pta",
        "ota",
        "ptb",
        "mod",
        "max",
        "min",
        "sup",
        "cues",
        "wfl",
        "tbd",
        "eob",
        "eor",
        "otr",
        "llc",
        "inc",
        "usa",
        "dob",
        "dos",
        "npi",
        "cpt",
        "nwb",
        "wbat",
        "ttwb",
        "fwb",
        "pwb",
        "fww",
        "spc",
        "lob",
        "doe",
    ]
)
_INITIALS: Final = written(rf"(?m)^[A-Z]{{2,3}},? {_CREDENTIAL}(?![a-z])")
_UPPER_NAME: Final = written(rf"[A-Z][A-Z.'-]*(?: [A-Z][A-Z'-]+){{1,2}},? {_CREDENTIAL}(?![a-z])")
_ANY_NAME: Final = written(r"[A-Z][\w'.-]+ [A-Z][\w'-]+|[A-Z]\. ?[A-Z][a-z]+")


def _tail(document: Document, end: int) -> int:
    """Where the closing part of the note starts: its last two lines that are not empty."""
    text = document.text
    place = end
    for _ in range(2):
        previous = text.rfind("\n", 0, place)
        if previous < 0:
            return max(0, end - 160)
        while previous > 0 and not text[text.rfind("\n", 0, previous) + 1 : previous].strip():
            previous = text.rfind("\n", 0, previous)
            if previous <= 0:
                break
        place = previous
    return max(place, end - 400, 0)
