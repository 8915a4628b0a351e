"""Numbers read at once are those read word by word: no id loses a zero, no word is a number."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import csv_numbers, csv_tables
from analysis.csv_tables import read_csv

CELLS = st.one_of(
    st.sampled_from(
        ["", "NA", "nan", "NAN", "7", "007", "-07", "00", "0", "-0", "0.5", ".5", "5.", "-.5", "+5"]
        + ["1e3", "1e400", "inf", "-Infinity", "1_000", "true", "False", " 5 ", '"6"', '"06"', "x"]
        + ["1234567890123456", "999999999999999", "2025-01-05", "05/01/2025", "A+B", "0x1", "٣"]
        + ["12.", "a. b", "1,5", "18446744073709551616", "0.1000000000000000055511151231257827"]
    ),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.integers(-(10**18), 10**18).map(str),
)
COLUMN = st.lists(CELLS, min_size=1, max_size=4)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(COLUMN, min_size=1, max_size=3), st.integers(1, 6), st.sampled_from(",\t|;"))
def test_reading_at_once_equals_reading_word_by_word(tmp_path, pools, rows, mark) -> None:
    names = [f"c{i}" for i in range(len(pools))]
    lines = [mark.join(["id", *names])]
    for row in range(rows):
        cells = [pool[row % len(pool)] for pool in pools]
        lines.append(mark.join([f"r{row}", *(f'"{c}"' if mark in c else c for c in cells)]))
    path = tmp_path / "answers.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    at_once = read_csv(path).frame
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_tables, "could_change", lambda *_: True)
        word_by_word = read_csv(path).frame
    pd.testing.assert_frame_equal(at_once, word_by_word, check_exact=True, obj=repr(lines))


@pytest.mark.parametrize(
    ("cell", "changes"),
    [
        ("007", True),
        ("-07", True),
        ('"07"', True),
        ("+5", True),
        ("5.", True),
        ("0.5", False),
        ("-0.5", False),
        ("R007", False),
        ("2025-01-05", False),
        ("A+B", False),
        ("100", False),
        ("e. g.", False),
    ],
)
def test_what_a_number_would_lose_is_seen_in_the_bytes(cell: str, changes: bool) -> None:
    for piece in (2**22, 3):  # also where a piece ends within it
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(csv_numbers, "PIECE", piece)
            assert csv_numbers.could_change(f"id,a\n1,{cell}\n".encode(), ",") == changes


def test_words_are_read_a_few_columns_at_a_time(tmp_path: Path, monkeypatch) -> None:
    frame = pd.DataFrame({f"c{i}": [f"0{i}", f"0{i + 1}"] for i in range(7)}).assign(n=[1.5, 2])
    path = tmp_path / "answers.csv"
    frame.to_csv(path, index=False)
    monkeypatch.setattr(csv_tables, "CELLS", 6)
    found = read_csv(path).frame
    assert found["c3"].tolist() == ["03", "04"]
    np.testing.assert_array_equal(found["n"], [1.5, 2])
    assert found.columns.tolist() == frame.columns.tolist()
