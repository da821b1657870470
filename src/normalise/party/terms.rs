//! Words of posts, services and directions, and the phrases that link or replace parties.
//!
//! Body words ("council", "team") and the spellings of "nobody yet" are the vocabulary's; these are the words of ordinary
//! English that the grammar of a party cell rests on. Singulars only: a plural is read as its singular.

/// What a person is by post: such a word ends a post's name.
pub(super) const POSTS: &str = "accountant administrator adviser advisor analyst assessor broker ceo cfo chair chairman
chairperson champion chief cio clinician cno commissioner consultant coo coordinator dass dcs director doctor educator
executive facilitator geriatrician gp head lead leader leads manager matron member mgr navigator nurse officer owner
pharmacist physician physio physiotherapist planner podiatrist practitioner president principal psychiatrist rep
representative secretary sister specialist sponsor sro superintendent supervisor surgeon therapist trainer worker";

/// Words that open a post's name.
pub(super) const POST_OPENINGS: &str = "acting assistant associate chief deputy director executive head interim lead md
medical senior strategic vice";

/// Posts that stand for one person by an abbreviation.
pub(super) const POST_ACRONYMS: &str = "ceo cfo cio cno coo dass dcs don dphs dph md sro";

/// Words that cannot end a name: what follows over a line break belongs to them.
pub(super) const QUALIFIERS: &str = "acting acute adult ageing all assistant associate assistive borough both central chief
city clinical continuing corporate county deputy district divisional domiciliary each east eastern elective emergency executive extra
foundation general great greater health-care independent integrated interim intermediate joint junior local lower medical
mental mid midlands multi national new non north northern operational older overall primary principal public rapid regional
residential royal secondary senior social south southern specialist strategic supported supporting third town trusted unitary
upper urgent vice voluntary west western wide young younger";

/// Things and subjects of the field: no part of a person's name, and no body on their own.
pub(super) const SUBJECTS: &str = "abbey access action admission adults ambulance area assessment assurance avenue avoidance
bay bed beds better brokerage building business capacity capital care carer case castle catering cathedral centre chamber
change children choice close commissioning communication communications community complex continence contract contracting
control coordination cottage court crescent cross data database day delayed delivery demand dementia dentistry design
development digital disabilities disability discharge domestic downs drive duty early economy education efficiency elderly
enablement end engagement enhanced enterprise equality equipment escalation estates evaluation event everyone facilities
faith falls families family farm finance first floor flow food forest frailty front frontline gardens gate governance grant
green hall hamlets handover health healthcare heath help hic hicm high hill hills hospice hour hours house housing impact
improvement inclusion infirmary information innovation inpatient intelligence interface key keynes king lady learning liaison
life line living locality lodge lord management manor market maternity medicine medicines memorial minster model monitoring
moor moorland neighbourhood night nursing occupational older online operations our out outcomes outpatient overnight
paediatrics palliative park parliament pathway patient patients peak people performance person personal personnel pharmacy
physical place placement plan planning point policy port portal pre prescribing prevention primary prince princess
procurement programme project property protection provision public purchasing quality quarter queen reablement record records
recovery recruitment referral rehab rehabilitation relations research resilience resource resources respiratory response
review risk river road room rota safe safeguarding safety saint secondary self service seven shared shire single site social
st staff standards steering step stock store strategy street stroke suite support surge sustainability swift system systems
task technology telecare tender theatre therapy time training transfer transfers transformation transition transport trial
unit university urgent use vale valley valleys vanguard villa virtual visiting voluntary volunteer ward weald weekend welfare
wellbeing wing winter women work workforce working workstream yarmouth";

/// Titles that open a person's name.
pub(super) const TITLES: &str = "cllr councillor dame dr miss mr mrs ms prof professor rev revd reverend sir";

/// Departments and crafts of two letters, which are nobody's initials.
pub(super) const DEPARTMENTS: [&str; 14] = ["AE", "BI", "CC", "ED", "FM", "HR", "IT", "MH", "OT", "PA", "PH", "PR", "PT", "SW"];

/// Abbreviations whose full stop ends no sentence.
pub(super) const ABBREVIATIONS: &str = "asst assoc comm dep dept dev dir exec gen hosp med mgr mgt ops prof ref rep snr soc";

/// Small words inside surnames.
pub(super) const PARTICLES: &str = "abu al bin da das de del den der di dos du el ibn la le ní nic ó san st ten ter uí van von";

/// Words that announce a party and are none ("Lead: …", "(joint)", "… support").
pub(super) const LABELS: &str = "accountable area assisted clinical contact delivery exec executive group joint jointly lead leading
leads led name operational operations ops organisation organisations organization overall owner owners person position post primary project
responsible role secondary senior sponsor sro strategic support supported supporting system tel vacancy workstream";

/// Of [`LABELS`], those that say nothing when they are all that a name has.
pub(super) const BARE_LABELS: &str = "contact joint jointly lead leading led name organisation organisations organization
owner person position post role support supported supporting vacancy";

/// Words before a number or an address.
pub(super) const CONTACTS: &str = "email e-mail ext extension extn fax mob phone tel telephone";

/// Kinds of bodies and services that, as acronyms, stand beside a place as often as beside a person.
pub(super) const KINDS: &str = "acute asc bc bcf ccg cc dc ed ft gp hwb ics icb icp it la las lb lha mbc mh nhs nhse nhsei
ooh ot pcn pct rb sab stp uk vcs vcse vol";

/// Services and departments that are known by initials; before "and" such a word may be half of a name ("OT and Therapy Lead").
pub(super) const SERVICE_ACRONYMS: [&str; 10] = ["AMU", "ED", "HR", "IT", "LD", "MH", "OD", "OOH", "OT", "QI"];

/// Services that are a party by their name alone, whatever body "and" adds.
pub(super) const STANDING_SERVICES: [&str; 3] = ["community health", "primary care", "public health"];

/// Words that make the first name after them part of a place or building ("St Mary", "Princess Anne").
pub(super) const BEFORE_PLACES: [&str; 9] = ["St", "St.", "Saint", "Queen", "King", "Prince", "Princess", "Royal", "Lady"];

/// Phrases that link two parties.
pub(super) const LINKS: [&str; 50] = [
    "alongside",
    "along with",
    "and support from",
    "as well as",
    "assisted by",
    "by",
    "chaired by",
    "commissioned by",
    "coordinated by",
    "delivered by",
    "et al",
    "from",
    "funded by",
    "in collaboration with",
    "in conjunction with",
    "in consultation with",
    "in liaison with",
    "in partnership with",
    "including",
    "incl",
    "input from",
    "joint with",
    "jointly with",
    "lead by",
    "leads by",
    "led by",
    "liaising with",
    "linking with",
    "on behalf of",
    "overseen by",
    "owned by",
    "plus",
    "provided by",
    "reporting to",
    "succeeded by",
    "support by",
    "support from",
    "support of",
    "supported by",
    "supporting",
    "then",
    "to be led by",
    "together with",
    "via",
    "with",
    "with input from",
    "with support from",
    "with support of",
    "with the support of",
    "working with",
];

/// Openings of a remark on how long somebody is there.
pub(super) const ASIDES: [&str; 5] = ["pending", "since", "till", "until", "wef"];

/// Months, after which "from" begins a remark: "Jane Doe from Sept 18".
pub(super) const MONTHS: &str = "jan january feb february mar march apr april may june jul july aug august sep sept september oct
october nov november dec december";

/// Openings of a cell that points elsewhere and names nobody.
pub(super) const REFERENCES: [&str; 7] = ["as", "ditto", "please see", "refer to", "same as", "see", "see above"];
