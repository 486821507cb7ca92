//! Imports: their rows, from queued to their end.

use std::collections::HashMap;

use domain::{
    hold::Findings,
    ids::{ImportId, IntegrationId, ProgrammeId},
    import::State,
    plan::Counts,
    print::Print,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, FromQueryResult, IdenStatic,
    IntoActiveModel, Iterable, ModelTrait, QueryFilter, QueryOrder, QuerySelect, Value,
};
use serde_json::json;

use crate::{
    Import, Integration, Mail, Store, StoreError, StoreResult, bulk, due,
    due::Follow,
    entity::{import, outbox},
    sql::{self, Holds},
    work,
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
        let (sql, values) = moving(State::OnHold, import);
        if sql::run(&transaction, &sql, values).await? == 0 {
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
        Ok(sql::all(&self.read, &running("i.*"), values).await?.pop())
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

    /// How many people the last whole read of each of these integrations held, of an import or a preview; 0 where there
    /// was none.
    pub async fn people_read(&self, of: &[&Integration]) -> StoreResult<HashMap<IntegrationId, StoreResult<u64>>> {
        #[derive(FromQueryResult)]
        struct Last {
            integration_id: uuid::Uuid,
            counts: Option<String>,
        }
        let sql = format!(
            "SELECT g.integration_id AS integration_id, (SELECT i.counts FROM imports i \
             WHERE i.programme_id = g.programme_id AND i.integration_id = g.integration_id AND i.state IN ({}) \
             ORDER BY i.id DESC LIMIT 1) AS counts FROM {}",
            listed(&[State::Completed, State::Previewed]),
            sql::given(self.backend(), &[("programme_id", Holds::Number), ("integration_id", Holds::Number)])
        );
        let key = |of: &&Integration| json!({ "programme_id": of.programme_id, "integration_id": of.id });
        let keys: Vec<_> = of.iter().map(key).collect();
        let found: Vec<Last> = sql::all(&self.read, &sql, vec![json!(keys).to_string().into()]).await?;
        let read = |last: Last| {
            let counts =
                last.counts.as_deref().map(serde_json::from_str::<Counts>).transpose().map_err(StoreError::row);
            (IntegrationId(last.integration_id), counts.map(|counts| counts.map_or(0, |counts| counts.read)))
        };
        Ok(found.into_iter().map(read).collect())
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
        if let (true, Some(lease), None) = (self.is_shared(), lease, follow) {
            return move_at_once(&self.write, lease, from, import, mails).await;
        }
        let transaction = self.begin().await?;
        if let Some(lease) = lease {
            work::hold_on(&transaction, lease, moves_on(import)?).await?;
        }
        let (sql, values) = moving(from, import);
        let moved = sql::run(&transaction, &sql, values).await? > 0;
        if moved {
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
}

/// The names of states, as a statement lists them.
pub(crate) fn listed(states: &[State]) -> String {
    states.iter().map(|state| format!("'{state}'")).collect::<Vec<_>>().join(", ")
}

/// The states of an import that somebody is, or should be, working on: rows with one column, as a statement lists them.
/// Each is looked for by itself: with all of them at once PostgreSQL walks along the integration's history, which it takes
/// to be short, or along all imports that run, of which there were few when it last counted.
pub(crate) fn running_states() -> String {
    let states = State::all().filter(|state| state.is_running()).map(|state| format!("('{state}')"));
    format!("(VALUES {})", states.collect::<Vec<_>>().join(", "))
}

/// That an import of the integration in the row `i` is running, as a condition.
pub(crate) fn is_running() -> String {
    format!(
        "EXISTS (SELECT 1 FROM {} AS s WHERE (SELECT r.id FROM imports r WHERE r.programme_id = i.programme_id \
         AND r.integration_id = i.id AND r.state = s.column1 LIMIT 1) IS NOT NULL)",
        running_states()
    )
}

/// The running import of the integration `$2` of the programme `$1`.
fn running(columns: &str) -> String {
    format!("SELECT {columns} FROM {} LIMIT 1", running_one("i"))
}

/// The running import of the integration `$2` of the programme `$1` as a table. One runs at a time (R39).
pub(crate) fn running_one(alias: &str) -> String {
    format!(
        "{} AS s JOIN imports {alias} ON {alias}.programme_id = $1 AND {alias}.id = (SELECT r.id FROM imports r \
         WHERE r.programme_id = $1 AND r.integration_id = $2 AND r.state = s.column1 LIMIT 1)",
        running_states()
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
    let found = sql::all::<Running, _>(on, &running("i.id"), key).await?.pop();
    Ok(found.map(|running| ImportId(running.id)))
}

/// Keeps others from the import's integration until the end of the transaction. SQLite has one writer anyway.
async fn lock_integration(on: &DatabaseTransaction, import: &Import) -> StoreResult<()> {
    if on.get_database_backend() == DbBackend::Postgres {
        let lock = "SELECT 1 FROM integrations WHERE programme_id = $1 AND id = $2 FOR NO KEY UPDATE";
        sql::run(on, lock, vec![import.programme_id.into(), import.integration_id.into()]).await?;
    }
    Ok(())
}

/// What stays of an import from the beginning; and its cursor, which only applying moves, in the transaction of the
/// changes (R54).
const STAYS: [&str; 9] =
    ["programme_id", "id", "integration_id", "purpose", "trigger", "person", "renumbered", "created_at", "cursor"];

/// The statement that writes what is known of an import that stands there.
fn moving(from: State, import: &Import) -> (String, Vec<Value>) {
    let mut values = vec![import.programme_id.into(), import.id.into(), from.as_str().into()];
    let mut set = Vec::new();
    for column in import::Column::iter().filter(|column| !STAYS.contains(&column.as_str())) {
        values.push(import.get(column));
        set.push(format!("{} = ${}", column.as_str(), values.len()));
    }
    let sql = format!("UPDATE imports SET {} WHERE programme_id = $1 AND id = $2 AND state = $3", set.join(", "));
    (sql, values)
}

/// Whether the work moves on for good: an import that is not applying yet begins anew when it is taken over.
fn moves_on(import: &Import) -> StoreResult<bool> {
    Ok(![State::Reading, State::Planning].contains(&import.state()?))
}

/// Lease, import and mails in one round trip to PostgreSQL: most imports find nobody changed, and are as quick as their
/// statements are few.
async fn move_at_once<C: ConnectionTrait>(
    on: &C,
    lease: &Lease,
    from: State,
    import: &Import,
    mails: &[Mail],
) -> StoreResult<bool> {
    let (moving, mut values) = moving(from, import);
    let moves_on = moves_on(import)?;
    let held = work::held(on, lease, moves_on, &mut values);
    let moving = format!("{moving} AND EXISTS (SELECT 1 FROM held)");
    let sql = if mails.is_empty() {
        format!("WITH {held} {moving}")
    } else {
        values.push(bulk::json(mails)?.into());
        let (insert, rows) = bulk::given::<outbox::Entity>(values.len());
        format!("WITH {held}, moved AS ({moving} RETURNING 1) {insert} {rows} WHERE EXISTS (SELECT 1 FROM moved)")
    };
    let is_moved = sql::run(on, &sql, values).await? > 0;
    if !is_moved {
        // Does it stand elsewhere, or is the lease lost?
        work::hold_on(on, lease, moves_on).await?;
    }
    Ok(is_moved)
}

pub(crate) async fn add_mails<C: ConnectionTrait>(on: &C, mails: &[Mail]) -> StoreResult<()> {
    if !mails.is_empty() {
        let rows = mails.iter().cloned().map(IntoActiveModel::into_active_model);
        outbox::Entity::insert_many(rows).exec_without_returning(on).await?;
    }
    Ok(())
}
