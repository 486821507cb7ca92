//! Plans as pages show them: some people of a kind by name, people who are looked for.

use domain::{
    ids::{ImportId, MemberId, ProgrammeId},
    names,
    plan::Kind,
};
use sea_orm::{EntityTrait, FromQueryResult, QueryFilter, Value};

use super::{Plan, PlanRow};
use crate::{Import, Store, StoreResult, entity::change, sql};

/// The rows of a plan; goes with `Plan::key`.
const OF_PLAN: &str = "programme_id = $1 AND import_id = $2 AND try_number = $3";

/// What a row is looked up by.
#[derive(FromQueryResult)]
struct Place {
    kind: String,
    search_key: String,
    row_number: i64,
}

impl Plan<'_> {
    /// The rows that people are shown, of all kinds or of one, in the order of last names; `typed` is
    /// the beginning of a name, address or employee ID, `after` the number of the last row seen.
    pub async fn page(
        &self,
        kind: Option<Kind>,
        typed: &str,
        after: Option<i64>,
        most: u64,
    ) -> StoreResult<Vec<PlanRow>> {
        let mut values = self.key();
        let of_kind = match kind {
            Some(kind) => format!("kind = '{kind}'"),
            None => format!("kind <> '{}'", Kind::Refresh),
        };
        let mut conditions = vec![OF_PLAN.to_owned(), of_kind];
        // The kind has no place in the order of one kind: the index is walked as it stands.
        let order = if kind.is_none() { "kind, search_key, row_number" } else { "search_key, row_number" };
        if let Some(after) = after {
            let Some(last) = self.place(after).await? else { return Ok(Vec::new()) };
            let seen: Vec<Value> =
                [kind.is_none().then(|| last.kind.into()), Some(last.search_key.into()), Some(last.row_number.into())]
                    .into_iter()
                    .flatten()
                    .collect();
            conditions.push(format!("({order}) > ({})", sql::placeholders(values.len() + 1, seen.len())));
            values.extend(seen);
        }
        conditions.extend(matching(self.store, typed, &mut values));
        values.push(i64::try_from(most).unwrap_or(i64::MAX).into());
        let (conditions, limit) = (conditions.join(" AND "), values.len());
        let sql = format!(
            "SELECT kind, search_key, row_number FROM changes WHERE {conditions} ORDER BY {order} LIMIT ${limit}"
        );
        // The index alone finds them; only those that are shown are fetched.
        let places: Vec<Place> = sql::all(&self.store.read, &sql, values).await?;
        let numbers: Vec<i64> = places.iter().map(|place| place.row_number).collect();
        self.rows_by_number(&numbers).await
    }

    /// The rows with these numbers, in their order.
    pub async fn rows_by_number(&self, numbers: &[i64]) -> StoreResult<Vec<PlanRow>> {
        use sea_orm::ColumnTrait;
        let filter = self.rows_filter().add(change::Column::RowNumber.is_in(numbers.iter().copied()));
        let rows = change::Entity::find().filter(filter).all(&self.store.read).await?;
        let mut rows: Vec<PlanRow> = rows.iter().map(change::Model::to_row).collect::<StoreResult<_>>()?;
        rows.sort_by_key(|row| numbers.iter().position(|number| *number == row.number));
        Ok(rows)
    }

    async fn place(&self, number: i64) -> StoreResult<Option<Place>> {
        let sql = format!("SELECT kind, search_key, row_number FROM changes WHERE {OF_PLAN} AND row_number = $4");
        let values = [self.key(), vec![number.into()]].concat();
        Ok(sql::all(&self.store.read, &sql, values).await?.pop())
    }
}

/// The condition that a row or a member is one of those looked for, if anybody is.
pub(crate) fn matching(store: &Store, typed: &str, values: &mut Vec<Value>) -> Option<String> {
    let lists = names::searched(typed);
    let alternatives: Vec<String> = lists
        .iter()
        .map(|all| {
            let parts = all.iter().map(|part| {
                values.push(part.as_str().into());
                stands(store, values.len())
            });
            parts.collect::<Vec<_>>().join(" AND ")
        })
        .collect();
    match alternatives.as_slice() {
        // Something was typed, and nothing of it can be in a name.
        [] => (!typed.trim().is_empty()).then(|| "1 = 0".to_owned()),
        all => Some(format!("(({}))", all.join(") OR ("))),
    }
}

/// The condition that a value stands somewhere in a search key.
pub(crate) fn stands(store: &Store, value: usize) -> String {
    let at = if store.is_shared() { "strpos" } else { "instr" };
    format!("{at}(search_key, ${value}) > 0")
}

impl Store {
    /// What imports planned for a member, the newest first; `before` is the last import seen. With
    /// `applied`, only what was done.
    pub async fn changes_of_member(
        &self,
        programme: ProgrammeId,
        member: MemberId,
        applied: bool,
        before: Option<ImportId>,
        most: u64,
    ) -> StoreResult<Vec<(Import, PlanRow)>> {
        let mut values: Vec<Value> = vec![programme.0.into(), member.0.into()];
        values.push(i64::try_from(most).unwrap_or(i64::MAX).into());
        let older = before.map_or("", |before| {
            values.push(before.0.into());
            "AND c.import_id < $4"
        });
        let done = if applied {
            "AND c.kind <> 'reject' AND NOT c.skipped AND (i.state = 'completed' \
             OR (i.state = 'applying' AND c.position <= i.cursor))"
        } else {
            ""
        };
        let sql = format!(
            "SELECT c.* FROM changes c JOIN imports i ON i.programme_id = c.programme_id AND i.id = c.import_id \
             AND i.try_number = c.try_number AND i.purpose = 'apply' \
             WHERE c.programme_id = $1 AND c.member_id = $2 AND c.kind <> 'refresh' {done} {older} \
             ORDER BY c.import_id DESC LIMIT $3"
        );
        let rows: Vec<change::Model> = sql::all(&self.read, &sql, values).await?;
        let ids: Vec<ImportId> = rows.iter().map(|row| ImportId(row.import_id)).collect();
        let imports = self.imports_by_number(programme, &ids).await?;
        let mut found = Vec::with_capacity(rows.len());
        for row in &rows {
            if let Some(import) = imports.iter().find(|import| import.id == row.import_id) {
                found.push((import.clone(), row.to_row()?));
            }
        }
        Ok(found)
    }
}
