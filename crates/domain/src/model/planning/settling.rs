//! Who contends with whom: what [`plan::settle`] has to know.

use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, Planner, Whose};
use crate::{
    member::Member,
    model::Row,
    names,
    plan::{self, Change, Claim, Fate, Holder, Kind, RowNumber, Settled, Twin},
};

impl Planner<'_> {
    /// R12, R13, R15: what needs everybody.
    pub(super) fn settle(&self) -> Settled {
        let mut claimed: BTreeMap<&str, Vec<RowNumber>> = BTreeMap::new();
        for (number, draft) in &self.rows {
            if let Some(key) = draft.row.change.claim.as_deref() {
                claimed.entry(key).or_default().push(*number);
            }
        }
        let (mut holders, mut contended) = (Vec::new(), BTreeSet::new());
        for (key, rows) in &claimed {
            let holder = self.holder_of(key).map(|member| self.holder(member));
            let is_others = |row: &RowNumber| {
                holder.as_ref().is_some_and(|holder| self.rows[row].row.change.member != Some(holder.member.id))
            };
            if rows.len() > 1 || rows.iter().any(is_others) {
                contended.extend(rows.iter().copied());
                if let Some(Holder { fate: Fate::Moves(row), .. }) = holder {
                    contended.insert(row);
                }
                holders.extend(holder);
            }
        }
        let claims: Vec<Claim> = contended
            .into_iter()
            .map(|row| {
                let holder = self.rows[&row].row.change.claim.as_deref().and_then(|key| self.holder_of(key));
                self.claim(row, holder)
            })
            .collect();
        plan::settle(&claims, &holders, &self.twins())
    }

    fn twins(&self) -> Vec<Twin> {
        let mut by_key: BTreeMap<String, Vec<&Member>> = BTreeMap::new();
        for member in self.members() {
            if let Some(key) = member.twin_key() {
                by_key.entry(key).or_default().push(member);
            }
        }
        let joins = self.rows.iter().filter(|(_, draft)| draft.row.change.kind == Kind::Join);
        let pairs = joins.flat_map(|(number, draft)| {
            let key = names::twin_key(&draft.row.change.after);
            let twins = key.and_then(|key| by_key.get(&key)).into_iter().flatten();
            twins.map(|member| Twin { claim: self.claim(*number, Some(member)), holder: self.holder(member) })
        });
        pairs.collect()
    }

    fn claim(&self, row: RowNumber, about: Option<&Member>) -> Claim {
        let Draft { whose, row: Row { change, .. } } = &self.rows[&row];
        let not = about.map(|member| member.id).filter(|member| match whose {
            Whose::Person(id) => self.is_not(id, *member),
            _ => false,
        });
        Claim { row, change: change.clone(), not }
    }

    fn holder(&self, member: &Member) -> Holder {
        let rows = self.rows_of.get(&member.id).into_iter().flatten();
        let changes = rows.map(|row| (*row, &self.rows[row].row.change));
        // Two records may speak of one member (R16): one that does something goes first, and one
        // that keeps them in before one that does not.
        let order = |change: &Change| (change.kind == Kind::Reject, change.kind == Kind::Leave);
        let first = changes.min_by_key(|(row, change)| (order(change), *row));
        let fate = Fate::of(member, first);
        // Nobody gets an excluded person's account, or its address, without being asked about.
        let fate = if fate.is_former() && self.is_excluded_member(member) { Fate::Stays } else { fate };
        Holder { member: member.clone(), fate }
    }
}
