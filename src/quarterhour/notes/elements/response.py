"""The element of response: what the patient did or reported under today's treatment."""

from __future__ import annotations

import re
from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.elements.grade import (
    NOT_TODAY,
    OF_THE_VISIT,
    Facts,
    Grade,
    Span,
    absent,
    is_boilerplate,
    is_carried,
    partial,
    present,
    span,
)
from quarterhour.notes.elements.incidents import befell
from quarterhour.notes.elements.managed import has_managed
from quarterhour.notes.elements.observed import is_observed
from quarterhour.notes.elements.outcomes import came_about
from quarterhour.notes.elements.reactions import PART, happened
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded

_REACTION, _SYMPTOM, _STOCK, _OUTCOME, _GOAL = (
    BIT["reaction"],
    BIT["symptom"],
    BIT["stock_response"],
    BIT["outcome"],
    BIT["goal"],
)
_TELLING: Final = _REACTION | _SYMPTOM | _OUTCOME | BIT["timepoint"]


def patient_response(facts: Facts) -> Grade:
    """Something observed or reported as the effect of today's treatment; stock wording alone is partial."""
    document = facts.document
    low = document.low
    if document.missed:
        return absent("the visit did not take place")
    given = [service.end for service in facts.services if service.minutes is not None and service.status == PERFORMED]
    done = [item.sentence.end for item in facts.activities if item.status == PERFORMED and item.specific]
    begin = min([*given, *done], default=len(low))
    # A summary tells of many visits, unless it tells the minutes of one.
    summed_up = (document.summary or document.course) and not given
    observed: list[Span] = []
    stock: list[Span] = []
    for sentence in document.sentences:
        if _is_stock(low, sentence):
            stock.append(span(sentence))
        if sentence.start in facts.stuffed or is_boilerplate(sentence):
            continue
        if sentence.section == "subjective":
            told = _is_reported_leaving(low, sentence)
        else:
            told = not summed_up and (
                _is_response(facts, sentence, begin <= sentence.start)
                or (sentence.start < begin < sentence.end and _is_told_on(low, sentence, begin))
            )
        if told:
            observed.append(span(sentence))
    if not observed and document.gates & _PAIN_AFTER_GATE and (after := _PAIN_AFTER.search(low)) is not None:
        observed.append(after.span())
    if observed:
        return present("an observed or reported effect of today's treatment", observed[:3])
    if stock:
        return partial("only stock wording of tolerance", stock[:2])
    return absent("no response to the treatment is told")


def _is_told_on(low: str, sentence: Sentence, begin: int) -> bool:
    """The sentence in which the treatment has been told up to ``begin`` goes on to the symptom before and after it."""
    return (
        sentence.gates & _TWO_FIGURES_GATE != 0
        and sentence.section in OF_THE_VISIT
        and not sentence.mask & (NOT_TODAY | _GOAL)
        and _TWO_FIGURES.search(low, begin, sentence.end) is not None
    )


# "leg press 60 lb 3x10, pain 4 -> 2 after"
_TWO_FIGURES: Final = folded(
    r"\b(?:pain|ache|aching|soreness|dizziness|rpe|borg|dyspnea|sob|fatigue|tingling|numbness|stiffness|nausea|headache|ha|"
    r"vertigo|spasm)\b[^.;,\n]{0,20}?\b\d{1,2}(?:/10)?,? ?(?:(?:before|pre|in),? )?(?:->|→|to|down to|up to|and|then) ?"
    r"\d{1,2}(?:/10)? ?(?:after|post|out|at (?:the )?end|by (?:the )?end|on leaving|afterwards?|following|when done)\b"
)
_TWO_FIGURES_GATE: Final = gate(_TWO_FIGURES)
# The field of a form for the pain at the end: "Pain Score After Treatment: 2", "PAIN_POST|3", "Post-tx pain: 3/10".
_PAIN_AFTER: Final = folded(
    r"\bpain[ _-]?(?:score|level|rating|scale)?[ _-]*\(?(?:after|post|end|out)\b\)?[ _-]*(?:treatment|tx|session|visit|"
    r"therapy|score)?\)? ?[:|=]{1,2} ?\d|"
    r"\b(?:post|after|end)[ _-]{1,3}(?:(?:treatment|tx|session|visit|therapy)[ _-]{1,3})?pain"
    r"(?:[ _-](?:score|level|rating))? ?[:|=]{1,2} ?\d"
)
_PAIN_AFTER_GATE: Final = gate(_PAIN_AFTER)


