"""Words that make today's work serve a goal or a task of the patient's life: "tasks copy his loading dock duties",
"Rail work is LTG1", "her job asks it of her".
"""

from __future__ import annotations

import re
from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.elements.grade import OF_THE_WORK, Facts, shares_a_word, span
from quarterhour.notes.elements.stock import is_stock
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded

#: Families that name something of the patient's life or of the work.
OF_LIFE: Final = BIT["function"] | BIT["goal"] | BIT["place"] | BIT["place_hint"] | BIT["activity"] | BIT["link"]


def is_tied(facts: Facts, sentence: Sentence, fact: re.Match[str] | None, opens: bool, told: bool) -> bool:
    """The words make today's work serve a goal or a task of the patient's life. ``fact`` is a fact of that life told;
    ``opens``: the sentence opens like a purpose; ``told``: as ``has_tie``.
    """
    low = facts.document.low
    start, end = span(sentence)
    if (
        ASKED.match(low, start, end)
        or _serves(low, sentence)
        or equates(facts, sentence)
        or _is_so_that(low, sentence)
        or (opens and _FOR_WHAT.match(low, start, end))
        or (fact is not None and fact["who"] and shares_a_word(facts, sentence, *fact.span("rest")))
        or _is_own_aim(facts, sentence)
    ):
        return not is_stock(low, sentence)
    if told or _is_for_life(low, sentence):
        return (
            sentence.mask & OF_LIFE != 0
            and not is_hoped(low, sentence)
            and not ONLY_STATUS.search(low, start, end)
            and not is_stock(low, sentence)
        )
    return _refers_to_goal(facts, sentence)


#: The line of a form that asks for the tie.
ASKED: Final = folded(
    r"(?:link|tie|goal tie|tie to goal|goals? (?:served|addressed|link|worked on)|why this(?: task)?|"
    r"why these(?: tasks)?|relevance|carryover to life)(?: to (?:goals?|function|life))?(?:\t|\? |: | :: | {2,})"
    r"(?! *(?:none|n/?a|see|per|as|poc|all|unchanged|[*_-]))"
)
# "For the stairs she climbs to her bedroom".
_FOR_WHAT: Final = folded(
    r"for (?!pain|swelling|safety|edema|\d)(?:the |her |his |a )?\w+[^.;]{0,30}? (?:she|he|they) [a-z]+s\b"
)


def has_tie(low: str, sentence: Sentence) -> bool:
    """One of the plain ties stands in the sentence: "needed for her job", "this is LTG 2", "so that she can"."""
    if not sentence.gates & _TIED_GATE:
        return False
    told = _TIED.search(low, sentence.start, sentence.end)
    while told is not None and _OF_WHOM.match(low, told.start(), sentence.end) is not None:
        told = _TIED.search(low, told.end(), sentence.end)
    return told is not None


