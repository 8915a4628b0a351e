"""Versions of the codebook: saved, read, compared and downloaded."""

import io

from python_calamine import CalamineWorkbook

BOOK = "/studies/pilot/codebook/"


def saved(post, talk) -> None:
    assert post(f"{BOOK}versions", data={"version": "Round 1"}).status_code == 302
    form = {"revision": 1, "parent_id": talk["theme"], "name": "Tidying", "colour": "#2a747b"}
    post(f"{BOOK}{talk['code']}/", data=form)


def test_a_saved_version_is_read_and_compared_after_changes(client, post, talk) -> None:
    saved(post, talk)
    page = client.get(BOOK).text
    assert f'href="{BOOK}versions/1">Round 1</a>' in page
    assert 'href="/studies/pilot/history/codebook?from=1"' in page
    then = client.get(f"{BOOK}versions/1").text
    assert ("Clean-ups" in then, "Tidying" in then, "data-move" in then) == (True, False, False)
    assert client.get(f"{BOOK}versions/9").status_code == 404


def test_any_version_is_downloaded_as_csv_and_xlsx(client, post, talk) -> None:
    saved(post, talk)
    now, then = f"{BOOK}codebook.csv", f"{BOOK}codebook.csv?version=1"
    assert "Doing it together › Tidying" in client.get(now).text
    assert "Doing it together › Clean-ups" in client.get(then).text
    answer = client.get(f"{BOOK}codebook.xlsx?version=1")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_name("Rows")
    assert [row[2] for row in rows.to_python()] == ["name", "Doing it together", "Clean-ups"]
    assert "Round 1" in answer.headers["Content-Disposition"]
    assert client.get(f"{BOOK}codebook.csv?version=9").status_code == 404


def test_a_taken_name_is_refused_on_the_codebooks_page(post, talk) -> None:
    saved(post, talk)
    again = post(f"{BOOK}versions", data={"version": "round 1"})
    assert again.status_code == 400
    assert "There is a snapshot “round 1” already" in again.text
    assert 'value="round 1"' in again.text
