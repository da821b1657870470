//! Who and when at the end of an action, in a table without columns for them: "… (Ann Lee, Dec 17)", "… – AL by 31/3/18".
//!
//! The action's text stays as it is; what its end says is read like a cell of leads and a cell of dates. What stands there must
//! be nothing else: "(see the plan of Dec 17)" says neither.

use super::date::DateReading;
use super::date::Dates;
use super::party::Parties;
use super::party::PartyNames;
use crate::model::date::DateContext;

/// Longest such end in bytes.
const LONGEST: usize = 90;

/// What the end of an action says.
#[derive(Debug, Default)]
pub(super) struct Closing {
    pub(super) names: PartyNames,
    pub(super) dates: Vec<DateReading>,
}

impl Closing {
    /// Whether it says so much that it can be nothing else: who and when, a person, or a day by which.
    fn is_plain(&self) -> bool {
        let named = !self.names.leads.is_empty() || !self.names.organisations.is_empty();
        let by = |date: &DateReading| date.edtf.as_deref().is_some_and(|edtf| edtf.starts_with("../"));
        named || self.dates.iter().any(by)
    }
}

/// Reads the ends of the actions of one table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Closings<'n> {
    dates: &'n Dates,
    parties: &'n Parties,
    /// Most of the actions end with a date, so that one without "by" is no remark.
    usual: bool,
}

impl<'n> Closings<'n> {
    /// Looks at what the actions of a table have at their ends.
    pub(super) fn of<'a>(actions: impl Iterator<Item = &'a str>, dates: &'n Dates, parties: &'n Parties) -> Self {
        /// Fewest actions that make a habit, and how many are looked at.
        const FEWEST: usize = 3;
        const SAMPLE: usize = 200;
        let unknown = Self { dates, parties, usual: false };
        let (mut all, mut dated) = (0, 0);
        for text in actions.take(SAMPLE) {
            all += 1;
            dated += usize::from(unknown.end(text, &DateContext::default()).is_some_and(|closing| !closing.dates.is_empty()));
        }
        Self { usual: dated >= FEWEST && dated * 2 >= all, ..unknown }
    }

    /// What the end of `text` says.
    pub(super) fn read(self, text: &str, context: &DateContext) -> Option<Closing> {
        self.end(text, context).filter(|closing| self.usual || closing.is_plain())
    }

    /// What the end of `text` says, whether plainly or not.
    fn end(self, text: &str, context: &DateContext) -> Option<Closing> {
        let labelled = self.labelled(text);
        let end = labelled.or_else(|| end_of(text))?;
        let dates: Vec<DateReading> =
            self.dates.read(end, context).into_iter().filter(|date| date.edtf.is_some() || date.ongoing).collect();
        let rest = dates.iter().fold(end.to_owned(), |rest, date| rest.replacen(&date.raw, ",", 1));
        let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
        if dates.iter().any(|date| is_year(&date.raw)) {
            return None;
        }
        let names = if rest.is_empty() {
            PartyNames::default()
        } else {
            self.parties.read_certain(rest, dates.is_empty() && labelled.is_none())?
        };
        (!dates.is_empty() || !names.leads.is_empty()).then_some(Closing { names, dates })
    }
}

impl Closings<'_> {
    /// The last sentence of `text`, where a label of parties opens it: "Owner: Head of Flow".
    fn labelled<'t>(&self, text: &'t str) -> Option<&'t str> {
        let (front, behind) = text.rsplit_once(':')?;
        let start = front.rfind(['.', ';', '\n'])? + 1;
        let label = front.get(start..)?;
        (behind.len() <= LONGEST && self.parties.is_label(label)).then(|| text.get(start..).unwrap_or_default().trim())
    }
}

/// The last bracket of `text`, or what stands behind its last dash.
fn end_of(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ';'));
    let bracketed = |open, close| text.strip_suffix(close).and_then(|text: &str| Some(&text[text.rfind(open)? + 1..]));
    let dashed =
        || [" – ", " — ", " - "].iter().filter_map(|dash| Some(text.rfind(dash)? + dash.len())).max().map(|at| &text[at..]);
    let end = bracketed('(', ')').or_else(|| bracketed('[', ']')).or_else(dashed)?;
    (end.len() <= LONGEST && end.len() < text.len()).then_some(end.trim())
}

