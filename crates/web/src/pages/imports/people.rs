//! The people in a plan: by kind and by name, with what changes for each.

use askama::Template;
use domain::{
    field::Field,
    plan::{Counts, Kind},
};
use store::{Import, plan::PlanRow};

use super::with_query;
use crate::{
    access::Manager,
    failure::Failure,
    tell::{self, Labels},
    words::Words,
};

/// How many people a page shows.
const MOST: usize = 50;

/// How many changed values of one person are worth telling in a list.
const LINES: usize = 5;

/// How much of a value a list shows, in characters.
const SHOWN: usize = 80;

/// Which people are asked for, in the address of the page.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub(crate) struct Wanted {
    /// Of this kind only.
    #[serde(default)]
    kind: String,
    /// Whose name, address or employee ID begins so.
    #[serde(default)]
    q: String,
    /// Behind the row with this number.
    after: Option<i64>,
}

/// The part of a page that lists the people in a plan.
#[derive(Template)]
#[template(path = "pages/imports/people.html")]
pub(crate) struct People {
    words: Words,
    /// The address of the page.
    at: String,
    kinds: Vec<Tab>,
    kind: Option<Kind>,
    q: String,
    rows: Vec<Person>,
    /// Where the next people are.
    next: Option<String>,
    /// Whether these are not the first.
    is_later: bool,
    first: String,
    has_reasons: bool,
}

/// The people of one kind, and how many there are.
struct Tab {
    name: String,
    number: u64,
    address: String,
    is_chosen: bool,
}

struct Person {
    name: String,
    email: String,
    employee_id: String,
    kind: String,
    tone: &'static str,
    reason: String,
    lines: Vec<Line>,
    /// How many more values change.
    more: usize,
    is_skipped: bool,
    /// What is wrong, for somebody who is rejected.
    problems: Vec<String>,
    /// Where this person can be tried again.
    try_again: Option<String>,
}

/// One value that changes.
pub(crate) struct Line {
    pub(crate) label: String,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

impl People {
    /// The people of an import's plan, on the page at this address. Without a wish, `usual` are shown.
    pub(crate) async fn of(
        manager: &Manager,
        import: &Import,
        source: &str,
        at: String,
        wanted: &Wanted,
        usual: Option<Kind>,
    ) -> Result<Self, Failure> {
        let counts = import.counts()?;
        let kind = match wanted.kind.as_str() {
            "" => usual,
            name => name.parse().ok(),
        };
        let store = manager.web.engine.store();
        let plan = store.plan(import.programme(), import.number(), import.try_number);
        let most = u64::try_from(MOST + 1).unwrap_or(u64::MAX);
        let mut rows = plan.page(kind, wanted.q.trim(), wanted.after, most).await?;
        let more = rows.len() > MOST;
        rows.truncate(MOST);
        let last = rows.last().map(|row| row.number.to_string()).filter(|_| more);
        let kind_name = kind.map_or("all", Kind::as_str);
        let numbers: Vec<i64> =
            rows.iter().filter(|row| row.change.kind == Kind::Reject).map(|row| row.number).collect();
        let problems = store.problems_of_rows(import, &numbers).await?;
        let teller = Teller { manager, source: tell::source(source), key: source, labels: Labels::of(manager).await? };
        let mut people: Vec<Person> = rows.iter().map(|row| teller.person(row)).collect();
        for (person, row) in people.iter_mut().zip(&rows) {
            let of_row = problems.iter().filter(|problem| problem.row_number == Some(row.number));
            person.problems = of_row
                .filter_map(|problem| problem.code.parse().ok())
                .map(|code| tell::problem(manager.words, code).0)
                .collect();
        }
        Ok(Self {
            words: manager.words,
            kinds: tabs(manager.words, &counts, kind, &at, &wanted.q),
            kind,
            q: wanted.q.clone(),
            next: last.map(|last| with_query(&at, &[("kind", kind_name), ("q", &wanted.q), ("after", &last)])),
            is_later: wanted.after.is_some(),
            first: with_query(&at, &[("kind", kind_name), ("q", &wanted.q)]),
            has_reasons: people.iter().any(|person| !person.reason.is_empty()),
            rows: people,
            at,
        })
    }

