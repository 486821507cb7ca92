//! Who may be a member: the employment status (R20) and the segment (R21).

use jiff::{Span, civil::Date};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::{
    problem::{Code, Problem},
    record::Value,
};

/// What the source says of somebody's employment (R20).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// At work.
    Active,
    /// On leave, and still employed.
    Leave,
    /// No longer employed.
    Inactive,
    /// Hired, and not there yet.
    Onboarding,
}

impl Status {
    /// The status, if it is one of those that are known; case does not count.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text.trim().to_lowercase().as_str() {
            "active" => Self::Active,
            "leave" => Self::Leave,
            "inactive" => Self::Inactive,
            "onboarding" => Self::Onboarding,
            _ => return None,
        })
    }
}

/// Whether a segment row lets its values in, or keeps them out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Only people with one of the values.
    Include,
    /// Nobody with one of the values.
    Exclude,
}

/// One row of the segment; a person must satisfy all rows (R21).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentRow {
    /// The attribute's key.
    pub attribute: String,
    /// What its values do.
    pub rule: Rule,
    /// The values, as the administrator wrote them.
    pub values: Vec<String>,
}

/// What one row says of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Holds,
    Fails,
}

impl SegmentRow {
    fn ask(&self, value: &Value) -> Answer {
        let listed = match value {
            Value::Empty => false,
            Value::Text(text) => self.lists(text),
            Value::List(items) => items.iter().any(|item| self.lists(item)),
        };
        if listed == (self.rule == Rule::Include) { Answer::Holds } else { Answer::Fails }
    }

    fn lists(&self, text: &str) -> bool {
        let text = comparable(text);
        self.values.iter().any(|value| comparable(value) == text)
    }
}

/// Splits what an administrator typed into values: separated by commas, and `"quoted, values"`
/// may hold one. A quote mark inside quotes is written twice.
pub fn split_values(typed: &str) -> Vec<String> {
    let mut values = Vec::new();
    let mut value = String::new();
    let mut quoted = false;
    let mut chars = typed.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                value.push('"');
            }
            '"' if quoted || value.trim().is_empty() => quoted = !quoted,
            ',' if !quoted => values.push(std::mem::take(&mut value)),
            c => value.push(c),
        }
    }
    values.push(value);
    values.into_iter().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect()
}

/// Values as an administrator would type them: what [`split_values`] splits into the same values.
pub fn join_values<S: AsRef<str>>(values: impl IntoIterator<Item = S>) -> String {
    let quoted = |value: S| {
        let value = value.as_ref();
        if value.contains([',', '"']) { format!("\"{}\"", value.replace('"', "\"\"")) } else { value.to_owned() }
    };
    values.into_iter().map(quoted).collect::<Vec<_>>().join(", ")
}

/// Whether two values are the same one to the segment.
pub fn same_value(one: &str, other: &str) -> bool {
    comparable(one) == comparable(other)
}

/// Values are compared trimmed, in one Unicode form, and without case.
fn comparable(text: &str) -> String {
    text.trim().nfkc().collect::<String>().to_lowercase()
}

/// Why somebody may not be a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotEligible {
    /// The status says so.
    Inactive,
    /// A segment row says so: its attribute.
    OutsideSegment(String),
}

/// Whether somebody may be a member now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Eligibility {
    /// They may.
    Eligible,
    /// They may not.
    Not(NotEligible),
    /// They may once they have started (R20).
    StartsLater,
    /// It cannot be told; the member stays untouched.
    Unreadable(Problem),
}

/// A person's eligibility, and what else is wrong: a warning for every segment value that is empty
/// (R21), and where it cannot be told, everything that stands in the way beside the first.
///
/// `segment` pairs each row with the person's value, `None` where it was not shared. `early_from`
/// is the day from which an onboarding person may be a member, if the programme lets people in
/// before they start.
pub fn judge<'a>(
    status: Option<&Value>,
    segment: impl IntoIterator<Item = (&'a SegmentRow, Option<&'a Value>)>,
    today: Date,
    early_from: Option<Date>,
) -> (Eligibility, Vec<Problem>) {
    let text = status.map(Value::to_line).unwrap_or_default();
    let status = Status::parse(&text);
    if status == Some(Status::Inactive) {
        return (Eligibility::Not(NotEligible::Inactive), Vec::new());
    }
    let mut problems = Vec::new();
    if status.is_none() {
        problems.push(Problem::new(Code::StatusUnknown).at("status").with_value(&text));
    }
    let mut outside = None;
    for (row, value) in segment {
        let code = match value {
            None => Some(Code::SegmentNotShared),
            Some(value) => value.is_empty().then_some(Code::SegmentValueEmpty),
        };
        let problem = code.map(|code| Problem::new(code).at(&row.attribute));
        // Two rows may look at one attribute.
        problems.extend(problem.filter(|problem| !problems.contains(problem)));
        if outside.is_none() && value.is_some_and(|value| row.ask(value) == Answer::Fails) {
            outside = Some(row.attribute.clone());
        }
    }
    if let Some(first) = problems.iter().position(Problem::is_error) {
        return (Eligibility::Unreadable(problems.remove(first)), problems);
    }
    let eligibility = match outside {
        Some(attribute) => Eligibility::Not(NotEligible::OutsideSegment(attribute)),
        None if status == Some(Status::Onboarding) && early_from.is_none_or(|from| today < from) => {
            Eligibility::StartsLater
        }
        None => Eligibility::Eligible,
    };
    (eligibility, problems)
}

