"""The element of the signature: who signed the note, and with which credential."""

from __future__ import annotations

import re
from typing import Final

from quarterhour.notes.elements.grade import Facts, Grade, Span, absent, partial, present, span
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded, written

_SIGN, _PENDING = BIT["sign"], BIT["sign_pending"]


def signature(facts: Facts) -> Grade:
    """The author's name with a credential where a note is signed: after a word of signing, or closing the note.

    Evidence are all signatures, in order: of who treated, who cosigned, who reviewed.
    """
    document = facts.document
    text = document.text
    closing = text.rstrip()
    tail = _tail(document, len(closing))
    signed, bare, pending = _find_signed(document, tail)
    if not signed and bare is not None:
        return partial("signed with a name without a credential", [bare])
    if not signed and pending:
        return absent("the signature is pending")
    signed += [
        match.span()
        for match in _SIGNED_NAME.finditer(text, tail)
        if _closes(text, match) and not any(first < match.end() and match.start() < last for first, last in signed)
    ]
    signed = signed or _find_last_name(text, closing)
    if signed:
        return present("name and credential stand as a signature", sorted(signed))
    return _unsigned(text, closing, tail)


def _tail(document: Document, end: int) -> int:
    """Where the closing part of the note starts: its last two lines that are not empty."""
    text = document.text
    place = end
    for _ in range(_CLOSING_LINES):
        previous = text.rfind("\n", 0, place)
        if previous < 0:
            return max(0, end - _UNBROKEN_TAIL)
        while previous > 0 and not text[text.rfind("\n", 0, previous) + 1 : previous].strip():
            previous = text.rfind("\n", 0, previous)
            if previous <= 0:
                break
        place = previous
    return max(place, end - _LONGEST_TAIL, 0)


_CLOSING_LINES: Final = 2
_UNBROKEN_TAIL: Final = 160  # code points, of a note that is one line
_LONGEST_TAIL: Final = 400  # code points


def _find_signed(document: Document, tail: int) -> tuple[list[Span], Span | None, bool]:
    """Signatures after a word of signing, the first that is a name without a credential, and whether one is pending.

    A sentence that opens before ``tail`` and reaches into it is looked at from there on.
    """
    text, low = document.text, document.low
    signed: list[Span] = []
    bare: Span | None = None
    pending = False
    for sentence in document.sentences:
        if not sentence.mask & (_SIGN | _PENDING):
            continue
        if sentence.mask & _PENDING:
            pending = pending or "sign" in low[sentence.start : sentence.end]
            if pending or not sentence.mask & _SIGN:
                continue
        line_end = low.find("\n", sentence.end)
        cut = min(len(text) if line_end < 0 else line_end, sentence.end + _LONGEST_SIGNATURE)
        if _BLANK.search(text, sentence.start, cut):
            pending = True
            continue
        name = _find_name(text, sentence, tail, cut)
        if name is not None:
            signed.append((sentence.start, max(sentence.end, name.end())))
            begin = max(name.end(), sentence.start)
            signed += [match.span() for match in _SIGNED_NAME.finditer(text, begin, sentence.end)]
        elif bare is None and sentence.start > len(text) // 2 and _ANY_NAME.search(text, sentence.start, cut):
            bare = span(sentence)
    return signed, bare, pending


_LONGEST_SIGNATURE: Final = 120  # code points behind the word of signing
_BLANK: Final = written(
    r"(?:sign(?:ed|ature)?(?: by)?|therapist|provider)(?:[ :]*(?:_{2,}|\(?pending|\(?unsigned|\(?none|\[ ?\])|"
    r" ?:[ ]*$)|"
    r"signature[ ]*$",
    re.IGNORECASE,
)
_ANY_NAME: Final = written(r"[A-Z][\w'.-]+ [A-Z][\w'-]+|[A-Z]\. ?[A-Z][a-z]+")


def _find_name(text: str, sentence: Sentence, tail: int, cut: int) -> re.Match[str] | None:
    """The name with its credential behind a word of signing, up to ``cut``, or in the lines that close the note."""
    begin = max(_opening(text, sentence.start), tail if sentence.start < tail < sentence.end else 0)
    return (
        _SIGNED_NAME.search(text, begin, cut)
        or _UPPER_NAME.search(text, sentence.start, cut)
        or _SIGNED_NAME.search(text, tail, sentence.start)
    )


def _opening(text: str, start: int) -> int:
    """Where a signature begins whose initials end like a sentence: "R.J. Abbott"."""
    line = text.rfind("\n", 0, start) + 1
    return line if start - line < _LONGEST_OPENING else start


