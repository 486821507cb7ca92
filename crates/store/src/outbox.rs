//! The outbox: mails that wait for delivery, and what became of them (R50).

use domain::ids::ProgrammeId;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{
    Mail, Programme, Store, StoreResult,
    entity::outbox,
    sql,
    tallies::{Counted, Tally},
    work,
    work::Lease,
};

/// As much of what kept a mail from going as is remembered, in characters.
const LONGEST: usize = 500;

/// A mail that waits, and nothing stands in its way. A leaver's invitation waits: it works again only if they come
/// back (R37). What a leaver is told goes to nobody who is back (R38). While a programme is
/// suspended nothing goes but what is about an administrator's own sign-in: they may look after others too.
const MAY_GO: &str = "o.state = 'pending' AND o.due_at <= $2 \
                      AND NOT (o.kind IN ('welcome', 'reminder') AND EXISTS (SELECT 1 FROM members m \
                      WHERE m.programme_id = o.programme_id AND m.id = o.member_id AND m.state IN ('leaver', 'closed'))) \
                      AND NOT (o.kind IN ('leaver-notice', 'leaver-reminder') AND o.member_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM members m \
                      WHERE m.programme_id = o.programme_id AND m.id = o.member_id AND m.state = 'leaver')) \
                      AND NOT (o.kind NOT IN ('administrator-reset', 'second-factor-reset') AND EXISTS (SELECT 1 FROM programmes p \
                      WHERE p.id = o.programme_id AND p.suspended_at IS NOT NULL))";

/// Which mails are looked for. What is empty looks for all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailFilter {
    /// `pending`, `sent`, `cancelled`, `to-print` or `failed`.
    pub state: String,
    /// What kind of mail.
    pub kind: String,
    /// The member it is about.
    pub member: Option<Uuid>,
}

/// How many mails are in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InState {
    /// The state.
    pub state: String,
    /// How many.
    pub mails: i64,
}

/// What kept a mail from going.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Obstacle<'a> {
    /// The stable name of the reason.
    pub code: &'a str,
    /// What was said; nobody's data.
    pub detail: &'a str,
    /// Whether it may have gone all the same.
    pub is_doubtful: bool,
}

impl Store {
    /// All mails of the programme, the oldest first.
    pub async fn outbox(&self, programme: ProgrammeId) -> StoreResult<Vec<Mail>> {
        let mails = outbox::Entity::find()
            .filter(outbox::Column::ProgrammeId.eq(programme.0))
            .order_by_asc(outbox::Column::CreatedAt)
            .order_by_asc(outbox::Column::Id);
        Ok(mails.all(&self.read).await?)
    }

    /// Adds a mail that comes with no other change.
    pub async fn add_mail(&self, mail: &Mail) -> StoreResult<()> {
        outbox::Entity::insert(mail.clone().into_active_model()).exec_without_returning(&self.write).await?;
        Ok(())
    }

    /// Mails of the programme, the newest first; `before` is the number of the last one seen.
    pub async fn mails(
        &self,
        programme: ProgrammeId,
        wanted: &MailFilter,
        before: Option<Uuid>,
        most: u64,
    ) -> StoreResult<Vec<Mail>> {
        let mut found = outbox::Entity::find().filter(outbox::Column::ProgrammeId.eq(programme.0));
        if !wanted.state.is_empty() {
            found = found.filter(outbox::Column::State.eq(&wanted.state));
        }
        if !wanted.kind.is_empty() {
            found = found.filter(outbox::Column::Kind.eq(&wanted.kind));
        }
        if let Some(member) = wanted.member {
            found = found.filter(outbox::Column::MemberId.eq(member));
        }
        if let Some(before) = before {
            found = found.filter(outbox::Column::Id.lt(before));
        }
        if wanted.member.is_some() {
            // Those of one member are few. To have them in order, SQLite would walk along everybody's.
            let mut mails = found.all(&self.read).await?;
            mails.sort_unstable_by_key(|mail| std::cmp::Reverse(mail.id));
            mails.truncate(usize::try_from(most).unwrap_or(usize::MAX));
            return Ok(mails);
        }
        Ok(found.order_by_desc(outbox::Column::Id).limit(most).all(&self.read).await?)
    }

    /// One mail.
    pub async fn mail(&self, programme: ProgrammeId, id: Uuid) -> StoreResult<Option<Mail>> {
        Ok(outbox::Entity::find_by_id((programme.0, id)).one(&self.read).await?)
    }

    /// How many mails of the programme are in which state; states that none is in are left out.
    pub async fn mails_by_state(&self, programme: ProgrammeId) -> StoreResult<Vec<InState>> {
        let tallies = self.tallies(Counted::Mails, programme.0, None).await?;
        Ok(tallies.into_iter().map(|Tally { state, number }| InState { state, mails: number }).collect())
    }

    /// Mails that may go now.
    pub async fn due_mails(&self, programme: ProgrammeId, now: i64, most: u64) -> StoreResult<Vec<Mail>> {
        let sql =
            format!("SELECT o.* FROM outbox o WHERE o.programme_id = $1 AND {MAY_GO} ORDER BY o.due_at, o.id LIMIT $3");
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        sql::all(&self.read, &sql, vec![programme.0.into(), now.into(), most.into()]).await
    }

