"""A list of names from a file, right and wrong."""

import io

import pytest
import xlsxwriter

from coding.errors import BadInput
from coding.pseudonyms.roster import read_roster


def test_a_text_has_a_name_a_line():
    content = "Siobhán O'Connor\r\n\r\n Seun  Adeyemi \nSiobhán O'Connor\n"
    assert read_roster("who.txt", content.encode()) == ["Siobhán O'Connor", "Seun Adeyemi"]


def test_a_table_may_name_first_and_last_and_what_somebody_is_called():
    content = "\ufeffID;First name;Surname;Known as\n1;Siobhán;O'Connor;Shiv\n2;Li;;\n"
    names = ["Siobhán O'Connor", "Shiv", "Li"]
    assert read_roster("who.csv", content.encode()) == names
    assert read_roster("who.tsv", content.replace(";", "\t").encode()) == names


def test_a_table_in_an_old_encoding_is_read():
    content = "name,age\nSiân Prŷs,40\nGráinne Ó Sé,50\nZoë Brontë,60\n".replace("ŷ", "y")
    assert read_roster("who.csv", content.encode("cp1252"))[0].startswith("Si")


def test_a_workbook_is_read():
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    sheet = book.add_worksheet()
    for row, cells in enumerate((("Forename", "Family name"), ("Małgorzata", "Wiśniewska"))):
        sheet.write_row(row, 0, cells)
    book.close()
    assert read_roster("who.XLSX", held.getvalue()) == ["Małgorzata Wiśniewska"]


def test_one_column_needs_no_heading():
    assert read_roster("who.csv", b"Ana\nJoyce Bell\n") == ["Ana", "Joyce Bell"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("who.pdf", b"x", "must be a .csv, .xlsx or .txt"),
        ("who.csv", b"", "is empty"),
        ("who.txt", b"\n \n", "is empty"),
        ("who.csv", b"name\n", "no name below"),
        ("who.csv", b"age,town\n4,Leeds\n", "needs a heading “name”"),
        ("who.xlsx", b"not a workbook", "cannot be read as a workbook"),
        ("who.txt", b"a" * 300, "1 to 200 characters"),
        ("who.csv", b'name,b\n"' + b"a" * 200_000 + b'",x\n', "cannot be read as CSV"),
    ],
)
def test_a_wrong_file_gets_one_clear_sentence(name, content, says):
    with pytest.raises(BadInput, match=says):
        read_roster(name, content)
