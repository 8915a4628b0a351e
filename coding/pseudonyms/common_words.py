"""Words that are both ordinary and names, and words that never begin or make a name."""

# Names only with evidence: a title, a capital within a sentence, a surname behind them.
_BOTH = """
abbey abbot ace alba ali am amber an angel april arch archer art as ash aspen at august autumn
baker ball banks barber barker bath battle bay be beach bear beck bee bell berry best bill bird
bishop black blessing bliss bloom blue blunt bond booth bowl bowler bowling box boy boyd brand
bridge bright bristol brook brooks brown buck bull burn bush butcher butler butt by camp candy cane
car carol carter case cash castle chance chandler charity chase cherry chin christian church clay
clement close coal cole cook cooper coral corn court cox crane crisp cross crow crystal daisy dale
dan dash dawn day deacon dean dear dell destiny do dove drake drew drive drum duck duke dung dusty
earl earnest east eve ever faith fallow falls favour fern field fields finch fish fisher flint
flower ford forest forge foster fountain fox frank free french friend frost fry gale gardener
gardner gay gene gift ginger glad glen glover go golden good goodness grace grant gray green grey
grove guy hale hall hand hardy harmony harper hart hazel he head heath heather henry herring hill
ho holiday holland holly home honey honour hook hope horn house howe hung hunt hunter ice if in
iris iron is it ivory ivy jack jade jam jasmine jay jean jet jewel john jolly joy judge june just
justice kay keen kelly kind king kit kitty knight lake lamb lance lane lark law lawn lay leaf lee
lees light lily little lock long lord love low luck luke mace mack mai major man manning many maple
march marine mark marsh martin mason mat max may me meadow mercer mercy merit merry mike mile miles
mill miller mills min minister mint moon moor more moss mount my nash neat nice nick no noble noon
north nurse oak of olive on or page palmer pan paris parish park parker parks parsons pat patience
peace peach pearl peel penny perry piper pitt plant plum pool poor poppy porter post potter power
praise precious price prince prior promise prudence queen rain randy ray rayon read reading reed
reef reeve reid rich ridge rio rise river rob robin rock rod rose rosemary rowan royal ruby rush
rust rusty rye sage sailor saint sally sandy sang savage sawyer scarlet scout sea see serenity
shade shah sharp shepherd sheriff short silver singer sky slater smart smith snow so son song south
sparrow spencer spring star steel stone storm street strong sue summer summers sun sunny sunshine
swan swift tailor tan tanner tate taylor teal temple thorn tiger to tong town trinity troy trueman
tucker turner up us van verity victor victory vine viola violet virtue wade walker wall ward waters
way we weaver webb weeks wells west wheeler white wild will willow win winter wisdom wise wolf wong
wood woods worth wren wright yes you young yule zone
"""
# Neither a name nor the beginning of one, whatever its letters look like.
_NEVER = """
a about above across actually after afternoon again against ago ah all almost alright also although
always am amazing an and another any anybody anyone anything anyway applause are aren't around as
ask asked at away back bad basically be because been before being below best better between big
both bring but by bye call called came can can't cannot chair cheers christmas come coming could
couldn't council councillor course crosstalk crying dad darling daughter dear did didn't do does
doesn't doing don't done down during each easter eh eight either eleven else em english enough er
erm even evening ever every everybody everyone everything exactly fab fair family far feel few fine
first five for forty found four friday friends from fun further gave get gets getting girl girls
give go god goes going gone gonna good goodbye goodness got gotta great guess guys had hadn't half
happened hard has hasn't have haven't having he he'd he'll he's hello help her here here's hers
herself hey hi him himself his hmm how however hundred i i'd i'll i'm i've if in inaudible indeed
instead internet into is isn't it it'd it'll it's its itself just keep kids kind kinda knew know
knows ladies lady last later laughs laughter least left less let let's life like likewise listen
little local look looked looking lot lots love lovely made make makes making man many mate may
maybe me mean men mhm mm monday moreover morning most mostly much mum mums my myself near need
needs neither never new next nice night nine no nobody none nope nor not nothing now obviously of
off often oh ok okay old on once one ones only oops or other others our ours out over own parents
pause people perhaps person place please plus probably put quite rather really right round said
same saturday saw say saying says see seen seven several she she'd she'll she's should shouldn't
silence similarly since six sixty so some somebody someone something sometimes somewhere son soon
sorry sort speak still stuff such sunday sure ta take talk talking tell ten than thank thanks that
that's the their theirs them themselves then there there's therefore these they they'd they'll
they're they've thing things think thirty this those though thought thousand three through thursday
time times to today together told tomorrow tonight too took totally towards tuesday twelve twenty
two um unclear under until up us use used using usually very wait want wanted was wasn't way we
we'd we'll we're we've wednesday week weeks welcome well went were weren't what what's whatever
when where whereas whether which while who who's whole whom whose why will with within without
women won't wonder wonderful would wouldn't wow yeah year years yep yes yesterday yet you you'd
you'll you're you've your yours yourself ourselves versus multi headteacher headteachers wider
broader clearer shorter longer safer smarter bolder amongst among whilst upon whenever whoever
whichever ought shall cetera toolkit carer carers timescale timescales affordability impactful
aspirational workstream wifi app apps website websites helpline helplines email emails online per
versa sec norm etc
"""
# Capitalised without naming anybody in particular.
_WIDE = """
a&e adhd afghan africa african aldi allah amazon america american ams anglican april arabic argos
asda asia asian august bame bangladeshi baptist bbc bengali bible boots brexit britain british btec
caribbean catholic cctv ceo chair chinese christian christmas co-op committee conservative
conservatives coop costa council councillor covid cqc cymru december democrats diwali dr dvd dvla
dwp easter eid england english estyn eu europe european facebook february french gb gcse gcses
german god google government gp gps green greens greggs gujarati hanukkah hindu hmrc iceland id
ikea indian instagram internet ireland irish islam it italian itv jamaican january jesus jewish
july june koran kurdish labour lent lgbt liberal lidl march may mcdonald's mcdonalds member members
methodist minister miss morrisons mp mps mr mrs ms muslim netflix nhs nice nigerian november
october ofcom ofsted pakistani parliament passover pc pip plaid polish portuguese poundland primark
professor protestant punjabi quran ramadan romanian sainsbury sainsburys scotland scottish
secretary sen senco send senedd september sikh sir skype snp somali spanish spoons starbucks syrian
teams tesco tiktok tories tory turkish tv twitter uber uk ukip ukrainian urdu us usa vat waitrose
wales welsh westminster wetherspoons whatsapp whitehall wifi yoruba youtube zoom
"""
# The ones among them that are seldom said as ordinary words: a roster is evidence enough.
_SELDOM = """
alba amber angel april ash aspen august basil bella bill bob candy carol cherry clay cole coral
crystal daisy dale dan dawn dean drew earl eve faith fern flint frank gale gene glen grace grant guy
harper hazel heather henry holly honour iris ivy jack jade jasmine jay jean jewel john joy jude
june kay kelly kitty lance lily luke mark marina mason mat max mercy mike nick olive paris pat
patience pearl penny percy peter pippa poppy precious prudence randy ray reed rob robin rose
rosemary rowan ruby sage sally sandy scarlet serenity star sue summer tan taylor trinity troy
verity victor viola violet wade
"""
SELDOM = frozenset(_SELDOM.split())
BOTH = frozenset(_BOTH.split())
NEVER = frozenset(word.replace("'", "") for word in _NEVER.split())
WIDE = frozenset(word.replace("'", "") for word in _WIDE.split())

