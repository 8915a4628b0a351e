"""Streets, addresses, wards and estates, and local organisations, told by their wording."""

import re
from collections.abc import Iterator

from .common_words import NEVER
from .kinds import ADDRESS, ORGANISATION, PLACE, Found
from .patterns import INWARD, OUTWARD
from .words import begins_sentence, fold

_CAPITAL = r"[^\W\d_a-zà-öø-ÿ][\w'’]*(?:[-‐–][\w'’]+)*\.?"
_JOINED = r"(?:[ \u00a0](?:of|the|&|in|on|upon|under|y|yr|le|la|de|next)){0,2}"
NAMED = rf"(?-i:{_CAPITAL}(?:{_JOINED}[ \u00a0]{_CAPITAL}){{0,4}})"
_LOWER = r"[^\W\d_][\w'’]*(?:-[\w'’]+)*"
_STREET = (
    "street|road|lane|avenue|close|drive|way|crescent|terrace|grove|gardens|court|place|square|hill"
    "|row|mews|walk|rise|parade|green|view|heights|wharf|quay|embankment|bank|gate|park|st|rd|ave"
    "|ln|cres|broadway|boulevard|passage|yard|approach|meadow|meadows|croft|fold|end|gardens"
)
# Words for streets that hardly mean anything else, so that small letters are enough.
_PLAIN_STREET = "street|road|lane|avenue|crescent|terrace|mews|grove|gardens|boulevard"
_BUILDING = "house|court|tower|towers|point|heights|lodge|mansions|building|buildings|block"
_AREA = "ward|estate|village|parish|common|station|precinct|market|marina|quarter|valley|bridge"
_SCHOOL = (
    r"(?:(?:c of e|church of england|catholic|rc|community|special|welsh|girls['’]?|boys['’]?) )?"
    r"(?:(?:primary|junior|infants?|secondary|high|grammar|comprehensive|comp|middle|upper|lower"
    r"|nursery|prep|special|welsh[- ]medium) (?:and nursery )?school"
    r"|(?:primary|juniors?|infants?|secondary|comp|comprehensive|grammar|academy)(?! care)"
    r"|school|college|sixth form(?: college)?|nursery|pre-?school|playgroup|kindergarten)"
)
_HEALTH = (
    r"surgery|medical (?:practice|centre|center)|health (?:centre|center)|clinic|hospital|hospice"
    r"|infirmary|pharmacy|chemists?|dental (?:practice|surgery|care)|dentists?|doctors|practice"
    r"|care home|nursing home|residential home|day centre|walk-in(?: centre)?"
)
_FAITH = (
    "church|chapel|mosque|masjid|temple|gurdwara|synagogue|cathedral|mandir|minster|abbey|priory"
)
_CLUB = (
    r"(?:community|village|leisure|youth|sports|children['’]?s|family|resource|arts|neighbourhood"
    r"|shopping|cultural|advice) (?:centre|center|club|hall|hub)|village hall|church hall"
    r"|food ?bank|library|(?:football|rugby|cricket|bowls|boxing|tennis|working men['’]?s|social"
    r"|youth|golf) club"
    r"|f\.?c\.?|rfc|allotments?|brownies|scouts|guides|baths|theatre"
    r"|(?:tenants|residents)['’]? association"
)
_FIRM = (
    r"ltd|limited|plc|llp|& sons?|and sons?|housing association|homes|housing trust|trust"
    r"|constabulary|police station|fire station|post office|caf[eé]|bakery|bakers|butchers|garage"
    r"|motors|arms|tavern|inn|hotel|solicitors|builders|plumbing|stores|newsagents?|care|factory"
    r"|foundation|charity"
)
_ORGANISATION = rf"(?:{_SCHOOL}|{_HEALTH}|{_FAITH}|{_CLUB}|{_FIRM})"
_PLAIN_ORGANISATION = rf"(?:{_SCHOOL}|{_HEALTH}|{_FAITH}|{_CLUB})"
_SAINT = r"\b(?:st|saint|ss)\.?[ \u00a0]"
_PREPOSITION = (
    r"(?:on|in|at|off|along|down|up|near|from|to|behind|by|round|around|across|past|over|of|into"
    r"|called|onto|outside|for|with|lives?|living)"
)
_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    "|a hundred and|one hundred and|hundred and"
)
_HOUSE = (
    rf"(?:\d{{1,4}}[a-zA-Z]?(?:[ ]?[-/–][ ]?\d{{1,4}}[a-zA-Z]?)?|(?:(?:{_NUMBERS})[ -]?){{1,4}})"
)
_FLAT = rf"(?:flat|apartment|unit|bungalow|room)[ ](?:number |no\.? ?)?(?:{_HOUSE}|[A-Z])"
_REST = rf"(?:,[ ]?{NAMED}){{0,2}}(?:,?[ ]?{OUTWARD} ?{INWARD})?"

