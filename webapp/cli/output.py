"""Tables on the command line: for eyes, as CSV, as JSON."""

import csv
import json
import math
import sys
import textwrap
from collections.abc import Callable, Sequence
from typing import Any

import click
from tabulate import tabulate

from coding.consent import Sifted

from ..downloads import harmless
from ..numbers import plain_rows, plain_value

Row = dict[str, Any]
WIDEST = 44

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="csv and json keep full precision.",
)


def print_rows(rows: Sequence[Row], columns: Sequence[str], form: str) -> None:
    """Print rows: these columns first, then any further ones."""
    more = [name for name in (rows[0] if rows else {}) if name not in columns]
    ordered = [{name: plain_value(row.get(name)) for name in (*columns, *more)} for row in rows]
    WRITERS[form](ordered, [*columns, *more])


def print_sifted(found: Sifted, columns: Sequence[str], form: str) -> None:
    """Print rows as consent lets them go, and on stderr what was left out."""
    print_rows(found.rows, columns, form)
    if found.sentence:
        click.echo(found.sentence, err=True)


def print_frame(frame: Any, form: str) -> None:
    """Print a pandas DataFrame."""
    print_rows(plain_rows(frame), list(frame.columns), form)


def _table(rows: list[Row], columns: list[str]) -> None:
    if not rows:
        click.echo(f"{'  '.join(columns)}\n(none)")
        return
    numeric = [all(isinstance(row[name], int | float | None) for row in rows) for name in columns]
    click.echo(
        tabulate(
            [[_short(row[name]) for name in columns] for row in rows],
            columns,
            disable_numparse=True,
            colalign=["right" if is_number else "left" for is_number in numeric],
        )
    )


def _short(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and math.isfinite(value):
        return f"{value:.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    text = str(value)
    # Not tabulate's maxcolwidths: it takes "1,406" for a number and fails on it.
    return textwrap.fill(text if len(text) <= 90 else text[:89] + "…", WIDEST)


def _csv(rows: list[Row], columns: list[str]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([harmless(row[name]) for name in columns] for row in rows)


def _json(rows: list[Row], columns: list[str]) -> None:
    click.echo(json.dumps(rows, ensure_ascii=False, indent=1))


WRITERS: dict[str, Callable[[list[Row], list[str]], None]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
}


def progress_line(label: str) -> Callable[[int, int], None]:
    """Return a `progress(done, total)` that draws on stderr when somebody watches."""
    if not sys.stderr.isatty():
        return lambda done, total: None

    def show(done: int, total: int) -> None:
        click.echo(f"\r{label} {done:,} of {total:,}", nl=done >= total, err=True)

    return show
