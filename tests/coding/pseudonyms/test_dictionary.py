"""Which words are English: inflected ones are, names that look inflected are not."""

import pytest

from coding.pseudonyms.dictionary import dictionary, is_ordinary


@pytest.fixture(scope="module")
def known():
    found = dictionary()
    if found is None:
        pytest.skip("no language model with word lists is installed")
    return found


@pytest.mark.parametrize(
    "word", ["running", "houses", "bullied", "stopped", "suing", "making", "unhelpful", "mostly"]
)
def test_inflected_words_are_english(known, word):
    assert is_ordinary(word, known)


@pytest.mark.parametrize(
    "name", ["siobhan", "waleed", "oluwaseun", "agnieszka", "clar", "dearbhla", "szczepanik"]
)
def test_names_are_not(known, name):
    assert not is_ordinary(name, known)


def test_without_word_lists_only_our_own_words_are_ordinary():
    assert is_ordinary("hope", None)
    assert is_ordinary("the", None)
    assert not is_ordinary("houses", None)
