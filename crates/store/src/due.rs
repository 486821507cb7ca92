//! What the clock is looked at for: imports that are due, and owners who left.

use std::collections::HashSet;

use domain::ids::{IntegrationId, ProgrammeId};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, FromQueryResult, QuerySelect, sea_query::LockType,
};
use serde_json::json;

use crate::{
    Audit, Import, Integration, Mail, Store, StoreResult, bulk,
    entity::{audit, import, integration},
    imports, integrations,
    sql::{self, Holds},
};

/// An import that is due.
#[derive(Debug, Clone)]
pub struct Due<'s> {
    /// Its integration, as it was seen.
    pub seen: &'s Integration,
    /// Its row.
    pub import: Import,
    /// When the next one is due, in microseconds of UTC.
    pub next: i64,
    /// What the log says of its beginning.
    pub entry: Audit,
}

impl Store {
    /// Integrations of any programme whose next import is due, the one that has waited longest first; `after` goes on
    /// behind one that was seen, by its time and number.
    pub async fn due_integrations(
        &self,
        now: i64,
        after: Option<(i64, IntegrationId)>,
        most: u64,
    ) -> StoreResult<Vec<Integration>> {
        let (at, id) = after.unwrap_or((i64::MIN, IntegrationId(uuid::Uuid::nil())));
        let sql = format!(
            "SELECT * FROM integrations WHERE due_at IS NOT NULL AND due_at <= $1 AND (due_at, id) > ($2, $3) \
             ORDER BY due_at, id LIMIT {most}"
        );
        sql::all(&self.read, &sql, vec![now.into(), at.into(), id.0.into()]).await
    }

    /// Live integrations of which nobody has worked out when their next import is due.
    pub async fn integrations_to_be_timed(&self, most: u64) -> StoreResult<Vec<Integration>> {
        let sql =
            format!("SELECT * FROM integrations WHERE due_at IS NULL AND state = 'live' ORDER BY id LIMIT {most}");
        sql::all(&self.write, &sql, vec![]).await
    }

    /// Notes when the next import of an integration is due that was to be timed; `false` when somebody else has, or
    /// what it was worked out from has changed: the settings, or the programme's `zone`.
    pub async fn time_integration(&self, seen: &Integration, zone: &str, due_at: i64) -> StoreResult<bool> {
        let sql = "UPDATE integrations SET due_at = $3 WHERE programme_id = $1 AND id = $2 AND due_at IS NULL \
                   AND state = 'live' AND schedule = $4 \
                   AND EXISTS (SELECT 1 FROM programmes p WHERE p.id = $1 AND p.time_zone = $5)";
        let key = vec![seen.programme_id.into(), seen.id.into()];
        let values = vec![due_at.into(), seen.schedule.clone().into(), zone.into()];
        Ok(sql::run(&self.write, sql, [key, values].concat()).await? > 0)
    }

    /// Begins imports that are due, of different integrations, and notes when the next ones are, as one; gives those that
    /// have begun. An integration of which another import is running stays as it is (R39), and so does one that is not as
    /// it was seen any more, or that somebody else has in hand: of several who look at the same moment, one begins it.
    pub async fn start_due<'d, 's>(&self, due: &'d [Due<'s>]) -> StoreResult<Vec<&'d Due<'s>>> {
        let transaction = self.begin().await?;
        let mine = take(&transaction, due.iter().collect()).await?;
        let begun = move_on(&transaction, mine).await?;
        if begun.is_empty() {
            transaction.rollback().await?;
            return Ok(begun);
        }
        let imports: Vec<_> = begun.iter().map(|one| one.import.clone()).collect();
        bulk::insert::<import::Entity>(&transaction, &imports).await?;
        let entries: Vec<_> = begun.iter().map(|one| one.entry.clone()).collect();
        bulk::insert::<audit::Entity>(&transaction, &entries).await?;
        transaction.commit().await?;
        Ok(begun)
    }

    /// When the newest import that began by itself was asked for, in microseconds of UTC.
    pub async fn last_scheduled(
        &self,
        programme: ProgrammeId,
        integration: IntegrationId,
        trigger: &str,
    ) -> StoreResult<Option<i64>> {
        let sql = "SELECT created_at FROM imports WHERE programme_id = $1 AND integration_id = $2 \
                   AND \"trigger\" = $3 AND purpose = 'apply' ORDER BY id DESC LIMIT 1";
        let values = vec![programme.0.into(), integration.0.into(), trigger.into()];
        sql::number(&self.write, sql, values).await
    }

    /// Integrations of any programme whose owner has left without the others having been told (R56).
    pub async fn integrations_without_owner(&self, most: u64) -> StoreResult<Vec<Integration>> {
        let sql = format!(
            "SELECT * FROM integrations WHERE owner_left_at IS NOT NULL AND owner_left_told_at IS NULL \
             ORDER BY id LIMIT {most}"
        );
        sql::all(&self.write, &sql, vec![]).await
    }

    /// Notes that the others are told by these mails; `false`, and nothing written, when somebody else has told them, or
    /// took over.
    pub async fn tell_without_owner(&self, seen: &Integration, now: i64, mails: &[Mail]) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        let sql = "UPDATE integrations SET owner_left_told_at = $3 WHERE programme_id = $1 AND id = $2 \
                   AND owner_left_told_at IS NULL AND owner_left_at = $4 AND owner = $5";
        let key = vec![seen.programme_id.into(), seen.id.into()];
        let values = vec![now.into(), seen.owner_left_at.into(), seen.owner.clone().into()];
        if sql::run(&transaction, sql, [key, values].concat()).await? == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        imports::add_mails(&transaction, mails).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// Takes turns on integrations, as whoever begins something does (see [`imports::lock_integration`]), and gives those that
