"""A mistake in the form, said at the column that it is about."""

from analysis.errors import BadInput


class ColumnProblem(BadInput):
    """What to do about one column; `anchor` is the element of the page to go to."""

    def __init__(self, number: int, name: str, sentence: str) -> None:
        super().__init__(f"{name}: {sentence}")
        self.anchor = f"column-{number}"


def check_number(text: str, where: str, name: str) -> float:
    """Read a typed number; raises BadInput where it is none."""
    try:
        found = float(text.replace(",", ".").replace("\u2212", "-"))
    except ValueError:
        found = float("nan")
    if not abs(found) < float("inf"):
        raise BadInput(f"{where}: “{text.strip()[:40]}” is no number for {name}.")
    return found
