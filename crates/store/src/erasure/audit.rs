//! The audit log keeps what was done and when; whom it was done to is no longer told.

use std::collections::BTreeSet;

use domain::{
    field::{Field, Fields},
    names,
};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde_json::Value;

use super::Whose;
use crate::{Audit, StoreError, StoreResult, entity::audit, sql};

/// What stands in the place of a name.
const ERASED: &str = "erased";

/// What somebody goes by, in small letters.
struct Words {
    /// The account's number.
    member: String,
    /// Addresses and name: nobody else is meant by them.
    own: BTreeSet<String>,
    /// The employee ID, which may stand for something else in an entry about something else.
    employee_id: Option<String>,
}

impl Words {
    fn of(whose: &Whose, fields: &Fields) -> Self {
        let address = |field| fields.get(&field).cloned().unwrap_or_default();
        let own = [address(Field::Email), address(Field::PersonalEmail), names::display(fields)];
        Self {
            member: whose.member.to_string(),
            own: own.iter().chain(&whose.addresses).map(|text| plain(text)).filter(|text| !text.is_empty()).collect(),
            employee_id: whose.employee_id.as_deref().map(plain),
        }
    }
}

fn plain(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Takes somebody's values out of every entry. Where they did something themselves, their network address goes too.
pub(super) async fn erase(on: &DatabaseTransaction, whose: &Whose, fields: &Fields) -> StoreResult<()> {
    let words = Words::of(whose, fields);
    let entries = audit::Entity::find().filter(audit::Column::ProgrammeId.eq(whose.programme)).all(on).await?;
    for entry in entries {
        if let Some(without) = without(&entry, &words)? {
            let sql = "UPDATE audit SET subject = $3, before = $4, after = $5, actor = $6, address = $7 \
                       WHERE programme_id = $1 AND id = $2";
            let Audit { programme_id, id, subject, before, after, actor, address, .. } = without;
            let values = vec![
                programme_id.into(),
                id.into(),
                subject.into(),
                before.into(),
                after.into(),
                actor.into(),
                address.into(),
            ];
            sql::run(on, sql, values).await?;
        }
    }
    Ok(())
}

/// The entry without these words; none where it holds none. Of one about the member nothing is left but what was
/// done, when, and by whom.
fn without(entry: &Audit, words: &Words) -> StoreResult<Option<Audit>> {
    let mut now = entry.clone();
    let subject = plain(&entry.subject);
    let is_named = words.own.contains(&subject) || words.employee_id.as_ref() == Some(&subject);
    let number = format!("\"{}\"", words.member);
    let mut details = [&entry.before, &entry.after].into_iter().flatten();
    let is_about = is_named || subject == words.member || details.any(|text| text.contains(&number));
    if is_named {
        ERASED.clone_into(&mut now.subject);
    }
    // Administrators stay who they are, whatever a member is called.
    if entry.actor_kind == "member" && (subject == words.member || words.own.contains(&plain(&entry.actor))) {
        ERASED.clone_into(&mut now.actor);
        now.address = None;
    }
    for text in [&mut now.before, &mut now.after] {
        let Some(stored) = text.as_deref().filter(|_| !is_about) else {
            *text = None;
            continue;
        };
        let mut value: Value = serde_json::from_str(stored).map_err(StoreError::row)?;
        if blank(&mut value, &|text| words.own.contains(&plain(text))) {
            *text = Some(value.to_string());
        }
    }
    Ok((now != *entry).then_some(now))
}

/// Puts something else in the place of every value that is one of the words; tells whether there was any.
fn blank(value: &mut Value, is_named: &impl Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) if is_named(text) => {
            ERASED.clone_into(text);
            true
        }
        Value::Array(items) => items.iter_mut().fold(false, |any, item| blank(item, is_named) | any),
        Value::Object(entries) => entries.values_mut().fold(false, |any, item| blank(item, is_named) | any),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R61
    #[test]
    fn names_go_and_what_was_done_stays() {
        let entry = Audit {
            programme_id: uuid::Uuid::nil(),
            id: uuid::Uuid::nil(),
            at: 1,
            actor_kind: "administrator".to_owned(),
            actor: "Ada Adamski".to_owned(),
            address: Some("192.0.2.1".to_owned()),
            action: "member.edited".to_owned(),
            subject: "Ada Adamski".to_owned(),
            before: Some(r#"{"email":"a@acme.example","days":3,"department":"Sales"}"#.to_owned()),
            after: Some(r#"{"list":["x","ADA@acme.example "]}"#.to_owned()),
        };
        let words = Words {
            member: "a-number".to_owned(),
            own: ["ada adamski", "a@acme.example"].map(str::to_owned).into(),
            employee_id: Some("7".to_owned()),
        };
        let now = without(&entry, &words).unwrap().unwrap();
        assert_eq!(
            (now.subject.as_str(), now.actor.as_str()),
            ("erased", "Ada Adamski"),
            "an administrator's namesake"
        );
        assert_eq!((&now.before, &now.after), (&None, &None));
        assert_eq!(without(&now, &words).unwrap(), None);
        let by_number = Audit { subject: "a-number".to_owned(), ..entry.clone() };
        let now = without(&by_number, &words).unwrap().unwrap();
        assert_eq!((now.subject.as_str(), now.before), ("a-number", None));
        let another =
            Audit { subject: "Sales".to_owned(), before: Some(r#"["A@acme.example ","7"]"#.to_owned()), ..entry };
        let now = without(&another, &words).unwrap().unwrap();
        assert_eq!(now.before.as_deref(), Some(r#"["erased","7"]"#));
    }
}
