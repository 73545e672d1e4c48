"""Every word that the status prints for a state can be typed for `--state`."""

from qmsplan.output.words import state_names
from qmsplan.phrases.asked import asked_states


def test_every_word_of_a_state_means_that_state_in_both_languages():
    names = state_names()
    pairs = [(code, word) for code, words in names.items() for word in words]
    assert [asked_states([word], names) for _, word in pairs] == [{code} for code, _ in pairs]
