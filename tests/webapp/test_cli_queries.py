"""Queries on the command line."""

import json

import pytest

from linkage.study import open_study
from tests.webapp.roles.whole_study import fill
from webapp.cli import run
from webapp.instance import Instance


@pytest.fixture
def ask(tmp_path, capsys):
    place = Instance.at(tmp_path / "instance")
    open_study(fill(place, "pilot", tmp_path)).close()
    place.close()

    def asked(*words: str):
        code = run(["--instance", str(tmp_path / "instance"), "query", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return asked


@pytest.mark.parametrize(
    "command",
    [["quotes", "pilot"], ["cooccurrence", "pilot"], ["table", "pilot"],
     ["table", "pilot", "--test", "speakers"], ["words", "pilot", "--area", "east"],
     ["saturation", "pilot"], ["lines", "pilot", "1"], ["portrait", "pilot", "1"]],
    ids=" ".join,
)  # fmt: skip
def test_each_query_prints_rows_as_json(ask, command) -> None:
    code, out, _ = ask(*command, "--format", "json")
    assert code == 0
    assert isinstance(json.loads(out), list)


def test_quotes_of_a_code_with_their_people(ask) -> None:
    code, out, said = ask("quotes", "pilot", "--code", "acting together", "--format", "json")
    assert (code, len(json.loads(out))) == (0, 2)
    assert " in 2 groups, 2 quotes" in said


@pytest.mark.parametrize(
    ("command", "words"),
    [(["quotes", "pilot", "--code", "none"], "no code “none”"),
     (["quotes", "pilot", "--coder", "Zoe"], "has not coded here"),
     (["table", "pilot", "--test", "codings"], "No test on quotes"),
     (["lines", "pilot", "9"], "no transcript 9")],
)  # fmt: skip
def test_what_cannot_be_is_one_sentence(ask, command, words) -> None:
    code, _, said = ask(*command)
    assert code == 2
    assert words in said
