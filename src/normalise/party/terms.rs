//! Words of directions, and the phrases that link or replace parties.
//!
//! Words for bodies, posts, titles, subjects and labels and the spellings of "nobody yet" are the vocabulary's; these are the
//! words of ordinary English that the grammar of a party cell rests on. Singulars only: a plural is read as its singular.

/// Words that cannot end a name: what follows over a line break belongs to them.
pub(super) const QUALIFIERS: &str = "acting acute adult ageing all assistant associate assistive borough both central chief
city clinical continuing corporate county deputy district divisional domiciliary each east eastern elective emergency executive extra
foundation general great greater health-care independent integrated interim intermediate joint junior local lower medical
mental mid midlands multi national new non north northern operational older overall primary principal public rapid regional
residential royal secondary senior social south southern specialist strategic supported supporting third town trusted unitary
upper urgent vice voluntary west western wide young younger";

/// Abbreviations whose full stop ends no sentence.
pub(super) const ABBREVIATIONS: &str = "asst assoc comm dep dept dev dir exec gen hosp med mgr mgt ops prof ref rep snr soc";

/// Small words inside surnames.
pub(super) const PARTICLES: &str = "abu al bin da das de del den der di dos du el ibn la le ní nic ó san st ten ter uí van von";

/// Words before a number or an address.
pub(super) const CONTACTS: &str = "email e-mail ext extension extn fax mob phone tel telephone";

/// Words that make the first name after them part of a place or building ("St Mary", "Princess Anne").
pub(super) const BEFORE_PLACES: [&str; 9] = ["St", "St.", "Saint", "Queen", "King", "Prince", "Princess", "Royal", "Lady"];

/// Phrases that link two parties.
pub(super) const LINKS: [&str; 53] = [
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
    "formerly",
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
    "previously",
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
    "was",
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
