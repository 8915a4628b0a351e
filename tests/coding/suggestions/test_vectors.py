import numpy as np
import pytest

from coding.suggestions import vectors

pytestmark = pytest.mark.skipif(
    not vectors.available(), reason="needs a language model with word vectors"
)


def test_a_text_is_nearer_to_one_of_its_meaning_and_nothing_is_near_to_no_words():
    found = vectors.embed(["The doctor was late", "Our nurse came early", "Soup and bread", "zzqx"])
    alike = found @ found.T
    assert alike[0, 1] > alike[0, 2]
    np.testing.assert_allclose(np.diag(alike), [1, 1, 1, 0])
