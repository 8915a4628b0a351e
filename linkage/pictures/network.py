"""A network of codes: always the same circle, in the order of the codebook."""

import math
from collections.abc import Sequence
from typing import Any

from .sheet import Sheet, shorten

Row = dict[str, Any]


def draw_network(
    nodes: Sequence[Row], edges: Sequence[tuple[int, int, int]], label: str, *, width: int = 700
) -> Sheet:
    """Draw nodes (`name, size, colour, code_id`) and edges between their places, with a weight."""
    narrow = width < 520
    room = 96 if narrow else 190
    radius = max(70.0, (width - 2 * room) / 2)
    height = 2 * radius + 84
    centre = (width / 2, height / 2)
    sheet = Sheet(width, height, label)
    angles = [2 * math.pi * i / max(len(nodes), 1) - math.pi / 2 for i in range(len(nodes))]
    at = [(centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in angles]
    most = max((weight for *_, weight in edges), default=1)
    for a, b, weight in sorted(edges, key=lambda edge: edge[2]):
        (x1, y1), (x2, y2) = at[a], at[b]
        bend = f"{_pulled(x1, x2, centre[0])} {_pulled(y1, y2, centre[1])}"
        curve = f"M{x1:.1f} {y1:.1f} Q{bend} {x2:.1f} {y2:.1f}"
        title = f"{nodes[a]['name']} and {nodes[b]['name']}: {weight}"
        share = weight / most
        look: Row = {"stroke_width": 1 + 7 * share, "stroke_opacity": 0.25 + 0.5 * share}
        sheet.put("path", d=curve, fill="none", stroke="accent", title=title, **look)
    biggest = max((node["size"] for node in nodes), default=1) or 1
    for node, (x, y), angle in zip(nodes, at, angles, strict=True):
        r = 4 + 8 * math.sqrt(node["size"] / biggest)
        sheet.put(
            "circle",
            cx=x,
            cy=y,
            r=r,
            fill=(node["colour"], node["code_id"]),
            title=f"{node['name']}: {node['size']}",
        )
        _name(sheet, node["name"], x, y, angle, r, room)
    return sheet


def _pulled(a: float, b: float, centre: float) -> str:
    """Bend an edge a little towards the middle, so that neighbours' edges can be told apart."""
    return f"{(a + b) / 2 * 0.55 + centre * 0.45:.1f}"


def _name(sheet: Sheet, name: str, x: float, y: float, angle: float, r: float, room: float) -> None:
    across, down = math.cos(angle), math.sin(angle)
    if abs(across) < 0.2:
        far = r + 12
        sheet.write(x, y + far * (1 if down > 0 else -1), shorten(name, room), text_anchor="middle")
        return
    side = "start" if across > 0 else "end"
    sheet.write(
        x + (r + 6) * (1 if across > 0 else -1), y, shorten(name, room - r - 8), text_anchor=side
    )
