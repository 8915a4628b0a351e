"""Sample size before a wave, on the command line."""

import click

COMMANDS: list[click.Command] = []
