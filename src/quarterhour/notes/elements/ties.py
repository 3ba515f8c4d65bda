"""Why this work was done with this patient, told by a cause or a purpose out of the patient's life: "floor transfers
needed because she gardens on her knees", "car transfers trained to get to dialysis".
"""

from __future__ import annotations

from typing import Final

from quarterhour.notes.elements.grade import Facts, shares_a_word
from quarterhour.notes.elements.life_facts import LIFE_VERBS
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT, LEVELS
from quarterhour.notes.wording.patterns import folded

#: Families of sentences that tie nothing: of what is to come, and of stock wording.
NO_TIE: Final = BIT["planned"] | BIT["skill"] | BIT["boilerplate"] | BIT["stock_response"]


def serves_life(facts: Facts, sentence: Sentence) -> bool:
    """The sentence tells what in the patient's life the work of this visit was for."""
    low = facts.document.low
    start, end = sentence.start, sentence.end
    if sentence.mask & NO_TIE:
        return False
    if sentence.gates & _BY_PLACE_GATE and _BY_PLACE.search(low, start, end) is not None:
        return True
    if sentence.gates & _BY_WORK_GATE:
        told = _BY_CAUSE.search(low, start, end) or _BY_PURPOSE.search(low, start, end)
        if told is not None:
            return not (sentence.mask & LEVELS and _HELP_NEEDED.search(told[0]) is not None)
    return not sentence.mask & LEVELS and _stands_beside_life(facts, sentence)


