"""Messages on their pages: written beside their evidence, kept in versions, fixed by allocation."""

from datetime import date

import pandas as pd
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from linkage.waves import allocate_wave
from webapp.word_diff import word_diff

from .test_stories import ASKED, CLEARED, hold_group, mark_story, passage, run

MESSAGES = "/studies/pilot/messages/"
PLACE = {"wave_id": "1", "area_id": "1", "issue_id": "1"}
SIX = "Six people cleared a lane."
CLEAN = "It stayed clean."


@pytest.fixture
def lane(app: Flask, tmp_path) -> int:
    return hold_group(app, tmp_path)


@pytest.fixture
def message(post, lane: int) -> str:
    """The address of a message that is started, with a story to write it from."""
    mark_story(post, lane)
    return post(MESSAGES, data={**PLACE, "nudge": "A"}).location


def rows(*sentences: tuple[str, list[int]], revision: int = 1) -> dict[str, object]:
    """Return the editor's form, one row a sentence."""
    form: dict[str, object] = {"revision": revision, "row": list(range(len(sentences)))}
    for key, (text, quotes) in enumerate(sentences):
        form |= {f"text-{key}": text, f"quotes-{key}": quotes}
    return form


def allocate(app: Flask, day: date = date(2025, 5, 12)) -> None:
    frame = pd.DataFrame({"respondent": range(8), "area": ["East"] * 4 + ["West"] * 4})
    run(app, lambda db: allocate_wave(db, "1", frame, ["area"], ("none", "A"), 7, day) is None)


def test_the_grid_shows_what_is_written_and_what_lacks(client: FlaskClient, message: str) -> None:
    page = client.get(MESSAGES).text
    assert page.count("No story to write it from yet") == 3
    assert page.count(">Write it<") == 5
    assert "0 messages written" in page


def test_the_same_message_is_started_once(post, message: str) -> None:
    assert post(MESSAGES, data={**PLACE, "nudge": "A"}).location == message
    assert post(MESSAGES, data={**PLACE, "nudge": "C"}).status_code == 400
    assert post(MESSAGES, data={**PLACE, "nudge": "A", "wave_id": "9"}).status_code == 404


def test_each_sentence_is_saved_with_its_quotes(client: FlaskClient, post, message: str) -> None:
    answer = post(message, data=rows((SIX, [1]), (CLEAN, [])))
    assert answer.location == message
    page = client.get(message).text
    assert "Version 1 is saved." in page
    assert f"{SIX} {CLEAN}" in page  # what the respondent reads
    assert page.count(" checked") == 1
    assert "1 saved sentence without a quote" in page
    assert "1 sentence without evidence" in client.get(MESSAGES).text


def test_a_quote_altered_by_a_correction_warns_beside_the_sentence(
    app: Flask, client: FlaskClient, message: str
) -> None:
    old = {"altered_from": "Six of you"}
    run(app, lambda db: db.table("story_quote").update(1, old))
    page = client.get(message).text
    assert "Altered: the transcript was corrected. Marked were the words “Six of you”." in page
    assert "<b>altered</b></span></label>" in page


def test_the_order_of_the_page_is_the_order_of_the_message(
    client: FlaskClient, post, message: str
) -> None:
    post(message, data={**rows((SIX, [1]), ("  ", []), (CLEAN, [])), "row": [2, 1, 0]})
    assert f"{CLEAN} {SIX}" in client.get(message).text


def test_a_pasted_text_is_split_until_quotes_stand_behind_it(
    client: FlaskClient, post, message: str
) -> None:
    post(message, data=rows((f"{SIX} {CLEAN}", [])))
    assert client.get(message).text.count("<fieldset") == 2 + 3 + 1  # with spares, and the pattern
    post(message, data=rows((f"{SIX} {CLEAN}", [1]), revision=2))
    assert client.get(message).text.count("<fieldset") == 1 + 3 + 1


def test_the_same_text_makes_no_version(client: FlaskClient, post, message: str) -> None:
    for revision in (1, 2):
        post(message, data=rows((SIX, [1]), revision=revision))
    page = client.get(message).text
    assert "Nothing changed" in page
    assert "version 1 by Ana" in page


@pytest.mark.parametrize(
    ("sentences", "says"),
    [([], "The message is empty"), ([("a" * 2001, [])], "shorten it"),
     ([("Kept words.", ["x"])], "given by its number")],
)  # fmt: skip
def test_what_cannot_be_saved_is_said_on_top(post, message: str, sentences, says: str) -> None:
    answer = post(message, data=rows(*sentences))
    assert answer.status_code == 400
    assert says in answer.text


