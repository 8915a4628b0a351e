"""The command line: the same functions as the pages, errors in one line on stderr."""

import os
import sys
from collections.abc import Sequence

import click

from ..version import VERSION
from . import (
    agreement,
    allocation,
    codebook,
    correcting,
    dictionary,
    effects,
    estimates,
    framework,
    joint,
    language,
    memos,
    people,
    plan,
    pseudonyms,
    queries,
    releases,
    sample_size,
    searching,
    serving,
    stories,
    studies,
    study_files,
    suggestions,
    survey,
    tables,
    time_use,
    topics,
    users,
    words,
)
from . import history as _history  # noqa: F401  (it adds to the studies' commands)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="coproduce")
@click.option(
    "--instance",
    envvar="COPRODUCE_INSTANCE",
    default="instance",
    show_default=True,
    help="The folder of studies; may stand anywhere on the line.",
)
@click.pass_context
def cli(context: click.Context, instance: str) -> None:
    """Coproduce: from focus-group words to survey effects, and back."""
    context.obj = instance


ROOMS = (
    serving, studies, study_files, words, searching, codebook, people, memos, framework, queries,
    correcting, agreement, language, topics, suggestions, pseudonyms, stories, plan, sample_size,
    allocation, survey, dictionary, tables, time_use, effects, estimates, releases, joint, users,
)  # fmt: skip
for room in ROOMS:
    for command in room.COMMANDS:
        cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exit 2 for bad input, 1 for failure."""
    sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    from coding.errors import Conflict, NotFound

    from ..errors import BAD_INPUT

    try:
        _check_text(arguments)
        code = cli.main(_instance_first(arguments), prog_name="coproduce", standalone_mode=False)
    except click.Abort:
        return _say("stopped", 1)
    except click.ClickException as error:
        return _say(error.format_message(), 2)
    except (*BAD_INPUT, NotFound, Conflict) as error:
        return _say(str(error.args[0]), 2)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115  (the reader has gone, as with `| head`)
        return 0
    except Exception as error:
        if os.environ.get("COPRODUCE_DEBUG"):
            raise
        return _say(f"failed: {error} (COPRODUCE_DEBUG=1 shows where)", 1)
    return code or 0  # a command's own exit code, such as that of a check which found something


def _check_text(arguments: list[str]) -> None:
    """Refuse words that are no text: neither a study nor a table can hold them."""
    for word in arguments:
        if any("\ud800" <= letter <= "\udfff" for letter in word):
            shown = word.encode(errors="backslashreplace").decode()[:80]
            raise click.UsageError(
                f"“{shown}” is not text in UTF-8; type it, or name the file, anew"
            )


def _instance_first(arguments: list[str]) -> list[str]:
    """Move --instance to the front, since it may stand anywhere on the line."""
    for i, word in enumerate(arguments):
        if word == "--instance" and i + 1 < len(arguments):
            return arguments[i : i + 2] + arguments[:i] + arguments[i + 2 :]
        if word.startswith("--instance="):
            return [word, *arguments[:i], *arguments[i + 1 :]]
    return arguments


def _say(sentence: str, code: int) -> int:
    print(f"coproduce: {' '.join(sentence.split())}", file=sys.stderr)  # noqa: T201
    return code