_LONGEST_OPENING: Final = 32
_CREDENTIAL: Final = (
    r"(?:PTA?|DPT|MPT|MSPT|RPT|LPTA?|SPT|OTR(?:/L)?|OTA|OTD|OTR-L|MOT|COTA(?:/L)?|OT(?:/L)?|"
    r"MOTR/L|MCSP|HCPC|RPT|CHT|CWS|SLP(?:D)?|CCC[- /]SLP|M\.?S\.?,? CCC-SLP|CFY?-SLP|SLP-?CCC|CCC|MS|MA|AT[CP]|CHT|"
    r"SLPA"
    r"|P\.T\.A?\.?|O\.T\.R?\.?|[Pp]hysical [Tt]herapist(?: [Aa]ssistant)?|[Oo]ccupational [Tt]herapist|"
    r"Occupational Therapy Assistant|Speech(?:[- ]Language)? (?:Pathologist|Therapist)|occupational therapist|"
    r"speech(?:[- ]language)? "
    r"(?:pathologist|therapist)|speech-language pathologist|occupational therapy assistant|"
    r"C? ?O T(?: [RA])?(?: slash L)?|P T(?: A)?|D P T|C C C S L P|S L P|C C C)"
)
# Degrees that may stand between a name and its credential: "Ph.D., CCC-SLP".
_DEGREE: Final = (
    r"(?:(?:Ph\.?|Ed\.?|Sc|S\.?L\.?P\.?|Au|O\.?T\.?)D\.?|M\.?A\.?|M\.?S\.?|M\.? ?Ed\.?|B\.?S\.?|M\.?C\.?D\.?|MPH|"
    r"M [AS])"
)
_PARTICLES: Final = "(?:(?:van|von|der|den|de|del|della|la|le|da|di|dos|das|du|el|al|bin|ter|ten|zu|y) ){0,3}"
_SIGNED_NAME: Final = written(
    rf"(?:(?:(?:[A-Z][\w'’-]+|[A-Z]\.?[A-Z]?\.?) ){{1,3}}?{_PARTICLES}[A-Z][\w'’-]+(?: (?:[A-Z][\w'’-]+))?|"
    rf"[A-Z][\w'’-]+, [A-Z][\w'’.-]+(?: [A-Z]\.?)?)"
    rf"(?:, ?| comma | )(?:{_DEGREE},? )*(?:\(?{_CREDENTIAL}\)?)(?![A-Za-z])(?:[,/ ]+(?:{_CREDENTIAL}|[A-Z]{{2,5}}))*"
)
_UPPER_NAME: Final = written(rf"[A-Z][A-Z.'-]*(?: [A-Z][A-Z'-]+){{1,2}},? {_CREDENTIAL}(?![a-z])")


def _closes(text: str, match: re.Match[str]) -> bool:
    """The name opens a line or a sentence, or follows another signature: "K. Lindqvist, PTA / R. Amadi, PT"."""
    if _is_told(text, match):
        return False
    start = match.start()
    line = text.rfind("\n", 0, start) + 1
    return start - line <= _LONGEST_LABEL or text[start - 2 : start] in _BEFORE_NAME


_LONGEST_LABEL: Final = 24  # code points before a name in its line
_BEFORE_NAME: Final = (". ", "- ", "— ", "/ ", "; ")


def _is_told(text: str, match: re.Match[str]) -> bool:
    """Somebody was told or asked, or had a part in it: "Told K. Fjeld, PT", "Reviewed with R. Amadi, PT"."""
    line = text.rfind("\n", 0, match.start()) + 1
    return _TOLD.match(match[0]) is not None or _TO.search(text, line, match.start()) is not None


_TELL: Final = r"(?:told|informed|notified|called|phoned|paged|texted|messaged|updated|asked|per|with|to)"
_TOLD: Final = written(rf"{_TELL} ", re.IGNORECASE)
_TO: Final = written(rf"\b{_TELL} (?:(?-i:[A-Z])\.?|the )?\Z", re.IGNORECASE)


def _find_last_name(text: str, closing: str) -> list[Span]:
    """A name with a credential at the very end: behind a full stop, as the last words of a dictation without one, or in
    one of the rarer shapes.
    """
    begin = max(0, len(closing) - _LAST_LINE)
    stops = "." in text
    if stops or len(closing) > _ONE_LINE:
        named = [
            match.span()
            for match in _SIGNED_NAME.finditer(text, begin)
            if not _is_told(text, match) and (stops or match.end() >= len(closing))
        ]
        if named:
            return named[-1:]
    last = _LAST_NAME.search(closing, begin) or _SMALL_NAME.search(closing, begin)
    return [_trimmed(text, last.span())] if last is not None and not _is_told(text, last) else []