def test_evidence_of_another_area_is_refused_and_the_text_kept(
    app: Flask, post, message: str, tmp_path
) -> None:
    elsewhere = hold_group(app, tmp_path, "west")
    mark_story(post, elsewhere, "The street")
    answer = post(message, data=rows(("Kept words.", [2])))
    assert answer.status_code == 400
    assert "is about West, and this message about East" in answer.text
    assert ">Kept words.</textarea>" in answer.text


def test_a_story_told_when_findings_were_shown_is_refused(
    app: Flask, post, message: str, tmp_path
) -> None:
    later = hold_group(app, tmp_path, phase="test")
    mark_story(post, later, "Told later")
    answer = post(message, data=rows((SIX, [2])))
    assert answer.status_code == 400
    assert "a group to which findings were shown" in answer.text


def test_two_authors_lose_nothing(client: FlaskClient, post, message: str) -> None:
    post(message, data=rows((SIX, [1])))
    answer = post(message, data=rows(("Seven people cleared a lane.", [1])))
    assert answer.status_code == 409
    assert "Ana saved this message while you were editing it" in answer.text
    assert '<del><span class="hidden-text">removed: </span>Six' in answer.text
    assert ">Seven people cleared a lane.</textarea>" in answer.text
    assert 'name="revision" value="2"' in answer.text
    assert SIX in client.get(message).text


def test_older_versions_are_read_compared_and_used_again(
    client: FlaskClient, post, message: str
) -> None:
    post(message, data=rows((SIX, [1])))
    post(message, data=rows(("Eight people cleared a lane.", []), revision=2))
    page = client.get(f"{message}versions/2").text
    assert "added: </span>Eight" in page
    assert "What changed since version 1" in page
    assert post(f"{message}versions/1/restore").status_code == 303
    assert "Version 3 is saved" in client.get(message).text
    assert client.get(f"{message}versions/9").status_code == 404


def test_an_allocated_wave_fixes_its_messages(app: Flask, client: FlaskClient, post, message: str):
    post(message, data=rows((SIX, [1])))
    allocate(app)
    page = client.get(message).text
    assert "fixed when Wave 1 was allocated" in page
    assert 'id="editor"' not in page
    answer = post(message, data=rows((CLEAN, [1]), revision=2))
    assert answer.status_code == 400
    assert "cannot change" in answer.text
    assert "shown to respondents" in client.get(MESSAGES).text


def test_a_message_of_typical_time_needs_no_evidence(client: FlaskClient, post) -> None:
    path = post(MESSAGES, data={**PLACE, "nudge": "B"}).location
    post(path, data=rows(("People here give two hours a month.", [])))
    page = client.get(path).text
    assert "Typical time (B)" in page
    assert "No quote behind it" not in page
    assert "without a quote" not in page


def test_the_words_behind_a_message_and_who_read_it(
    app: Flask, client: FlaskClient, post, message: str
) -> None:
    post(message, data=rows((SIX, [1]), (CLEAN, [])))
    path = message.replace("/messages/", "/provenance/messages/").rstrip("/")
    assert "No wave shows it yet" in client.get(path).text
    allocate(app)
    page = client.get(path).text
    assert CLEARED in page
    assert "Turn 2" in page
    assert "No quote behind it" in page
    assert '<td class="num">2</td>' in page  # allocated to the local story


def test_a_used_story_stays_and_says_where(client: FlaskClient, post, message: str) -> None:
    post(message, data=rows((SIX, [1])))
    page = client.get("/studies/pilot/stories/1/").text
    assert "It cannot be deleted while a message rests on its quotes" in page
    answer = post("/studies/pilot/stories/1/delete")
    assert answer.status_code == 400
    assert "the message for East, Health" in answer.text
    uses = client.get("/studies/pilot/provenance/words", query_string=passage(1))
    assert "1 sentence in messages" in uses.text
    assert "No story uses them" in client.get(
        "/studies/pilot/provenance/words", query_string=passage(1, ASKED)
    ).text  # fmt: skip


@given(st.text("ab ", max_size=30), st.text("ab ", max_size=30))
def test_a_diff_holds_both_texts(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    old = " ".join(piece.words for piece in pieces if piece.kind != "added")
    new = " ".join(piece.words for piece in pieces if piece.kind != "removed")
    assert (old.split(), new.split()) == (before.split(), after.split())
