//! Integrations.

use domain::{
    email,
    failing::Streak,
    ids::{ImportId, IntegrationId, ProgrammeId},
    import,
    integration::{Pause, State},
    plan::Counts,
    print::Print,
    rules::Rules,
    schedule::Schedule,
    setup::Recipient,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};

use crate::{Integration, Mail, Store, StoreError, StoreResult, entity::integration, imports, sql, work::Lease};

impl Integration {
    /// Its number.
    pub fn number(&self) -> IntegrationId {
        IntegrationId(self.id)
    }

    /// The programme it belongs to.
    pub fn programme(&self) -> ProgrammeId {
        ProgrammeId(self.programme_id)
    }

    /// The published rules of its imports.
    pub fn rules(&self) -> StoreResult<Rules> {
        let rules = self.rules.as_deref().ok_or_else(|| StoreError::row("the integration is not published"))?;
        serde_json::from_str(rules).map_err(StoreError::row)
    }

    /// Where it stands.
    pub fn state(&self) -> StoreResult<State> {
        self.state.parse().map_err(StoreError::row)
    }

    /// When its imports run by themselves, as published.
    pub fn schedule(&self) -> StoreResult<Schedule> {
        serde_json::from_str(&self.schedule).map_err(StoreError::row)
    }

    /// Who besides the owner is told of its imports, as published.
    pub fn recipients(&self) -> StoreResult<Vec<Recipient>> {
        serde_json::from_str(&self.recipients).map_err(StoreError::row)
    }

    /// Why its schedule is paused; none where it is not.
    pub fn pause(&self) -> StoreResult<Option<Pause>> {
        self.paused_by.as_deref().map(|pause| pause.parse().map_err(StoreError::row)).transpose()
    }

    /// The imports in a row that failed; none after one that could read (R52).
    pub fn streak(&self) -> Option<Streak> {
        let failures = u32::try_from(self.failures).ok().filter(|failures| *failures > 0)?;
        Some(Streak { failures, since: self.failing_since? })
    }

    /// Notes the imports in a row that failed.
    pub fn set_streak(&mut self, streak: Option<Streak>) {
        self.failures = streak.map_or(0, |streak| i32::try_from(streak.failures).unwrap_or(i32::MAX));
        self.failing_since = streak.map(|streak| streak.since);
    }

    /// Makes somebody else its owner; whether the one before has left is of no matter any more (R56).
    pub fn give_to(&mut self, owner: &str) {
        if self.owner != owner {
            owner.clone_into(&mut self.owner);
            (self.owner_left_at, self.owner_left_told_at) = (None, None);
        }
    }

    /// Whether it was ever published.
    pub fn is_published(&self) -> bool {
        self.rules.is_some()
    }

    /// Whether there are credentials.
    pub fn is_authorised(&self) -> bool {
        self.client_id.is_some() && self.secret.is_some()
    }
}

/// How an import ends whose integration is revoked.
#[derive(Debug, Clone, Copy)]
pub struct Ending<'a> {
    /// What the lease of its imports is called.
    pub work: &'a str,
    /// The stable code of the failure.
    pub code: &'a str,
    /// The failure, for people.
    pub text: &'a str,
    /// When it ended, in microseconds of UTC.
    pub now: i64,
}

impl Store {
    /// The programme's integration with this HR system, if there is one.
    pub async fn integration(&self, programme: ProgrammeId, source: &str) -> StoreResult<Option<Integration>> {
        let found = integration::Entity::find()
            .filter(integration::Column::ProgrammeId.eq(programme.0))
            .filter(integration::Column::Source.eq(source));
        Ok(found.one(&self.read).await?)
    }

    /// The programme's integrations, by HR system.
    pub async fn integrations(&self, programme: ProgrammeId) -> StoreResult<Vec<Integration>> {
        let found = integration::Entity::find()
            .filter(integration::Column::ProgrammeId.eq(programme.0))
            .order_by_asc(integration::Column::Source);
        Ok(found.all(&self.read).await?)
    }

    /// The integration with this number, as it is now.
    pub async fn integration_by_number(
        &self,
        programme: ProgrammeId,
        id: IntegrationId,
    ) -> StoreResult<Option<Integration>> {
        Ok(integration::Entity::find_by_id((programme.0, id.0)).one(&self.write).await?)
    }

