//! Putting a set-up into effect: the source is asked first, and only then anything is written.

use domain::{ids::ProgrammeId, record::Attribute, rules::Rules};
use sources::{Source, SourceError, personio};
use store::{Integration, Programme};

use super::{SetUp, SetUpError};
use crate::{Engine, EngineError, EngineResult, source::Access};

/// What a set-up came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUpReport {
    /// The programme's name in commands.
    pub programme: String,
    /// The HR system's name.
    pub source: &'static str,
    /// How many attributes the credentials share.
    pub attributes: usize,
    /// Mapped attributes that are not shared now: their fields stay as they are until they are.
    pub not_shared: Vec<String>,
    /// Whether the integration is new.
    pub created: bool,
}

impl Engine {
    /// Checks the credentials and what they share (R8), then makes the integration live. Doing it
    /// twice changes nothing.
    pub async fn set_up(&self, set_up: &SetUp) -> EngineResult<SetUpReport> {
        let access = Access {
            base_url: set_up.base_url.clone(),
            client_id: set_up.client_id.clone(),
            client_secret: set_up.client_secret.clone(),
            requests_per_minute: set_up.requests_per_minute,
        };
        let source =
            self.source(access).await.map_err(|error| SetUpError::value("[integration]", format!("{error}."), ""))?;
        source.check().await.map_err(|error| not_connected(&error))?;
        let shared = source.attributes().await.map_err(|error| not_connected(&error))?;
        let mut rules = set_up.rules.clone();
        check_indispensable(&rules, &shared)?;
        let not_shared = learn_types(&mut rules, &shared);
        let programme = self.save_programme(set_up).await?;
        let created = self.save_integration(set_up, programme, &rules).await?;
        Ok(SetUpReport {
            programme: set_up.slug.clone(),
            source: source.describe().name,
            attributes: shared.len(),
            not_shared,
            created,
        })
    }

    async fn save_programme(&self, set_up: &SetUp) -> EngineResult<ProgrammeId> {
        let known = self.store.programme(&set_up.slug).await?;
        let programme = Programme {
            id: known.as_ref().map_or_else(|| self.new_id(), |programme| programme.id),
            slug: set_up.slug.clone(),
            name: set_up.name.clone(),
            time_zone: set_up.time_zone.clone(),
            settings: known.as_ref().map_or_else(|| "{}".to_owned(), |programme| programme.settings.clone()),
            created_at: known.map_or_else(|| self.now(), |programme| programme.created_at),
        };
        self.store.save_programme(&programme).await?;
        Ok(programme.number())
    }

    async fn save_integration(&self, set_up: &SetUp, programme: ProgrammeId, rules: &Rules) -> EngineResult<bool> {
        let known = self.store.integration(programme, &set_up.source).await?;
        let created = known.is_none();
        let id = known.as_ref().map_or_else(|| self.new_id(), |integration| integration.id);
        let integration = Integration {
            programme_id: programme.0,
            id,
            source: set_up.source.clone(),
            owner: set_up.owner.clone(),
            base_url: set_up.base_url.clone(),
            client_id: Some(set_up.client_id.clone()),
            secret: Some(self.key.seal(&set_up.client_secret, id, &*self.world)?),
            requests_per_minute: set_up.requests_per_minute.and_then(|number| i32::try_from(number).ok()),
            schedule: set_up.frequency.to_owned(),
            recipients: "[]".to_owned(),
            rules: Some(serde_json::to_string(rules).map_err(|error| SetUpError::Form(error.to_string()))?),
            rules_print: None,
            draft: None,
            agreed_leavers: None,
            state: "live".to_owned(),
            published_at: Some(self.now()),
            created_at: known.map_or_else(|| self.now(), |integration| integration.created_at),
            updated_at: self.now(),
        };
        self.store.save_integration(&integration).await?;
        Ok(created)
    }
}

fn not_connected(error: &SourceError) -> EngineError {
    let remedy = match error {
        SourceError::CredentialsRefused { .. } => {
            "Copy client id and secret again from Personio (Marketplace > Connected integrations); \
             the secret is shown once, so you may have to make new credentials."
        }
        SourceError::Forbidden { .. } => "In Personio, tick Read for Employees for these credentials.",
        SourceError::Unreachable { .. } | SourceError::Limited { .. } => {
            "Check the address and the network, or try again later."
        }
        _ => "Check [integration] base_url.",
    };
    SetUpError::value("[integration]", format!("{error}."), remedy).into()
}

/// R8: without these nobody can be judged.
fn check_indispensable(rules: &Rules, shared: &[Attribute]) -> Result<(), SetUpError> {
    for (attribute, purpose) in rules.indispensable() {
        let always = attribute == personio::DESCRIPTION.id_attribute;
        if always || shared.iter().any(|one| one.key == attribute) {
            continue;
        }
        let place = if purpose == "the segment" { "[[segment]]" } else { "[mapping]" };
        let problem = format!("Personio does not share the attribute “{attribute}”, which is needed for {purpose}.");
        let known: Vec<&str> = shared.iter().map(|one| one.key.as_str()).collect();
        let remedy = format!(
            "Allow it in Personio under “Readable employee attributes” of these credentials. Shared now: {}.",
            known.join(", ")
        );
        return Err(SetUpError::value(place, problem, remedy));
    }
    Ok(())
}

/// Takes over the attributes' types, which custom fields are checked by; gives back those that are
/// mapped and not shared.
fn learn_types(rules: &mut Rules, shared: &[Attribute]) -> Vec<String> {
    let mut missing = Vec::new();
    for mapped in rules.mapping.values_mut() {
        match shared.iter().find(|attribute| attribute.key == mapped.key) {
            Some(attribute) => mapped.kind = attribute.kind,
            None => missing.push(mapped.key.clone()),
        }
    }
    missing
}
