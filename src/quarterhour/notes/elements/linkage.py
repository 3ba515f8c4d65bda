"""The element of linkage: today's work tied in words to a goal or a task of the patient's life."""

from __future__ import annotations

import re
from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.clauses import Sentence
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
from quarterhour.notes.elements.life_shapes import is_life
from quarterhour.notes.elements.pointing import points_at_life
from quarterhour.notes.elements.stock import has_own_word, is_stock
from quarterhour.notes.elements.ties import FACT, FACT_GATE, claims_function, serves_life
from quarterhour.notes.gates import gate
from quarterhour.notes.lexicon import BIT
from quarterhour.notes.patterns import folded

_GOAL, _FUNCTION, _LINK, _WEAK = BIT["goal"], BIT["function"], BIT["link"], BIT["link_weak"]
_SKILL, _MET = BIT["skill"], BIT["met"]


_TIED: Final = folded(
    r"\b(?:(?:is|are|was|were|serves?|supports?|works? on|towards?|practices?|addresses|targets|"
    r"mimics?|for|of)\b[^.;\n]{0,36}\b(?:g\d|m\d|ltg|stg|goal)(?:\b|\d)|(?:addressed|targeted|"
    r"worked on) [^.;\n]{0,16}(?:ltg|stg|goal) ?#?\d|goal task\b|the "
    r"goal itself\b|so (?:that )?(?:she|he|they|nursing|the family|pt|patient|client)\b[^.;\n]{0,24}\b(?:can|"
    r"could|is able|may)\b"
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
_FOR_LIFE: Final = folded(
    r"\b(?:for (?:(?:(?<=[\n.,;:-]for )|(?<=[\n.,;:-] for ))(?:the |a )?(?:[a-z]+ ){0,3}(?:at|in|to|from) "
    r"(?:her|his|the) \w+|(?:her|his) (?:own )?(?:bathroom|kitchen|stairs|job|"
    r"work|home|entry|return|commute|garden|car|bed|tub|toilet|church|grand))|"
    r"to (?:match|mimic|simulate|reproduce|copy) (?:her|his|the)|(?:same|like) (?:height "
    r"|as |the )*(?:her|his) \w+)"
)
_ELSEWHERE: Final = frozenset({"plan", "history", "subjective", "signature", "diagnosis", "home_program", "empty"})
_REFERENCE: Final = folded(
    r"\((?:for |toward |see |re )?(?:stg|ltg|g|goal)s? ?#?\d[^)]{0,12}\)|\b(?:towards?|"
    r"for|per|re|address(?:es|ed|ing)|targeting|support(?:s|ing)) (?:stg|ltg|g|goal)s? ?#?\d"
)
_LIFE: Final = BIT["function"] | BIT["goal"] | BIT["place"] | BIT["place_hint"] | BIT["activity"] | BIT["link"]
_LINKING: Final = BIT["link"] | BIT["link_weak"] | BIT["goal"]
_GOAL_TASK: Final = folded(
    r"\bgoal task\b|\bthe goal itself\b|\bis (?:the |this |that )?(?:g\d|ltg|stg|goal)|\bpart of (?:this|that|"
    r"the) goal|"
    r"(?:->|→|-) ?(?:addressed|worked|practiced) |= ?(?:ltg|stg|goal|g\d)|"
    r"- [a-z ,]{3,30}(?:work|practice|task|training|drills?) (?:for|to|is|are)\b|"
    r"\btoday's (?:\w+ ){1,2}(?:is|are|was|were) (?:her|his|their)\b"
)
# The words that make today's work serve a task of the patient's life or a goal: "tasks copy his loading dock duties".
_SERVES: Final = folded(
    r"\b(?:(?:cop(?:y|ies)|rehears(?:e|es|ed)|mirrors?|reproduces?|mimics?|match(?:es)?) (?:(?:his|her|their) \w+|"
    r"[a-z]+-[a-z]+ \w+|"
    r"the \w+ (?:at|in|of) )|modell?ed (?:on|after) (?:his|her|their|the)|bears? on\b|(?:is|are|was|"
    r"were) (?:a )?part of (?:this|that|the|her|his) (?!treatment|session|program|visit|plan|eval|therapy|warm)\w+|"
    r"(?:what|all) (?:the|her|his) [\w' ]{2,30} asks? of (?:her|him)|asks? of (?:her|him)\b|(?:is|are) what the \w+|"
    r"stands? between (?:her|him|them) and|"
    r"(?:is|are) written (?:in|into) (?:the|her|his)|"
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
    r"\b(?:is|are|was|were) (?:exactly )?(?:what|how|where|why) (?:the |her |his |their )?(?:\w+ ){0,3}(?:needs?|"
    r"requires?|asks?|wants?|"
    r"does|do|did|uses?|expects?|demands?|stands?|works?|lives?|makes?|takes?|falls?|fell|loses?|goes|lifts?|"
    r"carr(?:y|ies))\b|"
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
    r"\btoday's (?:\w+ ){1,2}(?:is|are|was|were) (?:her|his|their)\b"
)
# The patient's own aim, told beside the work: "his goal is to lift the dogs again". It ties where the two share a word.
_OWN_AIM: Final = folded(
    r"\b(?:his|her|their|the (?:patient|client|resident|student)'s|(?:pt|patient|client)'s) (?:own |main |first |"
    r"stated )?(?:goal|aim|hope|wish|target|priority) (?:is|was|remains)(?: still)? (?:to|that) "
)
# Without one of these words no sentence ties by its shape alone; the commonest come first.
_TYING: Final = (
    "he ",
    " is ",
    " was ",
    " are ",
    " works ",
    "for improved",
    "for better",
    "for household",
    "for daily",
    "for safe",
    "same ",
    " match",
    " requires ",
    " has to ",
    " must ",
    " where ",
    "wants ",
    " form ",
)
_TOLD: Final = frozenset({"assessment", "note", "progress", "response", "treatment", "objective", "rationale"})
# What is said of the patient's body or skill, not of the life the work serves: "Grip is his main problem".
_OF_THE_BODY: Final = folded(
    r"\b(?:is|are|was|were|remains?) (?:still )?(?:her|his|their|the) (?:\w+ )?(?:main |best |biggest |worst |"
    r"strong\w* |weak\w* |"
    r"hardest |first )?(?:problem|complaint|concern|limit\w*|difficult\w*|barrier|deficit|issue|strength|weakness|part|"
    r"(?<=best )task|(?<=hardest )task|(?<=worst )task)\b|\bis what (?:stops(?! \w+ from)|limits|hurts|holds|bothers|"
    r"slows)\b|"
    r"(?:(?<=\n)|(?<=[.;] ))(?:pain|fatigue|fear|weakness|stiffness|swelling) is\b|"
    r"\bsame (?:[a-z]+ )?(?:pain|ache|soreness|numbness|dizziness|complaint|symptoms?|sx|stiffness)\b"
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
    r"(?:how|what|where|why|when) (?:she|he|they|his|her|the) (?!(?:\w+ )?(?:loses|lost|feels?|felt|hurts?|needs? (?:"
    r"cues?|help|assist\w*)|fatigues?|pain)\b)|(?:goal|ltg|stg|[gpm])[ -]?#?[a-z]?\d?\b(?! ?(?:met|not))|"
    r"for (?:her|his|their|the|getting|going|being)\b|"
    r"(?:at|in|on|outside|by) (?:her|his|their) (?:own )?(?:front|home|house|apartment|garage|porch|job|work|school|"
    r"church|kitchen|bathroom|bedroom|garden|yard|driveway|mailbox|basement|building|office|shop|farm|truck)\b)"
)
_TODAYS: Final = folded(
    r"\b(?:work|practi[cs]e|practi[cs]ing|tasks?|training|script|route|drills?|all of (?:this|it)|these|this (?:\w+ )?"
    r"(?:practice|work|task)|today's)\b"
)
_SO_THAT: Final = folded(
    r"\bso that (?:she|he|they|nursing|staff|(?:one|the|a|her|his|only) (?:\w+ ){0,2}?(?:aides?|attendants?|helpers?|"
    r"persons?|caregivers?|wife|husband|daughter|son|family|mother|father|nurses?|spouse|partner|staff)|aides?|"
    r"(?:pt|patient|client|resident)) (?:can|could|may|is|are|will|does|do|need|has|no longer)\b"
)
_STOCKED: Final = _GOAL | _WEAK | BIT["boilerplate"] | BIT["category"] | BIT["service"]
_OPENINGS: Final = ("for ", "all ", "each ", "every ")
_FOR_WHAT: Final = folded(
    r"for (?!pain|swelling|safety|edema|\d)(?:the |her |his |a )?\w+[^.;]{0,30}? (?:she|he|they) [a-z]+s\b"
)
_FOR_SOMETHING: Final = folded(
    r"[-* ]*for (?:limited |full |safer? |better |improved |increased |household |community |daily |independent |"
    r"moving |getting |"
    r"walking |return(?:ing)? )*(?:the |her |his )?(?:mobility|ambulation|safety|home safety|function\w*|adls?|"
    r"iadls?|home|"
    r"living|work|activit\w+|"
    r"tasks|independence|use|at home|to work|around)\b[^.;,]{0,20}$"
)
_LONGEST_FACT: Final = 160  # code points
_FEWEST_BLANKS: Final = 9  # in fewer words a claim of skill has no room for what the work is for
_OTHERWISE: Final = BIT["planned"] | BIT["home"] | BIT["assist"] | BIT["cue"]
_STOCK_TIE: Final = folded(
    r"\bfor (?:improved|better|increased|safer?|household|daily|home) (?:adls?|iadls?|function\w*|mobility|tasks?|"
    r"activit\w+|living|"
    r"independence)\b|\b(?:addresses|targets|toward|at|for) (?:\w+ )?functional goals?\b|\bcarr(?:y|ies|ied) over to\b"
)
_LINE_OF_LINK: Final = folded(
    r"(?:link|tie|goal tie|tie to goal|goals? (?:served|addressed|link|worked on)|why this(?: task)?|"
    r"why these(?: tasks)?|relevance|carryover to life)(?: to (?:goals?|function|life))?(?:\t|\? |: | :: | {2,})"
    r"(?! *(?:none|n/?a|see|per|as|poc|all|unchanged|[*_-]))"
)
_LINK_TITLES: Final = ("link", "tie", "goal", "why th", "relevance", "carryover")
_HOPE: Final = folded(r"\bhope|\bwill (?:carry|help)|\banticipated|\bshould (?:help|carry)")
_PURPOSED: Final = folded(
    r"\bto (?:be able to |allow |return to |get |improve (?:his|her) ability to |facilitate )"
    r"\w+"
)
_TIED_GATE, _SERVES_GATE, _IS_LIFE_GATE, _FOR_LIFE_GATE = map(gate, (_TIED, _SERVES, _IS_LIFE, _FOR_LIFE))
_OF_THE_BODY_GATE, _OWN_AIM_GATE = gate(_OF_THE_BODY), gate(_OWN_AIM)
_STOCK_TIE_GATE, _PURPOSED_GATE = gate(_STOCK_TIE), gate(_PURPOSED)


def goal_linkage(facts: Facts) -> Grade:
    """Today's activity tied in words to a goal or a task of the patient's life."""
    document = facts.document
    low = document.low
    strong: list[tuple[int, int]] = []
    weak: list[tuple[int, int]] = []
    if document.missed:
        return absent("the visit did not take place")
    for sentence in document.sentences:
        words = sentence.words
        fact = (
            FACT.match(low, words, sentence.end)
            if sentence.section in _TOLD
            and sentence.gates & FACT_GATE
            and sentence.end - sentence.start < _LONGEST_FACT
            else None
        )
        if fact is not None and (sentence.mask & _OTHERWISE or is_boilerplate(sentence)):
            fact = None
        opens = low.startswith(_OPENINGS, words)
        titled = low.startswith(_LINK_TITLES, sentence.start) and _LINE_OF_LINK.match(low, sentence.start) is not None
        worked = sentence.mask & _LIFE != 0 and sentence.section in _TOLD
        pointed = sentence.mask & _LIFE != 0 and points_at_life(sentence)
        shaped = pointed or ((worked or sentence.section == "goals") and is_life(facts, sentence))
        lived = shaped or (worked and serves_life(facts, sentence))
        claimed = worked and claims_function(facts, sentence)
        if (
            not sentence.mask & _LINKING
            and fact is None
            and not opens
            and not titled
            and not (
                sentence.mask & _LIFE
                and sentence.section in _TOLD
                and any(low.find(word, sentence.start, sentence.end) >= 0 for word in _TYING)
            )
            and not lived
            and not claimed
        ):
            continue
        if (
            (
                sentence.section == "goals"
                and not titled
                and not shaped
                and not _GOAL_TASK.search(low, sentence.start, sentence.end)
            )
            or sentence.section in _ELSEWHERE
            or document.carried[0] <= sentence.start < document.carried[1]
            or (
                sentence.mask & _SKILL
                and not sentence.mask & _GOAL
                and low.count(" ", sentence.start, sentence.end) < _FEWEST_BLANKS
            )
        ):
            continue
        start, end = span(sentence)
        own = [item.status for item in facts.activities if item.sentence is sentence]
        if "planned" in own and PERFORMED not in own and not titled:
            continue
        if is_boilerplate(sentence) or sentence.start in facts.stuffed:
            if claimed or sentence.mask & (_WEAK | _LINK):
                weak.append((start, end))
            continue
        told = sentence.gates & _TIED_GATE != 0 and _TIED.search(low, start, end) is not None
        tied = _is_tied(facts, sentence, fact, opens=opens, told=told) or (lived and not is_stock(low, sentence))
        if tied and sentence.gates & _OF_THE_BODY_GATE and _OF_THE_BODY.search(low, start, end):
            continue
        if tied and not has_own_word(low, sentence):
            weak.append((start, end))  # words that every note of therapy has tie nothing
        elif tied:
            strong.append((start, end))
        elif claimed or _is_hint(facts, sentence, fact, opens=opens, told=told):
            weak.append((start, end))
    if strong:
        return present("today's work is tied to a goal or a real task", strong[:2])
    if weak:
        return partial("the tie is implied or stock wording", weak[:2])
    return absent("no link from activity to goal is told")


def _is_tied(facts: Facts, sentence: Sentence, fact: re.Match[str] | None, *, opens: bool, told: bool) -> bool:
    """The words make today's work serve a goal or a task of the patient's life. ``fact`` is a fact of that life told;
    ``opens``: the sentence opens with one of ``_OPENINGS``; ``told``: it has one of the ties of ``_TIED``.
    """
    low = facts.document.low
    start, end = span(sentence)
    if (
        _LINE_OF_LINK.match(low, start, end)
        or (
            (
                (sentence.gates & _SERVES_GATE and _SERVES.search(low, start, end))
                or (sentence.mask & _LIFE and sentence.gates & _IS_LIFE_GATE and _IS_LIFE.search(low, start, end))
            )
            and not _ONLY_STATUS.search(low, start, end)
        )
        or _equates(facts, sentence)
        or (low.find("so that ", start, end) >= 0 and _SO_THAT.search(low, start, end))
        or (opens and _FOR_WHAT.match(low, start, end))
        or (fact is not None and fact["who"] and shares_a_word(facts, sentence, *fact.span("rest")))
        or (
            sentence.section in _TOLD
            and sentence.gates & _OWN_AIM_GATE
            and _OWN_AIM.search(low, start, end)
            and shares_a_word(facts, sentence, start, end)
        )
    ):
        return not is_stock(low, sentence)
    if told or (sentence.mask & _LIFE and sentence.gates & _FOR_LIFE_GATE and _FOR_LIFE.search(low, start, end)):
        if _is_hoped(low, sentence):
            return False
        return sentence.mask & _LIFE != 0 and not _ONLY_STATUS.search(low, start, end) and not is_stock(low, sentence)
    return (
        not sentence.mask & _MET
        and any(item.sentence is sentence and item.status == PERFORMED for item in facts.activities)
        and _REFERENCE.search(low, start, end) is not None
    )


def _is_hoped(low: str, sentence: Sentence) -> bool:
    """The tie is hoped for: "Hope to carry over to walking at the store"."""
    start, end = span(sentence)
    return _HOPE.search(low, start, end) is not None and _REFERENCE.search(low, start, end) is None


def _is_hint(facts: Facts, sentence: Sentence, fact: re.Match[str] | None, *, opens: bool, told: bool) -> bool:
    """The tie is implied, hoped for, or stock wording."""
    low = facts.document.low
    start, end = span(sentence)
    return (
        fact is not None
        or ((opens or sentence.mask & _STOCKED) and is_stock(low, sentence))
        or (told and _is_hoped(low, sentence))
        or (
            sentence.section in _TOLD
            and (
                (sentence.gates & _STOCK_TIE_GATE != 0 and _STOCK_TIE.search(low, start, end) is not None)
                or _FOR_SOMETHING.match(low, sentence.words, end) is not None
            )
        )
        or (
            sentence.mask & _WEAK != 0
            and not sentence.mask & _MET
            and not _ONLY_MET.search(low, start, end)
            and not (told and _ONLY_STATUS.search(low, start, end))
        )
        or (
            sentence.section in ("treatment", "objective", "assessment", "note")
            and sentence.mask & _FUNCTION != 0
            and sentence.gates & _PURPOSED_GATE != 0
            and _PURPOSED.search(low, start, end) is not None
        )
    )


def _equates(facts: Facts, sentence: Sentence) -> bool:
    """The sentence says what a task done today is in the patient's life, or which goal it is."""
    equation = _EQUATION.match(facts.document.low, sentence.start, sentence.end)
    return equation is not None and (
        _TODAYS.search(facts.document.low, *equation.span("subject")) is not None
        or shares_a_word(facts, sentence, *equation.span("subject"))
        or (not equation["subject"].endswith(_AIMS) and shares_a_word(facts, sentence, equation.end(), sentence.end))
    )


_AIMS: Final = ("goal", "aim", "ltg", "stg", "plan", "problem", "complaint")
_ONLY_MET: Final = folded(r"\b(?:accomplish\w*|(?:also )?met) (?:her|his|all)\b")
_ONLY_STATUS: Final = folded(
    r"\bprogress(?:ing|ed)? (?:toward|well toward|slowly toward|steadily toward)s?\b|\bgoals? "
    r"(?:\d )?(?:is |was |are )?(?:not )?(?:yet )?met\b|\bon track\b|\baccomplish|\b(?:also )?met (?:her|his)\b"
)
