"""Short forms of first names, written down for this purpose; each line begins with the long one."""

_LINES = """
abdul abdi|abigail abby abbie gail|abraham abe|adekunle kunle|adebayo bayo ade|adewale wale ade
agnieszka aga agnes|aleksandra ola alex|aleksander olek alex
alexander alex alec sandy xander sasha|alexandra alex sandra lexi sasha|alfred alf alfie fred
alison ali|amanda mandy|andrew andy drew|andrzej andy|angela angie ange|anna annie ania anka
anthony tony ant|antonia toni|archibald archie|arthur art artie|barbara barb babs basia
bartholomew bart|bartosz bartek|beatrice bea trixie|benjamin ben benny benji|bernadette bernie
bernard bernie|bridget bridie biddy|bronwen bron|caroline carrie caz
catherine cathy cath kate katie kitty cat|charles charlie chas chuck|charlotte charlie lottie char
chidiebere chidi|chinedu nedu edu|christina chris tina chrissie|christine chris chrissie tina
christopher chris kit topher|chukwuemeka emeka chuks|clifford cliff|constance connie|cornelius con
cynthia cindy|dafydd dai daf|daniel dan danny|danuta danka|david dave davey dai
deborah deb debs debbie|dennis den denny|derek del|desmond des|dolores lola|donald don donnie
dorothy dot dotty dottie|douglas doug dougie|edmund ed eddie ned ted|edward ed eddie ned ted teddy
eleanor ellie nell nora ella|elizabeth liz lizzie beth betty bess eliza|libby lisbeth elsie betsy
emily em emmy|emma em|ernest ernie|eugene gene|evelyn evie eve|ewa ewka|fatima fati|fatuma fatou
florence flo florrie flossie|frances fran francesca franny frankie|francis frank frankie fran
frederick fred freddie freddy|gabriel gabe|gabriella gabby ella|geoffrey geoff|george georgie
georgina georgie gina|gerald gerry ged|gerard gerry ged|geraldine gerry|gilbert gil bert
gillian gill jill|glenys glen|gordon gord|grzegorz greg|gregory greg|gurpreet gurps preet
gwendoline gwen|gwenllian gwen llio|hannah han|harold harry hal|harjinder harj jinder
harpreet harps preet|harriet hattie harri|helen nell|henry harry hal hank|herbert herb bert bertie
hilary hil|hugh hughie|ifeoluwa ife|ifeoma ify|ian|ibrahim ibby|isabel izzy bella isa issy
isabella izzy bella|jacob jake|jacqueline jackie jacqui|james jim jimmy jamie jem|jan|janet jan
janice jan|jaswinder jas jassi|jasmine jas|jennifer jen jenny|jeremy jez jerry|jerome jerry
jessica jess jessie|joan joanie|joanna jo joanne asia|joanne jo|john johnny jack jon
jonathan jon jonny|joseph joe joey jo|josephine jo josie|joshua josh|joyce joy|judith judy jude
julia jules|julian jules|julie jules|justine jus|kamaljit kam|kamaldeep kam|karolina karo
katarzyna kasia kaska|katherine kathy kath kate katie kit kitty|kathleen kath kathy kay
kayleigh kay|kehinde kenny|kenneth ken kenny|khadija khadi dija|kimberley kim|krzysztof krzys kris
kuldip kul|lawrence larry laurie loz|laurence larry laurie|leonard len lenny leo|leslie les
lewis lew|lillian lily lil|linda lin lindy|llewelyn llew lyn|louise lou|lucy lu|lynne lyn
maciej maciek|madeleine maddy maddie|magdalena magda|malcolm mal malc|malgorzata gosia gosha
mairead maire|manjit manj|maninder mani
margaret maggie meg peggy marge margie madge mags peg rita greta|maria mia|marian maz|mark
martha marty|martin marty|mary molly polly may mae|matilda tilly tilda|matthew matt matty
maureen mo|megan meg|melanie mel|melissa mel lissa|michael mick mike mickey mikey|michal misiek
michelle shell chelle mich|mildred millie|miriam mim|mohammed mo mohamed muhammad
mohammad mohamud ahmed|mohamed mo moh|mohamud mo|muhammad mo moh|mustafa mus|natalie nat
nathan nate nath|nathaniel nat nate|nasreen naz|navdeep nav|nicholas nick nicky
nicola nicky nic nikki|niamh neeve|norma|norman norm|oliver ollie olly|olivia liv livvy
oluwaseun seun|oluwatobi tobi|oluwafemi femi|olufemi femi|olusegun segun
oluwadamilola dami damilola|oluwakemi kemi|oluwaseyi seyi|oluwatosin tosin|omotola tola|owain owen
pamela pam|patricia pat patsy trish tricia patty|patrick pat paddy packie|pauline paul
penelope penny|percival percy|peter pete|philip phil pip|philippa pip pippa|phyllis phyl
piotr piotrek|prudence pru|rachel rach|rajinder raj|rajesh raj|ranjit ranj|raymond ray
rebecca becky becca bex|rhiannon rhi|rhys|richard rick dick rich richie ricky
robert rob bob bobby robbie bert|roberta bobbie|roderick rod roddy|rodney rod|roger rodge
ronald ron ronnie|rosalind ros roz|rosemary rose rosie|russell russ|samantha sam sammy
samuel sam sammy|sandra sandy san|sarah sally sal|sarbjit sarb|satnam sat|sebastian seb
sharon shaz shazza|shabnam shab|sian|sidney sid|siobhan shiv shivvy von|simon si|simran sim
solomon sol|sophia sophie|stanislaw staszek stan|stanley stan|stephanie steph
stephen steve ste stevie|steven steve ste|stuart stu|sukhdeep sukh|sukhwinder sukh
susan sue susie suzie|suzanne sue suzie|sylvia syl|tadhg tad|taiwo tai|tamara tammy
terence terry tel|teresa terry tess terri|thaddeus tad|theodore ted theo|theresa terry tess tessa
thomas tom tommy|timothy tim timmy|tomasz tomek|tracey trace|trevor trev|tobias toby|ursula ursh
valerie val|vanessa ness nessa|veronica ronnie vron|victor vic|victoria vicky|tori vikki
vincent vince vinny|vivian viv|vivienne viv|walter wally walt|wendy wends|wieslawa wiesia
wilfred wilf|william will bill billy liam willy|winifred win winnie freda|wojciech wojtek
yolanda yoyo|yusuf yus|yvonne von|zachary zach zac|zainab zee|zbigniew zbyszek|zofia zosia sofia
"""


def _table() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in _LINES.replace("\n", "|").split("|"):
        names = line.split()
        for name in names[:1]:
            table.setdefault(name, set()).update(names[1:])
        for name in names[1:]:
            table.setdefault(name, set()).add(names[0])
    return {name: frozenset(others) for name, others in table.items()}


_TABLE = _table()
# Names that are hardly anything else: all but the shortest.
LISTED = frozenset(name for name in _TABLE if len(name) > 3)


def short_forms(name: str) -> frozenset[str]:
    """Return what somebody with this first name may be called, and the long form of a short one.

    `name` and what is returned are folded (see `words.fold`).
    """
    return _TABLE.get(name, frozenset())
