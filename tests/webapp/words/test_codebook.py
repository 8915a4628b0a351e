"""The codebook's pages: add, edit, two editors, delete, colours."""

from webapp.code_tree import stylesheet

BOOK = "/studies/pilot/codebook/"


def test_an_empty_codebook_says_what_to_do(client) -> None:
    page = client.get(BOOK).text
    assert "There is no code yet" in page
    assert page.count("<h1>") == 1


def test_a_code_is_added_under_a_theme(client, post, talk) -> None:
    answer = post(BOOK, data={"name": "Rotas", "parent_id": talk["theme"], "include": "lists"})
    assert answer.location.endswith(f"#code-{talk['code'] + 1}")
    assert "Rotas" in client.get(BOOK).text


def test_a_taken_name_keeps_what_was_typed(post, talk) -> None:
    answer = post(BOOK, data={"name": "Clean-ups", "parent_id": talk["theme"], "include": "lists"})
    assert answer.status_code == 400
    assert "already" in answer.text
    assert "lists" in answer.text


def test_the_second_editor_gets_both_texts(client, post, talk) -> None:
    path = f"{BOOK}{talk['code']}/"
    form = {"revision": 1, "parent_id": talk["theme"], "colour": "#2a747b"}
    assert post(path, data={**form, "name": "Tidying"}).status_code == 302
    late = post(path, data={**form, "name": "Cleaning", "definition": "Mine"})
    assert late.status_code == 409
    for words in ('value="Cleaning"', "Mine", "Tidying", 'name="revision" value="2"'):
        assert words in late.text
    again = post(path, data={**form, "revision": 2, "name": "Cleaning", "definition": "Mine"})
    assert again.status_code == 302


def test_what_only_the_other_changed_is_in_the_form(post, talk) -> None:
    path = f"{BOOK}{talk['code']}/"
    form = {"revision": 1, "parent_id": talk["theme"], "colour": "#b84a33", "name": "Clean-ups"}
    post(path, data={**form, "definition": "Clearing and mending.", "exclude": "Rubbish"})
    late = post(path, data={**form, "definition": "Mine", "exclude": ""})
    assert late.status_code == 409
    assert ">Rubbish</textarea>" in late.text
    assert ">Mine</textarea>" in late.text
    assert "only you changed it" in late.text
    assert "only they changed it" in late.text


def test_what_was_typed_of_a_deleted_code_can_be_added_anew(post, talk) -> None:
    path = f"{BOOK}{talk['code']}/"
    post(f"{path}delete")
    late = post(path, data={"revision": 1, "name": "Clean-ups", "definition": "Long thought over"})
    assert late.status_code == 404
    assert ">Long thought over</textarea>" in late.text
    assert "was deleted while you were editing" in late.text


def test_a_code_changed_meanwhile_is_not_deleted_unseen(client, post, talk) -> None:
    path = f"{BOOK}{talk['code']}/"
    post(path, data={"revision": 1, "parent_id": talk["theme"], "name": "Tidying"})
    assert post(f"{path}delete", data={"revision": 1}).status_code == 409
    assert post(f"{path}delete", data={"revision": 2}).status_code == 302


def test_a_code_moves_to_the_top_but_not_under_itself(client, post, talk) -> None:
    page = client.get(f"{BOOK}{talk['theme']}/").text
    assert f'<option value="{talk["code"]}"' not in page
    form = {"revision": 1, "name": "Clean-ups", "parent_id": ""}
    assert post(f"{BOOK}{talk['code']}/", data=form).status_code == 302
    assert "2 themes" in client.get(BOOK).text


def test_deleting_says_what_goes_with_it_and_undo_brings_it_back(client, post, send, talk) -> None:
    path = f"{BOOK}{talk['code']}/delete"
    assert "1 coding goes" in client.get(path).text
    assert post(path).status_code == 302
    assert client.get("/api/studies/pilot/transcripts/1/codings").json == []
    assert send("POST", "/undo").status_code == 200
    assert len(client.get("/api/studies/pilot/transcripts/1/codings").json) == 1


def test_a_theme_with_nested_codes_is_not_deleted(client, post, talk) -> None:
    path = f"{BOOK}{talk['theme']}/delete"
    assert "nested under it" in client.get(path).text
    assert post(path).status_code == 400


def test_an_altered_form_gets_a_sentence(post, talk) -> None:
    assert post(BOOK, data={"name": "x", "parent_id": "1; drop"}).status_code == 400
    assert post(f"{BOOK}1/", data={"name": "x", "revision": "zzz"}).status_code == 400


def test_every_code_has_its_colour_and_shape(client, talk) -> None:
    sheet = client.get("/studies/pilot/colours.css")
    assert sheet.mimetype == "text/css"
    assert f".c{talk['code']}{{--c:light-dark(#b84a33" in sheet.text
    shapes = [line.split(".dot")[1].split("{")[1] for line in sheet.text.splitlines()]
    assert len(set(shapes)) == 2


def test_codes_of_one_colour_have_shapes_of_their_own() -> None:
    codes = [{"id": i, "colour": "#b84a33"} for i in (1, 17, 33, 4, 20)]
    shapes = {line.split("{")[-1] for line in stylesheet(codes).splitlines()}
    assert len(shapes) == 5
