"""What names of places are made of: capitals, kinds of streets, words that only describe."""

from .common_words import NEVER
from .words import fold

# A word with a capital; it ends in a full stop only where it is short for something.
CAPITAL = r"(?:(?:St|[A-Z])\.(?=[ \u00a0])|[^\W\d_a-zà-öø-ÿ][\w'’]*(?:[-‐–][\w'’]+)*)"
_JOINED = r"(?:[ \u00a0](?:of|the|&|in|on|upon|under|y|yr|le|la|de|next)){0,2}"
NAMED = rf"(?-i:{CAPITAL}(?:{_JOINED}[ \u00a0]{CAPITAL}){{0,4}})"
LOWER = r"[^\W\d_][\w'’]*(?:-[\w'’]+)*"
STREET = (
    "street|road|lane|avenue|close|drive|way|crescent|terrace|grove|gardens|court|place|square|hill"
    "|row|mews|walk|rise|parade|green|view|heights|wharf|quay|embankment|bank|gate|park|st|rd|ave"
    "|ln|cres|broadway|boulevard|passage|yard|approach|meadow|meadows|croft|fold|end|gardens"
)
# Words for streets that hardly mean anything else, so that small letters are enough.
PLAIN_STREET = "street|road|lane|avenue|crescent|terrace|mews|grove|gardens|boulevard"
BUILDING = "house|court|tower|towers|point|heights|lodge|mansions|building|buildings|block"
AREA = "ward|estate|village|parish|common|station|precinct|market|marina|quarter|valley|bridge"
PREPOSITION = (
    r"(?:on|in|at|off|along|down|up|near|from|to|behind|by|round|around|across|past|over|of|into"
    r"|called|onto|outside|for|with|lives?|living)"
)
# Words before a kind of place that describe it and do not name it.
_WORDS = """
a the this that my our your his her their its every each any some no same other another next main
side busy quiet back front long short whole new old little big small local high special public
private wrong right left ring slip toll dual country cycle bus memory fast slow inside middle
outside residential narrow dark nice bad good terrible council housing industrial primary secondary
junior infant nursery state village parish community catholic welsh english medical dental health
mental maternity children childrens women mens hospital general district cottage day care nursing
railway train tube underground petrol police fire power polling super labour job stock cattle
farmers christmas street food single property free faith boarding comprehensive grammar mainstream
church methodist baptist anglican roman orthodox evangelical muslim sikh hindu jewish family youth
sports leisure football cricket rugby golf minute minutes hour hours mile miles metre yard days
week month year storey bed per cent social certain particular home business drama art music law
dance driving summer night sunday after before at to in of for and is was has had with on one two
first second third many most few both all three four five sixth form
"""
PLAIN_WORDS = frozenset(_WORDS.split())
_DESCRIBING = ("ing", "ous", "ed", "ive", "ful", "less", "est", "ary", "ic", "ible", "able")
# Words that do not name by themselves, and do before a word that does: Old Kent Road.
BEFORE_NAMES = frozenset(
    ["old", "new", "little", "great", "big", "long", "high", "upper", "lower", "cottage", "church"]
)


_ALL = ("all saints", "all souls", "all hallows")


def is_plain(word: str) -> bool:
    """Say whether a folded word describes or points, and does not name."""
    return word in PLAIN_WORDS or word in NEVER


def without_plain(said: str) -> str:
    """Return a name without the plain words before it; nothing where it has no others."""
    words = said.split(" ")
    while words and is_plain(fold(words[0])):
        named = words[1:] and not is_plain(fold(words[1]))
        if named and fold(words[0]) in BEFORE_NAMES:
            break
        if (
            fold(words[0]) == "all"
            and words[1:]
            and fold(words[1]) in ("saints", "souls", "hallows")
        ):
            break
        words = words[1:]
    return " ".join(words)


def names_in_small(said: str) -> bool:
    """Say whether words in small letters may name a place rather than describe one."""
    words = [fold(word) for word in said.split()]
    if words and words[0] in BEFORE_NAMES or " ".join(words[:2]) in _ALL:
        words = words[1:]
    if not words or any(is_plain(word) for word in words):
        return False
    return len(words) > 1 or not words[0].endswith(_DESCRIBING)
