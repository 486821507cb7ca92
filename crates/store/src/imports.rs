//! Imports: their rows, from queued to their end.

use domain::{
    hold::Findings,
    ids::{ImportId, IntegrationId, ProgrammeId},
    import::State,
    plan::Counts,
    print::Print,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbBackend,
    EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use crate::{
    Import, Mail, Store, StoreError, StoreResult, due,
    due::Follow,
    entity::{import, outbox},
    sql, work,
    work::Lease,
};

/// What became of the wish to begin something on an integration, of which one import runs at a time (R39).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Started {
    /// It has begun.
    Begun,
    /// Another import is running.
    Busy(ImportId),
    /// The import no longer stands where it did: somebody else was quicker.
    Moved,
}

/// How an approval that leaves the leavers out is noted (R46).
pub const WITHOUT_LEAVERS: &str = "without-leavers";

/// How it is noted that the leavers were agreed to when publishing (R45).
pub const AT_PUBLISHING: &str = "at-publishing";

impl Import {
    /// Its number.
    pub fn number(&self) -> ImportId {
        ImportId(self.id)
    }

    /// The programme it belongs to.
    pub fn programme(&self) -> ProgrammeId {
        ProgrammeId(self.programme_id)
    }

    /// Where it stands.
    pub fn state(&self) -> StoreResult<State> {
        self.state.parse().map_err(StoreError::row)
    }

    /// What its plan comes to.
    pub fn counts(&self) -> StoreResult<Counts> {
        serde_json::from_str(&self.counts).map_err(StoreError::row)
    }

    /// Notes what its plan comes to.
    pub fn set_counts(&mut self, counts: &Counts) -> StoreResult<()> {
        self.counts = serde_json::to_string(counts).map_err(StoreError::row)?;
        Ok(())
    }

    /// What the guard found when it looked at the plan; none before it has.
    pub fn findings(&self) -> StoreResult<Option<Findings>> {
        self.facts.as_deref().map(|facts| serde_json::from_str(facts).map_err(StoreError::row)).transpose()
    }

    /// Notes what the guard found.
    pub fn set_findings(&mut self, findings: &Findings) -> StoreResult<()> {
        self.facts = Some(serde_json::to_string(findings).map_err(StoreError::row)?);
        Ok(())
    }

    /// Whether an administrator approved all of the plan but its leavers (R46).
    pub fn approved_without_leavers(&self) -> bool {
        self.approved.as_deref() == Some(WITHOUT_LEAVERS)
    }
}

impl Store {
    /// Notes a new import.
    pub async fn add_import(&self, import: &Import) -> StoreResult<()> {
        import::Entity::insert(import.clone().into_active_model()).exec_without_returning(&self.write).await?;
        Ok(())
    }

    /// Notes a new import, unless one of the integration is running (R39).
    pub async fn add_import_unless_running(&self, import: &Import) -> StoreResult<Started> {
        let transaction = self.begin().await?;
        let started = add_unless_running(&transaction, import).await?;
        transaction.commit().await?;
        Ok(started)
    }

    /// Moves an import on hold to where somebody goes on with it, unless another one of the integration
    /// is running (R39).
    pub async fn release_import(&self, import: &Import) -> StoreResult<Started> {
        let transaction = self.begin().await?;
        if let Some(running) = lock_and_find_running(&transaction, import).await? {
            return Ok(Started::Busy(running));
        }
        if !write(&transaction, State::OnHold, import).await? {
            return Ok(Started::Moved);
        }
        transaction.commit().await?;
        Ok(Started::Begun)
    }

    /// The import of the integration that somebody is, or should be, working on.
    pub async fn running_import(
        &self,
        programme: ProgrammeId,
        integration: IntegrationId,
    ) -> StoreResult<Option<Import>> {
        let values = vec![programme.0.into(), integration.0.into()];
        Ok(sql::all(&self.read, &running("*"), values).await?.pop())
    }

    /// The import with this number, in whichever programme.
    pub async fn import(&self, id: ImportId) -> StoreResult<Option<Import>> {
        let sql = "SELECT i.* FROM programmes p JOIN imports i ON i.programme_id = p.id AND i.id = $1";
        Ok(sql::all(&self.read, sql, vec![id.0.into()]).await?.pop())
    }

    /// The programme's import with this number.
    pub async fn import_of(&self, programme: ProgrammeId, id: ImportId) -> StoreResult<Option<Import>> {
        Ok(import::Entity::find_by_id((programme.0, id.0)).one(&self.read).await?)
    }

    /// The programme's imports, the newest first.
    pub async fn imports(&self, programme: ProgrammeId, most: u64) -> StoreResult<Vec<Import>> {
        let found = import::Entity::find()
            .filter(import::Column::ProgrammeId.eq(programme.0))
            .order_by_desc(import::Column::Id)
            .limit(most);
        Ok(found.all(&self.read).await?)
    }

