"""The codebook as a tree, and the stylesheet that gives each code its colour and its shape."""

from typing import Any

Row = dict[str, Any]

# A code's shape goes by its number, so it stays as it is when the tree is put in order; two codes
# of one colour never share a shape while there are enough.
SOLID = (
    "border-radius:99px",
    "border-radius:2px",
    "border-radius:1px;transform:rotate(45deg) scale(.85)",
    "border-radius:0;clip-path:polygon(50% 0,100% 100%,0 100%)",
    "border-radius:0;clip-path:polygon(0 0,100% 0,50% 100%)",
    "border-radius:0;clip-path:polygon(33% 0,67% 0,67% 33%,100% 33%,100% 67%,67% 67%,67% 100%,"
    "33% 100%,33% 67%,0 67%,0 33%,33% 33%)",
    "border-radius:0;clip-path:polygon(0 0,100% 50%,0 100%)",
    "border-radius:0;clip-path:polygon(100% 0,100% 100%,0 50%)",
    "border-radius:99px 99px 0 0",
    "border-radius:0;clip-path:polygon(0 0,100% 0,100% 30%,30% 30%,30% 100%,0 100%)",
)
HOLLOW = (
    "border-radius:99px;background:none;border:2.5px solid var(--c)",
    "border-radius:1px;background:none;border:2.5px solid var(--c)",
    "border-radius:1px;background:none;border:2.5px solid var(--c);"
    "transform:rotate(45deg) scale(.85)",
    "border-radius:1px;background:linear-gradient(var(--c) 35%,transparent 35% 65%,var(--c) 65%)",
    "border-radius:1px;background:linear-gradient(90deg,var(--c) 35%,transparent 35% 65%,"
    "var(--c) 65%)",
    "border-radius:1px;height:4px",
)
SHAPES = SOLID + HOLLOW


def nest_codes(codes: list[Row]) -> list[Row]:
    """Hang each code of a codebook under the one it belongs to; returns the themes."""
    nodes = {code["id"]: {**code, "nested": []} for code in codes}
    for node in nodes.values():
        if node["parent_id"]:
            nodes[node["parent_id"]]["nested"].append(node)
    return [node for node in nodes.values() if not node["parent_id"]]


def stylesheet(codes: list[Row]) -> str:
    """Write the classes c<id>: any element takes the colour, a dot and a stripe's dot the shape."""
    shapes = _shapes(codes)
    lines = [
        f".c{code['id']}{{--c:light-dark({code['colour']},"
        f"color-mix(in oklab,{code['colour']} 58%,white))}}"
        f".dot.c{code['id']},.stripe.c{code['id']}::before{{{shapes[code['id']]}}}"
        for code in codes
    ]
    return "\n".join(lines) + "\n"


def _shapes(codes: list[Row]) -> dict[int, str]:
    taken: dict[str, set[int]] = {}
    found: dict[int, str] = {}
    for code in sorted(codes, key=lambda row: int(row["id"])):
        seen = taken.setdefault(code["colour"], set())
        if len(seen) == len(SHAPES):
            seen.clear()
        place = (code["id"] - 1) % len(SHAPES)
        while place in seen:
            place = (place + 1) % len(SHAPES)
        seen.add(place)
        found[code["id"]] = SHAPES[place]
    return found