def _is_stock(low: str, sentence: Sentence) -> bool:
    """The treatment was tolerated, and no more."""
    return (
        _is_only_borne(low, sentence)
        or (sentence.section != "subjective" and _went_well(low, sentence))
        or sentence.mask & _STOCK != 0
        or (sentence.section == "response" and _GOOD.search(low, sentence.start, sentence.end) is not None)
    )


def _is_only_borne(low: str, sentence: Sentence) -> bool:
    """All of it was done, and no more: "Completed program without difficulty."."""
    return sentence.gates & _BORNE_GATE != 0 and _BORNE.fullmatch(low, sentence.words, sentence.end) is not None


_BORNE: Final = folded(
    r"[-* ]*(?:(?:she|he|pt|patient|client|resident) )?(?:completed|finished|performed|did) (?:(?:all|the|full|"
    r"entire|whole|his|her|today's|prescribed|of) ){0,3}(?:program|"
    r"programme|session|visit|treatment|exercises?|routine|workout|activities|tasks|protocol|therex|"
    r"ex) (?:\w+ )?(?:without|"
    r"w/o|with no|no) (?:\w+ )?(?:difficult\w+|complaints?|issues?|problems?|complications?|incident|adverse \w+)"
    r"[.!]?"
)
_BORNE_GATE: Final = gate(_BORNE)


def _went_well(low: str, sentence: Sentence) -> bool:
    """That it went well or fairly, however it is spelt, and no more: "tol fairly", "Tolereted well.", "Did ok"."""
    return (
        sentence.gates & _WENT_GATE != 0
        and sentence.end - sentence.words < _SHORT
        and _WENT.fullmatch(low, sentence.words, sentence.end) is not None
    )


_SHORT: Final = 60  # code points
_WENT: Final = folded(
    r"[-* ]*(?:(?:she|he|pt|patient|client|resident|all|it) )?(?:tol[a-z]*\.?|did|doing|went|handled|managed|took)"
    r"(?: (?:it|this|that|tx|treatment|session|therapy|visit|all|everything|exercises?|activity|activities|today|very|"
    r"fairly|pretty|the|well)){0,3}? (?:well|ok|okay|fine|fair(?:ly)?|good|great|alright|all right|nicely|poorly)"
    r"(?: (?:today|overall|again|enough|throughout))?[.!]?"
)
_WENT_GATE: Final = gate(_WENT)
_GOOD: Final = folded(r"\b(?:good|fair|well|excellent|positive|great|fine|ok|okay)\b")


def _is_reported_leaving(low: str, sentence: Sentence) -> bool:
    """Among what the patient reports, a symptom stands as it was behind the treatment."""
    start, end = span(sentence)
    if sentence.has_number and _IN_AND_OUT.search(low, start, end) is not None:
        return True
    return sentence.mask & _SYMPTOM != 0 and bool(_LEAVING.search(low, start, end) or _EASED.search(low, start, end))


_LEAVING: Final = folded(
    r"\b(?:on leaving|leaving|(?:after|following) (?:last )?(?:the |today's )?(?:treatment|session|therapy|tx|manual|"
    r"exercises?|mobs?|massage|traction)|post[- ]?(?:treatment|"
    r"tx|session)|at (?:the )?end|end of|by end|on exit|departure| out\b)"
)
_EASED: Final = folded(r"\d(?:/10)? ?(?:→|->) ?\d")
# Of what may be told of any hour, only this stands at both ends of the visit: "5/10 in, 2/10 out".
_IN_AND_OUT: Final = folded(
    r"\d ?/ ?10 (?:in|before|pre|at (?:the )?start) ?[,;] ?\d ?/ ?10 (?:out|after|post|on leaving|at (?:the )?end)\b"
)


def _is_response(facts: Facts, sentence: Sentence, begun: bool) -> bool:
    """The sentence tells an effect of the treatment; ``begun``: it stands behind the begin of it."""
    if not _may_respond(facts, sentence, begun):
        return False
    low = facts.document.low
    start, end = span(sentence)
    if sentence.section == "response":
        return _fills_section(low, sentence)
    if sentence.mask & _GOAL and not _LEAVING.search(low, start, end):
        return False
    scored = _has_score(low, sentence)
    if sentence.section == "header" and not (scored and _AFTER_WORDS.search(low, start, end)):
        return False
    if (
        scored
        and (sentence.mask & _SYMPTOM or _PART_SCORED.search(low, start, end))
        and not _ARRIVAL.search(low, start, end)
    ):
        return begun or sentence.section in _BEHIND_WORK or _AFTER_WORDS.search(low, start, end) is not None
    if not scored and ((sentence.mask & _GOAL) or _is_only_borne(low, sentence)):
        return False
    action = _find_action(low, sentence)
    if action is not None:
        return _is_of_today(low, sentence, action, scored)
    if begun and _is_symptom_changed(low, sentence):
        return not _ARRIVAL.search(low, start, end)
    if _REGRADED.match(low, sentence.words, end):
        return False
    if begun and (
        is_observed(low, sentence)
        or has_managed(low, sentence)
        or happened(facts, sentence)
        or befell(low, sentence)
        or came_about(low, sentence)
    ):
        return True
    return sentence.has_number and _is_measured(low, sentence, scored)


