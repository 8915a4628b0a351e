"""Stories, messages, prevalence and the joint display as JSON."""

from typing import Any

from linkage import areas, messages, stories

from ...current import study
from ...numbers import plain_rows
from ...openapi import described
from ...released import for_eyes
from ..joint import leaving
from .blueprint import STUDY, pages

Row = dict[str, Any]


@pages.get(f"{STUDY}/stories")
@described("Messages", "[Story]", asked="OfAreaAndIssue")
def list_stories(asked: Row) -> list[Row]:
    """List the stories with their quotes."""
    db = study().db
    area_id = areas.find_area(db, asked["area"])["id"] if asked["area"] is not None else None
    issue_id = areas.find_issue(db, asked["issue"])["id"] if asked["issue"] is not None else None
    return stories.list_stories(db, area_id, issue_id)


@pages.get(f"{STUDY}/messages")
@described("Messages", "[Message]", asked="OfWave")
def list_messages(asked: Row) -> list[Row]:
    """List the messages, each sentence with the quotes behind it."""
    db = study().db
    wave_id = areas.find_wave(db, asked["wave"])["id"] if asked["wave"] is not None else None
    return messages.list_messages(db, wave_id)


@pages.get(f"{STUDY}/prevalence")
@described("Together", "Prevalence", asked="ByWhat")
def prevalence(asked: Row) -> Row:
    """Count how far each theme reaches, always with the total it is a share of."""
    from linkage.prevalence import prevalence as count

    return {"by": asked["by"], "prevalence": plain_rows(count(study().db, asked["by"]))}


@pages.get(f"{STUDY}/joint")
@described("Together", "Joint", asked="OneEffect")
def joint(asked: Row) -> Row:
    """Set each theme's prevalence beside the effect, area by area."""
    from linkage.caveats import caveats
    from linkage.joint import joint_display

    db = study().db
    display = joint_display(db, **asked)
    said = [caveat.text for caveat in caveats(db, asked["wave"], display)]
    effects = leaving.effects_of(display)
    told = for_eyes(effects, leaving.shape_of(asked["wave"] or "")).frame
    shown = display.assign(**{str(name): told[name].to_numpy() for name in effects})
    return {"caveats": said, "joint": plain_rows(shown)}
