"""How values look on a page: real minus signs, dates as people write them, the study's notice."""

from datetime import UTC, date, datetime
from typing import Any

from flask import Flask, g, request
from flask_login import current_user

from coding.groups import PHASE_NAMES
from linkage.areas import study_row
from linkage.figures import decimals

from .permissions import may_open

NAVIGATION: list[tuple[str, list[tuple[str, str]]]] = [
    ("Words", [("transcripts.index", "Transcripts"), ("codebook.index", "Codebook"),
               ("suggestions.index", "Suggestions"),
               ("quotes.index", "Quotes"), ("queries.index", "Queries"),
               ("search.index", "Search"), ("framework.index", "Framework"),
               ("topics.index", "Topics"),
               ("memos.index", "Memos"), ("speakers.index", "Speakers"),
               ("agreement.index", "Agreement"), ("pseudonyms.index", "Names to hide")]),
    ("Messages", [("stories.index", "Stories"), ("messages.index", "Messages")]),
    ("Survey", [("plan.index", "Plan"), ("sample_size.index", "Sample size"),
                ("panel.index", "Panel"), ("responses.index", "Responses"),
                ("dictionary.index", "Dictionary"),
                ("effects.index", "Effects"), ("estimates.index", "Estimates"),
                ("releases.index", "Releases")]),
    ("Together", [("joint.index", "Joint display")]),
    ("", [("history.index", "History"), ("members.index", "Members"),
          ("language.index", "Language"), ("studies.settings", "Settings")]),
]  # fmt: skip


def init_app(app: Flask) -> None:
    app.add_template_filter(number)
    app.add_template_filter(signed)
    app.add_template_filter(percent)
    app.add_template_filter(day)
    app.add_template_filter(minute)
    app.add_template_filter(plural)
    app.add_template_filter(arm)
    app.add_template_filter(PHASE_NAMES.get, "phase")
    app.add_template_filter(contrast_option)
    app.add_template_filter(outcome_name)
    app.add_template_filter(measure)
    app.add_template_filter(contrast_name)
    app.add_template_filter(places)
    app.add_template_filter(p_value, "p")
    app.add_template_filter(lambda arm, row: row[f"missing_{arm}"], "missing_of")
    app.add_template_filter(lambda keys, names: list(zip(keys, names, strict=True)), "zip_with")
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    has_study = "study" in g and current_user.is_authenticated
    return {
        "study": study_row(g.study.db) if has_study else None,
        "navigation": _navigation() if has_study else [],
        "blueprint": request.blueprint,
        "home_of": lambda blueprint: {"desk": "transcripts"}.get(blueprint, blueprint),
        "theme": request.cookies.get("theme", ""),
    }  # fmt: skip


def _navigation() -> list[tuple[str, list[tuple[str, str]]]]:
    shown = [(group, [item for item in items if may_open(item[0])]) for group, items in NAVIGATION]
    # The page of roles is one click from that of members, for those who have it.
    return shown if may_open("members.index") else [*shown, ("", [("members.roles", "Roles")])]


def number(value: float | None, digits: int = 0) -> str:
    """Write a number with a real minus sign and thin groups: −1,234.5."""
    if value is None or value != value:
        return "–"
    return f"{value:,.{digits}f}".replace("-", "−")


def signed(value: float | None, digits: int = 2) -> str:
    """Write a difference with its sign: +0.12, −0.03."""
    if value is None or value != value:
        return "–"
    written = f"{value:+,.{digits}f}"
    return written[1:] if not float(written.replace(",", "")) else written.replace("-", "−")


def p_value(value: float | None) -> str:
    """Write a p-value: 0.042, < 0.001, and – where there is none."""
    if value is None or value != value:
        return "–"
    return "< 0.001" if value < 0.0005 else f"{value:.3f}"


def percent(value: float | None) -> str:
    """Write a share as a whole percentage."""
    return "–" if value is None or value != value else f"{100 * value:.0f} %"


def day(value: str | date | None) -> str:
    """Write an ISO date as 14 March 2025."""
    if not value:
        return ""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{moment.day} {moment:%B %Y}"


def minute(value: str) -> str:
    """Write a stored time as 14 March 2025, 10:32 UTC."""
    moment = datetime.fromisoformat(value).astimezone(UTC)
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Write a count with its noun: 1 turn, 2 turns."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


ARMS = {
    "none": "No nudge",
    "A": "Local story (A)",
    "B": "Typical time (B)",
    "A+B": "Both (A+B)",
}


def arm(label: str) -> str:
    """Write an arm as people read it: Local story (A)."""
    return ARMS.get(label, label)


def measure(key: str) -> str:
    """Write a measure's key as words: Hours willing with others."""
    return key.replace("_", " ").capitalize()


def outcome_name(key: str, issue: str = "") -> str:
    """Write an outcome as its measure and issue: Hours willing with others, Health."""
    return f"{measure(key)}, {issue}" if issue else measure(key)


CONTRASTS = {
    "A alone": "Local story alone, against no nudge (A alone)",
    "B alone": "Typical time alone, against no nudge (B alone)",
    "A and B together": "Both, against no nudge (A and B together)",
    "A, given B": "Local story added to typical time (A, given B)",
    "B, given A": "Typical time added to the local story (B, given A)",
    "A rather than B": "Local story rather than typical time (A rather than B)",
    "A, averaged over B": "Local story, averaged over typical time (A, averaged over B)",
    "B, averaged over A": "Typical time, averaged over the local story (B, averaged over A)",
    "A x B interaction": "What both do beyond their sum (A x B interaction)",
}


def contrast_name(name: str) -> str:
    """Write a contrast in words, with its name."""
    return CONTRASTS.get(name, name)


def contrast_option(name: str) -> str:
    """Write a contrast for a list, its name first, which a narrow page does not cut off."""
    words = contrast_name(name).removesuffix(f" ({name})")
    return name if words == name else f"{name}: {words[0].lower()}{words[1:]}"


def places(row: dict[str, Any]) -> int:
    """Say how many decimals an effect's interval bears."""
    return decimals(row["ci_low"], row["ci_high"])
