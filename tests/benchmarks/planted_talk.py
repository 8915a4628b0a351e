"""Synthetic focus groups with stories planted among decoys and chat, the same for the same seed.

Everything here is made up for measuring; no person, place or body is meant.
"""

import random
from dataclasses import dataclass

WHO = (
    "me and the lady from the corner house", "a handful of us off the estate", "my brother-in-law",
    "the mums from the school gate", "our allotment society", "five of the lads from the darts team",
    "Mrs Okafor and her two girls", "the tenants' committee", "a retired plumber on our row",
    "the lot of us from the bowls club", "two sixth-formers", "the women from the temple kitchen",
)  # fmt: skip
DEEDS = {
    "environment": (
        "hauled the mattresses out of the ginnel", "planted up the roundabout with lavender",
        "dredged the duck pond with borrowed nets", "scrubbed the graffiti off the underpass",
        "built raised beds out of old pallets", "surveyed every drain and sent in the list",
        "turned the burnt-out garage site into a rockery", "started a Sunday bag-and-grabber round",
    ),
    "safety": (
        "stood at the crossing in tabards each morning", "mapped where the lamps were out",
        "put up bells and a mirror on the blind corner", "walked the canal in pairs after dark",
        "sat down with the off-licence and agreed a closing time", "got speed readings with a borrowed gun",
        "opened the boxing gym on Friday nights for the kids", "knocked every door about the burglaries",
    ),
    "health": (
        "laid on a soup lunch in the vestry", "learned the defibrillator and taught the street",
        "drove folk to their scans in our own cars", "set up a phone ring for people living alone",
        "talked the chemist into a blood-pressure morning", "ran chair exercises in the library",
        "brought a dementia singing afternoon to the club", "cooked double and took plates round",
    ),
}  # fmt: skip
WHEN = ("The winter before last", "In the second lockdown", "About three years back", "Last spring",
        "When the depot shut", "Two summers ago", "The year my mother died")  # fmt: skip
WHY = (
    "because the council kept saying it was private land", "since nobody else was going to",
    "after a lad broke his wrist there", "when the funding was pulled", "after the third complaint",
    "because we were sick of looking at it",
)  # fmt: skip
MIDDLE = (
    "It took us nine weekends and a lot of flapjack.", "The ward officer lent us the tools.",
    "We begged paint off the builders' merchant.", "Forty odd people turned out on the first day.",
    "I rang the housing and they sent a van.", "We wrote it all down in an exercise book.",
    "The vicar let us have the key.", "At first there were only the three of us.",
)  # fmt: skip
ENDS = (
    "And there's been no trouble there from that day to this.",
    "Complaints went from twenty a month to two.", "It's full every week now and there's a waiting list.",
    "The highways people came out and did the rest properly.",
    "Now folk from the next estate want the same.", "You can push a pram through it these days.",
    "We haven't had a single accident since.", "They ended up paying for a proper one.",
    "The doctor says half of them have come off a tablet.", "Three of the lads have got jobs out of it.",
)  # fmt: skip
FAILED = (
    "We asked for a bin and nothing happened. We asked again and they never rang back, so we gave up.",
    "There was a group once, met in the pub, fell apart after two goes because nobody came.",
    "I wrote to them four times about the lights. They refused. It's as dark as it ever was.",
    "We had a petition, eight hundred names, and they closed it all the same.",
    "My neighbour started a clean-up and they told her to stop for health and safety. That was that.",
)  # fmt: skip
WISHED = (
    "What we need is somebody to get the young ones together. If we had a hall we could do all sorts.",
    "I'd like to see people look out for each other. It would be lovely to have a lunch club.",
    "They should put a warden on. Maybe the school could run something. You'd think they would.",
    "If I had the time I'd start a garden down there, I really would, and get everyone digging.",
)  # fmt: skip
HEARD = (
    "Apparently over in the next town they all got together and did up the baths. So I'm told anyway.",
    "My cousin's friend said her street bought their own snow plough. I don't know if it's true.",
    "I heard that somebody set up a night patrol up there. People say it worked.",
)  # fmt: skip
NEWS = (
    "I saw on the news the government paid for ten thousand new nurses and waiting times came down.",
    "There was a programme about Denmark, they all clean their own streets and crime went down by half.",
    "The Prime Minister came on and said they had cut crime by a third since last year.",
)  # fmt: skip
MODERATOR = (
    "For example, in one place neighbours painted their own bus shelter and after that nobody smashed it.",
    "I was told of a village where people drove each other to hospital and nobody missed an appointment.",
)  # fmt: skip
CHAT = (
    "It's not what it was round here.", "You can't park for love nor money.", "I don't know, really.",
    "My knees are bad so I don't get out much.", "Everybody keeps themselves to themselves.",
    "The buses are a joke.", "I've lived here forty years and I like it.", "Kids today have it hard.",
    "The bins are collected on a Tuesday.", "There's good and bad everywhere, isn't there?",
    "I went to the shop on the way here and it was shut.", "We had sun last week, that was nice.",
    "The doctor's is impossible to get into.", "I was born in the next street.",
    "My son works nights, so he sleeps in the day.", "I watched two of them arguing over a space.",
)  # fmt: skip
DECOYS = {"failure": FAILED, "wish": WISHED, "hearsay": HEARD, "news": NEWS}
ISSUES = tuple(DEEDS)


