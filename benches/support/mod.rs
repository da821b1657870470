//! A generated plan for the benches: invented wording, the same for every run and machine, of any number of rows.

use std::fmt::Write as _;

/// Cells of a row.
pub(crate) const COLUMNS: usize = 10;

/// One row of the plan.
pub(crate) type Row = [String; COLUMNS];

/// The header row.
pub(crate) const HEADER: [&str; COLUMNS] = [
    "Ref",
    "Change",
    "Actions",
    "Intended outcome",
    "Lead organisation",
    "Lead",
    "Start date",
    "Completion date",
    "Progress",
    "RAG",
];

/// The label of a change is printed once, then blank for so many rows, as in plans whose change cells are merged.
const LABEL_EVERY: usize = 7;

const CHANGES: [&str; 8] = [
    "Early discharge planning",
    "Systems to monitor patient flow",
    "Multi-disciplinary discharge teams",
    "Home first / discharge to assess",
    "Seven-day services",
    "Trusted assessors",
    "Focus on choice",
    "Enhancing health in care homes",
];

const ACTIONS: [&str; 8] = [
    "Recruit two discharge coordinators for the medical wards so that a date of discharge is set within a day",
    "Agree one escalation policy with partners and test it before winter",
    "Set up a daily call between the hospital and community teams",
    "Extend the reablement offer with a bridging service",
    "Weekend cover for therapy staff at the Westmarch site",
    "Train care home managers as trusted assessors",
    "Print a leaflet about choice for families",
    "Align a community nurse with each care home",
];

const TAILS: [&str; 4] = ["", " and report to the board each month", " (pilot)", ", then review with Eastvale"];

const OUTCOMES: [&str; 4] =
    ["Fewer delays on the wards", "People go home sooner", "One view of capacity across the system", "Reduced length of stay"];

const BODIES: [&str; 5] = ["WCC", "WCC/EHT", "Eastvale CCG", "EHT & WCC", "Westmarch Council"];

const PEOPLE: [&str; 4] = ["Ann Lee", "Tom Hart/ Joan Reed", "Mary Fox", "t.b.c"];

const DATES: [&str; 6] = ["31.12.17", "October 2017", "ongoing", "by March 2018", "30/09/2017", "Q3 2017/18"];

const PROGRESS: [&str; 3] = ["", "On track", "Workshop held; notes sent round"];

const RATINGS: [&str; 4] = ["", "Green", "Amber", "R"];

/// Draws from short lists: Knuth's MMIX linear congruential generator, of which the upper bits are good enough here.
struct Draw(u64);

impl Draw {
    fn from<'a>(&mut self, list: &[&'a str]) -> &'a str {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let index = usize::try_from(self.0 >> 33).unwrap_or(0) % list.len();
        list[index]
    }
}

/// `count` rows under the eight changes in order.
pub(crate) fn rows(count: usize) -> Vec<Row> {
    let mut draw = Draw(7);
    let mut row = |index: usize| {
        let change = index * CHANGES.len() / count;
        let label = if index.is_multiple_of(LABEL_EVERY) { CHANGES[change] } else { "" };
        [
            format!("{}.{index}", change + 1),
            label.to_owned(),
            format!("{}{}", draw.from(&ACTIONS), draw.from(&TAILS)),
            draw.from(&OUTCOMES).to_owned(),
            draw.from(&BODIES).to_owned(),
            draw.from(&PEOPLE).to_owned(),
            draw.from(&DATES).to_owned(),
            draw.from(&DATES).to_owned(),
            draw.from(&PROGRESS).to_owned(),
            draw.from(&RATINGS).to_owned(),
        ]
    };
    (0..count).map(&mut row).collect()
}

/// The plan as text with a tab between cells.
pub(crate) fn tabbed(rows: &[Row]) -> String {
    let mut text = HEADER.join("\t");
    for row in rows {
        let _ = write!(text, "\n{}", row.join("\t"));
    }
    text.push('\n');
    text
}
