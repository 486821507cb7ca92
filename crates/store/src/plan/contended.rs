//! The rows that need everybody: several people want one e-mail address, somebody else has it, or
//! a newcomer looks like a member (see [`domain::plan::settle`]).

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    hash::Hash,
};

use domain::{
    ids::MemberId,
    member::Member,
    plan::{Change, Fate, Kind, RowNumber},
};
use futures::TryStreamExt;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter};

use super::{Plan, PlanRow};
use crate::{StoreResult, entity::change, sql};

/// The contended part of a plan.
#[derive(Debug, Default)]
pub struct Contended {
    /// Every contended row, and every row about somebody who holds a claimed address or resembles a
    /// newcomer.
    pub rows: BTreeMap<RowNumber, PlanRow>,
    /// The rows that claim an address that others claim or hold.
    pub claims: Vec<RowNumber>,
    /// Who holds such an address, by the address in comparable form.
    pub holders: HashMap<String, Member>,
    /// Newcomers, each with a member who has the same names and day of birth.
    pub twins: Vec<(RowNumber, Member)>,
    rows_of: HashMap<MemberId, Vec<RowNumber>>,
}

impl Contended {
    /// What the plan has for a member. Of several rows (R16) one that does something counts before
    /// one that does not, and one that keeps them in before one that lets them go.
    pub fn fate(&self, member: &Member) -> Fate {
        let rows = self.rows_of.get(&member.id).into_iter().flatten().filter_map(|number| self.rows.get(number));
        let order = |change: &Change| (change.kind == Kind::Reject, change.kind == Kind::Leave);
        let first = rows.min_by_key(|row| (order(&row.change), row.number));
        Fate::of(member, first.map(|row| (row.number, &row.change)))
    }
}

#[derive(FromQueryResult)]
struct Pair {
    row_number: i64,
    member_id: uuid::Uuid,
}

impl Plan<'_> {
    /// Reads the contended part: small unless half the company swaps addresses.
    pub async fn contended(&self) -> StoreResult<Contended> {
        let mut contended = Contended::default();
        for row in self.claims().await? {
            contended.claims.push(row.number);
            contended.rows.insert(row.number, row);
        }
        let keys: Vec<&str> = contended.rows.values().filter_map(|row| row.change.claim.as_deref()).collect();
        contended.holders = self.store.members_by_email(self.programme, &keys).await?;
        let pairs = self.twins().await?;
        let ids: Vec<MemberId> = pairs.iter().map(|pair| MemberId(pair.member_id)).collect();
        let twins = self.store.members_by_number(self.programme, &ids).await?;
        let twins: HashMap<MemberId, Member> = twins.into_iter().map(|member| (member.id, member)).collect();
        let twin = |pair: &Pair| Some((pair.row_number, twins.get(&MemberId(pair.member_id))?.clone()));
        contended.twins = pairs.iter().filter_map(twin).collect();
        let about = contended.holders.values().map(|member| member.id.0).chain(twins.keys().map(|id| id.0));
        let of_member = (change::Column::MemberId, |row: &change::Model| row.member_id);
        self.add_rows(about.map(Some).collect(), of_member, &mut contended).await?;
        let newcomers = pairs.iter().map(|pair| pair.row_number).collect();
        let by_number = (change::Column::RowNumber, |row: &change::Model| row.row_number);
        self.add_rows(newcomers, by_number, &mut contended).await?;
        for row in contended.rows.values() {
            if let Some(member) = row.change.member {
                contended.rows_of.entry(member).or_default().push(row.number);
            }
        }
        // A holder who moves on is a claim as well: were it refused, the address would not be free.
        let known: HashSet<RowNumber> = contended.claims.iter().copied().collect();
        let fates = contended.holders.values().map(|member| contended.fate(member));
        let moving = fates.filter_map(|fate| if let Fate::Moves(row) = fate { Some(row) } else { None });
        let moving: Vec<RowNumber> = moving.filter(|row| !known.contains(row)).collect();
        contended.claims.extend(moving);
        Ok(contended)
    }

    /// The rows that claim an address that somebody else holds, or another row claims too.
    async fn claims(&self) -> StoreResult<Vec<PlanRow>> {
        let sql = "SELECT c.* FROM changes c \
                   WHERE c.programme_id = $1 AND c.import_id = $2 AND c.try_number = $3 AND c.claim IS NOT NULL AND (\
                   EXISTS (SELECT 1 FROM members m WHERE m.programme_id = c.programme_id AND m.email_key = c.claim \
                   AND (c.member_id IS NULL OR m.id <> c.member_id)) \
                   OR c.claim IN (SELECT o.claim FROM changes o \
                   WHERE o.programme_id = $1 AND o.import_id = $2 AND o.try_number = $3 AND o.claim IS NOT NULL \
                   GROUP BY o.claim HAVING COUNT(*) > 1))";
        let rows = sql::all::<change::Model, _>(&self.store.write, sql, self.key()).await?;
        rows.iter().map(change::Model::to_row).collect()
    }

    async fn twins(&self) -> StoreResult<Vec<Pair>> {
        // CROSS JOIN: SQLite then begins with the plan's rows, and not with all members.
        let sql = "SELECT c.row_number, m.id AS member_id FROM changes c CROSS JOIN members m \
                   WHERE c.programme_id = $1 AND c.import_id = $2 AND c.try_number = $3 AND c.kind = 'join' \
                   AND c.twin_key IS NOT NULL AND m.programme_id = c.programme_id AND m.twin_key = c.twin_key \
                   AND m.state <> 'closed' ORDER BY m.id";
        sql::all(&self.store.write, sql, self.key()).await
    }

    /// Adds the rows that are wanted: a few the database looks for, among many they are looked for
    /// here, in one walk over the plan.
    async fn add_rows<V: Copy + Eq + Hash + Into<sea_orm::Value>>(
        &self,
        wanted: HashSet<V>,
        (column, value): (change::Column, impl Fn(&change::Model) -> V),
        to: &mut Contended,
    ) -> StoreResult<()> {
        if wanted.is_empty() {
            return Ok(());
        }
        let mut filter = self.rows_filter();
        if wanted.len() <= 1_000 {
            filter = filter.add(column.is_in(wanted.iter().copied()));
        }
        let mut rows = change::Entity::find().filter(filter).stream(&self.store.read).await?;
        while let Some(row) = rows.try_next().await? {
            if wanted.contains(&value(&row)) {
                to.rows.insert(row.row_number, row.to_row()?);
            }
        }
        Ok(())
    }
}
