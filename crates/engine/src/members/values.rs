//! What an administrator enters for a member: the same values, and the same checks, as an import's.

use std::collections::BTreeMap;

use domain::{
    email,
    field::{self, Field, Fields},
    ids::MemberId,
    member::State,
    plan::{Welcome, welcome},
    problem::{Code, Problem},
    record::{AttributeType, Value},
};
use serde_json::json;
use store::{Mail, Programme, members::Listed};

use super::by_hand::changed_meanwhile;
use crate::{Actor, Deed, Engine, EngineError, EngineResult};

/// What was typed, by field. An empty text is no value.
pub type MemberEntries = BTreeMap<Field, String>;

impl Engine {
    /// The fields that a member can have, in the order in which a form asks for them, with the type that a
    /// custom field is checked by.
    pub async fn member_fields(&self, programme: &Programme) -> EngineResult<Vec<(Field, AttributeType)>> {
        let mut custom = BTreeMap::new();
        for integration in self.store.integrations(programme.number()).await? {
            let Ok(rules) = integration.rules() else { continue };
            let own = rules.mapping.into_iter().filter(|(field, _)| matches!(field, Field::Custom(_)));
            custom.extend(own.map(|(field, from)| (field, from.kind)));
        }
        Ok(Field::standard().map(|field| (field, AttributeType::Text)).chain(custom).collect())
    }

    /// Makes a member whom no integration looks after (R16), and invites them if that is asked for. What is
    /// wrong with the entries comes back as [`EngineError::Person`].
    pub async fn add_member(
        &self,
        programme: &Programme,
        entries: &MemberEntries,
        invite: bool,
        by: &Actor,
    ) -> EngineResult<MemberId> {
        let fields = self.checked(programme, entries, None).await?;
        let id = MemberId(self.new_id());
        let mail = if invite { Some(self.first_mail(programme, id, &fields).await?) } else { None };
        if let Err(error) = self.store.add_by_hand(programme.number(), id, &fields, mail.as_ref(), self.now()).await {
            // Somebody else may have taken the address at the same moment.
            self.checked(programme, entries, None).await?;
            return Err(error.into());
        }
        let state = if mail.is_some() { State::Invited } else { State::NotInvited };
        let after = json!({ "state": state, "fields": fields });
        let subject = id.to_string();
        let deed = Deed { action: "member.added", subject: &subject, before: None::<()>, after: Some(after) };
        self.note(programme.number(), by, deed).await?;
        Ok(id)
    }

    /// Changes those of a member's values that no HR system feeds (R17); entries for others are left aside.
    /// `listed` is the member as they were looked at.
    pub async fn edit_member(
        &self,
        programme: &Programme,
        listed: &Listed,
        entries: &MemberEntries,
        by: &Actor,
    ) -> EngineResult<()> {
        let member = &listed.member;
        if member.state == State::Closed {
            return Err(EngineError::Refused {
                what: "This account is closed.".to_owned(),
                remedy: "There is nothing to change.".to_owned(),
            });
        }
        let origins = self.origins(programme.number(), member, entries.keys().cloned()).await?;
        let is_open = |field: &Field| origins.iter().any(|(one, origin)| one == field && origin.is_open());
        let open: MemberEntries = entries
            .iter()
            .filter(|(field, _)| is_open(field))
            .map(|(field, text)| (field.clone(), text.clone()))
            .collect();
        let told = self.checked(programme, &open, Some(listed)).await?;
        let mut after = member.fields.clone();
        after.retain(|field, _| !open.contains_key(field));
        after.extend(told);
        if after == member.fields {
            return Ok(());
        }
        let id = (member.id, member.version);
        if !self.store.edit_member(programme.number(), id.0, id.1, &after, self.now()).await? {
            return Err(changed_meanwhile());
        }
        let changed = |of: &Fields, other: &Fields| -> Fields {
            of.iter()
                .filter(|(field, value)| other.get(*field) != Some(*value))
                .map(|(field, value)| (field.clone(), value.clone()))
                .collect()
        };
        let (before, now) = (changed(&member.fields, &after), changed(&after, &member.fields));
        self.note_of_member(programme, listed, "member.edited", by, Some(json!(before)), json!(now)).await
    }

    /// The values in their normal form, or everything that is wrong with them (R35). Of `own`, a member who
    /// is edited, the address is theirs.
    pub(super) async fn checked(
        &self,
        programme: &Programme,
        entries: &MemberEntries,
        own: Option<&Listed>,
    ) -> EngineResult<Fields> {
        let kinds: BTreeMap<Field, AttributeType> = self.member_fields(programme).await?.into_iter().collect();
        let asks_address = own.is_none() || entries.contains_key(&Field::Email);
        let (fields, mut problems) = check(entries, &kinds, asks_address, self.today(programme));
        if let Some(address) = fields.get(&Field::Email) {
            let key = email::key(address);
            let held = self.store.members_by_email(programme.number(), &[&key]).await?;
            if let Some(holder) = held.get(&key).filter(|holder| own.is_none_or(|own| own.member.id != holder.id)) {
                let code = if holder.state.is_current() { Code::EmailTaken } else { Code::EmailOfFormerMember };
                let problem = Problem::new(code).at(Field::Email.to_string()).with_value(address);
                problems.push(problem.about(holder.employee_id.as_deref()));
            }
        }
        if problems.is_empty() { Ok(fields) } else { Err(EngineError::Person(problems)) }
    }

    /// The invitation of somebody who was made by hand: it goes where a joiner's of the import would go.
    async fn first_mail(&self, programme: &Programme, id: MemberId, fields: &Fields) -> EngineResult<Mail> {
        let mut route = Welcome::Account;
        for integration in self.store.integrations(programme.number()).await? {
            let Ok(mut rules) = integration.rules() else { continue };
            // Asked for by hand, whatever imports do.
            rules.welcome_email = true;
            route = welcome(&rules, fields).filter(|route| *route != Welcome::Account).unwrap_or(route);
        }
        let state = if route == Welcome::Letter { "to-print" } else { "pending" };
        Ok(Mail {
            member_id: Some(id.0),
            route: route.as_str().to_owned(),
            recipient: None,
            state: state.to_owned(),
            ..self.mail_to_administrator(programme.id, "welcome", None, "")
        })
    }
}

/// The values in their normal form, and everything that is wrong with what was typed.
pub(super) fn check(
    entries: &MemberEntries,
    kinds: &BTreeMap<Field, AttributeType>,
    asks_address: bool,
    today: jiff::civil::Date,
) -> (Fields, Vec<Problem>) {
    let (mut fields, mut problems) = (Fields::new(), Vec::new());
    for (field, typed) in entries {
        let value = Value::text(typed);
        if value.is_empty() {
            continue;
        }
        let kind = kinds.get(field).copied().unwrap_or(AttributeType::Text);
        match field::check(field, kind, &value, today) {
            Ok(normal) => drop(fields.insert(field.clone(), normal)),
            Err(flaw) => problems.push(Problem::flaw(field, flaw, &value.to_line())),
        }
    }
    let has_address =
        fields.contains_key(&Field::Email) || problems.iter().any(|problem| problem.field.as_deref() == Some("email"));
    if asks_address && !has_address {
        problems.push(Problem::new(Code::EmailMissing).at(Field::Email.to_string()));
    }
    (fields, problems)
}