    fn kind_name(&self) -> &'static str {
        self.kind.map_or("all", Kind::as_str)
    }

    fn is_chosen(&self) -> bool {
        self.kind.is_some()
    }
}

/// The kinds that there are, with their numbers.
fn tabs(words: Words, counts: &Counts, chosen: Option<Kind>, at: &str, q: &str) -> Vec<Tab> {
    let kinds = [
        (Kind::Join, counts.join),
        (Kind::Update, counts.update),
        (Kind::Leave, counts.leave),
        (Kind::Rejoin, counts.rejoin),
        (Kind::Reject, counts.reject),
    ];
    let tab = |kind: Option<Kind>, number| Tab {
        name: words.of("tab-", kind.map_or("all", Kind::as_str)).to_string(),
        number,
        address: with_query(at, &[("kind", kind.map_or("all", Kind::as_str)), ("q", q)]),
        is_chosen: kind == chosen,
    };
    let all = tab(None, counts.changes() + counts.reject);
    let some = kinds.into_iter().filter(|(kind, number)| *number > 0 || chosen == Some(*kind));
    std::iter::once(all).chain(some.map(|(kind, number)| tab(Some(kind), number))).collect()
}

/// Tells what a plan does with one person.
struct Teller<'a> {
    manager: &'a Manager,
    source: String,
    key: &'a str,
    labels: Labels,
}

impl Teller<'_> {
    fn person(&self, row: &PlanRow) -> Person {
        let words = self.manager.words;
        let change = &row.change;
        let mut lines = changed(self.manager, &self.labels, row, &self.source);
        let more = lines.len().saturating_sub(LINES);
        lines.truncate(LINES);
        let employee_id = change.employee_id.clone().unwrap_or_default();
        let may_try = self.manager.may(domain::roles::Action::TryPerson) && change.kind == Kind::Reject;
        let try_at = self.manager.at(format_args!("integrations/{}/try", self.key));
        Person {
            name: change.name.clone(),
            email: change.after.get(&Field::Email).cloned().unwrap_or_default(),
            kind: words.of("kind-", change.kind).to_string(),
            tone: match change.kind {
                Kind::Join | Kind::Rejoin => "join",
                Kind::Update | Kind::Refresh => "update",
                Kind::Leave => "leave",
                Kind::Reject => "reject",
            },
            reason: change.reason.as_ref().map(|reason| self.labels.reason(words, reason)).unwrap_or_default(),
            lines,
            more,
            is_skipped: row.skipped,
            problems: Vec::new(),
            try_again: (may_try && !employee_id.is_empty()).then(|| with_query(&try_at, &[("person", &employee_id)])),
            employee_id,
        }
    }
}

/// What a row changes. A newcomer's values are all new, and none of them is worth a line.
pub(crate) fn changed(manager: &Manager, labels: &Labels, row: &PlanRow, source: &str) -> Vec<Line> {
    let words = manager.words;
    let change = &row.change;
    if !matches!(change.kind, Kind::Update | Kind::Leave | Kind::Rejoin) {
        return Vec::new();
    }
    let told = |field: &Field, value: &str| cut(&tell::value(words, &manager.clock, field, value));
    let line = |(field, before): &(Field, Option<String>)| Line {
        label: labels.field(words, field, source),
        before: before.as_deref().map(|value| told(field, value)),
        after: change.after.get(field).map(|value| told(field, value)),
    };
    let changed = change.before.iter().filter(|(field, before)| before.as_ref() != change.after.get(field));
    let mut lines: Vec<Line> = changed.map(line).collect();
    if change.changes_id {
        let label = words.t("field-employee_id").to_string();
        lines.insert(0, Line { label, before: None, after: change.employee_id.clone() });
    }
    lines
}

/// A value as a list shows it.
fn cut(value: &str) -> String {
    match value.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &value[..at]),
        None => value.to_owned(),
    }
}
