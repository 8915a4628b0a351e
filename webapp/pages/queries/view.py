"""What a query shows: rows, a picture wide and narrow, and in words what and of how many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ...display import day
from ...drawn import Drawn
from ...version import VERSION

if TYPE_CHECKING:
    from linkage.pictures import Sheet

Row = dict[str, Any]
WIDE, NARROW = 760, 330


@dataclass(frozen=True)
class View:
    """One query answered; `rows` have full precision, `draw` makes the picture at a width."""

    title: str
    said: str
    base: str
    rows: list[Row]
    draw: Callable[[int], Sheet] | None = field(repr=False, default=None)
    scrolls: bool = False  # whether the picture keeps its width on a phone
    more: dict[str, Any] = field(repr=False, default_factory=dict)

    @property
    def caption(self) -> str:
        """Say of how many, when, and by which version."""
        return f"{self.base}. {day(datetime.now(UTC).date())}, Coproduce {VERSION}."

    @cached_property
    def charts(self) -> dict[str, Drawn]:
        """The picture as markup, by width."""
        from linkage.pictures import page_svg

        if self.draw is None:
            return {}
        if self.scrolls:
            return {"only": Drawn(page_svg(self.draw(WIDE)))}
        return {
            "wide": Drawn(page_svg(self.draw(WIDE))),
            "narrow": Drawn(page_svg(self.draw(NARROW))),
        }
