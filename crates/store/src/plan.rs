//! The plan of one import, row by row: staged in batches while the source is read, settled, and
//! read again by everybody who wants to know what an import would do, does or did (R30).

mod contended;
mod pages;
mod row;

use domain::{
    field::{Field, Fields},
    hold::{Shared, Sharing},
    ids::{ImportId, ProgrammeId},
    plan::{Change, Counts, Kind, Outcome},
    print::Print,
    problem::{Code, Problem},
};
use futures::{Stream, StreamExt, TryStreamExt};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, FromQueryResult, IntoActiveModel,
    QueryFilter, QueryOrder, Statement, StreamTrait,
};

pub use contended::Contended;
pub(crate) use pages::{matching, stands};
pub use row::{JOIN_PHASE, PlanRow, ProblemOf};

use crate::{
    Store, StoreError, StoreResult, bulk,
    entity::{change, problem},
    sql, work,
    work::Lease,
};

/// Rows, or people in a list, that are written together.
const ROWS_AT_ONCE: usize = 1_000;

/// The plan of one import, of one try to read the source.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    pub(crate) store: &'a Store,
    pub(crate) programme: ProgrammeId,
    pub(crate) import: ImportId,
    pub(crate) try_number: i32,
}

impl Store {
    /// The plan that an import staged in this try.
    pub fn plan(&self, programme: ProgrammeId, import: ImportId, try_number: i32) -> Plan<'_> {
        Plan { store: self, programme, import, try_number }
    }
}