# "Dressing must be done alone as her niece leaves at seven", "he empties his own bin each night".
_MUST_BE: Final = (
    r"(?:must|has to|have to|needs? to|will have to) be (?:done|managed|handled|performed|carried out|possible) "
    r"(?:alone|by (?:her|him)self|by (?:her|him|them)|without|with one|at (?:home|work|school|night))"
)
# "Zipping is the morning routine at school", "Lifting is required at work", "named hair washing as her priority".
_BY_PLACE: Final = folded(
    r"\b(?:is|are) (?:part of |one of |all )?(?:her|his|their|the|a) (?:[\w-]+ ){0,2}(?:routines?|responsibilit\w+|"
    r"chores?|dut(?:y|ies)|errands?|requirements?|priorit(?:y|ies)|demands?|hobby|trade)\b(?! of (?:therapy|care))|"
    r"\b(?:is|are|was|were) (?:required|needed|necessary|essential|demanded|expected) (?:at|for|by|in|of) (?:her|his|"
    r"their|work|home|school|church|the (?:job|store|house|shop|route))\b|"
    rf"\b{_MUST_BE}\b|\bis what (?:stops|keeps|prevents) (?:her|him|them) from \w+ing\b|"
    r"\brelates? (?:directly )?to (?:her|his|their|the) (?:job|work|home|role|hobby|routine|garden\w*|kitchen|bath\w*|"
    r"sport|farm|shop|trade)\b|\bsimulat\w+ (?:the |a |her |his |their )?[a-z]+ing (?:her|his|their|the) |"
    r"\b(?:sets? off|brings? on|triggers?|causes?|provokes?|limits?) (?:her|his|their) \w+ (?:\w+ )?(?:at|in|"
    r"on) (?:home|"
    r"work|school|church|the (?:job|bus|stairs at home|garden))\b|"
    r"\b(?:identif\w+|names?|named|lists?|listed|chose|picked|ranked|reports?|stated) [^.;\n]{3,48} as (?:her|his|"
    r"their|the) (?:\w+ )?(?:priority|goal|aim|main concern|biggest problem at home|first)\b"
)
_BY_PLACE_GATE: Final = gate(_BY_PLACE)
_WHO: Final = (
    r"(?:she|he|they|(?:the )?(?:pt|patient|client|resident|student|child)|(?:(?:her|his|the) )?(?:wife|husband|spouse|"
    r"partner|son|daughter|mother|father|mom|dad|family|caregiver|aide|staff|nursing|nurses|teacher|employer))"
)
_NOT_OF_THE_BODY: Final = (
    r"(?! (?:\w+ )?(?:cue\w*|cuing|vc'?s?|help with balance|assist\w*|min|mod|max|cga|sba|rests?|breaks?|more|"
    r"increased|frequent|constant|extra|skilled|therap\w+|pt|ot|slp|hands-on|tactile|verbal|supervision|reminders?|"
    r"to (?:rest|sit down|stop|be (?:cued|assisted|reminded|seen|guarded)|improve|increase|strengthen|use (?:her|his) "
    r"(?:arms|hands|ue\w*))|difficulty|trouble|pain|poor|limited|reduced|decreased|impaired|weak\w*|no)\b)"
)
_LIVES: Final = (
    r"(?:(?:still|also|often|now|usually|currently|reports? (?:that )?(?:she|he)|states? (?:that )?(?:she|he)) )?"
    rf"(?:(?:wants?|needs?|hopes?|plans?|likes|loves|would like|has to|have to|must|prefers){_NOT_OF_THE_BODY} \w+|"
    r"(?:has|have) (?:no (?:elevator|one|help|caregiver)|(?:\d+|two|three|several) (?:steps|stairs|flights|kids|"
    r"children)|an? (?:\w+ )?(?:dog|baby|toddler|newborn|walk-up|job))|lives?(?! with (?:pain|chronic))|"
    r"is (?:an? (?:retired |full[- ]time )?(?!(?:fall|high|good|poor|bit|little|risk|candidate)\b)\w+|responsible|"
    r"(?:home )?alone|the (?:sole|only|primary|main))\b|cannot be left|can(?:not| no longer|'t) (?:lift|carry|help|"
    r"transfer) (?:her|him)|no longer (?:can|able to) (?:lift|carry|help) (?:her|him)|"
    rf"(?:{LIFE_VERBS}|drives|rides|works|plays|boards|catches|takes (?:the|a|her|his) (?!rest|break|pill)|"
    r"walks (?:to|her|his|the)|goes (?:to|out|back to)|returns to|travels|attends (?:church|school|class|college|"
    r"services|work|day)|"
    r"drinks (?:her|his)|eats (?:her|his|at|in|out|with)|bathes|showers|toilets|sleeps (?:in|on|upstairs)|"
    r"dresses (?:her|him|in|at)|"
    r"uses (?:the|a|her|his) (?:toilet|commode|bus|stairs|tub|shower|bathroom|train|car)|meets|visits|manages (?:her|"
    r"his)|pays|"
    r"picks up|helps (?:her|his|with|at)|enters|reaches (?:for|into|over)|gets (?:up|to|into|out of|in and))\b)"
)
_WORK: Final = (
    r"(?:(?<!wife )(?<!husband )(?<!son )(?<!daughter )(?<!family )(?<!caregiver )(?<!aide )(?<!staff )"
    r"train(?:ed|ing)(?! (?:the |her |his )?(?:caregiver|wife|husband|family|son|daughter|aide|staff|nursing))|"
    r"practi[cs](?:ed?|ing)|address(?:ed|ing|es)?|work(?:ed|ing) on|focus(?:ed|ing|es)? on|"
    r"cho(?:sen|se|osing)|select(?:ed|ing)|picked(?! up)|target(?:ed|ing|s)?|rehears\w+|simulat\w+|"
    r"(?<!pt )(?<!she )(?<!he )(?<!client )(?<!patient )(?<!resident )(?:needed|required|important|"
    r"essential|necessary|critical|applied)(?! (?:assist\w*|cue\w*|help|rest\w*|to (?:leave|stop|rest|sit))\b)|"
    r"emphasi[sz]ed)"
)
_CAUSE: Final = (
    r"(?:because|b/c|bc|since|as|so(?: that)?|given(?: that)?|due to(?: the fact that)?|in that|where|when|which)"
)
_BY_CAUSE: Final = folded(
    rf"\b{_WORK}\b[^.;\n]{{0,80}}?\b{_CAUSE} {_WHO} {_LIVES}|"
    r"\b(?:because|b/c|bc|since|as) (?:her|his|their|the) (?:own )?(?:classroom|bedroom|bathroom|bath|house|home|"
    r"apartment|office|bus|train|car|truck|job|work|school|church|laundry|garden|kitchen|shop|only (?:toilet|bathroom|"
    r"shower|rail)|front|back|\w+ steps) (?:\w+ )?(?:is|are|has|have|needs?|requires?|means?|sits|involves)\b|"
    rf"\b{_WHO} {_LIVES}\b[^.\n]{{3,100}}?(?:[,;-]|\band|\bso|\bhence|\btherefore) [^.;\n]{{0,48}}?\b{_WORK}\b"
    rf"(?! (?:{_WHO}|min|mod|max|cga|sba|cue|assist|rest))"
)
_NO_CLAIM: Final = r"(?!(?:improve|increase|promote|maximi[sz]e|enhance|reduce|decrease|prevent|avoid|the session)\b)"
# An occasion or a person of the patient's life, which no task of therapy is made of.
_OCCASION: Final = (
    r"(?:home alone|work|job|school|church|synagogue|temple|mosque|store|grocer\w+|market|dialysis|office|shop|farm|"
    r"garden\w*|yard|grand\w+|toddler|baby|kids|children|son'?s?|daughter'?s?|wife'?s?|husband'?s?|mailbox|wedding|"
    r"trip|travel\w*|vacation|golf\w*|tennis|fishing|hunting|hiking|dancing|choir|shopping|playground|"
    r"(?:her|his|their) (?:own )?(?:house|apartment|bedroom|bathroom|kitchen|basement|garage|porch|truck|van|car|bus|"
    r"dog|\w+ floor)|"
    r"reach (?:\w+ ){0,3}(?:bedroom|bathroom|bath|kitchen|laundry)|return to (?:\w+ )?"
    r"(?!prior|sport|plof|function)\w+ing)"
)
# A thing of the household: only what the work was "for", since every transfer is "to" one of them.
_HOUSEHOLD: Final = (
    r"(?:home|house|apartment|bathroom|bedroom|basement|garage|porch|toilet\w*|commode|bath(?:ing|tub)?|tub|shower\w*|"
    r"kitchen|laundry|dish\w*|cook\w*|meals?|dinner|lunch|breakfast|hair\w*|bus|train|van|truck|car|driv\w+|dogs?|"
    r"cats?|pets?|cleaning|vacuum\w*|closet|bills|checkbook|medications|computer|classroom|recess|cabinets?|cupboards?)"
)
_BY_PURPOSE: Final = folded(
    rf"\b{_WORK}\b[^.;\n]{{0,60}}?\b(?:(?:for|so|due to|in preparation for) {_NO_CLAIM}(?:[\w'/#-]+ ){{0,6}}?"
    rf"(?:{_HOUSEHOLD}|{_OCCASION})|(?:in order )?to {_NO_CLAIM}(?:[\w'/#-]+ ){{0,6}}?{_OCCASION})\b"
    r"(?! (?:program|exercis\w+|health|safety|management|mobility|setting|environment|level))"
)
_BY_WORK_GATE: Final = gate(_BY_CAUSE, _BY_PURPOSE)
_HELP_NEEDED: Final = folded(r"\b(?:needed|required|necessary|applied)\b")


