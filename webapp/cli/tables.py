"""Survey tables and what goes with acting, on the command line."""

import click

COMMANDS: list[click.Command] = []