# Whose note it is, or of which day: "this is for Mister Okafor", "the note was for Monday".
_OF_WHOM: Final = folded(
    r"(?:is|was) (?:(?:a|the|my) )?(?:[a-z]+ ){0,2}?for (?:the )?(?:(?:mister|missus|miss|mrs?\b|ms\b|dr\b|doctor)"
    r"(?!\.? [a-z]+'s)|patient\b|pt\b|client|resident|visit|date|day|session|today|yesterday|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may \d|june|july|august|september|"
    r"october|november|december|billing|the record)"
)
_BODY: Final = (
    r"(?:knees?|hips?|legs?|foot|feet|ankles?|toes?|hands?|arms?|fingers?|thumb|wrist|elbow|shoulders?|neck|head|back|"
    r"trunk|core|quads?|muscles?|joints?|tongue|lips|jaw|voice|body|weight|graft|repair|incision|tendon|wound|brain)"
)
_TIED: Final = folded(
    r"\b(?:(?:is|are|was|were|serves?|supports?|works? on|towards?|practices?|addresses|targets|"
    r"mimics?|for|of)\b[^.;\n]{0,36}\b(?:g\d|m\d|ltg|stg|goal)(?:\b|\d)|(?:addressed|targeted|"
    r"worked on) [^.;\n]{0,16}(?:ltg|stg|goal) ?#?\d|goal task\b|the "
    r"goal itself\b|so (?:that )?(?:she|he|they|nursing|the family|pt|patient|client)\b[^.;\n]{0,24}\b(?:can|"
    r"could|is able|may)\b"
    rf"|so (?:that )?(?:her|his|their) (?!{_BODY}\b)[a-z]+ (?:can|could|may|no longer)\b"
    r"|(?:is|are) (?:(?:what|how|why|where) (?:she|he|they|stands|keeps|stops)\b|the same \w+|the (?:\w+ )?(?:task|"
    r"meal|order|route|step|move|set|way)\b)|is (?:step \w+ of\b|for (?!function|safety|independen|strength|"
    r"use)(?:the |her |his )?\w+|why (?:she|he) came\b|"
    r"the meal itself)|(?:she|he|they) needs? (?:at|for|in|to)\b|"
    r"(?:his|her) (?:\w+ ){0,2}(?:named )?tasks?\b|serves?\b(?! as)|"
    r"(?<!cues )(?<!cueing )(?<!cuing )(?<!assist )(?<!assistance )needed for\b|"
    r"because (?:she|he) (?:has to|wants|needs|must|lives)|"
    r"teach(?:es)? (?:her|him)\b|goes to (?:her|his) goal|prepares? (?:her|him|pt|patient|client|resident) (?:for|"
    r"to)|allows? (?:her|him) to|lets (?:her|him)\b|carr(?:y|ies) ?over to (?:her|his|"
    r"the)\b|simulat\w+ (?:of )?(?:his|her|the|job|work|home|getting|putting|"
    r"loading)|job (?:requires|needs|demands)|(?:has|have|needs|must|wants) to (?:\w+ ){1,6}(?:at|"
    r"for|in) (?:work|home|her|his|school|church|the (?:house|store|kitchen|garden|yard))|(?:required|"
    r"needed|used) (?:by|for|at|in) (?:her|his|the) \w+|(?:same|as) (?:\w+ ){0,3}(?:as )?(?:at|"
    r"in) (?:her|his) (?:home|house|job|own|apartment|kitchen|bathroom|car)|(?:as|the way)"
    r" (?:she|he) (?:does|did|has to|must|wants|would|will)\b|which is (?:her|his|the) \w+)"
)
_TIED_GATE: Final = gate(_TIED)


def is_hoped(low: str, sentence: Sentence) -> bool:
    """The tie is hoped for: "Hope to carry over to walking at the store"."""
    start, end = span(sentence)
    return _HOPE.search(low, start, end) is not None and _REFERENCE.search(low, start, end) is None


_HOPE: Final = folded(r"\bhope|\bwill (?:carry|help)|\banticipated|\bshould (?:help|carry)")
_REFERENCE: Final = folded(
    r"\((?:for |toward |see |re )?(?:stg|ltg|g|goal)s? ?#?\d[^)]{0,12}\)|\b(?:towards?|"
    r"for|per|re|address(?:es|ed|ing)|targeting|support(?:s|ing)) (?:stg|ltg|g|goal)s? ?#?\d"
)


def _serves(low: str, sentence: Sentence) -> bool:
    """A verb ties the work to a goal or a task, or says what it is in the patient's life, beyond the goal's status."""
    start, end = span(sentence)
    return bool(
        (sentence.gates & _SERVES_GATE and _SERVES.search(low, start, end))
        or (sentence.mask & OF_LIFE and sentence.gates & _IS_LIFE_GATE and _IS_LIFE.search(low, start, end))
    ) and not ONLY_STATUS.search(low, start, end)