impl Plan<'_> {
    fn key(&self) -> Vec<sea_orm::Value> {
        vec![self.programme.0.into(), self.import.0.into(), self.try_number.into()]
    }

    fn rows_filter(&self) -> Condition {
        Condition::all()
            .add(change::Column::ProgrammeId.eq(self.programme.0))
            .add(change::Column::ImportId.eq(self.import.0))
            .add(change::Column::TryNumber.eq(self.try_number))
    }

    /// Adds rows and problems.
    pub async fn stage(&self, lease: &Lease, rows: &[PlanRow], problems: &[ProblemOf]) -> StoreResult<()> {
        let transaction = self.store.begin().await?;
        work::renew(&transaction, lease).await?;
        self.insert(&transaction, rows, problems).await?;
        Ok(transaction.commit().await?)
    }

    async fn insert(&self, on: &DatabaseTransaction, rows: &[PlanRow], problems: &[ProblemOf]) -> StoreResult<()> {
        // Whose names are neighbours share pages of the index by name, each of which is read and written once then, and not
        // for each of them.
        let mut rows: Vec<&PlanRow> = rows.iter().collect();
        rows.sort_by_key(|row| row.last_name());
        for rows in rows.chunks(ROWS_AT_ONCE) {
            let rows: Vec<_> = rows.iter().map(|row| self.to_model(row)).collect::<StoreResult<_>>()?;
            bulk::insert::<change::Entity>(on, &rows).await?;
        }
        for problems in problems.chunks(ROWS_AT_ONCE) {
            let rows: Vec<_> = problems.iter().map(|problem| self.to_problem_model(problem)).collect();
            bulk::insert::<problem::Entity>(on, &rows).await?;
        }
        Ok(())
    }

    /// Forgets what earlier tries of the import staged, and this one if `all`.
    pub async fn discard(&self, lease: &Lease, all: bool) -> StoreResult<()> {
        let transaction = self.store.begin().await?;
        work::renew(&transaction, lease).await?;
        let compare = if all { "<=" } else { "<" };
        for table in ["changes", "problems"] {
            let sql =
                format!("DELETE FROM {table} WHERE programme_id = $1 AND import_id = $2 AND try_number {compare} $3");
            sql::run(&transaction, &sql, self.key()).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Writes what settling came to, as one: rows that are replaced, dropped, or moved to another
    /// position, people whose rows and problems give way to others, and what is added.
    pub async fn amend(&self, lease: &Lease, amendment: &Amendment) -> StoreResult<()> {
        if *amendment == Amendment::default() {
            return Ok(());
        }
        let transaction = self.store.begin().await?;
        work::renew(&transaction, lease).await?;
        for people in amendment.forget_people.chunks(ROWS_AT_ONCE) {
            let of_people = [self.key(), people.iter().map(|id| id.as_str().into()).collect()].concat();
            let list = sql::placeholders(4, people.len());
            for table in ["changes", "problems"] {
                let sql = format!(
                    "DELETE FROM {table} WHERE programme_id = $1 AND import_id = $2 AND try_number = $3 \
                     AND employee_id IN ({list})"
                );
                sql::run(&transaction, &sql, of_people.clone()).await?;
            }
        }
        for number in &amendment.drop {
            change::Entity::delete_many()
                .filter(self.rows_filter().add(change::Column::RowNumber.eq(*number)))
                .exec(&transaction)
                .await?;
        }
        for row in &amendment.replace {
            let replaced = self.to_model(row)?.into_active_model().reset_all();
            change::Entity::update_many()
                .set(replaced)
                .filter(self.rows_filter().add(change::Column::RowNumber.eq(row.number)))
                .exec(&transaction)
                .await?;
        }
        // Whoever is rejected keeps the address, so nothing is to be said of their invitation (R11).
        let unsay = format!(
            "DELETE FROM problems WHERE programme_id = $1 AND import_id = $2 AND try_number = $3 AND code = '{}' \
             AND row_number IN (SELECT row_number FROM changes WHERE programme_id = $1 AND import_id = $2 \
             AND try_number = $3 AND kind = 'reject')",
            Code::InvitationAddressChanged
        );
        sql::run(&transaction, &unsay, self.key()).await?;
        let place = "UPDATE changes SET position = $5 \
                     WHERE programme_id = $1 AND import_id = $2 AND try_number = $3 AND row_number = $4";
        for (number, position) in &amendment.place {
            sql::run(&transaction, place, [self.key(), vec![(*number).into(), (*position).into()]].concat()).await?;
        }
        self.insert(&transaction, &amendment.add, &amendment.problems).await?;
        Ok(transaction.commit().await?)
    }

    /// How many rows of each kind there are, and problems of each severity; the other counts are
    /// left as they are.
    pub async fn count(&self, counts: &mut Counts) -> StoreResult<()> {
        #[derive(FromQueryResult)]
        struct Group {
            name: String,
            number: i64,
        }
        let of = |column: &str, table: &str, counted: &str| {
            format!(
                "SELECT {column} AS name, COUNT(*) AS number FROM {table} \
                 WHERE programme_id = $1 AND import_id = $2 AND try_number = $3 {counted} GROUP BY {column}"
            )
        };
        // A leaver of whom it is noted that they are absent was not read, so is not counted as unchanged.
        let read = format!("AND (kind <> 'refresh' OR print IS NULL OR print <> {})", Print::ABSENT.0);
        let count = |number: i64| u64::try_from(number).unwrap_or_default();
        for group in sql::all::<Group, _>(&self.store.write, &of("kind", "changes", &read), self.key()).await? {
            let kind: Kind = group.name.parse().map_err(StoreError::row)?;
            counts.add(Outcome::Changed(kind), count(group.number));
        }
        for group in sql::all::<Group, _>(&self.store.write, &of("severity", "problems", ""), self.key()).await? {
            *if group.name == "error" { &mut counts.errors } else { &mut counts.warnings } = count(group.number);
        }
        Ok(())
    }

    /// How many rows change who somebody is: another employee ID, another owner of an e-mail
    /// address, or an account that would turn into somebody else's (R43, see
    /// [`domain::guard::changes_identity`]).
    pub async fn identity_changes(&self) -> StoreResult<u64> {
        let with = |code: Code| {
            format!(
                "row_number IN (SELECT row_number FROM problems WHERE programme_id = $1 AND import_id = $2 \
                 AND try_number = $3 AND code = '{code}' AND row_number IS NOT NULL)"
            )
        };
        let sql = format!(
            "SELECT COUNT(*) FROM changes WHERE programme_id = $1 AND import_id = $2 AND try_number = $3 AND (\
             (kind NOT IN ('reject', 'refresh') AND (changes_id OR {})) \
             OR (kind = 'reject' AND ({} OR (member_id IS NOT NULL AND {}))))",
            with(Code::EmailMoved),
            with(Code::IdentityChanged),
            with(Code::EmailTaken)
        );
        let count = sql::number(&self.store.write, &sql, self.key()).await?.unwrap_or_default();
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// The numbers of the rows that give an account another employee ID.
    pub async fn identity_rows(&self) -> StoreResult<Vec<i64>> {
        #[derive(FromQueryResult)]
        struct Row {
            row_number: i64,
        }
        let sql = "SELECT row_number FROM changes \
                   WHERE programme_id = $1 AND import_id = $2 AND try_number = $3 AND changes_id";
        let rows = sql::all::<Row, _>(&self.store.write, sql, self.key()).await?;
        Ok(rows.into_iter().map(|row| row.row_number).collect())
    }

    /// The rows that people are shown, in the order of names, of all kinds or of one.
    pub async fn rows(&self, kind: Option<Kind>) -> StoreResult<impl Stream<Item = StoreResult<PlanRow>> + '_> {
        let mut filter = self.rows_filter().add(change::Column::Kind.ne(Kind::Refresh.as_str()));
        if let Some(kind) = kind {
            filter = filter.add(change::Column::Kind.eq(kind.as_str()));
        }
        let rows = change::Entity::find()
            .filter(filter)
            .order_by_asc(change::Column::Name)
            .order_by_asc(change::Column::RowNumber)
            .stream(&self.store.read)
            .await?;
        Ok(rows.map_err(StoreError::from).and_then(|row| async move { row.to_row() }))
    }

    /// Walks over all rows in an order that depends on the people only: what fingerprints are made of.
    pub async fn essence(&self, kind: Option<Kind>) -> StoreResult<impl Stream<Item = StoreResult<Essence>> + '_> {
        let only = kind.map(|kind| format!("AND kind = '{kind}'")).unwrap_or_default();
        let sql = format!(
            "SELECT kind, employee_id, CASE WHEN kind = 'join' THEN NULL ELSE member_id END AS member_id, version, \
             reason, after, frees FROM changes \
             WHERE programme_id = $1 AND import_id = $2 AND try_number = $3 {only} \
             ORDER BY employee_id, kind, member_id"
        );
        let statement = Statement::from_sql_and_values(self.store.backend(), sql, self.key());
        let rows = self.store.read.stream_raw(statement).await?;
        Ok(rows.map(|row| Ok(Essence::from_query_result(&row?, "")?)))
    }

    /// What the leavers have in common.
    pub async fn what_leavers_share(&self) -> StoreResult<Shared> {
        #[derive(FromQueryResult)]
        struct Leaver {
            reason: Option<String>,
            before: String,
            after: String,
        }
        let sql = "SELECT reason, before, after FROM changes \
                   WHERE programme_id = $1 AND import_id = $2 AND try_number = $3 AND kind = 'leave'";
        let statement = Statement::from_sql_and_values(self.store.backend(), sql, self.key());
        let mut rows = self.store.read.stream_raw(statement).await?;
        let mut sharing = Sharing::default();
        while let Some(row) = rows.try_next().await? {
            let Leaver { reason, before, after } = Leaver::from_query_result(&row, "")?;
            let before: Vec<(Field, Option<String>)> = serde_json::from_str(&before).map_err(StoreError::row)?;
            let after: Fields = serde_json::from_str(&after).map_err(StoreError::row)?;
            sharing.add(reason.as_deref().unwrap_or_default(), &before, &after);
        }
        Ok(sharing.end())
    }

    /// Whether every account still is as it was when the plan was made (R30).
    pub async fn is_stale(&self) -> StoreResult<bool> {
        let sql = "SELECT COUNT(*) FROM changes c WHERE c.programme_id = $1 AND c.import_id = $2 AND c.try_number = $3 \
                   AND c.kind IN ('update', 'leave', 'rejoin') AND NOT EXISTS (SELECT 1 FROM members m \
                   WHERE m.programme_id = c.programme_id AND m.id = c.member_id AND m.version = c.version)";
        Ok(sql::number(&self.store.write, sql, self.key()).await?.unwrap_or_default() > 0)
    }
}

