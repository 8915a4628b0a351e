"""Correct a transcript on the command line."""

from functools import partial

import click

from coding import transcripts
from coding.correcting import NewTurn, plan_correction
from coding.errors import BadInput
from linkage import areas
from linkage.correcting import Look, correct, look
from linkage.study import open_study, writing

from ..instance import Instance
from .output import format_option, print_rows
from .studies import ACTOR

COLUMNS = ["what", "id", "code", "quote", "now"]


@click.command(name="correct")
@click.argument("key")
@click.argument("transcript_id", type=int)
@click.option("--turn", "first", type=int, required=True, help="The turn, by its position.")
@click.option("--to", "last", type=int, help="The last of the turns to join to it.")
@click.option("--text", "texts", multiple=True, help="Its words; repeat it to split the turn.")
@click.option("--speaker", "speakers", multiple=True, help="Who says each text; default: as is.")
@click.option("--dry-run", is_flag=True, help="Show what would change; store nothing.")
@format_option
@click.pass_obj
def correct_command(
    instance: str,
    key: str,
    transcript_id: int,
    first: int,
    last: int | None,
    texts: tuple[str, ...],
    speakers: tuple[str, ...],
    dry_run: bool,
    form: str,
) -> None:
    """Correct a turn's words or speaker, split or join turns; codings stay at their words.

    Prints the codings and story quotes that do not simply stay the same.
    """
    db = open_study(Instance.at(instance).study_path(key))
    transcript = transcripts.get_transcript(db, transcript_id)
    known = {turn["position"]: turn for turn in transcripts.list_turns(db, transcript_id)}
    last = first if last is None else last
    if first not in known or last not in known or last < first:
        raise BadInput(f"“{transcript['title']}” has turns 1 to {len(known)}.")
    whole = transcripts.text(db, transcript_id)
    chosen = [known[position] for position in range(first, last + 1)]
    spoken = [whole[turn["speech_start"] : turn["end"]] for turn in chosen]
    written = texts or ("\n".join(spoken),)
    if len(speakers) not in (0, 1, len(written)):
        raise BadInput("Give --speaker once, or once for each --text.")
    names = speakers if len(speakers) > 1 else (speakers or (chosen[0]["speaker"],)) * len(written)
    planning = partial(
        plan_correction,
        transcript_id=transcript_id,
        version=transcript["text_version"],
        first=chosen[0]["id"],
        last=chosen[-1]["id"],
        turns=[NewTurn(text, name) for text, name in zip(written, names, strict=True)],
    )
    found = look(db, planning)
    if not dry_run:
        with writing(db, ACTOR, f"correct a turn of “{transcript['title']}”", kind="fixed"):
            version = correct(db, planning, areas.ensure_coder(db, ACTOR), found.seal)
        click.echo(f"Saved as version {version}.", err=True)
    print_rows(_rows(found), COLUMNS, form)


def _rows(found: Look) -> list[dict[str, object]]:
    kinds = [(how, found.plan.of(how)) for how in ("lost", "changed", "unsure")]
    kinds += [("story quote altered", found.altered), ("story quote gone", found.blocking)]
    return [
        {
            "what": what,
            "id": one.row["id"],
            "code": one.row.get("code"),
            "quote": one.row["quote"],
            "now": one.now.quote if one.now else None,
        }
        for what, moved in kinds
        for one in moved
    ]


COMMANDS = [correct_command]
