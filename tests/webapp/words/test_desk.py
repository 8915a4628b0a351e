"""The desk: marks in the text, the panel, and the pieces that change."""

import html
import re

DESK = "/studies/pilot/transcripts/1/"


def turn_text(page: str, position: int) -> str:
    found = re.search(rf'id="t{position}".*?<p>(.*?)</p>', page, re.S)
    return html.unescape(re.sub("<[^>]+>", "", found[1]))


def test_each_turn_holds_exactly_its_slice_of_the_transcript(client, talk) -> None:
    page = client.get(DESK).text
    starts = [int(n) for n in re.findall(r'data-start="(\d+)"', page)]
    assert len(starts) == 4
    for position, start in enumerate(starts, start=1):
        words = turn_text(page, position)
        assert talk["text"][start : start + len(words)] == words
    assert turn_text(page, 2) == "We cleared the lane. 🎉 It stayed clean."


def test_a_turn_carries_the_text_since_the_turn_before(client, talk) -> None:
    page = client.get(DESK).text
    before = [html.unescape(text) for text in re.findall(r'data-before="([^"]*)"', page)]
    whole = "".join(text + turn_text(page, n) for n, text in enumerate(before, start=1))
    assert whole == talk["text"]


def test_marks_headings_issue_and_stripes_are_shown(client, talk) -> None:
    page = client.get(DESK).text
    assert f'<mark class="c{talk["code"]} l0" data-codings="{talk["coding"]}"' in page
    assert "What people said" in page
    assert "Issue: Health" in page
    assert "1 coding at turn 2: Clean-ups" in page


def test_imported_words_are_never_markup(client, send, talk) -> None:
    send("POST", "/codes", {"name": "<b>bold</b>", "definition": '"><script>'})
    page = client.get(DESK).text
    assert "<b>bold" not in page
    assert "&lt;b&gt;bold" in page


def test_a_link_to_a_coding_opens_its_place(client, talk) -> None:
    page = client.get(f"{DESK}?coding={talk['coding']}").text
    assert f'data-place="{talk["start"]}-{talk["end"]}"' in page
    assert 'data-coding="1"' in page
    assert "Clearing and mending." in page


def test_places_that_are_none_get_a_sentence(client, talk) -> None:
    assert client.get(f"{DESK}?coding=99").status_code == 404
    assert client.get(f"{DESK}?start=9&end=2").status_code == 400
    assert client.get(f"{DESK}?start=x&end=2").status_code == 400
    assert client.get("/studies/pilot/transcripts/99/").status_code == 404
    assert client.get(f"/studies/pilot/transcripts/{10**30}/").status_code == 404


def test_the_panel_lists_what_overlaps_a_span_innermost_first(client, send, talk) -> None:
    start = talk["text"].index("lane")
    send("POST", "/transcripts/1/codings",
         {"code_id": talk["theme"], "start": start, "end": start + 4, "quote": "lane"})  # fmt: skip
    panel = client.get(f"{DESK}place?start={start}&end={start + 1}").text
    assert re.findall(r'data-coding="(\d+)"', panel) == ["2", "1"]
    assert "Nothing is coded here" in client.get(f"{DESK}place?start=0&end=3").text


def look(client, since: int) -> dict:
    return client.get(f"{DESK}live?since={since}").json


def test_only_the_touched_turns_are_drawn_anew(client, send, talk) -> None:
    before = look(client, 10**9)["last"]
    start, end = talk["text"].index("not got"), talk["text"].index("An hour") + 2
    body = {"code_id": talk["code"], "start": start, "end": end, "quote": talk["text"][start:end]}
    send("POST", "/transcripts/1/codings", body)
    answer = look(client, before)
    assert list(answer["turns"]) == ["3", "4"]
    assert "<mark" in answer["turns"]["3"]
    assert (answer["counts"][str(talk["code"])], answer["tree"]) == (2, None)
    assert look(client, answer["last"])["turns"] == {}


def test_undo_draws_the_turn_without_its_mark(client, send, talk) -> None:
    send("DELETE", f"/codings/{talk['coding']}")
    after = look(client, 10**9)["last"]
    send("POST", "/undo")
    assert "<mark" in look(client, after)["turns"]["2"]


def test_a_renamed_code_redraws_its_turns_and_the_tree(client, send, talk) -> None:
    before = look(client, 10**9)["last"]
    send("PATCH", f"/codes/{talk['code']}", {"revision": 1, "name": "Tidying"})
    answer = look(client, before)
    assert "Tidying" in answer["turns"]["2"]
    assert "Tidying" in answer["tree"]


def test_a_memo_shows_at_the_mark_and_in_the_panel(client, send, talk) -> None:
    before = look(client, 10**9)["last"]
    send("PUT", f"/codings/{talk['coding']}/memo", {"text": "the council’s part"})
    assert "memo" in look(client, before)["turns"]["2"]
    assert "the council’s part" in client.get(f"{DESK}?coding={talk['coding']}").text