/// What a plan row comes to, whatever number and time it was given.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Essence {
    /// What it does.
    pub kind: String,
    /// To whom.
    pub employee_id: Option<String>,
    /// To which account, for one that exists.
    pub member_id: Option<uuid::Uuid>,
    /// To which version of it.
    pub version: i64,
    /// Why.
    pub reason: Option<String>,
    /// All values afterwards.
    pub after: String,
    /// The former member whose address is freed.
    pub frees: Option<uuid::Uuid>,
}

/// What settling does to a staged plan.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Amendment {
    /// People whose rows and problems are taken back, by employee ID.
    pub forget_people: Vec<String>,
    /// Rows that are taken back.
    pub drop: Vec<i64>,
    /// Rows that are replaced, under their number.
    pub replace: Vec<PlanRow>,
    /// Rows that get another position.
    pub place: Vec<(i64, i64)>,
    /// New rows.
    pub add: Vec<PlanRow>,
    /// New problems.
    pub problems: Vec<ProblemOf>,
}

impl Amendment {
    /// Rejects a row: it does nothing any more, and says why.
    pub fn reject(&mut self, row: &PlanRow, number: i64, problem: Problem) {
        let rejected = row.change.rejected();
        self.problems.push(ProblemOf::row(number, row, problem));
        self.replace.push(PlanRow { change: rejected, account: row.change.member, mail: None, ..row.clone() });
    }
}

/// The value that somebody's e-mail has in a plan row, for messages.
pub fn email_in(change: &Change) -> Option<&str> {
    change.after.get(&Field::Email).map(String::as_str)
}
