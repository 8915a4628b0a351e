"""Text into sentences, for people who read what is proposed before it is kept."""

import re

# What ends in a full stop without ending a sentence.
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Cllr|Sgt|St|Rd|Ave|No|Nos|vs|etc|approx|inc|e\.g|i\.e|cf|"
    r"a\.m|p\.m|[A-Za-z]))\.$"
)
_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9£])|\s*\n\s*")


def split_sentences(text: str) -> list[str]:
    """Split a text into sentences, keeping abbreviations, initials and decimals whole."""
    sentences: list[str] = []
    begin = 0
    for end in _END.finditer(text):
        closed = text[begin : end.start()] + end.group().strip()
        if "\n" in end.group() or not _SHORT.search(closed):
            sentences.append(closed)
            begin = end.end()
    sentences.append(text[begin:])
    return [" ".join(sentence.split()) for sentence in sentences if sentence.strip()]
