"""The study's own names: listed, loaded from files, found whatever their case, undone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding import gazetteer, gazetteer_files, language
from coding.errors import BadInput, NotFound
from coding.gazetteer import Entry
from linkage.scope import Scope
from linkage.study import read_study, writing
from linkage.undo import undo


def listed(db) -> list[tuple[str, str]]:
    return [(row["name"], row["kind"]) for row in gazetteer.list_entries(db)]


def add(db, *names: tuple[str, str]) -> list[int]:
    with writing(db, "ana", "list names"):
        return [gazetteer.add_entry(db, *name) for name in names]


def test_areas_are_known_by_themselves_and_a_listed_kind_goes_first(study) -> None:
    known = [Entry("East", "PLACE"), Entry("West", "PLACE")]
    assert gazetteer.entries(study) == known
    add(study, ("  Lane   Group ", "group"), ("west", "person"))
    assert gazetteer.entries(study) == [
        Entry("East", "PLACE"), Entry("Lane Group", "GROUP"), Entry("west", "PERSON"),
    ]  # fmt: skip


def test_a_name_is_listed_once_removed_and_undone(study) -> None:
    (number,) = add(study, ("Bath", "place"))
    for name, kind, sentence in [
        ("BATH", "person", "“BATH” is listed already, as a place; remove it first"),
        ("Åse", "planet", "a place, a group or a person, not “planet”"),
        ("&!", "place", "neither a letter nor a digit"),
        (" ", "place", "must have 1 to 100 characters"),
        ("x" * 101, "place", "must have 1 to 100 characters"),
    ]:
        with pytest.raises(BadInput, match=sentence):
            add(study, (name, kind))
    with writing(study, "ana", "remove a name"):
        assert gazetteer.remove_entry(study, number) == "Bath"
    assert listed(study) == []
    with writing(study, "ana", "undo"):
        undo(study, "ana")
    assert listed(study) == [("Bath", "PLACE")]
    with pytest.raises(NotFound, match="no name in the gazetteer 99"), writing(study, "a", "b"):
        gazetteer.remove_entry(study, 99)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wyre Fold\nMossbank\n\nwyre fold\n", [("Wyre Fold", "PLACE"), ("Mossbank", "PLACE")]),
        ("name,kind\nMo,person\nLane Group,GROUP\n", [("Mo", "PERSON"), ("Lane Group", "GROUP")]),
        ("\ufeffKind;Name\nplace;Mossbank\n;Fold\n", [("Mossbank", "PLACE"), ("Fold", "PLACE")]),
        ("Mo,person\r\n\"Hill, The\",place\r\n", [("Mo", "PERSON"), ("Hill, The", "PLACE")]),
        ("id,name,kind\n7,Mo,person\n", [("Mo", "PERSON")]),
    ],
)  # fmt: skip
def test_a_file_has_names_and_kinds_or_a_name_a_line(text: str, found) -> None:
    assert gazetteer_files.read_entries(text) == [Entry(*pair) for pair in found]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file has no names"),
        ("name,kind\n", "The file has no names"),
        ("name,kind\nMo,person\nLeeds,planet\n", "Row 3: .*not “planet”.* Nothing was stored"),
        ("Mo,person\nLeeds,place,x\n", "Row 2: a row is a name and a kind"),
        ("Mo,person\nmo,place\n", "Row 2: “mo” is a person in row 1"),
        ("name,kind\n,person\n", "Row 2: .*1 to 100 characters"),
        ("PK\x03\x04\0\0", "not text"),
        ('"Mo\nLeeds', "cannot be read as CSV"),
        ("x" * (2 << 20), "larger than 1 MB"),
        ("\n".join(map(str, range(5001))), "5,001 names; the list may hold 5,000"),
    ],
)
def test_a_bad_file_gets_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence) as told:
        gazetteer_files.read_entries(text)
    assert "\n" not in str(told.value)


NAME = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=20)


@given(st.lists(st.tuples(NAME, st.sampled_from(sorted(gazetteer.LABELS))), max_size=8))
def test_what_is_written_is_read_again(pairs) -> None:
    import csv
    import io

    known = {}
    for name, kind in pairs:
        try:
            entry = gazetteer.check_entry(name, kind)
        except BadInput:
            continue
        known.setdefault(entry.name.lower(), entry)
    if known:
        sheet = io.StringIO()
        csv.writer(sheet).writerows(gazetteer_files.write_entries(list(known.values())))
        assert gazetteer_files.read_entries(sheet.getvalue()) == list(known.values())


def test_a_file_is_loaded_whole_and_again_when_it_was_put_right(study) -> None:
    with writing(study, "ana", "load"):
        first = gazetteer.add_entries(study, [Entry("Mo", "PLACE"), Entry("Leeds", "PLACE")])
        again = gazetteer.add_entries(study, [Entry("mo", "PERSON"), Entry("Leeds", "PLACE")])
    assert first == {"added": 2, "changed": 0, "there": 0}
    assert again == {"added": 0, "changed": 1, "there": 1}
    assert listed(study) == [("Leeds", "PLACE"), ("Mo", "PERSON")]
    with writing(study, "ana", "undo"):
        undo(study, "ana")
    assert listed(study) == []


def test_names_are_found_whatever_their_case_before_the_models(study) -> None:
    add(study, ("Priya Nair", "person"), ("Mossbank", "place"), ("St Anne’s", "group"))
    find = language.pipeline(study)
    (doc,) = find.pipe(["then priya nair of MOSSBANK came to st anne's, and London"])
    assert [(e.text, e.label_, e.ent_id_) for e in doc.ents] == [
        ("priya nair", "PERSON", "PERSON"), ("MOSSBANK", "GPE", "PLACE"),
        ("st anne's", "ORG", "GROUP"), ("London", "GPE", ""),
    ]  # fmt: skip
    assert [e.ent_id_ for e in find("Nobody we know").ents] == []


def test_common_words_are_no_names_unless_they_are_listed(study) -> None:
    said = "she was in the bath reading on a sunday"
    assert not any(e.ent_id_ for e in language.pipeline(study)(said).ents)
    add(study, ("Bath", "place"))
    assert [e.text for e in language.pipeline(study)(said).ents if e.ent_id_] == ["bath"]


@given(st.lists(st.sampled_from(["st", "mary", "hall", "Mary’s", "St.", "MARY", "x"]), max_size=9))
def test_a_name_whose_words_do_not_stand_there_is_never_found(words: list[str]) -> None:
    names = [Entry("St Mary's Hall", "PLACE"), Entry("mary", "PERSON"), Entry("St. X", "GROUP")]
    text = " ".join(words)
    all_names = {e.text.lower() for e in pipeline(names)(text).ents if e.ent_id_}
    for_here = pipeline(gazetteer.names_for(text, names))
    assert {e.text.lower() for e in for_here(text).ents if e.ent_id_} == all_names


def pipeline(names: list[Entry]):
    from coding.pipelines import Pipeline

    return Pipeline(names)


def test_who_sees_a_part_of_the_study_sees_no_listed_names_and_reads_the_same_parse(
    study, tmp_path
) -> None:
    add(study, ("Priya Nair", "person"))
    study.close()
    for scope, sees in [
        (Scope("x", areas=frozenset({1})), False),
        (Scope("x", unseen=frozenset({"consent"})), False),
        (Scope("x", blind=True), True),
    ]:
        db = read_study(tmp_path / "study.db", scope)
        assert bool(listed(db)) == sees
        found = db.execute("SELECT 1 FROM change_row WHERE object = 'gazetteer_entry'").fetchall()
        assert bool(found) == sees
        assert Entry("Priya Nair", "PERSON") in gazetteer.entries(db)
        db.close()
