//! What a batch does to members, and the mails that follow from it.

use sea_orm::{EntityTrait, FromQueryResult};

use super::batch::Batch;
use crate::{
    StoreResult,
    entity::member,
    members::let_go_of_address,
    site::invitations::{invitations_of, reopen},
    sql,
};

/// A mail that goes no more.
#[derive(FromQueryResult)]
struct Open {
    mail: Option<uuid::Uuid>,
}

/// A former member, and the address that goes to someone else.
#[derive(FromQueryResult)]
struct Freed {
    frees: uuid::Uuid,
    claim: String,
}

/// Somebody who is back.
#[derive(FromQueryResult)]
struct Back {
    member_id: uuid::Uuid,
}

impl Batch<'_> {
    /// R11: an open invitation to the old address dies, and no mail is sent for it; so does a link for a new
    /// password, also that of somebody who leaves (R37).
    ///
    /// They are looked for one by one, row after row: PostgreSQL, which knows nothing of what was
    /// written a moment ago, would rather compare every mail with every row.
    pub(super) async fn cancel_invitations(&self) -> StoreResult<()> {
        if self.held.closing == 0 {
            return Ok(());
        }
        let open = format!(
            "SELECT (SELECT o.id FROM outbox o WHERE o.programme_id = c.programme_id AND o.kind = 'welcome' \
             AND o.member_id = c.member_id AND o.state IN ('pending', 'to-print') LIMIT 1) AS mail \
             FROM changes c JOIN members m ON m.programme_id = c.programme_id AND m.id = c.member_id \
             WHERE {} AND c.kind IN ('update', 'rejoin') AND m.email_key <> c.claim",
            self.rows("c")
        );
        let open = sql::all::<Open, _>(self.on, &open, self.key()).await?;
        let open: Vec<uuid::Uuid> = open.into_iter().filter_map(|open| open.mail).collect();
        for open in open.chunks(1_000) {
            let sql = format!(
                "UPDATE outbox SET state = 'cancelled' WHERE programme_id = $1 AND id IN ({})",
                sql::placeholders(2, open.len())
            );
            let values = [vec![self.import.programme_id.into()], open.iter().map(|mail| (*mail).into()).collect()];
            sql::run(self.on, &sql, values.concat()).await?;
        }
        let moved = format!(
            "SELECT c.member_id FROM changes c JOIN members m ON m.programme_id = c.programme_id AND m.id = c.member_id \
             WHERE {} AND c.kind IN ('update', 'rejoin') AND m.email_key <> c.claim",
            self.rows("c")
        );
        let sql = format!(
            "UPDATE invitations SET generation = generation + 1, expires_at = $6, reminder_at = NULL, code_hash = NULL \
             WHERE programme_id = $1 AND used_at IS NULL AND member_id IN ({moved})"
        );
        self.run(&sql, vec![self.now.into()]).await?;
        let left = format!(
            "DELETE FROM member_links WHERE programme_id = $1 AND (member_id IN ({moved}) OR member_id IN \
             (SELECT c.member_id FROM changes c WHERE {} AND c.kind = 'leave'))",
            self.rows("c")
        );
        self.run(&left, vec![]).await?;
        Ok(())
    }

    /// R12: whoever moves lets go first, so that no two members ever have one address.
    pub(super) async fn give_up_keys(&self) -> StoreResult<()> {
        if self.held.others() == 0 {
            return Ok(());
        }
        let rows = self.rows("c");
        for (column, moves) in [("email_key", "c.claim IS NOT NULL"), ("employee_id", "c.changes_id")] {
            let sql = format!(
                "UPDATE members SET {column} = NULL WHERE programme_id = $1 AND id IN (\
                 SELECT c.member_id FROM changes c WHERE {rows} AND {moves} AND c.kind <> 'join')"
            );
            self.run(&sql, vec![]).await?;
        }
        Ok(())
    }

    /// R18: a former member lets go of an address that goes to someone else. Gives back who did.
    pub(super) async fn free_addresses(&self) -> StoreResult<Vec<uuid::Uuid>> {
        if self.held.freeing == 0 {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT c.frees, c.claim FROM changes c WHERE {} AND c.frees IS NOT NULL AND c.claim IS NOT NULL",
            self.rows("c")
        );
        let mut freed = Vec::new();
        for Freed { frees, claim } in sql::all::<Freed, _>(self.on, &sql, self.key()).await? {
            let sql = "UPDATE members SET email_key = NULL WHERE programme_id = $1 AND id = $2 AND email_key = $3";
            let values = vec![self.import.programme_id.into(), frees.into(), claim.into()];
            if sql::run(self.on, sql, values).await? > 0 {
                freed.push(frees);
            }
        }
        Ok(freed)
    }

    /// A member who was invited or set a password since the plan was made keeps what they have become: neither is
    /// a change of what the source says of them, so the plan still holds (R30).
    pub(super) async fn change_members(&self) -> StoreResult<()> {
        if self.held.others() == 0 {
            return Ok(());
        }
        let sql = format!(
            "UPDATE members AS m SET \
             version = m.version + CASE c.kind WHEN 'refresh' THEN 0 ELSE 1 END, \
             integration_id = $6, employee_id = c.employee_id, email_key = COALESCE(c.claim, m.email_key), \
             twin_key = c.twin_key, search_key = c.search_key, fields = c.after, \
             state = CASE WHEN c.kind IN ('update', 'refresh') THEN m.state ELSE c.member_state END, \
             state_before_leaving = CASE c.kind WHEN 'leave' THEN m.state WHEN 'rejoin' THEN NULL \
             ELSE m.state_before_leaving END, \
             left_at = CASE c.kind WHEN 'leave' THEN $7 WHEN 'rejoin' THEN NULL ELSE m.left_at END, \
             left_import_id = CASE c.kind WHEN 'leave' THEN c.import_id WHEN 'rejoin' THEN NULL \
             ELSE m.left_import_id END, \
             leave_reason = CASE c.kind WHEN 'leave' THEN c.reason WHEN 'rejoin' THEN NULL ELSE m.leave_reason END, \
             clock_stopped_until = c.clock_stopped_until, record_print = c.print, kept_by_hand = CASE WHEN c.keeps THEN c.print END, \
             updated_at = CASE c.kind WHEN 'refresh' THEN m.updated_at ELSE $7 END \
             FROM changes AS c WHERE {} AND c.kind <> 'join' AND m.programme_id = $1 AND m.id = c.member_id",
            self.rows("c")
        );
        self.run(&sql, vec![self.import.integration_id.into(), self.now.into()]).await?;
        Ok(())
    }

    /// R18: the values of a former member who let go of an address lose it too, whatever a row of
    /// their own has just written.
    pub(super) async fn forget_addresses(&self, freed: &[uuid::Uuid]) -> StoreResult<()> {
        for former in freed {
            let known = member::Entity::find_by_id((self.import.programme_id, *former)).one(self.on).await?;
            if let Some(row) = known.filter(|row| row.email_key.is_none()) {
                let_go_of_address(self.on, &row, self.now).await?;
            }
        }
        Ok(())
    }

    pub(super) async fn add_members(&self) -> StoreResult<()> {
        if self.held.joins == 0 {
            return Ok(());
        }
        let sql = format!(
            "INSERT INTO members (programme_id, id, version, integration_id, employee_id, email_key, twin_key, \
             search_key, fields, state, record_print, created_at, updated_at) \
             SELECT c.programme_id, c.member_id, 1, $6, c.employee_id, c.claim, c.twin_key, c.search_key, c.after, \
             c.member_state, c.print, $7, $7 FROM changes c WHERE {} AND c.kind = 'join'",
            self.rows("c")
        );
        self.run(&sql, vec![self.import.integration_id.into(), self.now.into()]).await?;
        Ok(())
    }

    /// R32, R50: each joiner's invitation, in the transaction that makes the account.
    pub(super) async fn invite(&self) -> StoreResult<()> {
        if self.held.invited + self.held.rejoins == 0 {
            return Ok(());
        }
        let set = invitations_of(self.on, self.import.programme_id).await?;
        if self.held.rejoins > 0 {
            self.reopen_invitations(set.valid()).await?;
        }
        if self.held.invited == 0 {
            return Ok(());
        }
        let sql = format!(
            "INSERT INTO outbox (programme_id, id, kind, member_id, import_id, route, state, due_at, created_at) \
             SELECT c.programme_id, c.mail_id, 'welcome', c.member_id, c.import_id, c.welcome, \
             CASE c.welcome WHEN 'letter' THEN 'to-print' ELSE 'pending' END, $6, $6 \
             FROM changes c WHERE {} AND c.kind = 'join' AND c.mail_id IS NOT NULL AND c.welcome IS NOT NULL",
            self.rows("c")
        );
        self.run(&sql, vec![self.now.into()]).await?;
        let sql = format!(
            "INSERT INTO invitations (programme_id, id, member_id, generation, route, valid_from, expires_at, \
             reminder_at, reminders, is_due_again, created_at) \
             SELECT c.programme_id, c.mail_id, c.member_id, 1, c.welcome, $6, $7, \
             CASE c.welcome WHEN 'letter' THEN NULL ELSE $8 END, 0, FALSE, $6 \
             FROM changes c WHERE {} AND c.kind = 'join' AND c.mail_id IS NOT NULL AND c.welcome IS NOT NULL",
            self.rows("c")
        );
        let first_reminder = set.reminder(self.now, 0);
        let values = vec![self.now.into(), (self.now + set.valid()).into(), first_reminder.into()];
        self.run(&sql, values).await?;
        Ok(())
    }

    /// R38: an invitation that was open works again, its days counted anew; one that has expired meanwhile is
    /// replaced. Whose they are is asked for first: PostgreSQL, which knows nothing of what was written a moment ago, would
    /// rather look at every invitation.
    async fn reopen_invitations(&self, valid: i64) -> StoreResult<()> {
        let back = format!("SELECT c.member_id FROM changes c WHERE {} AND c.kind = 'rejoin'", self.rows("c"));
        let back: Vec<Back> = sql::all(self.on, &back, self.key()).await?;
        for back in back.chunks(1_000) {
            let of_these = format!("AND member_id IN ({})", sql::placeholders(4, back.len()));
            let mut values = vec![self.import.programme_id.into(), self.now.into(), (self.now + valid).into()];
            values.extend(back.iter().map(|back| sea_orm::Value::from(back.member_id)));
            sql::run(self.on, &format!("{} {of_these}", reopen("$2", "$3")), values).await?;
        }
        Ok(())
    }
}
