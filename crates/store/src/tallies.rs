//! How many members and mails there are of each kind: numbers that the database keeps, so that pages need not count.
//!
//! Triggers keep them, whoever makes a change (`m0021_tallies`). A number is the sum of its slots.

use sea_orm::FromQueryResult;

use crate::{Store, StoreResult, sql};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    Members,
    Mails,
}

/// How many there are in a state.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Tally {
    pub(crate) state: String,
    pub(crate) number: i64,
}

/// How many of a programme there are: a query that gives one number. `more` asks for something else of `state` or
/// `integration_id`.
pub(crate) fn number(counted: Counted, programme: &str, more: &str) -> String {
    let kind = kind(counted);
    format!(
        "(SELECT COALESCE(CAST(SUM(number) AS BIGINT), 0) FROM tallies WHERE tallies.programme_id = {programme} \
         AND tallies.kind = '{kind}'{more})"
    )
}

fn kind(counted: Counted) -> &'static str {
    match counted {
        Counted::Members => "member",
        Counted::Mails => "mail",
    }
}

/// How many members an integration has in a state.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Group {
    /// The integration; of those who came by hand or by file the number that stands for none.
    pub(crate) integration_id: uuid::Uuid,
    pub(crate) state: String,
    pub(crate) number: i64,
}

impl Store {
    /// How many members of a programme each integration has in which state; also where there were some once.
    pub(crate) async fn member_groups(&self, programme: uuid::Uuid) -> StoreResult<Vec<Group>> {
        let sql = format!(
            "SELECT integration_id, state, CAST(SUM(number) AS BIGINT) AS number FROM tallies \
             WHERE programme_id = $1 AND kind = '{}' GROUP BY integration_id, state ORDER BY integration_id, state",
            kind(Counted::Members)
        );
        sql::all(&self.read, &sql, vec![programme.into()]).await
    }

    /// How many of a programme are in which state, by the names of states. A state that nobody is in is left out.
    /// `integration` asks for those of one alone.
    pub(crate) async fn tallies(
        &self,
        counted: Counted,
        programme: uuid::Uuid,
        integration: Option<uuid::Uuid>,
    ) -> StoreResult<Vec<Tally>> {
        let mut values = vec![programme.into()];
        let of = integration.map_or("", |integration| {
            values.push(integration.into());
            " AND integration_id = $2"
        });
        let sql = format!(
            "SELECT state, CAST(SUM(number) AS BIGINT) AS number FROM tallies WHERE programme_id = $1 AND kind = '{}'{of} \
             GROUP BY state HAVING SUM(number) > 0 ORDER BY state",
            kind(counted)
        );
        sql::all(&self.read, &sql, values).await
    }
}
