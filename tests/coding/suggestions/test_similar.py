import pytest

from coding.errors import BadInput
from coding.suggestions.similar import more_like
from coding.transcripts import text


def test_more_like_a_passage_is_likest_first_and_never_the_passage(talks):
    words = "We waited four hours"
    start = text(talks, 1).index(words)
    found = more_like(talks, 1, start, start + len(words), top=6)
    assert all("waited four hours" in row["quote"] for row in found)
    scores = [row["similarity"] for row in found]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[0] <= 1
    assert not [r for r in found if r["transcript_id"] == 1 and r["start"] <= start < r["end"]]
    row = found[0]
    assert text(talks, row["transcript_id"])[row["start"] : row["end"]] == row["quote"]


def test_what_the_moderator_said_is_not_found(talks):
    found = more_like(talks, 1, 0, len("Moderator: How kind was the staff?"))
    assert found
    assert not any("How kind" in row["quote"] for row in found)


@pytest.mark.parametrize("place", [(5, 5), (-1, 4), (10**7, 10**7 + 5)])
def test_a_passage_that_is_not_there_is_named(talks, place):
    with pytest.raises(BadInput, match="not in the transcript"):
        more_like(talks, 1, *place)
