"""Move, merge and split on the codebook's pages."""

import pytest

BOOK = "/studies/pilot/codebook/"


def test_a_code_is_moved_under_another_and_in_order(client, post, talk) -> None:
    post(BOOK, data={"name": "Time"})
    move = f"{BOOK}{talk['code'] + 1}/move"
    assert post(move, data={"step": "up", "revision": 1}).status_code == 302
    page = client.get(BOOK).text
    assert page.index('data-name="Time"') < page.index('data-name="Doing it together"')
    assert post(move, data={"parent_id": talk["theme"], "revision": 9}).status_code == 409
    assert post(move, data={"parent_id": talk["theme"]}).status_code == 302
    assert "1 theme," in client.get(BOOK).text


def test_merging_tells_before_and_does_what_it_told(client, post, send, talk) -> None:
    theme, code = talk["theme"], talk["code"]
    asked = client.get(f"{BOOK}merge?code={theme}&code={code}&into={theme}").text
    for words in ("1 coding goes", "Clearing and mending.", f'value="{code}:1"'):
        assert words in asked
    data = {"into": theme, "seen": [f"{theme}:1", f"{code}:1"], "name": "Together"}
    assert post(f"{BOOK}merge", data=data).status_code == 302
    page = client.get(BOOK).text
    assert ("Together" in page, 'data-name="Clean-ups"' in page) == (True, False)
    assert post(f"{BOOK}merge", data=data).status_code == 409  # it was merged already
    assert send("POST", "/undo").status_code == 200
    assert 'data-name="Clean-ups"' in client.get(BOOK).text


def test_a_stale_merge_is_refused(post, talk) -> None:
    data = {"into": talk["theme"], "seen": [f"{talk['theme']}:1", f"{talk['code']}:7"]}
    answer = post(f"{BOOK}merge", data=data)
    assert (answer.status_code, "changed the code" in answer.text) == (409, True)


def test_a_split_is_shown_before_it_is_done(client, post, talk) -> None:
    path = f"{BOOK}{talk['code']}/split"
    assert "We cleared the lane" in client.get(path).text
    assert "No quote fits" in client.get(f"{path}?words=zebra").text
    data = {"coding": [talk["coding"]], "name": "Lanes", "revision": 1}
    shown = post(path, data=data)
    assert "1 of 1 coding" in shown.text
    assert "Lanes" not in client.get(BOOK).text
    assert post(path, data={**data, "sure": "1"}).status_code == 302
    assert "Lanes" in client.get(BOOK).text


@pytest.mark.parametrize("data", [{"name": "Lanes"}, {"coding": "1"}, {"coding": "x", "name": "L"}])
def test_a_split_that_lacks_something_says_what(post, talk, data) -> None:
    answer = post(f"{BOOK}{talk['code']}/split", data=data)
    assert (answer.status_code, "That did not work" in answer.text) == (400, True)


def test_the_codes_page_shows_its_use(client, talk) -> None:
    page = client.get(f"{BOOK}{talk['theme']}/").text
    assert "1 coding in 1 transcript of 1 group, by 1 participant" in page
