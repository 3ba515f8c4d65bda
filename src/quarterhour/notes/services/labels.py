"""Where services are named in a note: labels and procedure codes, one where a line names the same service twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from quarterhour.notes.figures.numbers import NUMBER, WORD
from quarterhour.notes.figures.spoken import find_spoken_codes
from quarterhour.notes.page.alike import written_alike
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.services.services import (
    EVALUATION,
    OUTSIDE_VISIT,
    SERVICE,
    TECHNIQUE,
    WEAK,
    Label,
    is_evaluation,
)
from quarterhour.notes.wording.lexicon import Codes, Hit
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.wording.spans import started

_SPEECH_THERAPY: Final = "92507"  # the one service whose name is also that of a discipline
_MANUAL_THERAPY: Final = "97140"


def find_labels(document: Document) -> list[Label]:
    """Labels and procedure codes in order; neighbours that name the same service are one."""
    low = document.low
    labels = _merged(document, _named(document))
    if document.mask & TECHNIQUE:
        labels.extend(_techniques(document, labels))
        labels.sort(key=lambda label: label.start)
    for label in labels:
        label.strong = label.strong or _heads_row(document, label)
    coded = {label.code for label in labels if label.numbered}
    labels = [
        label
        for label in labels
        if not (
            _is_purpose(low, label)
            or _is_delivery(low, label, coded)
            or _is_company(low, label)
            or _is_everyday(low, label)
            or _is_title(low, label)
        )
    ]
    if _heads_note(low, labels):
        del labels[0]
    for label in labels:
        if low[label.end : label.end + 1] == ")" and low.find("(", label.start, label.end) >= 0:
            label.end += 1
    return labels


def _named(document: Document) -> list[Label]:
    """Every name and every code of a service, in order."""
    found: list[Label] = []
    if document.mask & SERVICE:
        for sentence in document.sentences:
            if sentence.mask & SERVICE:
                found.extend(
                    Label(hit.start, hit.end, hit.values["service"], sentence, not hit.mask & WEAK, False)
                    for hit in sentence.hits
                    if hit.mask & SERVICE
                )
    if len(found) < _SEVERAL:
        found.extend(_in_small_letters(document))
    found.extend(_coded(document))
    found.sort(key=lambda label: label.start)
    return found


_SEVERAL: Final = 2


def _in_small_letters(document: Document) -> list[Label]:
    """Abbreviations in small letters, which are services only before minutes, and where there are several of them:
    "te :23  ta :10", "te 15 ta 15".
    """
    low, codes = document.low, document.lexicon.codes.small
    places = [match.span() for match in _ABBREVIATION.finditer(low)] if ":" in low or "=" in low else []
    for row in _IN_A_ROW.finditer(low):
        places += [match.span() for match in _BEFORE_BLANK.finditer(low, *row.span())]
    found = []
    for start, end in places:
        code = codes.get(low[start:end])
        sentence = document.holding(start) if code is not None else None
        if code is not None and sentence is not None and document.text[start:end].islower():
            found.append(Label(start, end, code, sentence, True, False))
    return found if len(found) >= _SEVERAL else []


_ABBREVIATION: Final = folded(r"(?<![a-z/])[a-z]{2,3}(?= ?[:=] ?:?\d{1,2}(?![\d:/x]))")
_BEFORE_BLANK: Final = folded(r"[a-z]{2,3}(?= \d)")
_TERSE: Final = r"[a-z]{2,3} \d{1,2}(?: ?m(?:in)?)?(?![a-z\d:/%]|\.\d)"
# What opens a line or a part of it, each with its figure directly behind the figure of the one before.
_IN_A_ROW: Final = folded(
    rf"(?:(?<![^\n.;:|])|(?<=[.;:|] )){_TERSE}(?:(?:[ ]?[,;/+&])? {_TERSE})+(?=[ ]*(?:[.,;=\n\r]|$|tot))"
)


def _coded(document: Document) -> list[Label]:
    """Procedure codes in digits and in words, in order."""
    low, sentences = document.low, document.sentences
    codes = [(start, end, low[start:end].upper()) for start, end in _in_digits(low)]
    spoken = [told for told in find_spoken_codes(low) if _CODE.fullmatch(told[2])]
    if spoken:
        codes = sorted([*codes, *spoken])
    found = []
    index = 0
    for start, end, code in codes:
        while index + 1 < len(sentences) and sentences[index + 1].start <= start:
            index += 1
        found.append(Label(start, end, code, sentences[index], True, True))
    return found


def _in_digits(low: str) -> list[tuple[int, int]]:
    """[start, end) of each procedure code in digits."""
    return [
        match.span()
        for match in _CODE_SHAPE.finditer(low)
        if _CODE.match(low, match.start()) and (not match.start() or not _goes_on(low, match.start()))
    ]


_CODE_SHAPE: Final = folded(r"9\d{4}|g0\d{3}|l\d{4}")
_CODE: Final = folded(
    r"(?:97\d{3}|92[56]\d\d|9512\d|95992|96125|96110|96112|9091[01]|g0\d{3}|98\d{3}|l[1-4]\d{3})"
    r"(?!\d|/(?!(?!59)[1-9]\d(?![\d/])))"
)


def _goes_on(low: str, place: int) -> bool:
    """A figure goes on from what stands before it; a slash behind a word or minutes only parts the two."""
    before = low[place - 1]
    return (
        before.isalnum() or before in "._" or (before == "/" and _PARTED.search(low, max(0, place - 4), place) is None)
    )


_PARTED: Final = folded(r"(?:[a-z]|(?<![\d/.])\d\d?)/\Z")  # "TherEx/97110", "25/97530"


def _merged(document: Document, labels: Sequence[Label]) -> list[Label]:
    """``labels`` with neighbours in a line that name the same service made one."""
    low, codes = document.low, document.lexicon.codes
    merged: list[Label] = []
    for label in labels:
        last = merged[-1] if merged else None
        if (
            last is None
            or last.sentence.line != label.sentence.line
            or not (_same(codes, last, label) or _names_code(document, last, label))
            or not _near(low, last.end, label.start)
            or (not label.numbered and _LISTS.match(low, last.end, label.start) is not None)
        ):
            merged.append(label)
            continue
        last.end = label.end
        last.strong = last.strong or label.strong
        if label.numbered and not last.numbered:
            last.code = label.code
        last.numbered = last.numbered or label.numbered
    return merged


def _same(codes: Codes, first: Label, second: Label) -> bool:
    """One names what the other names; a code beside words that may mean it is the same service."""
    if first.code == second.code:
        return True
    if first.numbered == second.numbered:
        return False
    if EVALUATION in (first.code, second.code):
        return is_evaluation((first if first.numbered else second).code)
    return frozenset({first.code, second.code}) in codes.alike or not (first if second.numbered else second).strong


def _names_code(document: Document, code: Label, name: Label) -> bool:
    """The name that follows the code at the head of a row is the code's, whatever it may mean elsewhere: "97763
    Orthosis management   12".
    """
    low = document.low
    return (
        code.numbered
        and not name.numbered
        and document.opens_line(code.start)
        and _ROW_NAME.fullmatch(low, code.end, name.start) is not None
        and _ROW_MINUTES.match(low, name.end) is not None
    )


_ROW_NAME: Final = folded(r"[ \t]{1,8}(?:[|:-] ?)?")
# The one figure that the row of a code and its name ends with.
_ROW_MINUTES: Final = folded(r"[^\d\n;+]{1,40}\d{1,3}(?: ?min\w*\.?)?(?:[^\w\n]+(?:un)?timed)?[ \t|]*(?:\r?\n|\Z)")


def _near(low: str, start: int, end: int) -> bool:
    """At [start, end) stand at most three words between two names of a service, and no minutes of the first."""
    gap = low[start:end]
    return (
        len(gap) < _GAP
        and "\n" not in gap
        and "+" not in gap
        and _BETWEEN.match(gap) is not None
        and not _MINUTES.search(gap)
        and not _FIGURE.search(gap)
    )


_GAP: Final = 40  # code points
_BETWEEN: Final = folded(r"[^a-z;.]*(?:[a-z]{1,12}[^a-z;.]*){0,3}$")
_MINUTES: Final = folded(r"\bmin|\d'|\d ?m\b")
_FIGURE: Final = folded(r"\d ?: ")  # "SC 15: ADLs": the first has its figure
# The figure leads to what was done: "ADL retraining 30 - dressing".
_LISTS: Final = folded(r" \d{1,2} - ")


def _techniques(document: Document, named: Sequence[Label]) -> list[Label]:
    """Techniques and plain words that stand for a service named nowhere else: at the start of a sentence, or behind
    minutes in a list of services.
    """
    known = {label.code for label in named}
    plain = not any(label.strong or label.numbered for label in named)
    worded = not any(label.numbered for label in named)
    found = []
    for sentence in document.sentences:
        if not sentence.mask & TECHNIQUE or sentence.section in OUTSIDE_VISIT:
            continue
        run_on = _runs_on(document.low, sentence)
        for hit in sentence.hits:
            if not hit.mask & TECHNIQUE or hit.values["technique"] in known:
                continue
            if _stands_for(document.low, sentence, hit, plain=plain, worded=worded, run_on=run_on) or (
                worded and written_alike(document.low, hit.start, hit.end, _around(named, hit.start))
            ):
                found.append(Label(hit.start, hit.end, hit.values["technique"], sentence, False, False))
    return found


def _around(named: Sequence[Label], place: int) -> Iterator[tuple[int, int]]:
    """[start, end) of the services named near ``place``."""
    return ((label.start, label.end) for label in started(named, place - _NEAR_BY, place + _NEAR_BY))


_NEAR_BY: Final = 240  # code points


def _stands_for(low: str, sentence: Sentence, hit: Hit, *, plain: bool, worded: bool, run_on: bool) -> bool:
    """``plain``: the note names no service by its own name; else only a manual technique may open a sentence, or a
    word its minutes stand directly behind where all services are ``worded``: named without their numbers. In a
    dictation that is ``run_on`` so do they anywhere: "we did cognitive seventeen minutes that was the calendar page".
    """
    if (plain or hit.values["technique"] == _MANUAL_THERAPY) and _opens(low, sentence, hit):
        return True
    if run_on and _MINUTES_SPOKEN.match(low, hit.end) is not None:
        return True
    if worded and (_is_listed(low, sentence, hit) or (sentence.section == "time" and _WORDED.match(low, hit.end))):
        return True
    return _TIMED_BEFORE.search(low, max(sentence.start, hit.start - 20), hit.start) is not None


def _opens(low: str, sentence: Sentence, hit: Hit) -> bool:
    """The technique opens its sentence, or stands behind its heading: several words, or one with its minutes."""
    if hit.start - sentence.start >= _BULLET and _HEADED.fullmatch(low, sentence.start, hit.start) is None:
        return False
    return " " in low[hit.start : hit.end] or _MINUTES_BEHIND.match(low, hit.end) is not None


_BULLET: Final = 3  # so many code points may stand before a word that opens its sentence: a bullet, a bracket
_HEADED: Final = folded(r"[a-z]{1,14}: ?")  # "O: Voice therapy"
_MINUTES_BEHIND: Final = folded(r"[ :(x@-]{1,4}\d| (?:for|was|took|lasted) ")


def _runs_on(low: str, sentence: Sentence) -> bool:
    """It is long and has no comma, semicolon or colon."""
    long = sentence.end - sentence.start > _RUN_ON
    return long and _MARKED.search(low, sentence.start, sentence.end) is None


_RUN_ON: Final = 120  # code points of a sentence that runs on
_MARKED: Final = folded(r"[,;:|](?=\s)")
_MINUTES_SPOKEN: Final = folded(
    rf" (?:for |was |took )?{WORD}(?:[ -]{WORD})? min(?:ute)?s\b"
    rf"(?! (?:an?|per|each|every|daily|nightly|once|twice|before|after|later|ago|at (?:home|night)|{WORD} times)\b)"
)


def _is_listed(low: str, sentence: Sentence, hit: Hit) -> bool:
    """Minutes stand directly behind the word, which opens the sentence or goes on a list of services."""
    if _MINUTES_SAID.match(low, hit.end) is None:
        return False
    return (
        _LEAD.fullmatch(low, max(sentence.start, hit.start - 40), hit.start) is not None
        or _NEXT_IN_LIST.search(low, max(sentence.start, hit.start - 12), hit.start) is not None
    )


_MINUTES_SAID: Final = folded(
    rf"[ :=(x@-]{{1,4}}{NUMBER} ?-?(?:min(?:ute)?s?\b|')|, {NUMBER} min(?:ute)?s?\b|"
    r" ?[(\[]\d\d?[)\]](?=[,.;)]| and\b|\s*$)"
)
# Nothing but a bullet, a number or a range of clock times: "08:27-08:44  Exercise (17 min)".
_LEAD: Final = folded(r"(?:[^a-z]|[ap]\.?m?\b)*")
_NEXT_IN_LIST: Final = folded(
    r"(?:min(?:ute)?s?\b|['\d)\]])[ .]{0,2}(?:[,;/|+&.]|(?= and))[ ]{0,2}(?:and )?(?:[a-z]{4,12} )?$"
)
# In a part of the note that tells nothing but minutes: "exercise twenty-one."
_WORDED: Final = folded(rf"[ :=-]{{1,3}}{WORD}(?:[ -]{WORD})?(?=[.;,]| ?$)")
_TIMED_BEFORE: Final = folded(r"(?:\d|[a-z]) ?(?:min(?:ute)?s?|') (?:of |for |on |- ?)?$")


def _heads_row(document: Document, label: Label) -> bool:
    """The name opens a row that ends in a figure, or a line above one of minutes: "TA ..... 26", "TE | 1 u | 14"."""
    return document.opens_line(label.start) and _ROW.match(document.low, label.end) is not None


_ROW: Final = folded(
    r" ?(?:\.{2,}| {2,}|\t|\|)(?:[^\na-z]|u(?:nits?)?\b)*\b\d{1,2} ?(?:min\w*)?(?:[ \t]*(?:\||\r?\n|\Z)|\t| {2,}\d)|"
    r"[ \t]*\r?\n[ \t]*\d{1,2} ?(?:min|')"
)


def _is_purpose(low: str, label: Label) -> bool:
    """What a treatment is for, not a service of its own: "functional activities to improve ADL performance"."""
    if label.strong:
        return False
    return _PURPOSE.search(low, max(label.sentence.start, label.start - _PURPOSE_REACH), label.start) is not None


_PURPOSE: Final = folded(
    r"\b(?:to (?:improve|increase|promote|address|maximi[sz]e|restore|facilitate|enhance|support|progress|"
    r"optimi[sz]e)|for (?:improved|"
    r"increased|better|safe|safer)|needed for|required for|in order to) [^.:;\n\d]{0,60}$"
)
_PURPOSE_REACH: Final = 100  # code points


def _is_delivery(low: str, label: Label, coded: set[str]) -> bool:
    """How the service of a code told elsewhere was delivered: "Format: group, 5 clients"."""
    if label.numbered or label.code not in coded:
        return False
    return _DELIVERY.search(low, max(0, label.start - 20), label.start) is not None


_DELIVERY: Final = folded(r"\b(?:format|mode|type|delivery|delivered as)[ :=]{1,3}$")


def _is_company(low: str, label: Label) -> bool:
    """Who the patient was treated with, not a service: "three in the group"."""
    return not label.strong and _AMONG.search(low, max(0, label.start - 20), label.end) is not None


_AMONG: Final = folded(r"\b(?:in|of|from|with|into|joined) (?:the|an?|his|her|our|this|that) (?:small |same )?group$")


def _is_everyday(low: str, label: Label) -> bool:
    """Ice or heat of everyday life, no pack: "4 minutes ice water break", "rest for heat exhaustion"."""
    return label.code == _PACK and not label.numbered and _EVERYDAY.match(low, label.end) is not None


_PACK: Final = "97010"
_EVERYDAY: Final = folded(
    r" (?:[a-z]+ )?(?:breaks?|water|cream|chips?|cubes?|tea|coffee|drinks?|pops?|rinks?|skat\w+|hockey|storms?|waves?|"
    r"exhaustion|rash|stroke|index|advisory|intolerance|wand|gun)\b"
)


def _is_title(low: str, label: Label) -> bool:
    """The label opens a line with the day behind it, and so names the note: "Speech 3/11/26, 1:15-1:45 (30 min)"."""
    return (
        label.code == _SPEECH_THERAPY
        and not label.numbered
        and (not label.start or low[label.start - 1] == "\n")
        and any(0 < date.start - label.end < _DIRECTLY for date in label.sentence.dates)
    )


_DIRECTLY: Final = 3  # code points between a title and its day


def _heads_note(low: str, labels: Sequence[Label]) -> bool:
    """The first label is the title of the note, "OT EVALUATION  1:00 PM - 2:00 PM  60 min", whose figures are the
    visit's or the patient's: the evaluation stands below it by its code, with its own minutes.
    """
    if len(labels) < _SEVERAL or labels[0].code != EVALUATION or "\n" in low[: labels[0].start].strip():
        return False
    if _FIGURES.search(low, labels[0].end, low.find("\n", labels[0].end) + 1) is None:
        return False
    for label in labels[1:]:
        if label.numbered and is_evaluation(label.code):
            line_end = low.find("\n", label.end)
            return _MINUTES.search(low, label.end, len(low) if line_end < 0 else line_end) is not None
    return False


_FIGURES: Final = folded(r"\b\d\d")
