"""Consent by use: whose words may go where, and what a file leaves out for lack of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlite_utils import Database

from .checks import Row
from .errors import BadInput
from .queries import coded_turns
from .speakers import USES, get_speaker, list_speakers, set_consent

# What a study makes of a use on which nothing is recorded.
UNRECORDED = {
    "once kept": "Left out, once anybody’s consent is recorded",
    "out": "Left out, always",
    "in": "Let through, and marked as not recorded",
}
GIVEN, REFUSED, WITHDRAWN, NOT_RECORDED = "given", "refused", "withdrawn", "not recorded"
LEFT_OUT = "left out: "
ORDER = (REFUSED, WITHDRAWN, NOT_RECORDED, GIVEN)  # the least willing first


def unrecorded_rule(db: Database) -> str:
    """Return the study's setting of what happens where nothing is recorded."""
    found = list(db.table("consent_rule").rows_where(limit=1))
    return str(found[0]["unrecorded"]) if found else "once kept"


def set_unrecorded_rule(db: Database, rule: str) -> None:
    """Set what happens where nothing is recorded."""
    if rule not in UNRECORDED:
        raise BadInput(f"Choose one of {', '.join(UNRECORDED)}, not “{rule[:40]}”.")
    db.table("consent_rule").upsert({"id": 1, "unrecorded": rule}, pk="id")


def decisions(db: Database) -> dict[int, dict[str, str]]:
    """Say for each speaker and use: given, refused, withdrawn or not recorded.

    Who came to several groups and refused or withdrew in one has done so for all of them.
    """
    recorded = _recorded(db)
    people: dict[int, list[int]] = {}
    # Also where a reader sees less: who refused in an area that is hidden has refused here.
    rows = db.execute("SELECT id, person_id FROM main.speaker").fetchall()
    for speaker, person in rows:
        people.setdefault(-person if person else speaker, []).append(speaker)
    found: dict[int, dict[str, str]] = {}
    for speaker, person in rows:
        same = people[-person if person else speaker]
        found[speaker] = {use: _decision(recorded, speaker, same, use) for use in USES}
    return found


def _decision(recorded: dict[tuple[int, str], str], speaker: int, same: list[int], use: str) -> str:
    others = {recorded.get((number, use), GIVEN) for number in same if number != speaker}
    own = recorded.get((speaker, use), NOT_RECORDED)
    return min({own, *(others - {GIVEN})}, key=ORDER.index)


def _recorded(db: Database) -> dict[tuple[int, str], str]:
    rows = db.execute("SELECT speaker_id, use, given, withdrawn_on FROM main.consent").fetchall()
    return {
        (speaker, use): (REFUSED if not given else WITHDRAWN if withdrawn else GIVEN)
        for speaker, use, given, withdrawn in rows
    }


@dataclass
class Permits:
    """Answers whether words may go to a use; a person who refused analysis allows none."""

    use: str
    lets_unrecorded: bool
    held: dict[int, dict[str, str]]

    @classmethod
    def read(cls, db: Database, use: str) -> "Permits":
        """Read what the study records of a use."""
        rule = unrecorded_rule(db)
        given = "SELECT 1 FROM main.consent WHERE use = ? AND given = 1 LIMIT 1"
        kept = db.execute(given, [use]).fetchone() is not None
        return cls(use, rule == "in" or (rule == "once kept" and not kept), decisions(db))

    def of_speakers(self, speakers: Iterable[int | None]) -> str:
        """Return the decision of the least willing; nobody known has nothing recorded."""
        return min(map(self._of, speakers), key=ORDER.index, default=GIVEN)

    def _of(self, speaker: int | None) -> str:
        held = self.held.get(speaker or 0, {})
        analysis = held.get("analysis", NOT_RECORDED)
        own = held.get(self.use, NOT_RECORDED)
        return analysis if analysis in (REFUSED, WITHDRAWN) else own

    def allows(self, decision: str) -> bool:
        """Say whether words under a decision may go."""
        return decision == GIVEN or (decision == NOT_RECORDED and self.lets_unrecorded)


@dataclass
class Sifted:
    """Rows as they may leave: words withheld where consent lacks, and how many that is."""

    use: str
    rows: list[Row]
    withheld: Counter[str] = field(default_factory=Counter)
    let_through: int = 0
    thing: str = "quote"  # what a row is called

    @property
    def sentence(self) -> str:
        """Say what was left out, and what goes although nothing is recorded; blank for nothing."""
        told = []
        if self.withheld:
            why = ", ".join(f"{n:,} {word}" for word, n in self.withheld.items())
            total = sum(self.withheld.values())
            words = f"The words of {self._many(total)} are left out"
            told.append(f"{words} for lack of consent to {self.use}: {why}.")
        if self.let_through:
            number = self._many(self.let_through)
            told.append(
                f"Nothing is recorded of consent to {self.use} for {number}, "
                "let through as this study has it."
            )
        return " ".join(told)

    def _many(self, number: int) -> str:
        return f"{number:,} {self.thing}{'s'[: number != 1]}"


