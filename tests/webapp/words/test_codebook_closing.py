"""The codebook is closed and opened on its page."""

BOOK = "/studies/pilot/codebook/"


def test_a_closed_codebook_says_so_and_takes_no_change(client, post, send, talk) -> None:
    assert post(f"{BOOK}close").status_code == 302
    page = client.get(BOOK).text
    for gone in ('id="add"', "data-mover", "Merge codes"):
        assert gone not in page
    assert "<b>The codebook is closed</b> by Ana" in page
    code = client.get(f"{BOOK}{talk['code']}/").text
    assert ("The codebook is closed" in code, "Delete this code" in code) == (True, False)
    answer = post(BOOK, data={"name": "New", "definition": "Long thought over"})
    assert (answer.status_code, "Long thought over" in answer.text) == (400, True)
    assert "an owner can open it" in send("POST", "/codes", {"name": "In vivo"}).json["error"]
    assert post(f"{BOOK}{talk['code']}/delete").status_code == 400


def test_closing_is_lifted_on_the_page_and_stays_in_the_history(client, post, talk) -> None:
    post(f"{BOOK}close")
    assert post(f"{BOOK}close").status_code == 400
    assert post(f"{BOOK}reopen").status_code == 302
    assert 'id="add"' in client.get(BOOK).text
    history = client.get("/studies/pilot/history/").text
    assert "close the codebook" in history
    assert "open the codebook again" in history