/// Whether a date is a year or a financial year alone, which may be that of a plan or of a figure.
fn is_year(raw: &str) -> bool {
    let marks = raw.bytes().filter(|byte| matches!(byte, b'/' | b'.' | b'-')).count();
    marks < 2 && !raw.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::vocabulary::Vocabulary;

    fn readers() -> (Dates, Parties) {
        (Dates::new(Vocabulary::embedded()), Parties::new(Vocabulary::embedded()))
    }

    fn check(text: &str, expected: &[&str], organisations: &[&str], leads: &[&str]) {
        let (dates, parties) = readers();
        let context = DateContext { financial_year: Some(2017), ..DateContext::default() };
        let closing = Closings { dates: &dates, parties: &parties, usual: false }.read(text, &context).unwrap_or_default();
        let edtf: Vec<_> = closing.dates.iter().filter_map(|date| date.edtf.as_deref()).collect();
        assert_eq!(edtf, expected, "{text}");
        assert_eq!(closing.names.organisations, organisations, "{text}");
        assert_eq!(closing.names.leads, leads, "{text}");
    }

    #[test]
    fn who_and_when() {
        check("Open a hub (Ann Lee, Dec 17)", &["2017-12"], &[], &["Ann Lee"]);
        check("Open a hub – AL by 31/3/18", &["../2018-03-31"], &[], &["AL"]);
        check("Open a hub [Ann Lee/Tom Hart; end March 2018].", &["../2018-03-31"], &[], &["Ann Lee", "Tom Hart"]);
        check("Open a hub - Head of Therapies, Q4 17/18", &["2018-01/2018-03"], &[], &["Head of Therapies"]);
        check("Open a hub (Eastvale CCG, by Dec 17)", &["../2017-12"], &["Eastvale CCG"], &[]);
        let (dates, parties) = readers();
        let closings = Closings { dates: &dates, parties: &parties, usual: false };
        let ongoing = closings.read("Brief the board (Ann Lee, ongoing)", &DateContext::default());
        assert!(
            ongoing.is_some_and(|closing| closing.dates.iter().all(|date| date.ongoing) && closing.names.leads == ["Ann Lee"])
        );
        check("Open a hub (IT by Dec 2017)", &["../2017-12"], &["IT"], &[]);
        check("Open a hub (by Dec 2017)", &["../2017-12"], &[], &[]);
        check("Open a hub (Ann Lee)", &[], &[], &["Ann Lee"]);
        check("Open a hub. Lead: Ann Lee", &[], &[], &["Ann Lee"]);
        check("Open a hub; exec lead: Head of Flow, by Dec 17", &["../2017-12"], &[], &["Head of Flow"]);
    }

    #[test]
    fn what_is_something_else() {
        check("Open a hub (see the plan of Dec 17)", &[], &[], &[]);
        check("Open a single point of access (SPA)", &[], &[], &[]);
        check("Read the guidance (Dec 2017)", &[], &[], &[]);
        check("Spend the grant (CCG, 2017/18)", &[], &[], &[]);
        check("Open a hub - pilot in two wards from Dec 17", &[], &[], &[]);
        check("Open a hub by Dec 17", &[], &[], &[]);
        check("Open a hub. Aim: Head of Flow to agree", &[], &[], &[]);
        check("Lead: Ann Lee", &[], &[], &[]);
        check("Review beds (winter 17/18 plan)", &[], &[], &[]);
    }

    #[test]
    fn most_actions_end_with_a_date() {
        let (dates, parties) = readers();
        let actions = ["Open a hub (Dec 17)", "Train staff (Jan 18)", "Agree the form – Feb 18", "Share it"];
        let closings = Closings::of(actions.into_iter(), &dates, &parties);
        assert!(closings.usual);
        let closing = closings.read(actions[0], &DateContext::default()).unwrap_or_default();
        assert_eq!(closing.dates.len(), 1);
    }
}
