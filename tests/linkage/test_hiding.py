"""Decided names are hidden everywhere, in one change; codings stay at their words."""

import json
import re
from pathlib import Path

import pytest
from sqlite_utils import Database

from coding import codebook, framework, memos, transcripts
from coding.adjudicating import agreed_layer, decide, list_differences
from coding.checks import insert
from coding.codings import add_coding
from coding.correcting import NewTurn, plan_correction, text_of
from coding.errors import BadInput, Conflict, NotFound
from coding.finishing import finish
from coding.gazetteer import add_entry, list_entries
from coding.groups import add_group
from coding.pseudonyms import key_file, proposals, reviewing
from coding.pseudonyms.grouping import Spot
from linkage import areas
from linkage.check import check_study
from linkage.correcting import correct
from linkage.erasing import finish_erasing, is_due
from linkage.feed import last_hash
from linkage.hiding import hide
from linkage.hiding_look import look
from linkage.pseudonyms import changing_key, hide_names, opened_key
from linkage.resealing import notes, salted
from linkage.scope import Scope
from linkage.stories import add_story
from linkage.study import open_study, read_study, writing
from linkage.undo import undo

TALK = """\
Helen: Thanks for coming. Shall we start with Siobhan?

Siobhan Kelly: I live on Rosamond Terrace, my number is 07700 900123.

Małgorzata: I know siobhan's mum, and Siobhan’s dad. Will Kelly come? She will.

Helen: Thank you, Małgorzata. Mark my words, she will.
"""
NAMES = ("Siobhan", "Kelly", "Rosamond", "07700", "Małgorzata", "Helen")


def spots(db: Database, transcript_id: int) -> list[Spot]:
    """Find what a search would: by letters alone here, the finder has tests of its own."""
    whole = transcripts.text(db, transcript_id)
    kinds = {"Siobhan Kelly": "person", "Siobhan": "person", "siobhan": "person",
             "Kelly": "person", "Małgorzata": "person", "Helen": "person",
             "Rosamond Terrace": "address", "07700 900123": "phone"}  # fmt: skip
    return [
        Spot(transcript_id, m.start(), m.end(), m[0], kind, "test", 0.9)
        for words, kind in kinds.items()
        for m in re.finditer(rf"\b{words}\b", whole)
    ]


@pytest.fixture
def key_path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "study.db"


@pytest.fixture
def told(study: Database, talk, key_path: Path) -> Database:
    """A study whose every corner tells names, with an earlier version and a deleted memo."""
    where = talk("east", "Siobhan’s kitchen", TALK, "Helen")
    with writing(study, "test", "fill"):
        ana, bo = areas.ensure_coder(study, "Ana"), areas.ensure_coder(study, "Bo")
        code = codebook.add_code(study, "Neighbours", example="Siobhan knows them all.")
        whole = transcripts.text(study, where)
        for who, words in ((ana, "I know siobhan's mum"), (bo, "siobhan's mum, and Siobhan’s dad"),
                           (ana, "she will."), (ana, "hone")):  # fmt: skip
            at = whole.index(words) if words in whole else whole.index("number")
            words = whole[at : at + len(words)]
            add_coding(study, where, code, who, at, at + len(words), words)
        at = whole.index("Will Kelly come")
        quote = (where, at, at + 15, whole[at : at + 15])
        add_story(study, area_id=1, issue_id=1, title="Kelly comes", coder_id=ana, quotes=[quote])
        memos.set_memo(study, ana, "Małgorzata told me", coding_id=1)
        gone = memos.add_memo(study, ana, "About SIOBHAN KELLY", title="Kelly")
    with writing(study, "test", "remove the memo on Siobhan Kelly"):
        memos.remove_memo(study, gone, ana, 1)
    with writing(study, "test", "differ"):
        for who in (ana, bo):
            finish(study, where, who)
        decide(study, list_differences(study)[0].place, "all", ana, note="Kelly said so")
        speaker = next(r["id"] for r in study.table("speaker").rows if r["name"] == "Małgorzata")
        framework.set_summary(study, ana, "speaker", speaker, code, "Knows Siobhan", 0)
    turn = transcripts.list_turns(study, where)[0]["id"]
    with writing(study, "test", "correct “Siobhan’s kitchen”", kind="fixed"):
        correct(
            study,
            lambda db: plan_correction(
                db, where, 1, turn, turn, [NewTurn("Shall we start with Siobhan Kelly?", "Helen")]
            ),
            ana,
        )
    with changing_key(key_path) as key:
        proposals.propose(key, study, spots(study, where))
    return study


