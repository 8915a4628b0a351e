"""Quotes by code: filters, counts, places and the download."""

import csv
import io

QUOTES = "/studies/pilot/quotes/"


def test_a_theme_takes_in_its_codes_and_people_come_first(client, talk) -> None:
    page = client.get(f"{QUOTES}?code={talk['theme']}").text
    assert "<b>1 speaker</b> in <b>1 group</b>, 1 quote" in page
    assert talk["quote"] in page
    assert f"/studies/pilot/transcripts/1/?coding={talk['coding']}#t2" in page


def test_filters_narrow_and_an_empty_result_says_so(client, talk) -> None:
    assert talk["quote"] in client.get(f"{QUOTES}?area=1&issue=1&phase=source").text
    for filters in ("area=2", "issue=2", "phase=test", "speaker=1"):
        assert "No quote fits" in client.get(f"{QUOTES}?{filters}").text, filters


def test_nothing_coded_says_what_to_do(client) -> None:
    assert "Nothing is coded yet" in client.get(QUOTES).text


def test_filters_that_name_nothing_get_a_sentence(client, talk) -> None:
    unknown = ("code=99", "code=0", "area=99", "issue=99", "speaker=99", "coder=99")
    garbled = ("code=x", "area=mars", "phase=x", "page=x")
    for filters, status in [(u, 404) for u in unknown] + [(g, 400) for g in garbled]:
        assert client.get(f"{QUOTES}?{filters}").status_code == status, filters


def test_the_download_holds_all_and_nothing_a_spreadsheet_runs(client, send, talk) -> None:
    start = talk["text"].index("=An hour")
    body = {"code_id": talk["code"], "start": start, "end": start + 8, "quote": "=An hour"}
    send("POST", "/transcripts/1/codings", body)
    sheet = client.get(f"{QUOTES}quotes.csv?code={talk['code']}").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert [row["quote"] for row in rows] == [talk["quote"], "'=An hour"]


def test_fifty_quotes_a_page(client, send, talk) -> None:
    text = talk["text"]
    for start in range(20, 75):
        send("POST", "/transcripts/1/codings", {"code_id": talk["code"], "start": start,
             "end": start + 2, "quote": text[start : start + 2]})  # fmt: skip
    first, second = (client.get(f"{QUOTES}?page={n}&x=1").text for n in (1, 2))
    assert (first.count("<blockquote>"), second.count("<blockquote>")) == (50, 6)
    assert "Next 50" in first
    assert "Previous 50" in second