# The words that make today's work serve a task of the patient's life or a goal: "tasks copy his loading dock duties".
_SERVES: Final = folded(
    r"\b(?:(?:cop(?:y|ies)|rehears(?:e|es|ed)|mirrors?|reproduces?|mimics?|match(?:es)?) (?:(?:his|her|their) \w+|"
    r"[a-z]+-[a-z]+ \w+|"
    r"the \w+ (?:at|in|of) )|modell?ed (?:on|after) (?:his|her|their|the)|bears? on\b|(?:is|are|was|"
    r"were) (?:a )?part of (?:this|that|the|her|his) (?!treatment|session|program|visit|plan|eval|therapy|warm)\w+|"
    r"(?:what|all) (?:the|her|his) [\w' ]{2,30} asks? of (?:her|him)|asks? of (?:her|him)\b|(?:is|are) what the \w+|"
    r"stands? between (?:her|him|them) and|"
    r"(?:is|are) (?:both |all |each )?(?:written|named|listed) (?:in|into|among) (?:the|her|his) (?:own )?(?:goals?|"
    r"plan)|(?:is|are) written (?:in|into) (?:the|her|his)|"
    r"so (?:the )?[\w ]{3,24} matters?\b|belongs? to (?:goal|stg|ltg|g\d)|to (?:meet|reach) (?:goal|stg|ltg|g\d)|"
    r"(?:supports?|targets?|serves?|addresses|trains) (?:directly )?(?:this|that|it|the goal)\b|"
    r"directly (?:targets?|supports?)|matters? (?:for|because|since|as|when|to)\b|"
    r"is the one (?:at|in|on|to|by) (?:his|her|their)|is step (?:one|two|three|\d)\b|\bhence (?:the )?\w+|"
    r"(?:picked|chosen|practi[cs]ed|used|selected) (?:because|since|as) (?!(?:of|pt|it was|pain|he is weak|"
    r"she is weak))|"
    r"is (?:this|that) (?:goal|transfer|task|lift|route|step|walk|climb)|"
    r"(?:feeds|builds) into|ties? in(?:to)?|counts? towards?|steps? towards? (?:her|his|the)|corresponds? to|"
    r"(?:work|practice|tasks?|training|drills?|sets?|reps) (?:(?:is|are|was|were) )?(?:to (?:allow|let)|"
    r"for) (?!safe|independen|functional|"
    r"improv|strength|adl|endurance|the goal of)(?:(?:her|his|their) \w+|[a-z]+ing (?:her|his|their|the|a)\b)|"
    r"to allow (?!safe|independen|functional|improv)[a-z]+ [a-z]+ \w+|"
    r"goals? (?:is|was) for (?:the |her |his )?\w+)|"
    r"= ?(?:(?:her|his|their) )?(?:ltg|stg|goal|g\d)|(?:->|→) addressed|"
    r"because (?:she|he|they) (?!is|was|has|had|could|can|did|does|needs?|needed|felt|feels|lost|loses|leans?|"
    r"tends?|fatigues?|reports?|"
    r"complain|guards?|[a-z]+ed\b)[a-z]+s (?:\w+ ){1,6}(?:at|on|in|to|for|with|twice|every|each|daily|a day)\b"
)
# What today's work is in the patient's life: "a rehearsal of that porch", "is her job", "what the foreman needs".
_IS_LIFE: Final = folded(
    r"\b(?:rehears(?:al|ing)|copy|replica|simulation|version|repeat) of (?:her|his|their|that|the|a)\b|"
    r"\b(?:is|are|was|were) (?:exactly )?(?:what|how|where|why|when) (?:the |her |his |their )?(?:\w+ ){0,3}(?:needs?|"
    r"requires?|asks?|wants?|"
    r"does|do|did|uses?|expects?|demands?|stands?|works?|lives?|makes?|takes?|falls?|fell|loses?|goes|lifts?|"
    r"walks|climbs|carr(?:y|ies))\b|\b(?:goal|ltg|stg) ?#?\d is (?:the|an?) (?!same|one)[a-z]+\b(?=[:,;.]| (?:and|"
    r"of)\b)|"
    r"\b(?:is|are) (?:her|his|their) (?:\w+ )?(?:job|work|trade|task|duty|duties|living|hobby|sport|chore|routine|"
    r"morning|evening|shift|"
    r"way to|route to|main|own|daily|first aim|aim)\b|\b(?:is|are|"
    r"was) the (?:\w+ ){0,2}(?:reason for (?:the )?(?:referral|this)|"
    r"(?:errand|task|chore|thing|part|job|step|trip|walk|move|lift|motion|one) (?:that )?(?:she|he|they) (?!was|were|"
    r"is|had|tried)\w+)|"
    r"\b(?:has to|have to|must|(?:she|he|they) needs? to) (?:kneel|climb|carry|lift|reach|walk|stand|drive|step|"
    r"crawl|push|pull|bend|"
    r"squat|get|cross|sit|dress|cook|write|type|speak|swallow|eat|wash|bathe|transfer|manage|stock|load|unload|work)\b|"
    r"\bsame (?:\w+ ){0,4}as (?:at|in|on|her|his) |\bmatch(?:es)? (?:the )?(?:\w+ ){0,3}(?:she|he) (?:has|uses)\b|"
    r"\b(?:job|work|role|trade|sport|home|route|shift|duty)\b[^.;]{0,30} (?:requires?|needs|demands?|involves?|"
    r"calls for|means) \w+ing\b|"
    r"\bin the (?:form|way|order|position|height|place) (?:that )?(?:she|he|they) (?:uses?|does|do|needs?|works?)\b|"
    r"\bwhere (?:she|he|they) (?:does|do|uses?|keeps?|stands?|sleeps?|cooks?|works?) (?:it|this|that|them|her|his|"
    r"the)\b|"
    r"\b(?:is|was|are) the outcome\b|\bset as the (?:first |second )?(?:aim|goal)\b|\b(?:first|second|"
    r"third) goal (?:on|of) (?:her|his)\b|"
    r"\b(?:is|are|was|were) the (?:\w+ ){0,2}(?:errands|tasks|chores|things|parts|jobs|steps|moves|lifts|motions) "
    r"(?:that )?(?:she|he|they) (?!was|were|is|had|tried)\w+|"
    r"\b(?:named|listed|picked|chosen|asked for|brought up|put first|raised|requested) by (?:her|him|the "
    r"(?:patient|client|family|resident|student))\b|"
    r"\b(?:is|are) (?:her|his|their) (?:own )?(?:\w+ ){1,2}(?:at|in) (?:home|work|school|church|the (?:house|shop|"
    r"office))\b|"
    r"\btoday's (?:\w+ ){1,2}(?:is|are|was|were) (?:her|his|their)\b|"
    r"\b(?:built|made|set|cut|sized|copied|matched|laid out) (?:to|like|after|from) (?:his|her|their) own\b|"
    r"\b(?:an?|one|two|three|first|second|last|next|another) (?:\w+ )?(?:steps?|parts?|pieces?|half|halves|stretch) of "
    r"(?:the (?:\w+ ){1,2}(?:that )?(?:she|he|they) [a-z]+s?\b|goal ?#?\d|(?:stg|ltg) ?#?\d)|"
    r"\b(?:come|comes|came|taken|chosen|picked|drawn) (?:straight |right )?(?:from|off) (?:his|her|their) "
    r"(?:own )?list\b|"
    r"\b(?:this|it|that) (?:was|is) (?:his|her|their) (?:own|actual|real|usual|everyday|regular) [a-z]+\b|"
    r"\b(?:is|are) (?:both |all )?on (?:his|her|their) (?:way|route|walk|path|round) (?:in)?to\b|"
    r"\bthe [a-z]+ at (?:home|work|school|church|the (?:shop|house|office)) (?:is|are|has|have) \d[^.;\n]{0,14} (?:too|"
    r"as well|also)\b"
)
_SERVES_GATE, _IS_LIFE_GATE = gate(_SERVES), gate(_IS_LIFE)
#: How a goal stands, and no more.
ONLY_STATUS: Final = folded(
    r"\bprogress(?:ing|ed)? (?:toward|well toward|slowly toward|steadily toward)s?\b|\bgoals? "
    r"(?:\d )?(?:is |was |are )?(?:not )?(?:yet )?met\b|\bon track\b|\baccomplish|\b(?:also )?met (?:her|his)\b"
)


