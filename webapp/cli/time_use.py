"""How much time people give, on the command line."""

import click

COMMANDS: list[click.Command] = []
