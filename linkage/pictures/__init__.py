"""Pictures of queries, drawn mark by mark: a thousand in milliseconds, on a page or a file."""

from .balance import draw_balance
from .curve import draw_curve
from .effects import draw_effects
from .heat import draw_grid, draw_heat
from .network import draw_network
from .rows import draw_bars, draw_scores
from .sheet import FORMS, Sheet, file_bytes, page_svg
from .stability import draw_stability
from .through import draw_lines, draw_portrait

__all__ = [
    "FORMS",
    "Sheet",
    "draw_balance",
    "draw_bars",
    "draw_curve",
    "draw_effects",
    "draw_grid",
    "draw_heat",
    "draw_lines",
    "draw_network",
    "draw_portrait",
    "draw_scores",
    "draw_stability",
    "file_bytes",
    "page_svg",
]