    /// The newest import of the integration that stands in one of these states.
    pub async fn newest_import(
        &self,
        programme: ProgrammeId,
        integration: IntegrationId,
        purpose: &str,
        states: &[State],
    ) -> StoreResult<Option<Import>> {
        let filter = Condition::all()
            .add(import::Column::ProgrammeId.eq(programme.0))
            .add(import::Column::IntegrationId.eq(integration.0))
            .add(import::Column::Purpose.eq(purpose))
            .add(import::Column::State.is_in(states.iter().map(|state| state.as_str())));
        let found = import::Entity::find().filter(filter).order_by_desc(import::Column::Id);
        Ok(found.one(&self.write).await?)
    }

    /// The newest preview of the integration that was made with these settings and finished since then
    /// (R45).
    pub async fn newest_preview(
        &self,
        programme: ProgrammeId,
        integration: IntegrationId,
        settings: Print,
        since: i64,
    ) -> StoreResult<Option<Import>> {
        let found = import::Entity::find()
            .filter(import::Column::ProgrammeId.eq(programme.0))
            .filter(import::Column::IntegrationId.eq(integration.0))
            .filter(import::Column::State.eq(State::Previewed.as_str()))
            .filter(import::Column::SettingsPrint.eq(settings.0))
            .filter(import::Column::FinishedAt.gte(since))
            .order_by_desc(import::Column::Id);
        Ok(found.one(&self.write).await?)
    }

    /// Imports of any programme that somebody is, or should be, working on, the oldest first. Those of a suspended
    /// programme wait until it is resumed, unless they have begun to apply: then they only go on (R30).
    pub async fn unfinished_imports(&self) -> StoreResult<Vec<Import>> {
        let sql = "SELECT i.* FROM imports i JOIN programmes p ON p.id = i.programme_id \
                   WHERE i.state IN ('queued', 'reading', 'planning', 'applying') \
                   AND (p.suspended_at IS NULL OR i.state = 'applying') ORDER BY i.id";
        sql::all(&self.read, sql, vec![]).await
    }

    /// Imports of any programme that have been on hold since before then, the longest first.
    pub async fn held_before(&self, then: i64) -> StoreResult<Vec<Import>> {
        let sql = "SELECT * FROM imports WHERE state = 'on-hold' AND held_at < $1 ORDER BY held_at";
        sql::all(&self.read, sql, vec![then.into()]).await
    }

    /// How many people the last whole read of the integration held, of an import or a preview; 0 where there was
    /// none.
    pub async fn people_read(&self, programme: ProgrammeId, integration: IntegrationId) -> StoreResult<u64> {
        let read = [State::Completed, State::Previewed];
        let filter = Condition::all()
            .add(import::Column::ProgrammeId.eq(programme.0))
            .add(import::Column::IntegrationId.eq(integration.0))
            .add(import::Column::State.is_in(read.map(State::as_str)));
        let last = import::Entity::find().filter(filter).order_by_desc(import::Column::Id).one(&self.read).await?;
        Ok(last.map(|import| import.counts()).transpose()?.map_or(0, |counts| counts.read))
    }

    /// Writes what is known of an import, and the mails that follow from it, as one; `false`, and
    /// nothing written, when the import no longer stands where it did.
    pub async fn move_import(
        &self,
        lease: Option<&Lease>,
        from: State,
        import: &Import,
        mails: &[Mail],
    ) -> StoreResult<bool> {
        self.move_import_and(lease, from, import, mails, None).await
    }

    /// The same, and with it what that means for the integration: where it stands, when its next import is due, and the
    /// mails that follow from that.
    pub async fn move_import_and(
        &self,
        lease: Option<&Lease>,
        from: State,
        import: &Import,
        mails: &[Mail],
        follow: Option<&Follow<'_>>,
    ) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        // An import that is not applying yet begins anew when it is taken over: it only moves on once it applies.
        let may_begin_anew = [State::Reading, State::Planning].contains(&import.state()?);
        match lease {
            Some(lease) if may_begin_anew => work::renew(&transaction, lease).await?,
            Some(lease) => work::renew_and_move_on(&transaction, lease).await?,
            None => {}
        }
        let moved = write(&transaction, from, import).await?;
        if moved {
            use_agreement_up(&transaction, from, import).await?;
            add_mails(&transaction, mails).await?;
            if let Some(follow) = follow {
                due::follow(&transaction, import, follow).await?;
            }
            transaction.commit().await?;
        }
        Ok(moved)
    }

    /// Notes how far an import is, for everybody who watches it.
    pub async fn note_progress(&self, import: &Import, done: u64, total: u64) -> StoreResult<()> {
        let sql = "UPDATE imports SET progress_done = $3, progress_total = $4 WHERE programme_id = $1 AND id = $2";
        let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let values = vec![import.programme_id.into(), import.id.into(), count(done).into(), count(total).into()];
        sql::run(&self.write, sql, values).await?;
        Ok(())
    }

    /// Members of the integration who became leavers since then by imports that nobody approved,
    /// and still are (R41).
    pub async fn leavers_since(
        &self,
        programme: ProgrammeId,
        integration: IntegrationId,
        then: i64,
    ) -> StoreResult<u64> {
        // SQLite keeps to the order and the index, and so looks at those who left by one of these imports, not at everybody.
        let by = if self.is_shared() { "" } else { " INDEXED BY members_by_left_import" };
        let sql = format!(
            "SELECT COUNT(*) FROM imports i CROSS JOIN members m{by} \
             WHERE i.programme_id = $1 AND i.integration_id = $2 AND i.approved IS NULL \
             AND m.programme_id = i.programme_id AND m.left_import_id = i.id \
             AND m.integration_id = i.integration_id AND m.state = 'leaver' AND m.left_at >= $3"
        );
        let values = vec![programme.0.into(), integration.0.into(), then.into()];
        let count = sql::number(&self.read, &sql, values).await?.unwrap_or_default();
        Ok(u64::try_from(count).unwrap_or_default())
    }
}

