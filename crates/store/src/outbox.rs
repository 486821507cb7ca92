//! The outbox: mails that wait for delivery, and what became of them (R50).

use domain::ids::ProgrammeId;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::{Mail, Store, StoreResult, entity::outbox, sql};

/// After how long a mail that could not be delivered is tried again, in microseconds.
const AGAIN: i64 = 5 * 60 * 1_000_000;

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

    /// Mails that may go now. A leaver's invitation waits: it works again only if they come back (R37).
    pub async fn due_mails(&self, programme: ProgrammeId, now: i64, most: u64) -> StoreResult<Vec<Mail>> {
        let sql = "SELECT o.* FROM outbox o WHERE o.programme_id = $1 AND o.state = 'pending' AND o.due_at <= $2 \
                   AND NOT (o.kind = 'welcome' AND EXISTS (SELECT 1 FROM members m \
                   WHERE m.programme_id = o.programme_id AND m.id = o.member_id AND m.state IN ('leaver', 'closed'))) \
                   ORDER BY o.due_at, o.id LIMIT $3";
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        sql::all(&self.read, sql, vec![programme.0.into(), now.into(), most.into()]).await
    }

    /// Notes that a mail went, or what kept it from going.
    pub async fn note_delivery(&self, mail: &Mail, now: i64, failure: Option<&str>) -> StoreResult<()> {
        let mut row = mail.clone().into_active_model();
        match failure {
            None => {
                row.state = Set("sent".to_owned());
                row.sent_at = Set(Some(now));
                row.failure = Set(None);
            }
            // Others go first: what cannot be delivered now is tried again later.
            Some(failure) => {
                row.failure = Set(Some(failure.chars().take(500).collect()));
                row.due_at = Set(now + AGAIN);
            }
        }
        row.update(&self.write).await?;
        Ok(())
    }
}