_COUNTRIES = """
united kingdom|great britain|england|scotland|wales|northern ireland|ireland|europe|africa|asia
america|north america|south america|australia|new zealand|canada|united states|the united states
usa|france|germany|spain|italy|portugal|poland|romania|ukraine|russia|turkey|greece|sweden|norway
denmark|finland|iceland|holland|netherlands|belgium|austria|switzerland|hungary|czech republic
slovakia|bulgaria|lithuania|latvia|estonia|serbia|croatia|albania|kosovo|india|pakistan
bangladesh|sri lanka|nepal|china|hong kong|taiwan|japan|korea|south korea|vietnam|thailand
philippines|malaysia|singapore|indonesia|iran|iraq|syria|lebanon|israel|palestine|gaza|egypt
saudi arabia|yemen|afghanistan|kurdistan|nigeria|ghana|kenya|uganda|somalia|ethiopia|eritrea|sudan
south sudan|zimbabwe|zambia|south africa|congo|cameroon|senegal|gambia|sierra leone|morocco
algeria|tunisia|libya|jamaica|trinidad|barbados|guyana|brazil|colombia|mexico|cuba|argentina
chile|peru|cyprus|malta|gibraltar|middle east|eastern europe|western europe|uk|u.k.|eu
the uk|the eu|us|the us|caribbean|the caribbean|scandinavia|european union|the european union
"""
COUNTRIES = frozenset(name for line in _COUNTRIES.split("\n") for name in line.split("|") if name)
