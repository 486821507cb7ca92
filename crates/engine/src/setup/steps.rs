//! The steps of a set-up that only save settings: *Initial Setup* and *Mapping*.

use std::collections::BTreeMap;

use domain::{
    eligibility::SegmentRow,
    email,
    field::Field,
    integration::State,
    record::{Attribute, AttributeType},
    rules::{Absent, MappedAttribute, Rules},
    schedule::Schedule,
    setup::{Draft, Flaw, Mistake, Mistakes, Place, Published, Recipient, Step},
};
use serde::Serialize;
use sources::personio;
use store::{Integration, Programme, StoreError};

use super::waiting::{Waiting, published};
use crate::{Actor, Deed, Engine, EngineError, EngineResult, Refusal};

/// What *Initial Setup* saves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Basics {
    /// When imports run by themselves.
    pub schedule: Schedule,
    /// Who besides the owner is told of imports.
    pub recipients: Vec<Recipient>,
    /// Whether joiners get an invitation (R32).
    pub welcome_email: bool,
    /// Domains of made-up addresses (R32).
    pub no_mailbox_domains: Vec<String>,
    /// How many days before the hire date somebody may be a member (R20).
    pub early_days: Option<u16>,
    /// What becomes of members that are absent (R22).
    pub absent: Absent,
}

impl Basics {
    /// As the draft has them.
    pub fn of(draft: &Draft) -> Self {
        Self {
            schedule: draft.schedule,
            recipients: draft.recipients.clone(),
            welcome_email: draft.welcome_email,
            no_mailbox_domains: draft.no_mailbox_domains.clone(),
            early_days: draft.early_days,
            absent: draft.absent,
        }
    }

    fn put_into(&self, draft: &mut Draft) {
        draft.schedule = self.schedule;
        let trimmed = |one: &Recipient| Recipient { address: one.address.trim().to_owned(), ..one.clone() };
        draft.recipients = self.recipients.iter().map(trimmed).collect();
        draft.welcome_email = self.welcome_email;
        draft.no_mailbox_domains = self.no_mailbox_domains.iter().map(|domain| email::key(domain)).collect();
        draft.early_days = self.early_days;
        draft.absent = self.absent;
        draft.saved.insert(Step::InitialSetup);
    }
}

/// What *Mapping* saves: attributes by key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The attribute that holds the employee ID.
    pub employee_id: String,
    /// The attribute that feeds each field, custom ones included.
    pub fields: BTreeMap<Field, String>,
    /// Who may be a member.
    pub segment: Vec<SegmentRow>,
}

impl Choice {
    /// As the draft has it.
    pub fn of(draft: &Draft) -> Self {
        Self {
            employee_id: draft.employee_id.clone(),
            fields: draft.mapping.iter().map(|(field, from)| (field.clone(), from.key.clone())).collect(),
            segment: draft.segment.clone(),
        }
    }

    /// The draft with this choice: custom fields are checked by the types that the source gives their
    /// attributes; of one that it does not share, what was known before is kept.
    pub fn put_into(&self, draft: &Draft, shared: &[Attribute]) -> Draft {
        let kind = |key: &str| {
            let listed = shared.iter().find(|attribute| attribute.key == key).map(|attribute| attribute.kind);
            let known = draft.mapping.values().find(|mapped| mapped.key == key).map(|mapped| mapped.kind);
            listed.or(known).unwrap_or(AttributeType::Text)
        };
        let mut draft = draft.clone();
        let mapped = |key: &String| MappedAttribute { key: key.clone(), kind: kind(key) };
        let mapping = self.fields.iter().map(|(field, key)| (field.clone(), mapped(key))).collect();
        draft.mapping = mapping;
        draft.employee_id.clone_from(&self.employee_id);
        draft.segment.clone_from(&self.segment);
        draft
    }
}

impl Engine {
    /// Begins to set an integration up, or finds the one that there is. It is told of to `owner`, an
    /// e-mail address.
    pub async fn begin_set_up(
        &self,
        programme: &Programme,
        source: &str,
        owner: &str,
        by: &Actor,
    ) -> EngineResult<Integration> {
        if let Some(known) = self.store.integration(programme.number(), source).await? {
            return Ok(known);
        }
        if source != personio::DESCRIPTION.key {
            return Err(EngineError::NotFound {
                what: format!("“{source}” cannot be read."),
                remedy: format!("Choose “{}”.", personio::DESCRIPTION.key),
            });
        }
        check_owner(owner)?;
        let limit = self.settings.source_requests_per_minute;
        let integration = Integration {
            programme_id: programme.id,
            id: self.new_id(),
            source: source.to_owned(),
            owner: owner.to_owned(),
            base_url: self.settings.source_base_url.clone(),
            client_id: None,
            secret: None,
            requests_per_minute: limit.and_then(|number| i32::try_from(number).ok()),
            schedule: serde_json::to_string(&Schedule::default()).map_err(StoreError::row)?,
            recipients: "[]".to_owned(),
            rules: None,
            rules_print: None,
            draft: None,
            agreed_leavers: None,
            due_at: None,
            paused_by: None,
            failures: 0,
            failing_since: None,
            owner_left_at: None,
            owner_left_told_at: None,
            state: State::Draft.as_str().to_owned(),
            published_at: None,
            created_at: self.now(),
            updated_at: self.now(),
        };
        if self.store.add_integration(&integration).await? {
            self.note(programme.number(), by, Deed::new("integration.begun", source)).await?;
            return Ok(integration);
        }
        // Somebody else began at the same moment.
        self.integration(programme, Some(source)).await
    }

