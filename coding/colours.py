"""Whether a code's colour can be seen on light and on dark pages, by WCAG's contrast.

On dark pages a colour is shown lightened (`LIGHTENED` of it, the rest white, in Oklab), as the
stylesheet of the codes does. Oklab and its matrices: Ottosson 2020, as CSS Color 4 has them.
"""

from .errors import BadInput

LEAST = 3.0  # WCAG 2.2, 1.4.11: parts of a picture that are needed to understand it
LIGHTENED = 0.58
LIGHT_PAGES, DARK_PAGES = ("#fbfaf7", "#ffffff"), ("#16181a", "#1e2124")
Three = tuple[float, float, float]

_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_LMS_BACK = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_RGB_BACK = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)


def contrast(one: str, other: str) -> float:
    """Return WCAG's contrast of two colours, 1 to 21."""
    low, high = sorted((_luminance(_linear(one)), _luminance(_linear(other))))
    return (high + 0.05) / (low + 0.05)


def on_dark(colour: str) -> str:
    """Return a code's colour as dark pages show it."""
    lab = _oklab(_linear(colour))
    white = (1.0, 0.0, 0.0)
    mixed = [LIGHTENED * x + (1 - LIGHTENED) * w for x, w in zip(lab, white, strict=True)]
    return _written((mixed[0], mixed[1], mixed[2]))


def least_contrast(colour: str) -> tuple[float, float]:
    """Return the lowest contrast of a colour on light pages, and on dark ones."""
    light = min(contrast(colour, page) for page in LIGHT_PAGES)
    return light, min(contrast(on_dark(colour), page) for page in DARK_PAGES)


def passes(colour: str) -> bool:
    """Say whether a colour can be told from the page, light or dark."""
    return min(least_contrast(colour)) >= LEAST


def nearest_passing(colour: str) -> str:
    """Return the colour of the same hue, next in lightness, that passes."""
    light, a, b = _oklab(_linear(colour))
    for step in range(200):
        for sign in (-1, 1):
            tried = _written((min(1.0, max(0.0, light + sign * step * 0.005)), a, b))
            if passes(tried):
                return tried
    return "#2a747b"


def check_contrast(colour: str) -> None:
    """Raise BadInput, naming the nearest that passes, where a colour is too faint."""
    light, dark = least_contrast(colour)
    if min(light, dark) < LEAST:
        low, page = (light, "light") if light < LEAST else (dark, "dark")
        shown = int(low * 10) / 10
        raise BadInput(
            f"The colour {colour} is too faint on {page} pages: its contrast is {shown} to 1 and "
            f"must be 3 to 1. The nearest that can be seen is {nearest_passing(colour)}."
        )


def _linear(colour: str) -> Three:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return r, g, b


def _luminance(rgb: Three) -> float:
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def _times(matrix: tuple[Three, ...], vector: Three) -> Three:
    x, y, z = (sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix)
    return x, y, z


def _oklab(rgb: Three) -> Three:
    x, y, z = (value ** (1 / 3) for value in _times(_LMS, rgb))
    return _times(_LAB, (x, y, z))


def _written(lab: Three) -> str:
    x, y, z = (value**3 for value in _times(_LMS_BACK, lab))
    parts = [min(1.0, max(0.0, value)) for value in _times(_RGB_BACK, (x, y, z))]
    coded = [12.92 * p if p <= 0.0031308 else 1.055 * p ** (1 / 2.4) - 0.055 for p in parts]
    return "#" + "".join(f"{round(p * 255):02x}" for p in coded)
