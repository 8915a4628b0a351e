"""What speaks for a passage being a story: counted a sentence, added up over a passage.

A story of co-production is told in the past, somebody does something somewhere, and something is
different afterwards (Labov and Waletzky 1967 on what a narrative has; the lists are our own).
Weights stand here as they were set by hand; `linkage.story_learning` moves them by decisions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from .story_words import phrases, words

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from spacy.tokens import Doc, Span, Token

ACTIONS = words("actions")
JOINT = words("joint")
NO_DEED = words("no_deed")
NO_RESULT = words("no_result")
ADDRESSED = words("addressed")
GROUPS = words("groups")
PLACES = words("places")
SEQUENCE = words("sequence")
US = words("us")
TOGETHER = words("together")
FILLERS = words("fillers")
PAST = words("past")
OUTCOMES = phrases("outcomes")
TIMES = phrases("times")
WISHES = phrases("wishes")
FAILURES = phrases("failures")
HEARSAY = phrases("hearsay")
ELSEWHERE = phrases("elsewhere")
HABITS = phrases("habits")
# How much a cue weighs, and how often it must be met in a passage of usual length to count .63.
CUES: dict[str, tuple[float, float]] = {
    "past": (1.2, 5.0),
    "deed": (1.4, 5.0),
    "together": (1.0, 3.0),
    "first_person": (0.5, 2.0),
    "actor": (0.6, 3.0),
    "place": (0.5, 1.5),
    "outcome": (1.9, 2.5),
    "time": (0.6, 1.5),
    "sequence": (0.5, 2.0),
    "number": (0.5, 1.5),
    "question": (-0.7, 1.0),
    "wish": (-1.4, 1.5),
    "failure": (-1.8, 1.2),
    "hearsay": (-1.2, 1.0),
    "elsewhere": (-1.2, 1.0),
    "habit": (-0.6, 1.0),
    "filler": (-0.3, 3.0),
}
# Cues of a whole passage rather than sums over its sentences.
WHOLE: dict[str, float] = {"complete": 1.6, "quotable": 0.7}
NAMES = (*CUES, *WHOLE)
CONSTANT = -3.4
DONE = ("past", "deed", "together", "outcome")
UNREAL = 0.25
USUAL = 120.0  # words
SHORT, LONG = 40.0, 160.0  # between these a passage is as easy to quote as can be
PLACE_NAMES = frozenset(("GPE", "LOC", "FAC", "PLACE"))
ACTOR_NAMES = frozenset(("PERSON", "ORG", "NORP", "GROUP"))


def score_passages(texts: Sequence[str]) -> pd.DataFrame:
    """Score texts as stories of people who did something and changed something.

    Returns
    -------
    DataFrame
        One row a text: `score` (0 to 1; it orders texts and is no probability) and a column a
        cue (0 to 1, `NAMES`).
    """
    import numpy as np
    import pandas as pd

    from coding.pipelines import Pipeline

    docs = Pipeline().pipe(texts)
    counted = [counts(sentences(doc)) for doc in docs]
    cues = passage_cues(np.array(counted, dtype=np.float64).reshape(len(counted), len(CUES) + 3))
    return pd.DataFrame({"score": scores(cues), **dict(zip(NAMES, cues.T, strict=True))})


def sentences(doc: Doc) -> list[Span]:
    """Cut a doc into sentences, also where no model has marked any."""
    if not doc.has_annotation("SENT_START"):
        return [doc[:]] if len(doc) else []
    return [span for span in doc.sents if not span.text.isspace()]


def counts(spans: Iterable[Span]) -> list[float]:
    """Count the cues of sentences: one number a cue of `CUES`, words, sentences, whole ones."""
    found = [0.0] * (len(CUES) + 3)
    for span in spans:
        for place, value in enumerate(_sentence(span)):
            found[place] += value
    return found


def _sentence(span: Span) -> list[float]:
    text = f" {' '.join(token.lower_ for token in span)} ".replace(" n't", "n't")
    text = text.replace(" 's", "'s").replace(" 've", "'ve").replace(" 'd", "'d")
    text = text.replace(" 'll", "'ll").replace(" 'm", "'m").replace(" 're", "'re")
    tokens = [token for token in span if token.is_alpha or token.like_num]
    lower = {token.lower_ for token in tokens}
    told = [token for token in tokens if _past(token)]
    deeds = [t for t in told if _lemma(t) not in NO_DEED]
    asked = "?" in span.text
    here = {
        "past": float(len(deeds)),
        "deed": sum((t.lemma_ in ACTIONS) + (t.lemma_ in JOINT) for t in deeds) * 0.75,
        "together": float(bool(deeds)) * sum(t.lower_ in TOGETHER for t in tokens),
        "first_person": float(sum(t.lower_ in US for t in tokens)),
        "actor": float(len(lower & GROUPS) + _named(span, ACTOR_NAMES)),
        "place": float(len(lower & PLACES) + _named(span, PLACE_NAMES)),
        "outcome": _met(text, OUTCOMES)
        + 0.5 * ("now" in lower)
        + 0.5 * sum(_perfect(token) for token in tokens),
        "time": _met(text, TIMES) + _named(span, {"DATE"}) * 0.5,
        "sequence": float(len(lower & SEQUENCE)),
        "number": float(sum(t.like_num for t in tokens)),
        "question": float(asked),
        "wish": _met(text, WISHES),
        "failure": _met(text, FAILURES),
        "hearsay": _met(text, HEARSAY),
        "elsewhere": _met(text, ELSEWHERE),
        "habit": _met(text, HABITS),
        "filler": float(sum(t.lower_ in FILLERS for t in tokens)),
    }
    for told_of in ("hearsay", "elsewhere", "wish", "failure"):
        if here[told_of]:  # what others are said to have done, or somebody would do, is no deed
            here |= {name: here[name] * UNREAL for name in DONE}
    whole = len(tokens) >= 4 and span.text.rstrip().endswith((".", "!", "”", '"', "…"))
    return [*(here[name] for name in CUES), float(len(tokens)), 1.0, float(whole)]


def _past(token: Token) -> bool:
    if token.tag_:
        return token.tag_ == "VBD" or (token.tag_ == "VBN" and token.dep_ != "amod")
    return token.lower_ in PAST or (len(token) > 4 and token.lower_.endswith("ed"))


def _perfect(token: Token) -> bool:
    """Whether something has come about, seen from now: the tense in which results are told."""
    if token.tag_ != "VBN" or token.lemma_ in NO_RESULT:
        return False
    beside = list(token.children)
    if any(child.dep_ == "neg" or child.lower_ in ADDRESSED for child in beside):
        return False
    return any(child.lemma_ == "have" and child.tag_ in ("VBZ", "VBP") for child in beside)


def _lemma(token: Token) -> str:
    return token.lemma_ or token.lower_


def _named(span: Span, kinds: Iterable[str]) -> int:
    return sum(entity.label_ in kinds for entity in span.ents)


def _met(text: str, phrases: tuple[str, ...]) -> float:
    return float(len(set(_pattern(phrases).findall(text))))


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the phrases as whole words; the longest first, since one hides those within it."""
    told = sorted(phrases, key=len, reverse=True)
    return re.compile(r"(?<= )(?:" + "|".join(map(re.escape, told)) + r")(?= )")


