"""Elements of purpose: the goal, the tie of today's work to it, and why a therapist was needed."""

from __future__ import annotations

from typing import Final

from quarterhour.notes.clauses import Sentence
from quarterhour.notes.elements.grade import Facts, Grade, absent, is_boilerplate, partial, present, span
from quarterhour.notes.lexicon import BIT
from quarterhour.notes.patterns import folded
from quarterhour.notes.status import PERFORMED

_GOAL, _FUNCTION, _LINK, _WEAK = BIT["goal"], BIT["function"], BIT["link"], BIT["link_weak"]
_REASON, _SKILL, _JUDGEMENT, _OBSTACLE, _CLINICIAN = (
    BIT["reason"],
    BIT["skill"],
    BIT["judgement"],
    BIT["obstacle"],
    BIT["clinician"],
)
_IMPROVE, _COMPARE, _MET, _ASSIST = BIT["improve"], BIT["compare"], BIT["met"], BIT["assist"]


def functional_goal(facts: Facts) -> Grade:
    """A goal that is functional and measurable, with criterion or date."""
    if facts.document.missed:
        return absent("no goal stands in the text")
    full = [goal for goal in facts.goals if goal.functional and (goal.dated or goal.measurable)]
    full = [goal for goal in full if goal.sentence not in facts.stuffed]
    if full:
        return present("a functional goal with a criterion or a date", [(goal.start, goal.end) for goal in full[:3]])
    if facts.goals:
        return partial(
            "a goal is referred to, or lacks function or measure", [(goal.start, goal.end) for goal in facts.goals[:2]]
        )
    return absent("no goal stands in the text")


