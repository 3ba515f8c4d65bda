"""The element of the rationale: why a therapist was needed."""

from __future__ import annotations

import re
from typing import Final

from quarterhour.notes.elements.few_words import reasons_shortly
from quarterhour.notes.elements.grade import (
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
from quarterhour.notes.elements.reasons import SPECIFIC, explains_behind_colon, has_ended, shows_reason
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded

_REASON, _SKILL, _JUDGEMENT, _OBSTACLE, _CLINICIAN = (
    BIT["reason"],
    BIT["skill"],
    BIT["judgement"],
    BIT["obstacle"],
    BIT["clinician"],
)


def skilled_rationale(facts: Facts) -> Grade:
    """Why a therapist's judgement or technique was needed, told of this patient."""
    document = facts.document
    if document.missed:
        return absent("the visit did not take place")
    reasons: list[Span] = []
    claims: list[Span] = []
    for sentence in document.sentences:
        if _claims_skill(document.low, sentence):
            claims.append(span(sentence))
        if sentence.section in _ELSEWHERE:
            continue
        shortly = reasons_shortly(document, sentence) or has_ended(document.low, sentence)
        if _may_reason(facts, sentence, shortly=shortly) and _is_rationale(document, sentence, shortly=shortly):
            reasons.append(span(sentence))
    if reasons:
        return present("a patient-specific reason for the therapist's judgement", reasons[:3])
    if claims:
        return partial("skill is claimed without a reason of this patient", claims[:2])
    return absent("no reason why a therapist was needed is told")


def _claims_skill(low: str, sentence: Sentence) -> bool:
    """Skilled care is claimed, and not of somebody else's or as a heading."""
    return (
        sentence.mask & _SKILL != 0
        and sentence.section not in ("header", "signature", "history")
        and not _REFERRED.search(low, sentence.start, sentence.end)
        and not _TITLE.fullmatch(low, sentence.start, sentence.end)
    )


_REFERRED: Final = folded(
    r"\b(?:referred|attended|recommended|no longer (?:needs?|in need)|received)\b[^.;\n]{0,120}\bskilled\b|"
    r"\bskilled \w+ therapy (?:was|sessions)"
)
_TITLE: Final = folded(r"skilled (?:\w+ )?(?:interventions?|services?|treatments?|tx|therapy|activities) ?:?")


def _may_reason(facts: Facts, sentence: Sentence, *, shortly: bool) -> bool:
    """The sentence tells of this visit, in words of judgement, of an obstacle or of a reason: of two of these, or of
    one where the heading, the therapist or a joining word speaks for it; or it gives a reason ``shortly``.
    """
    weight = (sentence.mask & _JUDGEMENT > 0) + (sentence.mask & _OBSTACLE > 0) + (sentence.mask & _REASON > 0)
    low = facts.document.low
    if not (weight or shortly):
        return False
    if (
        weight == 1
        and not shortly
        and sentence.section != "rationale"
        and not sentence.mask & _CLINICIAN
        and not any(low.find(word, sentence.start, sentence.end) >= 0 for word in _REASON_WORDS)
        and not explains_behind_colon(low, sentence)
    ):
        return False
    if is_boilerplate(sentence) or sentence.start in facts.stuffed or is_carried(facts.document, sentence):
        return False
    # An evaluation examines more than it treats.
    return (
        not facts.document.evaluation
        or sentence.section in _JUDGING
        or (
            sentence.section == "objective"
            and weight > 2
            and _NEED.search(low, sentence.start, sentence.end) is not None
        )
    )


_ELSEWHERE: Final = frozenset(
    {"goals", "plan", "history", "subjective", "signature", "diagnosis", "home_program", "header"}
)
_JUDGING: Final = frozenset({"assessment", "rationale", "treatment", "response", "note"})
# Without one of them no change is told with its reason, and no need that has ended.
_REASON_WORDS: Final = (" because ", " since ", " as ", " so ", "otherwise", " only ", " until ", " be ", "need ")


def _is_rationale(document: Document, sentence: Sentence, *, shortly: bool) -> bool:
    """A reason is shown by the shape of the sentence, or given in words; what the patient did or stopped is none."""
    if sentence.end - sentence.start < _SHORTEST:
        return False
    if shortly or shows_reason(document, sentence):
        return True
    return not _OWN_ACT.match(document.low, sentence.words, sentence.end) and _gives_reason(document.low, sentence)


_SHORTEST: Final = 30  # code points
# What the patient did or had to stop, not what the therapist judged: "sat when her knees began to shake".
_OWN_ACT: Final = folded(
    r"(?:(?:pt|patient|client|resident|student|she|he) (?:stood|sat|walked|stopped|rested|lay|paused|asked|took|"
    r"stated|reported|felt)|(?:sat|stopped|rested) (?:when|as|after|because|since|due)|late|"
    r"(?:short|brief) (?:visit|session)|"
    r"(?:ended|left|stopped) early)\b"
    r"(?![^.\n]*\b(?:therapist|clinician|was (?:moved|changed|cut|set|given|lowered|raised|"
    r"reduced)|were|so (?:the |a )?\w+ was)\b)"
)


def _gives_reason(low: str, sentence: Sentence) -> bool:
    """A need for the therapist, or a cause of what was judged or done, is told of this patient."""
    start, end = span(sentence)
    if (
        sentence.mask & (_SKILL | BIT["boilerplate"])
        and low.find(":", start, start + _LONGEST_HEADING) < 0
        and not SPECIFIC.search(low, start, end)
    ):
        return False  # words of skill and stock reasons fit every patient
    if sentence.mask & (_REASON | _OBSTACLE) and sentence.gates & _NEED_GATE and _NEED.search(low, start, end):
        return not (sentence.mask & _SKILL and end - start < _ROOM_FOR_REASON)
    cause = _CAUSE.search(low, start, end)
    if cause is None or len(_QUOTE.findall(low, start, cause.start())) % 2:
        return False  # an odd quotation mark opens the patient's own words
    if cause[0].startswith("to ") and _CUE_BEFORE.search(low, start, cause.start()) is not None:
        return False  # what the cue said: "verbal cues x 3 to keep the fingers from drifting"
    if _HEADED.match(low, start, end):
        return bool(sentence.mask & (_OBSTACLE | _JUDGEMENT)) or SPECIFIC.search(low, start, end) is not None
    if _ANY_CAUSE.search(low, start, end) and not sentence.has_number and not SPECIFIC.search(low, start, end):
        return False
    if sentence.section == "rationale":
        return bool(sentence.mask & (_OBSTACLE | _JUDGEMENT))
    return _tells_what_was_judged(low, sentence) and _is_of_patient(low, sentence, cause)


_CUE_BEFORE: Final = folded(
    r"\b(?:cues?|cueing|cuing|vcs?|prompts?|reminders?)(?: x ?\d+| given| provided| (?:\d|two|three) times|"
    r" at the \w+){0,2} $|"
    r"\b(?:gave|given) [^.;\n]{0,30}\b(?:cues?|prompts?|reminders?|assist\w*|help|supervision)\b[^.;,\n]{0,30}$"
)
_LONGEST_HEADING: Final = 28  # code points, its colon included
_ROOM_FOR_REASON: Final = 70  # code points; who claims skill in fewer tells no need of this patient
_NEED: Final = folded(
    r"\b(?:therapist|pt|ot|slp|clinician|skilled|qualified)\b[^.;\n]{0,50}\b(?:has to|had to|"
    r"must|needed|required|needs to|still has)\b|\b(?:aides?|daughter|son|wife|husband|family|"
    r"caregiver|nursing|home program|alone)\b[^.;\n]{0,24}\b(?:cannot|can't|could not|not yet|"
    r"unable)\b|\b(?:must|ha(?:s|ve|d) to|needs? to|should) be \w+ by (?:a |the )?(?:therapist|pt|ot|slp|clinician)|"
    r"\bdemands? (?:a )?(?:therapist|skilled)|"
    r"\bwhat (?:needed|required|called for|took) (?:an? |the )?(?:therapist|pt|ot|slp|clinician|skill) (?:was|"
    r"is) [a-z]+ing|"
    r"\bnot delegable|\bno (?:aide|caregiver|helper|tech) could\b|\b(?:two|2|both) (?:disciplines|therapists|"
    r"clinicians) "
    r"(?:were |are )?(?:needed|required) (?:because|since|as)\b|\bsomething (?:she|he|they|an? \w+) could|"
    r"\b(?:has|have|had|needs?) to be (?:decided|judged|set|dosed|graded|chosen|read|weighed) (?:in|at|on|during|"
    r"within|each|every|from)\b|"
    r"\b(?:is|are|was|were) (?:chosen|set|judged|decided|dosed|graded|weighed|picked) (?:from|by) (?:what|how|whether|"
    r"where|the way)\b|"
    r"\bneeds? (?:a therapist|one clinician|the therapist|"
    r"therapist)|\bnot safe\b|"
    r"\bunsafe\b|\brequires? (?:hands-on|ongoing|constant) (?:analysis|judg|adjust)"
)
_NEED_GATE: Final = gate(_NEED)
_CAUSE: Final = folded(
    r"\b(?:after (?:watching|seeing|noting|noticing|feeling|hearing|finding|(?:a|an|the|her|his|l|r|left|right) |"
    r"[a-z]+ (?:leg|arm|knee|foot|hip|"
    r"trunk|hand|voice|gaze)s? )|given (?!in|to|by|with|hep|handout|written|verbal|\d|a |an |her |his |home)|"
    r"(?:that|which) (?:\w+ )?(?:risks|means|would)|"
    r"as (?:[lr]le|[lr]ue|hr|bp|spo2|nerve|[a-z]+ (?:was|were|had|means|rose|fell|dropped|recovers|heals|begins|"
    r"began))\b|means? (?:the|that|\w+ must)|meant (?:the|that|each|every|\w+ (?:had|must|was|were))|"
    r"only after (?!\d)\w+|"
    r"given (?:her|his|the) (?:[\w/-]+ ){1,3}(?:history|hx|risk|instability|tone|neglect|fear|precautions|weakness|"
    r"laxity|deficits?|loss)|so (?:\w+ ){1,2}(?:was|were|had to be) (?!able|that)\w+|"
    r"(?:held|limited|capped|kept|stopped|cut|reduced|lowered|raised|split) [^.;:\n]{0,40}: |from (?:hr|her|his|"
    r"the \w+) (?:recovery|response)|"
    r"since (?:her|his|the) (?!last|surgery|fall|stroke|injury|eval|previous|first|initial|accident|prior|start|"
    r"beginning|hospital)\w+ |"
    r"since (?!last|eval|the|start|her|his|surgery|re|\d)|so (?:that |that|"
    r"she|he|they|pt|the|ot|torque|a |i |load|it|we)|after (?:it|she|he|five|\d|two|three|four|six|\w+ clean)|"
    r"(?:because|due to|as (?:she|he|the|her|his|it|pain|tone|fatigue|neglect|tremor|apraxia|spasticity|weakness|"
    r"swelling|"
    r"numbness|dizziness|fear|memory|sensation|vision|attention)|when(?:ever)?|once(?! (?:on|in|at|during|with|per|a|"
    r"or|and|to|for|each)\b)|until|if|otherwise|"
    r"in order|so as (?:not )?to|to (?:prevent|avoid|keep|protect|unload|limit|control|"
    r"exhale|lengthen|block|inhibit|finish|let|make|compensate|force|stop|reduce|elicit|challenge|"
    r"practice|practise|promote|facilitate)|where (?:her|his)|secondary to|"
    r"d/t|2/2|after which|with which|whereupon|each time|cannot|can't|from what|against|then leaned|"
    r"without loading)\b)|, which\b"
)
_QUOTE: Final = folded(r"(?<!\d)\"")  # behind a figure it stands for inches
# The sentence is called the reason: "Reason: he pockets food when he holds himself up, so one of us keeps the trunk".
_HEADED: Final = folded(r"[-* ]*(?:reason|rationale|why)\b[^:.\n]{0,24}: ")
# A reason that any patient of therapy has.
_ANY_CAUSE: Final = folded(
    r"\b(?:because of|due to|d/t|secondary to|2/2|based on|given|for) (?:the |her |his |their |patient's |pt's |"
    r"client's )?"
    r"(?:(?:impaired|decreased|reduced|poor|limited|current|physical|cognitive|functional|overall|general) )*"
    r"(?:deficits?|impairments?|weakness|limitations?|conditions?|complexity|safety|tolerance|needs|response|diagnosis|"
    r"presentation|strength|balance|endurance|mobility|function|performance|abilities|level)\b(?! (?:of|in|on|at) )"
)


def _tells_what_was_judged(low: str, sentence: Sentence) -> bool:
    """Something was judged or changed, or done in the face of an obstacle, and not only called skilled."""
    if not sentence.mask & _OBSTACLE:
        return not sentence.mask & _SKILL and _is_judged(low, sentence)
    start, end = span(sentence)
    return (
        _is_judged(low, sentence)
        or _ACTS.search(low, start, end) is not None
        or low.find("contraindicated", start, end) >= 0
    )


def _is_judged(low: str, sentence: Sentence) -> bool:
    """Something was judged or changed, and not by the patient: not "the pails are what he dropped when he fell"."""
    return bool(sentence.mask & _JUDGEMENT) and any(
        hit.mask & _JUDGEMENT and not low.endswith(_PATIENT, sentence.start, hit.start) for hit in sentence.hits
    )


_PATIENT: Final = (" what he ", " what she ", " what they ")
# A therapist who did something, whatever it was: told before a reason, it is judgement.
_ACTS: Final = folded(
    r"\b(?:therapist|clinician|ot|slp|pt|i) (?:then |also |had to )?(?!was|is|has|had|can|will|reported|required|"
    r"needed|tolerated|performed|denied|"
    r"stated|completed|participated|demonstrated|presented|received)[a-z-]+(?:ed|ut|ept|ook|ave|ade|ld|nt|an|ew|ose|"
    r"ought|atch|et|ank|ut|it|id|ung|uck)\b"
)


def _is_of_patient(low: str, sentence: Sentence, cause: re.Match[str]) -> bool:
    """The cause is one of this patient: an obstacle, a figure, a behaviour that led to the change."""
    start, end = span(sentence)
    return (
        bool(sentence.mask & (_OBSTACLE | _CLINICIAN))
        or sentence.has_number
        or cause[0] in _PLAIN_CAUSES
        or (
            bool(SPECIFIC.search(low, start, end) or _LED_TO.search(low, start, end))
            and _SO_CHANGED.search(low, start, end) is not None
        )
    )


_PLAIN_CAUSES: Final = frozenset({"because", "once", "until"})
# What the patient did that led to the change: "when two were out she grabbed one, so the second was held back".
_LED_TO: Final = folded(
    r"\b(?:when|after|as|once|while|each time|because|since|if)\b[^.;]{0,60}?\b(?:she|he|they) (?!(?:tolerated|"
    r"completed|"
    r"performed|improved|progressed|needed|required|participated|demonstrated|reported|stated|asked|wanted|arrived|"
    r"finished)\b)(?:[a-z]+ed|took|went|fell|lost|let|put|held|threw|ran|spoke|swung|bent|began to [a-z]+|stood|sat)\b"
)
# What was found, and what it changed: "bending sets off her dizziness, so the order was changed".
_SO_CHANGED: Final = folded(
    r"[,;] (?:and )?(?:so|hence|therefore|thus) (?:then )?(?:(?:pt|ot|slp|(?:the )?therapist) (?:had "
    r"(?:her|him|them)|moved|changed|swapped|cut|set|lowered|raised|gave|put|added|switched)|i|we|(?:the |her |"
    r"his )?[a-z]+(?: [a-z]+)? (?:was|were|went|came|stayed|had to be|must be|is|are)) \w+"
)