/// nobody else has in hand: several nodes share what is due, and none waits for another. With the integration its programme
/// is held, or somebody who deletes that and the one who begins the import would wait for each other.
async fn take<'d, 's>(on: &DatabaseTransaction, due: Vec<&'d Due<'s>>) -> StoreResult<Vec<&'d Due<'s>>> {
    if on.get_database_backend() != DbBackend::Postgres {
        return Ok(due);
    }
    let sql = format!(
        "SELECT i.id FROM {} JOIN integrations i ON i.programme_id = g.programme_id AND i.id = g.integration_id \
         JOIN programmes p ON p.id = g.programme_id FOR NO KEY UPDATE OF i SKIP LOCKED FOR KEY SHARE OF p SKIP LOCKED",
        sql::given(DbBackend::Postgres, &SEEN)
    );
    found(on, &sql, due).await
}

/// Moves the time on where the integration is as it was seen and idle, and gives those. It has to be a statement after the
/// one that takes the turns: only now everything is seen that others did in theirs.
async fn move_on<'d, 's>(on: &DatabaseTransaction, due: Vec<&'d Due<'s>>) -> StoreResult<Vec<&'d Due<'s>>> {
    let sql = format!(
        "UPDATE integrations AS i SET due_at = g.next FROM {} WHERE i.programme_id = g.programme_id \
         AND i.id = g.integration_id AND i.state = g.state AND i.due_at IS NOT DISTINCT FROM g.due_at AND NOT {} \
         RETURNING id",
        sql::given(on.get_database_backend(), &SEEN),
        imports::is_running()
    );
    found(on, &sql, due).await
}

/// What a statement is given of an import that is due.
const SEEN: [(&str, Holds); 5] = [
    ("programme_id", Holds::Number),
    ("integration_id", Holds::Number),
    ("state", Holds::Text),
    ("due_at", Holds::Whole),
    ("next", Holds::Whole),
];

/// Those of whose integrations a statement gives the numbers.
async fn found<'d, 's>(on: &DatabaseTransaction, sql: &str, due: Vec<&'d Due<'s>>) -> StoreResult<Vec<&'d Due<'s>>> {
    #[derive(FromQueryResult)]
    struct Found {
        id: uuid::Uuid,
    }
    if due.is_empty() {
        return Ok(due);
    }
    let seen = |due: &&Due<'_>| {
        let Integration { programme_id, id, state, due_at, .. } = due.seen;
        json!({ "programme_id": programme_id, "integration_id": id, "state": state, "due_at": due_at, "next": due.next })
    };
    let given: Vec<_> = due.iter().map(seen).collect();
    let found: Vec<Found> = sql::all(on, sql, vec![json!(given).to_string().into()]).await?;
    let found: HashSet<_> = found.into_iter().map(|found| found.id).collect();
    Ok(due.into_iter().filter(|due| found.contains(&due.seen.id)).collect())
}

/// What the end of an import means for its integration: changes of where it stands, and the mails that follow.
pub type Follow<'a> = dyn Fn(&mut Integration) -> StoreResult<Vec<Mail>> + Sync + 'a;

/// Lets an import's integration follow, in the transaction that moves the import.
pub(crate) async fn follow(on: &DatabaseTransaction, import: &Import, follow: &Follow<'_>) -> StoreResult<()> {
    let key = (import.programme_id, import.integration_id);
    // Whoever else changes it waits. SQLite has one writer anyway.
    let found = integration::Entity::find_by_id(key).lock(LockType::NoKeyUpdate).one(on).await?;
    let Some(seen) = found else { return Ok(()) };
    let mut now = seen.clone();
    let mails = follow(&mut now)?;
    if now != seen {
        integrations::note(on, &now).await?;
    }
    imports::add_mails(on, &mails).await
}