@dataclass(frozen=True)
class Planted:
    """A story or decoy: its issue, its kind, and its words, which stand in the text once."""

    issue: str
    kind: str
    words: str


def focus_group(seed: int, stories: int = 5, decoys: int = 8, chat: int = 60) -> tuple[str, list[Planted]]:
    """Make a group's text, `Name: speech` a line, each issue opened by the moderator."""
    rng = random.Random(seed)  # noqa: S311  (repeatable, and no secret)
    lines, planted = ["Moderator: Welcome, everybody, and thank you for coming along today."], []
    names = rng.sample(["Ann", "Bert", "Cleo", "Dev", "Ewa", "Fay", "Gus", "Hana", "Ian", "Jo"], 8)
    for issue in ISSUES:
        lines.append(f"Moderator: Let us turn to {issue} now, and take all the time you need for it.")
        told = [Planted(issue, "story", _story(rng, issue, seed)) for _ in range(stories)]
        told += [Planted(issue, kind, _decoy(rng, kind)) for kind in rng.choices([*DECOYS], k=decoys)]
        told += [Planted(issue, "chat", " ".join(rng.sample(CHAT, rng.choice((1, 1, 1, 2, 3, 5, 7))))) for _ in range(chat)]
        rng.shuffle(told)
        for piece in told:
            lines.append(f"{rng.choice(names)}: {piece.words}")
            if rng.random() < 0.15:
                lines.append(f"Moderator: {rng.choice(MODERATOR)}")
        planted += told
    return "\n".join(lines), planted


def _story(rng: random.Random, issue: str, seed: int) -> str:
    """A story in two to five sentences, now and then with the deed late or the end understated."""
    deed = rng.choice(DEEDS[issue])
    who = rng.choice(WHO)
    opening = rng.choice((
        f"{rng.choice(WHEN)} {who} {deed} {rng.choice(WHY)}.",
        f"Well, {who} {deed}. {rng.choice(WHEN)}, that was.",
        f"{rng.choice(WHEN)} I'd had enough, so {who} {deed}.",
    ))  # fmt: skip
    middle = rng.sample(MIDDLE, rng.randint(0, 2))
    return " ".join([opening, *middle, *([rng.choice(ENDS)] if rng.random() < 0.9 else [])])


def _decoy(rng: random.Random, kind: str) -> str:
    return " ".join([rng.choice(DECOYS[kind]), *rng.sample(CHAT, rng.randint(1, 4))])
