"""`coproduce search`: hits with who said them."""

import json

from .test_cli import coproduce, pilot  # noqa: F401  (fixtures)


def test_words_are_found_on_the_command_line(pilot, tmp_path) -> None:  # noqa: F811
    pilot("import", "transcripts", "pilot", str(tmp_path / "talk.txt"), "--area", "east")
    found = json.loads(pilot("search", "pilot", "THE council", "--format", "json")[1])
    assert [(hit["quote"], hit["speaker"], hit["turn"]) for hit in found] == [
        ("the council", "Bob", 3)
    ]
    assert "(none)" in pilot("search", "pilot", "counc", "--whole")[1]
    assert pilot("search", "pilot", " ")[0] == 2