def equates(facts: Facts, sentence: Sentence) -> bool:
    """The sentence says what a task done today is in the patient's life, or which goal it is."""
    low = facts.document.low
    owned = _OWNED.match(low, sentence.words, sentence.end) if sentence.gates & _OWNED_GATE else None
    if owned is not None:
        return shares_a_word(facts, sentence, *owned.span("thing"))
    equation = _EQUATION.match(low, sentence.start, sentence.end) or (
        _EQUATION.match(low, sentence.words, sentence.end) if sentence.words > sentence.start else None
    )
    return equation is not None and (
        _TODAYS.search(low, *equation.span("subject")) is not None
        or shares_a_word(facts, sentence, *equation.span("subject"))
        or (not equation["subject"].endswith(_AIMS) and shares_a_word(facts, sentence, equation.end(), sentence.end))
    )


# What today's work is said to be: "Oven and car are the two things his wife still does for him", "Rail work is LTG1".
_EQUATION: Final = folded(
    r"[-* ]*(?:[a-z ]{2,16}\?? ?:+ ?)?(?P<subject>[^.;:,\n]{3,70}?) "
    r"(?:is|are|was|were|=) (?:still |also |exactly |just |all |now )?"
    r"(?:(?:her|his|their) (?!(?:\w+ )?(?:main|biggest|worst|best|strong\w*|weak\w*|pain\w*|difficult\w*|limit\w*|"
    r"problems?|complaints?|concerns?|barriers?|deficits?|fears?|left|right|baseline|levels?|strengths?|scores?|"
    r"hardest|range|rom|gait|balance|tolerance|response)\b)|the (?:\w+ ){0,5}?(?:she|he|they|his|her|their)\b|"
    r"(?:the|her|his) (?:family|mother|father|parents?|wife|husband|daughter|son|spouse|caregiver|employer|teacher|"
    r"team)(?:'s?)? (?:\w+ ){0,2}(?:request|wish|goal|aim|hope|priority|job|task|one)\b|"
    r"the (?:whole|goal|reason|call|order|errand|chore|job|task|route|way|first (?:piece|part|step)|\w+ goal)\b|"
    r"(?:those|that|the (?:one|ones)) (?:that |which )?(?:she|he|they) (?!is|was|has|had|needs|"
    r"(?:does|do|has) (?:at home|in (?:her|his|the) (?:hep|home|program)|for (?:her|his) (?:hep|program)))[a-z]+s?\b|"
    r"(?:how|what|where|why|when) (?:she|he|they|his|her|the) (?!(?:\w+ )?(?:loses|lost|feels?|felt|hurts?|needs? (?:"
    r"cues?|help|assist\w*)|fatigues?|pain)\b)|(?:goal|ltg|stg|[gpm])[ -]?#?[a-z]?\d?\b(?! ?(?:met|not))|"
    r"for (?:her|his|their|the|getting|going|being)\b|"
    r"(?:at|in|on|outside|by) (?:her|his|their) (?:own )?(?:front|home|house|apartment|garage|porch|job|work|school|"
    r"church|kitchen|bathroom|bedroom|garden|yard|driveway|mailbox|basement|building|office|shop|farm|truck)\b)"
)
# A thing of the patient's life is the one of today: "The jacket she uses for school is the one on the hook today".
_OWNED: Final = folded(
    r"[-* ]*(?:the|that|this) (?P<thing>[a-z]+) (?:that |which )?(?:she|he|they) (?!is|was|has|had|needs|"
    r"needed)[a-z]+s\b"
    r"[^.;:\n]{0,30}? (?:is|was|are|were) (?:the (?:one|ones|same|very)\b|what\b|(?:used|tried|carried|worn|"
    r"practi[cs]ed) "
    r"(?:here|today))"
)
_OWNED_GATE: Final = gate(_OWNED)
_TODAYS: Final = folded(
    r"\b(?:work|practi[cs]e|practi[cs]ing|tasks?|training|script|route|drills?|all of (?:this|it)|these|this (?:\w+ )?"
    r"(?:practice|work|task)|today's|\w+ itself)\b"
)
_AIMS: Final = ("goal", "aim", "ltg", "stg", "plan", "problem", "complaint")


