"""Which nudge a contrast is about."""

_NUDGES = {
    "A alone": "A",
    "A, given B": "A",
    "A, averaged over B": "A",
    "B alone": "B",
    "B, given A": "B",
    "B, averaged over A": "B",
    "A and B together": "both",
    "A rather than B": "both",
    "A x B interaction": "both",
    "A+B": "both",
    "A": "A",
    "B": "B",
}


def nudge_of(contrast: str) -> str:
    """Say which nudge a contrast is about: A, B or both; none where its arms are others."""
    return _NUDGES.get(contrast.split(" vs ")[0], "none")
