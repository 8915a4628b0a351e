"""Where codes meet: a heat map and a network of the same counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for
from sqlite_utils import Database

from ...arguments import whole_argument
from ...display import plural
from ...numbers import plain_rows
from .choices import asked, id_asked, limits, one_of, phase_asked
from .view import Row, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from linkage.pictures import Sheet

COUNTS = {"speakers": "speakers", "turns": "turns"}
MOST = 24
SHOWN = 100


def view_heat(db: Database) -> View:
    """Show how often every two codes meet as a heat map."""
    return view_both(db)[0]


def view_network(db: Database) -> View:
    """Show the same as a network."""
    return view_both(db)[1]


def view_both(db: Database) -> tuple[View, View]:
    """Count where codes meet, for a heat map and a network."""
    from coding.retrieval import LEVELS, RELATIONS, cooccurrence

    relation = one_of("relation", RELATIONS, "turn")
    level, count = one_of("level", LEVELS, "code"), one_of("count", COUNTS, "speakers")
    distance = whole_argument("n")
    distance = 2 if distance is None else distance
    limited: Any = {
        "phase": phase_asked(),
        "area_id": id_asked("area"),
        "coder_id": id_asked("coder"),
    }
    frame = cooccurrence(db, relation, level=level, distance=distance, **limited)
    rows = plain_rows(frame)
    nodes = _nodes(db, rows)
    met = sorted((r for r in rows if r["turns"]), key=lambda r: (-r[count], -r["turns"]))
    how = RELATIONS[relation] + (f" (within {distance} turns)" if relation == "near" else "")
    of = "themes" if level == "theme" else "codes"
    said = f"{of.capitalize()} {how}, counted in {count} · {limits()}"
    used = len({row["code_id"] for row in rows} | {row["other_id"] for row in rows})
    base = (
        f"{plural(used, 'code')} in use, {plural(len(met), 'pair')} that meet; turns of anyone but "
        "the moderator, speakers are participants"
    )
    more = {"shown": met[:SHOWN], "met": len(met), "drawn": len(nodes), "used": used,
            "count": count, "link": pair_link}  # fmt: skip
    heat, network = _drawings(nodes, rows, count, said) if met else (None, None)
    title = f"Where {of} meet"
    return (
        View(title, said, base, rows, heat, scrolls=True, more=more),
        View(title, said, base, rows, network, scrolls=True, more=more),
    )


def pair_link(row: Row) -> str:
    """Return the address of the quotes of a pair, by the same relation and limits."""
    kept: Any = {
        name: value for name, value in asked().items() if name in ("area", "coder", "phase", "n")
    }
    relation = asked().get("relation", "turn")
    how = {"overlap": "overlapping", "turn": "and", "near": "near"}.get(relation, "and")
    pair = {"code": row["code_id"], "how1": how, "code1": row["other_id"]}
    return url_for("queries.quotes", **kept, **pair)


def _nodes(db: Database, rows: list[Row]) -> list[Row]:
    """List the codes in use, the most spread ones where there are too many, in their order."""
    from coding.codebook import codebook

    sizes: dict[int, Row] = {}
    for row in rows:
        for name, number, size in (
            ("code", "code_id", "turns_code"),
            ("other", "other_id", "turns_other"),
        ):
            sizes[row[number]] = {"name": row[name], "code_id": row[number], "size": row[size]}
    kept = {n["code_id"] for n in sorted(sizes.values(), key=lambda n: -n["size"])[:MOST]}
    return [
        {**sizes[code["id"]], "colour": code["colour"]}
        for code in codebook(db)
        if code["id"] in kept
    ]


def _drawings(
    nodes: list[Row], rows: list[Row], count: str, said: str
) -> tuple[Callable[[int], Sheet], Callable[[int], Sheet]]:
    from linkage.pictures import draw_heat, draw_network

    place = {node["code_id"]: number for number, node in enumerate(nodes)}
    values, links = {}, {}
    for row in rows:
        if row[count] and row["code_id"] in place and row["other_id"] in place:
            low, high = sorted((place[row["code_id"]], place[row["other_id"]]))
            values[high, low] = row[count]
            links[high, low] = pair_link(row)
    names = [node["name"] for node in nodes]
    edges = [(low, high, value) for (high, low), value in values.items()]
    return (
        lambda width: draw_heat(names, values, said, links),
        lambda width: draw_network(nodes, edges, said, width=width),
    )


def options_of_meeting() -> dict[str, Any]:
    """List what the form can take."""
    from coding.retrieval import LEVELS, RELATIONS

    return {
        "relation": list(RELATIONS.items()),
        "level": list(LEVELS.items()),
        "count": list(COUNTS.items()),
    }
