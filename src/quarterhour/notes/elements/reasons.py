"""Reasons for a therapist's judgement that the shape of a sentence shows, whatever its heading: what was changed for
what was seen, a technique chosen for a finding, what only a therapist could do, a need that has ended.
"""

from __future__ import annotations

from typing import Final

from quarterhour.notes.elements.grade import span
from quarterhour.notes.elements.help_explained import explains_help
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded, written

_REASON: Final = BIT["reason"]


def shows_reason(document: Document, sentence: Sentence) -> bool:
    """The sentence tells by its shape why a therapist was needed."""
    low = document.low
    return (
        _is_changed_for_a_reason(low, sentence)
        or _is_changed_on_seeing(low, sentence)
        or _needs_therapist(document, sentence)
        or _is_chosen(low, sentence)
        or _waits_for_proof(low, sentence)
        or explains_behind_colon(low, sentence)
        or explains_help(low, sentence)
    )


def has_ended(low: str, sentence: Sentence) -> bool:
    """Why no therapist is needed any more: "Skilled need has ended: no new grading was required"."""
    return sentence.gates & _ENDED_GATE != 0 and _ENDED.search(low, sentence.start, sentence.end) is not None


_ENDED: Final = folded(
    r"\b(?:skilled )?need (?:for skill )?(?:has |is |was )?(?:now )?(?:ended|over|met)\b ?(?:[:;,-]|because|since|"
    r"as) ?\w+[, ]+\w+ \w+|"
    r"\bno (?:further|more|longer a) skill(?:ed \w+)? (?:is |was )?(?:now )?(?:called for|needed|required|necessary|"
    r"warranted)\b ?(?:[:;,-]|because|since|as) ?\w+[, ]+\w+ \w+"
)
_ENDED_GATE: Final = gate(_ENDED)


def _is_changed_for_a_reason(low: str, sentence: Sentence) -> bool:
    """Something of the work was changed, by whatever verb, for a reason that only this patient shows."""
    start, end = span(sentence)
    return (
        end - start > _SHORTEST_REASON
        and _CHANGED.search(low, start, end) is not None
        and _FOR_REASON.search(low, start, end) is not None
        and (SPECIFIC.search(low, start, end) is not None or _BEGAN.search(low, start, end) is not None)
        and _NO_JUDGEMENT.search(low, start, end) is None
    )


# What the patient began to do is of this patient alone.
_BEGAN: Final = folded(
    r"\bwhen (?:she|he|they) (?:began|started) to (?!tire|fatigue|hurt|rest|ask|improve)[a-z]+ [a-z]+"
)
_SHORTEST_REASON: Final = 60  # code points
_CHANGED: Final = folded(
    r"\b(?:was|were|went|came) (?:only |then |now |first |therefore )?(?:moved|released|trained|matched|found|put|"
    r"taken|given|"
    r"brought|led|cut|let|made|turned|placed|tied|hung|lit|shown|filled|emptied|loaded|covered|opened|closed|spread|"
    r"split|"
    r"shifted|back|down|up|out|over|left|drawn|worn|bent|swung|spoken|counted|tapped|read|hidden|slowed|sped|stretched|"
    r"[a-z]{4,}ed (?:from|to|down|up|back|by|into|out|off))\b|"
    r"\b(?:i|we|therapist|clinician) (?:then |only |always )?(?:put|cut|let|took|set|held|kept|brought|made|had|went|"
    r"left|"
    r"built|ran|led|drew|swung|gave|[a-z]{3,}ed)\b|"
    r"\b(?:has|have|had|needs?|need) to be (?:found|matched|judged|set|chosen|read|felt|worked out|decided|timed|"
    r"fitted|weighed)\b"
)
_FOR_REASON: Final = folded(
    r"\b(?:when (?:she|he|they) (?:began|started) to|"
    r"because|since (?!last|eval|the (?:last|first)|start|\d)|otherwise|only (?:when|after|once|if|until)|"
    r"until (?!next|\d|the \w+ of)|as (?:she|he|the|her|his|it|neglect|tremor|tone|pain) \w+|so (?:each|every|the|how|"
    r"that|no))\b|"
    r"\b(?:aides?|staff|family|wife|husband|daughter|son|helpers?|nobody|no one) [^.;]{0,20}\b(?:no way|cannot|can't|"
    r"could not)\b|"
    r"\bwith a (?:therapist|clinician)\b|\bchange from \w+ to \w+\b"
)
#: What only this patient shows: a figure, a part of the body, a behaviour.
SPECIFIC: Final = folded(
    r"(?<!\d)\d{1,4}(?![\d])|\b(?:knee|hip|ankle|foot|feet|toe|heel|shoulder|elbow|wrist|hand|thumb|finger|arm|leg|"
    r"trunk|pelvi\w+|scapula\w*|neck|"
    r"head|jaw|tongue|lip|voice|left|right|[lr]|graft|tendon|incision|scar|implant|prosthe\w+|buckl\w+|impuls\w+|"
    r"neglect\w*|hik\w+|lean\w*|"
    r"lurch\w*|forg[eo]t\w*|tremor|apraxi\w+|aphasi\w+|ataxi\w+|spastic\w*|tone|clonus|hyperexten\w+|subluxat\w+|"
    r"orthostat\w+|hypotens\w+|"
    r"desaturat\w*|spo2|hr|bp|o2|dizz\w+|vertigo|freez\w+|retropuls\w+|drop foot|foot drop|aspirat\w+|cough\w*|"
    r"perseverat\w+|disinhibit\w+|"
    r"confus\w+|memory|dementia|sternal|weight[- ]bearing|nwb|ttwb|pwb|wbat|substitut\w+|breath[- ]holding|valsalva|"
    r"irritab\w+|numb\w*|"
    r"hemipar\w+|rush\w*|redness|blanch\w*|couplets|winging|agitat\w+|inattention|hemianop\w+|rotator|nerve|disc)\b"
)
# What stops or shortens a visit, and what is billed of it.
_NO_JUDGEMENT: Final = folded(
    r"\b(?:rest(?:ed|s)?(?! of\b)|break|water|fan|(?:came|ran|was|arrived|started) late|counting|cancell?ed|arriv\w+|"
    r"bus|"
    r"traffic|parking|phone|insurance|"
    r"billed|minutes? (?:short|over)|withheld|not (?:done|tried|attempted)|deferred|home program|hep|handout|goal)\b"
)


