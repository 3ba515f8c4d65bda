"""What was not done in this visit, told by the shape of the clause: predicates behind a task, titles and orders before
it, days, brackets, turns of the sentence, rows of tables and lists under a title. ``{}`` stands for a task.
"""

from __future__ import annotations

import pytest

from quarterhour.notes import read

pytestmark = pytest.mark.covers("D2")

_DONE = "Therapeutic activities 25 min: car transfers x 4, min A.\n"
_AFTER = "\nTolerated well. Timed 25 min."
_TASKS = ("stair climbing", "tub transfers", "wall slides")
_LEFT_OUT = """
{} pending x-ray.
{} awaiting MD clearance.
{} put on hold.
{} parked until swelling settles.
{} was dropped from today's program.
{} removed from program today.
{} left for another visit.
{} left for Monday.
{} pushed to Thursday.
{} rescheduled to next visit.
{} will be resumed next week.
{} will follow.
{} comes next.
{} is next on the list.
{} waits until pain is below 3.
{} must wait for the brace.
{} for next time.
{} (next visit).
{} (last visit).
{} (HEP).
{} (held).
{} (PLANNED).
{}: held.
{}: omit.
{} - hold.
{} -- not today
{} = not done
{} | not done
{} | 0 | held, dizzy |
{}     deferred - pain
{} not initiated this date.
{} not included today.
{} not introduced yet.
{} not yet attempted.
{} still not attempted.
{} has not been started.
{} could not be done.
{} couldn't be tried.
{} was impossible because of the cast.
{} was cancelled.
{} was abandoned.
{} was considered and rejected.
{} was discussed.
{} offered, refused.
{} offered but declined.
{}: patient refused.
{}: declined by pt.
{} withheld d/t BP.
{} unsafe at this time.
{} too risky today.
{} is off limits until 12 wks.
{} not permitted per MD.
{} prohibited per protocol.
{} by OT, not us.
{} done with OT this morning.
{} was done by the night aide.
{} at home with daughter, daily.
{} between visits.
{} as homework.
{} given as homework.
{} added to HEP.
{} on home sheet.
{} printed for home.
{} sent home.
{} was Monday.
{} was done on Monday.
{} done Monday.
{} last time.
{} went well last time.
{} from last visit not repeated.
{} was not repeated.
{} last practiced two weeks ago.
{} a week ago.
{} began last visit.
{} during inpatient stay.
{} was normal before the stroke.
{} used to be easy.
{} in future sessions.
{} at future visits.
{} when strength allows.
{} when ready.
{} if pain allows next time.
{} after the pin is out.
{} by week 8.
{} starts week 8.
{} expected in 2 weeks.
{} proposed for next visit.
{} would be next.
{} may be tried next visit.
{} could be added next visit.
{} needs to be added.
{} to be trialed.
{} to follow.
{} TBA.
{} on the agenda for Friday.
{} planned.
{} planned but ran out of time.
{} intended but not reached.
{}: no time.
{} not reached for time.
{} never happened.
{} did not happen.
{} did not take place.
{} did not get done.
{} had to be skipped.
{} got skipped.
{} cut for time.
{} was supposed to follow, she was too tired.
Hold {}.
HOLD {} until cleared.
Holding off {}.
Waiting on {} until MD note.
Await clearance for {}.
Pending: {}.
Outstanding: {}.
Still open: {}.
Not covered: {}.
Not today: {}.
Not on program: {}.
Not treated: {}.
Not addressed today: {}.
Omit {}.
Defer {}.
Excluded: {}.
Except {}.
Everything but {}.
Without {} today.
No {} done.
No {} performed today.
No {} was done.
No {} today, BP 170/95.
No {} or curbs today.
Nothing on {}.
Zero {}.
Did no {} today.
We did no {}.
We left {} out.
We dropped {}.
We put off {}.
We put {} off.
We held back on {}.
Stayed away from {}.
Avoiding {}.
Stay off {}.
Opted not to do {}.
Decided against {}.
Elected to defer {}.
Not doing {}.
Will not do {}.
Can't do {} yet.
Unable to attempt {}.
Unable to try {}.
Lacked time for {}.
No time for {}.
Time ran out before {}.
Stopped before {}.
She left before {}.
Left before {} could be done.
Pain precluded {}.
Pain ruled out {}.
Too dizzy for {}.
Too weak for {} yet.
Too soon for {}.
Not safe for {}.
Not strong enough for {}.
Not up to {}.
Refuses {}.
Pt did not want {}.
Pt not willing to try {}.
She wouldn't try {}.
He asked not to do {}.
Mom asked us to hold {}.
Per protocol no {} until week 8.
Restrictions: {}.
Contraindicated: {}.
Next session {}.
Next wk: {}.
Next up is {}.
Next goal {}.
Next, {}.
NV: {}.
Next tx: {}.
Friday: {}.
Thursday we do {}.
Tomorrow: {}.
Later: {}.
Soon: {}.
Future tx: {}.
From next week {}.
Follow with {} next time.
To add next: {}.
To try: {}.
To start: {}.
To follow: {}.
Work on {} next.
Start {} Monday.
Begin {} next visit.
Trial {} next.
Try {} on Thursday.
Progressing to {} next.
Move on to {} next.
Want to add {}.
I want to try {} on Monday.
I plan on {} next.
I intend {} for next time.
Hope to reach {} by Friday.
Looking at {} next week.
Thinking about {} for next week.
Consider {}.
Suggest {}.
Advise {} at home.
Advised to continue {} at home.
Encouraged {} at home.
Encouraged daily {}.
Told her to keep doing {}.
Asked to continue {} 3x/day.
Assigned {} for the week.
Gave her {} to do at home.
Handout: {}.
Printed {}.
HEP updated: {}.
HEP upgraded to {}.
HEP = {}.
HEP - {}.
HEP incl {}.
Compliant with {}.
Continue {} at home.
Keep {} at home.
Daily {}.
At home: {}.
At home she does {}.
For home: {}.
Over the weekend {}.
Since last visit {} at home.
Has been doing {}.
Did {} at home yesterday.
Did {} on Sunday with her son.
Reports doing {}.
States {} is easier at home.
Last visit {}.
Last time {}.
Last week {}.
Last tx: {}.
Monday: {}.
Mon: {}.
Previously {}.
Previous: {}.
Prior tx {}.
Before today: {}.
Earlier visits: {}.
At visit 3 we did {}.
In prior sessions {}.
During the last visit {}.
From last note: {}.
Copied: {}.
At IE {}.
In hospital she did {}.
In OT this morning {}.
OT to do {}.
With PT she did {} earlier.
Aide does {} with her nightly.
Strike {}.
Delete {}.
Error: {}.
{} entered in error.
{} was charted by mistake.
"""
# A task that was not done beside one that was.
_TURNS = """
{}, correction: curb climbing x 4.
{}, make that curb climbing x 4.
Not {}: curb climbing x 4.
Curb climbing x 4, not {}.
Curb climbing x 4 instead of {}.
Curb climbing x 4 rather than {}.
Curb climbing x 4 (not {}).
Curb climbing x 4 in place of {}.
Curb climbing x 4 before {} next week.
Curb climbing x 4, {} deferred.
Curb climbing x 4; {} deferred.
Curb climbing x 4. {} deferred.
Curb climbing x 4 | {} deferred
Curb climbing x 4 - {} deferred
Curb climbing x 4, {} not yet.
Curb climbing x 4, no {}.
Curb climbing x 4 but no {}.
Curb climbing x 4, but {} was held.
Curb climbing x 4 while {} was held.
Curb climbing x 4, {} next.
Curb climbing x 4, {} next visit.
Curb climbing x 4 then {} next visit.
Curb climbing x 4, then {} next visit.
Curb climbing x 4, {} at home.
Curb climbing x 4; {} at home.
Curb climbing x 4, {} last visit.
Curb climbing x 4 ({} last visit).
Curb climbing x 4 (last visit {}).
Curb climbing x 4 (next visit {}).
Curb climbing x 4 ({} deferred).
Curb climbing x 4 ({} held, floor transfers held).
{} deferred; curb climbing x 4.
{} last visit, curb climbing x 4 today.
Last visit {}; today curb climbing x 4.
Skipped {}, did curb climbing x 4.
Skipped {} and did curb climbing x 4.
No {}, curb climbing x 4.
No {} but curb climbing x 4.
Instead of {}, curb climbing x 4.
Held {}, curb climbing x 4 performed.
{} was refused so curb climbing x 4 was done.
Planned {}; did curb climbing x 4.
"""