    /// Adds an integration; `false` when the programme has one with this HR system.
    pub async fn add_integration(&self, integration: &Integration) -> StoreResult<bool> {
        use integration::Column as C;
        let unless_there = OnConflict::columns([C::ProgrammeId, C::Source]).do_nothing().to_owned();
        let insert = integration::Entity::insert(integration.clone().into_active_model()).on_conflict(unless_there);
        let transaction = self.begin().await?;
        let is_added = insert.exec_without_returning(&transaction).await? > 0;
        note_owner(&transaction, integration).await?;
        transaction.commit().await?;
        Ok(is_added)
    }

    /// Puts `now` in the place of `seen`; `false`, and nothing written, when somebody else has changed
    /// the integration since it was seen. What imports note ([`Store::note_rules`]) is left alone.
    pub async fn change_integration(&self, seen: &Integration, now: &Integration) -> StoreResult<bool> {
        change(&self.write, seen, now).await
    }

    /// Takes the credentials away, and with them every import that has not begun to make changes:
    /// `now` takes the place of `seen`, and those imports fail, whoever works on them. Tells which, or
    /// `None`, and nothing is written, when somebody else has changed the integration. `mail` makes the
    /// mail about one of them.
    pub async fn revoke_integration(
        &self,
        seen: &Integration,
        now: &Integration,
        ending: Ending<'_>,
        mail: &(dyn Fn(ImportId) -> Mail + Sync),
    ) -> StoreResult<Option<Vec<ImportId>>> {
        #[derive(FromQueryResult)]
        struct Ended {
            id: uuid::Uuid,
            purpose: String,
            was_running: bool,
        }
        let transaction = self.begin().await?;
        // In the order in which whoever works on an import takes them: first the lease, then import and integration.
        let work = vec![seen.programme_id.into(), ending.work.into()];
        let hold = "UPDATE work SET heartbeat = heartbeat WHERE programme_id = $1 AND kind = $2";
        sql::run(&transaction, hold, work.clone()).await?;
        if !change(&transaction, seen, now).await? {
            return Ok(None);
        }
        let of = vec![seen.programme_id.into(), seen.id.into()];
        let open =
            "programme_id = $1 AND integration_id = $2 AND state IN ('queued', 'reading', 'planning', 'on-hold')";
        let ended = format!("SELECT id, purpose, state <> 'on-hold' AS was_running FROM imports WHERE {open}");
        let ended: Vec<Ended> = sql::all(&transaction, &ended, of.clone()).await?;
        for table in ["changes", "problems"] {
            let sql = format!(
                "DELETE FROM {table} WHERE programme_id = $1 AND import_id IN (SELECT id FROM imports WHERE {open})"
            );
            sql::run(&transaction, &sql, of.clone()).await?;
        }
        let fail = format!(
            "UPDATE imports SET state = $3, stage_since = $4, finished_at = $4, failure_code = $5, failure = $6, \
             counts = $7 WHERE {open}"
        );
        let counts = serde_json::to_string(&Counts::default()).map_err(StoreError::row)?;
        let failed = import::State::Failed.as_str();
        let values = vec![failed.into(), ending.now.into(), ending.code.into(), ending.text.into(), counts.into()];
        sql::run(&transaction, &fail, [of, values].concat()).await?;
        if ended.iter().any(|import| import.was_running) {
            // Whoever is at work finds out at the next statement, and writes nothing more.
            let end = "DELETE FROM work WHERE programme_id = $1 AND kind = $2";
            sql::run(&transaction, end, work).await?;
        }
        let told = ended.iter().filter(|import| import.purpose == import::Purpose::Apply.as_str());
        let mails: Vec<Mail> = told.map(|import| mail(ImportId(import.id))).collect();
        imports::add_mails(&transaction, &mails).await?;
        transaction.commit().await?;
        Ok(Some(ended.into_iter().map(|import| ImportId(import.id)).collect()))
    }

    /// Makes the integration, or replaces what is known of it but for when it was made.
    pub async fn save_integration(&self, integration: &Integration) -> StoreResult<()> {
        use integration::Column as C;
        let replace = OnConflict::columns([C::ProgrammeId, C::Id])
            .update_columns([
                C::Owner,
                C::BaseUrl,
                C::ClientId,
                C::Secret,
                C::RequestsPerMinute,
                C::Schedule,
                C::Recipients,
                C::Rules,
                C::Draft,
                C::AgreedLeavers,
                C::State,
                C::DueAt,
                C::PausedBy,
                C::Failures,
                C::FailingSince,
                C::OwnerLeftAt,
                C::OwnerLeftToldAt,
                C::PublishedAt,
                C::UpdatedAt,
            ])
            .to_owned();
        let row = integration.clone().into_active_model();
        let transaction = self.begin().await?;
        integration::Entity::insert(row).on_conflict(replace).exec_without_returning(&transaction).await?;
        note_owner(&transaction, integration).await?;
        Ok(transaction.commit().await?)
    }

