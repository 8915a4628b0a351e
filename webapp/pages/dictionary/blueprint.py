"""The blueprint that the rooms of this folder share, and how their tables are controlled."""

from flask import Blueprint

from linkage.releasing import Shape

pages = Blueprint("dictionary", __name__, url_prefix="/studies/<study_key>/dictionary")

ITEMS = Shape(
    "dictionary", ("key", "kind", "value"), ("respondents",), ("share",), {"value": "(all)"}
)
CHECKS = Shape("quality", ("check", "items"), ("flagged",), ("share",))
MISSING = Shape("missing answers", ("item",), ("answered", "missing"), ("share",))
RATES = Shape(
    "response rates",
    ("area", "arm"),
    ("allocated", "responded", "answered"),
    ("response_rate", "item_rate", "reach"),
    {"area": "pooled", "arm": "all"},
)
CARRIED = Shape("panel", ("arm",), ("before", "again"), ("share",), {"arm": "all"})
