"""What the engine computes, stated a second time from the published texts, as slowly and as plainly as can be.

Nothing here is shared with the engine: allocations are enumerated rather than reckoned, tables are read from their
files with the csv module, groups are dictionaries, overlaps are every interval against every other. Terms of payers are
named outright. Where the two differ, one of them is wrong.
"""

import csv
import functools
import itertools
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path

DATA = Path(__file__).parents[2] / "src/quarterhour/policy/data"

UNIT = 15
#: The chart of Pub. 100-04 ch. 5 s. 20.2.C: fewest and most minutes of one unit; each further unit lies 15 higher.
FIRST_INTERVAL = (8, 22)

#: Counted into the day's timed minutes, 15 minutes a unit, of those that the drawn visits use.
TIMED = {
    "97032", "97035", "97110", "97112", "97113", "97116", "97124", "97129", "97130", "97140", "97530", "97533", "97535",
    "97537", "97542", "97750", "97755", "97760", "97763",
}  # fmt: skip
#: Modifiers that pass a pair edit, of those that the drawn visits use, and the first year of the later ones.
BYPASS = {"59": 0, "LT": 0, "RT": 0, "25": 0, "XE": 2015, "XS": 2015, "XP": 2015, "XU": 2015}
#: First day the rule of total time was in force, and with it the terms of payers.
RULES_FROM = "2000-04-01"
#: Days from which the release of unlikely units speaks.
UNLIKELY_FROM = "2024-07-01"

INSTITUTIONAL = frozenset(
    {
        "outpatient-hospital",
        "critical-access-hospital",
        "skilled-nursing-facility",
        "rehabilitation-agency",
        "corf",
        "home-health-agency",
    }
)


# Units ---------------------------------------------------------------------------------------------------------------


def charted(total):
    """Units of so many timed minutes, read off the chart."""
    low, high = FIRST_INTERVAL
    units = 0
    while not low <= total <= high:
        if total < low:
            return units
        low, high, units = low + UNIT, high + UNIT, units + 1
    return units + 1


