"""What is said of a part that is not installed."""

from quarterhour.domain.extras import installing


def test_an_extra_is_had_from_the_index_and_in_a_clone():
    assert installing("batch") == "pip install 'quarterhour[batch]', or in a clone pip install -e '.[batch]'"
