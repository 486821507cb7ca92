//! Members by group: who stand in the same state, and came by the same route.
//!
//! On SQLite each group lies in one stretch of an index, by name, and a list is its groups merged: it takes as long for
//! everybody as for the few in a rare state, or for nobody. Along an order of everybody, those few would cost a walk over
//! all members. PostgreSQL knows how many stand where, and chooses by itself.

use domain::{ids::ProgrammeId, member::State};
use sea_orm::Value;
use uuid::Uuid;

use super::{MemberFilter, Route};
use crate::{Store, StoreResult};

/// How many members are looked through one by one, rather than along an index that most of them have no part in.
const FEW: i64 = 1_000;

/// The groups that a filter lets through.
pub(super) struct Groups {
    /// What looks after their members; none for those who came by hand or by file.
    integrations: Vec<Option<Uuid>>,
    states: Vec<State>,
    /// How many members are in them.
    number: i64,
}

impl Groups {
    /// The groups of a programme. Each state is one of them wherever there were ever members: so nobody is missed who
    /// is moved to another before the list is read.
    pub(super) async fn of(store: &Store, programme: ProgrammeId, filter: &MemberFilter) -> StoreResult<Self> {
        let states = if filter.states.is_empty() { State::ALL.to_vec() } else { filter.states.clone() };
        let (mut integrations, mut number) = (Vec::new(), 0);
        for group in store.member_groups(programme.0).await? {
            let integration = Some(group.integration_id).filter(|id| !id.is_nil());
            let is_wanted = match filter.route {
                None => true,
                Some(Route::Integration(wanted)) => integration == Some(wanted.0),
                Some(Route::ByHand) => integration.is_none(),
            };
            if !is_wanted {
                continue;
            }
            if !integrations.contains(&integration) {
                integrations.push(integration);
            }
            if states.iter().any(|state| state.as_str() == group.state) {
                number += group.number;
            }
        }
        Ok(Self { integrations, states, number })
    }

    /// Whether there was never anybody in them.
    pub(super) fn are_none(&self) -> bool {
        self.integrations.is_empty()
    }

    /// Whether they hold so few members that each can be looked at.
    pub(super) fn are_small(&self) -> bool {
        self.number <= FEW
    }

    /// A statement that gives name and number of everybody in them who meets the conditions, group by group; put in the
    /// order of names, it merges them. Values are added to those that the conditions have.
    pub(super) fn members(&self, conditions: &[String], values: &mut Vec<Value>) -> String {
        let more = conditions.iter().fold(String::new(), |more, condition| format!("{more} AND {condition}"));
        let mut statements = Vec::new();
        for integration in &self.integrations {
            let of = match integration {
                Some(integration) => {
                    values.push((*integration).into());
                    format!("integration_id = ${}", values.len())
                }
                None => "integration_id IS NULL".to_owned(),
            };
            for state in &self.states {
                statements.push(format!(
                    "SELECT search_key, id FROM members WHERE programme_id = $1 AND {of} AND state = '{state}'{more}"
                ));
            }
        }
        statements.join(" UNION ALL ")
    }
}