def _is_so_that(low: str, sentence: Sentence) -> bool:
    """The work is done so that the patient, or who helps, can do something."""
    start, end = span(sentence)
    return low.find("so that ", start, end) >= 0 and _SO_THAT.search(low, start, end) is not None


_SO_THAT: Final = folded(
    r"\bso that (?:she|he|they|nursing|staff|(?:one|the|a|her|his|only) (?:\w+ ){0,2}?(?:aides?|attendants?|helpers?|"
    r"persons?|caregivers?|wife|husband|daughter|son|family|mother|father|nurses?|spouse|partner|staff)|aides?|"
    r"(?:pt|patient|client|resident)) (?:can|could|may|is|are|will|does|do|need|has|no longer)\b"
)


def _is_own_aim(facts: Facts, sentence: Sentence) -> bool:
    """The patient's own aim is told, and shares a word with the work: "his goal is to lift the dogs again"."""
    return (
        sentence.gates & _OWN_AIM_GATE != 0
        and sentence.section in OF_THE_WORK
        and _OWN_AIM.search(facts.document.low, sentence.start, sentence.end) is not None
        and shares_a_word(facts, sentence, sentence.start, sentence.end)
    )


_OWN_AIM: Final = folded(
    r"\b(?:his|her|their|the (?:patient|client|resident|student)'s|(?:pt|patient|client)'s) (?:own |main |first |"
    r"stated )?(?:goal|aim|hope|wish|target|priority) (?:is|was|remains)(?: still)? (?:to|that) "
)
_OWN_AIM_GATE: Final = gate(_OWN_AIM)


