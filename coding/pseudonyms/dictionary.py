"""Which words are ordinary English, so that a name made of them needs more to be one."""

from collections.abc import Callable
from functools import cache

from .common_words import BOTH, NEVER, WIDE
from .first_names import FIRST_NAMES

Dictionary = Callable[[str], bool]


def is_ordinary(key: str, known: Dictionary | None) -> bool:
    """Say whether a folded word is not a name by itself; `known` says which words are English."""
    if key in BOTH or key in NEVER or key in WIDE:
        return True
    return key not in FIRST_NAMES and known is not None and known(key)


@cache
def dictionary() -> Callable[[str], bool] | None:
    """Return what says whether a word is English, by the model's own word lists; None without."""
    from .. import language

    pipeline = language.load()
    if "lemmatizer" not in pipeline.pipe_names:
        return None
    lookups = getattr(pipeline.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or not lookups.has_table("lemma_index"):
        return None
    known = frozenset().union(*lookups.get_table("lemma_index").values())
    forms = frozenset().union(*(set(t) for t in lookups.get_table("lemma_exc").values()))
    return lambda word: _is_known(word, known, forms)


_ENDINGS = (
    "s",
    "es",
    "ed",
    "d",
    "ing",
    "est",
    "ly",
    "ness",
    "less",
    "able",
    "ish",
)


def _is_known(word: str, known: frozenset[str], forms: frozenset[str]) -> bool:
    if word in known or word in forms or word in NEVER or word in WIDE:
        return True
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if ending == "ing" and stem != word and f"{stem}e" in known:
            return True
        if stem != word and len(stem) > 2 and not (stem[-1] == "e" and ending[0] == "e"):
            if {stem, f"{stem}e", f"{stem[:-1]}y"} & known:
                return True
            if stem[-1] == stem[-2] not in "aeiou" and stem[:-1] in known:
                return True
    return any(
        word.startswith(start) and word.removeprefix(start) in known
        for start in ("un", "re", "non", "pre", "over", "out", "under", "mis", "co", "anti", "self")
    )
