//! Programmes as a whole, for whoever runs the installation: listed, suspended, deleted.

use domain::ids::{ImportId, ProgrammeId};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    Programme, Store, StoreResult, sql,
    tallies::{self, Counted},
};

/// What a programme holds, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, FromQueryResult)]
pub struct Census {
    /// Members whose account is open.
    pub members: i64,
    /// Leavers.
    pub leavers: i64,
    /// Accounts that are closed: what stays of them.
    pub closed: i64,
    /// Connections to HR systems.
    pub integrations: i64,
    /// Imports and previews, with all that they planned.
    pub imports: i64,
    /// Mails, sent and waiting.
    pub mails: i64,
    /// Mails that wait.
    pub waiting_mails: i64,
    /// People who look after it, or were asked to.
    pub administrators: i64,
    /// Those of them who look after nothing else.
    pub only_here: i64,
}

/// A programme in the list of all.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Listed {
    /// The programme.
    #[sea_orm(nested)]
    pub programme: Programme,
    /// Members whose account is open.
    pub members: i64,
    /// Connections to HR systems.
    pub integrations: i64,
    /// People who look after it and have accepted.
    pub administrators: i64,
    /// When its newest import ended, in microseconds of UTC.
    pub imported_at: Option<i64>,
}

/// A programme that was deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Deleted {
    /// Its number.
    pub id: Uuid,
    /// When, in microseconds of UTC.
    pub deleted_at: i64,
}

/// What became of the wish to delete a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deletion {
    /// It is gone.
    Done,
    /// It is not there.
    NotThere,
    /// An import is making changes, which only goes on (R30).
    Applying(ImportId),
}

#[derive(Debug, FromQueryResult)]
struct Number {
    id: Uuid,
}

/// How many rows of a table stand in relation to the programme.
fn count(table: &str, more: &str) -> String {
    format!("(SELECT COUNT(*) FROM {table} x WHERE x.programme_id = p.id{more})")
}

/// How many members, or mails, it has; the database keeps the numbers.
fn kept(counted: Counted, more: &str) -> String {
    tallies::number(counted, "p.id", more)
}

const OPEN: &str = " AND state IN ('not-invited', 'invited', 'active')";

impl Store {
    /// All programmes with what a list shows of them, by name in commands.
    pub async fn list_programmes(&self) -> StoreResult<Vec<Listed>> {
        let sql = format!(
            "SELECT p.*, {} AS members, {} AS integrations, {} AS administrators, (SELECT MAX(x.finished_at) \
             FROM imports x WHERE x.programme_id = p.id AND x.purpose = 'apply') AS imported_at \
             FROM programmes p ORDER BY p.slug",
            kept(Counted::Members, OPEN),
            count("integrations", ""),
            count("programme_administrators", " AND x.accepted_at IS NOT NULL"),
        );
        sql::all(&self.read, &sql, vec![]).await
    }

    /// What the programme holds, in numbers.
    pub async fn census(&self, programme: ProgrammeId) -> StoreResult<Census> {
        let sql = format!(
            "SELECT {} AS members, {} AS leavers, {} AS closed, {} AS integrations, {} AS imports, {} AS mails, \
             {} AS waiting_mails, {} AS administrators, {} AS only_here FROM programmes p WHERE p.id = $1",
            kept(Counted::Members, OPEN),
            kept(Counted::Members, " AND state = 'leaver'"),
            kept(Counted::Members, " AND state = 'closed'"),
            count("integrations", ""),
            count("imports", ""),
            kept(Counted::Mails, ""),
            kept(Counted::Mails, " AND state = 'pending'"),
            count("programme_administrators", ""),
            count(
                "programme_administrators",
                " AND NOT EXISTS (SELECT 1 FROM programme_administrators o \
                 WHERE o.administrator_id = x.administrator_id AND o.programme_id <> x.programme_id)"
            ),
        );
        Ok(sql::all(&self.read, &sql, vec![programme.0.into()]).await?.pop().unwrap_or_default())
    }

