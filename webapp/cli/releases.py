"""What has left the study, on the command line."""

import click

COMMANDS: list[click.Command] = []
