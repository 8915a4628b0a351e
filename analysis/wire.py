"""A survey file as bytes between two processes: numbers as arrays, the rest as JSON, no pickle."""

import io
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from .survey_files import SurveyFile


def pack(survey: "SurveyFile") -> bytes:
    """Write a survey file as bytes; what is neither number nor text becomes text."""
    arrays: dict[str, Any] = {}
    columns: list[tuple[str, str, Any]] = []
    for number, name in enumerate(survey.frame.columns):
        column = survey.frame[name]
        if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biuf":
            arrays[f"c{number}"] = column.to_numpy()
            columns.append((str(name), "number", None))
        else:
            kind = "mixed" if column.dtype == np.dtype(object) else "text"
            columns.append((str(name), kind, _values(column)))
    rest = {
        "name": survey.name,
        "columns": columns,
        "labels": survey.labels,
        "value_labels": {
            name: [(_plain(code), label) for code, label in labels.items()]
            for name, labels in survey.value_labels.items()
        },
        "first_row": survey.first_row,
        "decimal": survey.decimal,
        "declared": [_pack_declared(*one, arrays) for one in survey.declared.items()],
    }
    sink = io.BytesIO()
    arrays["rest"] = np.frombuffer(json.dumps(rest).encode(), dtype=np.uint8)
    np.savez(sink, allow_pickle=False, **arrays)
    return sink.getvalue()


def unpack(content: bytes) -> "SurveyFile":
    """Read what `pack` wrote."""
    from .survey_files import SurveyFile

    arrays = np.load(io.BytesIO(content), allow_pickle=False)
    rest = json.loads(arrays["rest"].tobytes())
    frame = {}
    for number, (name, kind, values) in enumerate(rest["columns"]):
        if kind == "number":
            frame[name] = pd.Series(arrays[f"c{number}"])
        else:
            frame[name] = pd.Series(values, dtype=object if kind == "mixed" else "str")
    value_labels = {name: dict(pairs) for name, pairs in rest["value_labels"].items()}
    return SurveyFile(
        rest["name"],
        pd.DataFrame(frame),
        rest["labels"],
        value_labels,
        rest["first_row"],
        rest["decimal"],
        {name: pd.Series(codes, index=arrays[place]) for name, place, codes in rest["declared"]},
    )


def _pack_declared(
    name: str, codes: "pd.Series[Any]", arrays: dict[str, Any]
) -> tuple[str, str, list[Any]]:
    """Keep the rows as numbers, and the codes as they are."""
    place = f"d{len(arrays)}"
    arrays[place] = codes.index.to_numpy()
    return name, place, [_plain(code) for code in codes]


def _values(column: "pd.Series[Any]") -> list[Any]:
    if column.dtype == "str":
        values = column.to_numpy(dtype=object).copy()
        values[column.isna().to_numpy()] = None
        return values.tolist()
    return [_plain(value) for value in column]


def _plain(value: Any) -> Any:
    if isinstance(value, str | bool | int | float):
        return None if value != value else value
    if hasattr(value, "item"):
        return _plain(value.item())
    return None if value is None or pd.isna(value) else str(value)
