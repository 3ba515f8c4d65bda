"""Bare facts of the patient's life beside the work: "She is a seamstress", "Drives a school bus". The tie is left to
the reader, unless the fact tells of the very task.
"""

from __future__ import annotations

import re
from typing import Final

from quarterhour.notes.elements.grade import OF_THE_WORK, is_boilerplate
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT, LEVELS
from quarterhour.notes.wording.patterns import folded


def find_fact(low: str, sentence: Sentence) -> re.Match[str] | None:
    """A fact of the patient's life told in a short sentence, with ``who`` lives so and the ``rest`` of it."""
    if (
        not sentence.gates & _FACT_GATE
        or sentence.section not in OF_THE_WORK
        or sentence.end - sentence.start >= _LONGEST_FACT
        or (sentence.mask & _OTHERWISE and not _is_of_life(low, sentence))
        or is_boilerplate(sentence)
    ):
        return None
    return _FACT.match(low, sentence.words, sentence.end)


def _is_of_life(low: str, sentence: Sentence) -> bool:
    """How often something is done in life, or a wish, in few words: "gardens daily", "Wants to get to the market."."""
    return (
        not sentence.mask & LEVELS
        and sentence.end - sentence.words < _FEW
        and (_HABIT.fullmatch(low, sentence.words, sentence.end) or _WISH.match(low, sentence.words)) is not None
    )


_FEW: Final = 40  # code points
_WISH: Final = folded(
    r"[-* ]*(?:(?:she|he|they|pt|patient|client|resident) )?(?:wants?|would like|hopes?|wishes) to (?:be able to )?"
    r"(?:get|go|walk|ride|drive|climb|carry|lift|play|cook|garden|dance|swim|bowl|golf|return|reach|hold) "
    r"(?!(?:better|stronger|well|more|home early|rest)\b)"
)
_HABIT: Final = folded(
    r"[-* ]*(?:(?:she|he|they|pt|patient|client|resident) )?[a-z]+s (?:[a-z]+ )?(?:daily|every (?:day|morning|"
    r"night|evening)|"
    r"nightly)[.]?"
)
_LONGEST_FACT: Final = 160  # code points
_OTHERWISE: Final = BIT["planned"] | BIT["home"] | LEVELS
#: What a person does by trade, habit or duty; each in the third person.
LIFE_VERBS: Final = (
    r"loads|unloads|delivers|hauls|cooks|bakes|gardens|hunts|fishes|farms|coaches|teaches|sings|cleans|sews|knits|"
    r"paints|types|lifts|cares for|runs|swims|climbs|hikes|bikes|waits tables|tends|golfs|bowls|dances|feeds|heats|"
    r"keeps|raises|serves|stocks|sells|builds|repairs|fixes|welds|cuts|styles|babysits|volunteers|shops|carries|mows|"
    r"shovels|commutes"
)
_FACT: Final = folded(
    r"[-* ]*(?:(?P<who>(?:she|he|they|pt|patient|client|resident) )?(?:still |"
    r"also )?(?:(?:is|was) an? (?:retired )?(?=[a-z]+(?:er|"
    r"or|ist|ian|man|woman|ant|ress)\b)|drives(?! (?:\w+ )?(?:minutes|hours|here|in\b))|rides|works(?! (?:on|well|"
    r"hard|at (?:a|the) \w+ pace)\b)|"
    rf"{LIFE_VERBS}|plays|has (?:an? |two |three )?(?:\w+ )?(?:newborn|baby|toddler|twins|dogs?|horses?|goats?|"
    rf"kids|children|grandchildren)|to (?:get|go|ride|drive|commute) to "
    rf"(?!(?:the )?(?:clinic|therapy|neutral|end|floor)\b)[a-z]+|"
    rf"walks (?=the |her |his )|(?!uses|needs|requires|shows)[a-z]+s (?=(?:her|his) own )|"
    r"lives? (?:on|up|above|over) (?=(?:the |an? )?(?:\w+ )?(?:floor|flights?|stairs|hill)\b)|"
    r"(?!uses|needs|shows|reports|states)[a-z]+s (?=[a-z]+, (?:on|up|at|in) [a-z ]{3,24} all (?:day|week|shift)\b)|"
    rf"looks forward to|misses|hopes to|"
    r"(?:(?:should|will|is to|may|might) (?:help|let|get) (?:him|her|them)|has to|must|needs to)(?= (?:get |"
    r"be able to )?"
    r"(?!(?:be|see|stop|rest|call|wait|use|take (?:meds|medication|[a-z]+in\b)|come|do|have|hold|keep|wear|go home|"
    r"sit|lie|"
    r"improve|increase|regain|work on)\b)[a-z]+ (?:(?:in|into|on|onto|up|down|out of|off|to|over|with|"
    r"for) )?(?:the|an?|his|her|"
    r"their|church|work|school|bed|town|market)\b)|"
    r"(?:wants?|would like)(?= (?:to|bus|car|work|home)\b(?! (?:rest|come|stop|leave|be seen|cancel|wait)\b))|"
    r"needs to be alone)\b|(?:(?:is |due |will be )?back|returns?|"
    r"returning|return date|due back) (?:to|at|on|in) (?:the |her |his )?(?!(?:clinic|therapy|pt|ot|neutral|baseline|"
    r"sitting|standing|start|bed|chair|poc|md|school nurse)\b)(?=[a-z])|(?:her|his) (?:wife|husband|daughter|son|"
    r"mother|"
    r"father|partner|family) (?:wants?|hopes?)\b|(?:job|occupation|trade|works as|employed as|work):|(?:a |an |"
    r"retired |"
    r"works as an? )?(?:house|school|sign|truck|bus|farm|home|line)?"
    r"(?:electrician|plumber|roofer|carpenter|mason|welder|mechanic|driver|trucker|nurse|teacher|cook|"
    r"chef|baker|waiter|waitress|server|barista|cashier|clerk|secretary|receptionist|librarian|farmer|gardener|"
    r"landscaper|painter|plasterer|drywall hanger|tiler|machinist|firefighter|policeman|officer|soldier|pilot|"
    r"hairdresser|barber|stylist|seamstress|tailor|cleaner|janitor|housekeeper|homemaker|caregiver|postman|mail "
    r"carrier|courier|lineman|logger|miner|fisherman|butcher|musician|violinist|pianist|singer|dancer|athlete|student|"
    r"accountant|lawyer|engineer|programmer|dentist|surgeon|vet|builder|fitter|laborer|warehouse worker|welder)"
    r"(?=[.;,]|$))(?P<rest>[^;\n]*)"
)
_FACT_GATE: Final = gate(_FACT)
