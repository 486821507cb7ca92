//! What was sent, where names come more than once or are numbered.

use axum::{
    Form,
    extract::{FromRequest, Request},
};

use crate::{
    Web,
    access::Visitor,
    failure::Failure,
    words::{Language, Words},
};

/// Names and values of a form, in their order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entries(Vec<(String, String)>);

impl Entries {
    /// What stands under a name, without outer spaces; empty where nothing does.
    pub(crate) fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(one, _)| one == name);
        found.map(|(_, value)| value.trim()).unwrap_or_default()
    }

    /// Everything that stands under a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(one, _)| one == name).map(|(_, value)| value.trim())
    }

    /// Whether the name is there, as it is for a box that is ticked.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(one, _)| one == name)
    }

    /// Names that begin like this, each with the rest of the name.
    pub(crate) fn under<'a>(&'a self, beginning: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(beginning)?, value.trim())))
    }

    /// The first number of rows that a form with numbered rows (`beginning` 0, 1, 2 …) holds.
    pub(crate) fn rows(&self, beginning: &str) -> usize {
        let number = |(rest, _): (&str, &str)| rest.split('.').next().and_then(|number| number.parse::<usize>().ok());
        self.under(beginning).filter_map(number).max().map_or(0, |last| (last + 1).min(MOST_ROWS))
    }
}

/// More rows than any form has.
const MOST_ROWS: usize = 100;

impl FromRequest<Web> for Entries {
    type Rejection = Failure;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Failure> {
        let words = request.extensions().get::<Visitor>().map(|visitor| visitor.words);
        let words = words.unwrap_or_else(|| Words::new(Language::English));
        let form = Form::<Vec<(String, String)>>::from_request(request, web).await;
        form.map(|Form(entries)| Self(entries)).map_err(|_| Failure::Refused(words.t("form-unreadable").to_string()))
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
        assert_eq!(entries.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert!(entries.has("row.2.x") && !entries.has("row.1.x"));
        assert_eq!((entries.rows("row."), entries.rows("none.")), (3, 0));
    }
}
