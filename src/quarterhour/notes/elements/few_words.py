"""Reasons for a therapist's judgement told in few words: "Water because land standing ends at 2 min", a change without
its verb of being, what a set-up does against a finding, hands that one person has not.
"""

from __future__ import annotations

from typing import Final

from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded, written


def reasons_shortly(document: Document, sentence: Sentence) -> bool:
    """The sentence tells by its shape, in few words, why a therapist was needed."""
    if not sentence.gates & _ANY_GATE or sentence.mask & _OTHERWISE:
        return False
    low = document.low
    return (
        _is_put_so(low, sentence)
        or _is_bare_choice(low, sentence)
        or _tells_mechanism(low, sentence)
        or _takes_more_hands(low, sentence)
        or _picks_by_finding(document, sentence)
    ) and _NO_REASON.search(low, sentence.start, sentence.end) is None


_OTHERWISE: Final = BIT["planned"] | BIT["boilerplate"] | BIT["home"]
# Why a visit was late or short, and what was left out.
_NO_REASON: Final = folded(
    r"\b(?:late|bus|ride|traffic|parking|phone|insurance|billed|withheld|deferred|cancell?ed|dentist|appointment)\b"
)
_BODY: Final = (
    r"(?:knees?|hips?|ankles?|foot|feet|toes?|heels?|shoulder|elbow|wrist|hands?|thumb|fingers?|arms?|legs?|trunk|"
    r"pelvi\w+|"
    r"scapula\w*|neck|head|jaw|tongue|lips?|voice|breath|spine|lumbar|left|right|l|r|graft|tendon|scar|nerve|grip|"
    r"balance|tone|tremor|neglect\w*|spo2|hr|bp|o2|pain|synovitis|dizz\w+)"
)
_FINDING: Final = rf"(?:[^.\n]*?\b(?:\d+(?:/\d+)?|{_BODY})\b)"


def _is_put_so(low: str, sentence: Sentence) -> bool:
    """Something was changed, with its verb of being or without, because of what the patient did: "Pivot step put in
    before the lift because she side-bent over the lip".
    """
    return sentence.gates & _PUT_GATE != 0 and _PUT.search(low, sentence.words, sentence.end) is not None


_PUT: Final = folded(
    r"(?:^|(?<=[;,:.] )|(?<=\n))[-* ]*(?:(?:the|a|an|her|his) )?(?:[a-z\d-]+ ){1,4}?(?:was |were )?(?:only |then )?"
    r"(?:put|taken|moved|cut|added|raised|lowered|traded|swapped|switched|dropped|turned|shortened|slowed|widened|"
    r"narrowed|split|placed|changed|removed|given|brought) (?:in|out|off|back|up|down|to|for|from|ahead|before|after|"
    r"by|at|on|over)\b[^.;\n]{0,60}?,? (?:because|since) (?:she|he|they|the|her|his) "
    r"(?!(?:asked|wanted|liked|likes|said|arrived|felt|was|is|had|has|reported|tolerated|requested|preferred|needed|"
    r"needs|wants|came|left|forgot) )"
    rf"(?:[a-z]+-)?[a-z]+(?:ed|ent|ook|ung|ost|et|ode|ew|ell|ept|ank|ut|id|aught)?\b[^.;\n]{{0,40}}?\b"
    rf"(?:{_BODY}|over|rep \d|forward|back|down|off|out|up)\b"
)
_PUT_GATE: Final = gate(_PUT)


def _is_bare_choice(low: str, sentence: Sentence) -> bool:
    """A place, a position or a means, and the finding it was chosen for: "Seated because HR climbs in standing"."""
    return (
        sentence.gates & _BARE_GATE != 0
        and not sentence.mask & BIT["told"]  # what the patient reports
        and _BARE.match(low, sentence.words, sentence.end) is not None
    )


