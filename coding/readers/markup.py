"""HTML that stands inside a Markdown file, down to its lines of text."""

from html.parser import HTMLParser

from .bold import Line, Pieces, lines_of

HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
BLOCKS = HEADINGS.union(
    ["p", "div", "li", "ul", "ol", "br", "hr", "pre", "table", "tr", "td", "th", "blockquote"]
)
UNREAD = frozenset(["script", "style", "template"])


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.pieces: Pieces = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.flush()
        if tag in HEADINGS or tag in UNREAD or tag in ("b", "strong"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.flush()
        if tag in self.open:
            self.open.remove(tag)

    def handle_data(self, data: str) -> None:
        if not UNREAD.intersection(self.open):
            bold = bool({"b", "strong"}.intersection(self.open))
            self.pieces.append((data.replace("\n", " "), bold))

    def flush(self) -> None:
        self.lines += lines_of(self.pieces, heading=bool(HEADINGS.intersection(self.open)))
        self.pieces = []


def lines_of_html(html: str) -> list[Line]:
    """Read the lines of text of a piece of HTML; nothing of the HTML itself is kept."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    parser.flush()
    return parser.lines
