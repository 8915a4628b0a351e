"""Names are put together, taken apart, decided on, and get pseudonyms that are nobody's name."""

from collections.abc import Iterator

import pytest
from sqlite_utils import Database

from coding import transcripts
from coding.errors import BadInput
from coding.groups import add_group
from coding.pseudonyms import key_file, naming, proposals, reviewing
from coding.pseudonyms.grouping import Spot, grouped, spot
from coding.pseudonyms.remaining import remaining
from linkage.pseudonyms import opened_key
from linkage.study import writing

TALKS = {
    "one": "Ruth: Sam came by. Sam is kind.\n\nMo: Rose rose early, mrs Kelly’s lad too.",
    "two": "Ruth: Sam is the new one. Robin sang.\n\nMo: Kelly came.",
}


@pytest.fixture
def talks(study: Database, tmp_path) -> Database:
    with writing(study, "test", "talk"):
        for number, (name, words) in enumerate(TALKS.items(), 1):
            (tmp_path / f"{name}.txt").write_text(words)
            add_group(study, 1, name)
            found = transcripts.preview(tmp_path / f"{name}.txt", {}, ["Ruth"])
            transcripts.import_transcript(study, found, number)
    return study


@pytest.fixture
def key(tmp_path, talks) -> Iterator[Database]:
    with opened_key(tmp_path / "keys" / "k.db") as key:
        proposals.propose(key, talks, [at(talks, 1, "Sam"), at(talks, 1, "Rose")])
        yield key


def at(db: Database, number: int, words: str, kind: str = "person") -> Spot:
    start = transcripts.text(db, number).index(words)
    return Spot(number, start, start + len(words), words, kind, "test", 0.9)


def named(key: Database, name: str) -> dict:
    return next(row for row in key_file.list_names(key) if row["name"] == name)


def test_what_hangs_on_a_name_is_no_part_of_it() -> None:
    row = {"transcript_id": 1, "start": 10, "end": 21, "text": "mrs Kelly’s", "kind": "person",
           "source": "model", "certainty": 0.9}  # fmt: skip
    assert (spot(row).start, spot(row).end, spot(row).text) == (14, 19, "Kelly")


def test_a_first_name_of_two_people_is_put_with_neither() -> None:
    words = ["Ann Lee", "Ann Roe", "Ann", "Lee"]
    groups = grouped(Spot(1, i * 10, i * 10 + 1, w, "person", "", 1) for i, w in enumerate(words))
    assert {g.name: {s.text for s in g.spots} for g in groups} == {
        "Ann Lee": {"Ann Lee", "Lee"}, "Ann Roe": {"Ann Roe"}, "Ann": {"Ann"}
    }  # fmt: skip


def test_a_name_is_found_wherever_else_it_stands(key) -> None:
    assert named(key, "Sam")["places"] == 3
    assert named(key, "Sam")["transcripts"] == 2


def test_a_word_that_is_a_name_too_is_left_unless_ticked_otherwise(key) -> None:
    row = named(key, "Rose")
    assert (row["places"], row["left_out"]) == (2, 1)


def test_two_people_of_one_name_are_taken_apart(key, talks) -> None:
    sam = named(key, "Sam")
    there = [o["id"] for o in reviewing.occurrences(key, talks, sam["id"]) if o["title"] == "two"]
    new = reviewing.split(key, talks, sam["id"], there)
    proposals.propose(key, talks, [at(talks, 1, "Sam"), at(talks, 2, "Sam")])
    by_id = {row["id"]: row for row in key_file.list_names(key)}
    assert by_id[sam["id"]]["places"] == 2
    assert by_id[new]["places"] == 1
    assert by_id[new]["pseudonym"] != by_id[sam["id"]]["pseudonym"]
    with pytest.raises(BadInput, match="some and not all"):
        reviewing.split(key, talks, new, [there[0]])


def test_one_person_with_two_names_is_put_together(key, talks) -> None:
    kelly = reviewing.add(key, talks, "person", "Kelly")
    reviewing.merge(key, talks, kelly, named(key, "Sam")["id"])
    assert named(key, "Sam")["places"] == 5
    with pytest.raises(BadInput, match="in the list already"):
        reviewing.add(key, talks, "person", "KELLY")


def test_decisions_outlive_a_search(key, talks) -> None:
    reviewing.decide(key, talks, named(key, "Sam")["id"], "hide", "Wren")
    reviewing.decide(key, talks, named(key, "Rose")["id"], "keep")
    proposals.propose(key, talks, [at(talks, 2, "Sam")])
    assert (named(key, "Sam")["decision"], named(key, "Sam")["pseudonym"]) == ("hide", "Wren")
    assert named(key, "Rose")["decision"] == "keep"
    assert remaining(key)[0]["waiting"] == 3


@pytest.mark.parametrize("typed", ["Robin", "sam", "", "<b>", 'a"b', "Ruth Wren", "]["])
def test_a_pseudonym_is_nobodys_name_and_plain(key, talks, typed) -> None:
    with pytest.raises(BadInput):
        naming.checked(typed, proposals.taken(key, talks), proposals.words_of(talks))


def test_no_two_share_a_pseudonym(key, talks) -> None:
    reviewing.decide(key, talks, named(key, "Rose")["id"], "hide", "Wren")
    with pytest.raises(BadInput, match="somebody else already"):
        reviewing.decide(key, talks, named(key, "Sam")["id"], "hide", "wren")


def test_invented_names_are_not_said_in_the_study(key, talks) -> None:
    reviewing.set_style(key, talks, "invented")
    said = proposals.words_of(talks)
    chosen = [row["pseudonym"] for row in key_file.list_names(key)]
    assert len(set(chosen)) == len(chosen)
    assert not {name.casefold() for name in chosen} & said
    assert "robin" in said


def test_an_exported_key_comes_back_as_it_was(key, talks) -> None:
    from coding.checks import insert, now

    reviewing.decide(key, talks, named(key, "Sam")["id"], "hide")
    phone = reviewing.add(key, talks, "phone", "+44 7700 900123")
    reviewing.decide(key, talks, phone, "hide")
    with writing(talks, "test", "hide"):
        for row in key_file.list_names(key):
            if row["decision"] == "hide":
                values = {"pseudonym": row["pseudonym"], "kind": row["kind"], "hidden_at": now()}
                insert(talks, "pseudonym", values)
    rows = key_file.hidden_rows(key, talks)
    words = key_file.written(rows)
    assert "'+44" in words
    assert key_file.forget_hidden(key, talks) == 2
    assert key_file.hidden_rows(key, talks) == []
    assert named(key, "Rose")
    assert key_file.take_back(key, talks, key_file.read_exported(words)) == 2
    assert sorted(map(str, key_file.hidden_rows(key, talks))) == sorted(map(str, rows))
    with pytest.raises(BadInput, match="explains no pseudonym"):
        key_file.take_back(key, talks, key_file.read_exported("a,b\n1,2\n"))
