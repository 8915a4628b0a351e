"""What a person asks of the effects page: filters, which the address holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from coding.errors import BadInput

EVERY = "all"
STANDINGS = {
    "": "planned and exploratory",
    "planned": "planned only",
    "exploratory": "exploratory only",
}
PLACES = {"area": "every area, and pooled", "pooled": "pooled over areas"}
MEMBERS = {"": "as planned", "include": "included", "exclude": "left out"}


@dataclass(frozen=True)
class Asked:
    """The filters; a blank one is what the plan calls primary, or everything there is.

    `by` is one of PLACES or an area's key; `beside` is “1” for weighted effects and those without
    group members; `subgroup` a covariate; `earlier` an earlier wave's key; `issues` “1” for
    measures over all issues.
    """

    wave: str = ""
    outcome: str = ""
    issue: str = ""
    contrast: str = ""
    by: str = ""
    standing: str = ""
    members: str = ""
    beside: str = ""
    subgroup: str = ""
    earlier: str = ""
    issues: str = ""

    @property
    def address(self) -> dict[str, str]:
        """The address that shows this view again, without what is usual."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def planned(self) -> bool | None:
        """Whether only what is planned, or only what is not, is asked for."""
        return {"planned": True, "exploratory": False}.get(self.standing)


def read_asked(args: Mapping[str, str]) -> Asked:
    """Read the filters of an address; what is not one of a few choices is refused."""
    asked = Asked(**{name: str(args.get(name) or "")[:300] for name in Asked.__dataclass_fields__})
    for what, value, known in (
        ("choice of planned or exploratory", asked.standing, STANDINGS),
        ("choice for members of focus groups", asked.members, MEMBERS),
    ):
        if value not in known:
            there = ", ".join(key for key in known if key)
            raise BadInput(f"There is no {what} “{value[:80]}”; there are: {there}.")
    return asked
