"""The curve of stability: how far runs agree, by the number of topics."""

from collections.abc import Sequence

from .sheet import Sheet

LEFT, BOTTOM, TOP, RIGHT, HEIGHT = 44, 44, 26, 18, 220


def draw_stability(points: Sequence[tuple[int, float]], chosen: int, *, width: int = 560) -> Sheet:
    """Draw the stability, 0 to 1, of each number of topics; the chosen number is filled."""
    told = "; ".join(f"{number} topics {value:.2f}" for number, value in points)
    sheet = Sheet(width, HEIGHT, f"Stability by number of topics: {told}")
    low, high = points[0][0], max(points[-1][0], points[0][0] + 1)

    def at(number: int, value: float) -> tuple[float, float]:
        x = LEFT + (width - LEFT - RIGHT) * (number - low) / (high - low)
        return x, HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value

    for step in range(5):
        (left, y), (right, _) = at(low, step / 4), at(high, step / 4)
        sheet.put("line", x1=left, x2=right, y1=y, y2=y, stroke="rule")
        sheet.write(left - 8, y, f"{step / 4:.2f}", text_anchor="end", fill="soft")
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*point) for point in points))
    sheet.put("polyline", points=line, fill="none", stroke="accent", stroke_width=2)
    for number, value in points:
        x, y = at(number, value)
        fill = "accent" if number == chosen else "card"
        title = f"{number} topics: {value:.2f}"
        sheet.put(
            "circle", cx=x, cy=y, r=5, fill=fill, stroke="accent", stroke_width=2, title=title
        )
        sheet.write(x, HEIGHT - BOTTOM + 16, str(number), text_anchor="middle", fill="soft")
    middle = (LEFT + width - RIGHT) / 2
    sheet.write(middle, HEIGHT - 8, "Topics", text_anchor="middle", fill="soft")
    sheet.write(4, 10, "Stability", fill="soft")
    return sheet
