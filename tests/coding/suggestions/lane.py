"""The talk with one coding and three suggestions."""

import pytest

from coding.codings import add_coding
from coding.suggestions.deciding import Place
from coding.transcripts import text
from linkage.areas import ensure_coder
from linkage.study import writing
from tests.suggested import learn, suggest


def place_of(db, words: str, code_id: int = 2) -> Place:
    """Return the place of words in the talk."""
    start = text(db, 1).index(words)
    return Place(1, code_id, start, start + len(words), words)


@pytest.fixture
def suggested(stored):
    """Code 2 on “We cleared the lane.” by Ana; suggestions on three other passages."""
    with writing(stored, "test", "suggest"):
        ana = ensure_coder(stored, "Ana")
        ensure_coder(stored, "Ben")
        said = place_of(stored, "We cleared the lane.")
        coding = add_coding(stored, 1, 2, ana, said.start, said.end, said.quote)
        learn(stored)
        for words, code, probability in [("It stayed clean.", 2, 0.93), ("An hour helps.", 2, 0.4),
                                         ("An hour helps.", 1, 0.75)]:  # fmt: skip
            at = place_of(stored, words, code)
            suggest(stored, 1, code, at.start, at.end, probability=probability,
                    words=("clean", "lane"), nearest=(coding, 99))  # fmt: skip
    return stored
