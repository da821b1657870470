//! First names that are common in England's public services, and bodies that are named after people.
//!
//! Data for telling "Westmarch Council Jane Doe" from "Westmarch Council Care Homes": a first name before another
//! capitalised word makes a person. Names that are oftener places, months or common words are left out.

/// First names in lower case, parted by white space.
pub(super) const FIRST_NAMES: &str = "aaliyah aaron abbey abbie abby abdul abdullah abi abigail adam adele adrian adrienne
afzal agnes ahmed aidan aileen aimee aisha aisling akash alan alana alasdair alastair alec alex alexa alexander alexandra
alexis alfie alfred ali alice alicia alisdair alisha alison alistair allan allison allyson alun alyson amanda amar amelia
amina amir amit amjad amy ana anand andrea andreas andrew andy aneesa angela angie angus anil anisha anita anjali ann anna
annabel anne anneka annemarie annette annie anthea anthony antonia antony anu anwen archie arjun arlene arthur arun asad asha
ashley ashok asif atif audrey avril ayesha aysha azhar babs barbara barney barry bashir beatrice becca beccy becky belinda
ben benedict benjamin bernadette bernard bernice beryl bessie beth bethan bethany betty bev beverley beverly bhavna bill
billy bob bobby brenda brendan brett brian bridget brigid bronwen bruce bryan bryony caitlin callum cameron camilla candice
cara carl carla carly carmel carmen carol carole caroline carolyn carrie carys cassandra cassie cath catherine cathryn cathy
catriona cecilia celia ceri chantelle charlene charles charlie charlotte chas cherie cheryl chetan chidi chinwe chris
chrissie chrissy christian christina christine christopher ciara ciaran cindy claire clara clare clarissa claudia clive
clodagh colette colin colleen conor corinne corrine craig cressida cynthia daisy damian damien dan dani daniel daniella
danielle danny daphne darren darryl dave david dawn dean deb debbie debby debi deborah debra dee deepa deepak deirdre delia
demi denis denise dennis derek dermot desmond dev diana diane dianne dilip dinah dipti dom dominic don donald donna doreen
doris dorothy doug dougal douglas duncan ed eddie edith edmund edward edwina eileen elaine eleanor elena eli elinor elisabeth
elise eliza elizabeth ella ellen ellie elliot elliott elsie emily emma emmanuel eric erica erin ernest esme esther ethan euan
eunice eva evan eve evelyn ewan faisal farah farhan farida farzana fatima fay faye felicity femi fergus fiona frances
francesca francis frank fred freda freddie frederick gabriel gabrielle gail gareth garry gary gavin gayle gaynor gemma geoff
geoffrey george georgia georgie georgina gerald geraldine gerard gerry ghulam giles gill gillian gina ginny gita gladys glen
glenda glenn glenys gloria glyn glynis gordon graeme graham grahame greg gregory gurdeep gurpreet guy gwen gwyn hamish hamza
hanna hannah hardeep harjit harminder harold harpreet harriet harry harvey hasan hassan hayley hazel heather hector heidi
helen helena helene henrietta henry herbert hilary hilda holly howard hugh hugo humphrey husna hussain hussein iain ian
ibrahim ifan ifeoma imelda imogen imran imtiaz ingrid ioan iona iqbal irene irfan iris isaac isabel isabella isabelle isla
ismail isobel ivan ivor ivy jack jackie jacky jacob jacqueline jacqui jade jag jagdeep jaime jake jamal james jamie jan jane
janet janette janice janine janis jasbir jasmin jasmine jason jaspreet jaswinder javed jay jaya jayne jayshree jean jeanette
jeanne jeff jeffrey jen jennie jennifer jenny jeremy jerome jerry jess jessica jessie jez jill jillian jim jimmy jo joan
joanna joanne jocelyn jodi jodie joe joel johanna john johnny jon jonathan jonny jordan joseph josephine josh joshua josie
joy joyce juan jude judi judith judy jules julia julian juliana julie juliet juliette june justin justine kabir kam kamal
kamala kamran kapil karen karim karin karina karl kasia kassim kat kate katharine katherine kathleen kathryn kathy katie
katrina katy kavita kay kaye kayleigh keeley keiran keith kelechi kelly kelvin ken kendra kenneth kerri kerry kev kevin
khadija khalid kieran kim kimberley kiran kirit kirsten kirsti kirstin kirsty kris krish krishna kristian kristina kulwinder
kumar kwame kyle kylie lakshmi lara laura lauren laurence lawrence leah leanne lee leigh leila len leo leon leonard leonie
les lesley leslie lewis liam lianne libby lila lily linda lindsay lindsey linsey lionel lisa liz liza lizzie lloyd lois lorna
lorraine lottie lou louis louisa louise luca lucas lucia lucinda lucy luke lydia lyn lynda lyndsay lyndsey lynette lynn lynne
lynsey mabel maddie madeleine madeline magda maggie mahesh mahmood mairead malcolm mandeep mandy manjit manoj marc marcella
marcia marco marcus margaret margery margot maria marian marianne marie marilyn marina mario marion marisa marjorie mark
marlene martha martin martina martyn mary maryam matilda matt matthew maura maureen maurice mavis max maxine meera meg megan
mehmet mel melanie melissa melvin melvyn mervyn mia michael michaela michele michelle mick mike mildred miles millie mina
miranda mo mohamed mohammad mohammed mohan moira molly mona monica morag morgan morwenna moses muhammad muriel murray mustafa
myles myra myriam nadia nadine naeem nancy naomi narinder naseem nasreen nat natalie natasha nathan nathaniel navdeep naveed
neal neelam neeta neha neil nell ngozi nia niamh nicholas nick nicki nickie nicky nicola nicole nigel nikhil nikita nikki
nina nisha nita noel noelle noor nora noreen norma norman nuala nusrat obinna olga olive oliver olivia ollie olu omar oonagh
orla oscar owen paddy padma pam pamela pankaj parminder parveen pascale pat patricia patrick patsy paul paula pauline pearl
peggy penelope penny pete peter petra phil philip philippa phillip phillipa phoebe phyllis piers pip pippa polly pooja poonam
pradeep prakash pratima preeti priti priya quentin rabia rachael rachel rachelle raf raj raja rajesh rajiv raju ralph ram
ramesh rani ranjit rashid rashida raul ravi ravinder ray raymond razia rebecca rebekah reena reg reginald rehana rekha rhian
rhiannon rhoda rhona rhys ria riaz rich richard rick ricky rita rob robbie robert roberta robin robyn rod roderick rodney
roger rohan roisin roland rona ronald ronan ronnie rory rosa rosalind rosalyn rosamund rosanna rose rosemary rosie ross rowan
rowena roxanne roy ruby rukhsana rupert russ russell ruth ryan saba sabina sabrina sadia saeed saira sajid sally salma sam
samantha samina samir samuel sandeep sandra sandy sangeeta sanjay sanjeev sara sarah saskia satish satnam sean seb sebastian
selina serena shabana shabir shaheen shahid shakeel shamim shane shanice shannon sharon sharron shaun shauna shazad sheena
sheila shelagh shelley sheryl shilpa shirin shirley shona shreya shubha sian sid sidney simon simone sinead siobhan sohail
sonal sonia sonya sophia sophie stacey stacy stan stef stefan stella steph stephanie stephen steve steven stewart stuart sue
sukhdeep sukhi sukhjit suki sultana sumita sunil sunita suresh surinder susan susanna susannah susie suzanne suzie suzy
sylvia tahir tamara tamsin tania tanya tara tariq tasha tasneem ted terence teresa terri terry tess tessa thea thelma theo
theresa thomas tia tilly tim timothy tina tobias toby todd tola tom tommy toni tony tracey traci tracie tracy trevor tricia
trina trish trisha trudi trudy tunde ulrike una ursula usha usman val valerie vanessa vaughan venetia vera verity vernon
veronica vic vicki vickie vicky victor victoria vijay vikki vikram vimal vinay vincent viola violet virginia viv vivek vivian
vivien vivienne waheed wanda waqar warren waseem wayne wendy wes wesley wilf wilfred will william wilma winifred winston
xavier yasmeen yasmin yasmine yolanda yousaf yusuf yvette yvonne zac zach zachary zafar zahid zahida zahra zainab zak zara
zeenat zena zeta zoe zoey zubair zulfiqar";

/// Surnames that are also words of the field: after a first name they end a person's name.
pub(super) const WORD_SURNAMES: &str = "banks best bishop bond bridge bridges brook brooks carr chambers chance church close
cook cooper court day dean drew field fields foster fox frost garden gardener gardner grant green hall head hill hope house
king knight lane law light little long lord love marsh may mercer moor moore north nurse page park parker parks pool pope
porter post power price read reading rich rivers rose sharp short south speed stone street summers temple wall ward
warden waters webb wells west wheeler white wood woods young";

/// Hospitals, hospices and charities that bear a person's name, of which no part is a person.
pub(super) const NAMED_BODIES: [&str; 18] = [
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
    "marie curie",
    "mary stevens",
    "nelson mandela",
    "sue ryder",
    "thomas pocklington",
    "william harvey",
    "william merritt",
];
