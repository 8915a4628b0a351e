"""A code's page: memos on it, and a quote of it that becomes the example."""

BOOK = "/studies/pilot/codebook/"


def test_memos_on_the_code_stand_on_its_page(client, post, talk) -> None:
    page = client.get(f"{BOOK}{talk['code']}/").text
    assert "Nobody has written a memo on this code yet" in page
    assert f'href="/studies/pilot/memos/new?code={talk["code"]}"' in page
    post("/studies/pilot/memos/", data={"text": "Broader than thought", "code_id": talk["code"]})
    assert "Broader than thought" in client.get(f"{BOOK}{talk['code']}/").text
    assert "Broader than thought" not in client.get(f"{BOOK}{talk['theme']}/").text


def test_a_quote_becomes_the_example_and_undo_brings_back_the_one_before(
    client, post, send, talk
) -> None:
    path, rules = f"{BOOK}{talk['code']}/", f"{BOOK}{talk['code']}/rules"
    assert "Use as example" in client.get(path).text
    answer = post(f"{path}example", data={"coding": talk["coding"], "revision": 1})
    assert answer.status_code == 302
    assert talk["quote"] in client.get(rules).text
    page = client.get(path).text
    assert ("The example</span>" in page, "Use as example" in page) == (True, False)
    assert send("POST", "/undo").status_code == 200
    assert talk["quote"] not in client.get(rules).text


def test_an_example_is_refused_for_another_codes_quote_or_a_stale_page(post, talk) -> None:
    coding = talk["coding"]
    assert post(f"{BOOK}{talk['theme']}/example", data={"coding": coding}).status_code == 400
    stale = {"coding": coding, "revision": 7}
    assert post(f"{BOOK}{talk['code']}/example", data=stale).status_code == 409
    assert post(f"{BOOK}{talk['code']}/example", data={"coding": 99}).status_code == 404
    assert post(f"{BOOK}{talk['code']}/example", data={}).status_code == 400
