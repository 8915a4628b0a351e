"""First names of many origins, written down for this purpose: they help where no capital does.

The list is no measure of who lives where, and whoever is missing is found by the other rules.
"""

from .common_words import BOTH
from .nicknames import LISTED

_NAMES = """
aaron abbas abdi abdirahman abdul abdullah abdullahi abena abigail abimbola abiodun abiola abisola
abraham abu adaeze adam adama adaobi adebayo adebisi adedayo adeel adekunle adele ademola adeola
aderonke adesola adewale adeyinka adil aditya adnan adrian adunni aelwyn aeron afua agata agnes
agnieszka ahmad ahmed aidan aileen ailsa aimee aine ainsley aisha aishah aishling aisling ajay
ajibola akanni akash akeem akin akinwale akosua akua akwasi alan alana alasdair alastair albert
aled aleksander aleksandra alex alexander alexandra alexei alfie alfred alhassan alicia alicja
alina alisha alison alistair aliyah allan allen alun alwyn alys alyssa amaka amal aman amanda
amandeep amara amarjit ambreen ameenah ameera amelia amina aminata amir amira amirah amit amita
amritpal amy anand anastasia andrea andreea andrei andreja andrew andrzej aneirin aneta angela
angelika angharad angus anika anil anisa anisha anita anjali anjum ann anna annabel anne annette
annie annika anthea anthony antoni antonia antonio anu anuja anwar anwen aoife araminta archie
arfon arjun armando arnold arthur artur aruna arwel arwen arya asad asha ashley ashok ashraf asif
asim asma asmaa astrid atif audrey augustine aurelia austin ava avril awel ayaan ayan ayesha ayisha
ayo ayodeji ayodele ayomide aziz azra babajide babatunde bahadur bahar baljeet baljinder baljit
balraj balwinder barbara barry bartek bartosz basharat bashir basil beata beatrice beatriz
becky belinda ben benedict benjamin bernadette bernard bertha berwyn bethan bethany betsan betty
bev beverley beverly bhavesh bhavna bhupinder bilal bilan billy bimbola bisi blessing blodwen
bogdan bola bolanle boleslaw bonnie boris bozena brenda brendan brian briony bronagh bronislaw
bronwen bronwyn bruce bryan brynley bryony bukola bunmi burak bushra busola caitlin caleb callum
calum cameron camilla caoimhe cara caradog carl carla carlos carly carmel carmen carol carole
caroline caron carwyn carys catalina caterina cathal catherine cathryn catrin catriona cecil
cecilia cecily celia celine cemal ceri ceridwen cerys chandra chantelle charlene charles charlie
charlotte chaudhry chenai cheng cherie cheryl chiamaka chiara chibuzo chidi chidiebere chidinma
chijioke chike chima chinedu chinwe chinyere chioma chloe chris christine christopher chukwudi
chukwuemeka ciara ciaran cillian clair claire clara clare clarissa claudia claudio clive clodagh
clyde colette colin colleen colm colum conall connor conor conrad constantin corinne cormac
cornelius courtney craig cristina cuthbert cynthia cyril czeslaw dafydd dai daljit damian
damilola damola dan daniel danielle danuta daphne dariusz darragh darren daryl dashiell david
davina davood dayo deb debbie deborah debra declan deepa deepak deepika deirdre delroy delyth demi
denis denise dennis denzil deolu derek dermot derrick derya desmond devon dewi dhanesh diana diane
dianne dieter dilip dilys dimitri dinah dinesh dipak disha divya dmitri dolores dominic dominik
donal donald donna donovan dorota dorothy dougal douglas duncan dwayne dylan dympna eamon
eamonn ebele ebenezer ebony ebrima edith edmund edna eduardo edward edwin edyta efua egle eifion
eileen eilidh eilir eimear eirian eirlys eirwen ejike ekaterina ekene elaine eleanor elena eleri
elfed elham elias elif elin elinor eliot eliska elizabeth elizaveta ella ellen ellie elliot elliott
ellis elsa elsie eluned elvira elwyn emeka emilia emily emlyn emma emmanuel emre emrys emyr enda
enid enoch enrico eoghan eoin eric erica erin ernest errol esi esme esra esther ethan ethel euan
eugene eunice eva evan evelyn ewa ewan eze ezra fabian fadumo fahad faisal faiza faizal farah
fareeda farhan farhana farida farouk farzana fatema fathia fatima fatimah fatma fatou fatoumata
fatuma fehintola felicity felix femi feng ferdinand fergal fergus feyisayo ffion ffiona filip
finlay finn finola fiona fionnuala firdaus flavia fleur florence florin folake folasade foluke
fozia fran frances francesca francis francisco franciszek franek frankie fraser freda freddie
frederick freya fumi funke funmi funmilayo gabriel gabriela gabriella gareth garfield gary gavin
gayle gaz gbemisola gemma geoff geoffrey george georgia georgina geraint gerald geraldine gerard
germaine gethin ghulam gianni gideon gilbert giles gillian gina giorgio giovanni giulia giuseppe
gladys glenda glenn glenys gloria glyn glynis godfrey goran gordon graham grahame grainne grazyna
greg gregory greta grzegorz guillermo gulsen gunther gurbaksh gurdeep gurdip gurinder gurjit
gurmeet gurpreet gurvinder gwen gwenda gwendoline gwenllian gwilym gwladys gwyn gwyneth habib
habiba hadiza hafsa hafsah hakan hakeem halima halina hamid hamida hamish hamza hana hanan hanif
hanna hannah hans harbhajan harbinder hardeep harinder haris harish harjinder harjit harman
harminder harold haroon harpreet harriet harry haruna harvey harvinder hasan hasina hassan hatice
hawa haydar haydn hayley heba hector hefin heidi helen helena helga henrietta henryk hermione
heulwen hilary hilda himmat hiroshi hitesh hoda hodan howard hubert hugh hugo huma humaira humphrey
huseyin hussain hussein huw hywel iain ian ibironke ibrahim ibukun idowu idris iestyn ieuan ifan
ife ifeanyi ifeoluwa ifeoma iftikhar ignacy igor ijeoma ikenna ikram illtyd ilona ilyas iman imani
imogen imran inderjit indira inez inga ingrid ioan ioana iolo ionut iqbal iqra irena irene irfan
irina irmina isaac isabel isabella isabelle ishaan ishmael isla islwyn ismael ismail isobel israr
ivan ivana ivor iwan iwona izabela izzy jacek jackie jacob jacqueline jacques jadwiga jagdeep
jagdish jagjit jahangir jake jakub jamal jameel jamela jamelia james jamie jamila jana jane janet
janette janice janina janine janusz jared jarek jaroslaw jas jasbir jason jaspal jaspreet jasvinder
jaswinder javed javier jawad jaya jayden jayne jeanette jeevan jeff jeffrey jelena jemima jemma
jennifer jenny jeremiah jeremy jermaine jerome jerzy jess jessica jibril jie jignesh jill jillian
jim jimmy jing jiri joan joanie joanna joanne jodie joe joel jolanta jonas jonathan joseph
josephine josh joshua josie jozef juan juanita judith julia julian julie juliet juliette jumoke
junaid june justin justyna kacper kaleem kalpana kamal kamaldeep kamaljit kamil kamila kamran karen
karim karina karl karolina karolis kasia kasim katarzyna kate katherine kathleen kathryn katie
katrina katy kavita kayleigh kayode kaz kazeem kazimierz keeley kehinde keiko keith kelechi
kellyann kelvin kemi ken kenji kennedy kenneth kenny kerry kevin keziah khadija khadijah khadra
khaled khalid khalida kiara kieran kieron kimberley kimberly kinga kiran kiranjit kirsten kirsty
kishan klara klaudia kofi koji kojo konrad kris krishna krystyna krzysztof kuba kudzai kuldeep
kuldip kulvir kulwinder kunal kunle kwabena kwaku kwame kwesi kyle kyra lachlan lakshmi lamin
laszlo latifa laura lauren laurence lavinia lawrence leah leanne leila leilani lekan lena lennox
leona leonard leonie leroy lesley leslie leszek letitia lewis lia liam libby lidia lidija lilian
liliana lillian linda lindiwe lindsay lindsey linford lionel lisa liz lizzie llewelyn llinos lloyd
llyr loretta lorna lorraine louis louisa louise lowri lubna luca lucas lucia lucinda lucjan lucy
ludmila luigi luis lukas lukasz lwazi lydia lyndon lynette lynn lynne maarten mabel maciej maddie
madeleine maeve magdalena maggie mahad mahdi mahmood mahmoud mahmud mair maire mairead mairi maisie
maja majid malachy malcolm malgorzata malik malika mandeep mandy manjeet manjinder manjit manjula
manmohan mansoor manuel marcel marcin marcus marek margaret margarita margery maria mariam mariama
marian marianne marie mariella marilyn mario marion mariusz marjorie marlene marlon marsha marta
martha martyn martyna mary maryam maryan maryanne masood masud mateusz matilda matthew maud maura
maureen maurice mauricio maxine maya mburu meena meera megan mehdi mehmet mei meinir meirion mel
melanie melissa mercy meredith mererid merfyn merlin merryn mervyn meryl mfon michael michal
michelle miguel mihaela mihai miikka mikolaj mila mildred milena milica millie mina minh mira
miranda miriam miroslaw misbah mo modupe mohamed mohammad mohammed mohamud mohan mohinder mohit
mohsin moira mojisola mona monica monika montserrat morag morfudd moses moshe moya muhammad mukesh
mumtaz munir munira muriel murtaza musa mustafa myfanwy myra myriam myrtle nabil nabila nadeem
nadia nadine naeem nafisa nahid naima najma nancy nandini naomi narinder nasir nasreen nasrin
nasser natalia natalie natasha nathan nathaniel naveed navjot neema neesha neha neil nerys nesta
nevena ngozi nguyen nia niall niamh nichola nicholas nicola nicole nigel nikhil nikita nikki
nikolai nila nimmi nina niran nirmal nisar nisha nita nitin nkechi nkem nnamdi noah noel noeleen
noor nooria nora noreen norma norman nuala nuria nurul nusrat nwachukwu nyasha obinna odunayo
ofelia oghenekaro ola olabisi oladapo oladele olaf olajide olamide olanrewaju olawale olayinka
oleksandr olena olga oliver olivia oliwia ollie olu olubunmi olufemi olufunke olumide olusegun
oluseun olusola oluwadamilola oluwafemi oluwakemi oluwaseun oluwatobi oluwatosin oluyemi omar omari
omer omolara omotola onyeka onyinye oonagh oorla orla orlaith oscar osian oskar osman oswald
ousmane owain owen oyinkansola padma padraig pam pamela paola parminder parveen parvez parvinder
pascal patricia patrick patryk paul paula paulette pauline pavel pawel pedro peggy penelope
percival perminder persephone peter petra petros pheobe phil philip philippa phillip phoebe phyllis
pierre piers piotr pippa polly prabhjot pradeep prakash pranav pratibha praveen preethi preeti prem
prisca priscilla pritam priti priya priyanka przemek przemyslaw quentin rabia rachael rachel rachid
radha radoslaw rafael rafal rafiq raheem rahim rahima rahman rahul raisa raj raja rajan rajesh
rajinder rajiv rajvir rakesh ralph ram ramesh ramon ramona rana randeep ranjit raphael rashid
rashida ravi ravinder raymond razia rebecca reece reema reg reggie reginald rehana rekha remi
renata renee reshma reuben rhian rhiannon rhodri rhona rhys ricardo richard rita ritu riyad riz
robert roberta roberto rochelle roderick rodney rodrigo roger rohan rohit roisin roland roman
romana ronald ronan ronnie rory ros rosa rosalind rosalyn rosanna roshni rosie ross rowena roxanne
roya roz ruairi rubina rufus rukhsana rupert rupinder rushda ruslan russell ruth ryan ryszard saad
saba sabah sabina sabrina sadaf sadia saeed safa safia safiya sahra said saima saira sajid sakina
salah saleem saleh salim salma salman salome sam samantha samia samina samir samira samson samuel
sandeep sandra sangeeta sanjay sanjeev santiago santosh sara sarah saraid sarbjit sardar sarita
sarwar sasha satinder satnam satwinder saul scott seamus sean seb sebastian seema segun selina
selma selwyn senan serena sergei sergio seun shabana shabnam shafiq shah shahid shahida shahnaz
shaista shakeel shakil shamim shamsa shanice shaniqua shannon sharon shaun shauna shazia sheena
sheila shelagh shelley shereen sheridan sherry sheryl shilpa shireen shirin shirley shivani shona
shreya shu sian siddharth sidney sidra sigrid silvia silvio simon simone simran sina sinead siobhan
sion sioned sipho siwan siân slawomir sofia sofie sohail sola solomon somayya sonia sonja sophia
sophie soraya sorcha soren spiros stacey stan stanislaw stanley stefan stefania stella steph
stephanie stephen steve steven stewart stu stuart sudha suhail sukhdeep sukhdev sukhjit sukhvinder
sukhwinder suleiman suleman sultana suman sumaya sumayyah sumita sunil sunita suresh surinder
surjit susan susanna susanne suzanne svetlana sybil sylvester sylvia sylwia szymon tabitha tadeusz
tadhg tahir tahira tahmina taiwo tajinder talha tamara tamsin tania tanisha tanvir tanya tara tariq
tarquin tasleem tasneem tatiana tawanda tayo tayyab tegwen temitope tendai teo terence teresa
terrence terri terry tessa tevita thandiwe theo theodore theresa therese thi thierry thomas
thulani tiago tiffany tilly tim timothy tina tobi tobias toby tola tolu toluwani tom tomas tomasz
tomiwa tommy toni tony tosin toyin tracey tracy trevor trish trisha tristan tuan tudor tunde tunji
turlough tyrone ubah uche uchenna ugo ugochi ulrike uma umar umara una ursula urszula usha usman
uzma uzoma vaclav vaishali valentina valerie vanessa varsha vasile vaughan venkat vera verena
vernon veronica vesna vicki vicky victoria vijay vikas vikki vikram viktor vilma vimal vinay vince
vincent vincenzo vinod virginia virginie vishal viv vivek vivian vivienne vlad vladimir wahid walid
wanda wanjiru waqar waqas warda warsame wasim wayne wei wendy wesley wiesia wieslaw wieslawa wiktor
wilfred wilhelmina william wilma winifred winnie winston wioleta wladyslaw wojciech wojtek wyn
xanthe xavier xia xiao xiaoling xiaoming xin xiu yannick yasin yasir yasmeen yasmin yasmine ye
yehuda yemi yetunde yewande yi yin ying yoana yolanda yosef youssef yuki yuriy yusra yusuf yvette
yvonne zac zachary zafar zaheer zahid zahida zahir zahra zainab zakaria zakir zane zara zareen
zbigniew zeeshan zeinab zelda zena zenon zeynep zhang zhi zia ziad zoe zofia zohra zoltan zubair
zuleika zulfiqar zuri zuzanna
"""
FIRST_NAMES = (frozenset(_NAMES.replace("â", "a").split()) | LISTED) - BOTH
