//! Putting a set-up file into effect: the source is asked first, and only then anything is written.

use domain::{
    ids::ProgrammeId,
    integration::State,
    record::Attribute,
    rules::MappedAttribute,
    setup::{Draft, Mistakes},
};
use secrecy::ExposeSecret;
use sources::{Source, SourceError, personio};
use store::{Integration, Programme, StoreError};

use super::{
    Authorisation, SetUp, SetUpError,
    authorise::confirmed,
    life::reconnect,
    steps::{published_rules, standing},
    waiting::Waiting,
};
use crate::{Actor, Deed, Engine, EngineError, EngineResult, source::Access};

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
    /// Whether the settings are in effect.
    pub standing: Standing,
}

/// Where the settings of a file stand now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// They are in effect: there were none before.
    Published,
    /// They were in effect before.
    Unchanged,
    /// They wait beside the published ones until they are published.
    Draft,
}

impl Engine {
    /// Checks the credentials and what they share (R8), then takes the settings over: at once where nothing
    /// was published before, else as a draft that waits to be published (R45). Credentials count at once;
    /// those that open another company need the number of members, `confirmed_members`. Doing it twice
    /// changes nothing.
    pub async fn set_up(
        &self,
        set_up: &SetUp,
        confirmed_members: Option<u64>,
        by: &Actor,
    ) -> EngineResult<SetUpReport> {
        let report = self.connect_and_take_over(set_up, confirmed_members, by).await;
        // The process may end now, and the first import need not wait until its count of requests is given up.
        self.rest_sources().await;
        report
    }