_ONE_LINE: Final = 120  # code points; a shorter text without a stop is a list of names as well as a note
_LAST_LINE: Final = 60  # code points that may close a note in place of a line of its own
# A name in other shapes that closes the note: "NGUYEN, TRANG, PTA", "J Lindholm pta", "Mirela P., COTA", "Dmitri PT".
_LAST_NAME: Final = written(
    rf"(?:^|[\n>.]) ?(?:[A-Z]{{2,}}, ?[A-Z]{{2,}},? {_CREDENTIAL}|[A-Z]\.? ?[A-Z][a-z]+,? (?:pta?|ota?|otr|cota|slp)|"
    rf"[A-Z][a-z]{{2,}} [A-Z]\.?,? {_CREDENTIAL}|[A-Z][a-z]{{3,}},? {_CREDENTIAL})[ .]*$"
)
# The same behind a word of signing in a note in small letters: "cosign d. lee pt".
_SMALL_NAME: Final = written(
    r"\b(?:co-?|e-?)?sign(?:ed)?(?: by)?:? (?:[a-z]\. ?|[a-z]{2,} )[a-z]{2,},? "
    r"(?:l?pta?|dpt|ot(?:a|r(?:/l)?)?|cota(?:/l)?|slp)[ .]*$"
)


def _unsigned(text: str, closing: str, tail: int) -> Grade:
    """What stands where no name with a credential does."""
    last_line = text.rfind("\n", 0, len(closing)) + 1
    last = closing[last_line:].strip()
    if last and len(last) < _LONGEST_NAME and _BARE_NAME.match(last) and last_line > 0:
        start = closing.index(last, last_line)
        return _half_signed(text, (start, start + len(last)), "a name closes the note, without a credential")
    said = _SAID_LAST.search(closing, max(0, len(closing) - _LAST_WORDS_REACH))
    if said is not None:
        return partial("a name closes the note, without a credential", [said.span("name")])
    initials = _INITIALS.search(text, tail)
    if initials is not None:
        return partial("initials with a credential, not a name", [initials.span()])
    mark = _MARK.search(closing, max(0, len(closing) - _LAST_LINE))
    if mark is not None:
        return _half_signed(text, mark.span(), "a mark or a name without a credential closes the note")
    last_words = _LAST_WORDS.search(closing, max(last_line - 1, len(closing) - _LAST_WORDS_REACH, 0))
    if last_words is not None:
        named = last_words.lastindex or 0
        if not _ABBREVIATION.fullmatch(last_words[named].lower()):
            end = last_words.span(named)
            return _half_signed(text, end, "a name or initials close the note, without a credential")
    author = _find_author(text)
    if author is not None:
        return partial("the author is named in the head, not signed", [author])
    spoken = _SPOKEN_NAME.search(text, max(0, len(closing) - _SPOKEN_REACH))
    if spoken is not None:
        return partial("the author is named, not signed", [spoken.span()])
    return absent("no signature stands in the text")


def _half_signed(text: str, place: Span, reason: str) -> Grade:
    """What closes the note at ``place``: initials with a credential, or what ``reason`` says."""
    place = _trimmed(text, place)
    if _WITH_CREDENTIAL.search(text, *place) is not None:
        reason = "initials or a mark with a credential, not a full name"
    return partial(reason, [place])


def _trimmed(text: str, place: Span) -> Span:
    """``place`` without the end of the line or of the sentence before it."""
    start, end = place
    while start < end and text[start] in _BEFORE_MARK:
        start += 1
    return start, end


