"""Lengths of time as they are written: "38 min", "38'", "1 hr 5 min", "half an hour", "1.25 hours"."""

from __future__ import annotations

import re
from typing import Final

from quarterhour.notes.figures.numbers import NUMBER, value_of
from quarterhour.notes.wording.patterns import folded

#: Minutes a visit lasts at least; a smaller figure counts units, services or repetitions.
SHORTEST_VISIT: Final = 4
#: Minutes a visit lasts at most; a greater figure is a distance, a year or a sum of several days.
LONGEST_VISIT: Final = 300
#: What follows a number of minutes.
UNIT: Final = r"(?: ?(?:min(?:ute)?s?|mins?)\b\.?|'(?![\w']))"
_PARTS: Final = {"½": 30, "1/2": 30, "half": 30, "¼": 15, "1/4": 15, "quarter": 15, "¾": 45, "3/4": 45, "three": 45}
_PART: Final = (
    r"(?:½|1/2|¼|1/4|¾|3/4) ?(?:of an |an |a )?(?:hour|hr)\b|half[ -](?:an )?(?:hour|hr)\b|"
    r"(?:a )?quarter[ -](?:of an )?hour\b|three[ -]quarters of an hour\b"
)
_WHOLE: Final = (
    rf"(?:[1-8](?:\.(?:25|50?|75)| ?½| 1/2)?|an|one|two|three|four)(?: and a half)?[ -]?(?:hours?|hrs?|h)\b\.?"
    rf"(?:(?:,| and)? ?{NUMBER} ?(?:min(?:ute)?s?|m)\b| and a half| and a quarter)?"
)
#: A length of time told in hours, with or without minutes; no groups.
HOURS: Final = rf"(?:{_PART}|{_WHOLE})"
#: A length of time, its unit in minutes not included; no groups.
LENGTH: Final = rf"(?:{HOURS}|{NUMBER})"
_COUNTED: Final = folded(
    rf"(?P<hours>an|one|two|three|four|[1-8])(?P<more>\.\d+| ?½| 1/2| and a half)?[ -]?h[a-z]*\.?"
    rf"(?:(?:,| and)? ?(?:(?P<rest>a half|a quarter)|(?P<minutes>{NUMBER}) ?m\w*))?"
)
_SAID: Final = {"an": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_MORE: Final = {".25": 15, ".5": 30, ".50": 30, ".75": 45, "½": 30, "1/2": 30, "and a half": 30}


def minutes_of(words: str) -> int | None:
    """The minutes of a length written as ``LENGTH`` or as h:mm; None where the words are no number."""
    if words.isdecimal():
        return int(words)
    if ":" in words:
        return 60 * int(words[0]) + int(words[2:])
    counted = _COUNTED.fullmatch(words)
    if counted is not None:
        hours = _SAID.get(counted["hours"]) or int(counted["hours"])
        value = 60 * hours + (_MORE.get(counted["more"].strip(), 0) if counted["more"] else 0)
        if counted["rest"]:
            return value + (30 if counted["rest"] == "a half" else 15)
        return value + (value_of(counted["minutes"]) or 0) if counted["minutes"] else value
    if words.endswith(("hour", "hr")):
        first = re.split(r"[ -]", words.removeprefix("a "))[0]
        return _PARTS.get(first)
    return value_of(words)


_HOURLY: Final = folded(r"\d ?h|hour|\bhr")


def in_hours(words: str) -> bool:
    """The length is told in hours: its unit stands in it."""
    return _HOURLY.search(words) is not None
