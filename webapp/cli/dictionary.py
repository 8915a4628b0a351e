"""What was asked in a wave, and how well it was answered, on the command line."""

import click

COMMANDS: list[click.Command] = []