_BIG_STREET = re.compile(rf"\b({NAMED})[ \u00a0](?:(?i:{_STREET}))\b(?!['’]s)")
_WELSH_STREET = re.compile(rf"\b(?:(?i:heol|ffordd|stryd|lôn|clos|maes|rhodfa)) {NAMED}")
_SMALL_STREET = re.compile(
    rf"\b{_PREPOSITION}[ ](?:the )?({_LOWER}(?:[ ]{_LOWER})??)[ ](?:{_PLAIN_STREET})\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    rf"\b(?:{_FLAT},?[ ])?(?<![\d.:/-])(?:number |no\.? ?)?{_HOUSE},?[ ]?"
    rf"(?:the )?((?:{NAMED}|{_LOWER}(?:[ ]{_LOWER})?)[ ](?:{_STREET})\b"
    rf"|(?:heol|ffordd|stryd|lôn|clos|maes)[ ]{_LOWER}){_REST}",
    re.IGNORECASE,
)
_FLAT_ADDRESS = re.compile(
    rf"\b{_FLAT}\b(?:,?[ ](?:in |on |at )?"
    rf"(?:{NAMED}|{_LOWER}(?:[ ]{_LOWER})?)[ ](?:{_BUILDING}|{_STREET})\b)?"
    rf"{_REST}",
    re.IGNORECASE,
)
_BIG_AREA = re.compile(rf"\b({NAMED})[ \u00a0](?:(?i:{_AREA}))\b")
_SMALL_AREA = re.compile(
    rf"\b{_PREPOSITION}[ ](?:the )?({_LOWER}(?:[ ]{_LOWER})?)[ ](?:{_AREA})\b", re.IGNORECASE
)
_BIG_ORGANISATION = re.compile(rf"\b({NAMED})[ \u00a0](?:(?i:{_ORGANISATION}))\b")
_SMALL_ORGANISATION = re.compile(
    rf"\b(?:{_PREPOSITION}|the|our)[ ](?:the )?({_LOWER}(?:[ ]{_LOWER}){{0,2}}?)[ ]"
    rf"{_PLAIN_ORGANISATION}\b",
    re.IGNORECASE,
)
_BIG_SAINT = re.compile(
    rf"\b(?:St|Saint|SS)\.?[ \u00a0]{_CAPITAL}(?: (?:and|&) (?:St )?{_CAPITAL})?"
)
_SMALL_SAINT = re.compile(rf"{_SAINT}{_LOWER}(?:[ ]{_PLAIN_ORGANISATION}\b)?", re.IGNORECASE)
# Words before a kind of place that describe it and do not name it.
_PLAIN_WORDS_WORDS = """
a the this that my our your his her their its every each any some no same other another next
main side busy quiet back front long short whole new old little big small local high special
public private wrong right left ring slip toll dual country cycle bus memory fast slow inside
middle outside residential narrow dark nice bad good terrible council housing industrial primary
secondary junior infant nursery state village parish community catholic welsh english medical
dental health mental maternity children childrens women mens hospital general district cottage
day care nursing railway train bus tube underground petrol police fire power polling super
labour job stock cattle farmers christmas street food single housing property the council free
faith boarding comprehensive grammar mainstream church methodist baptist anglican roman orthodox
evangelical muslim sikh hindu jewish family youth sports leisure football cricket rugby golf
local-authority after before at to in of for and is was has had with on one two first second
third many most few both all two three four five sixth form
"""
_PLAIN_WORDS = frozenset(_PLAIN_WORDS_WORDS.split())
_DESCRIBING = ("ing", "ous", "ed", "ive", "ful", "less", "est", "ary", "ic", "ible", "able")
_AMBIGUOUS = re.compile(rf"(?:high|main|church|station|park) (?:{_STREET})$", re.IGNORECASE)


