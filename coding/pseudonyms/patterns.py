"""What has a published form: e-mails, web addresses, postcodes, NHS numbers, births, vehicles.

Postcodes follow BS 7666 and the list of postcode areas, NHS numbers the NHS Data Dictionary's
modulus 11 check, registrations the DVLA's INF104.
"""

import re
from collections.abc import Iterator

from .common_words import NEVER
from .kinds import DATE_OF_BIRTH, EMAIL, NHS_NUMBER, POSTCODE, VEHICLE, WEB, Found

_AREAS_WORDS = """
AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E
EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN
LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO
SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE
"""
AREAS = frozenset(_AREAS_WORDS.split())
OUTWARD = r"[A-PR-UWYZ](?:\d{1,2}|\d[A-HJKPS-UW]|[A-HK-Y]\d{1,2}|[A-HK-Y]\d[ABEHMNPRV-Y])"
INWARD = r"\d[ABD-HJLNP-UW-Z]{2}"
_POSTCODE = re.compile(rf"(?<!\w)({OUTWARD})[ \t\u00a0]{{0,2}}({INWARD})(?!\w)", re.IGNORECASE)
_DISTRICT = re.compile(r"(?<!\w)([A-Z]{2})\d{1,2}[A-Z]?(?!\w)")
_TOP = r"(?:co\.uk|org\.uk|ac\.uk|gov\.uk|nhs\.uk|sch\.uk|me\.uk|com|org|net|info|wales|cymru|io)"
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+'’-]{0,64}[\w+]@[\w-]+(?:\.[\w-]+)+")
_SPOKEN_TOP = r"(?:(?:co|org|ac|gov|nhs|sch|me) dot uk|com|org|net|info|wales|cymru)"
_SPOKEN_EMAIL = re.compile(
    r"\b[\w'’-]{1,40}(?: (?:dot|underscore|dash|hyphen) [\w'’-]{1,40}| \d{1,9}){0,6},?"
    r" at ,?[\w-]{1,40}"
    rf"(?: (?:dot|dash|hyphen) [\w-]{{1,40}}){{0,4}}? dot {_SPOKEN_TOP}\b",
    re.IGNORECASE,
)
_WEB = re.compile(
    rf"https?://[^\s<>\"“”]+|\bwww\.[\w-]+(?:\.[\w-]+)+(?:/[^\s<>\"“”]*)?"
    rf"|(?<![\w@.])[\w-]+(?:\.[\w-]+)*\.{_TOP}\b(?:/[^\s<>\"“”]*)?",
    re.IGNORECASE,
)
_SPOKEN_WEB = re.compile(
    rf"\b(?:www dot |w w w dot )?[\w-]{{1,40}}(?: (?:dash|hyphen) [\w-]{{1,40}}){{0,4}}"
    rf" dot {_SPOKEN_TOP}\b",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w.@/])@[A-Za-z]\w{2,30}")
_SITES = r"(?:twitter|instagram|insta|tiktok|tik tok|snapchat|facebook|x|youtube|threads|bluesky)"
_SPOKEN_HANDLE = re.compile(
    rf"\b(?:at|handle(?: is)?|username(?: is)?) (\w+(?:[._]| underscore | dot )\w+|\w*\d\w*)"
    rf"(?= on {_SITES}\b)|\b(?:my|her|his|their) (?:{_SITES}|handle|username) (?:handle |name )?is "
    rf"(\w+(?: underscore \w+)*)",
    re.IGNORECASE,
)
_TEN_DIGITS = re.compile(
    r"(?<![\w+])(?<!\d[ -])\d{3}[ \u00a0-]?\d{3}[ \u00a0-]?\d{4}(?![ -]?\d|\w)"
)
_NHS_SAID = re.compile(r"\b(?:nhs|n h s|health|chi|hospital)\b[^.\n]{0,25}$", re.IGNORECASE)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?|(?:twenty|thirty)?[ -]?(?:first|second|third|fourth|fifth|sixth"
    r"|seventh|eighth|ninth)|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth"
    r"|twentieth|thirtieth)"
)
_TENS = r"(?:ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)"
_YEAR = (
    rf"(?:(?:19|20)\d\d|['’]?\d\d\b|nineteen (?:oh |{_TENS})[ -]?\w{{0,5}}\b"
    r"|two thousand(?: and)?(?: \w+)?)"
)
_DATE = re.compile(
    r"(?<![\w/.-])(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d"
    rf"|(?:{_DAY},?(?: of)? {_MONTH}|{_MONTH}(?: the)? {_DAY})(?:,? {_YEAR})?)(?![\w/])",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"\b(?:born|birth|birthday|birthdate|d\.?o\.?b|date of birth)\b\.?[^.!?\n]{0,30}$",
    re.IGNORECASE,
)
_PAST_YEAR = re.compile(r"(?:19\d\d|200\d)|nineteen ", re.IGNORECASE)
_NEW_PLATE = re.compile(r"(?<!\w)[A-HJ-PR-Y]{2}\d{2}[ \u00a0]?[A-HJ-PR-Z]{3}(?!\w)", re.IGNORECASE)
_OLD_PLATE = re.compile(r"(?<!\w)(?:[A-HJ-NP-Y]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Y])(?!\w)")
_SMALL_PLATE = re.compile(r"(?<!\w)[a-hj-np-y]\d{3} ?([a-z]{3})(?!\w)")
_PLATE_SAID = re.compile(r"\b(?:reg|registration|plate|number plate|car|van)\b[^.\n]{0,25}$", re.I)


