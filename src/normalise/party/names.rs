//! First names that people in England's public services have, from all the world, and bodies that are named after people.
//!
//! Data for telling "Westmarch Council Jane Doe" from "Westmarch Council Care Homes": a first name before another
//! capitalised word makes a person. Names that are oftener places, months or common words are left out.

/// First names in lower case, parted by white space.
pub(super) const FIRST_NAMES: &str = "aaliyah aaron abayomi abbey abbie abby abdi abdul abdulaziz abdulla abdullah abdullahi
abdulrahman abena abeni abhijit abhishek abi abigail abimbola abiodun abiola abla abosede abu achieng ada adaeze adaku adam
adama adanna adebayo adebola adedayo adele adeola adeolu adesua adetola adewale aditi aditya adjoa adnan adrian adriana
adriano adrienne adwoa afia afolabi afua afzal agata agatha agnes agnieszka ahmad ahmed aidan aiden aifric ailbhe aileen
ailsa aimee aina aine aisha aishah aisling aiyana ajay ajibola ajit akash akeem akiko akin akinola akira akosua akua akwasi
alan alana alasdair alastair alec aled alejandra alejandro aleksander aleksandr aleksandra alena alenka alessandra
alessandro alessia alex alexa alexander alexandra alexandros alexandru alexey alexis alfie alfred ali alice alicia alisdair
alisha alison alistair aliya aliyah allan allison allyson aloysius alun alwyn alyson ama amadi amadou amaka amal amanda
amanpreet amar amara amarachi amarjit ambreen ambrose ameena ameer ameera amelia amelie amina aminah aminata aminur amir
amisha amit amjad amma ammar amritpal amy ana anand anastasia anastasios anatoly andile andrea andreas andreea andrei andrej
andrew andrzej andy aneesa aneta aneurin angela angelika angelo angharad angie angus aniela anika anil aniqa anish anisha
anita anjali anjum ann anna annabel annalise anne anneka anneliese annelise annemarie annette annie annmarie anoop ansa
anselm anshu anthea anthony antoine antoinette antonia antonio antonis antony anu anuj anuradha anurag anusha anwen
aoibheann aoibhinn aoife apinya araminta aravind archana archie arif arijit arjun arlene arlo armando armin arnav arnold
arran arshad artem arthur artur arturo arun aruna arunima arvind arwel arwen asad aseem asha ashanti ashfaq ashish ashley
ashok ashwin asif asma aswad atif atiya atul audrey aurelia austin avani avi avinash avril avtar awa awais awen aya ayaan
ayesha ayo ayodele ayotunde aysha azeem azhar aziz aziza azra babajide babatunde babs baljinder baljit balraj balvinder
balwinder banke barak barbara barney barry bartek bartosz bashir basil batool beata beatrice beatriz becca beccy becky
bedwyr bela belinda ben benedict benita benjamin benjie bernadetta bernadette bernard bernardo bernice bertha beryl bessie
beth bethan bethany betty bev beverley beverly bhavesh bhavika bhavini bhavna bhupinder bibi bikram bilal bilkis bill billy
bimal bindu binita biodun birgit birgitta bisi blanka bob bobby bode bogdan bolaji bolanle boleslaw boris bosede bozena
brenda brendan brendon brennan brett brian bridget bridie brigid brigitte bronagh bronislaw bronwen bruce bryan bryn bryony
bukola burak cahal cai caitlin callum cameron camilla camilo candice caoimhe cara caradog carina carl carla carlo carlos
carlton carly carmel carmen carol carole carolina caroline carolyn carrie carwyn carys casimir cassandra cassie catalina
catarina cath cathal catherine cathleen cathryn cathy catrin catriona cecile cecilia cecilie cedric ceinwen celeste celia
celina cemal cemile ceren ceri ceridwen cerys cezary chandrika chanel chantal chantelle chao charan charanjit charis
charlene charles charlie charlotte charmaine chas chen cheng cherie cheryl chetan chiamaka chiara chibuike chibuzo chidera
chidi chidinma chiedza chielo chijioke chika chike chima chimezie chinedu chinelo chinenye chinonso chinwe chinyere chioma
chipo chloe chris chrissie chrissy christabel christelle christian christina christine christopher christos chrystal chuka
chukwudi chukwuemeka chukwuma cian ciara ciaran cillian cindy ciprian claire clara clare clarissa claudia clementine cliff
clifford clint clive clodagh clyde colette colin colleen collette conall conchita connie connor conor consolata constance
constantin consuelo corey corinne cormac cornelia cornelius corrine cosima cosmin craig cressida cristian cristiano cristina
csaba cynthia cyril dafydd dagmar dai daisy daljit damian damien damilola damjan dan dani danica daniel daniella danielle
danny danuta daoud daphne dara daria dariusz darko darragh darren darryl darshan darya dashiell dave david dawn dayo dean
deandre deb debashish debbie debby debi debora deborah debra decebal declan dee deeksha deepa deepak deepali deepika deepti
deirbhile deirdre delia delphine delroy delyth demelza demetra demetrius demi denis denisa denise dennis denzil derek derin
dermot desiree desmond dev devi devika dewi dharmesh dhiraj dhruv diana diane dianne diego dieter dilek dilip dilwyn dilys
dimitar dimitra dimitri dimitrios dimitris dina dinah dinesh dinos dipak dipesh dipika dipti divya diya djibril dmitri
dmitry dolores dom domhnall dominic dominika dominique don donal donald donatella donna dora dorcas doreen doriane doris
dorota dorothy doug dougal douglas dragana draginja drago duarte dubem duncan dunja dusan dushyant dwayne dylan dympna eamon
eamonn ebele ebere eberechi ebony ebun ece ed eddie eddy edgar edgars edita edith edmond edmund edna edoardo eduard eduardo
edward edwina edyta efe efosa efthymios efua ehsan eileen eimear einar eira eirian eirlys eirwen eithne ekaterina ekene ekow
elaheh elaine elana elayne elchin eldon eleanor eleftheria elena eleni eleri elfed elgan elham eli eliana elias elif elijah
elinor eliot elis elisa elisabeth elisabetta elise elissa eliza elizabeth elka elke ella ellen ellie elliot elliott elmira
elodie elon elowen elric elsa elsie elspeth elvira elvis elwyn emeka emelda emer emil emilia emiliano emilie emilio emily
emine emlyn emma emmanuel emmet emmett emre emrys enda endalkachew endre enid eniola enitan enoch enrico enrique enyinnaya
eoghan eoin ephraim eric erica erin ernest eryl esi esmaeil esmail esme esperanza esra esteban estelle ester estera esther
etan ethan ethel ethelbert etienne euan eugene eugenia eugenie eunice eurgain eurig eva evan evangelia evangelos evaristo
eve evelyn evert evita ewa ewan ewelina eyal ezekiel ezinne fabian fabiana fabiano fabio fabrice fadel fadi fadia fahad
faheem fahim fahmida faisal faiz faiza faizal faizan fannie farah faraz fareed fareeda fareha farhan farhana farida faridah
farouk farrah farrukh farzad farzan farzana fatema fatima fatimah fatma fatmata fatou fatoumata fawad fawzia fay faye
feargal federica federico felicia felicity feliks felipe felix femi femke ferdinand fergal fergus fernanda fernando feroz
ferran ffion fflur fidelis fidelma filip filipa filippo finbar finlay finn fiona fionn fionnuala fiorella firdaus firoz
fitzroy flavia flora florian florin folake folarin folasade foluke fozia franca frances francesca francesco francine francis
francisco franco francois frank frantisek franz franziska fred freda freddie frederick freya frida frieda friedrich funke
funmi funmilayo gabor gabriel gabriela gabriele gabrielle gaelle gagandeep gail galina gamal ganesh gareth garry gary gaurav
gautam gavin gavriel gayle gaynor geeta gemma genevieve genoveva geoff geoffrey george georgi georgia georgie georgina
georgios geraint gerald geraldine gerard gerardo gerda gerhard germaine gerry getachew gethin ghada ghasan gheorghe gherardo
ghislaine ghulam giacomo giancarlo gianluca gianni gideon gilberto gilda giles gill gillian gillies gina ginny giorgio
giorgos giovanna giovanni girish gisela gita gitanjali giulia giuliana giulio giuseppe gladwin gladys glen glenda glenn
glenys gloria glyn glynis glynn goran gordana gordon govind graeme graham grahame grainne grazyna greg gregor gregory greta
grigore grzegorz guadalupe gudrun guillermo gulcan gulsen gulshan gunther gurdeep gurdip gurjit gurmeet gurminder gurmit
gurpreet gursharan gurvinder gustav gustavo guy gwen gwenda gwendoline gwendolyn gwenllian gwilym gwyn gwyneth gwynfor
gyorgy habib habiba hadiza hadley hafiz hafiza hafsa haider hajra hakan hakeem hakim halima halina hamid hamida hamish hamza
hana hanan hanif hanifa hanna hannah hannelore hans hansa hanson haoyu harbinder hardeep hardip harish harjinder harjit
harjot harkiran harleen harmeet harminder harnek harold haroon harpreet harriet harriett harry harshad harshal harshita
harsimran hartmut haruka haruki harun haruna harvey hasan hashim hasina hassan hassana hatice hayat haydn hayley hazel
heather heba hector hedda hedwig heidi heike heinrich heinz heledd helen helena helene helga hema hemal hemant hemanth
hennie henrietta henrik henrique henry henryk hepzibah heral herbert hermione hernando hetal hettie hideo hila hilary hilda
himesh hina hiral hiren hirofumi hiroko hiroshi hitesh hoang hollie holly hongwei honor horace horatio hortense houda howard
hristina hristo huda hugh hugo huma humaira humphrey huong husain husam husayn husna hussain hussein hywel iago iain ian
ianto ibironke ibrahim ibukun idris iestyn ieuan ifan ife ifeanyi ifeoma ifunanya ignacio ignatius igor ijeoma ikechukwu
ikenna ikram ilaria ilhan ilias illtyd ilona ilyas imaan imad iman imani imelda imogen imogene imran imtiaz inaya ines
ingeborg ingrid ioan ioana ioanna ioannis iolo iona ionut iqbal ira iram irena irene irfan irfana irina iris irma irshad
isaac isabel isabela isabella isabelle isaiah isha ishaan ishaq ishmael isidora isla ismael ismail ismat ismet isobel isra
issa istvan ivan ivana ivanka iveta ivo ivor ivy iwan iwona iyabo izabela jaafar jabbar jabulani jacek jack jackie jacky
jaco jacob jacqueline jacques jacqui jade jadwiga jag jagdeep jagjit jagtar jaiden jaidev jaime jaimini jake jakub jala
jamal james jamie jamil jamila jamshed jan janaka jane janet janette janice janina janine janis jannat janos janusz jarek
jaromir jaroslav jaroslaw jasbir jasdeep jashan jasleen jasmin jasmina jasminder jasmine jasna jason jaspreet jasvinder
jaswant jaswinder jatin jatinder javaid javed javier jawad jay jaya jayant jayanti jayden jayesh jaymini jayne jayshree jean
jeanette jeanne jeannette jeannie jeetendra jeff jeffrey jelena jemima jemma jen jennie jennifer jenny jens jeremy jerome
jerry jerzy jess jessamy jessica jessie jesus jethro jetta jez jibril jigna jignesh jihan jill jillian jim jimmy jimoh jing
jinny jiri jitendra jitka jo joachim joan joana joanna joanne joao joaquin jobanpreet jocelyn jodh jodi jodie joe joel
joginder johan johann johanna johannes john johnny jolanta jolene jon jonas jonathan jonny jordan jorge jorgen jory jose
josefina josefine joseph josephine josh joshua josie josip josipa jouni jowan joy joyce joyceline jozef juan juana juanita
jude judi judit judith judy jules julia julian juliana juliane julianne julie juliet julieta juliette julio julita juma
junaid june junko juraj jurgen justin justine jyoti jyotsna kabir kacper kadija kai kaiser kajal kalim kalpana kalpesh
kalyan kalyani kam kamal kamala kamaljit kamil kamila kamilla kamini kamlesh kamran kanchan kandeh kanwal kanwar kapil karan
karanjit karel karen karim karima karin karina karishma karl karla karolina karoline karsten kartik karuna kasey kashif
kasia kasim kaspar kassim kat katarina katarzyna kate katerina kateryna katharine katherine kathleen kathrin kathryn kathy
katie katja katrin katrina katriona katy katya kaushik kavish kavita kay kaye kayleigh kayode kazimierz kazuo keeley kehinde
keir keiran keisha keith kelechi kelly kelvin kemal kemi ken kenan kendall kendra kenji kenneth kenza kerem kerensa kerenza
kerri kerrianne kerrie kerry kerstin keshia ketaki ketan kev kevin keziah khadeeja khadija khaled khalid khalida khanh
khurram khushbu kiara kieran kieron killian kim kimberley kimberly kiran kiranjit kiri kirill kirit kirsten kirsti kirstie
kirstin kirsty kishan kishor kishore kitty kiyoshi kjell kjersti klara klaudia klaus kobina kofi kojo kola kolade konrad
konstantin konstantina konstantinos koray korede kris krish krishan krishna krishnan kristen kristian kristijan kristina
kristine kristof krunal krupa krystian krystyna krzysztof kseniya kulbir kuldeep kuldip kuljit kulvinder kulwinder kumar
kumari kunal kunle kurt kwabena kwadwo kwaku kwame kwasi kwesi kyle kylie kyra kyriacos ladislav laila laith lajos lakhbir
lakshman lakshmi lale lalita lamar lamin lana langa lara lars lasantha latasha latif latifa latisha latoya laura lauren
laurence laurens lavanya lavinia lawrence layla lazar leah leander leandro leanne lech lee leela leena lei leif leigh
leighann leighton leila lekan lemuel len lenka lennart leo leocadia leon leonard leonardo leonel leonid leonie leonor
leontine leopold leora leroy les lesley leslie leszek leticia letitia letizia lettice leuan lev lewis liam liana lianne
libby lidia liesel ligia lila lilian liliana lilianna lilly lily lina linda linden lindiwe lindsay lindsey ling linh linnea
linsey linus lioba lionel lisa lisbeth liselotte lissa liv livia liz liza lizzie ljiljana ljubica llew llewellyn llinor
llinos lloyd llyr lois lolita lorena lorenzo loreto loretta lorna lorraine lotte lottie lou louis louisa louise loveday
loveness lowenna lowri luan luana lubna lubomir luca lucas lucasz lucia lucian luciana luciano lucie lucinda lucjan lucy
ludmila ludovic ludwig luigi luis luisa luiz lukas lukasz luke lulu lutz luz lwazi lydia lyn lynda lyndon lyndsay lyndsey
lynette lynn lynne lynsay lynsey lyra lyubov maaz mabel maciej macsen madalina maddie madeleine madeline madhav madhavi
madhu madhuri madhusudan madiha madina maelle maeve mafalda magali magda magdalena maggie magnus maha mahal mahalia mahboob
mahbub maheen mahendra mahesh mahfuz mahima mahir mahmood mahmoud mahmud mahmuda mahnoor maia maidah maija maimuna maire
mairead mairi maja majid makeda makena malachi malachy malaika malak malcolm malgorzata malik malika malina mallika mallory
malti mamadou mamta manal manasi manav mandeep mandla mandy manesh manfred manish manisha manjeet manjinder manjit manjula
manmeet mannan manoj manon manpreet mansi mansoor mansour mansur manuel manuela marc marcel marcella marcelo marcia marcin
marco marcus mareike marek marfa margaret margaretha margarida margarita margaux margery margit margot margrit marguerite
maria mariam mariama marian mariana marianne mariano maribel maricel maricruz marie mariella marielle marijana marika
marilyn marina marinela mario marion marios marisa marisol marissa marit marius mariusz mariya marjan marjolein marjorie
marjory mark marko markus marlene marlon maroun marsha marta martha martin martina martine martinus martyn martyna maruf
marwa marwan mary maryam maryanne maryla marzena masha masood masoud massimo mateo mateusz mathew mathias mathieu mathilde
mathura matias matilda matilde matt matteo matthew matthias matthieu matyas maud maura maureen maurice mauricio maurizio
maurus mavis max maxim maximilian maximillian maxine maya mayank mayur mayuri mbali mbugua meena meenakshi meenal meera meg
megan meghan meghana mehak mehboob mehdi mehmet mehmood mehrdad mehreen mehul mei meili meilin meinir meirion mel melanie
melek melinda melissa mellony meltem melusi melvin melvyn memuna menna merav mercedes meredith mererid meriel merlin merryn
merve mervyn meryem meryl mette mia michael michaela michele michelle mick mihaela mihai mikaeel mikael mikaela mike mikhail
mikkel mikolaj mila milan milana mildred milena miles milica millie milos milosz mina minal mindaugas minesh mingyu minh
miranda mireille mirela miriam mirjam miroslav miroslava mirza misbah misha mitesh mithun mitul mladen mo modupe mofe
mohamed mohammad mohammed mohammod mohan mohd mohini mohit mohsin moinul moira moises mojisola molly momina momodou mona
monica monika monique monira montserrat morag mordechai morgan moritz morwen morwenna moses mouna mounir moussa moyra mshai
mubarak mubashir mudassar mufaro mugabe muhammad muhammed mujahid mukesh mukhtar mumtaz muna munawar muneeb muneer munir
munira muntaha munyaradzi murali muriel murray murtaza musa mustafa mustapha muzaffar muzammil myfanwy mylene myles myra
myrddin myriam myrtle nabeel nabeela nabil nabila nada nadeem nadera nadia nadine nadir nadira naeem nafeesa nafisa nagina
nahid naila naima najib najma nakul nalini namita namrata nana nancy nandi nandini naoise naoki naomi narayan narendra
naresh narges nargis narinder naseem nasim nasir nasra nasreen nasrin nat natalia natalie nataliya natalya natasha natasza
nathalie nathan nathaniel navdeep naveed naveen navid navin navjot navneet navya nazia nazim nazir nazmin nazneen ndidi neal
neelam neelima neema neeraj neerja neesha neeta neha neil nejla nela nell nelly nenad nerea nerys nessa nesta netta nevena
neville ngan ngoc ngozi nguyen nia niall niamh nicanor niccolo nicholas nick nicki nickie nicky nicol nicola nicolae nicolai
nicolaos nicolas nicole nicolette nidhi niels nienke nigel nihal nikhil nikita nikki nikola nikolai nikolaos nikolas nikolay
nikos nilam nilesh nilima nilufar nimisha nimmi nimrod nina ninette niraj nirav nirmal nirmala niroshan nisar nisha nishant
nishita nita nitin nitish niva njoki nkechi nkem nkiru nkiruka nkosana nnamdi nneka nnenna noa noah nobuhle noel noelle
noemi nomsa nomvula nonhlanhla noor nora norbert norberto noreen noreena norma norman noura novak ntombi nuala nuno nuria
nurul nushrat nusrat nyasha nyree obadiah obafemi obi obiageli obinna obioma obiora octavia octavian odette odhran ofelia
ofra ogechi oghenekaro ola olabisi oladele oladipo olajide olamide olanrewaju olawale olayemi olayinka oleg olegario oleh
oleksandr oleksandra olena olga olive oliver olivera olivia olivier olivio oliwia ollie olof olu olubunmi oludare olufemi
olufunke olufunmilayo olukemi olumide oluremi olusegun olusola oluwaseun oluwaseyi oluwatobi oluwatosin olwen olwyn omar
omari omolara omolola omotayo omoye onyeka onyekachi onyinye oonagh oonah oprah oriana orla orlaith orlando orna ornella
orson osagie osama osas oscar osita oskar osman ottilie otto ottoline oumar owain owen owusu oyinkan ozan ozgur ozlem pablo
paddy padhraig padma padraic padraig paige palesa pallavi paloma pam pamela pamelah panagiotis pankaj panos paola paolo
parag paramjit paras paresh pari parisa parminder parmjit parth parul parvati parveen parvez pascal pascale pasquale pat
patricia patricio patrick patrik patrizia patrycja patsy paul paula paulette paulina pauline paulo pavan pavel pavlina
pavlos pawel payal pearl pearse peder pedro peggotty peggy pelumi penelope penny peregrine pernille perpetua perran petar
pete peter petr petra petronella petros petya phebe phelim phil philbert philibert philip philipp philippa philippe phillip
phillipa philomena phoebe phuong phyllis piera pierce pierre pierrick piers pieter pietro pilar pinar pinky piotr pip pippa
piran piyush polly pooja poonam porsha prabha prabhakar prabhjot prachi pradeep pragna prakash pramod pranav pranay prasad
prasanna prasanth prashant pratap pratibha pratik pratima praveen pravin predrag preethi preeti preetinder prema premal
prisca priscila priscilla pritesh priti pritpal priya priyanka priyesh prosper przemyslaw ptolemy punam puneet purnima purvi
pusha pushpa qaiser qasim quentin quynh raakhi rabab rabea rabia rachael rachana rachel rachelle rachid radek radhesh
radhika radka radmila radoslav radoslaw radu raelene raf rafael rafaela rafal rafe raffaella rafi rafiq raghav ragini rahat
raheel raheela rahel rahima rahmat rahul raihan raimundo raina rainer raisa raj raja rajan rajani rajat rajbir rajdeep
rajendra rajesh rajinder rajini rajiv rajnish rajpal raju rajvinder rakesh rakhee ralph ram raman ramandeep rameez ramesh
ramin ramiro ramona ramzan ramzi ranbir randa randeep rani rania ranil ranjan ranjana ranjeet ranjit ranveer raphael raquel
rasa rashad rasheed rashid rashida rashmi rasmus ratna raul ravi ravinder ravinderjit ravindra raviraj rawan ray rayhan
raymond rayna raza razan razia rebeca rebecca rebekah reece reem reema reena refilwe reg regan regina reginald reginaldo
rehan rehana reiko reima reinhard rekha remi rena renata renate renato rene renee renu reshma reuben revathi reyhan reza
rhea rheinallt rhiain rhian rhiannon rhidian rhoda rhodri rhona rhydian rhydwyn rhys ria riana riaz ricardo riccarda
riccardo rich richa richard richelle rick ricky riddhi rifat rihanna riikka rikesh rina rinku rishi rishika risto rita
ritesh rithika ritika ritu riyad riyaz rizwan rizwana rob robbie robert roberta roberto robin robyn rocio rod roderick
rodney rodolfo rodrigo roger rohan rohini rohit rohith roisin roksana roland rolando rolf romain roman romy rona ronak
ronald ronan ronke ronnie roopa roosevelt rory rosa rosalba rosaleen rosalia rosalie rosalind rosalyn rosamond rosamund
rosangela rosanna rosanne rosario rose roseann roseanna roseanne rosella roselle roselyn rosemary rosetta roshan roshani
roshni rosie rosina rosita ross rouzbeh rowan rowena roxanne roy rozalia rozina ruairi ruaridh ruben rubina ruby rudo rudolf
rudolph rufaro ruhul rukayat rukhsana rukmini rumana rumbidzai rumena runa rupa rupal rupert rupinder rushil ruslan russ
russell rustam rutendo ruth ruxandra ryan ryszard saabira saad saadia saba sabah sabbir sabeen sabeena sabiha sabina sabir
sabri sabrin sabrina sachin sadaf sadhana sadia sadiq sadiya saeed saeeda safa safeena safia safina safiya sagal sagar sahar
sahil sahra saika saima saira sajid saketh sakina sakura saleem saleh salim salima sally salma salman salome salvador
salvatore sam samad samaira saman samana samantha sameer sameera samia samina samir samira samiya sampson samreen samuel
samuele sana sanaa sandeep sandhya sandip sandra sandrine sandro sandy sangeeta sangita sania sanja sanjana sanjay sanjeev
sanjit sanjiv sanna santiago santos santosh sanya saoirse saqib sara sarabjit sarafina sarah saraswati sarfraz sarita sarmad
sarvesh sasha saskia satinder satish satnam satoshi satvinder satyajit saul saule saurabh savitri savva sayed sayeed seamus
sean seb sebastian sebastiano sebastien seema seerat segun sehrish selam selim selima selina selma selwyn senait seoirse
serap seraphina serena serge sergei sergey sergio serkan serpil seth seun seva seval severine sevgi seyi shabana shabbir
shabir shabnam shabs shadi shadrach shafiq shafqat shagufta shahana shahbaz shaheda shaheen shahid shahida shahin shahina
shahla shahnaz shahrukh shahzad shaida shaila shaista shakeel shakir shakira shakti shalini shalom shama shameem shamim
shamima shamin shamsa shamsul shan shanaz shane shanelle shania shanice shankar shannon shantal shantel shanthi shanti
sharanjit shari sharifa sharmila sharmin sharon sharron shashank shashi shashikala shatha shaun shauna shayla shaylee shazad
shazia sheela sheena shefali shehla shehnaz shehzad sheila shelagh shelley shenaz shenelle shereen sherif sherin sherry
sheryl shi shibani shilpa shirin shirley shiv shivam shivani shiza shoaib shobha shobhana shohreh shola shona shonda shreena
shreya shrinivas shristi shruti shubha shui shukri shweta siamak sian sibusiso sid siddharth siddique sidney sidra sienna
sigrid sigrun silas silke silvana silvester silvia silvio simba simi simon simone simran simranjit sinan sindhu sindisiwe
sinead siobhan sion siona sioned sipho sithembile siv siva sivakumar sivan siwan siyabonga slavica slawomir smita smriti
sneha snehal snezana soban sobia socorro sofia sofie sohail soheila sohini soledad solomon somaya sonal soner songul sonia
sonya soo sophia sophie soraya soren souad soumya spiros sravya sreeja sridhar srinivas srinivasan stacey stacia stacie
stacy stamatis stan stanislav stanislaw stavros stef stefan stefania stefanie stefano steffan steffi stelian stelios stella
stellan steph stephane stephania stephanie stephen steve steven stewart stoyan stuart subhash suchitra sudarshan sudha
sudhir sudipta sue sugra suha suhail suhani sujata sujatha sujit sukhbir sukhdeep sukhi sukhjinder sukhjit sukhjot sukhraj
sukhvinder sukhwinder suki sulaiman suleiman suleman sultana sumaya sumayyah sumeet sumera sumit sumita sumitra sunaina
sundar sundeep sunil sunita sunniva surabhi suraiya suraj surbhi surekha surendra suresh surinder surindra susan susanna
susannah sushil sushila sushma susie suzanne suzie suzy svein sven svetlana svitlana swapna swapnil swarup swati syed syeda
sylvester sylvia sylvie syreeta szilvia szymon tabitha tadeusz tadgh tadhg tafadzwa tahir tahira tahmina taiba taiwo taj
tajinder talha talia taliesin talitha tamanna tamara tamas tamasine tamika tamsin tamsyn tania tanisha tanja tanmay tanveer
tanvi tanvir tanya tanzila taofeek tara tarek tariku tariq tarquin tarun taruna tasha taslima tasmin tasneem tasnim tatenda
tatiana tatjana tatyana tawanda tayo ted tegan tegen tegwen teleri temi temitope tendai tenzin teo teodor teodora terence
teresa teresina teresita tereza terri terry tesfaye tess tessa tessy tetiana tevfik thabo thandeka thandi thandiwe thanh
tharindu thea thelma themba thembi theo theodor theodora theodore theodoros theresa therese theresia thi thibault thierry
thilini thokozani thomas thomasina thorsten thulani tia tibor tiernan tiffany tiggy tigist tihana tilak tilda tilly tim
timea timo timothy timur tina tinashe tinuke tirion titilayo tobi tobias toby todd toju tola tolani tolga tolulope toluwani
tom tomas tomasz tomislav tomiwa tommy tomos tonderai toni tony tonya torsten toyin toyosi tracey traci tracie tracy trang
trefor tremaine trevina trevor tricia trina triona trish trisha tristan tristram troy trudi trudy tsegaye tsering tsitsi
tuan tudor tudur tulika tunde tunji turlough tuyet tyler tyra tyrone tzvi uche uchechi uchenna ugo ugochi ugochukwu ulrich
ulrike ulyana umair umar umer umesh umut una unathi upasana upinder urmila ursel ursula urszula urvashi usama usha usman
utku uzair uzma uzoma vaclav vadim vaibhav vaishali val valentin valentina valentine valeria valerian valerie valerija
valeriu valters vanda vandana vanessa vanja vanya varinder varsha varun vasant vasanti vasile vasiliki vasilis vasily
vasudha vaughan veena veera veerpal velma venetia venetta venkat venkatesh vera verena verity vernon veronica veronika
versha vesna viacheslav vibha vic vicki vickie vicky victor victoria vidya vien vignesh vijay vijaya vikas vikash vikki
vikram viktor viktoria viktoriia vilma vimal vinay vinaya vincent vincenzo vineet vineeta vinita vinod vinoth viola violet
violeta violetta vipin vipul viraj virendra virgil virginia virginija vishal vishnu vishwas vitalie vitaliy vitor vitoria
vittoria vittorio viv vivek vivekanand vivian viviana viviane vivien vivienne vlad vladimir vladislav vladka vojtech volha
volkan volodymyr vusi vuyo wafa wafaa waheed wahid wahida waldemar waleed walid walter wambui wanda wangari wanjiku waqar
waris warren waseem wasim wayne wei weilin wen wendell wendy wenlan weronika wes wesley wieslaw wiktor wiktoria wilf wilfred
wilhelm wilhelmina will willem willemijn william wilma winifred winnie winsome winston witold wladyslaw wojciech wolfgang
wynn xandra xanthe xavier xenia xia xiang xiao xiaoling xiaoming xiu xolani xuan yaa yaaseen yacoub yael yahya yakub yamini
yan yanni yannick yannis yarden yasar yasemin yaser yash yashika yasin yasir yasmeen yasmin yasmina yasmine yaw yazmin
yehuda yemi yesim yetunde yevgeny yiannis ying yinka yitzhak ynyr yogesh yolanda yolande yonas yong yorick yosef yoshi
yoshiko youcef younes younis yousaf youssef ysabel yuan yue yukiko yulia yuliya yumi yun yunus yuri yuriy yusuf yuta yuvraj
yves yvette yvonna yvonne zac zach zachariah zachary zafar zaheer zahid zahida zahir zahoor zahra zaid zaida zainab zainul
zak zakariya zakia zaman zamir zandile zane zanele zara zareen zarina zayd zaynab zbigniew zdenek zdenka zdzislaw zebulon
zeenat zeeshan zehra zelda zeljka zeljko zelma zena zenon zeph zephaniah zeta zeynep zhanna zhen zhi zhong zina zinhle ziva
zlatan zlatko zoe zoey zofia zohaib zohra zoltan zoran zorica zsofia zsolt zsuzsa zubair zuhair zuleika zulekha zulema
zulfikar zulfiqar zuzana zuzanna zygmunt";

/// Surnames that are also words of the field: after a first name they end a person's name.
pub(super) const WORD_SURNAMES: &str = "banks best bishop bond bridge bridges brook brooks carr chambers chance church close
cook cooper court day dean drew field fields foster fox frost garden gardener gardner grant green hall head hill hope house
king knight lane law light little long lord love marsh may mercer moor moore north nurse page park parker parks pool pope
porter post power price read reading rich rivers rose sharp short south speed stone street summers temple wall ward
warden waters webb wells west wheeler white wood woods young";

/// Bodies whose names end in no word for a body.
pub(super) const WHOLE_BODIES: [&str; 8] =
    ["age concern", "age uk", "british red cross", "home instead", "marie curie", "red cross", "sue ryder", "turning point"];

/// Hospitals, hospices and charities that bear a person's name, of which no part is a person.
pub(super) const NAMED_BODIES: [&str; 16] = [
    "ellenor lions",
    "florence nightingale",
    "george eliot",
    "helen ley",
    "james cook",
    "james paget",
    "john coupland",
    "john lewis",
    "john radcliffe",
    "katharine house",
    "leonard cheshire",
    "mary stevens",
    "nelson mandela",
    "thomas pocklington",
    "william harvey",
    "william merritt",
];
