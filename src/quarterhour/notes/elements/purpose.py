"""Elements of purpose: the goal, and why a therapist was needed."""

from __future__ import annotations

from typing import Final

from quarterhour.notes.clauses import Sentence
from quarterhour.notes.document import Document
from quarterhour.notes.elements.grade import (
    Facts,
    Grade,
    absent,
    is_boilerplate,
    partial,
    present,
    shares_a_word,
    span,
)
from quarterhour.notes.gates import gate
from quarterhour.notes.goals import IMPAIRMENT, Goal
from quarterhour.notes.lexicon import BIT
from quarterhour.notes.patterns import folded, written

_REASON, _SKILL, _JUDGEMENT, _OBSTACLE, _CLINICIAN = (
    BIT["reason"],
    BIT["skill"],
    BIT["judgement"],
    BIT["obstacle"],
    BIT["clinician"],
)


def functional_goal(facts: Facts) -> Grade:
    """A goal that is functional and measurable, with criterion or date."""
    if facts.document.missed:
        return absent("no goal stands in the text")
    full = [
        goal
        for goal in facts.goals
        if (goal.dated or goal.measurable) and (goal.functional or _is_a_task_of_today(facts, goal))
    ]
    full = [goal for goal in full if goal.sentence not in facts.stuffed]
    if full:
        return present("a functional goal with a criterion or a date", [(goal.start, goal.end) for goal in full[:3]])
    if facts.goals:
        return partial(
            "a goal is referred to, or lacks function or measure", [(goal.start, goal.end) for goal in facts.goals[:2]]
        )
    return absent("no goal stands in the text")


def _is_a_task_of_today(facts: Facts, goal: Goal) -> bool:
    """What the goal names was done today as a task of daily life, whatever the vocabulary knows of its words."""
    document = facts.document
    sentence = document.sentence_at(goal.start)
    if sentence is None or sentence.section == "plan" or is_boilerplate(sentence):
        return False
    return IMPAIRMENT.search(document.low, goal.start, goal.end) is None and shares_a_word(
        facts, sentence, goal.start, goal.end, _OF_DAILY_LIFE
    )


