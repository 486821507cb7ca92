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
    let address = fields.get(&Field::Email).map(String::as_str).unwrap_or_default();
    if !rules.no_mailbox_domains.contains(&email::domain(address)) {
        return Some(Welcome::Account);
    }
    let has_personal = fields
        .get(&Field::PersonalEmail)
        .is_some_and(|personal| !rules.no_mailbox_domains.contains(&email::domain(personal)));
    Some(if has_personal { Welcome::Personal } else { Welcome::Letter })
}