_TIED: Final = folded(
    r"\b(?:(?:is|are|was|were|serves?|supports?|works? on|towards?|practices?|addresses|targets|"
    r"mimics?|for|of)\b[^.;\n]{0,36}\b(?:g\d|m\d|ltg|stg|goal)(?:\b|\d)|goal task\b|the "
    r"goal itself\b|so (?:that )?(?:she|he|they|nursing|the family|pt|patient|client)\b[^.;\n]{0,24}\b(?:can|"
    r"could|is able|may)\b"
    r"|(?:is|are) (?:(?:what|how|why|where) (?:she|he|they|stands|keeps|stops)\b|the same \w+|the (?:\w+ )?(?:task|"
    r"meal|order|route|step|move|set|way)\b)|is (?:step \w+ of\b|for (?!function|safety|independen|strength|"
    r"use)(?:the |her |his )?\w+|why (?:she|he) came\b|"
    r"the meal itself)|(?:she|he|they) needs? (?:at|for|in|to)\b|"
    r"(?:his|her) (?:\w+ ){0,2}(?:named )?tasks?\b|serves?\b|"
    r"(?<!cues )(?<!cueing )(?<!cuing )(?<!assist )(?<!assistance )needed for\b|"
    r"because (?:she|he) (?:has to|wants|needs|must|lives)|"
    r"teach(?:es)? (?:her|him)\b|goes to (?:her|his) goal|prepares? (?:her|him) (?:for|"
    r"to)|allows? (?:her|him) to|lets (?:her|him)\b|carr(?:y|ies) ?over to (?:her|his|"
    r"the)\b|cooks, drives|simulat\w+ (?:of )?(?:his|her|the|job|work|home|getting|putting|"
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
    r"for|per|re|address(?:es|ing)|targeting|support(?:s|ing)) (?:stg|ltg|g|goal)s? ?#?\d"
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
    r"were) (?:a )?part of (?:this|that|the|her|his) \w+|"
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
_CONTENT: Final = folded(r"[a-z]{4,}")
# Without one of these words no sentence ties by its shape alone.
_TYING: Final = (
    " works ",
    "for improved",
    "for better",
    "for household",
    "for daily",
    "for safe",
    "same ",
    " match",
    " requires ",
    " is ",
    " are ",
    " was ",
    " has to ",
    " must ",
    " where ",
    "she ",
    "he ",
    "wants ",
    " form ",
)
_TOLD: Final = frozenset({"assessment", "note", "progress", "response", "treatment", "objective", "rationale"})
# A bare fact of the patient's life beside the work: the tie is left to the reader.
_FACT: Final = folded(
    r"(?:(?:she|he|pt|patient|client|they) (?:still |also )?(?:is a |works|loads|cooks|gardens|hunts|coaches|teaches|"
    r"plays|cleans|sews|paints|types|lifts|cares for|runs|swims|farms|wants to|hopes to|would like to)|(?:wants|"
    r"hopes|would like) to \w+|"
    r"job:)\b"
)
_STOCK_TIE: Final = folded(
    r"\bfor (?:improved|better|increased|safer?|household|daily|home) (?:adls?|iadls?|function\w*|mobility|tasks?|"
    r"activit\w+|living|"
    r"independence)\b|\b(?:addresses|targets|toward|at|for) (?:\w+ )?functional goals?\b|\bcarr(?:y|ies|ied) over to\b"
)
_LINE_OF_LINK: Final = folded(r"link(?: to (?:goals?|function))?(?:\t|: | {2,})")
_HOPE: Final = folded(r"\bhope|\bwill (?:carry|help)|\banticipated|\bshould (?:help|carry)")
_PURPOSED: Final = folded(
    r"\bto (?:be able to |allow |return to |get |improve (?:his|her) ability to |facilitate )"
    r"\w+"
)


def goal_linkage(facts: Facts) -> Grade:
    """Today's activity tied in words to a goal or a task of the patient's life."""
    document = facts.document
    low = document.low
    strong: list[tuple[int, int]] = []
    weak: list[tuple[int, int]] = []
    if document.missed:
        return absent("the visit did not take place")
    for sentence in document.sentences:
        if not sentence.mask & _LINKING and not (
            sentence.mask & _LIFE
            and sentence.section in _TOLD
            and any(low.find(word, sentence.start, sentence.end) >= 0 for word in _TYING)
        ):
            continue
        if (
            (sentence.section == "goals" and not _GOAL_TASK.search(low, sentence.start, sentence.end))
            or sentence.section in _ELSEWHERE
            or document.carried[0] <= sentence.start < document.carried[1]
            or (
                sentence.mask & _SKILL
                and not sentence.mask & _GOAL
                and low.count(" ", sentence.start, sentence.end) < 9
            )
        ):
            continue
        start, end = span(sentence)
        own = [item.status for item in facts.activities if item.sentence is sentence]
        if "planned" in own and PERFORMED not in own:
            continue
        if is_boilerplate(sentence) or sentence.start in facts.stuffed:
            if sentence.mask & (_WEAK | _LINK):
                weak.append((start, end))
            continue
        if (
            _LINE_OF_LINK.match(low, start, end)
            or (
                (_SERVES.search(low, start, end) or (sentence.mask & _LIFE and _IS_LIFE.search(low, start, end)))
                and not _ONLY_STATUS.search(low, start, end)
            )
            or (sentence.section in _TOLD and _OWN_AIM.search(low, start, end) and _shares_a_word(facts, sentence))
        ):
            strong.append((start, end))
        elif _TIED.search(low, start, end) or (sentence.mask & _LIFE and _FOR_LIFE.search(low, start, end)):
            if _HOPE.search(low, start, end) and not _REFERENCE.search(low, start, end):
                weak.append((start, end))
            elif sentence.mask & _LIFE and not _ONLY_STATUS.search(low, start, end):
                strong.append((start, end))
        elif (
            not sentence.mask & _MET
            and any(item.sentence is sentence and item.status == PERFORMED for item in facts.activities)
            and _REFERENCE.search(low, start, end)
        ):
            strong.append((start, end))
        elif (
            (sentence.section in _TOLD and (_FACT.match(low, start, end) or _STOCK_TIE.search(low, start, end)))
            or (sentence.mask & _WEAK and not sentence.mask & _MET and not _ONLY_MET.search(low, start, end))
            or (
                sentence.section in ("treatment", "objective", "assessment", "note")
                and sentence.mask & _FUNCTION
                and _PURPOSED.search(low, start, end)
            )
        ):
            weak.append((start, end))
    if strong:
        return present("today's work is tied to a goal or a real task", strong[:2])
    if weak:
        return partial("the tie is implied or stock wording", weak[:2])
    return absent("no link from activity to goal is told")


def _shares_a_word(facts: Facts, sentence: Sentence) -> bool:
    """A word of the sentence, by its first four letters, stands in what was done as a task of daily life."""
    low = facts.document.low
    said = {word[:4] for word in _CONTENT.findall(low, sentence.start, sentence.end)} - _EMPTY_WORDS
    return any(
        not said.isdisjoint(word[:4] for word in _CONTENT.findall(low, item.start, item.end))
        for item in facts.activities
        if item.status == PERFORMED and item.sentence is not sentence
    )


_EMPTY_WORDS: Final = frozenset(
    {"with", "from", "goal", "able", "that", "this", "inde", "thei", "work", "func", "pain", "agai"}
)
_ONLY_MET: Final = folded(r"\b(?:accomplish\w*|(?:also )?met) (?:her|his|all)\b")
_ONLY_STATUS: Final = folded(
    r"\bprogress(?:ing|ed)? (?:toward|well toward|slowly toward|steadily toward)s?\b|\bgoals? "
    r"(?:\d )?(?:is |was |are )?(?:not )?(?:yet )?met\b|\bon track\b|\baccomplish|\b(?:also )?met (?:her|his)\b"
)
_CAUSE: Final = folded(
    r"\b(?:after (?:watching|seeing|noting|noticing|feeling|hearing|finding|(?:a|an|the|her|his|l|r|left|right) |"
    r"[a-z]+ (?:leg|arm|knee|foot|hip|"
    r"trunk|hand|voice|gaze)s? )|given (?!in|to|by|with|hep|handout|written|verbal|\d|a |an |her |his |home)|"
    r"(?:that|which) (?:\w+ )?(?:risks|means|would)|"
    r"as (?:[lr]le|[lr]ue|hr|bp|spo2|nerve|[a-z]+ (?:was|were|had|means|rose|fell|dropped|recovers|heals|begins|"
    r"began))\b|means? (?:the|that|\w+ must)|"
    r"(?:held|limited|capped|kept|stopped|cut|reduced|lowered|raised|split) [^.;:\n]{0,40}: |from (?:hr|her|his|"
    r"the \w+) (?:recovery|response)|"
    r"since (?:her|his|the) (?!last|surgery|fall|stroke|injury|eval|previous|first|initial|accident|prior|start|"
    r"beginning|hospital)\w+ |"
    r"since (?!last|eval|the|start|her|his|surgery|re|\d)|so (?:that |that|"
    r"she|he|they|pt|the|ot|torque|a |i |load|it|we)|after (?:it|she|he|five|\d|two|three|four|six|\w+ clean)|"
    r"(?:because|due to|as (?:she|he|the|her|his|it|pain|tone|fatigue)|when(?:ever)?|once|until|if|otherwise|"
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
        ):
            weak.append(span(sentence))
        weight = (sentence.mask & _JUDGEMENT > 0) + (sentence.mask & _OBSTACLE > 0) + (sentence.mask & _REASON > 0)
        if (weight < 2 and not (weight and sentence.section == "rationale")) or sentence.section in (
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
        if _is_rationale(facts, sentence, low):
            strong.append(span(sentence))
    if strong:
        return present("a patient-specific reason for the therapist's judgement", strong[:3])
    if weak:
        return partial("skill is claimed without a reason of this patient", weak[:2])
    return absent("no reason why a therapist was needed is told")


# A therapist who did something, whatever it was: told before a reason, it is judgement.
_ACTS: Final = folded(
    r"\b(?:therapist|clinician|ot|slp|pt|i) (?:then |also |had to )?(?!was|is|has|had|can|will|reported|required|"
    r"needed|tolerated|performed|denied|"
    r"stated|completed|participated|demonstrated|presented|received)[a-z-]+(?:ed|ut|ept|ook|ave|ade|ld|nt|an|ew|ose|"
    r"ought|atch|et|ank|ut|it|id|ung|uck)\b"
)
_REFERRED: Final = folded(
    r"\b(?:referred|attended|recommended|no longer (?:needs?|in need)|received)\b[^.;\n]{0,120}\bskilled\b|"
    r"\bskilled \w+ therapy (?:was|sessions)"
)


# Why no therapist is needed any more is a reason as well: "Skilled need has ended: no new grading was required".
_ENDED: Final = folded(
    r"\b(?:skilled )?need (?:for skill )?(?:has |is |was )?(?:now )?(?:ended|over|met)\b ?(?:[:;,-]|because|since|"
    r"as) ?\w+[, ]+\w+ \w+"
)
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
    r"hemipar\w+|inattention|hemianop\w+|rotator|nerve|disc)\b"
)


# What was found, and what it changed: "bending sets off her dizziness, so the order was changed".
_SO_CHANGED: Final = folded(
    r"[,;] (?:and )?(?:so|hence|therefore|thus) (?:then )?(?:(?:pt|ot|slp|(?:the )?therapist) (?:had "
    r"(?:her|him|them)|moved|changed|swapped|cut|set|lowered|raised|gave|put|added|switched)|i|we|(?:the |her |"
    r"his )?[a-z]+(?: [a-z]+)? (?:was|were|went|came|stayed|had to be|must be|is|are)) \w+"
)


def _is_rationale(facts: Facts, sentence: Sentence, low: str) -> bool:
    start, end = span(sentence)
    if end - start < 30:
        return False
    if _ENDED.search(low, start, end):
        return True
    headed = low.find(":", start, start + 28) >= 0
    if sentence.mask & (_SKILL | BIT["boilerplate"]) and not headed and not _SPECIFIC.search(low, start, end):
        return False  # words of skill and stock reasons fit every patient
    if _NEED.search(low, start, end) and (sentence.mask & (_REASON | _OBSTACLE)):
        return not (sentence.mask & _SKILL and end - start < 70)
    cause = _CAUSE.search(low, start, end)
    if cause is None:
        return False
    if sentence.section == "rationale":
        return bool(sentence.mask & (_OBSTACLE | _JUDGEMENT))
    if not sentence.mask & _JUDGEMENT and not (
        sentence.mask & _OBSTACLE and (_ACTS.search(low, start, end) or "contraindicated" in low[start:end])
    ):
        return False
    if sentence.mask & _SKILL and not sentence.mask & _OBSTACLE:
        return False
    return (
        bool(sentence.mask & (_OBSTACLE | _CLINICIAN))
        or sentence.has_number
        or cause[0] in ("because", "once", "until")
        or (_SO_CHANGED.search(low, start, end) is not None and _SPECIFIC.search(low, start, end) is not None)
    )