_OF_DAILY_LIFE: Final = frozenset({"functional_activity", "self_care", "cognition"})
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
_NEED: Final = folded(
    r"\b(?:therapist|pt|ot|slp|clinician|skilled|qualified)\b[^.;\n]{0,50}\b(?:has to|had to|"
    r"must|needed|required|needs to|still has)\b|\b(?:aides?|daughter|son|wife|husband|family|"
    r"caregiver|nursing|home program|alone)\b[^.;\n]{0,24}\b(?:cannot|can't|could not|not yet|"
    r"unable)\b|\b(?:must|ha(?:s|ve|d) to|needs? to|should) be \w+ by (?:a |the )?(?:therapist|pt|ot|slp|clinician)|"
    r"\bdemands? (?:a )?(?:therapist|skilled)|"
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


def skilled_rationale(facts: Facts) -> Grade:
    """Why a therapist's judgement or technique was needed, told of this patient."""
    document = facts.document
    low = document.low
    if document.missed:
        return absent("the visit did not take place")
    strong: list[tuple[int, int]] = []
    weak: list[tuple[int, int]] = []
    for sentence in document.sentences:
        if (
            sentence.mask & _SKILL
            and sentence.section not in ("header", "signature", "history")
            and not _REFERRED.search(low, sentence.start, sentence.end)
            and not _TITLE.fullmatch(low, sentence.start, sentence.end)
        ):
            weak.append(span(sentence))
        weight = (sentence.mask & _JUDGEMENT > 0) + (sentence.mask & _OBSTACLE > 0) + (sentence.mask & _REASON > 0)
        if (
            weight < 2
            and not (
                weight
                and (sentence.section == "rationale" or sentence.mask & _CLINICIAN != 0 or _may_reason(low, sentence))
            )
        ) or sentence.section in (
            "goals",
            "plan",
            "history",
            "subjective",
            "signature",
            "diagnosis",
            "home_program",
            "header",
        ):
            continue
        if (
            is_boilerplate(sentence)
            or sentence.start in facts.stuffed
            or document.carried[0] <= sentence.start < document.carried[1]
        ):
            continue
        if (
            document.evaluation
            and sentence.section not in ("assessment", "rationale", "treatment", "response", "note")
            and not (sentence.section == "objective" and weight > 2 and _NEED.search(low, sentence.start, sentence.end))
        ):
            continue
        if _is_rationale(document, sentence):
            strong.append(span(sentence))
    if strong:
        return present("a patient-specific reason for the therapist's judgement", strong[:3])
    if weak:
        return partial("skill is claimed without a reason of this patient", weak[:2])
    return absent("no reason why a therapist was needed is told")


def _may_reason(low: str, sentence: Sentence) -> bool:
    """A word stands in the sentence without which no change is told with its reason, and no need that has ended."""
    return any(low.find(word, sentence.start, sentence.end) >= 0 for word in _REASON_WORDS)


_REASON_WORDS: Final = (" because ", " since ", " as ", " so ", "otherwise", " only ", " until ", " be ", "need ")


def _changed_for_a_reason(low: str, sentence: Sentence) -> bool:
    """Something of the work was changed, by whatever verb, for a reason that only this patient shows."""
    start, end = sentence.start, sentence.end
    return (
        end - start > _SHORTEST_REASON
        and _CHANGED.search(low, start, end) is not None
        and _FOR_REASON.search(low, start, end) is not None
        and _SPECIFIC.search(low, start, end) is not None
        and _NO_JUDGEMENT.search(low, start, end) is None
    )


# What was seen, and what it changed at once: "Letters shrank when the clock was out, so the clock was taken off",
# "When "drill" came out as "hammer" twice the picture was taken away".
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
_NO_JUDGEMENT: Final = folded(
    r"\b(?:rest(?:ed|s)?(?! of\b)|break|water|fan|(?:came|ran|was|arrived|started) late|counting|cancell?ed|arriv\w+|"
    r"bus|"
    r"traffic|parking|phone|insurance|"
    r"billed|minutes? (?:short|over)|withheld|not (?:done|tried|attempted)|deferred|home program|hep|handout|goal)\b"
)
# A reason that any patient of therapy has.
_ANY_CAUSE: Final = folded(
    r"\b(?:because of|due to|d/t|secondary to|2/2|based on|given|for) (?:the |her |his |their |patient's |pt's |"
    r"client's )?"
    r"(?:(?:impaired|decreased|reduced|poor|limited|current|physical|cognitive|functional|overall|general) )*"
    r"(?:deficits?|impairments?|weakness|limitations?|conditions?|complexity|safety|tolerance|needs|response|diagnosis|"
    r"presentation|strength|balance|endurance|mobility|function|performance|abilities|level)\b(?! (?:of|in|on|at) )"
)
# A therapist who did something, whatever it was: told before a reason, it is judgement.
_ACTS: Final = folded(
    r"\b(?:therapist|clinician|ot|slp|pt|i) (?:then |also |had to )?(?!was|is|has|had|can|will|reported|required|"
    r"needed|tolerated|performed|denied|"
    r"stated|completed|participated|demonstrated|presented|received)[a-z-]+(?:ed|ut|ept|ook|ave|ade|ld|nt|an|ew|ose|"
    r"ought|atch|et|ank|ut|it|id|ung|uck)\b"
)
_QUOTE: Final = folded(r"(?<!\d)\"")  # behind a figure it stands for inches
_TITLE: Final = folded(r"skilled (?:\w+ )?(?:interventions?|services?|treatments?|tx|therapy|activities) ?:?")
_REFERRED: Final = folded(
    r"\b(?:referred|attended|recommended|no longer (?:needs?|in need)|received)\b[^.;\n]{0,120}\bskilled\b|"
    r"\bskilled \w+ therapy (?:was|sessions)"
)


# Why no therapist is needed any more is a reason as well: "Skilled need has ended: no new grading was required".
_ENDED: Final = folded(
    r"\b(?:skilled )?need (?:for skill )?(?:has |is |was )?(?:now )?(?:ended|over|met)\b ?(?:[:;,-]|because|since|"
    r"as) ?\w+[, ]+\w+ \w+|"
    r"\bno (?:further|more|longer a) skill(?:ed \w+)? (?:is |was )?(?:now )?(?:called for|needed|required|necessary|"
    r"warranted)\b ?(?:[:;,-]|because|since|as) ?\w+[, ]+\w+ \w+"
)
# The sentence is called the reason: "Reason: he pockets food when he holds himself up, so one of us keeps the trunk".
_HEADED: Final = folded(r"[-* ]*(?:reason|rationale|why)\b[^:.\n]{0,24}: ")
# What the patient did that led to the change: "when two were out she grabbed one, so the second was held back".
_LED_TO: Final = folded(
    r"\b(?:when|after|as|once|while|each time|because|since|if)\b[^.;]{0,60}?\b(?:she|he|they) (?!(?:tolerated|"
    r"completed|"
    r"performed|improved|progressed|needed|required|participated|demonstrated|reported|stated|asked|wanted|arrived|"
    r"finished)\b)(?:[a-z]+ed|took|went|fell|lost|let|put|held|threw|ran|spoke|swung|bent|began to [a-z]+|stood|sat)\b"
)
_NEED_GATE, _ENDED_GATE, _ON_SEEING_GATE = gate(_NEED), gate(_ENDED), gate(_ON_SEEING)
# What only this patient shows: a figure, a part of the body, a behaviour.
_SPECIFIC: Final = folded(
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


# What was found, and what it changed: "bending sets off her dizziness, so the order was changed".
_SO_CHANGED: Final = folded(
    r"[,;] (?:and )?(?:so|hence|therefore|thus) (?:then )?(?:(?:pt|ot|slp|(?:the )?therapist) (?:had "
    r"(?:her|him|them)|moved|changed|swapped|cut|set|lowered|raised|gave|put|added|switched)|i|we|(?:the |her |"
    r"his )?[a-z]+(?: [a-z]+)? (?:was|were|went|came|stayed|had to be|must be|is|are)) \w+"
)


# What the therapist had to do, and what he or she did for a reason: "absent triceps need PT to place the board", "PT
# blocked the knee as quad control was lost". In small letters "pt" is the patient.
_TO_DO: Final = written(
    r"\b(?:[Rr]equir|[Nn]eed)(?:es|ed|s|e)? (?:the |an? |skilled |that )*(?:PT|OT|SLP|ST|therapist|"
    r"clinician)(?:'s)? (?:to |"
    r"hands? on )(?!(?:improve|increase|progress|maximi[sz]e|return|address|achieve|restore|reach|continue|regain|"
    r"promote|enhance|perform|complete)\b)[a-z]{3,}"
)
_DID_AS: Final = written(
    r"(?<![\w/&,] )(?<!by )\b(?:PT|OT|SLP|ST|[Tt]herapist|[Cc]linician|I) (?:then |manually |also |had to )?"
    r"(?!(?:educated|instructed|provided|performed|reviewed|discussed|observed|called|attended|completed|reported|"
    r"present|evaluated|recommended|billed|covered|assisted|session|visit|note|needed|required)\b)"
    r"[a-z]+(?:ed|ut|eld|ave|ade|ose|ept|et)\b[^.;\n]{3,100}?\b(?:as|because|since|so|due to|d/t|given|until|"
    r"to (?:keep|"
    r"prevent|avoid|protect|stop|unload|inhibit|block))\b [a-z\d]"
)


def _needs_therapist(document: Document, sentence: Sentence) -> bool:
    """What the therapist did or had to do, for a reason that this patient shows."""
    start, end = span(sentence)
    if _SPECIFIC.search(document.low, start, end) is not None:
        return (
            _TO_DO.search(document.text, start, end) is not None
            or _DID_AS.search(document.text, start, end) is not None
        )
    return (
        bool(sentence.mask & _OBSTACLE)
        and _TO_DO.search(document.text, start, end) is not None
        and _OF_ANYONE.search(document.low, start, end) is None
    )


# A technique, a cue or a set-up picked for a reason: "backward chaining used since the tongue tip anchors forward".
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
# What the patient did or had to stop, not what the therapist judged: "sat when her knees began to shake".
_OWN_ACT: Final = folded(
    r"(?:(?:pt|patient|client|resident|student|she|he) (?:stood|sat|walked|stopped|rested|lay|paused|asked|took|"
    r"stated|reported|felt)|(?:sat|stopped|rested) (?:when|as|after|because|since|due))\b"
    r"(?![^.\n]*\b(?:therapist|clinician|was (?:moved|changed|cut|set|given|lowered|raised|"
    r"reduced)|were|so (?:the |a )?\w+ was)\b)"
)
# What any patient of therapy has.
_OF_ANYONE: Final = folded(
    r"\b(?:deficits?|impairments?|limitations?|conditions?|complexity|safety|tolerance|needs|diagnosis|presentation)\b"
)


_PATIENT: Final = (" what he ", " what she ", " what they ")


def _judged(low: str, sentence: Sentence) -> bool:
    """Something was judged or changed, and not by the patient: not "the pails are what he dropped when he fell"."""
    return bool(sentence.mask & _JUDGEMENT) and any(
        hit.mask & _JUDGEMENT and not low.endswith(_PATIENT, sentence.start, hit.start) for hit in sentence.hits
    )


def _is_rationale(document: Document, sentence: Sentence) -> bool:
    low = document.low
    start, end = span(sentence)
    if end - start < 30:
        return False
    if (sentence.gates & _ENDED_GATE and _ENDED.search(low, start, end)) or _changed_for_a_reason(low, sentence):
        return True
    if (
        sentence.mask & _REASON
        and not sentence.mask & (_SKILL | BIT["boilerplate"])
        and sentence.gates & _ON_SEEING_GATE
        and _ON_SEEING.match(low, sentence.words, end)
        and not _NO_JUDGEMENT.search(low, start, end)
    ):
        return True
    if sentence.mask & _CLINICIAN and _needs_therapist(document, sentence):
        return True
    if (
        sentence.mask & (_REASON | _JUDGEMENT)
        and _CHOSEN.search(low, start, end)
        and _SPECIFIC.search(low, start, end)
        and not _NO_JUDGEMENT.search(low, start, end)
    ):
        return True
    if _OWN_ACT.match(low, sentence.words, end):
        return False
    headed = low.find(":", start, start + 28) >= 0
    if sentence.mask & (_SKILL | BIT["boilerplate"]) and not headed and not _SPECIFIC.search(low, start, end):
        return False  # words of skill and stock reasons fit every patient
    if sentence.mask & (_REASON | _OBSTACLE) and sentence.gates & _NEED_GATE and _NEED.search(low, start, end):
        return not (sentence.mask & _SKILL and end - start < 70)
    cause = _CAUSE.search(low, start, end)
    if cause is not None and len(_QUOTE.findall(low, start, cause.start())) % 2:
        return False  # the patient's own words
    if cause is not None and _HEADED.match(low, start, end):
        return bool(sentence.mask & (_OBSTACLE | _JUDGEMENT)) or _SPECIFIC.search(low, start, end) is not None
    if cause is None or (
        _ANY_CAUSE.search(low, start, end) and not sentence.has_number and not _SPECIFIC.search(low, start, end)
    ):
        return False
    if sentence.section == "rationale":
        return bool(sentence.mask & (_OBSTACLE | _JUDGEMENT))
    if not _judged(low, sentence) and not (
        sentence.mask & _OBSTACLE and (_ACTS.search(low, start, end) or "contraindicated" in low[start:end])
    ):
        return False
    if sentence.mask & _SKILL and not sentence.mask & _OBSTACLE:
        return False
    return (
        bool(sentence.mask & (_OBSTACLE | _CLINICIAN))
        or sentence.has_number
        or cause[0] in ("because", "once", "until")
        or (
            (_SPECIFIC.search(low, start, end) is not None or _LED_TO.search(low, start, end) is not None)
            and _SO_CHANGED.search(low, start, end) is not None
        )
    )