def _performed(text: str) -> list[str]:
    activities = read(_DONE + text + _AFTER).as_dict()["activities"]
    return [one["text"] for one in activities if one["status"] == "performed"]


@pytest.mark.parametrize("frame", _LEFT_OUT.strip().splitlines())
def test_a_task_left_out_in_whatever_shape(frame: str) -> None:
    for task in _TASKS:
        text = frame.format(task)
        told = _performed(text[0].upper() + text[1:])
        assert [word for word in told if "car transfers" in word]
        assert not [word for word in told if task[1:] in word]


@pytest.mark.parametrize("frame", _TURNS.strip().splitlines())
def test_the_sentence_turns_from_what_was_done_to_what_was_not(frame: str) -> None:
    for task in _TASKS:
        text = frame.format(task)
        told = _performed(text[0].upper() + text[1:])
        assert [word for word in told if "urb climbing" in word]
        assert not [word for word in told if task[1:] in word]


@pytest.mark.parametrize(
    "listed",
    [
        "Not done today:\n- stair climbing\n- wall slides",
        "Deferred:\n* stair climbing\n* wall slides",
        "Next visit:\n1. stair climbing\n2. wall slides",
        "To add:\n- stair climbing\n- wall slides",
        "Home program:\n- stair climbing\n- wall slides",
        "Last visit:\n- stair climbing\n- wall slides",
        "Still to do:\n- stair climbing\n- wall slides",
        "Task | Status\nStair climbing | deferred\nWall slides | not done, pain",
        "Task             Status\nStair climbing   held\nWall slides      next visit",
        "| stair climbing | not performed |\n| wall slides | home |",
    ],
)
def test_lists_and_rows_of_what_was_left_out(listed: str) -> None:
    told = _performed(listed)
    assert not [word for word in told if "climbing" in word or "slides" in word]


