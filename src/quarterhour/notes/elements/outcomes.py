"""What came of the work, told by the shape of a few words: the same count under two conditions, a figure that rose and
came back, a sign that went away, a part of the body that held, an act nobody asked for.
"""

from __future__ import annotations

from typing import Final

from quarterhour.notes.elements.grade import FRAME, NOT_TODAY
from quarterhour.notes.elements.reactions import PART, SIGN
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT, LEVELS
from quarterhour.notes.wording.patterns import folded


def came_about(low: str, sentence: Sentence) -> bool:
    """The sentence, which stands behind the begin of the treatment, tells what came of it."""
    if sentence.mask & _ELSEWHERE or sentence.dates or sentence.section in FRAME:
        return False
    if _rose_and_fell(low, sentence):  # "once she sat" tells no plan here
        return True
    if sentence.mask & NOT_TODAY or _EARLIER.search(low, sentence.words, sentence.end) is not None:
        return False
    return (
        _went_away(low, sentence)
        or _held_or_changed(low, sentence)
        or (not sentence.mask & _HELPED and _is_under_two_conditions(low, sentence))
        or (not sentence.mask & LEVELS and _did_when_asked(low, sentence))
        or _acted_freely(low, sentence)
    )


_ELSEWHERE: Final = BIT["goal"] | BIT["boilerplate"] | BIT["stock_response"] | BIT["skill"]
_HELPED: Final = LEVELS | BIT["assist"]
_EARLIER: Final = folded(
    r"\b(?:since|last (?:visit|week|wk|session|time|month|tx)|eval\w*|baseline|than (?:last|on|at|before)|admission|"
    r"after (?:surgery|the (?:fall|surgery|stroke|accident)))\b"
)
_SCORE: Final = (
    r"(?:\d{1,2}(?:\.\d)?|zero|one|two|three|four|five|six|seven|eight|nine|ten)(?: ?/ ?10| (?:out )?of (?:10|ten))?"
)


def _rose_and_fell(low: str, sentence: Sentence) -> bool:
    """A figure went up and came back: "Knee went to five out of ten on the step and back to three once she sat"."""
    return sentence.gates & _ROSE_GATE != 0 and _ROSE.search(low, sentence.words, sentence.end) is not None


_ROSE: Final = folded(
    rf"\b(?:went|rose|climbed|jumped|crept|spiked|reached|hit) (?:up )?(?:to )?(?:an? )?{_SCORE}\b(?! (?:steps|stairs|"
    rf"feet|ft|minutes|min|times|flights|blocks|floors?)\b)[^.;\n]{{0,40}}\b(?:back|down|fell|dropped|settled|eased) "
    rf"(?:back |down )?(?:to|at) (?:an? )?{_SCORE}\b"
)
_ROSE_GATE: Final = gate(_ROSE)


def _went_away(low: str, sentence: Sentence) -> bool:
    """A sign went or came under the work: "Pinch in the groin went away when the seat was raised", "no click on kneel",
    "gone 2 of 3 tasks".
    """
    start, end = sentence.words, sentence.end
    if sentence.gates & _NO_SIGN_GATE and _NO_SIGN.search(low, start, end) is not None:
        return True
    return (
        sentence.gates & _AWAY_GATE != 0
        and sentence.mask & _SIGNS != 0
        and _AWAY.search(low, start, end) is not None
        and _OF_OTHERS.search(low, start, end) is None
    ) or (sentence.gates & _GONE_GATE != 0 and _GONE.search(low, start, end) is not None)


_SIGNS: Final = BIT["symptom"] | BIT["symptom_dx"] | BIT["obstacle"] | BIT["reaction"]
_AWAY: Final = folded(
    r"\b(?:went away|disappeared|vanished|was gone|were gone|wore off|died down|let up|came (?:back|on) only)\b"
    r"[^.;\n]{0,16}?\b(?:when|once|after|as soon as|by|with|on|in)\b"
)
_AWAY_GATE: Final = gate(_AWAY)
_OF_OTHERS: Final = folded(r"\b(?:wife|husband|daughter|son|family|aide|caregiver|mother|father) (?:was|went|had)\b")
_GONE: Final = folded(
    r"\b(?:gone|absent|better|quiet|steady|smooth|clear) (?:on |in |for |at )?\d+ (?:of|out of|/) ?\d+\b|"
    rf"\b(?:{SIGN}|[a-z]+ (?:drag|lag|hike|catch|slap)|{PART})\b[^.;\n]{{0,24}}?\b(?:better|less|gone|eased|steadier) "
    r"(?:after|post|p|following) (?:an? |the )?(?:seated |standing |short |brief |\d+ min )?(?:rest|break|stretch\w*|"
    r"ice|"
    r"heat|tap(?:e|ing)|pause|water)\b"
)
_GONE_GATE: Final = gate(_GONE)
_NO_SIGN: Final = folded(
    r"\bno (?:\w+ )?(?:click|clunk|catch|pop|snap|crunch|lock|buckle|wobble|sway|lag|limp|drag|lurch|slap)(?:ing|s)? "
    r"(?:on|with|in|during|at|by|after|while) (?!(?:left|right|exam\w*|arrival|palpation|testing)\b)[a-z]"
)
_NO_SIGN_GATE: Final = gate(_NO_SIGN)