def _is_for_life(low: str, sentence: Sentence) -> bool:
    """The work is for, or made like, something of the patient's own."""
    return (
        sentence.gates & _FOR_LIFE_GATE != 0
        and sentence.mask & OF_LIFE != 0
        and _FOR_LIFE.search(low, sentence.start, sentence.end) is not None
    )


_FOR_LIFE: Final = folded(
    r"\b(?:for (?:(?:(?<=[\n.,;:-]for )|(?<=[\n.,;:-] for ))(?:the |a )?(?:[a-z]+ ){0,3}(?:at|in|to|from) "
    r"(?:her|his|the) \w+|(?:her|his) (?:own )?(?:bathroom|kitchen|stairs|job|"
    r"work|home|entry|return|commute|garden|car|bed|tub|toilet|church|grand))|"
    r"to (?:match|mimic|simulate|reproduce|copy) (?:her|his|the)|(?:same|like) (?:height "
    r"|as |the )*(?:her|his) \w+)"
)
_FOR_LIFE_GATE: Final = gate(_FOR_LIFE)


def _refers_to_goal(facts: Facts, sentence: Sentence) -> bool:
    """What was done today stands beside the number of a goal."""
    return (
        not sentence.mask & BIT["met"]
        and any(item.sentence is sentence and item.status == PERFORMED for item in facts.activities)
        and _REFERENCE.search(facts.document.low, sentence.start, sentence.end) is not None
    )
