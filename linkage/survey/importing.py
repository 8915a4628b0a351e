"""A survey file into a wave of the study."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.checks import Row, check_name
from coding.errors import BadInput

from ..areas import (
    add_area,
    add_issue,
    areas,
    ensure_wave,
    find_area,
    issues,
    key_from,
    known_areas,
    waves,
)
from ..study import writing
from ..waves import choose_wave

if TYPE_CHECKING:
    from analysis.applying import MappedSurvey
    from analysis.comparing import Difference

Progress = Callable[[int, int], None]


def import_survey(
    db: Database,
    wave_key: str | None,
    path: Path,
    mapping_toml: str,
    *,
    actor: str,
    area: str | None = None,
    create_areas: bool = False,
    replace: bool = False,
    progress: Progress | None = None,
) -> Row:
    """Read a survey file, understand it by the mapping, and store it as the answers of a wave.

    Opens its own writes, several short ones, so that others can write in between; call it outside
    of `writing`. Nothing is stored where anything in file or mapping is wrong.

    Parameters
    ----------
    wave_key : str or None
        None for the study's only wave; a wave that is new is added.
    area : str, optional
        The one area that the whole file is about.
    create_areas : bool
        Add the areas and issues that the study does not know yet.
    replace : bool
        Whether answers that the wave has already may be replaced.

    Returns
    -------
    dict
        `wave`, `import_id`, `rows`, and `report`: what a person should know, in sentences.
    """
    from analysis.responses import store_responses

    path = Path(path)
    wanted = _Wanted(db, create_areas)
    mapped = _mapped(wanted, path, mapping_toml, area)
    wave_key = choose_wave(db, wave_key)
    with writing(db, actor, f"add wave {wave_key}", kind="fixed"):
        wave_id = ensure_wave(db, wave_key)

    @contextmanager
    def write(action: str) -> Iterator[Database]:
        with writing(db, actor, action, kind="fixed"):
            wanted.create()  # with the first rows of the import, or not at all
            yield db

    stored = store_responses(
        db, wave_id, mapped, file_name=path.name,
        file_sha256=sha256(path.read_bytes()).hexdigest(), area_ids=wanted.area_ids,
        issue_ids=wanted.issue_ids, write=write, replace=replace, by=actor, progress=progress,
    )  # fmt: skip
    return {"wave": wave_key, **stored}


def compare_survey(
    db: Database,
    wave_key: str | None,
    path: Path,
    mapping_toml: str,
    *,
    area: str | None = None,
    create_areas: bool = False,
) -> Difference | None:
    """Say what an import would change of a wave's answers, and store nothing.

    Returns None where the wave has no answers; raises BadInput as the import would.
    """
    from analysis.responses import answers_change

    mapped = _mapped(_Wanted(db, create_areas), Path(path), mapping_toml, area)
    key = choose_wave(db, wave_key)
    wave_id = next((row["id"] for row in waves(db) if row["key"] == key), None)
    return None if wave_id is None else answers_change(db, wave_id, mapped)


def _mapped(wanted: _Wanted, path: Path, mapping_toml: str, area: str | None) -> MappedSurvey:
    from analysis.applying import apply_mapping
    from analysis.mapping_toml import parse_mapping
    from analysis.survey_files import read_survey

    mapping = parse_mapping(mapping_toml)
    mapped = apply_mapping(
        read_survey(path),
        mapping,
        areas=wanted.known_areas,
        area=wanted.one_area(area) if area else None,
        create_areas=wanted.may_create,
    )
    wanted.take(mapped)
    return mapped


@dataclass
class _Wanted:
    """The areas and issues that a file names, and those the study must be given first."""

    db: Database
    may_create: bool
    new_areas: list[str] = field(default_factory=list)
    new_issues: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.known_areas = known_areas(self.db)
        self.area_ids = {row["key"]: row["id"] for row in areas(self.db)}
        self.issue_ids = {row["key"]: row["id"] for row in issues(self.db)}

    def one_area(self, name: str) -> str:
        if self.may_create and name.casefold() not in self.known_areas:
            return check_name(name, "an area")
        return str(find_area(self.db, name)["key"])

    def take(self, mapped: MappedSurvey) -> None:
        found = _new(mapped.frame["area"].unique(), self.area_ids)
        self.new_areas = [check_name(label, "an area") for label in found]
        named = dict.fromkeys(entry.outcome.issue for entry in mapped.mapping.outcomes)
        self.new_issues = _new(filter(None, named), self.issue_ids)
        if self.new_issues and not self.may_create:
            there = ", ".join(self.issue_ids) or "none yet"
            raise BadInput(
                f"The mapping's issue “{self.new_issues[0]}” is unknown to this study; "
                f"there are: {there}."
            )

    def create(self) -> None:
        while self.new_areas:
            label = self.new_areas.pop(0)
            others = {*self.known_areas, *map(str.casefold, (*self.area_ids, *self.new_areas))}
            self.area_ids[label] = add_area(self.db, _free_key(label, others), label)
        while self.new_issues:
            key = self.new_issues.pop(0)
            self.issue_ids[key] = add_issue(self.db, key, key.replace("_", " ").capitalize())


def _new(found: Iterable[Any], known: dict[str, int]) -> list[str]:
    return [str(label) for label in found if label not in known]


def _free_key(label: str, taken: set[str]) -> str:
    wanted = key = key_from(label)
    number = 1
    keys = {*taken, *map(key_from, taken)}
    while key in keys:
        number += 1
        key = f"{wanted[:60]}-{number}"
    return key