def _is_changed_on_seeing(low: str, sentence: Sentence) -> bool:
    """What was seen, and what it changed at once: "Letters shrank when the clock was out, so the clock was taken off",
    "When "drill" came out as "hammer" twice the picture was taken away".
    """
    return (
        sentence.gates & _ON_SEEING_GATE != 0
        and sentence.mask & _REASON != 0
        and not sentence.mask & (BIT["skill"] | BIT["boilerplate"])
        and _ON_SEEING.match(low, sentence.words, sentence.end) is not None
        and not _NO_JUDGEMENT.search(low, sentence.start, sentence.end)
    )


_TURNED: Final = (
    r"(?:the|her|his|each|every|a) [a-z]+ (?:[a-z]+ )?(?:was|were) (?:only |then |first )?(?:taken|moved|turned|"
    r"swapped|changed|cut|dropped|lowered|raised|brought|put|split|covered|removed|hidden|shortened|slowed|narrowed|widened|"
    r"swung|replaced|switched|traded)\b"
)
_ON_SEEING: Final = folded(
    rf"(?:[a-z]+: )?(?:when|once|as soon as|whenever) (?!(?:the )?(?:pt|patient|client|session|visit|time|"
    rf"scheduled)\b)[^.;\n]{{8,70}}? {_TURNED}[^.;\n]{{4,}}|"
    rf"[^.;\n]{{6,70}}?\b(?:when|once|as soon as|whenever) [^.;\n]{{5,60}}?, so {_TURNED}[^.;\n]{{4,}}"
)
_ON_SEEING_GATE: Final = gate(_ON_SEEING)


def _needs_therapist(document: Document, sentence: Sentence) -> bool:
    """What the therapist did or had to do, for a reason that this patient shows: "absent triceps need PT to place the
    board", "PT blocked the knee as quad control was lost". In small letters "pt" is the patient.
    """
    if not sentence.mask & BIT["clinician"]:
        return False
    start, end = span(sentence)
    if SPECIFIC.search(document.low, start, end) is not None:
        return (
            _TO_DO.search(document.text, start, end) is not None
            or _DID_AS.search(document.text, start, end) is not None
        )
    return (
        bool(sentence.mask & BIT["obstacle"])
        and _TO_DO.search(document.text, start, end) is not None
        and _OF_ANYONE.search(document.low, start, end) is None
    )


_TO_DO: Final = written(
    r"\b(?:[Rr]equir|[Nn]eed)(?:es|ed|s|e)? (?:the |an? |skilled |that )*(?:PT|OT|SLP|ST|therapist|"
    r"clinician)(?:'s)? (?:to |"
    r"hands? on )(?!(?:improve|increase|progress|maximi[sz]e|return|address|achieve|restore|reach|continue|regain|"
    r"promote|enhance|perform|complete)\b)[a-z]{3,}"
)
_DID_AS: Final = written(
    r"(?<![\w/&,] )(?<!by )\b(?:PT|OT|SLP|ST|[Tt]herapist|[Cc]linician|I) (?:then |manually |also |had to )?"
    r"(?!gave [^.;\n]{0,30}\b(?:cues?|prompts?|reminders?|assist|help|supervision)\b)"
    r"(?!(?:educated|instructed|provided|performed|reviewed|discussed|observed|called|attended|completed|reported|"
    r"present|evaluated|recommended|billed|covered|assisted|session|visit|note|needed|required)\b)"
    r"[a-z]+(?:ed|ut|eld|ave|ade|ose|ept|et)\b[^.;\n]{3,100}?\b(?:as|because|since|so|due to|d/t|given|until|"
    r"to (?:keep|"
    r"prevent|avoid|protect|stop|unload|inhibit|block))\b [a-z\d]"
)
# What any patient of therapy has.
_OF_ANYONE: Final = folded(
    r"\b(?:deficits?|impairments?|limitations?|conditions?|complexity|safety|tolerance|needs|diagnosis|presentation)\b"
)


