//! The columns of the list of members: which there are, and which of them an administrator chose. The choice is kept
//! by their browser, for one programme.

use axum::{
    http::HeaderMap,
    response::{IntoResponse, Redirect},
};
use domain::field::Field;

use crate::{
    access::{Manager, cookie},
    failure::Failure,
    form::Entries,
    page::{Page, with_query},
    tell,
    words::Words,
};

/// The longest choice that is read, in bytes; all columns together are shorter.
const LONGEST: usize = 1_500;

/// What stands between two columns of a choice.
const BETWEEN: &str = ":";

/// A column of the list, besides the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    EmployeeId,
    State,
    /// A field of members. The address stands below the name.
    Of(Field),
    /// By which route they came.
    Way,
    Since,
}

/// The columns of whoever chose none.
const STANDARD: [Column; 5] = [Column::Of(Field::Email), Column::EmployeeId, Column::State, Column::Way, Column::Since];

impl Column {
    /// Its name in forms and in a choice.
    pub(super) fn key(&self) -> String {
        match self {
            Self::EmployeeId => "employee_id".to_owned(),
            Self::State => "state".to_owned(),
            Self::Of(field) => field.to_string(),
            Self::Way => "way".to_owned(),
            Self::Since => "since".to_owned(),
        }
    }

    /// Its heading.
    pub(super) fn name(&self, words: Words) -> String {
        match self {
            Self::EmployeeId => words.t("field-employee_id").to_string(),
            Self::State => words.t("members-state").to_string(),
            Self::Of(field) => tell::field(words, field),
            Self::Way => words.t("members-way").to_string(),
            Self::Since => words.t("members-since").to_string(),
        }
    }
}

/// Every column that there is for the programme's members, in the order of the list, and whether it is shown.
pub(super) async fn of(manager: &Manager, headers: &HeaderMap) -> Result<Vec<(Column, bool)>, Failure> {
    let kept = cookie::value(headers, &name(manager)).filter(|kept| kept.len() <= LONGEST);
    let told = |column: Column| {
        let key = column.key();
        let is_shown = match &kept {
            Some(kept) => kept.split(BETWEEN).any(|one| one == key),
            None => STANDARD.contains(&column),
        };
        (column, is_shown)
    };
    Ok(every(manager).await?.into_iter().map(told).collect())
}

async fn every(manager: &Manager) -> Result<Vec<Column>, Failure> {
    let fields = manager.web.engine.member_fields(&manager.programme).await?.into_iter().map(|(field, _)| field);
    // Names are what a line begins with.
    let others = fields.filter(|field| !matches!(field, Field::Email | Field::FirstName | Field::LastName));
    let first = [Column::Of(Field::Email), Column::EmployeeId, Column::State];
    Ok(first.into_iter().chain(others.map(Column::Of)).chain([Column::Way, Column::Since]).collect())
}

/// The cookie that holds a choice. Whoever shares a browser does not share it.
fn name(manager: &Manager) -> String {
    format!("rollcall-columns-{}", manager.signed.administrator.id)
}

/// `POST /manage/{programme}/members/columns`
pub(super) async fn choose(manager: Manager, entries: Entries) -> Page {
    let ticked: Vec<&str> = entries.all_of("column").collect();
    let all = every(&manager).await?;
    let keys: Vec<String> = all.iter().map(Column::key).filter(|key| ticked.contains(&key.as_str())).collect();
    let lasting = if entries.has("standard") { cookie::NO_MORE } else { cookie::A_YEAR };
    let list = manager.at("members");
    let kept = cookie::set(&manager.web, &name(&manager), &keys.join(BETWEEN), &list, lasting);
    let asked = ["state", "by", "q", "after"].map(|name| (name, entries.text(name)));
    Ok((kept, Redirect::to(&with_query(&list, &asked))).into_response())
}