def _stands_beside_life(facts: Facts, sentence: Sentence) -> bool:
    """Something done today and a person, place or occasion of the patient's life are set side by side."""
    low = facts.document.low
    start, end = sentence.words, sentence.end
    return (
        sentence.gates & _BESIDE_GATE != 0
        and _BESIDE_LIFE.search(low, start, end) is not None
        and _NO_WORK.match(low, start, end) is None
        and _CUT_SHORT.search(low, start, end) is None
        and shares_a_word(facts, None, start, end)
    )


# A person, a place or an occasion of the patient's life, or a thing of it: "the feed sacks he moves".
_LIFE_NOUN: Final = (
    r"(?:(?:her|his|their|pt's|patient's|client's) (?:own |\w+'s )?(?:\w+ )?(?:husband|wife|spouse|partner|son|"
    r"daughter|"
    r"grand\w+|nephew|niece|sister|brother|mother|father|mom|dad|aunt|uncle|boss|kids|children|dogs?|cats?|horses?|"
    r"friends?|"
    r"neighbors?|students|class|family|duplex|condo|trailer|apartment|building|house|home|farm|shop|store|truck|van|"
    r"car|taxi|route|desk|classroom|office|table|bedroom|bathroom|kitchen|porch|garage|basement|yard|garden|church|"
    r"job|work|shift|trade|trips?|appointments?|wedding|commute|bus|train)\b|"
    r"\b(?:daycare|dialysis|church|synagogue|recess|lunchtime|bedtime|the (?:store|bus|shuttle|market|bank|post office|"
    r"job|shop|farm|barn|warehouse|school|office|playground|mailbox|family|dogs?|cat|garden|choir)|(?:third|second|"
    r"first|"
    r"2nd|3rd) floor|upstairs|downstairs|(?:\w+ )?return to (?:the |her |his )?(?!prior|sport|plof|function|therap|"
    r"clinic)"
    r"\w+)\b|"
    r"\b(?:the|those|what|where|when|that) (?:\w+ ){0,2}(?:she|he) (?:no longer |still |now )?(?!is|was|has|does|needs|"
    r"requires|uses|loses|struggles|leans|tends|feels|says|states|reports|hurts|hikes|tires|fatigues|stops|drags|"
    r"drops|falls|"
    r"rushes|"
    r"forgets|skips|lacks|shows|guards|compensates|demonstrates)[a-z]{3,}s\b)"
)
_DEVICE: Final = (
    r"(?:\b(?:because|b/c|bc|since|as (?:she|he|the|her|his|pt|there)|in view of|ahead of|in time for|in advance of|"
    r"in (?:preparation|readiness) for|to (?:prepare|get ready) for|preparing for|given (?:that|her|his)|"
    r"where (?:she|he)|"
    r"(?:is|are) (?:when|where|what|how|the|like|as)|reproduces?|mimics?|mirrors?|match(?:es)?|imitates?|resembles?|"
    r"copies|stands? in for|simulat\w+|same as|(?:just )?like|(?:was|were|is|are) (?:tied|linked|matched|modeled|"
    r"geared|"
    r"set up|built|picked|chosen|selected)(?: \w+)? (?:to|for|on|after|around))\b|"
    r"(?<!where)(?<!setting)(?<!location): (?=[^.;\n]{0,40}\b(?:is|are) (?:when|where|how|what|up|down|the|her|his|"
    r"on|in|at)\b))"
)
_BESIDE_LIFE: Final = folded(
    rf"{_DEVICE}[^.;\n]{{0,60}}?{_LIFE_NOUN}|"
    rf"{_LIFE_NOUN}[^.\n]{{0,70}}?[,;] (?:and )?(?:so|hence|therefore|thus) |"
    rf"\b{_CAUSE} {_WHO} (?:{_LIVES}|no longer [a-z]+s\b)"
)
_BESIDE_GATE: Final = gate(_BESIDE_LIFE)
_NO_WORK: Final = folded(
    r"[-* ]*(?:stopped|cut|ended|rest\w*|late|left|cues?|cueing|cga|sba|(?:min|mod|max) |wife|husband|son|daughter|"
    r"family|"
    r"caregiver|session|visit|treatment|hep|home|plan|next|pain|unable to (?:attend|come))"
)
_CUT_SHORT: Final = folded(
    r"\b(?:stopped|cut short|ended|late|left early|cancell?ed|shortened|missed|watch(?:ed|ing)|waited|drove (?:her|"
    r"him))\b"
)