def rounded(minutes):
    """Units of one code by itself: the k-th is attained when its midpoint, 7 1/2 minutes into it, is passed."""
    return sum(1 for k in range(minutes // UNIT + 1) if minutes > UNIT * k + Fraction(UNIT, 2))


def covering(minutes, most, units):
    """Of all ways to deal the units to the codes, those that account for the most minutes of treatment.

    A unit accounts for up to 15 minutes of its code and no code gets more than ``most`` of them. This is the manual's
    order told at once: a full block of 15 always beats a remainder, and the larger remainder beats the smaller.
    """
    ways = [way for way in itertools.product(*(range(top + 1) for top in most)) if sum(way) == units]
    covered = {way: sum(min(m, UNIT * u) for m, u in zip(minutes, way, strict=True)) for way in ways}
    best = max(covered.values())
    return {way for way, minutes_of in covered.items() if minutes_of == best}


@functools.cache
def _total_time(minutes):
    units = charted(sum(minutes))
    return units, covering(minutes, [-(-m // UNIT) for m in minutes], units)


def total_time(minutes):
    """The day's units by total time, and every allocation the manual lets stand."""
    return _as_entered(_total_time, minutes)


@functools.cache
def _midpoint(minutes):
    each = [rounded(m) for m in minutes]
    return sum(each), {tuple(each)}


def midpoint(minutes):
    """The same with every code counted by itself."""
    return _as_entered(_midpoint, minutes)


@functools.cache
def _capped(minutes):
    each = [rounded(m) for m in minutes]
    units = min(sum(each), charted(sum(minutes)))
    return units, covering(minutes, each, units)


def capped_midpoint(minutes):
    """Every code by itself, and together no more than the total of the day supports."""
    return _as_entered(_capped, minutes)


def _as_entered(method, minutes):
    """Ask for the minutes in one order (kept) and put the answers into the order they were entered in."""
    order = sorted(range(len(minutes)), key=lambda place: minutes[place])
    units, ways = method(tuple(minutes[place] for place in order))
    return units, {tuple(way[order.index(place)] for place in range(len(order))) for way in ways}


# Assistants ----------------------------------------------------------------------------------------------------------


def exceeds(part, whole):
    """Whether a part is more than a tenth, by each of the two published reckonings: percentage, and simple minutes."""
    percentage = Fraction(part, whole) > Fraction(1, 10)
    nearest_tenth = int(Fraction(whole, 10) + Fraction(1, 2))
    return {percentage, part >= nearest_tenth + 1}


def marked_units(midpoint_rule, minutes, assistant, units, *, is_timed=True):
    """Every number of the claimed units that may stand with CQ or CO.

    Whole quarter hours are those of whoever furnished them. Of one last unit the rule of 2022 looks first whether the
    therapist passed its midpoint, else (and before 2022) the tenth decides. Of two last units, nine to fourteen minutes
    each, one is marked (2022). Of what no text speaks - fewer units claimed than were furnished whole, or several last
    units in other shares - every count is let stand that leaves a therapist's own units alone.
    """
    if units == 0 or assistant == 0:
        return {0}
    if not is_timed:
        return {units if over else 0 for over in exceeds(assistant, minutes)}
    therapist = minutes - assistant
    theirs, mine = assistant // UNIT, therapist // UNIT
    last = units - theirs - mine
    if last < 0:
        return {k for k in range(theirs + 1) if 0 <= units - k <= mine}
    return {theirs + more for more in _marked_last(midpoint_rule, therapist % UNIT, assistant % UNIT, last)}


def _marked_last(midpoint_rule, own, rest, last):
    """Of the units left after the whole ones, how many may be marked; ``own`` and ``rest`` are the minutes left."""
    if last == 0 or rest == 0:
        return {0}
    passed = midpoint_rule and own >= 8
    if last == 1:
        return {0} if passed else exceeds(rest, own + rest)
    if midpoint_rule and own in range(9, 15) and rest in range(9, 15):
        return {1}
    return set(range(last - passed + 1))


# Visits --------------------------------------------------------------------------------------------------------------
# Visits are the plain records of the outward contract; a line is (visit's place in the list, service's place in it).


def patient(visits, place):
    """Whose visit it is: the id's, and where visits of the id contradict, who is told apart by birth date or sex."""
    who = (visits[place].get("patient") or {}).get("id") or ("nobody", place)
    others = [one for one in visits if (one.get("patient") or {}).get("id") == who]
    apart = (len({said(one) for one in others} - {None}) > 1 for said in (_birth, _sex))
    return who, *(said(visits[place]) if differ else None for said, differ in zip((_birth, _sex), apart, strict=True))


def _birth(visit):
    """The day of birth, unless it comes after the visit."""
    day = (visit.get("patient") or {}).get("birth_date")
    return day if day and day <= visit["date_of_service"] else None


def _sex(visit):
    sex = (visit.get("patient") or {}).get("sex")
    return sex if sex in {"F", "M"} else None


def therapist(visit):
    """Who treated, by number or name."""
    who = visit.get("therapist") or {}
    return who.get("npi") or who.get("name")


def billing(visit):
    """Who bills, by the best that is given."""
    who = visit.get("billing_provider") or {}
    return who.get("npi") or who.get("tax_id") or who.get("name")


def claim_type(visit):
    """Which claim the payer takes from the setting; None before the terms are known."""
    if visit["date_of_service"] < RULES_FROM:
        return None
    return "institutional" if visit.get("setting") in INSTITUTIONAL else "professional"


def unit_days(visits):
    """Minutes of every timed code of every patient, day, discipline and payer; None where a line lacks them.

    Days before the rule was in force have no units to be counted.
    """
    days = defaultdict(dict)
    for place, visit in enumerate(visits):
        if visit["date_of_service"] < RULES_FROM:
            continue
        payer = visit.get("payer", "medicare-b")
        key = (patient(visits, place), visit["date_of_service"], visit.get("discipline"), payer)
        for service in visit.get("services", ()):
            code, minutes = service["code"], service.get("minutes")
            if code in TIMED:
                before = days[key].get(code, 0)
                days[key][code] = None if minutes is None or before is None else before + minutes
    return days


@functools.cache
def pair_table(claim):
    """(column 1, column 2) -> [(from, to, indicator)], straight from the file."""
    table = defaultdict(list)
    with (DATA / f"ncci/ptp_{claim}.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            for second in row["column2"].split():
                interval = (row["from"] or "0000", row["to"] or "9999", int(row["indicator"]))
                table[row["column1"], second].append(interval)
    return table


def pair_hits(visits):
    """(column-1 code, column-2 line, indicator, passed on column 1, passed on column 2) of every edit met, counted."""
    groups = defaultdict(list)
    for place, visit in enumerate(visits):
        claim = claim_type(visit)
        for number, service in enumerate(visit.get("services", ())):
            if claim and service.get("units") != 0:
                key = (patient(visits, place), visit["date_of_service"], claim, billing(visit))
                groups[key].append(((place, number), service))
    found = Counter()
    for (_, day, claim, _), lines in groups.items():
        passed = {
            line: any(BYPASS.get(m, 9999) <= int(day[:4]) for m in service.get("modifiers", ()))
            for line, service in lines
        }
        for column1, (line, service) in itertools.product({service["code"] for _, service in lines}, lines):
            for first, last, indicator in pair_table(claim).get((column1, service["code"]), ()):
                if first <= day <= last:
                    by_first = any(passed[one] for one, s in lines if s["code"] == column1)
                    found[column1, line, indicator, by_first, passed[line]] += 1
    return found


@functools.cache
def unlikely_table(claim):
    """Code -> (units, adjudication indicator), straight from the file."""
    with (DATA / "ncci/mue.csv").open(encoding="utf-8") as lines:
        return {r["code"]: (int(r[claim]), int(r[f"{claim}_mai"])) for r in csv.DictReader(lines) if r[claim]}


def unlikely_sums(visits):
    """(code, units, limit, adjudication) of every line or day that has a limit, counted."""
    sums = Counter()
    for place, visit in enumerate(visits):
        claim = claim_type(visit)
        if claim is None or visit["date_of_service"] < UNLIKELY_FROM:
            continue
        for number, service in enumerate(visit.get("services", ())):
            if not service.get("units") or service["code"] not in unlikely_table(claim):
                continue
            limit, how = unlikely_table(claim)[service["code"]]
            apart = (place, number) if how == 1 else None
            who = (patient(visits, place), therapist(visit))
            sums[who, visit["date_of_service"], claim, service["code"], limit, how, apart] += service["units"]
    return Counter((code, units, limit, how) for (_, _, _, code, limit, how, _), units in sums.items())


def overlaps(visits):
    """({line, other line}, minutes, same patient, same therapist) of any two intervals that share minutes, counted."""
    spans = [
        ((place, number), visit, _minute(begin), _minute(end))
        for place, visit in enumerate(visits)
        for number, service in enumerate(visit.get("services", ()))
        for begin, end in service.get("intervals", ())
    ]
    found = Counter()
    for (one, visit, begin, end), (other, beside, start, stop) in itertools.combinations(spans, 2):
        if visit["date_of_service"] != beside["date_of_service"]:
            continue
        same_patient = patient(visits, one[0]) == patient(visits, other[0])
        same_therapist = therapist(visit) is not None and therapist(visit) == therapist(beside)
        shared = len(set(range(begin, end)) & set(range(start, stop)))
        if shared and (same_patient or same_therapist):
            found[frozenset({one, other}), shared, same_patient, same_therapist] += 1
    return found


def _minute(clock):
    hours, minutes = clock.split(":")
    return 60 * int(hours) + int(minutes)
