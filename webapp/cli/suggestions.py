"""Commands to come."""

import click

COMMANDS: list[click.Command] = []