/// The day from which somebody with this hire date may be a member, `days` before it.
pub fn early_from(hire_date: Date, days: u16) -> Date {
    hire_date.saturating_sub(Span::new().days(i64::from(days)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 23);

    fn row(rule: Rule, values: &[&str]) -> SegmentRow {
        SegmentRow { attribute: "type".into(), rule, values: values.iter().map(ToString::to_string).collect() }
    }

    fn status(text: &str) -> Eligibility {
        judge(Some(&Value::text(text)), [], TODAY, None).0
    }

    fn inside(row: &SegmentRow, value: Option<&str>) -> (Eligibility, Vec<Problem>) {
        let value = value.map(Value::text);
        judge(Some(&Value::text("active")), [(row, value.as_ref())], TODAY, None)
    }

    #[test]
    fn r20_the_status_decides() {
        assert_eq!(status("active"), Eligibility::Eligible);
        assert_eq!(status("Leave"), Eligibility::Eligible);
        assert_eq!(status("inactive"), Eligibility::Not(NotEligible::Inactive));
        assert_eq!(status("onboarding"), Eligibility::StartsLater);
        for unknown in ["", "sabbatical"] {
            assert!(matches!(status(unknown), Eligibility::Unreadable(problem) if problem.code == Code::StatusUnknown));
        }
        assert!(matches!(judge(None, [], TODAY, None).0, Eligibility::Unreadable(_)));
    }

    #[test]
    fn r20_onboarding_people_may_come_early_where_the_programme_says_so() {
        let start = Date::constant(2026, 12, 1);
        let judge = |days| judge(Some(&Value::text("onboarding")), [], TODAY, Some(early_from(start, days))).0;
        assert_eq!(judge(7), Eligibility::StartsLater);
        assert_eq!(judge(8), Eligibility::Eligible);
    }

    #[test]
    fn r21_values_are_compared_without_case_space_and_unicode_form() {
        let row = row(Rule::Include, &[" Intérne ", "intern"]);
        assert_eq!(inside(&row, Some("INTE\u{301}RNE")).0, Eligibility::Eligible);
        assert_eq!(inside(&row, Some("extern")).0, Eligibility::Not(NotEligible::OutsideSegment("type".into())));
    }

    #[test]
    fn r21_an_empty_value_fails_include_passes_exclude_and_warns() {
        let (answer, warnings) = inside(&row(Rule::Include, &["a"]), Some(""));
        assert!(matches!(answer, Eligibility::Not(_)));
        assert_eq!(warnings[0].code, Code::SegmentValueEmpty);
        let (answer, warnings) = inside(&row(Rule::Exclude, &["a"]), Some(""));
        assert_eq!(answer, Eligibility::Eligible);
        assert_eq!(warnings.len(), 1);
    }

    #[test]
    fn r21_a_value_not_shared_for_one_person_rejects_them() {
        let (answer, _) = inside(&row(Rule::Exclude, &["a"]), None);
        assert!(matches!(answer, Eligibility::Unreadable(problem) if problem.code == Code::SegmentNotShared));
    }

    #[test]
    fn r21_all_rows_must_hold() {
        let (include, exclude) = (row(Rule::Include, &["a"]), row(Rule::Exclude, &["b"]));
        let list = Value::list(["a", "b"]);
        let rows = [(&include, Some(&list)), (&exclude, Some(&list))];
        assert!(matches!(judge(Some(&Value::text("active")), rows, TODAY, None).0, Eligibility::Not(_)));
    }

    #[test]
    fn r21_typed_values_are_split_at_commas_outside_quotes() {
        assert_eq!(split_values(r#"internal, "Sales, EMEA" ,, intern"#), ["internal", "Sales, EMEA", "intern"]);
        assert_eq!(split_values(r#""a ""b"", c""#), [r#"a "b", c"#]);
        assert_eq!(split_values(r#"5" disk"#), [r#"5" disk"#]);
        assert!(split_values(" , ").is_empty());
    }

    #[test]
    fn r21_values_are_shown_as_they_would_be_typed() {
        let values = ["internal", "Sales, EMEA", r#"a "b", c"#, r#"5" disk"#];
        assert_eq!(join_values(&values[..2]), r#"internal, "Sales, EMEA""#);
        assert_eq!(split_values(&join_values(values)), values);
        assert!(same_value(" Intern ", "intern") && !same_value("intern", "internal"));
    }
}
