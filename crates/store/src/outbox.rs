//! The outbox: mails that wait for delivery, and what became of them (R50).

use domain::ids::ProgrammeId;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};

use crate::{
    Mail, Store, StoreResult,
    entity::{member, outbox},
};

impl Store {
    /// All mails of the programme, the oldest first.
    pub async fn outbox(&self, programme: ProgrammeId) -> StoreResult<Vec<Mail>> {
        let mails = outbox::Entity::find()
            .filter(outbox::Column::ProgrammeId.eq(programme.0))
            .order_by_asc(outbox::Column::CreatedAt)
            .order_by_asc(outbox::Column::Id);
        Ok(mails.all(&self.read).await?)
    }

    /// Mails that may go now. A leaver's invitation waits: it works again only if they come back (R37).
    pub async fn due_mails(&self, programme: ProgrammeId, now: i64, most: u64) -> StoreResult<Vec<Mail>> {
        let restricted = member::Entity::find()
            .select_only()
            .column(member::Column::Id)
            .filter(member::Column::ProgrammeId.eq(programme.0))
            .filter(member::Column::State.is_in(["leaver", "closed"]))
            .into_query();
        let due = Condition::all()
            .add(outbox::Column::ProgrammeId.eq(programme.0))
            .add(outbox::Column::State.eq("pending"))
            .add(outbox::Column::DueAt.lte(now))
            .add(
                Condition::any()
                    .add(outbox::Column::MemberId.is_null())
                    .add(outbox::Column::MemberId.not_in_subquery(restricted)),
            );
        let mails = outbox::Entity::find().filter(due).order_by_asc(outbox::Column::DueAt).limit(most);
        Ok(mails.all(&self.read).await?)
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
            Some(failure) => row.failure = Set(Some(failure.chars().take(500).collect())),
        }
        row.update(&self.write).await?;
        Ok(())
    }
}