# A part of the body with its score: "Thighs 3/10, back no worse at 4/10".
_PART_SCORED: Final = folded(rf"\b{PART}s? (?:(?:is|was|at|now|of) )?\d{{1,2}}(?:\.5)?/10\b")
_BEHIND_WORK: Final = frozenset({"treatment", "assessment", "rationale"})
_AFTER_WORDS: Final = folded(
    r"\b(?:after|afterwards?|on leaving|leaving|at (?:the )?(?:end|worst|peak|close)|by (?:the )?end|"
    r"end of|during|post|ended|within|later|following|out\b|with sitting|settled|fell to|dropped "
    r"to|back to|from \d|down to|rose to|went|before|recovered|resolved|gone|eased|upon completion|"
    r"throughout|over the (?:block|session|visit)|at \d\d?:\d\d|->|when (?:he|she)|worst)\b"
)
_ARRIVAL: Final = folded(
    r"\b(?:on|upon|at) arrival|\bthis morning\b|\bat home\b|\bat night\b|\bsince last\b|\blast "
    r"(?:night|week|visit)\b|\bevery\b|\byesterday\b"
)
# What the therapist set anew: "Increased resistance to 4# on the second set".
_REGRADED: Final = folded(
    r"(?:increased|decreased|progressed|advanced|raised|lowered|reduced|upgraded|regressed|dropped|cut) (?:the |her |"
    r"his )?(?:\w+ )?(?:resistance|weights?|load|height|speed|pace|time|reps|sets|distance|level|band|difficulty|"
    r"complexity|surface|step|seat|(?:to|from) (?:\d|a |the |faster|slower|foam))"
)


def _may_respond(facts: Facts, sentence: Sentence, begun: bool) -> bool:
    """The sentence is one of this visit, and stands behind the begin of the treatment or has words of a response; it is
    no goal of a list.
    """
    if sentence.section not in OF_THE_VISIT or not (
        begun
        or sentence.mask & (_TELLING | _STOCK)
        or sentence.section == "response"
        or facts.document.low.startswith("no ", sentence.start)
    ):
        return False
    if facts.document.evaluation and sentence.section not in ("treatment", "response"):
        return False
    if any(goal.listed and goal.sentence == sentence.start for goal in facts.goals):
        return False
    return not is_carried(facts.document, sentence)


def _fills_section(low: str, sentence: Sentence) -> bool:
    """Under its own heading, a response says more than a word of tolerance."""
    start, end = span(sentence)
    if end - start < 14 or (len(low[start:end].split()) < 6 and _GOOD.search(low, start, end)):
        return False
    if sentence.has_number:
        return True
    if low.count(" ", start, end) < 4 and not sentence.mask & _TELLING:
        return False
    return not sentence.mask & _STOCK or _ACTION.search(low, start, end) is not None


def _has_score(low: str, sentence: Sentence) -> bool:
    """A score of pain or exertion, or a saturation, stands in the sentence."""
    start, end = sentence.start, sentence.end
    if sentence.gates & _SCORE_GATE and sentence.has_number and _SCORE.search(low, start, end):
        return True
    if not sentence.has_number and not sentence.mask & BIT["number"]:
        return False
    return sentence.gates & _NAMED_SCORE_GATE != 0 and _NAMED_SCORE.search(low, start, end) is not None


_SCORE: Final = folded(r"\d(?:(?<![\d/.]\d)(?:(?<=1)0)?(?:\.5)? ?(?:/|out of) ?10\b|(?<=\b\d)\d% ?(?:on|ra|spo2))")
_NAMED_SCORE: Final = folded(
    r"\b(?:(?:one|two|three|four|five|six|seven|eight|nine|zero) out of ten\b|"
    r"(?:sp)?o2\b[^.;\n]{0,20}\d\d ?%|(?:rpe|borg|mas) \d)"
)
_SCORE_GATE, _NAMED_SCORE_GATE = gate(_SCORE), gate(_NAMED_SCORE)


