"""The language model and the study's own names on the command line."""

import csv
import io
import json

import pytest

from coding.language_models import installed_model
from webapp.cli import run


@pytest.fixture
def say(tmp_path, capsys):
    """Run a command on a study with one transcript; returns its code, output and complaint."""
    place = ["--instance", str(tmp_path / "instance")]
    file = tmp_path / "Lane.txt"
    file.write_text("Ann: What changed?\nMo: We cleared wyre fold.", encoding="utf-8")

    def command(*words: str):
        code = run([*words, *place])
        told = capsys.readouterr()
        return code, told.out, told.err

    command("study", "new", "pilot", "--name", "Pilot")
    command("area", "add", "pilot", "east", "--name", "East")
    command("import", "transcripts", "pilot", str(file), "--area", "east", "--moderator", "Ann")
    return command


def table(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out)))


def test_the_model_and_the_state_of_each_transcript(say) -> None:
    code, out, told = say("language", "pilot", "--format", "csv")
    assert (code, out) == (0, "id,title,area,state,model\n1,Lane,east,to read,\n")
    model = installed_model()  # the small one or the medium, as Python allows
    vectors = "with" if model.vectors else "without"
    assert f"Model: {model.label}, {vectors} word vectors." in told
    code, out, _ = say("language", "pilot", "--read", "--format", "json")
    assert [(row["state"], row["model"]) for row in json.loads(out)] == [("read", model.label)]
    assert say("gazetteer", "pilot", "add", "Wyre Fold")[0] == 0
    assert table(say("language", "pilot", "--format", "csv")[1])[0]["state"] == "to read"
    assert say("language", "nowhere")[0] == 2


def test_names_are_added_removed_and_loaded(say, tmp_path) -> None:
    file = tmp_path / "names.csv"
    file.write_text("name,kind\nMo,person\nLane Group,\n", encoding="utf-8")
    code, out, _ = say(
        "gazetteer", "pilot", "load", str(file), "--kind", "group", "--format", "csv"
    )
    listed = [("East", "place", "area"), ("Lane Group", "group", "list"), ("Mo", "person", "list")]
    assert code == 0
    assert [tuple(row.values()) for row in table(out)] == listed
    assert "Mo" not in say("gazetteer", "pilot", "remove", "MO")[1].split()
    for words, sentence in [
        (["add"], "Say what to add: a name."),
        (["list", "Mo"], "“list” takes no names"),
        (["add", "lane group"], "listed already, as a group"),
        (["remove", "East"], "an area’s name comes with the area"),
        (["load", str(tmp_path / "none")], "none cannot be read (No such file or directory)."),
        (["frob"], "is not one of"),
    ]:
        code, out, told = say("gazetteer", "pilot", *words)
        assert (code, out, told.count("\n")) == (2, "", 1), words
        assert sentence in told