    /// Makes a programme; `false`, and nothing made, when its name in commands is taken.
    pub async fn add_programme(&self, programme: &Programme) -> StoreResult<bool> {
        let sql = "INSERT INTO programmes (id, slug, name, time_zone, settings, created_at) \
                   VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (slug) DO NOTHING";
        let Programme { id, slug, name, time_zone, settings, created_at, .. } = programme.clone();
        let values = vec![id.into(), slug.into(), name.into(), time_zone.into(), settings.into(), created_at.into()];
        Ok(sql::run(&self.write, sql, values).await? > 0)
    }

    /// Lets the programme stand still; `false` when it does already.
    pub async fn suspend(&self, programme: ProgrammeId, now: i64) -> StoreResult<bool> {
        let sql = "UPDATE programmes SET suspended_at = $2 WHERE id = $1 AND suspended_at IS NULL";
        Ok(sql::run(&self.write, sql, vec![programme.0.into(), now.into()]).await? > 0)
    }

    /// Lets it go on; `false` when it does already.
    pub async fn resume(&self, programme: ProgrammeId) -> StoreResult<bool> {
        let sql = "UPDATE programmes SET suspended_at = NULL WHERE id = $1 AND suspended_at IS NOT NULL";
        Ok(sql::run(&self.write, sql, vec![programme.0.into()]).await? > 0)
    }

    /// Deletes the programme with every row that belongs to it, and administrators who look after nothing else, as
    /// one; only its number is kept. Nothing is deleted while an import is making changes. `now` is in microseconds of UTC.
    pub async fn delete_programme(&self, programme: ProgrammeId, now: i64) -> StoreResult<Deletion> {
        self.delete(programme, now, false).await
    }

    /// The same for one that a backup has brought back: an import that the backup holds in the middle is no hindrance.
    /// Nobody works on it.
    pub async fn delete_programme_again(&self, programme: ProgrammeId, now: i64) -> StoreResult<Deletion> {
        self.delete(programme, now, true).await
    }

    /// Programmes that were deleted.
    pub async fn deleted_programmes(&self) -> StoreResult<Vec<Deleted>> {
        sql::all(&self.read, "SELECT id, deleted_at FROM deleted_programmes ORDER BY id", vec![]).await
    }

    async fn delete(&self, programme: ProgrammeId, now: i64, while_applying: bool) -> StoreResult<Deletion> {
        let key = || vec![programme.0.into()];
        let transaction = self.begin().await?;
        // Whoever begins something in it meanwhile waits here, and then finds nothing.
        let locked = sql::run(&transaction, "UPDATE programmes SET name = name WHERE id = $1", key()).await?;
        let sql = "SELECT id FROM imports WHERE programme_id = $1 AND state = 'applying' ORDER BY id LIMIT 1";
        let applying = sql::all::<Number, _>(&transaction, sql, key()).await?.pop().filter(|_| !while_applying);
        if locked == 0 || applying.is_some() {
            transaction.rollback().await?;
            return Ok(applying.map_or(Deletion::NotThere, |import| Deletion::Applying(ImportId(import.id))));
        }
        // Sessions, links and recovery codes go with the administrator, all else with the programme.
        for sql in [
            "DELETE FROM links WHERE programme_id = $1",
            "DELETE FROM administrators WHERE id IN (SELECT administrator_id FROM programme_administrators \
             WHERE programme_id = $1) AND NOT EXISTS (SELECT 1 FROM programme_administrators o \
             WHERE o.administrator_id = administrators.id AND o.programme_id <> $1)",
            "DELETE FROM programmes WHERE id = $1",
        ] {
            sql::run(&transaction, sql, key()).await?;
        }
        let note = "INSERT INTO deleted_programmes (id, deleted_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";
        sql::run(&transaction, note, vec![programme.0.into(), now.into()]).await?;
        transaction.commit().await?;
        Ok(Deletion::Done)
    }
}
