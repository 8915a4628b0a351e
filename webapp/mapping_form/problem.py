"""A mistake in the form, said at the column that it is about."""

from analysis.errors import BadInput


class ColumnProblem(BadInput):
    """What to do about one column; `anchor` is the element of the page to go to."""

    def __init__(self, number: int, name: str, sentence: str) -> None:
        super().__init__(f"{name}: {sentence}")
        self.anchor = f"column-{number}"
