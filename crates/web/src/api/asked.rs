//! What requests ask for: parameters, and pages of lists.

use axum::{
    extract::{FromRequestParts, Query},
    http::request::Parts,
};
use serde::{Serialize, de::DeserializeOwned};
use utoipa::ToSchema;
use uuid::Uuid;

use super::problem::{Kind, Problem};

/// How many entries a page has where nothing else is asked for, and at most.
const USUAL: u64 = 50;
const MOST: u64 = 200;

/// The parameters of a request; one that is not known is refused, so that a misspelt filter does not
/// give everything.
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = Query::<T>::try_from_uri(&parts.uri);
        query.map(|Query(asked)| Self(asked)).map_err(|error| Problem::new(Kind::Query, error.body_text()))
    }
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Page<T> {
    /// The entries, in a fixed order.
    items: Vec<T>,
    /// The cursor of the next page; none after the last.
    next: Option<String>,
}

impl<T> Page<T> {
    /// A page of this size, from one entry more than that if there is one; `place` is where the next
    /// page goes on.
    pub(super) fn of<R>(
        mut rows: Vec<R>,
        size: u64,
        place: impl Fn(&R) -> String,
        item: impl Fn(R) -> Result<T, Problem>,
    ) -> Result<Self, Problem> {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let more = rows.len() > size;
        rows.truncate(size);
        let next = rows.last().filter(|_| more).map(place);
        Ok(Self { items: rows.into_iter().map(item).collect::<Result<_, _>>()?, next })
    }
}

/// How many entries are asked for.
pub(super) fn size(limit: Option<u64>) -> Result<u64, Problem> {
    match limit.unwrap_or(USUAL) {
        limit @ 1..=MOST => Ok(limit),
        limit => Err(Problem::new(Kind::Query, format!("`limit` is {limit}; it can be 1 to {MOST}."))),
    }
}

/// A parameter that names one of the words of a list.
pub(super) fn word<T: std::str::FromStr>(name: &str, text: &str) -> Result<T, Problem> {
    text.trim().parse().map_err(|_| Problem::new(Kind::Query, format!("`{name}` cannot be “{text}”.")))
}

/// A parameter that is an instant, in microseconds of UTC.
pub(crate) fn instant(name: &str, text: &str) -> Result<i64, Problem> {
    let wrong = |_| Problem::new(Kind::Query, format!("`{name}` is no instant such as 2026-11-23T06:00:00Z."));
    text.parse::<jiff::Timestamp>().map(jiff::Timestamp::as_microsecond).map_err(wrong)
}

/// Where a list goes on, after a row with an UUID. `list` keeps cursors of different lists apart.
pub(crate) fn after_id(list: char, id: Uuid) -> String {
    format!("{list}{}", id.simple())
}

/// The same after a numbered row.
pub(crate) fn after_number(list: char, number: i64) -> String {
    format!("{list}{number:x}")
}

fn rest(list: char, cursor: &str) -> Result<&str, Problem> {
    cursor.strip_prefix(list).ok_or_else(not_valid)
}

fn not_valid() -> Problem {
    Problem::new(Kind::Cursor, "Use `next` of the page before, from the same list, as it is.")
}

/// The row that a cursor of [`after_id`] stands for.
pub(crate) fn id_of(list: char, cursor: Option<&str>) -> Result<Option<Uuid>, Problem> {
    let id = |cursor| Uuid::try_parse(rest(list, cursor)?).map_err(|_| not_valid());
    cursor.map(id).transpose()
}

/// The row that a cursor of [`after_number`] stands for.
pub(crate) fn number_of(list: char, cursor: Option<&str>) -> Result<Option<i64>, Problem> {
    let number = |cursor| {
        let digits = rest(list, cursor)?;
        // Only what was written: a sign would lead to where no page ever ended.
        let digits = Some(digits).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        i64::from_str_radix(digits.ok_or_else(not_valid)?, 16).map_err(|_| not_valid())
    };
    cursor.map(number).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_belongs_to_its_list() {
        let id = Uuid::from_u128(7);
        assert_eq!(id_of('i', Some(&after_id('i', id))).unwrap(), Some(id));
        assert_eq!(number_of('c', Some(&after_number('c', 4_711))).unwrap(), Some(4_711));
        assert!(id_of('m', Some(&after_id('i', id))).is_err());
        for odd in ["c", "c-", "c-5", "c+5", "c 5", "cffffffffffffffffff"] {
            assert!(number_of('c', Some(odd)).is_err(), "{odd}");
        }
        assert_eq!(id_of('i', None).unwrap(), None);
    }

    #[test]
    fn a_page_says_whether_there_is_another() {
        let page = |rows: Vec<i64>| Page::of(rows, 2, |row| after_number('x', *row), Ok).unwrap();
        assert_eq!((page(vec![1, 2, 3]).items, page(vec![1, 2, 3]).next), (vec![1, 2], Some("x2".to_owned())));
        assert_eq!((page(vec![1, 2]).items, page(vec![1, 2]).next), (vec![1, 2], None));
        assert!(size(Some(0)).is_err() && size(Some(201)).is_err());
    }
}