def _is_chosen(low: str, sentence: Sentence) -> bool:
    """A technique, a cue or a set-up was picked for a reason: "backward chaining used since the tongue tip anchors
    forward".
    """
    start, end = span(sentence)
    return (
        sentence.mask & (_REASON | BIT["judgement"]) != 0
        and _CHOSEN.search(low, start, end) is not None
        and SPECIFIC.search(low, start, end) is not None
        and not _NO_JUDGEMENT.search(low, start, end)
    )


_CHANGED_IT: Final = (
    r"(?:raised|lowered|advanced|progressed|added|increased|decreased|reduced|removed|faded|moved|set|cut|switched|changed|"
    r"widened|narrowed|shortened|lengthened|placed|loaded|unloaded|thinned|thickened|slowed|split|turned)"
)


def _waits_for_proof(low: str, sentence: Sentence) -> bool:
    """The work was changed only once the patient had shown something: "Raised only after she kept the dowel in contact
    with head and sacrum for five lifts".
    """
    return (
        sentence.gates & _PROOF_GATE != 0
        and not sentence.mask & (BIT["planned"] | BIT["skill"] | BIT["boilerplate"])
        and _PROOF.search(low, sentence.words, sentence.end) is not None
        and not _NO_JUDGEMENT.search(low, sentence.start, sentence.end)
    )


_PROOF: Final = folded(
    rf"\b{_CHANGED_IT} only (?:after|once|when) (?:she|he|they|the (?:knee|hip|trunk|shoulder|head|hand|foot|voice)) "
    r"(?!(?:rested|arrived|ate|asked|agreed|tolerated|was able|felt|said)\b)[a-z]+ [^.;\n]{10,}"
)
_PROOF_GATE: Final = gate(_PROOF)


def explains_behind_colon(low: str, sentence: Sentence) -> bool:
    """The work was changed, and behind a colon stands what the body had done: "Depth set at the nipple line: at waist
    depth his left knee gave on the turns".
    """
    if not sentence.gates & _COLON_GATE or sentence.mask & _NO_EXPLANATION:
        return False
    told = _COLON.match(low, sentence.words, sentence.end)
    return (
        told is not None
        and SPECIFIC.search(low, *told.span("why")) is not None
        and not _NO_JUDGEMENT.search(low, sentence.start, sentence.end)
    )


_NO_EXPLANATION: Final = BIT["planned"] | BIT["skill"] | BIT["boilerplate"] | BIT["goal"]
_COLON: Final = folded(
    r"(?!(?:visit|session|appointment|treatment|time|note|code|goal|therapy|plan)\b)[a-z][^.;:\n]{2,40}? (?:was |"
    r"were )?"
    rf"{_CHANGED_IT} [^.;:\n]{{4,60}}: (?P<why>[^.;\n]{{0,60}}?\b(?:her|his|their|the) (?:\w+ ){{1,3}}?(?:gave|"
    rf"took over|rode|"
    r"rose|fell|buckled|dropped|hiked|drifted|slipped|shook|dragged|locked|caught|lost|turned|sank|gapped|opened|let|went|"
    r"hyperextended|collapsed|swung|slid|rolled|cramped)\b[^.;\n]*)"
)
_COLON_GATE: Final = gate(_COLON)
_CHOSEN: Final = folded(
    r"\b(?:used|chosen|selected|kept|picked|preferred|applied|reduced|switched|changed|faded|moved|placed|positioned)\b"
    r"[^.;\n]{0,40}? (?:because|since|b/c|as) (?:the |her |his |their |l |r |left |right )*"
    r"(?!(?:last|eval|she|he|they|pt|patient|client|of|tolerated|able|needed|appropriate|per|a|an|directed|ordered)\b)"
    r"[a-z]+ (?:\w+ )?(?!is able|was able)[a-z]+|"
    r"\b(?:held|limited|capped|withheld|deferred|paused): [a-z]|"
    r"\bdecisions? (?:to|on) \w+[^.;\n]{0,40}? (?:based on|because|since|made)\b|"
    r"\b(?:was|were|bouts?|load|sets?) (?:re-?)?(?:[a-z-]{3,}ed|cut|set|put|moved)\b[^.;\n]{0,24}? (?:after|once|when) "
    r"(?!(?:\d|session|visit|eval|rest|lunch|surgery)\b)(?:the |her |his )?[a-z]+ (?:[a-z]+ )?(?:showed|appeared|"
    r"rose|fell|"
    r"dropped|began|started|(?:was|were) (?:seen|noted|felt)|developed|returned|faded|shook|hiked|buckled|crept)\b"
)