    /// Notes the rules under which all records are now noted (see [`Rules::print`]), for whoever has the lease.
    pub async fn note_rules(&self, lease: &Lease, integration: &Integration, print: Print) -> StoreResult<()> {
        let sql = "UPDATE integrations SET rules_print = $3 WHERE programme_id = $1 AND id = $2";
        let values = vec![integration.programme_id.into(), integration.id.into(), print.0.into()];
        self.run_under(lease, sql, values).await?;
        Ok(())
    }
}

/// What imports, members and the clock note beside the settings.
type Noted = (Option<i64>, Option<String>, i32, Option<i64>, Option<i64>, Option<i64>);

fn noted(integration: &Integration) -> Noted {
    let Integration { due_at, paused_by, failures, failing_since, owner_left_at, owner_left_told_at, .. } = integration;
    (*due_at, paused_by.clone(), *failures, *failing_since, *owner_left_at, *owner_left_told_at)
}

async fn change<C: ConnectionTrait>(on: &C, seen: &Integration, now: &Integration) -> StoreResult<bool> {
    let sql = "UPDATE integrations SET owner = $3, base_url = $4, client_id = $5, secret = $6, \
               requests_per_minute = $7, schedule = $8, recipients = $9, rules = $10, draft = $11, \
               agreed_leavers = $12, state = $13, published_at = $14, updated_at = $15, owner_key = $20 \
               WHERE programme_id = $1 AND id = $2 AND state = $16 AND draft IS NOT DISTINCT FROM $17 \
               AND client_id IS NOT DISTINCT FROM $18 AND agreed_leavers IS NOT DISTINCT FROM $19";
    let values = vec![
        seen.programme_id.into(),
        seen.id.into(),
        now.owner.clone().into(),
        now.base_url.clone().into(),
        now.client_id.clone().into(),
        now.secret.clone().into(),
        now.requests_per_minute.into(),
        now.schedule.clone().into(),
        now.recipients.clone().into(),
        now.rules.clone().into(),
        now.draft.clone().into(),
        now.agreed_leavers.clone().into(),
        now.state.clone().into(),
        now.published_at.into(),
        now.updated_at.into(),
        seen.state.clone().into(),
        seen.draft.clone().into(),
        seen.client_id.clone().into(),
        seen.agreed_leavers.clone().into(),
        email::key(&now.owner).into(),
    ];
    let changed = sql::run(on, sql, values).await? > 0;
    // What others note meanwhile stays, unless the change is about it.
    if changed && noted(seen) != noted(now) {
        note(on, now).await?;
    }
    Ok(changed)
}

/// Notes the owner as addresses are compared: databases fold letters in ways of their own (R56).
async fn note_owner<C: ConnectionTrait>(on: &C, now: &Integration) -> StoreResult<()> {
    let sql = "UPDATE integrations SET owner_key = $3 WHERE programme_id = $1 AND id = $2";
    let values = vec![now.programme_id.into(), now.id.into(), email::key(&now.owner).into()];
    sql::run(on, sql, values).await?;
    Ok(())
}

/// Writes where it stands, what is noted beside the settings, and which leavers are agreed to.
pub(crate) async fn note<C: ConnectionTrait>(on: &C, now: &Integration) -> StoreResult<()> {
    let sql = "UPDATE integrations SET state = $3, due_at = $4, paused_by = $5, failures = $6, failing_since = $7, \
               owner_left_at = $8, owner_left_told_at = $9, agreed_leavers = $10 WHERE programme_id = $1 AND id = $2";
    let (due_at, paused_by, failures, failing_since, owner_left_at, owner_left_told_at) = noted(now);
    let values = vec![
        now.programme_id.into(),
        now.id.into(),
        now.state.clone().into(),
        due_at.into(),
        paused_by.into(),
        failures.into(),
        failing_since.into(),
        owner_left_at.into(),
        owner_left_told_at.into(),
        now.agreed_leavers.clone().into(),
    ];
    sql::run(on, sql, values).await?;
    Ok(())
}
