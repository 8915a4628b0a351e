"""Every odd file is read as what it says (known from the libraries it comes from), or refused."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadInput
from analysis.survey_files import read_survey

NONE = float("nan")
SAMPLE = {
    "mychar": ["a", "b", "c", "d", "e"],
    "mynum": [1.1, 1.2, -1000.3, -1.4, 1000.3],
    "mydate": ["2018-05-06", "1880-05-06", "1960-01-01", "1583-01-01", None],
    "mylabl": [1, 2, 1, 2, 1],
    "myord": [1, 2, 3, 1, 1],
}
WITH_GAPS = {
    "mychar": ["a", "b", "c", "d", "e", "Z"],  # the seventh row is blank, and no row of a CSV
    "mynum": [1.1, 1.2, -1000.3, -1.4, 1000.3, NONE],
    "mylabl": [1, 2, 1, 2, 1, NONE],
    "myord": [1, 2, 3, 1, 1, NONE],
}
TAGGED = {"x": [1, 2, 3, 4, 5, NONE, NONE, NONE]}
WANTED: dict[str, dict[str, list[object]]] = {
    "haven_datetime-d.dta": {"date": ["2015-11-02"]},
    "haven_labelled-num-na.sav": {"VAR00002": [1, NONE]},
    "haven_labelled-num.sav": {"VAR00002": [1]},
    "haven_labelled-str.sav": {"gender": ["M", "F"]},
    "haven_notes.dta": {"id": [1, 2, 3, 4, 5], "outcome": [2, 2, 4, 2, 1]},
    "haven_tagged-na-double.dta": TAGGED,
    "haven_tagged-na-int.dta": TAGGED,
    "haven_types.dta": {
        "vfloat": [np.float32(3.14), 7],
        "vlong": [2, 7],
        "vstr": ["2", "Hello, World!"],
        "vdate": ["1960-01-01", "2015-12-01"],
        "vdatetime": ["2015-12-01 03:14:15", "1960-01-01 00:00:00"],
    },
    "haven_umlauts.sav": {"var1": [1, 2, 1, 3]},
    "haven_variable-label.sav": {"sex": [1]},
    "pyreadstat_hebrews.sav": {"ותק_ב": [33, 34, 15, 35, 28, 0]},
    "pyreadstat_missing_char.sav": {"mychar": [None, "a"]},
    "pyreadstat_missing_test.dta": {"var1": [NONE], "var6": [NONE], "var7": [NONE], "var9": [1]},
    "pyreadstat_missing_test.sav": {"var1": [NONE, 2]},
    "pyreadstat_ordered_category.sav": {"Col1": [1, 2, 3, 2]},
    "pyreadstat_sample.csv": SAMPLE,
    "pyreadstat_sample.dta": SAMPLE,
    "pyreadstat_sample.por": {name.upper(): values for name, values in SAMPLE.items()},
    "pyreadstat_sample.sav": SAMPLE,
    "pyreadstat_sample.zsav": SAMPLE,
    "pyreadstat_sample_missing.csv": WITH_GAPS,
    "pyreadstat_sample_missing.sav": WITH_GAPS,
    "pyreadstat_sample_missing_user.csv": {
        "mychar": ["a", "b", "c", "d", "e", "Z"],
        "myord": [1, 2, 3, 1, 1, -1, -3],  # a CSV declares nothing: the mapping must
    },
    "pyreadstat_simple_alltypes.sav": {
        "x": [1, 2, 3, 4, NONE, 9],
        "z": [NONE, NONE, 1.234, NONE, 3.14159, NONE],
        "str": ["red", "green", "reg-green-blue-whatever", "NA"],
        "bool1": [1, 1, 0, 0, NONE, 1],
    },
    "pyreadstat_tegulu.sav": {"record": [210]},
    "pyreadstat_test_width.sav": {
        "ResponseId": ["R_0001xAxQxIo2PVH", "R_000FDoYPxMzjq4Z"],
        "Duration__in_seconds_": [944, 884, 2014, 2611, 957],
        "Finished": [2, 2, 2, 2, 2],
    },
}
WORDS = {  # column, code: what it means
    "haven_labelled-num-na.sav": ("VAR00002", 1.0, "This is one"),
    "haven_labelled-str.sav": ("gender", "F", "Female"),
    "haven_umlauts.sav": ("var1", 2.0, "the ü umlaut"),
    "pyreadstat_ordered_category.sav": ("Col1", 3.0, "medium"),
    "pyreadstat_sample.zsav": ("myord", 2.0, "medium"),
    "pyreadstat_sample.dta": ("mylabl", 1, "Male"),
    "pyreadstat_simple_alltypes.sav": ("z", 999.0, "skipped"),
}
REFUSED = {
    "haven_datetime.sav": r"^haven_datetime\.sav cannot be read \(date value out of range\);"
}


def test_every_odd_file_is_in_these_tables(shared: Path) -> None:
    there = {path.name for path in (shared / "data/survey_oddities").iterdir()}
    assert there == {*WANTED, *REFUSED}


@pytest.mark.parametrize("name", sorted(WANTED))
def test_values_are_those_of_the_file(shared: Path, name: str) -> None:
    frame = read_survey(shared / "data/survey_oddities" / name).frame
    for column, wanted in WANTED[name].items():
        found = frame[column].iloc[: len(wanted)]
        if any(isinstance(value, str) for value in wanted):
            told = [
                None if gone else str(value)
                for value, gone in zip(found, found.isna(), strict=True)
            ]
            assert told == wanted
        else:
            assert pd.api.types.is_float_dtype(found)
            np.testing.assert_allclose(found.to_numpy(), np.array(wanted, dtype=float), rtol=1e-12)


@pytest.mark.parametrize("name", sorted(WORDS))
def test_codes_mean_what_the_file_says(shared: Path, name: str) -> None:
    column, code, word = WORDS[name]
    assert read_survey(shared / "data/survey_oddities" / name).value_labels[column][code] == word


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_refused_is_refused_in_a_sentence(shared: Path, name: str) -> None:
    with pytest.raises(BadInput, match=REFUSED[name]):
        read_survey(shared / "data/survey_oddities" / name)
