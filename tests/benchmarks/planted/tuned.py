"""People, places and sentences on which the rules were tried while they were written."""

# Who takes part, and so stands on the roster; what else they are called.
PARTICIPANTS = """
Siobhán O'Connor/Shiv|Oluwaseun Adeyemi/Seun|Agnieszka Wójcik/Aga|Gurpreet Kaur Sandhu/Preet
Abdirahman Warsame|Rhiannon ap Gwilym|Xiaoming Li|Fatima al-Sayed|Margaret Hartley-Booth/Peggy
Małgorzata Wiśniewska/Gosia|Hope Danjuma|Mark Reading|Niamh Ní Bhriain|Nguyễn Thị Hoa|Will Street
Chukwuemeka Okafor/Emeka|Elizabeth Marsh/Betty|Yusuf Hussain|Siân Llewellyn|Rose Baptiste
Harjinder Singh Gill/Harj|Zbigniew Kowalczyk/Zbyszek|Ifrah Jama|D'Andre Campbell|Grace Mbeki
"""
# Who is only talked about.
OTHERS = """
Temitope Balogun|Piotr Zieliński|Amarjit Dhillon|Hodan Farah|Eirlys Prosser|Caoimhe Gallagher
Wei Zhang|Khalid Mahmood|Denise Thornley|Mrs Okonkwo|Dr Venkataraman|Barnaby Cruickshank
Tendai Moyo|Ioana Popescu|Delroy Whyte|Mr Sutcliffe|Shanice Beckford|PC Ormerod|Sergeant Pickles
Councillor Ramsbottom|Keisha Duberry|Jolanta Nowak|Bilal Chaudhry|Father Docherty
"""
STREETS = "Mill Lane|Station Road|Ashgrove Terrace|Corporation Street|Heol y Bont|Tanyard Close|Old Kent Road|Albion Way"
WARDS = "Castle Vale|Byker|Lozells|Ardwick|Tolladine|Penderry"
SCHOOLS = "St Mark's Primary|Oakfield Primary School|Brynhyfryd Junior School|Sacred Heart High School|Moorside Academy|Holy Cross Catholic Primary School"
SURGERIES = "Elm Tree Surgery|Riverside Medical Centre|Dr Patel's surgery|the Limes Health Centre|Ravenscroft Dental Practice"
FAITH = "St Barnabas Church|Bethel Chapel|the Jamia Mosque|Guru Nanak Gurdwara|All Saints Church"
VILLAGES = "Aldercroft|Netherby|Thornaby|Pentwyn|Wexcombe|Ollerby"
PHONES = (
    "07700 900123|07700-900-456|020 7946 0018|0161 496 0112|+44 7700 900789|(01632) 960 001"
    "|oh seven seven double oh nine hundred one two three|oh one six one four nine six double oh one two"
    "|01632960983|0 7 7 0 0 9 0 0 5 5 5"
)
POSTCODES = "B29 6QT|CF10 3NQ|M14 5TG|SE15 4QL|LS6 2AB|b42 1tx|EH8 9YL|ne6 3ab"
EMAILS = "siobhan.oconnor@example.org|seun99@example.co.uk|aga dot wojcik at example dot com|r_gwilym@post.example.net"
NHS = "943 476 5919|4010232137|987 654 4321|nine four three four seven six five nine one nine"
BIRTHS = "12/03/1964|3rd of May 1972|the twelfth of march nineteen sixty four|14 August 1981|21.06.59"
WEBS = "www.aldercroft-allotments.org.uk|@shiv_oc|facebook.com/gosia.wisniewska|hartleybooth dot co dot uk"
VEHICLES = "AB12 CDE|LV07 XKT|ye19 fhz|P482 GHT"
ADDRESSES = "14 Mill Lane|flat 3, Marlowe House|27b Station Road|number nine Ashgrove Terrace|Flat 12, 40 Albion Way, Aldercroft"
JOBS = (
    "the head teacher at {school}|the lollipop lady on {street}|the PC at {village} station"
    "|the vicar of {faith}|the practice manager at {surgery}|the caretaker at {school}"
)
CARRIERS = {
    "person": (
        "I told {x} about it the week before.|Then {x} said we should write to the council."
        "|It was {x}'s idea to clear the path.|We had {x} and the others round on the Sunday."
        "|My neighbour {x} has lived there for thirty years.|You should ask {x}, honestly."
        "|And I was with {x} when it happened.|There's a woman called {x} who runs it."
        "|{x} came to the first meeting and never again.|I don't think {x} would mind me saying."
        "|She's {x}'s daughter, isn't she?|Well, {x}, you were there.|As {x} was saying earlier on."
        "|I got a lift from {x} most weeks.|His name is {x}, I think."
    ),
    "street": (
        "They never grit {x} in the winter.|I've been on {x} since I was a girl."
        "|There were kids out on {x} till midnight.|Past the shops, along {x}, that sort of way."
        "|The bins on {x} are a disgrace.|We moved to {x} when the baby came."
    ),
    "ward": (
        "In {x} ward nobody votes any more.|We're just over in {x}, by the flats."
        "|They closed the youth club in {x}.|It's worse if you live in {x}."
    ),
    "village": (
        "I grew up in {x}, so I know.|We moved from {x} about ten years ago."
        "|The bus to {x} stops at six.|Nobody in {x} would put up with it."
    ),
    "school": (
        "My two go to {x} and it's lovely.|The kids at {x} did the planting."
        "|They had the meeting in the hall at {x}.|She used to work at {x}."
    ),
    "surgery": (
        "You can't get an appointment at {x}.|I'm registered with {x}, for what it's worth."
        "|They sent me from {x} to the hospital.|My mum's been going to {x} for years."
    ),
    "faith": (
        "The food bank at {x} kept us going.|We hold it at {x} on a Thursday."
        "|People from {x} came with soup.|I met them through {x}."
    ),
    "phone": (
        "You can ring me on {x} any time.|Her number is {x}, if you want it."
        "|It was {x}, I still know it by heart.|Text {x} and somebody will come."
    ),
    "postcode": (
        "My postcode's {x}, so it's not even that far.|They look at {x} and put the price up."
        "|We are {x}, right on the edge.|Type in {x} and you'll see it."
    ),
    "email": (
        "Send it to {x} and I'll pass it on.|You can get me at {x} most days."
        "|I've been emailing from {x} and heard nothing.|It's {x}, all lower case."
    ),
    "nhs_number": (
        "My NHS number is {x}, I had to learn it.|They kept asking for it: {x}."
        "|The card says {x} on it.|So I read out {x} again."
    ),
    "date_of_birth": (
        "I was born on {x}, so do the sums.|Her date of birth is {x}."
        "|They wrote my birthday as {x}, which is wrong.|Born {x}, in the old hospital."
    ),
    "web": "It's all on {x} now.|Have a look at {x}, there are pictures.|I put it on {x} last night.",
    "vehicle": (
        "The van was {x}, I wrote it down.|His reg is {x} and he parks across my drive."
        "|A grey Corsa, {x}, no lights on."
    ),
    "address": (
        "I live at {x}, you know where that is.|They delivered it to {x} by mistake."
        "|The fire was at {x}, top floor.|She's at {x} now."
    ),
    "job_with_place": (
        "I spoke to {x} and got nowhere.|You want {x}, she knows everybody."
        "|Even {x} came out to help.|It was {x} who started it."
    ),
}
