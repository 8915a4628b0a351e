"""What was asked in a wave, and how it was answered, as JSON."""

from typing import Any

from linkage import areas
from linkage.survey import answering
from linkage.waves import find_wave_id

from ...current import study
from ...numbers import plain_rows
from ...openapi import described
from ...released import for_eyes
from ..dictionary.blueprint import CHECKS, ITEMS, RATES
from .blueprint import STUDY, pages

Row = dict[str, Any]


@pages.get(f"{STUDY}/dictionary")
@described("Together", "Dictionary", asked="OfAnswers")
def dictionary(asked: Row) -> Row:
    """List every item of a wave, what its values mean, and how often each was given."""
    wave = _wave(asked["wave"])
    seen = for_eyes(answering.dictionary(study().db, wave), ITEMS)
    return {"wave": wave, "dictionary": plain_rows(seen.frame)}


@pages.get(f"{STUDY}/answer-quality")
@described("Together", "AnswerQuality", asked="OfAnswers")
def answer_quality(asked: Row) -> Row:
    """Count answers that are partial, in a straight line, doubled, or outside of their scale."""
    wave = _wave(asked["wave"])
    seen = for_eyes(answering.quality(study().db, wave), CHECKS)
    return {"wave": wave, "checks": plain_rows(seen.frame)}


@pages.get(f"{STUDY}/response-rates")
@described("Together", "ResponseRates", asked="OfAnswersToItem")
def response_rates(asked: Row) -> Row:
    """Count allocated, responded and answered by area and arm, and test that arms do not differ."""
    found = answering.response(study().db, asked["wave"], asked["item"])
    seen = for_eyes(found.rates, RATES)
    return {
        "wave": found.wave,
        "item": found.item.key,
        "notes": [*found.notes, *seen.notes],
        "rates": plain_rows(seen.frame),
        "tests": plain_rows(found.tests),
    }


def _wave(key: str | None) -> str:
    db = study().db
    wave_id = find_wave_id(db, key)
    return next(str(row["key"]) for row in areas.waves(db) if row["id"] == wave_id)