def passage_cues(counted: np.ndarray) -> np.ndarray:
    """Turn counts of passages, (passages, counts), into cues from 0 to 1, (passages, cues).

    A longer passage must show more of a cue to reach the same: length alone earns nothing.
    """
    import numpy as np

    if not counted.size:
        return np.zeros((0, len(NAMES)))
    length, ended = counted[:, len(CUES)], counted[:, -1] / np.maximum(counted[:, -2], 1)
    usual = np.array([often for _, often in CUES.values()])
    scale = usual * np.maximum(length / USUAL, 0.3)[:, None]
    simple = 1 - np.exp(-counted[:, : len(CUES)] / scale)
    names = list(CUES)
    needed = [simple[:, names.index(name)] for name in ("past", "deed", "outcome")]
    who = np.maximum(simple[:, names.index("actor")], simple[:, names.index("together")])
    complete = np.prod([*needed, who], axis=0) ** 0.25
    size = np.clip(length / SHORT, 0, 1) * np.clip(LONG / np.maximum(length, 1), 0, 1)
    return np.column_stack([simple, complete, size * ended])


def weights() -> np.ndarray:
    """The weights set by hand, in the order of `NAMES`."""
    import numpy as np

    return np.array([weight for weight, _ in CUES.values()] + list(WHOLE.values()))


def scores(cues: np.ndarray, weighing: Any = None, constant: float = CONSTANT) -> np.ndarray:
    """Weigh cues into scores from 0 to 1."""
    import numpy as np

    told = cues @ (weights() if weighing is None else weighing) + constant
    return np.asarray(1 / (1 + np.exp(-told)))
