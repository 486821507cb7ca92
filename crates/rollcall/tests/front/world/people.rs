//! People by hand.

use sandbox::Change;

/// Somebody at work, with an address made of the first name.
pub(crate) fn person(id: i64, first: &str, last: &str) -> Change {
    let address = first.to_lowercase().replace(' ', ".");
    Change::set("id", id)
        .and("first_name", first)
        .and("last_name", last)
        .and("email", format!("{address}@acme.example"))
        .and("status", "active")
        .and("employment_type", "internal")
        .and("hire_date", "2020-07-01")
}

/// A number in letters, for names.
pub(crate) fn letters(number: i64) -> String {
    number.to_string().chars().map(|digit| char::from(b'a' + digit as u8 - b'0')).collect()
}
