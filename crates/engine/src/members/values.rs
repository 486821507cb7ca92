//! What an administrator enters for a member: the same values, and the same checks, as an import's.

use std::collections::BTreeMap;

use domain::{
    email,
    field::{self, Field, Fields},
    ids::MemberId,
    member::{Member, State},
    names,
    problem::{Code, Problem},
    record::{AttributeType, Value},
};
use serde_json::json;
use store::{Programme, members::Listed};

use super::by_hand::changed_meanwhile;
use crate::{Actor, Deed, Engine, EngineError, EngineResult, Refusal};

/// How somebody is made a member by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ways {
    /// Whether they are invited.
    pub invite: bool,
    /// Whether they are added though a member has the same names and date of birth (R15).
    pub all_the_same: bool,
}

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
    /// wrong with the entries comes back as [`EngineError::Person`], and so does a member with the same names and
    /// date of birth (R15), unless somebody has seen that and adds them all the same.
    pub async fn add_member(
        &self,
        programme: &Programme,
        entries: &MemberEntries,
        ways: Ways,
        by: &Actor,
    ) -> EngineResult<MemberId> {
        let fields = self.checked(programme, entries, None).await?;
        if !ways.all_the_same {
            self.require_nobody_like(programme, &fields).await?;
        }
        let id = MemberId(self.new_id());
        let mail = if ways.invite {
            let rules = self.welcome_rules(programme).await?;
            Some(self.invitation_by_hand(programme, &rules, id, &fields))
        } else {
            None
        };
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

    /// Refuses somebody who seems to be known under another address (R15).
    async fn require_nobody_like(&self, programme: &Programme, fields: &Fields) -> EngineResult<()> {
        let Some(key) = names::twin_key(fields) else { return Ok(()) };
        let twins = self.store.members_by_twin(programme.number(), &[&key]).await?;
        let problem = |twin: &Member| {
            let code = if twin.state.is_current() { Code::PossibleDuplicate } else { Code::PossibleRehire };
            Problem::new(code).at(Field::LastName.to_string()).about(twin.employee_id.as_deref())
        };
        if twins.is_empty() { Ok(()) } else { Err(EngineError::Person(twins.iter().map(problem).collect())) }
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
            return Err(Refusal::AccountClosed {}.into());
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
            } else if own.is_none() {
                let erased = self.erased_addresses(programme).await?.problem(Some(&key));
                problems.extend(erased.filter(|problem| problem.code == Code::ErasedOnRequest));
            }
        }
        if problems.is_empty() { Ok(fields) } else { Err(EngineError::Person(problems)) }
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