WORDS = ("quote", "before", "after", "memo", "note", "speaker")


def sift(
    db: Database,
    codings: Iterable[Row],
    use: str,
    heard: Mapping[int, Iterable[int | None]] | None = None,
) -> Sifted:
    """Withhold the words of codings whose speakers do not allow a use; the rows stay.

    A quote over several turns needs everybody's consent. What a moderator says needs none. Each
    row says in `consent` what was decided, and has no words where that does not let them go.
    """
    heard = heard_in_codings(db) if heard is None else heard
    return withhold(db, ((row, heard.get(row["id"], ())) for row in codings), use)


def withhold(
    db: Database,
    said: Iterable[tuple[Row, Iterable[int | None]]],
    use: str,
    words: Iterable[str] = WORDS,
    thing: str = "quote",
) -> Sifted:
    """Withhold the `words` of rows, each given with whose they are, as `sift` does."""
    permits, found = Permits.read(db, use), Sifted(use, [], thing=thing)
    for row, speakers in said:
        decision = permits.of_speakers(speakers)
        if permits.allows(decision):
            found.rows.append({**row, "consent": decision})
            found.let_through += decision == NOT_RECORDED
        else:
            blank = {name: "" for name in words if name in row}
            found.rows.append({**row, **blank, "consent": f"{LEFT_OUT}{decision}"})
            found.withheld[decision] += 1
    return found


def heard_in_codings(db: Database) -> dict[int, set[int | None]]:
    """Return whose words each coding holds, by its id; a moderator's need no consent."""
    found: dict[int, set[int | None]] = {}
    for pair in coded_turns(db):
        if pair["role"] != "moderator":
            found.setdefault(pair["coding_id"], set()).add(pair["speaker_id"])
    return found


def check_archive(db: Database) -> None:
    """Raise BadInput where the study holds words that may not go to an archive."""
    if lacks := lacking(db, "archive"):
        told = ", ".join(f"{count:,} {word}" for word, count in lacks.items())
        raise BadInput(
            f"The study cannot go to an archive, since its file holds everybody's words: consent "
            f"to archive is {told}. Record what is missing, or export it for the study's own use."
        )


def lacking(db: Database, use: str) -> Counter[str]:
    """Count the participants whose words may not go to a use, by what was decided."""
    permits = Permits.read(db, use)
    found = [
        permits.of_speakers([person["id"]])
        for person in list_speakers(db)
        if person["role"] == "participant"
    ]
    return Counter(decision for decision in found if not permits.allows(decision))


def record_consents(
    db: Database,
    speaker_ids: Iterable[int],
    uses: Iterable[str],
    given: bool,
    form_version: str | None = None,
    decided_on: str | None = None,
) -> None:
    """Record one decision, on one form, for several speakers and uses; a withdrawal stands."""
    recorded, uses = _recorded(db), tuple(uses)
    for speaker_id in speaker_ids:
        name = get_speaker(db, speaker_id)["name"]
        for use in uses:
            if recorded.get((speaker_id, use)) == WITHDRAWN:
                raise BadInput(
                    f"“{name}” withdrew consent to {use}; change that on the speaker's own page."
                )
            set_consent(db, speaker_id, use, given, form_version, decided_on)


def consent_table(db: Database) -> list[Row]:
    """List participants with what they decided on each use, its form and dates, and what lacks."""
    held, details = decisions(db), _details(db)
    return [
        {
            **{name: person[name] for name in ("area", "group", "name")},
            **{use: held[person["id"]][use] for use in USES},
            "missing": [use for use in USES if held[person["id"]][use] == NOT_RECORDED],
            **details.get(person["id"], {"form_version": "", "decided_on": "", "withdrawn_on": ""}),
            **{column: person[column] for column in ("id", "focus_group_id", "area_name")},
        }
        for person in list_speakers(db)
        if person["role"] == "participant"
    ]


def _details(db: Database) -> dict[int, Row]:
    """Tell forms and dates by speaker, each different one once."""
    found: dict[int, dict[str, list[str]]] = {}
    for row in list(db.table("consent").rows):
        told = found.setdefault(
            row["speaker_id"], {"form_version": [], "decided_on": [], "withdrawn_on": []}
        )
        for name, values in told.items():
            if row[name] and row[name] not in values:
                values.append(row[name])
    return {
        speaker: {name: ", ".join(values) for name, values in told.items()}
        for speaker, told in found.items()
    }
