"""A payer's terms looked up for many visits at once are those of every visit by itself, whatever the days."""

import numpy as np
import pytest

from quarterhour.domain.columns import ABSENT
from quarterhour.engine.derive.batch import terms_on, translate
from quarterhour.policy import UnknownName, load

POLICY = load()
TEXTS = ["medicare-b", "commercial-midpoint", "outpatient-hospital", "medicaid", "nobody"]
PAYERS, SETTINGS = (ABSENT, 0, 1, 3), (ABSENT, 2)


def drawn(rows):
    """Visits around the days on which a payer's terms turn."""
    random = np.random.default_rng(rows)
    turns = [turn for place in PAYERS[1:] for turn in POLICY.payers.turns(TEXTS[place], None)]
    days = random.choice(turns, size=rows) + random.integers(-1, 2, size=rows)
    return days, random.choice(PAYERS, size=rows), random.choice(SETTINGS, size=rows)


@pytest.mark.covers("T3")
@pytest.mark.parametrize("rows", [1, 48, 49, 400])
def test_terms_of_many_visits(rows):
    days, payers, settings = drawn(rows)
    terms, terms_of, numbers = terms_on(days, payers, settings, TEXTS, POLICY, "tricare")
    for row in range(rows):
        payer = "tricare" if payers[row] == ABSENT else TEXTS[payers[row]]
        setting = None if settings[row] == ABSENT else TEXTS[settings[row]]
        expected = POLICY.payers.terms(payer, setting, int(days[row]))
        assert terms[terms_of[row]] == expected
        assert numbers[terms_of[row]].tolist() == list(expected.numbers)
    assert len(set(terms)) == len(terms)


@pytest.mark.parametrize("rows", [3, 60])
def test_a_payer_nobody_knows_is_named(rows):
    days, payers, settings = drawn(rows)
    payers[rows // 2] = TEXTS.index("nobody")
    with pytest.raises(UnknownName, match="nobody"):
        terms_on(days, payers, settings, TEXTS, POLICY, "tricare")


@pytest.mark.parametrize("rows", [5, 200])
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_texts_as_numbers(rows, share):
    random = np.random.default_rng(7)
    positions = np.where(random.random(rows) < share, random.integers(0, len(TEXTS), size=rows), ABSENT)
    expected = [-7 if place == ABSENT else len(TEXTS[place]) for place in positions.tolist()]
    assert translate(positions, len, TEXTS, absent=-7).tolist() == expected


def test_the_modifiers_of_a_day_are_those_that_have_begun_and_not_ended():
    days = {card.first.toordinal() for card in map(POLICY.modifiers.card, POLICY.modifiers)}
    days |= {card.last.toordinal() for card in map(POLICY.modifiers.card, POLICY.modifiers) if card.last}
    for day in sorted({turn + step for turn in days for step in (-1, 0, 1)}):
        live = POLICY.modifiers.live(day)
        for text in POLICY.modifiers:
            card = POLICY.modifiers.card(text)
            if card.first.toordinal() <= day and (card.last is None or day <= card.last.toordinal()):
                assert live & POLICY.modifiers.bit(text)
            elif POLICY.modifiers.texts(POLICY.modifiers.bit(text)) == [text]:
                assert not live & POLICY.modifiers.bit(text)
