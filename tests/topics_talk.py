"""Two groups in two areas who talk of three subjects, with a moderator whose words are her own."""

from itertools import cycle
from pathlib import Path

from sqlite_utils import Database

from coding.codebook import add_code
from coding.groups import add_group
from coding.transcripts import import_transcript, preview
from linkage.study import writing

SUBJECTS = (
    (
        "The bus never reaches the village.",
        "The driver told us the bus route is closed.",
        "Without a bus the route to the hospital is a taxi.",
        "That bus driver knows every stop on the route.",
    ),
    (
        "Our garden grew potatoes and beans.",
        "The allotment gave the garden club a shed.",
        "Beans from the allotment went to the kitchen.",
        "We dug the garden and the allotment in spring.",
    ),
    (
        "The police officer visited the youth club.",
        "Burglary frightened the street, so police came.",
        "An officer asked about the burglary and the lights.",
        "The police fixed the lights after the burglary.",
    ),
)
MODERATOR = "Wonderful zebras, what about dinosaurs?"


def talk(people: tuple[str, ...], rounds: int, shift: int = 0) -> str:
    """Write turns that stay with a subject for a while, each asked for by the moderator."""
    names, lines = cycle(people), []
    for number in range(rounds):
        said = SUBJECTS[(number // 4 + shift) % len(SUBJECTS)]
        lines.append(f"Moderator: {MODERATOR}")
        lines.append(f"{next(names)}: {said[number % len(said)]}")
    return "\n\n".join(lines)


def fill(db: Database, folder: Path, rounds: int = 24) -> None:
    """Import the talk of an Eastern and a Western group, and two codes."""
    groups = ((1, "East hall", ("Maureen", "Joyce", "Ali")), (2, "West hall", ("Bob", "Cath")))
    for area_id, name, people in groups:
        file = folder / f"{name}.txt"
        file.write_text(talk(people, rounds, area_id), encoding="utf-8")
        with writing(db, "test", "import"):
            found = preview(file, moderators=["Moderator"])
            import_transcript(db, found, add_group(db, area_id, name))
    with writing(db, "test", "codes"):
        add_code(db, "Transport", definition="Talk about the bus, its driver and the route.")
        add_code(db, "Nothing said", definition="Submarines, volcanoes.")
