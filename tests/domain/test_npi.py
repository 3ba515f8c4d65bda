"""The check digit of a provider's number."""

import pytest

from quarterhour.domain.npi import check_digit_holds, is_ten_digits

PREFIX = "80840"


@pytest.mark.parametrize("npi", ["1234567893", "1234567919", "1234567935", "1234567828", "1234567968"])
def test_numbers_whose_digit_comes_out(npi):
    assert check_digit_holds(PREFIX + npi)


@pytest.mark.parametrize("place", range(10))
def test_any_single_wrong_digit_shows(place):
    npi = "1234567893"
    for digit in "0123456789":
        wrong = npi[:place] + digit + npi[place + 1 :]
        assert check_digit_holds(PREFIX + wrong) == (wrong == npi)


@pytest.mark.parametrize(
    "text", ["", "123456789", "12345678931", "123456789X", "".join(chr(0xFF10 + int(digit)) for digit in "1234567893")]
)
def test_what_is_not_ten_digits(text):
    assert not is_ten_digits(text)
