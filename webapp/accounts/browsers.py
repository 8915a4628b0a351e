"""What a browser says of itself, in words that its owner recognises."""

# The first that is found counts: most browsers also name those they descend from.
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
]
SYSTEMS = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
]


def browser_name(agent: str) -> str:
    """Return a browser and its system as Firefox on Windows."""
    found = [
        next((name for mark, name in names if mark in agent), None) for names in (BROWSERS, SYSTEMS)
    ]
    return " on ".join(name for name in found if name) or "A browser"
