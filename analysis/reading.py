"""One pass over a survey file that collects what is fatal, so that all of it is told together."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from .mapping import plain
from .survey_files import SurveyFile
from .values import by_value, number, numbers_by_value, written

SHOWN = 5


@dataclass
class Reading:
    """A file being read by a mapping: `fatal` and `report` grow as sentences."""

    survey: SurveyFile
    fatal: list[str] = field(default_factory=list)
    report: list[str] = field(default_factory=list)

    def column(self, name: str) -> "pd.Series[Any]":
        """Return a column of the file."""
        return self.survey.frame[name]

    def label(self, name: str, value: Any) -> str:
        """Return the label that the file gives a code, or nothing."""
        return self.survey.value_labels.get(name, {}).get(value) or ""

    def rows(self, mask: "np.ndarray[Any, Any]") -> str:
        """Name the rows of a mask by the file's own numbers."""
        numbers = [str(i + self.survey.first_row) for i in self.survey.frame.index[mask]]
        more = f" and {len(numbers) - SHOWN:,} more" if len(numbers) > SHOWN else ""
        return f"row{'s' if len(numbers) > 1 else ''} {', '.join(numbers[:SHOWN])}{more}"

    def told(self, column: "pd.Series[Any]", mask: "np.ndarray[Any, Any]") -> str:
        """Name the values of a mask, each with its rows."""
        texts = by_value(column, lambda value: written(value) or "blank").to_numpy()
        distinct = list(dict.fromkeys(texts[mask]))
        parts = [f"“{text}” in {self.rows(mask & (texts == text))}" for text in distinct[:SHOWN]]
        more = [f"{len(distinct) - SHOWN:,} more values"] if len(distinct) > SHOWN else []
        return "; ".join([*parts, *more])

    def numbers(
        self,
        name: str,
        use: str,
        missing: Collection[Any] = (),
        values: dict[str, float] | None = None,
    ) -> "pd.Series[float]":
        """Turn a column into numbers, by code or label; what is none is fatal."""
        column = self.column(name)
        if pd.api.types.is_numeric_dtype(column) and not missing and not values:
            found = column.astype(float)
        else:
            find = self.finder(name, missing, values or {})
            numbers = numbers_by_value(column, find, self.named(name, [*missing, *(values or {})]))
            found = pd.Series(numbers, index=column.index)
        lost = np.isinf(found.to_numpy())
        if lost.any():
            self.fatal.append(
                f"The column “{name}” says {self.told(column, lost)}, which is no number "
                f"for {use}; recode it in values, or declare it missing."
            )
        return found

    def finder(
        self, name: str, missing: Collection[Any], values: dict[str, float]
    ) -> Callable[[Any], float]:
        """Return what turns one value of a column into its number."""
        gone = {plain(code) for code in missing}
        recode = {plain(label): value for label, value in values.items()}

        def find(value: Any) -> float:
            found = number(value, self.survey.decimal)
            as_number = plain(found) if np.isfinite(found) else ""
            for text in filter(None, (plain(value), plain(self.label(name, value)), as_number)):
                if text in gone:
                    return np.nan
                if text in recode:
                    return recode[text]
            return found

        return find

    def named(self, name: str, words: Collection[Any]) -> list[float]:
        """List the numbers that words, codes and the value labels of a column can mean."""
        texts = [*words, *self.survey.value_labels.get(name, {})]
        found = (self.as_number(text) for text in texts)
        return [value for value in found if value is not None]

    def as_number(self, value: Any) -> float | None:
        """Return the number that a value is, or None."""
        found = number(value, self.survey.decimal)
        return found if np.isfinite(found) else None
