//! Forms whose entries come in rows, or in any number.

use axum::{
    Form,
    extract::{FromRequest, Request},
    http::StatusCode,
};

use super::Entries;
use crate::{Web, failure::Failure};

/// More rows than any form has.
const MOST_ROWS: usize = 100;

impl Entries {
    /// The first text under this name without outer spaces; empty where there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.text(name).trim()
    }

    /// Whether the name is there, as it is for a box that is ticked.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.all_of(name).next().is_some()
    }

    /// How many rows a form has whose names begin like this and go on with the number of the row.
    pub(crate) fn rows(&self, beginning: &str) -> usize {
        let number = |name: &str| name.strip_prefix(beginning)?.split('.').next()?.parse::<usize>().ok();
        self.0.iter().filter_map(|(name, _)| number(name)).max().map_or(0, |last| last.saturating_add(1).min(MOST_ROWS))
    }
}

impl FromRequest<Web> for Entries {
    type Rejection = Failure;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Failure> {
        let form = Form::<Self>::from_request(request, web).await;
        form.map(|Form(entries)| entries).map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Failure::MediaType,
            _ => Failure::Unreadable,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_found_by_name_and_by_row() {
        let entries = [("a", " 1 "), ("a", "2"), ("row.0.x", "u"), ("row.2.x", "v"), ("row.x", "w")];
        let entries = Entries(entries.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec());
        assert_eq!((entries.get("a"), entries.get("b")), ("1", ""));
        assert!(entries.has("row.2.x") && !entries.has("row.1.x"));
        assert_eq!((entries.rows("row."), entries.rows("none.")), (3, 0));
    }

    #[test]
    fn a_row_may_have_any_number_and_there_are_never_more_than_a_form_has() {
        for last in [MOST_ROWS, usize::MAX] {
            let entries = Entries(vec![(format!("row.{last}.x"), "u".to_owned())]);
            assert_eq!(entries.rows("row."), MOST_ROWS);
        }
    }
}
