"""Estimators beside the differences in means, on the command line."""

import click

COMMANDS: list[click.Command] = []