def decide_all(study: Database, key_path: Path) -> None:
    with changing_key(key_path) as key:
        for row in key_file.list_names(key):
            reviewing.decide(key, study, row["id"], "hide")


def bytes_of(study: Database) -> bytes:
    """Read the file, its log and its shared memory; every connection to it is closed first."""
    path = Path(study.execute("PRAGMA database_list").fetchone()[2])
    files = [path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")]
    return b"".join(file.read_bytes() for file in files if file.exists())


def names_in(data: bytes) -> list[str]:
    """Name what is found in bytes however it is capitalised, as UTF-8 or as JSON escapes it."""
    small = data.decode("utf-8", "replace").lower()
    ways = {name: {name.lower(), json.dumps(name)[1:-1].lower()} for name in NAMES}
    return [name for name, words in ways.items() if any(way in small for way in words)]


def test_names_are_grouped_with_all_their_writings(told, key_path) -> None:
    with opened_key(key_path) as key:
        rows = {row["name"]: row for row in key_file.list_names(key)}
    assert set(rows) == {"Siobhan Kelly", "Małgorzata", "Helen", "Rosamond Terrace", "07700 900123"}
    assert set(rows["Siobhan Kelly"]["forms"]) == {"Siobhan Kelly", "Siobhan", "siobhan", "Kelly"}
    assert rows["Siobhan Kelly"]["pseudonym"] == "[Participant 1]"
    assert rows["Helen"]["pseudonym"] == "[Moderator 1]"


def test_no_byte_of_a_name_is_left(told, key_path) -> None:
    assert names_in(bytes_of(told)) == list(NAMES)
    decide_all(told, key_path)
    done = hide_names(told, key_path=str(key_path), actor="ana", name="Ana")
    assert done["erased"]
    assert not is_due(told)
    assert names_in(bytes_of(told)) == []
    assert check_study(told) == []
    whole = transcripts.text(told, 1)
    assert "I know [Participant 1]'s mum, and [Participant 1]’s dad. Will" in whole
    assert "Will [Participant 1] come? She will." in whole
    assert "[Moderator 1]: Thank you, [Participant 2]. Mark my words, she will." in whole


def test_codings_quotes_and_decisions_keep_their_words(told, key_path) -> None:
    before = {row["id"]: row for row in told.table("coding").rows}
    agreed = [(r["code"], r["basis"]) for r in agreed_layer(told)]
    decide_all(told, key_path)
    hide_names(told, key_path=str(key_path), actor="ana", name="Ana")
    whole = transcripts.text(told, 1)
    quotes = [row["quote"] for row in told.table("coding").rows]
    assert quotes == [
        "I know [Participant 1]'s mum", "[Participant 1]'s mum, and [Participant 1]’s dad",
        "she will.", before[4]["quote"],
    ]  # fmt: skip
    for table in ("coding", "story_quote"):
        for row in told.table(table).rows:
            assert whole[row["start"] : row["end"]] == row["quote"]
    assert [(r["code"], r["basis"]) for r in agreed_layer(told)] == agreed
    assert any(basis != "all agree" for _, basis in agreed)
    assert [row["name"] for row in told.table("speaker").rows] == [
        "[Moderator 1]", "[Participant 1]", "[Participant 2]"
    ]  # fmt: skip
    turns = transcripts.list_turns(told, 1)
    assert [whole[t["start"] : t["speech_start"]] for t in turns] == [
        "[Moderator 1]: ", "[Participant 1]: ", "[Participant 2]: ", "[Moderator 1]: "
    ]  # fmt: skip


def test_what_people_wrote_says_the_pseudonym(told, key_path) -> None:
    decide_all(told, key_path)
    with opened_key(key_path) as key:
        fields = {(hit.table, hit.field) for hit in look(told, key).written}
    assert {("story", "title"), ("memo", "text"), ("adjudication", "note"), ("code", "example"),
            ("framework_summary", "summary"), ("speaker", "name"), ("focus_group", "name"),
            ("transcript", "title"), ("transcript", "file_name")} <= fields  # fmt: skip
    hide_names(told, key_path=str(key_path), actor="ana", name="Ana")
    story = next(iter(told.table("story").rows))
    assert (story["title"], story["revision"]) == ("[Participant 1] comes", 2)


def test_the_history_is_sealed_anew_and_says_so(told, key_path) -> None:
    old = last_hash(told)
    assert old
    decide_all(told, key_path)
    hide_names(told, key_path=str(key_path), actor="ana", name="Ana")
    row = next(iter(told.table("pseudonymisation").rows))
    assert row["resealed_to"] == old[0]
    assert notes(told)
    assert check_study(told, [old]) == []  # a hash noted before is explained, not called damage
    assert check_study(told, [(old[0] + 1, "0" * 64)]) != []
    with opened_key(key_path) as key:
        salt = key_file.setting(key, f"seal {row['before_sha256']}")
    assert salted(bytes.fromhex(salt or ""), old[1]) == row["before_sha256"]
    actions = [row["action"] for row in told.table("change").rows]
    assert "remove the memo on [Participant 1]" in actions


def test_undo_brings_no_name_back(told, key_path) -> None:
    decide_all(told, key_path)
    hide_names(told, key_path=str(key_path), actor="ana", name="Ana")
    with pytest.raises((Conflict, BadInput)), writing(told, "test", "undo"):
        undo(told, "test")
    with pytest.raises(NotFound, match="names were hidden"):
        text_of(told, 1, 1)


def test_an_exception_stays_and_is_counted(told, key_path) -> None:
    with changing_key(key_path) as key:
        name = next(r for r in key_file.list_names(key) if r["name"] == "Siobhan Kelly")
        reviewing.decide(key, told, name["id"], "hide")
        places = reviewing.occurrences(key, told, name["id"])
        reviewing.leave(key, name["id"], [places[0]["id"]])
    hide_names(told, key_path=str(key_path), actor="ana", name="Ana")
    whole = transcripts.text(told, 1)
    assert whole.count("Siobhan") == 1
    assert "Helen" in whole


def test_a_limited_reader_sees_nothing_of_what_was_taken_out(told, key_path, west) -> None:
    """Whose it was nobody can say any more, so whoever sees a part only does not see it."""
    decide_all(told, key_path)
    hide_names(told, key_path=str(key_path), actor="ana", name="Ana")
    path = Path(told.execute("PRAGMA database_list").fetchone()[2])
    there = read_study(path, Scope("guid", frozenset({2})))
    blanked = "SELECT count(*) FROM change_payload WHERE before IS NULL AND after IS NULL"
    assert told.execute(blanked).fetchone()[0] > 10
    assert there.execute(blanked).fetchone()[0] == 0
    assert there.execute("SELECT count(*) FROM change_row").fetchone()[0] > 0


def test_accents_are_no_disguise(told, key_path, talk) -> None:
    decide_all(told, key_path)
    later = talk("west", "Later", "Sam: Malgorzata came, and MAŁGORZATA.\n\nJoan: Yes.\n", "Sam")
    with changing_key(key_path) as key:
        proposals.propose(key, told, spots(told, 1))
        name = next(r for r in key_file.list_names(key) if r["name"] == "Małgorzata")
        assert name["transcripts"] == 2
    hide_names(told, key_path=str(key_path), actor="ana", name="Ana")
    assert "[Participant 2] came, and [Participant 2]." in transcripts.text(told, later)


def test_a_listed_name_is_taken_out_of_the_list(told, key_path) -> None:
    with writing(told, "test", "list"):
        for name in ("Rosamond Terrace", "rosamond  terrace shops"):
            add_entry(told, name, "PLACE")
    decide_all(told, key_path)
    hide_names(told, key_path=str(key_path), actor="ana", name="Ana")
    assert list_entries(told) == []
    assert names_in(bytes_of(told)) == []


def test_two_speakers_who_are_one_person_are_merged_first(told, key_path) -> None:
    with writing(told, "test", "another"):
        insert(told, "speaker", {"focus_group_id": 1, "name": "Siobhan", "role": "participant"})
    decide_all(told, key_path)
    before = bytes_of(told)
    with pytest.raises(BadInput, match="merged first"):
        hide_names(told, key_path=str(key_path), actor="ana", name="Ana")
    assert transcripts.text(told, 1).count("Siobhan") == 3
    assert names_in(before) == names_in(bytes_of(told)) == list(NAMES)


def test_stale_places_are_refused(told, key_path) -> None:
    decide_all(told, key_path)
    turn = transcripts.list_turns(told, 1)[0]["id"]
    with writing(told, "test", "correct", kind="fixed"):
        correct(
            told, lambda db: plan_correction(db, 1, 2, turn, turn, [NewTurn("Hi.", "Helen")]), 1
        )
    with opened_key(key_path) as key, pytest.raises(Conflict, match="search again"):
        look(told, key)


def test_what_was_seen_is_what_is_done(told, key_path) -> None:
    decide_all(told, key_path)
    with opened_key(key_path) as key:
        seal = look(told, key).seal
        with writing(told, "test", "write"):
            memos.add_memo(told, 1, "Kelly again")
        with pytest.raises(Conflict, match="no longer"), writing(told, "a", "hide"):
            hide(told, key, 1, seal)
    assert "Siobhan" in transcripts.text(told, 1)


def test_nothing_decided_is_refused(told, key_path) -> None:
    with pytest.raises(BadInput, match="Nothing is decided"):
        hide_names(told, key_path=str(key_path), actor="ana", name="Ana")


def test_a_reader_of_an_old_picture_makes_the_erasing_due_again(told, key_path) -> None:
    decide_all(told, key_path)
    path = Path(told.execute("PRAGMA database_list").fetchone()[2])
    reader = read_study(path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM coding").fetchone()
    told.execute("PRAGMA busy_timeout=50")
    done = hide_names(told, key_path=str(key_path), actor="ana", name="Ana")
    assert not done["erased"]
    assert is_due(told)
    reader.execute("ROLLBACK")
    assert finish_erasing(told)
    assert names_in(bytes_of(told)) == []


def test_the_same_name_later_gets_the_same_pseudonym(told, key_path, talk) -> None:
    decide_all(told, key_path)
    hide_names(told, key_path=str(key_path), actor="ana", name="Ana")
    later = talk("west", "Later", "Sam: Where is Siobhan?\n\nJoan: SIOBHAN KELLY is out.\n", "Sam")
    with changing_key(key_path) as key:
        proposals.propose(key, told, [Spot(later, 14, 21, "Siobhan", "person", "test", 0.9)])
        known = [r for r in key_file.list_names(key) if r["places"]]
        assert [r["pseudonym"] for r in known] == ["[Participant 1]"]
        assert known[0]["places"] == 2
    hide_names(told, key_path=str(key_path), actor="ana", name="Ana")
    assert transcripts.text(told, later).count("[Participant 1]") == 2
    assert names_in(bytes_of(told)) == []


def test_another_group_may_be_added_to_a_copy(told, key_path, tmp_path) -> None:
    """A file made after hiding opens elsewhere, with its history whole."""
    from linkage.backup import back_up
    from linkage.opening import open_elsewhere

    decide_all(told, key_path)
    hide_names(told, key_path=str(key_path), actor="ana", name="Ana")
    path = Path(told.execute("PRAGMA database_list").fetchone()[2])
    back_up(path, tmp_path / "copy.db")
    open_elsewhere(tmp_path / "copy.db", tmp_path / "opened.db", "ana")
    there = open_study(tmp_path / "opened.db")
    assert check_study(there) == []
    assert names_in((tmp_path / "copy.db").read_bytes()) == []
    with writing(there, "a", "go on"):
        add_group(there, 1, "More")
