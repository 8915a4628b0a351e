"""One finding where several overlap: the longest wins, and says what was found inside it."""

from collections.abc import Iterable

from .kinds import Found


def merged(text: str, found: Iterable[Found]) -> list[Found]:
    """Return findings that do not overlap, in order."""
    cluster: list[Found] = []
    result: list[Found] = []
    end = -1
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if cluster and one.start >= end:
            result += _settled(text, cluster)
            cluster = []
        cluster.append(one)
        end = max(end, one.end) if len(cluster) > 1 else one.end
    return result + (_settled(text, cluster) if cluster else [])


def _settled(text: str, cluster: list[Found]) -> list[Found]:
    """Settle findings that hang together: drop loose ones around surer ones, join the rest."""
    kept = [one for one in cluster if not _loosely_holds(one, cluster)]
    if len(kept) < len(cluster):
        return merged(text, kept)
    return [_joined(text, cluster)]


def _loosely_holds(one: Found, cluster: list[Found]) -> bool:
    """Say whether a finding lumps together surer findings that stand apart from each other."""
    if one.source not in ("model", "elsewhere"):
        return False
    inside = [f for f in cluster if f is not one and one.start <= f.start and f.end <= one.end]
    surer = [f for f in inside if f.certainty > one.certainty and f.kind == one.kind]
    ends = sorted({(f.start, f.end) for f in surer})
    return any(a[1] < b[0] for a, b in zip(ends, ends[1:], strict=False))


def _joined(text: str, cluster: list[Found]) -> Found:
    start, end = min(f.start for f in cluster), max(f.end for f in cluster)
    best = max(cluster, key=lambda f: (f.end - f.start, f.certainty))
    certainty = max(
        f.certainty for f in cluster if f.kind == best.kind or f.end - f.start == end - start
    )
    also = {kind for f in cluster for kind in (f.kind, *f.also)} - {best.kind}
    longest = [f for f in cluster if f.end - f.start == best.end - best.start]
    surest = max(longest, key=lambda f: f.certainty)
    also = (also | {best.kind}) - {surest.kind}
    return Found(
        start, end, text[start:end], surest.kind, surest.source, certainty, tuple(sorted(also))
    )
