//! All members for a file, in the order in which they were made.

use domain::{
    ids::{MemberId, ProgrammeId},
    member::Member,
};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use super::MemberFilter;
use crate::{Store, StoreResult, entity::member, plan::matching, sql};

impl Store {
    /// Looks at the next `most` members behind one: gives back those whom the filter lets through, and the last one
    /// looked at where there may be more.
    ///
    /// A member's number never changes. So everybody has their turn once, whoever is renamed or closed while a file is
    /// written, and that takes as long as somebody takes to receive it.
    pub async fn members_in_turn(
        &self,
        programme: ProgrammeId,
        filter: &MemberFilter,
        after: Option<MemberId>,
        most: u64,
    ) -> StoreResult<(Vec<Member>, Option<MemberId>)> {
        #[derive(FromQueryResult)]
        struct Last {
            id: Uuid,
        }
        let after = after.map_or_else(Uuid::nil, |after| after.0);
        let before = i64::try_from(most.saturating_sub(1)).unwrap_or(i64::MAX);
        let sql = "SELECT id FROM members WHERE programme_id = $1 AND id > $2 ORDER BY id LIMIT 1 OFFSET $3";
        let values = vec![programme.0.into(), after.into(), before.into()];
        let last = sql::all::<Last, _>(&self.read, sql, values).await?.pop().map(|last| last.id);
        let end = last.unwrap_or(Uuid::from_u128(u128::MAX));
        let mut values: Vec<Value> = vec![programme.0.into(), after.into(), end.into()];
        let mut conditions = vec!["members.programme_id = $1".to_owned(), "members.id = turn.number".to_owned()];
        conditions.extend(filter.conditions(&mut values));
        conditions.extend(matching(self, &filter.typed, &mut values));
        // Crossed, so that SQLite begins with whose turn it is, and not with all whom the filter lets through.
        let sql = format!(
            "WITH turn AS MATERIALIZED (SELECT id AS number FROM members WHERE programme_id = $1 AND id > $2 AND id <= $3) \
             SELECT members.* FROM turn CROSS JOIN members WHERE {} ORDER BY members.id",
            conditions.join(" AND ")
        );
        let found: Vec<member::Model> = sql::all(&self.read, &sql, values).await?;
        let found: StoreResult<Vec<Member>> = found.iter().map(member::Model::to_domain).collect();
        Ok((found?, last.map(MemberId)))
    }
}
