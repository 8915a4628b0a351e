"""A person's name as typed: without its title, and in all the forms in which it is said."""

import re

from .common_words import BOTH, NEVER
from .nicknames import short_forms
from .words import Word, words_of

_TITLES_WORDS = """
mr mrs ms miss mx dr doctor prof professor sir dame lord lady rev reverend revd father fr canon
rabbi imam sheikh pastor bishop cllr councillor pc wpc dc pcso sgt sergeant insp inspector
constable officer superintendent nurse sister matron auntie aunty aunt uncle nan nana gran
grandad grandma granny nain taid coach pastor brother baroness judge
"""
TITLES = frozenset(_TITLES_WORDS.split())
_LETTERS_AFTER_WORDS = """
am ms mp msp mbe obe cbe phd ma ba bsc msc jp kc qc frcgp rgn
"""
LETTERS_AFTER = frozenset(_LETTERS_AFTER_WORDS.split())
_PARTICLES_WORDS = """
de la le van der den von di da ap ab bin binti ibn al el ferch verch du dos del y st
"""
PARTICLES = frozenset(_PARTICLES_WORDS.split())
# Parts of a name that are not looked for alone where they are this short.
_SMALL = BOTH | NEVER | PARTICLES
_ROLE = re.compile(
    r"(?:the )?(?:participant|speaker|respondent|interviewee|interviewer|moderator|facilitator"
    r"|chair|chairman|chairwoman|chairperson|host|convenor|researcher|observer|notetaker|note taker"
    r"|resident|member|panellist|officer|man|woman|male|female|voice|unknown|unidentified|all"
    r"|several|group|person|student|parent|carer|volunteer|patient|citizen|councillor|translator"
    r"|interpreter|(?-i:[A-Z]{1,3}))(?: speaker| voice| person)?[ #.-]*(?:\d{1,3}[a-z]?|[a-z])?",
    re.IGNORECASE,
)


def is_role(label: str) -> bool:
    """Say whether a speaker's label is a role or a code and no name: Participant 3, P4, JD."""
    return bool(_ROLE.fullmatch(label.strip())) or not any(map(str.isalpha, label))


def name_words(typed: str) -> list[Word]:
    """Return the words of a person's name without titles and letters after it."""
    words = words_of(typed)
    while len(words) > 1 and words[0].key in TITLES:
        words = words[1:]
    while len(words) > 1 and words[-1].key in LETTERS_AFTER and words[-1].text.isupper():
        words = words[:-1]
    return [word for word in words if word.key not in TITLES or len(words) <= 2]


def person_forms(typed: str) -> dict[tuple[str, ...], float]:
    """Return the forms of a person's name as folded words, each with what it is worth (0 to 1)."""
    within = re.findall(r"[(\"“]([^()\"“”]+)[)\"”]", typed)
    plain = re.sub(r"[(\"“][^()\"“”]*[)\"”]", " ", typed)
    if plain.count(",") == 1:
        plain = " ".join(reversed(plain.split(",")))
    words = name_words(plain)
    keys = tuple(word.key for word in words)
    if not keys or is_role(" ".join(word.text for word in words)):
        return {}
    forms = _written(keys)
    for nickname in within:
        forms.setdefault(tuple(word.key for word in words_of(nickname)), 0.97)
    for short in sorted(short_forms(keys[0])):
        forms.setdefault((short,), 0.8)
        forms.setdefault((short, *keys[1:]), 0.97)
    return forms


def _written(keys: tuple[str, ...]) -> dict[tuple[str, ...], float]:
    """Return how a name is written: whole, turned round, with an initial, and its parts."""
    forms = {keys: 1.0}
    if len(keys) > 2:
        forms[(keys[0], keys[-1])] = 1.0
    if len(keys) > 1:
        forms[(*keys[1:], keys[0])] = 0.95
        forms[(keys[0][0], *keys[1:])] = 0.9
    for place in range(1, len(keys) - 1):
        forms.setdefault(keys[place:], 0.97)
    for key in keys:
        if len(keys) == 1 or len(key) > 2 or (len(key) > 1 and key not in _SMALL):
            forms.setdefault((key,), 0.97)
    return forms