def _held_or_changed(low: str, sentence: Sentence) -> bool:
    """A part of the body did not fail, or a measure differs by so much behind the work: "left leg did not buckle",
    "Girth -0.5 cm after raising".
    """
    start, end = sentence.words, sentence.end
    return (sentence.gates & _HELD_GATE != 0 and _HELD.search(low, start, end) is not None) or (
        sentence.gates & _BY_SO_MUCH_GATE != 0 and _BY_SO_MUCH.search(low, start, end) is not None
    )


_HELD: Final = folded(
    rf"\b(?:{PART}|grip|heel)s? (?:did not|didn't|never|no longer) (?:once )?(?:buckle|give|drop|drag|shake|drift|hike|"
    r"catch|lock|slip|hurt|ache|cramp|swell|tremble|cross|collapse|wobble|roll|snap|click|collapse|scuff)[sd]?\b"
)
_BY_SO_MUCH: Final = folded(
    r"(?<![\w./-])[+-] ?\d+(?:\.\d+)? ?(?:cm|mm|in|deg\w*|°|db|lbs?|kg|points?|sec|s)? ?(?:after|post|following) [a-z]"
)
_HELD_GATE, _BY_SO_MUCH_GATE = gate(_HELD), gate(_BY_SO_MUCH)


def _is_under_two_conditions(low: str, sentence: Sentence) -> bool:
    """The same is counted under two conditions of this visit: "Heels down 70% with the sound on, 40% with it off"."""
    return (
        sentence.has_number
        and sentence.gates & _CONDITIONS_GATE != 0
        and low.find(", ", sentence.words, sentence.end) >= 0
        and _CONDITIONS.search(low, sentence.words, sentence.end) is not None
    )


_SHARE: Final = r"(?:\d{1,3} ?%|\d+ ?(?:of|/) ?\d+)"
_UNDER: Final = r"(?:with|without|w/o?|when)"
_CONDITIONS: Final = folded(
    rf"{_SHARE}(?: [^.;,\n]{{2,30}})? {_UNDER} [^.;,\n]{{2,30}}, (?:but |only |and |then )?{_SHARE} {_UNDER} "
    r"(?!(?:goal|target)\b)[a-z]"
)
_CONDITIONS_GATE: Final = gate(_CONDITIONS)


def _did_when_asked(low: str, sentence: Sentence) -> bool:
    """An assessment opens with what the patient could do behind a second look or a repeat: no task, what it led to."""
    return (
        sentence.section in ("assessment", "response")
        and sentence.gates & _WHEN_ASKED_GATE != 0
        and _WHEN_ASKED.match(low, sentence.words, sentence.end) is not None
    )


_WHEN_ASKED: Final = folded(
    r"(?:(?:she|he|they|pt|patient|client|resident|student) )?(?:[a-z]{2,}ed|found|told|gave|said|read|wrote|got|put|"
    r"saw) "
    r"[^.;\n]{3,50}? (?:when (?:asked|reminded|told) to (?:look|try|check|listen|think|read|start|slow)|after (?:an?|"
    r"one|"
    r"the|two) (?:\w+ )?(?:repeat|repetition|look|try|reading|pause|hint|rest|sip|stretch)s?)\b"
)
_WHEN_ASKED_GATE: Final = gate(_WHEN_ASKED)


def _acted_freely(low: str, sentence: Sentence) -> bool:
    """What the patient did or showed of itself: "finished without asking to stop", "sang along", "some frustration on
    verbs, took a short break".
    """
    return sentence.gates & _FREELY_GATE != 0 and _FREELY.search(low, sentence.words, sentence.end) is not None


_FREELY: Final = folded(
    r"\b[a-z]{2,}ed (?:\w+ ){0,4}?without (?:asking|protest\w*|fuss\w*|crying)\b|"
    r"\b(?:sang|hummed|clapped|danced|swayed|whistled|joined in|mouthed the words) (?:along|in time)\b|"
    r"\b(?:some|mild|slight|visible|brief|minor|obvious|occasional|moderate) (?:frustration|hesitation|anxiety|"
    r"distress|"
    r"resistance|impatience|irritability|confusion|restlessness|discomfort) (?:on|with|during|when|at|toward|by) [a-z]|"
    r"[,;] (?:and |then )?took (?:an? |one |two )(?:\w+ )?(?:breaks?|rests?|pauses?)\b"
)
_FREELY_GATE: Final = gate(_FREELY)
