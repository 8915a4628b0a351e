"""Pictures of queries, drawn mark by mark: a thousand in milliseconds, on a page or a file."""

from .balance import draw_balance
from .curve import draw_curve
from .dots import draw_dots
from .effects import draw_effects
from .heat import draw_grid, draw_heat
from .hours_histogram import draw_hours
from .network import draw_network
from .power_curve import draw_power
from .rows import draw_bars, draw_scores
from .sensitivity import draw_estimates
from .sheet import FORMS, Sheet, file_bytes, page_svg
from .stability import draw_stability
from .stacked import draw_stacked
from .through import draw_lines, draw_portrait

__all__ = [
    "FORMS",
    "Sheet",
    "draw_balance",
    "draw_bars",
    "draw_curve",
    "draw_estimates",
    "draw_effects",
    "draw_dots",
    "draw_grid",
    "draw_heat",
    "draw_hours",
    "draw_lines",
    "draw_network",
    "draw_portrait",
    "draw_power",
    "draw_scores",
    "draw_stability",
    "draw_stacked",
    "file_bytes",
    "page_svg",
]
