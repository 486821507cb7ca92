//! Whom a mail server refuses.

use domain::ids::{MemberId, ProgrammeId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{Refusal, Store, StoreResult, entity::refusal, sql};

/// How many values one `IN (…)` holds.
const AT_ONCE: usize = 1_000;

impl Store {
    /// Notes that a member's address was refused, in the place of an earlier refusal.
    pub async fn note_refusal(&self, refusal: &Refusal) -> StoreResult<()> {
        let sql = "INSERT INTO refusals (programme_id, member_id, address_hash, detail, at) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (programme_id, member_id) DO UPDATE SET address_hash = excluded.address_hash, \
                   detail = excluded.detail, at = excluded.at";
        let Refusal { programme_id, member_id, address_hash, detail, at } = refusal;
        let values = vec![
            (*programme_id).into(),
            (*member_id).into(),
            address_hash.as_str().into(),
            detail.as_str().into(),
            (*at).into(),
        ];
        sql::run(&self.write, sql, values).await?;
        Ok(())
    }

    /// Forgets a refusal: a mail went through, or somebody wants it tried again.
    pub async fn forget_refusal(&self, programme: ProgrammeId, member: MemberId) -> StoreResult<()> {
        let sql = "DELETE FROM refusals WHERE programme_id = $1 AND member_id = $2";
        sql::run(&self.write, sql, vec![programme.0.into(), member.0.into()]).await?;
        Ok(())
    }

    /// What was refused of these members.
    pub async fn refusals(&self, programme: ProgrammeId, members: &[MemberId]) -> StoreResult<Vec<Refusal>> {
        let mut found = Vec::new();
        for members in members.chunks(AT_ONCE) {
            let rows = refusal::Entity::find()
                .filter(refusal::Column::ProgrammeId.eq(programme.0))
                .filter(refusal::Column::MemberId.is_in(members.iter().map(|member| member.0)));
            found.extend(rows.all(&self.read).await?);
        }
        Ok(found)
    }
}