def _find_action(low: str, sentence: Sentence) -> re.Match[str] | None:
    """What the patient said, felt or did, beside a word of the vocabulary for it."""
    if sentence.mask & _STOCK or not sentence.mask & (_REACTION | _OUTCOME):
        return None
    return _ACTION.search(low, sentence.start, sentence.end)


_ACTION: Final = folded(
    r"\b(?:said|stated|reported|felt|smiled|laughed|cried|noticed|enjoy(?:ed)?|seemed|asked "
    r"for|complained|winced|grimaced|giggled|tried again|gagged|wobbled|nodded|clapped|bumped|"
    r"steadied|caught (?:her|him)self|recovered (?:by|with|without|herself|himself)|settled|"
    r"lost balance|loss of balance|stumbled|coughed|"
    r"self-?corrected|corrected (?:himself|herself)|leaned|spilled|commented|remarked|needed "
    r"a break|tearful|lightheaded|dizzy|nauseated|short of breath|out of breath|like jelly|"
    r"held (?:sitting|standing|for)|opened for|yawned|frustrated|proud|pleased|relaxed|calmed|"
    r"calmer|steady after|tired|fatigued|nervous|hesitated|rated|refused (?:the )?(?:last|further)"
    r"|stopped (?:once|twice)|demonstrated improved|was able to|could repeat|showed|without "
    r"(?:a |any )?(?:slip|cue|spill|cough|pain|loss of balance|lob)|unprompted|less (?:chair|"
    r"pain|tremor|stiff|leaning|fear|guarding|hesit)|no (?:cough|wet voice|lob|loss of balance|"
    r"increase in (?:pain|symptoms)|dizziness|nausea|signs of aspiration|overt)|clear voice|"
    r"voice (?:stayed |remained |was )?(?:clear|dry)|"
    r"attended (?:for|to)|moved from|asked to (?:stop|rest)|worse in|wet vocal|throat clear)"
    r"\b"
)


def _is_of_today(low: str, sentence: Sentence, action: re.Match[str], scored: bool) -> bool:
    """What was said, felt or done is neither planned nor that of another day."""
    if sentence.section == "assessment" and sentence.mask & BIT["planned"]:
        return False
    # A date behind a semicolon belongs to the comparison: "throat clear on 2 of 12 sips; 5 of 12 on 04/16".
    return scored or not sentence.dates or low.find(";", action.end(), sentence.dates[0].start) >= 0


def _is_symptom_changed(low: str, sentence: Sentence) -> bool:
    """A symptom came, went or stayed."""
    return (
        sentence.mask & _SYMPTOM != 0
        and not sentence.mask & NOT_TODAY
        and _CHANGED.search(low, sentence.start, sentence.end) is not None
    )


_CHANGED: Final = folded(
    r"\b(?:gone|after|less|more|resolved|eased|unchanged|same|worse|better|= ?before|no (?:\^|"
    r"inc\w*|increase|change|new|rise|more)|without|stayed|rose|fell|settled|only|by the end|"
    r"at (?:the )?end|end of (?:tx|rx|session|treatment|visit)|did not (?:increase|change|worsen|rise|return)|once|"
    r"twice|on \d+ of \d+|throughout|during|abolished|centrali[sz]ed|easier|looser|steady|stable|"
    r"rise|back to|mild|"
    r"slight|further|kept|within \d+|in \d+ (?:sec|min)|at minute|on finish(?:ing)?|(?:on|walking|going) out)\b|"
    r"\d ?(?:→|->) ?\d|\bfrom (?:a )?\d+(?:/10)? to (?:a )?\d|"
    r"\bno (?:\w+ )?(?:pain|dizz|nausea|sob|lob|tingling|numb|sympt)|\bno \^"
)


def _is_measured(low: str, sentence: Sentence, scored: bool) -> bool:
    """So many of so many came out well, or a score stands behind the work."""
    start, end = span(sentence)
    counted = (sentence.mask & _OUTCOME and sentence.section != "header") or (
        sentence.mask & _REACTION and not sentence.mask & BIT["compare"]
    )
    if counted and _N_OF_M.search(low, start, end):
        return True
    return scored and _AFTER_WORDS.search(low, start, end) is not None and not sentence.mask & BIT["planned"]


_N_OF_M: Final = folded(
    r"\b\d+ ?(?:of|/|out of) ?\d+ (?!mm|weeks|visits)(?:[a-z]+ ){0,3}(?:trials|pours|lifts|"
    r"reps|words|turns|sips|attempts|times|tries|items|steps|cues|entries|correct|opportunities|"
    r"swallows|sentences|bites|sips)|\bin \d+ of \d+|\b\d{1,3} ?% (?:accura|correct|of)|\b\d+ "
    r"of \d+\b"
)
