"""How often a day something is done: the dose of home practice that closes a list, or a habit of the patient's life."""

from __future__ import annotations

from typing import Final

from quarterhour.notes.wording.patterns import folded

# A part that is a dose alone: "10 minutes every morning", "two sets each evening", "three times a day".
_DOSE: Final = folded(
    r" ?(?:then |all |each |both |for |(?:a|one) set of )*(?:(?:\d{1,3}|one|two|three|four|five|six|eight|ten|fifteen|"
    r"twenty|thirty|once|twice|a few|several|x|times?|reps?|sets?|rounds?|of|min(?:ute)?s?|sec(?:ond)?s?|hold|"
    r"each)\b[ -]?x?)* ?$"
)
_TIMED: Final = folded(r"\b\d{1,3} ?(?:min|')")
# What the patient does anyway: "loading the dishwasher as she does every morning", "for the stairs she climbs daily".
_HABIT: Final = folded(
    r"\b(?:(?:just |much )?(?:as|like|the way) (?:she|he|they|pt|patient|client) |"
    r"(?:for|of|like|up|down|into|to|with) (?:the|a|an|his|her|their) (?:\w+ ){1,2}(?:that |which )?"
    r"(?:she|he|they) )(?!should|will|can|may|is to|was to)(?:[a-z]+ ){1,4}$"
)


# What is named after the times of a day: "a pill box with morning and evening rows".
_TIMES: Final = folded(
    r"(?:mornings?|a\.?m\.?)(?: noon)? and (?:evenings?|nights?|p\.?m\.?) "
    r"(?!(?:at|for|until|till|by|with|in|on|and|x|each|daily|all|as|so|then|to|since|because|this|next|per)\b)[a-z]"
)


_OF_LIFE: Final = folded(
    r"daily (?:life|living|activit|tasks?\b|function|routines?\b|needs\b|demands\b|roles?\b|care\b|occupation|mobility|"
    r"chores?\b|lives\b|adls?\b|treatment)"
)


def is_of_life(low: str, cue: int) -> bool:
    """At ``cue`` "daily" names the life that the work is for, and no dose: "movements required for daily life"."""
    return _OF_LIFE.match(low, cue) is not None


def names_times(low: str, cue: int) -> bool:
    """Times of a day at ``cue`` are the name of a thing, and no dose."""
    return _TIMES.match(low, cue) is not None


def is_habit(low: str, start: int, cue: int) -> bool:
    """What stands between a task at ``start`` and how often it is done, at ``cue``, tells the patient's life."""
    return _HABIT.search(low, start, cue) is not None


def doses_list(low: str, end: int, cue: int) -> bool:
    """How often, at ``cue``, stands in a part that is a dose alone, and so belongs to the whole list before it, to a
    phrase that ends at ``end`` too: "wall slides, wand flexion, 10 minutes every morning".
    """
    comma = low.rfind(",", end, cue)
    return (
        comma >= 0
        and _DOSE.match(low, comma + 1, cue) is not None
        and not any(mark in low[end:cue] for mark in (":", ";", ". ", "|", "\n", " today"))
        and (_TIMED.search(low, end, comma) is None or _closes_alone(low, end, comma, cue))
    )


def _closes_alone(low: str, end: int, comma: int, cue: int) -> bool:
    """Only how often stands behind the one comma: "wall walks 10 minutes with the aide, four days a week"."""
    return not low[comma + 1 : cue].strip() and low.find(",", end, comma) < 0 and _LAST.match(low, cue) is not None


_LAST: Final = folded(r"[a-z\d' -]{2,24}(?:$|[.;\n])")