_BARE: Final = folded(
    r"[-* ]*(?!(?:short\w*|rest\w*|stopped|ended|missed|pain|tired|fatigued?|sore|no|not|home|visit|session|treatment|"
    r"time|she|he|they|pt|patient|client|i|we|it|that|this|cues?|assist|min|mod|max|cga|sba|slow\w*|weak|unable)\b)"
    r"(?:(?!(?:was|is|were|are|has|had|needs?|needed|did|does|she|he|they|pt|goal)\b)[a-z-]+ ){1,4}"
    r"(?:because|since) (?!of\b|she (?:likes|wants|asked)|he (?:likes|wants|asked)|(?:the |this |last |early |late )*"
    r"(?:morning|noon|night|evening|weekend|week|month|visit|session|day|yesterday|surgery|fall|eval\w*|[a-z]+day)\b)"
    rf"{_FINDING}"
)
_BARE_GATE: Final = gate(_BARE)


def _tells_mechanism(low: str, sentence: Sentence) -> bool:
    """Behind what the body did stands what the set-up does against it: "On land she stopped extending at 2 minutes from
    rib pain; buoyancy takes the load".
    """
    if not sentence.gates & _TAKES_GATE:
        return False
    first = _FIRST_PART.match(low, sentence.words, sentence.end)
    return (
        first is not None
        and _TAKES.match(low, first.end(), sentence.end) is not None
        and _OF_BODY.search(low, *first.span()) is not None
        and _WHO_DID.search(low, *first.span()) is not None
    )


_FIRST_PART: Final = folded(r"[^.;\n]*")
_WHO_DID: Final = folded(rf"\b(?:she|he|{_BODY}) ")
_TAKES: Final = folded(
    r"; (?:the |an? )?(?:[a-z-]+ ){1,3}?(?:takes|keeps|lets|holds|unloads|spares|frees|stops|slows|brings|guards|"
    r"blocks|supports|protects) (?!(?:her|him) (?:happy|busy|calm|company|on time)\b)(?:the |her |his )?[a-z]+"
)
_TAKES_GATE: Final = gate(_TAKES)


def _takes_more_hands(low: str, sentence: Sentence) -> bool:
    """One person alone, or nobody without the eye for it, could do it: "one pair of hands cannot stop the lean"."""
    return sentence.gates & _HANDS_GATE != 0 and _HANDS.search(low, sentence.start, sentence.end) is not None


_HELPERS: Final = r"(?:pairs? of hands|sets? of hands|of us|therapists?|persons?|people|clinicians?)"
_HANDS: Final = folded(
    rf"\bone {_HELPERS} (?:alone )?(?:has to|had to|must|cannot|can't|could not|couldn't) "
    r"(?!(?:call|come|leave|phone|go|write|drive|fill|sign)\b)[a-z]+ [a-z]|"
    rf"\b(?:two|2|both) {_HELPERS} (?:(?:were|are) )?(?:needed|required)\b ?(?:[:,;-]|because|since|as|so|to) ?\w+ \w+|"
    rf"\b(?:takes|took|needs|needed) (?:two|2) {_HELPERS}\b ?(?:[:,;-]|because|since|as|to) ?\w+ \w+|"
    r"\b(?:has|have|had|needs?) to be [a-z]+ [^.;\n]{0,60}?\bby (?:someone|somebody|a person|a clinician|one|hands|"
    r"eyes) (?:who|that) "
)
_HANDS_GATE: Final = gate(_HANDS)


def _picks_by_finding(document: Document, sentence: Sentence) -> bool:
    """The therapist picked work by what the body can do: "Therapy chose tasks where the transferred nerve could drive
    the grip". In small letters "pt" is the patient.
    """
    return (
        sentence.gates & _VERBS_GATE != 0
        and _PICKED.search(document.text, sentence.start, sentence.end) is not None
        and _OF_BODY.search(document.low, sentence.start, sentence.end) is not None
    )


_VERBS: Final = r" (?:chose|picked|selected|built) "
_PICKED: Final = written(
    rf"\b(?:[Tt]herapy|[Tt]herapist|[Cc]linician|PT|OT|SLP|I|[Ww]e){_VERBS}[^.;\n]{{2,40}}? "
    r"(?:where|that|which|whose|so) [^.;\n]{6,}"
)
_VERBS_GATE: Final = gate(folded(_VERBS))
_OF_BODY: Final = folded(rf"\b{_BODY}\b")
_ANY_GATE: Final = _PUT_GATE | _BARE_GATE | _TAKES_GATE | _HANDS_GATE | _VERBS_GATE
