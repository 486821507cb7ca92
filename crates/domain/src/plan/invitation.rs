//! How a joiner hears of the account (R32).

use super::Welcome;
use crate::{
    email,
    field::{Field, Fields},
    rules::Rules,
};

/// `None` where the programme sends no welcome; the member is then *not invited*.
pub fn welcome(rules: &Rules, fields: &Fields) -> Option<Welcome> {
    if !rules.welcome_email {
        return None;
    }
    Some(route(&rules.no_mailbox_domains, fields))
}

/// The way on which an invitation reaches somebody; `no_mailbox` are the domains of made-up addresses.
pub fn route(no_mailbox: &[String], fields: &Fields) -> Welcome {
    let reads = |field| fields.get(&field).is_some_and(|address| !no_mailbox.contains(&email::domain(address)));
    if reads(Field::Email) {
        Welcome::Account
    } else if reads(Field::PersonalEmail) {
        Welcome::Personal
    } else {
        Welcome::Letter
    }
}