@pytest.mark.parametrize(
    "done",
    [
        "Stair climbing x 4, wall slides next to the mirror.",
        "Stair climbing: wall rail held on the left. Wall slides x 10.",
        "Wall slides held 10 s x 5. Stair climbing was too fast at first.",
        "Stair climbing not painful. Wall slides did not need cues.",
        "Stair climbing until tired, wall slides when warm.",
        "Wall slides 3x10 before stair climbing.",
        "Left: wall slides 3x10. Right: stair climbing lead leg.",
        "No charge: wall slides. Not timed: stair climbing.",
        "After wall slides, stair climbing x 4.",
        "Stair climbing could be done without the rail. Wall slides went well.",
        "Stair climbing (no rail), wall slides (held 5 s).",
        "Monday, visit 4: stair climbing x 4, wall slides x 10.",
        "Stair climbing with a bag moved to the left hand; wall slides to the next mark.",
    ],
)
def test_words_that_look_like_it_leave_out_nothing(done: str) -> None:
    told = " ".join(_performed(done)).lower()
    assert "stair climbing" in told
    assert "wall slides" in told


@pytest.mark.parametrize(
    "text",
    [
        "Addendum to the note of 10/16.\nLeft out: contact guard while she carried the laundry basket up the stairs.",
        "Late entry. Omitted: contact guard on the stairs x 4.",
    ],
)
def test_what_an_amended_note_left_out_was_done(text: str) -> None:
    found = read(text).as_dict()
    assert [one["level"] for one in found["assistance"]] == ["contact_guard"]


def _statuses(said: str, task: str) -> set[str]:
    activities = read(_DONE + said.format(task) + _AFTER).as_dict()["activities"]
    return {one["status"] for one in activities if task in one["text"].lower()}


@pytest.mark.parametrize(
    "said",
    [
        "Two more this week, {}.",
        "Three more visits, {}.",
        "Back Thursday, {}.",
        "Six more over three weeks: {}.",
        "Two visits left, {}.",
        "Once more on Friday, {}.",
    ],
)
@pytest.mark.parametrize("task", _TASKS)
def test_sentences_that_open_with_the_visits_to_come(said, task):
    assert _statuses(said, task) == {"planned"}


@pytest.mark.parametrize(
    "said",
    ["{} 10 every two hours.", "Night splint until week 10, 5 minutes of {} each hour.", "{} 20 each waking hour."],
)
@pytest.mark.parametrize("task", _TASKS)
def test_doses_by_the_hour(said, task):
    assert _statuses(said, task) == {"home_program"}


@pytest.mark.parametrize(
    "said", ["Three more laps of {} with the rail.", "{}, two more than last week.", "{} x 5 each."]
)
@pytest.mark.parametrize("task", _TASKS)
def test_more_of_the_work_is_no_visit_to_come(said, task):
    assert "performed" in _statuses(said, task)