def find(text: str) -> Iterator[Found]:
    """Find places below the area, addresses and local organisations, overlapping."""
    yield from _addresses(text)
    for pattern, kind in (
        (_BIG_STREET, PLACE),
        (_BIG_AREA, PLACE),
        (_BIG_ORGANISATION, ORGANISATION),
    ):
        for match in pattern.finditer(text):
            yield from _capitals(text, match, kind)
    for match in _WELSH_STREET.finditer(text):
        yield Found(*match.span(), match[0], PLACE, "wording", 0.85)
    for pattern, kind in (
        (_SMALL_STREET, PLACE),
        (_SMALL_AREA, PLACE),
        (_SMALL_ORGANISATION, ORGANISATION),
    ):
        for match in pattern.finditer(text):
            yield from _small(text, match, kind)
    yield from _saints(text)


def _addresses(text: str) -> Iterator[Found]:
    for match in _ADDRESS.finditer(text):
        street = [fold(word) for word in match[1].split()]
        if not any(word in _PLAIN_WORDS or word in NEVER for word in street[:-1]):
            yield _found(text, match.start(), match.end(), ADDRESS, 0.85)
    for match in _FLAT_ADDRESS.finditer(text):
        yield _found(text, match.start(), match.end(), ADDRESS, 0.75)


def _found(text: str, start: int, end: int, kind: str, certainty: float) -> Found:
    said = text[start:end].rstrip(" ,.")
    return Found(start, start + len(said), said, kind, "wording", certainty)


def _capitals(text: str, match: re.Match[str], kind: str) -> Iterator[Found]:
    """Propose a capitalised name with its kind of place, without the plain words before it."""
    start, named = match.start(), match[1]
    first = True
    while named:
        word, _, rest = named.partition(" ")
        plain = fold(word) in _PLAIN_WORDS or fold(word) in NEVER
        if not plain:
            break
        start += len(named) - len(rest)
        named, first = rest, False
    if not named:
        if fold(match[1]).split()[-1] == "high":
            yield Found(*match.span(), match[0], kind, "wording", 0.4)
        return
    doubtful = first and " " not in named and begins_sentence(text, start)
    sure = 0.5 if doubtful or _AMBIGUOUS.search(match[0]) else 0.85
    yield Found(start, match.end(), text[start : match.end()], kind, "wording", sure)


def _small(text: str, match: re.Match[str], kind: str) -> Iterator[Found]:
    """Propose a name in small letters, where no word of it is a plain one."""
    words = [fold(word) for word in match[1].split()]
    start = match.start(1)
    while words and (words[0] in _PLAIN_WORDS or words[0] in NEVER):
        words = words[1:]
        start = text.index(" ", start) + 1 if words else start
    if words and not any(_is_plain(word) for word in words):
        yield Found(start, match.end(), text[start : match.end()], kind, "wording", 0.65)


def _is_plain(word: str) -> bool:
    """Say whether a word describes a place and does not name it."""
    return word in _PLAIN_WORDS or word in NEVER or word.endswith(_DESCRIBING)


def _saints(text: str) -> Iterator[Found]:
    for match in _BIG_SAINT.finditer(text):
        yield Found(*match.span(), match[0], ORGANISATION, "wording", 0.75)
    for match in _SMALL_SAINT.finditer(text):
        yield Found(*match.span(), match[0], ORGANISATION, "wording", 0.65)
