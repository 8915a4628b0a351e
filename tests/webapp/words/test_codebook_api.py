"""Codes are moved, merged and split as JSON."""


def codes(client):
    rows = client.get("/api/studies/pilot/codes").json
    return [(row["path"], row["own_codings"]) for row in rows]


def test_a_code_is_moved(client, send, talk) -> None:
    answer = send("POST", f"/codes/{talk['code']}/move", {"parent_id": None, "revision": 1})
    assert (answer.status_code, answer.json) == (200, {"revision": 2})
    assert codes(client) == [("Doing it together", 0), ("Clean-ups", 1)]
    before = {"parent_id": None, "before_id": talk["theme"], "revision": 1}
    stale = send("POST", f"/codes/{talk['code']}/move", before)
    assert (stale.status_code, stale.json["current"]["revision"]) == (409, 2)


def test_a_merge_is_looked_at_and_then_done(client, send, talk) -> None:
    theme, code = talk["theme"], talk["code"]
    wanted = {"code_ids": [theme, code], "into_id": theme, "revisions": {str(code): 1}}
    looked = send("POST", "/codes/merge", {**wanted, "dry_run": True}).json
    assert (looked["done"], looked["gone"], looked["codings_moved"]) == (False, [code], 1)
    assert len(codes(client)) == 2
    done = send("POST", "/codes/merge", {**wanted, "name": "Together"}).json
    assert done == {**looked, "done": True}
    assert codes(client) == [("Together", 1)]
    assert client.get("/api/studies/pilot/codes").json[0]["definition"] == "Clearing and mending."
    assert send("POST", "/codes/merge", wanted).status_code == 404


def test_a_merge_that_cannot_be_says_why(send, talk) -> None:
    wanted = {"code_ids": [talk["theme"], talk["code"]], "into_id": talk["theme"]}
    stale = send("POST", "/codes/merge", {**wanted, "revisions": {str(talk["code"]): 7}})
    assert (stale.status_code, stale.json["current"]["id"]) == (409, talk["code"])
    answer = send("POST", "/codes/merge", {**wanted, "code_ids": "all"})
    assert (answer.status_code, "must be a list" in answer.json["error"]) == (400, True)


def test_codings_are_split_off(client, send, talk) -> None:
    split = {"coding_ids": [talk["coding"]], "name": "Lanes", "nest": True, "revision": 1}
    answer = send("POST", f"/codes/{talk['code']}/split", split)
    assert (answer.status_code, answer.json["id"]) == (201, talk["code"] + 1)
    assert ("Doing it together › Clean-ups › Lanes", 1) in codes(client)
    assert send("POST", f"/codes/{talk['code']}/split", split).status_code == 409