    /// Begins an attempt at a mail that may still go, as it could a moment ago; `false` where it may not. Only whoever has
    /// the lease on delivery can. From now on it may have gone, until [`note_sent`](Self::note_sent) or
    /// [`note_obstacle`](Self::note_obstacle) says what came of it.
    pub async fn begin_attempt(&self, lease: &Lease, mail: &Mail, now: i64) -> StoreResult<bool> {
        if self.note_attempt(lease, mail, now).await? {
            return Ok(true);
        }
        // It may not go, or its owner was last heard of so long ago that somebody else might take it over meanwhile.
        work::renew(&self.write, lease).await?;
        self.note_attempt(lease, mail, now).await
    }

    /// One statement where the owner of the lease was heard of a moment ago, as most are.
    async fn note_attempt(&self, lease: &Lease, mail: &Mail, now: i64) -> StoreResult<bool> {
        let clock = sql::now(self.backend());
        let sql = format!(
            "UPDATE outbox AS o SET may_have_gone_at = COALESCE(o.may_have_gone_at, $2) \
             WHERE o.programme_id = $1 AND o.id = $3 AND {MAY_GO} AND EXISTS (SELECT 1 FROM work w \
             WHERE w.programme_id = $1 AND w.kind = $4 AND w.lease = $5 AND w.heartbeat > {clock} - $6)"
        );
        let values = vec![
            mail.programme_id.into(),
            now.into(),
            mail.id.into(),
            lease.kind.as_str().into(),
            lease.token.into(),
            work::fresh().into(),
        ];
        Ok(sql::run(&self.write, &sql, values).await? > 0)
    }

    /// Notes that an attempt came to nothing since no mail could go: it counts against none.
    pub async fn end_attempt(&self, mail: &Mail) -> StoreResult<()> {
        let sql = "UPDATE outbox SET may_have_gone_at = $3 WHERE programme_id = $1 AND id = $2";
        let values = vec![mail.programme_id.into(), mail.id.into(), mail.may_have_gone_at.into()];
        sql::run(&self.write, sql, values).await?;
        Ok(())
    }

    /// Programmes that have mails which may go now. The index of those that wait is read from one programme to the next,
    /// so that it matters neither how many programmes there are nor how many mails one of them has.
    pub async fn programmes_with_mails(&self, now: i64) -> StoreResult<Vec<Programme>> {
        let may_go = MAY_GO.replace("$2", "$1");
        // In the order of that index, so that no other is gone by.
        let next = |behind: &str| {
            format!(
                "(SELECT o.programme_id FROM outbox o WHERE o.state = 'pending' {behind} \
                 ORDER BY o.programme_id, o.due_at LIMIT 1)"
            )
        };
        let (first, following) = (next(""), next("AND o.programme_id > w.programme_id"));
        let sql = format!(
            "WITH RECURSIVE waiting (programme_id) AS (SELECT {first} UNION ALL \
             SELECT {following} FROM waiting w WHERE w.programme_id IS NOT NULL) \
             SELECT p.* FROM waiting w JOIN programmes p ON p.id = w.programme_id \
             WHERE EXISTS (SELECT 1 FROM outbox o WHERE o.programme_id = p.id AND {may_go}) ORDER BY p.id"
        );
        sql::all(&self.read, &sql, vec![now.into()]).await
    }

    /// Notes that a mail went.
    pub async fn note_sent(&self, mail: &Mail, now: i64) -> StoreResult<()> {
        // Whatever was decided about it meanwhile came too late.
        let sql = "UPDATE outbox SET state = 'sent', sent_at = $3, attempts = attempts + 1, failure = NULL, \
                   failure_code = NULL, may_have_gone_at = NULL WHERE programme_id = $1 AND id = $2";
        sql::run(&self.write, sql, vec![mail.programme_id.into(), mail.id.into(), now.into()]).await?;
        Ok(())
    }

    /// Notes what kept a mail from going, and when it is tried again: not at all is for good.
    pub async fn note_obstacle(&self, mail: &Mail, obstacle: Obstacle<'_>, again: Option<i64>) -> StoreResult<()> {
        if !obstacle.is_doubtful {
            // Also where it was cancelled meanwhile.
            self.end_attempt(mail).await?;
        }
        let sql = "UPDATE outbox SET state = $3, due_at = COALESCE($4, due_at), attempts = attempts + 1, \
                   failure_code = $5, failure = $6 WHERE programme_id = $1 AND id = $2 AND state = 'pending'";
        let state = if again.is_some() { "pending" } else { "failed" };
        let detail: String = obstacle.detail.chars().take(LONGEST).collect();
        let values = vec![
            mail.programme_id.into(),
            mail.id.into(),
            state.into(),
            again.into(),
            obstacle.code.into(),
            detail.into(),
        ];
        sql::run(&self.write, sql, values).await?;
        Ok(())
    }

    /// Lets a mail go again that could not, at once and as if it had never been tried; `false` when it is none that
    /// waits or failed.
    pub async fn try_again(&self, programme: ProgrammeId, id: Uuid, now: i64) -> StoreResult<bool> {
        let sql = "UPDATE outbox SET state = 'pending', due_at = $3, attempts = 0, failure = NULL, failure_code = NULL \
                   WHERE programme_id = $1 AND id = $2 AND state IN ('pending', 'failed')";
        Ok(sql::run(&self.write, sql, vec![programme.0.into(), id.into(), now.into()]).await? > 0)
    }

    /// Keeps a mail from going; `false` when it went, or is none that waits.
    pub async fn cancel_mail(&self, programme: ProgrammeId, id: Uuid) -> StoreResult<bool> {
        let sql = "UPDATE outbox SET state = 'cancelled' WHERE programme_id = $1 AND id = $2 \
                   AND state IN ('pending', 'failed')";
        Ok(sql::run(&self.write, sql, vec![programme.0.into(), id.into()]).await? > 0)
    }
}
