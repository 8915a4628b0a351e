"""How the desk is looked at: the card, filters, the map, passages beside, and search."""

import re

from webapp.people.members import Membership

from ..conftest import sign_in
from .test_desk import DESK, look


def test_the_card_tells_who_coded_what_and_when(client, send, talk) -> None:
    send("PUT", f"/codings/{talk['coding']}/memo", {"text": "the council’s part"})
    card = client.get(f"{DESK}told?start={talk['start']}&end={talk['end']}").text
    for words in ("Clean-ups", "Bo, ", "the council’s part"):
        assert words in card
    assert "Clean-ups" not in client.get(f"{DESK}told?start=0&end=3").text
    assert client.get(f"{DESK}told").status_code == 400


def test_a_blind_coder_is_told_of_none_but_their_own(app, send, talk) -> None:
    people = app.extensions["coproduce"].people
    blind = Membership(frozenset({"researcher"}), blind=True)
    client = sign_in(app, "Cy", administrator=False)
    people.set_membership(people.find_user("Cy")["id"], "pilot", blind)
    span = f"start={talk['start']}&end={talk['end']}"
    for path in (f"{DESK}?{span}", f"{DESK}told?{span}", f"{DESK}map", f"{DESK}beside?beside=2"):
        page = client.get(path)
        assert page.status_code == 200
        assert not re.search(r"\bBo\b", page.text), path
        assert "<mark" not in page.text
        assert "<rect" not in page.text


def test_a_filter_shows_only_its_codings_here_and_live(client, send, talk) -> None:
    start = talk["text"].index("not got")
    body = {"code_id": talk["theme"], "start": start, "end": start + 7, "quote": "not got"}
    before = look(client, 10**9)["last"]
    send("POST", "/transcripts/1/codings", body)
    for asked, marks in [("", 2), (f"?code={talk['theme']}", 2), (f"?code={talk['code']}", 1),
                         ("?coder=1", 1), ("?code=&coder=", 2)]:  # fmt: skip
        assert client.get(f"{DESK}{asked}").text.count("<mark") == marks, asked
    live = client.get(f"{DESK}live?since={before}&code={talk['code']}").json
    assert "<mark" not in live["turns"]["3"]
    assert client.get(f"{DESK}?code=99").status_code == 404
    assert client.get(f"{DESK}?coder=99").status_code == 404


def test_a_theme_takes_in_the_codes_under_it(client, talk) -> None:
    assert client.get(f"{DESK}?code={talk['theme']}").text.count("<mark") == 1
    assert f'<option value="{talk["theme"]}" selected>' in client.get(f"{DESK}?code=1").text


def test_the_map_has_a_bar_where_there_are_codings(client, talk) -> None:
    drawn = client.get(f"{DESK}map").text
    counts = [int(n) for n in re.findall(r'data-counts="([^"]+)"', drawn)[0].split()]
    long = len(talk["text"])
    coded = {number for number, count in enumerate(counts) if count}
    expected = range(talk["start"] * 120 // long, (talk["end"] - 1) * 120 // long + 1)
    assert coded == set(expected)


def test_passages_of_a_code_stand_beside_the_text(client, talk) -> None:
    page = client.get(f"{DESK}?beside={talk['theme']}").text
    assert "data-here>Turn 2, here</a>" in page
    assert client.get(f"{DESK}beside?beside=99").status_code == 404


def search(client, words: str) -> str:
    return client.get("/studies/pilot/search/", query_string={"q": words}).text


def test_search_shows_hits_in_their_line(client, talk) -> None:
    page = search(client, "stayed")
    assert "<b>stayed</b> clean." in page
    assert "Maureen" in page
    assert "Nobody says “xyz”" in search(client, "xyz")
    assert "Type words" in search(client, "")
    assert client.get("/studies/pilot/search/?q=a&transcript=99").status_code == 404


def test_hits_are_a_file_with_who_said_them(client, talk) -> None:
    path = "/studies/pilot/search/hits."
    lines = client.get(f"{path}csv?q=stayed").get_data(as_text=True).splitlines()
    assert lines[0].removeprefix("\ufeff").startswith("transcript,turn,speaker,area,start,end")
    assert "Maureen" in lines[1]
    assert client.get(f"{path}xlsx?q=stayed").data[:2] == b"PK"
    assert client.get(f"{path}pdf?q=stayed").status_code == 404


def test_ticked_hits_are_coded_in_one_change_that_one_undo_reverses(
    client, post, send, talk
) -> None:
    keys = re.findall(r'name="hit" value="([^"]+)"', search(client, "e"))
    chosen = {"code": talk["theme"], "extent": "words", "hit": keys[:3]}
    answer = post("/studies/pilot/search/?q=e", data=chosen)
    assert answer.status_code == 302
    assert "3 passages are newly coded as Doing it together" in search(client, "e")
    assert len(client.get("/api/studies/pilot/transcripts/1/codings").json) == 4
    assert "code hits of “e”" in send("POST", "/undo").json["action"]
    assert len(client.get("/api/studies/pilot/transcripts/1/codings").json) == 1


def test_what_is_wrong_with_coding_hits_is_said(post, talk) -> None:
    for chosen, words in [
        ({"code": "", "hit": ["1-20"]}, "Choose the code"),
        ({"code": "1"}, "Tick at least one"),
        ({"code": "1", "hit": ["1-0"]}, "not the hits of now"),
        ({"code": "1", "hit": ["x"]}, "not the hits of now"),
    ]:
        answer = post("/studies/pilot/search/?q=stayed", data=chosen)
        assert (answer.status_code, words in answer.text) == (400, True), chosen


def test_hits_as_json(client, talk) -> None:
    (hit,) = client.get("/api/studies/pilot/search?words=stayed").json
    assert talk["text"][hit["start"] : hit["end"]] == "stayed"
    low, high = hit["extents"]["sentence"]
    assert talk["text"][low:high] == "🎉 It stayed clean."
    assert client.get("/api/studies/pilot/search").status_code == 400