/// The names of states, as a statement lists them.
pub(crate) fn listed(states: &[State]) -> String {
    states.iter().map(|state| format!("'{state}'")).collect::<Vec<_>>().join(", ")
}

fn running(columns: &str) -> String {
    let states = listed(&[State::Queued, State::Reading, State::Planning, State::Applying]);
    format!(
        "SELECT {columns} FROM imports WHERE programme_id = $1 AND integration_id = $2 AND state IN ({states}) \
         ORDER BY id DESC LIMIT 1"
    )
}

/// Adds an import within a transaction, unless one of the integration is running.
pub(crate) async fn add_unless_running(on: &DatabaseTransaction, import: &Import) -> StoreResult<Started> {
    if let Some(running) = lock_and_find_running(on, import).await? {
        return Ok(Started::Busy(running));
    }
    import::Entity::insert(import.clone().into_active_model()).exec_without_returning(on).await?;
    Ok(Started::Begun)
}

/// Whoever begins something on an integration takes their turn here, so that two cannot both find it
/// idle: SQLite has one writer at a time, PostgreSQL locks the integration's row.
async fn lock_and_find_running(on: &DatabaseTransaction, import: &Import) -> StoreResult<Option<ImportId>> {
    #[derive(FromQueryResult)]
    struct Running {
        id: uuid::Uuid,
    }
    lock_integration(on, import).await?;
    let key = vec![import.programme_id.into(), import.integration_id.into()];
    let found = sql::all::<Running, _>(on, &running("id"), key).await?.pop();
    Ok(found.map(|running| ImportId(running.id)))
}

/// Keeps others from the import's integration until the end of the transaction. SQLite has one writer anyway.
pub(crate) async fn lock_integration(on: &DatabaseTransaction, import: &Import) -> StoreResult<()> {
    if on.get_database_backend() == DbBackend::Postgres {
        let lock = "SELECT 1 FROM integrations WHERE programme_id = $1 AND id = $2 FOR NO KEY UPDATE";
        sql::run(on, lock, vec![import.programme_id.into(), import.integration_id.into()]).await?;
    }
    Ok(())
}

/// R45: the leavers who were agreed to when publishing are those of the first import after it. Once its
/// plan was looked at, whatever came of it, the agreement is used up.
async fn use_agreement_up<C: ConnectionTrait>(on: &C, from: State, import: &Import) -> StoreResult<()> {
    let was_looked_at = [State::Applying, State::OnHold].iter().any(|state| state.as_str() == import.state);
    if from == State::Planning && was_looked_at {
        let sql = "UPDATE integrations SET agreed_leavers = NULL WHERE programme_id = $1 AND id = $2 \
                   AND agreed_leavers IS NOT NULL AND published_at <= $3";
        let values = vec![import.programme_id.into(), import.integration_id.into(), import.created_at.into()];
        sql::run(on, sql, values).await?;
    }
    Ok(())
}

async fn write<C: ConnectionTrait>(on: &C, from: State, import: &Import) -> StoreResult<bool> {
    let mut row = import.clone().into_active_model().reset_all();
    // Only applying moves the cursor, in the transaction of the changes (R54).
    row.cursor = NotSet;
    let written = import::Entity::update_many()
        .set(row)
        .filter(import::Column::ProgrammeId.eq(import.programme_id))
        .filter(import::Column::Id.eq(import.id))
        .filter(import::Column::State.eq(from.as_str()))
        .exec(on)
        .await?;
    Ok(written.rows_affected > 0)
}

pub(crate) async fn add_mails<C: ConnectionTrait>(on: &C, mails: &[Mail]) -> StoreResult<()> {
    if !mails.is_empty() {
        let rows = mails.iter().cloned().map(IntoActiveModel::into_active_model);
        outbox::Entity::insert_many(rows).exec_without_returning(on).await?;
    }
    Ok(())
}
