//! The rows that need everybody: several people want one e-mail address, somebody else has it, or
//! a newcomer looks like a member (see [`domain::plan::settle`]).

use std::collections::{BTreeMap, HashMap};

use domain::{
    ids::MemberId,
    member::Member,
    plan::{Fate, Kind},
};
use sea_orm::FromQueryResult;

use super::{Plan, PlanRow};
use crate::{
    StoreResult,
    entity::{change, member},
    sql,
};

/// The contended part of a plan.
#[derive(Debug, Default)]
pub struct Contended {
    /// Every contended row, by its number.
    pub rows: BTreeMap<i64, PlanRow>,
    /// The numbers of the rows that claim an address that others claim or hold.
    pub claims: Vec<i64>,
    /// Who holds a claimed address, and what the plan has for them.
    pub holders: Vec<(Member, Fate)>,
    /// Newcomers, each with a member who has the same names and day of birth.
    pub twins: Vec<(i64, Member, Fate)>,
}

#[derive(FromQueryResult)]
struct Pair {
    row_number: i64,
    member_id: uuid::Uuid,
}

impl Plan<'_> {
    /// Reads the contended part: small unless half the company swaps addresses.
    pub async fn contended(&self) -> StoreResult<Contended> {
        let on = &self.store.write;
        let mine =
            |alias: &str| format!("{alias}.programme_id = $1 AND {alias}.import_id = $2 AND {alias}.try_number = $3");
        let (c, o, h) = (mine("c"), mine("o"), mine("h"));
        let held = "m.programme_id = c.programme_id AND m.email_key = c.claim AND (c.member_id IS NULL OR m.id <> c.member_id)";
        let claims = format!(
            "SELECT c.* FROM changes c WHERE {c} AND c.claim IS NOT NULL AND (\
             EXISTS (SELECT 1 FROM members m WHERE {held}) OR c.claim IN (\
             SELECT o.claim FROM changes o WHERE {o} AND o.claim IS NOT NULL GROUP BY o.claim HAVING COUNT(*) > 1))"
        );
        // CROSS JOIN: SQLite then begins with the plan's rows, and not with all members.
        let holders = format!(
            "SELECT DISTINCT m.* FROM changes c CROSS JOIN members m WHERE {c} AND c.claim IS NOT NULL AND {held}"
        );
        let twins = format!(
            "SELECT c.row_number, m.id AS member_id FROM changes c CROSS JOIN members m \
             WHERE {c} AND c.kind = 'join' AND c.twin_key IS NOT NULL AND m.programme_id = c.programme_id \
             AND m.twin_key = c.twin_key AND m.state <> 'closed' ORDER BY m.id"
        );
        let mut contended = Contended::default();
        for model in sql::all::<change::Model, _>(on, &claims, self.key()).await? {
            contended.claims.push(model.row_number);
            contended.rows.insert(model.row_number, model.to_row()?);
        }
        let holders = sql::all::<member::Model, _>(on, &holders, self.key()).await?;
        let twins = sql::all::<Pair, _>(on, &twins, self.key()).await?;
        let mut about: Vec<uuid::Uuid> = holders.iter().map(|member| member.id).collect();
        about.extend(twins.iter().map(|twin| twin.member_id));
        about.sort_unstable();
        about.dedup();
        let mut members: HashMap<MemberId, Member> = HashMap::new();
        let ids: Vec<MemberId> = about.iter().copied().map(MemberId).collect();
        for member in self.store.members_by_number(self.programme, &ids).await? {
            members.insert(member.id, member);
        }
        // What the plan itself has for these members, and the newcomers that look like them.
        let fates = self.rows_about(&h, &about, &mut contended.rows).await?;
        let numbers: Vec<i64> = twins.iter().map(|twin| twin.row_number).collect();
        self.rows_numbered(&h, &numbers, &mut contended.rows).await?;
        let fate = |id: MemberId| fates.get(&id).copied();
        for holder in holders {
            let member = holder.to_domain()?;
            let fate = fate(member.id).unwrap_or(standing(&member));
            contended.holders.push((member, fate));
        }
        for twin in twins {
            if let Some(member) = members.get(&MemberId(twin.member_id)) {
                let fate = fate(member.id).unwrap_or(standing(member));
                contended.twins.push((twin.row_number, member.clone(), fate));
            }
        }
        // A holder who moves on is a claim as well: were it refused, the address would not be free.
        let moving: Vec<i64> = contended
            .holders
            .iter()
            .filter_map(|(_, fate)| if let Fate::Moves(row) = fate { Some(*row) } else { None })
            .filter(|row| !contended.claims.contains(row))
            .collect();
        contended.claims.extend(moving);
        Ok(contended)
    }

    async fn rows_about(
        &self,
        mine: &str,
        members: &[uuid::Uuid],
        rows: &mut BTreeMap<i64, PlanRow>,
    ) -> StoreResult<HashMap<MemberId, Fate>> {
        let mut fates = HashMap::new();
        for members in members.chunks(1_000) {
            let list = sql::placeholders(4, members.len());
            let sql = format!(
                "SELECT h.* FROM changes h WHERE {mine} AND h.kind <> 'join' AND h.member_id IN ({list})"
            );
            let values = [self.key(), members.iter().map(|id| (*id).into()).collect()].concat();
            for model in sql::all::<change::Model, _>(&self.store.write, &sql, values).await? {
                let row = model.to_row()?;
                if let Some(account) = row.account {
                    fates.insert(account, planned(&row));
                }
                rows.insert(row.number, row);
            }
        }
        Ok(fates)
    }

    async fn rows_numbered(&self, mine: &str, numbers: &[i64], rows: &mut BTreeMap<i64, PlanRow>) -> StoreResult<()> {
        for numbers in numbers.chunks(1_000) {
            let list = sql::placeholders(4, numbers.len());
            let sql = format!("SELECT h.* FROM changes h WHERE {mine} AND h.row_number IN ({list})");
            let values = [self.key(), numbers.iter().map(|number| (*number).into()).collect()].concat();
            for model in sql::all::<change::Model, _>(&self.store.write, &sql, values).await? {
                rows.insert(model.row_number, model.to_row()?);
            }
        }
        Ok(())
    }
}