    async fn connect_and_take_over(
        &self,
        set_up: &SetUp,
        confirmed_members: Option<u64>,
        by: &Actor,
    ) -> EngineResult<SetUpReport> {
        let access = Access {
            base_url: set_up.base_url.clone(),
            client_id: set_up.client_id.clone(),
            client_secret: set_up.client_secret.clone(),
            requests_per_minute: set_up.requests_per_minute,
            patience: None,
        };
        let source =
            self.source(access).await.map_err(|error| SetUpError::value("[integration]", format!("{error}."), ""))?;
        source.check().await.map_err(|error| not_connected(&error))?;
        let shared = source.attributes().await.map_err(|error| not_connected(&error))?;
        let mut draft = set_up.draft.clone();
        check_indispensable(&draft, &shared)?;
        let not_shared = learn_types(&mut draft, &shared);
        let known = match self.store.programme(&set_up.slug).await? {
            Some(programme) => self.store.integration(programme.number(), &set_up.source).await?,
            None => None,
        };
        let created = known.is_none();
        let standing = match known {
            Some(known) if known.is_published() => {
                self.set_up_again(set_up, &known, &draft, &source, confirmed_members, by).await?
            }
            known => {
                let programme = self.save_programme(set_up).await?;
                self.publish_first(set_up, programme, known, &draft, by).await?;
                Standing::Published
            }
        };
        Ok(SetUpReport {
            programme: set_up.slug.clone(),
            source: source.describe().name,
            attributes: shared.len(),
            not_shared,
            created,
            standing,
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
            suspended_at: known.as_ref().and_then(|programme| programme.suspended_at),
            created_at: known.map_or_else(|| self.now(), |programme| programme.created_at),
        };
        self.store.save_programme(&programme).await?;
        Ok(programme.number())
    }

    /// Nothing was published before, so there is nothing that a preview could be compared with.
    async fn publish_first(
        &self,
        set_up: &SetUp,
        programme: ProgrammeId,
        known: Option<Integration>,
        draft: &Draft,
        by: &Actor,
    ) -> EngineResult<()> {
        let id = known.as_ref().map_or_else(|| self.new_id(), |integration| integration.id);
        let text = |error: serde_json::Error| EngineError::from(StoreError::row(error));
        let integration = Integration {
            programme_id: programme.0,
            id,
            source: set_up.source.clone(),
            owner: set_up.owner.clone(),
            base_url: set_up.base_url.clone(),
            client_id: Some(set_up.client_id.clone()),
            secret: Some(self.key.seal(&set_up.client_secret, id, &*self.world)?),
            requests_per_minute: set_up.requests_per_minute.and_then(|number| i32::try_from(number).ok()),
            schedule: serde_json::to_string(&draft.schedule).map_err(text)?,
            recipients: serde_json::to_string(&draft.recipients).map_err(text)?,
            rules: Some(serde_json::to_string(&draft.rules(personio::DESCRIPTION.status_attribute)).map_err(text)?),
            rules_print: None,
            draft: None,
            agreed_leavers: None,
            due_at: None,
            paused_by: None,
            failures: 0,
            failing_since: None,
            owner_left_at: None,
            owner_left_told_at: None,
            state: State::Live.as_str().to_owned(),
            published_at: Some(self.now()),
            created_at: known.map_or_else(|| self.now(), |integration| integration.created_at),
            updated_at: self.now(),
        };
        let integration = Integration { due_at: self.first_due(&integration).await?, ..integration };
        self.store.save_integration(&integration).await?;
        self.forget_source(&integration).await?;
        let deed =
            Deed { action: "integration.published", subject: &set_up.source, before: None::<()>, after: Some(draft) };
        self.note(programme, by, deed).await
    }

    /// Whatever is wrong is found before anything is written; then the programme, the connection and the
    /// owner count at once, and the settings wait.
    async fn set_up_again(
        &self,
        set_up: &SetUp,
        known: &Integration,
        draft: &Draft,
        source: &dyn Source,
        confirmed_members: Option<u64>,
        by: &Actor,
    ) -> EngineResult<Standing> {
        let rules = published_rules(known)?;
        let mistakes = draft.check(standing(known, rules.as_ref())?);
        Mistakes::unless_none(mistakes).map_err(SetUpError::from)?;
        let reconnects = self.is_another_connection(set_up, known);
        if reconnects {
            let found = self.what_opens(known, source).await?;
            if let Authorisation::Unreachable { detail, .. } = &found {
                return Err(SetUpError::value("[integration]", format!("{detail}."), "Try again later.").into());
            }
            confirmed(found, confirmed_members)?;
        }
        self.save_programme(set_up).await?;
        let (seen, now, ()) = self
            .change(known, |integration| {
                if reconnects {
                    integration.client_id = Some(set_up.client_id.clone());
                    integration.secret = Some(self.key.seal(&set_up.client_secret, integration.id, &*self.world)?);
                }
                // They were tried, whether they are others or the same.
                reconnect(integration)?;
                integration.base_url.clone_from(&set_up.base_url);
                integration.requests_per_minute =
                    set_up.requests_per_minute.and_then(|number| i32::try_from(number).ok());
                integration.give_to(&set_up.owner);
                Waiting { draft: Some(draft.clone()), pending: None }.write(integration)
            })
            .await?;
        if reconnects {
            self.forget_source(&seen).await?;
            self.note(seen.programme(), by, Deed::new("integration.authorised", &seen.source)).await?;
        }
        self.note_change(&seen, by, "integration.handed-over", seen.owner.clone(), now.owner.clone()).await?;
        let (before, after) = (self.draft_of(&seen)?, self.draft_of(&now)?);
        self.note_change(&seen, by, "integration.draft", before, after).await?;
        let waits = self.has_draft(&now)? || now.state()? == State::Revoked;
        Ok(if waits { Standing::Draft } else { Standing::Unchanged })
    }

    fn is_another_connection(&self, set_up: &SetUp, known: &Integration) -> bool {
        let (Some(client_id), Some(secret)) = (&known.client_id, &known.secret) else { return true };
        if *client_id != set_up.client_id || known.base_url != set_up.base_url {
            return true;
        }
        // Credentials that another key sealed cannot be compared: they are entered anew.
        let secret = self.key.open(secret, known.id).ok();
        secret.is_none_or(|secret| secret.expose_secret() != set_up.client_secret.expose_secret())
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
fn check_indispensable(draft: &Draft, shared: &[Attribute]) -> Result<(), SetUpError> {
    for (attribute, purpose) in draft.rules(personio::DESCRIPTION.status_attribute).indispensable() {
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
fn learn_types(draft: &mut Draft, shared: &[Attribute]) -> Vec<String> {
    let mut missing = Vec::new();
    for MappedAttribute { key, kind } in draft.mapping.values_mut() {
        match shared.iter().find(|attribute| attribute.key == *key) {
            Some(attribute) => *kind = attribute.kind,
            None => missing.push(key.clone()),
        }
    }
    missing
}
