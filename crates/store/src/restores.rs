//! After a restore nothing runs by itself until somebody has looked at what would, and released it.

use sea_orm::{EntityTrait, FromQueryResult, IntoActiveModel};

use crate::{Restore, Store, StoreResult, entity::restore, sql};

/// Mails of one kind that would go at once.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct WaitingMails {
    /// The kind.
    pub kind: String,
    /// How many.
    pub mails: i64,
    /// How many of them may have gone already, since the backup was taken.
    pub doubtful: i64,
    /// Since when the oldest is due, in microseconds of UTC.
    pub since: i64,
}

/// What else would be done at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromQueryResult)]
pub struct WaitingWork {
    /// Mails whose time is still to come.
    pub later_mails: i64,
    /// Events that subscribers are to be told of.
    pub events: i64,
    /// Leavers to be written to, or whose accounts are to be closed.
    pub leavers: i64,
    /// Invitations that have not been followed, and of which somebody is to be reminded.
    pub reminders: i64,
}

/// Mails that were in the backup and due before it was restored: they may have gone in the meantime.
const DOUBTFUL: &str = "state = 'pending' AND created_at <= $1 AND due_at <= $2";

impl Store {
    /// The restore that holds the installation; none when nothing does.
    pub async fn held(&self) -> StoreResult<Option<Restore>> {
        let sql = "SELECT * FROM restores WHERE released_at IS NULL ORDER BY restored_at DESC LIMIT 1";
        Ok(sql::all(&self.read, sql, vec![]).await?.pop())
    }

    /// Readies what was restored: from here on it is held. Whoever was signed in has to sign in again, since sessions that
    /// were ended after the backup stand in it; and what processes had in hand then, nobody has now.
    pub async fn hold(&self, restore: &Restore) -> StoreResult<()> {
        let transaction = self.begin().await?;
        for table in ["sessions", "member_sessions", "work"] {
            sql::run(&transaction, &format!("DELETE FROM {table}"), vec![]).await?;
        }
        restore::Entity::insert(restore.clone().into_active_model()).exec_without_returning(&transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Gives up sealed keys that nobody can open any more, and without which nothing would go on: programmes make new ones
    /// for their traces, and links that older keys made work no longer.
    pub async fn forget_lost_keys(&self) -> StoreResult<()> {
        let transaction = self.begin().await?;
        for sql in ["UPDATE closing SET trace_key = NULL", "DELETE FROM former_keys"] {
            sql::run(&transaction, sql, vec![]).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Lets the installation go on; tells whether it was held until now.
    pub async fn release(&self, now: i64, by: &str) -> StoreResult<bool> {
        let sql = "UPDATE restores SET released_at = $1, released_by = $2 WHERE released_at IS NULL";
        Ok(sql::run(&self.write, sql, vec![now.into(), by.into()]).await? > 0)
    }

    /// Mails of all programmes that would go now, by kind.
    pub async fn waiting_mails(&self, restore: &Restore, now: i64) -> StoreResult<Vec<WaitingMails>> {
        let sql = format!(
            "SELECT kind, COUNT(*) AS mails, MIN(due_at) AS since, \
             CAST(SUM(CASE WHEN {DOUBTFUL} THEN 1 ELSE 0 END) AS BIGINT) AS doubtful \
             FROM outbox WHERE state = 'pending' AND due_at <= $3 GROUP BY kind ORDER BY kind"
        );
        let values = vec![restore.backup_at.into(), restore.restored_at.into(), now.into()];
        sql::all(&self.read, &sql, values).await
    }

    /// What else would be done now, in all programmes.
    pub async fn waiting_work(&self, now: i64) -> StoreResult<WaitingWork> {
        let sql = "SELECT (SELECT COUNT(*) FROM outbox WHERE state = 'pending' AND due_at > $1) AS later_mails, \
                   (SELECT COUNT(*) FROM event_deliveries d JOIN subscriptions s ON s.programme_id = d.programme_id \
                   AND s.id = d.subscription_id AND s.state = 'active' WHERE d.state = 'pending' AND d.due_at <= $1) \
                   AS events, \
                   (SELECT COUNT(*) FROM members m LEFT JOIN close_downs c ON c.programme_id = m.programme_id \
                   AND c.member_id = m.id WHERE m.state = 'leaver' AND m.left_at IS NOT NULL \
                   AND (c.member_id IS NULL OR c.next_at <= $1)) AS leavers, \
                   (SELECT COUNT(*) FROM invitations i JOIN members m ON m.programme_id = i.programme_id \
                   AND m.id = i.member_id WHERE i.used_at IS NULL AND m.state = 'invited' AND i.reminder_at <= $1) \
                   AS reminders";
        let found: Vec<WaitingWork> = sql::all(&self.read, sql, vec![now.into()]).await?;
        Ok(found.into_iter().next().unwrap_or_default())
    }

    /// Keeps mails from going that may have gone already, of these kinds or of all; tells how many.
    pub async fn drop_doubtful_mails(&self, restore: &Restore, kinds: &[String]) -> StoreResult<u64> {
        let mut values = vec![restore.backup_at.into(), restore.restored_at.into()];
        values.extend(kinds.iter().map(|kind| kind.as_str().into()));
        let kinds = match kinds.len() {
            0 => String::new(),
            number => format!(" AND kind IN ({})", sql::placeholders(3, number)),
        };
        let sql = format!("UPDATE outbox SET state = 'cancelled' WHERE {DOUBTFUL}{kinds}");
        sql::run(&self.write, &sql, values).await
    }
}
