import numpy as np
import pytest

from coding.errors import BadInput
from coding.suggestions import embeddings

pytestmark = pytest.mark.skipif(
    not embeddings.available(),
    reason="needs the extra “embeddings”, which is not installed",
)
TEXTS = ["The doctor kept us waiting", "There was a long delay at the surgery", "I like soup", ""]


def test_a_text_is_nearer_to_one_of_its_meaning_than_to_another():
    found = embeddings.embed(TEXTS)
    alike = found @ found.T
    assert alike[0, 1] > alike[0, 2]
    np.testing.assert_allclose(np.diag(alike), 1, atol=1e-6)


def test_a_text_beside_others_has_the_very_numbers_it_has_alone():
    embeddings._embed.cache_clear()
    together = embeddings.embed(TEXTS)
    embeddings._embed.cache_clear()
    np.testing.assert_array_equal(embeddings.embed(TEXTS[1:2])[0], together[1])


def test_another_file_than_the_measured_one_is_not_loaded(tmp_path, monkeypatch):
    (tmp_path / "model.onnx").write_bytes(b"something else")
    monkeypatch.setattr(embeddings, "_file", lambda package, inside: tmp_path / "model.onnx")
    with pytest.raises(BadInput, match="not the file that was measured"):
        embeddings._checked(*embeddings.MODEL)
