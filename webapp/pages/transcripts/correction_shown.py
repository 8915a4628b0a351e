"""A correction as a page shows it: the words before and after, and what becomes of codings."""

from typing import Any

from linkage.correcting import Look

from ...word_diff import word_diff

Row = dict[str, Any]


def shown(found: Look) -> Row:
    """Return what a page needs to show a correction before it is saved."""
    plan = found.plan
    before, after = _difference(plan.asked.old, plan.asked.new)
    return {
        "seal": found.seal,
        "version": plan.asked.version,
        "diff": word_diff(before, after) if before != after else [],
        "same": len(plan.of("same")),
        "unsure": [_coding(one) for one in plan.of("unsure")],
        "changed": [_coding(one) for one in plan.of("changed")],
        "lost": [_coding(one) for one in plan.of("lost")],
        "altered": [_coding(one) for one in found.altered],
        "blocking": [_coding(one) for one in found.blocking],
    }


def _coding(one: Any) -> Row:
    now = one.now.quote if one.now else None
    return {
        **one.row, "now": now, "why": one.why, "diff": word_diff(one.row["quote"], now or "")
    }  # fmt: skip


def _difference(old: str, new: str) -> tuple[str, str]:
    """Cut both texts to where they differ, with the lines around it."""
    shortest = min(len(old), len(new))
    head = next((i for i in range(shortest) if old[i] != new[i]), shortest)
    room = shortest - head
    tail = next((i for i in range(room) if old[-1 - i] != new[-1 - i]), room)
    start = old.rfind("\n", 0, head) + 1
    ends = [text.find("\n", len(text) - tail) for text in (old, new)]
    stops = [end if end >= 0 else len(text) for end, text in zip(ends, (old, new), strict=True)]
    return old[start : stops[0]], new[start : stops[1]]