def find(text: str) -> Iterator[Found]:
    """Find everything that has a published form, in any order and overlapping."""
    yield from _mails_and_web(text)
    yield from _postcodes(text)
    yield from _nhs_numbers(text)
    yield from _births(text)
    yield from _vehicles(text)


def nhs_check(digits: str) -> bool:
    """Say whether ten digits have the right check digit (modulus 11)."""
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9]))
    check = 11 - total % 11
    return check != 10 and check % 11 == int(digits[9])


def nhs_certainty(digits: str, said: bool) -> float:
    """Rank ten digits as an NHS number; `said` where the words before speak of one."""
    if nhs_check(digits):
        return 0.97 if said else 0.9
    return 0.75 if said else 0.5


def _mails_and_web(text: str) -> Iterator[Found]:
    for pattern, kind, certainty in (
        (_EMAIL, EMAIL, 0.99),
        (_SPOKEN_EMAIL, EMAIL, 0.9),
        (_WEB, WEB, 0.9),
        (_SPOKEN_WEB, WEB, 0.8),
        (_HANDLE, WEB, 0.8),
    ):
        for match in pattern.finditer(text):
            said = match[0].rstrip(".,;:!?)’'")
            yield Found(match.start(), match.start() + len(said), said, kind, "pattern", certainty)
    for match in _SPOKEN_HANDLE.finditer(text):
        group = match.lastindex or 0
        yield Found(*match.span(group), match[group], WEB, "pattern", 0.7)


def _postcodes(text: str) -> Iterator[Found]:
    for match in _POSTCODE.finditer(text):
        known = re.match("[A-Z]+", match[1].upper())
        certainty = 0.97 if known and known[0] in AREAS else 0.5
        yield Found(*match.span(), match[0], POSTCODE, "pattern", certainty)
    for match in _DISTRICT.finditer(text):
        if match[1] in AREAS:
            yield Found(*match.span(), match[0], POSTCODE, "pattern", 0.5)


def _nhs_numbers(text: str) -> Iterator[Found]:
    for match in _TEN_DIGITS.finditer(text):
        said = bool(_NHS_SAID.search(text[max(0, match.start() - 40) : match.start()]))
        digits = re.sub(r"\D", "", match[0])
        if said or digits[0] not in "0":
            certainty = nhs_certainty(digits, said)
            yield Found(*match.span(), match[0], NHS_NUMBER, "pattern", certainty)


def _births(text: str) -> Iterator[Found]:
    for match in _DATE.finditer(text):
        if _BORN.search(text[max(0, match.start() - 45) : match.start()]):
            yield Found(*match.span(), match[0], DATE_OF_BIRTH, "pattern", 0.9)
        elif _PAST_YEAR.search(match[0]):
            yield Found(*match.span(), match[0], DATE_OF_BIRTH, "pattern", 0.4)


def _vehicles(text: str) -> Iterator[Found]:
    for match in _NEW_PLATE.finditer(text):
        yield Found(*match.span(), match[0], VEHICLE, "pattern", 0.9)
    for match in _SMALL_PLATE.finditer(text):
        if match[1] not in NEVER:
            yield Found(*match.span(), match[0], VEHICLE, "pattern", 0.5)
    for match in _OLD_PLATE.finditer(text):
        said = _PLATE_SAID.search(text[max(0, match.start() - 40) : match.start()])
        yield Found(*match.span(), match[0], VEHICLE, "pattern", 0.85 if said else 0.5)
