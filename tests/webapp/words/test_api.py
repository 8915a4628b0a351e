"""Codings, codes, memos, undo and changes as JSON."""

import pytest

CODINGS = "/transcripts/1/codings"


def passage(talk, words: str, code: str = "code") -> dict:
    start = talk["text"].index(words)
    return {"code_id": talk[code], "start": start, "end": start + len(words), "quote": words}


def test_a_passage_is_coded_and_listed(client, send, talk) -> None:
    answer = send("POST", CODINGS, passage(talk, "not got the Saturdays"))
    assert answer.status_code == 201
    listed = client.get(f"/api/studies/pilot{CODINGS}").json
    assert [row["id"] for row in listed] == [talk["coding"], answer.json["id"]]
    assert (listed[1]["coder"], listed[1]["speaker"]) == ("Ana", "Joyce")


def test_a_retry_with_the_same_key_makes_no_second_coding(client, send, talk) -> None:
    body = passage(talk, "lane")
    first, second = (send("POST", CODINGS, body, key="k1").json for _ in range(2))
    assert first == second
    assert send("POST", CODINGS, passage(talk, "hour"), key="k1").status_code == 400


def test_a_quote_that_does_not_match_is_409_and_says_what_stands_there(send, talk) -> None:
    answer = send("POST", CODINGS, {**passage(talk, "lane"), "quote": "Lane"})
    assert answer.status_code == 409
    assert answer.json["current"]["quote"] == "lane"


BAD = [
    ({"code_id": True}, "code_id"),
    ({"start": "3"}, "start"),
    ({"start": 1.0}, "start"),
    ({"end": 10**30}, "end"),
    ({"end": None}, "end"),
    ({"quote": 5}, "quote"),
    ({"colour": "#000000"}, "colour"),
    ({"start": -1}, "-1"),
    ({"end": 10**6}, "1000000"),
]


@pytest.mark.parametrize(("wrong", "named"), BAD)
def test_wrong_fields_are_named_in_one_sentence(send, talk, wrong, named) -> None:
    answer = send("POST", CODINGS, {**passage(talk, "lane"), **wrong})
    assert answer.status_code == 400
    assert named in answer.json["error"]


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"null", b'"x"', b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_json_object_is_refused(client, talk, post, body) -> None:
    answer = post(f"/api/studies/pilot{CODINGS}", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert "JSON object" in answer.json["error"]


def test_unknown_objects_are_404(client, send, talk) -> None:
    huge = 10**18
    assert send("POST", CODINGS, {**passage(talk, "lane"), "code_id": 99}).status_code == 404
    assert client.get(f"/api/studies/pilot/transcripts/{huge}/codings").status_code == 404
    assert send("DELETE", f"/codings/{huge}").status_code == 404
    assert send("PUT", "/codings/99/memo", {"text": "?"}).status_code == 404


def test_undo_brings_a_removed_coding_back_with_its_memo(client, send, talk) -> None:
    assert send("PUT", f"/codings/{talk['coding']}/memo", {"text": "first"}).status_code == 200
    assert send("DELETE", f"/codings/{talk['coding']}").status_code == 204
    assert send("POST", "/undo").json == {"action": "remove a coding"}
    (row,) = client.get(f"/api/studies/pilot{CODINGS}").json
    assert (row["id"], row["memo"]) == (talk["coding"], "first")
    assert send("POST", "/redo").json == {"action": "remove a coding"}


def test_undo_is_only_of_ones_own(send, talk) -> None:
    answer = send("POST", "/undo")
    assert answer.status_code == 400
    assert "nothing of yours" in answer.json["error"]


def test_the_second_of_two_edits_is_409_with_the_first(send, talk) -> None:
    path = f"/codes/{talk['code']}"
    assert send("PATCH", path, {"revision": 1, "name": "Tidying"}).json == {"revision": 2}
    late = send("PATCH", path, {"revision": 1, "name": "Cleaning"})
    assert (late.status_code, late.json["current"]["name"]) == (409, "Tidying")


def test_a_new_code_takes_its_place_in_the_tree(send, talk) -> None:
    made = send("POST", "/codes", {"name": "Rotas", "parent_id": talk["theme"]})
    assert made.status_code == 201
    again = send("POST", "/codes", {"name": "Rotas", "parent_id": talk["theme"]})
    assert (again.status_code, "already" in again.json["error"]) == (400, True)


def test_changes_since_say_what_was_and_what_is(client, send, talk) -> None:
    feed = "/api/studies/pilot/changes"
    last = client.get(feed).json["last"]
    send("PATCH", f"/codes/{talk['code']}", {"revision": 1, "name": "Tidying"})
    answer = client.get(f"{feed}?since={last}").json
    (row,) = answer["changes"]
    assert (row["before"]["name"], row["after"]["name"]) == ("Clean-ups", "Tidying")
    assert client.get(f"{feed}?since={answer['last']}").json["changes"] == []
    assert client.get(f"{feed}?since=x").status_code == 400


def test_without_a_token_nothing_changes(client, talk) -> None:
    assert client.post("/api/studies/pilot/undo").status_code == 400


def test_a_memo_changed_in_another_window_is_409_with_its_text(send, talk) -> None:
    path = f"/codings/{talk['coding']}/memo"
    assert send("PUT", path, {"text": "first", "revision": 0}).status_code == 200
    late = send("PUT", path, {"text": "second", "revision": 0})
    assert (late.status_code, late.json["current"]["text"]) == (409, "first")
    revision = late.json["current"]["revision"]
    assert send("PUT", path, {"text": "second", "revision": revision}).status_code == 200


def test_a_coding_moves_to_other_words_and_another_code(client, send, talk) -> None:
    made = send("POST", CODINGS, passage(talk, "lane")).json["id"]
    fresh = passage(talk, "the lane", "theme")
    assert send("PATCH", f"/codings/{made}", fresh).status_code == 204
    rows = {row["id"]: row for row in client.get(f"/api/studies/pilot{CODINGS}").json}
    assert (rows[made]["quote"], rows[made]["code_id"]) == ("the lane", talk["theme"])
    assert send("POST", "/undo").json["action"] == (
        "recode a passage from “Clean-ups” to “Doing it together”"
    )


def test_a_coding_does_not_move_to_words_that_are_not_there(send, talk) -> None:
    made = send("POST", CODINGS, passage(talk, "lane")).json["id"]
    wrong = {name: value for name, value in passage(talk, "hour").items() if name != "code_id"}
    answer = send("PATCH", f"/codings/{made}", wrong | {"quote": "Hour"})
    assert (answer.status_code, answer.json["current"]["quote"]) == (409, "hour")