_BEFORE_MARK: Final = " \t\r\n>.;"
_WITH_CREDENTIAL: Final = written(
    r"[,/. ](?:l?pta?|dpt|mpt|ot(?:a|d|r(?:/l)?)?|cota(?:/l)?|slpa?|ccc[-/ ]slp|"
    r"(?:physical|occupational|speech(?:[- ]language)?) (?:therapist|pathologist)(?: assistant)?)[ .]*\Z",
    re.IGNORECASE,
)
# Code points: of a name alone in its line, and how far from the end a name is looked for.
_LONGEST_NAME, _LAST_WORDS_REACH, _SPOKEN_REACH = 50, 40, 80
_BARE_NAME: Final = written(
    r"^(?:(?:Ms|Mr|Mrs|Dr|Miss)\.? [A-Z][\w'’-]+|(?:[A-Z][\w'’.-]*,? ){1,2}[A-Z][\w'’-]+|[A-Z]{2,3}|"
    r"[A-Z]\.[A-Z]\.?)\.?,?(?: {1,}\d{1,2}/\d{1,2}(?:/\d{2,4})?)?$"
)
# The name a dictation ends with, whatever thanks follow: "that's it petra", "thats miss tova thank you", "This was
# Cosima, thank you."
_SAID_LAST: Final = written(
    r"\b(?:that'?s (?:it|all),?|(?:that'?s|this (?:is|was)|signing off|signed),? (?:miss|ms|missus|mrs?|mister)\.?|"
    r"(?:this (?:is|was)|signing off,?)(?= (?-i:[A-Z])| [a-z]+,? thank)) "
    r"(?P<name>(?!(?:for|today|folks|thanks?|now|from|the|a|an|and|with|all|on|to|her|his|my|our|we|she|he|i|good|"
    r"it|fine|done)\b)[a-z]{3,})(?:,? thank(?:s| you))?[.!]?\Z",
    re.IGNORECASE,
)
_INITIALS: Final = written(rf"(?m)^[A-Z]{{2,3}},? {_CREDENTIAL}(?![a-z])")
# What closes a note in place of a signature: "kp/pt", "- jr", "initials: m.d.", "RH LPTA", "Dictated by A. Grieve".
_MARK: Final = written(
    r"(?:\b(?:initials?|signed|sig|by):? ?[a-z]\.? ?[a-z]\.?|(?:^|\n|[.;] )[a-z]{2,3} ?/ ?(?:pta?|ota?|otr|cota|slp)|"
    r"(?:^|\n|[.;] )[a-z]{2,3},? (?:l?pta?|dpt|ot(?:a|r(?:/l)?)?|cota(?:/l)?|slp|st|"
    r"(?:physical|occupational|speech) therapist)|[-—–] ?[a-z]{2,3}|"
    r"\b(?:dictated|read|written|documented)\b[a-z ]{0,24}(?:by|,) (?-i:[A-Z])[\w. '-]{2,30}(?:, thank(?:s| you))?|"
    r"(?:speech|physical|occupational) therapist,? (?-i:[A-Z])[\w. '-]{2,30}|\b(?:pta?|ota?|slp|cota) (?-i:[A-Z])\.?|"
    r"\b(?:provider|therapist|clinician)(?: id)?[ :#]+[\w-]*\d[\w-]*(?:, ?\w{2,6})?)\.?$",
    re.IGNORECASE,
)
# A name or initials behind the last sentence: "Dressing at next visit. E. Marchand", "next appt Fri   AW",
# "cont rk, pt", "front desk/jm", "good day same jv", "Signing off, Jo.", "That's Jo.", "Farr, out."
_LAST_WORDS: Final = written(
    r"(?:(?:^|\n|[.;!?)] |[ ]{2})([A-Z]\.? ?[A-Z][a-z'’-]+)|(?:^|\n|[.;] |[ ]{2}|/ ?)([A-Z]{2,3})|"
    r"[ /\n]([a-z]{2}(?:, ?(?:pta?|ota?|slp|cota|st))?)|[.;] ([b-df-hj-np-tv-xz]{3})|([A-Z][a-z]+), out|"
    r"\b(?i:signing off|signed off|this is|"
    r"this was),? ([A-Z][a-z]+)|(?:^|[\n.;!?] ?)(?:(?i:ok(?:ay)?|all right|alright),? )?[Tt]hat(?:'s| is) "
    r"(?!\w+day\b)([A-Z][a-z]+))\.?\Z"
)
# Two or three letters that close a note and are nobody's initials.
_ABBREVIATION: Final = folded(
    # units, days and clock times
    r"am|pm|hr|hs|ft|lb|kg|cm|mm|wk|mo|yr|bid|tid|qid|qd|qod|prn|"
    # small words
    r"in|on|at|to|up|of|or|is|it|he|me|my|we|us|no|so|go|do|if|by|as|an|be|re|ok|"
    # professions, forms, codes and modifiers
    r"pt|ot|st|md|dr|np|pa|rn|rt|slp|pta|ota|ptb|otr|llc|inc|usa|dob|dos|doe|npi|cpt|tbd|eob|kx|gp|gn|mt|te|ta|gt|sc|nm|"
    # shorthand of treatment
    r"ex|tx|rx|dx|hx|sx|px|bp|lt|bi|ue|le|er|ir|dc|fu|nv|cp|hp|ms|hep|poc|wnl|wfl|rom|mmt|eor|lob|adl|na|nt|"
    r"sba|cga|sup|min|mod|max|cues|nwb|wbat|ttwb|fwb|pwb|fww|spc|[rgyb]tb"
)
_SPOKEN_NAME: Final = written(r"\b(?:Doctor|Dr\.?|this is|This is) [A-Z][a-z]+|\bend of dictation", re.IGNORECASE)


def _find_author(text: str) -> Span | None:
    """Where the head of a note names its author."""
    named = (_NAME_LINE.match(text, place) for place in _authors(text))
    return next((match.span() for match in named if match is not None), None)


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


_NAME_LINE: Final = written(
    rf"(?i:therapist|provider|treated by|treating(?: therapist)?|clinician)[: ]{{1,3}}"
    rf"(?:[A-Z][\w'’.-]+ ){{1,3}}?[A-Z][\w'’-]+(?:,? {_CREDENTIAL}|[ \t]*\r?(?:\n|$))"
)
