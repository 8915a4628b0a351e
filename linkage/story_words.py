"""Words that speak for or against a story of people who did something and changed something.

Gathered by hand from how people talk in British focus groups; lower case, and lemmas where a
language model gives them.
"""

ACTIONS = frozenset(
    """adopt advertise agree apply approach arrange ask attend bake bid book borrow bring build buy
    call campaign carry chair chase check clean clear club collect contact cook count cut deliver
    demand design dig dim distribute donate door-knock draw drive email fence fetch fight fill
    find fit fix form found fundraise gather get give go grow guard hand help hire hold host
    install introduce invite join keep knock launch lay lead leaflet learn lend lobby log look
    make map march meet mend mow notice offer open organise organize paint park pass patrol pay
    persuade petition phone photograph pick plan plant post prune pull push put raise read
    recruit repair report request rescue rid ring rota run save set share show sign sit sort speak
    sponsor staff start stick stop survey sweep take talk teach tell text train trial turn visit
    volunteer walk wash watch water weed write""".split()
)
# Deeds that are co-production itself: they speak louder than going or getting.
JOINT = frozenset(
    """campaign clear collect deliver dig fundraise knock leaflet lobby mend organise organize
    paint patrol petition plant raise recruit repair rota run set sign start teach train
    volunteer weed build fix open ring meet write clean log""".split()
)
NO_DEED = frozenset(
    """be have do think know want feel seem mean guess suppose hope wish like love hate need
    remember believe understand reckon worry live sound matter say""".split()
)
NO_RESULT = NO_DEED - {"be"} | {"get", "ask", "write", "tell", "promise", "try"}
ADDRESSED = frozenset("i we you".split())
GROUPS = frozenset(
    """agency association band carers centre charity choir church class club committee
    community company congregation co-op cooperative council councillor crew estate families
    family federation firm force friends gang gp group households houses housing institute
    mosque mums dads neighbour neighbours neighbourhood nhs nurse officer organisation parents
    parish partnership pcso people pharmacist police project residents ranger school scouts
    sergeant service society staff team temple tenants trust union volunteers warden wardens
    ward women men lads lasses youngsters kids us everybody
    lady ladies woman man fella bloke gardener builder teacher doctor vicar imam driver
    shopkeeper landlord members society tenant resident volunteer parent""".split()
)
PLACES = frozenset(
    """allotment allotments alley avenue bank beck bridge brook canal centre church close common
    corner court crescent crossing drive estate field flats footpath garages garden gardens green
    ground hall hill house junction lane library market meadow mosque orchard park path pavilion
    pharmacy pitch playground pond precinct reserve river road row school shop square station
    street surgery terrace towpath verge village ward wood woods yard""".split()
)
OUTCOMES = (
    "ever since", "since then", "since that", "been since", "after that", "from then on",
    "in the end", "as a result", "because of that", "it worked", "that worked", "made a difference",
    "made all the difference", "came back", "come back", "comes now", "come now", "turned round",
    "turned around", "sorted it", "got sorted", "got it sorted", "got rid", "cut down", "went down",
    "gone down", "dropped to", "went from", "down to", "hasn't been", "haven't been", "not been one",
    "not had one", "not a single", "not one", "never had another", 
    "gave us", "got us", "paid for", "agreed to", "said yes",
    "still going", "still there", "still do", "there's now", "there is now", "there are now",
    "we've got now", "now we", "now there", "now it", "now they", "ended up with", "we won", "we got",
    "safer", "cleaner", "quieter", "reopened", "saved", "fewer", "halved",
    "doubled", "improved", "so now", "which meant",
)  # fmt: skip
TIMES = (
    "last year", "last summer", "last winter", "last spring", "last autumn", "last month",
    "last week", "year ago", "years ago", "month ago", "months ago", "weeks ago", "that summer",
    "that winter", "one day", "one night", "one morning", "first time", "third time", "every week",
    "every saturday", "every sunday", "every friday", "by the june", "in lockdown",
    "during lockdown", "after lockdown", "before christmas", "when i moved", "when we moved", "since",
    "until", "while", "o'clock", "half term", "tuesdays", "wednesdays", "thursdays", "fridays",
    "saturdays", "sundays", "mondays", "january", "february", "march", "april", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
SEQUENCE = frozenset("so then first second third next after finally eventually until once".split())
WISHES = (
    "would be", "would have", "would like", "i'd like", "we'd like", "should", "could do with",
    "ought to", "if only", "i wish", "we wish", "wish they", "i hope", "we hope", "what we need",
    "they need to", "we need", "need a", "want to see", "wants to be", "be nice if", "be good if",
    "might", "maybe", "why don't", "why can't", "why doesn't", "imagine", "if they", "if we", "if you",
    "going to", "we'll", "i'd love", "would help", "would make",
)  # fmt: skip
FAILURES = (
    "nothing happened", "nothing came", "nothing changed", "never happened", "never came",
    "never heard", "no answer", "no reply", "gave up", "given up", "fell through", "fell apart",
    "packed in", "packed it in", "fizzled", "didn't work", "did not work", "got worse", "getting worse",
    "made no difference", "waste of time", "no money", "turned us down", "turned it down", "refused",
    "wouldn't", "closed it", "closed down", "shut it", "shut down", "ignored", "no one turned up",
    "nobody turned up", "nobody came", "no one came", "no point", "back to how it was",
    "same as before", "back again", "can't get", "couldn't get", "they said no",
    "nothing was ever", "nothing ever", "still took it", "took it off", "took it away",
    "shut our", "shut the", "closed the", "lost the", "promised us", "not bothered since", "i left",
    "cut the", "not allowed", "wouldn't let", "wrote him a letter", "i got a number", "nobody ever", "had nowt", "had nothing", "got nowt", "got nothing", "run out of money", "ran out of money",
    "very sorry", "not being resolved", "don't see the point", "wants doing", "haven't got", "hasn't got",
    "that's what we got", "moved her", "moved him", "pointless", "lost interest", "stopped coming", "died a death", "went nowhere",
)  # fmt: skip
HEARSAY = (
    "i heard", "i've heard", "apparently", "supposedly", "they say", "people say", "someone told me",
    "somebody told me", "a friend of a friend", "i read", "i saw on", "on the news", "on the telly",
    "on telly", "on television", "on facebook", "in the papers", "on the radio", "rumour", "i think it was",
    "i believe they", "so i'm told", "i gather", "there was a programme", "documentary",
)  # fmt: skip
ELSEWHERE = (
    "the government", "prime minister", "westminster", "parliament", "whitehall", "nationally",
    "in london", "in america", "in sweden", "in holland", "in germany", "in denmark", "in japan",
    "in other countries", "abroad", "the country", "this country", "the nation", "brexit",
)  # fmt: skip
HABITS = ("always", "used to", "usually", "generally", "tend to", "these young", "kids today",
          "people are", "people just", "people don't", "they don't", "nobody cares")  # fmt: skip
US = frozenset("we us our ours ourselves i me my myself".split())
TOGETHER = frozenset("we us our ours ourselves".split())
OTHERS = frozenset("he she they".split())
FILLERS = frozenset("um uh er erm mm mhm hmm yeah yep".split())
PAST = frozenset(
    """began bought brought built came caught chose cut did drew drove dug fell felt fetched fought
    found gave got went grew had heard held kept knew laid led left lent lost made met paid put ran
    rang read rode said sat saw sent set shook shot showed shut sold spoke spent stood stuck swept
    taught thought threw told took went were won wore wrote was been done gone given shown written
    taken""".split()
)
