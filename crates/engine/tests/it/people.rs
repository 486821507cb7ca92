//! People for tests.

use sandbox::Change;

/// Somebody at work, with everything in order.
pub(crate) fn person(id: i64, first: &str, last: &str) -> Change {
    let email = format!("{}.{}@acme.example", first.to_lowercase(), last.to_lowercase());
    Change::set("id", id)
        .and("first_name", first)
        .and("last_name", last)
        .and("email", email)
        .and("status", "active")
        .and("employment_type", "internal")
        .and("department", "Sales")
}

const FIRST: [&str; 10] = ["Ada", "Bela", "Cleo", "Dana", "Emil", "Fritz", "Gala", "Hugo", "Ines", "Jan"];
const LAST: [&str; 10] =
    ["Adamski", "Brandt", "Cech", "Dang", "Eriksen", "Fiedler", "Grau", "Hansen", "Ivanov", "Jansen"];

/// So many people, numbered from 1, no two with the same name.
pub(crate) fn people(count: i64) -> Vec<Change> {
    let named = |index: usize| {
        let last = format!("{}{}", LAST[(index / 10) % 10], "x".repeat(index / 100));
        (FIRST[index % 10], last)
    };
    (1..=count)
        .map(|id| {
            let (first, last) = named(usize::try_from(id - 1).expect("small"));
            person(id, first, &last)
        })
        .collect()
}
