"""The codebook as a tree, and the stylesheet that gives each code its colour and its shape."""

from typing import Any

Row = dict[str, Any]

# A theme is a round dot; its codes share its colour, so that the shape tells them apart.
ROUND = ""
SHAPES = (
    "border-radius:2px",
    "border-radius:1px;transform:rotate(45deg) scale(.85)",
    "border-radius:0;clip-path:polygon(50% 0,100% 100%,0 100%)",
    "background:none;border:2.5px solid var(--c)",
    "border-radius:1px;height:4px",
    "border-radius:0;clip-path:polygon(0 0,100% 0,50% 100%)",
)


def nest_codes(codes: list[Row]) -> list[Row]:
    """Hang each code of a codebook under the one it belongs to; returns the themes."""
    nodes = {code["id"]: {**code, "nested": []} for code in codes}
    for node in nodes.values():
        if node["parent_id"]:
            nodes[node["parent_id"]]["nested"].append(node)
    return [node for node in nodes.values() if not node["parent_id"]]


def stylesheet(codes: list[Row]) -> str:
    """Write the classes c<id>: any element takes the colour, a dot the shape too."""
    lines: list[str] = []
    seen: dict[int, int] = {}
    for code in codes:
        place = seen.setdefault(code["theme_id"], 0)
        seen[code["theme_id"]] += 1
        shape = SHAPES[(place - 1) % len(SHAPES)] if place else ROUND
        colour = code["colour"]
        lines.append(
            f".c{code['id']}{{--c:light-dark({colour},color-mix(in oklab,{colour} 58%,white))}}"
            f".dot.c{code['id']}{{{shape}}}"
        )
    return "\n".join(lines) + "\n"
