"""The page groups, one blueprint a module."""

from flask import Blueprint

from . import jobs, overview, studies

BLUEPRINTS: list[Blueprint] = [studies.pages, overview.pages, jobs.pages]