    /// Saves *Initial Setup*. On a published integration it waits until it is published again.
    pub async fn save_basics(&self, integration: &Integration, basics: &Basics, by: &Actor) -> EngineResult<Draft> {
        let (seen, _, draft) = self
            .change(integration, |integration| {
                let mut draft = self.draft_of(integration)?;
                basics.put_into(&mut draft);
                Mistakes::unless_none(draft.check_basics())?;
                let waiting = Waiting { draft: Some(draft.clone()), ..Waiting::of(integration)? };
                waiting.write(integration)?;
                Ok(draft)
            })
            .await?;
        let (before, after) = (Basics::of(&self.draft_of(&seen)?), Basics::of(&draft));
        self.note_change(&seen, by, "integration.initial-setup", before, after).await?;
        Ok(draft)
    }

    /// Saves *Mapping*. The source is asked what it shares: status, e-mail and segment attributes must
    /// be (R8), and whatever is newly mapped. On a published integration it waits until it is published
    /// again; custom fields then change only once it was revoked and authorised again.
    pub async fn save_mapping(&self, integration: &Integration, choice: &Choice, by: &Actor) -> EngineResult<Draft> {
        let shared = self.attributes(integration).await?;
        let (seen, _, draft) = self
            .change(integration, |integration| {
                let before = self.draft_of(integration)?;
                let mut draft = choice.put_into(&before, &shared);
                draft.saved.insert(Step::Mapping);
                let mut mistakes = self.check_mapping(integration, &draft)?;
                mistakes.extend(not_shared(&draft, &before, &shared));
                Mistakes::unless_none(mistakes)?;
                let waiting = Waiting { draft: Some(draft.clone()), ..Waiting::of(integration)? };
                waiting.write(integration)?;
                Ok(draft)
            })
            .await?;
        let (before, after) = (Choice::of(&self.draft_of(&seen)?), Choice::of(&draft));
        self.note_change(&seen, by, "integration.mapping", before, after).await?;
        Ok(draft)
    }

    /// What is wrong with the draft's mapping, apart from what the source does not share.
    pub fn check_mapping(&self, integration: &Integration, draft: &Draft) -> EngineResult<Vec<Mistake>> {
        let rules = published_rules(integration)?;
        Ok(draft.check_mapping(standing(integration, rules.as_ref())?))
    }

    /// Gives the settings up that wait to be published: what is published stays.
    pub async fn discard_draft(&self, integration: &Integration, by: &Actor) -> EngineResult<Integration> {
        let (seen, now, ()) = self
            .change(integration, |integration| {
                if !integration.is_published() {
                    return Err(Refusal::NothingPublished {}.into());
                }
                Waiting { draft: None, ..Waiting::of(integration)? }.write(integration)
            })
            .await?;
        if self.has_draft(&seen)? {
            self.note(seen.programme(), by, Deed::new("integration.draft-discarded", &seen.source)).await?;
        }
        Ok(now)
    }

    /// A first mapping, from what the source shares.
    pub fn suggested_mapping(&self, shared: &[Attribute]) -> BTreeMap<Field, MappedAttribute> {
        personio::suggest(shared)
    }

    /// Notes a change of settings, unless nothing changed.
    pub(super) async fn note_change<T: Serialize + PartialEq>(
        &self,
        integration: &Integration,
        by: &Actor,
        action: &str,
        before: T,
        after: T,
    ) -> EngineResult<()> {
        if before == after {
            return Ok(());
        }
        let deed = Deed { action, subject: &integration.source, before: Some(before), after: Some(after) };
        self.note(integration.programme(), by, deed).await
    }
}

pub(super) fn published_rules(integration: &Integration) -> EngineResult<Option<Rules>> {
    Ok(published(integration)?.map(|draft| draft.rules(personio::DESCRIPTION.status_attribute)))
}

/// What a draft of this integration would take the place of.
pub(super) fn standing<'a>(integration: &Integration, rules: Option<&'a Rules>) -> EngineResult<Option<Published<'a>>> {
    let was_revoked = integration.state()? == State::Revoked;
    Ok(rules.map(|rules| Published { rules, was_revoked }))
}

pub(super) fn check_owner(owner: &str) -> EngineResult<()> {
    if email::is_valid(owner) {
        return Ok(());
    }
    Err(Refusal::NotAnAddress { address: owner.to_owned() }.into())
}

/// R8: what people are judged by has to be shared. Another attribute that was mapped before and has gone
/// away may stay: members keep what they have (R34).
fn not_shared(draft: &Draft, before: &Draft, shared: &[Attribute]) -> Vec<Mistake> {
    let is_shared = |key: &str| key == personio::DESCRIPTION.id_attribute || shared.iter().any(|one| one.key == key);
    let was_mapped = |key: &str| before.mapping.values().any(|mapped| mapped.key == key);
    let identity = std::iter::once((Place::EmployeeId, draft.employee_id.as_str(), true));
    let fields = draft.mapping.iter().map(|(field, mapped)| {
        let needed = field.is_mandatory() || !was_mapped(&mapped.key);
        (Place::Field(field.clone()), mapped.key.as_str(), needed)
    });
    let segment = draft.segment.iter().enumerate();
    let segment = segment.map(|(number, row)| (Place::Segment(number), row.attribute.as_str(), true));
    identity
        .chain(fields)
        .chain(segment)
        .filter(|(_, key, needed)| *needed && !key.trim().is_empty() && !is_shared(key))
        .map(|(place, key, _)| Mistake::new(place, Flaw::AttributeNotShared { attribute: key.to_owned() }))
        .collect()
}
