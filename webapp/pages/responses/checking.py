"""A survey file under its mapping, looked at before anything is stored."""

from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from analysis.applying import MappedSurvey, apply_mapping
from analysis.mapping import Mapping
from analysis.responses import answers_change
from analysis.survey_files import SurveyFile
from coding.errors import BadInput
from linkage import areas

from ...numbers import plain_rows


@dataclass(frozen=True)
class Checked:
    """What an import would store."""

    rows: int
    report: list[str]
    arms: tuple[str, ...]
    areas: list[dict[str, Any]]
    outcomes: list[dict[str, Any]]
    mapped: MappedSurvey


def check(
    db: Database, survey: SurveyFile, mapping: Mapping, area: str | None, create: bool
) -> Checked:
    """Apply a mapping and count what came of it; raises BadInput as the import would."""
    if not area and not mapping.area:
        raise BadInput(
            "Say which column names the area, or choose above which area the whole file is about."
        )
    rows = areas.areas(db)
    mapped = apply_mapping(
        survey,
        mapping,
        areas=areas.known_areas(db),
        area=areas.find_area(db, area)["key"] if area else None,
        create_areas=create,
    )
    if not create:
        _check_issues(db, mapping)
    names = {row["key"]: row["name"] for row in rows}
    return Checked(
        len(mapped.frame), mapped.report, mapped.arms, _by_area(mapped, names),
        _outcomes(mapped), mapped,
    )  # fmt: skip


def change(db: Database, wave_key: str, checked: Checked, examples: bool) -> dict[str, Any]:
    """Say what the import would change of the answers that its wave has; nothing without any."""
    wave = next((row for row in areas.waves(db) if row["key"] == wave_key), None)
    found = answers_change(db, wave["id"], checked.mapped) if wave else None
    if found is None:
        return {}
    return {
        "change": found,
        "change_items": plain_rows(found.items),
        "change_examples": plain_rows(found.examples) if examples else [],
    }


def _check_issues(db: Database, mapping: Mapping) -> None:
    known = [row["key"] for row in areas.issues(db)]
    for entry in mapping.outcomes:
        if entry.outcome.issue and entry.outcome.issue not in known:
            raise BadInput(
                f"The issue “{entry.outcome.issue}” of the outcome “{entry.outcome.key}” is "
                f"unknown to this study; there are: {', '.join(known) or 'none yet'}."
            )


def _by_area(mapped: MappedSurvey, names: dict[str, str]) -> list[dict[str, Any]]:
    sizes = mapped.frame.groupby(["area", "arm"]).size()
    return [
        {
            "name": names.get(area, area),
            "new": area not in names,
            "arms": [int(sizes.get((area, arm), 0)) for arm in mapped.arms],
        }
        for area in sizes.index.unique("area")
    ]


def _outcomes(mapped: MappedSurvey) -> list[dict[str, Any]]:
    told = []
    for entry in mapped.mapping.outcomes:
        values = mapped.frame[entry.outcome.key]
        told.append(
            {
                "outcome": entry.outcome,
                "answered": int(values.count()),
                "missing": int(values.isna().sum()),
                "low": values.min(),
                "high": values.max(),
                "mean": values.mean(),
            }
        )
    return told
