//! Plans as pages show them: some people of a kind by name, people who are looked for.

use domain::{
    ids::{ImportId, MemberId, ProgrammeId},
    names,
    plan::Kind,
};
use sea_orm::{EntityTrait, FromQueryResult, QueryFilter, Value};

use super::{Plan, PlanRow};
use crate::{Import, Store, StoreResult, entity::change, sql};

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
        let mut sql = "SELECT kind, search_key, row_number FROM changes \
                       WHERE programme_id = $1 AND import_id = $2 AND try_number = $3"
            .to_owned();
        match kind {
            Some(kind) => sql.push_str(&format!(" AND kind = '{kind}'")),
            None => sql.push_str(&format!(" AND kind <> '{}'", Kind::Refresh)),
        }
        if let Some(after) = after {
            let Some(last) = self.place(after).await? else { return Ok(Vec::new()) };
            if kind.is_none() {
                sql.push_str(" AND (kind, search_key, row_number) > ($4, $5, $6)");
                values.push(last.kind.into());
            } else {
                sql.push_str(" AND (search_key, row_number) > ($4, $5)");
            }
            values.extend([last.search_key.into(), last.row_number.into()]);
        }
        sql.push_str(&matching(self.store, typed, &mut values));
        values.push(i64::try_from(most).unwrap_or(i64::MAX).into());
        // Names of kinds have no place in the order of one kind: the index is walked as it stands.
        let order = if kind.is_none() { "kind, search_key, row_number" } else { "search_key, row_number" };
        sql.push_str(&format!(" ORDER BY {order} LIMIT ${}", values.len()));
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
        let sql = "SELECT kind, search_key, row_number FROM changes \
                   WHERE programme_id = $1 AND import_id = $2 AND try_number = $3 AND row_number = $4";
        let values = [self.key(), vec![number.into()]].concat();
        Ok(sql::all(&self.store.read, sql, values).await?.pop())
    }
}

/// The condition that a row or a member is one of those looked for.
pub(crate) fn matching(store: &Store, typed: &str, values: &mut Vec<Value>) -> String {
    let stands_at = if store.is_shared() { "strpos" } else { "instr" };
    let lists = names::searched(typed);
    let alternatives: Vec<String> = lists
        .iter()
        .map(|all| {
            let parts = all.iter().map(|part| {
                values.push(part.as_str().into());
                format!("{stands_at}(search_key, ${}) > 0", values.len())
            });
            parts.collect::<Vec<_>>().join(" AND ")
        })
        .collect();
    match alternatives.as_slice() {
        // Something was typed, and nothing of it can be in a name.
        [] if !typed.trim().is_empty() => " AND 1 = 0".to_owned(),
        [] => String::new(),
        all => format!(" AND (({}))", all.join(") OR (")),
    }
}

impl Store {
    /// What imports planned for a member, the newest first; `before` is the last import seen.
    pub async fn changes_of_member(
        &self,
        programme: ProgrammeId,
        member: MemberId,
        before: Option<ImportId>,
        most: u64,
    ) -> StoreResult<Vec<(Import, PlanRow)>> {
        let mut values: Vec<Value> = vec![programme.0.into(), member.0.into()];
        values.push(i64::try_from(most).unwrap_or(i64::MAX).into());
        let older = before.map_or("", |before| {
            values.push(before.0.into());
            "AND c.import_id < $4"
        });
        let sql = format!(
            "SELECT c.* FROM changes c JOIN imports i ON i.programme_id = c.programme_id AND i.id = c.import_id \
             AND i.try_number = c.try_number AND i.purpose = 'apply' \
             WHERE c.programme_id = $1 AND c.member_id = $2 AND c.kind <> 'refresh' {older} \
             ORDER BY c.import_id DESC LIMIT $3"
        );
        let rows: Vec<change::Model> = sql::all(&self.read, &sql, values).await?;
        let ids: Vec<ImportId> = rows.iter().map(|row| ImportId(row.import_id)).collect();
        let imports = self.imports_by_number(programme, &ids).await?;
        let of = |row: &change::Model| imports.iter().find(|import| import.id == row.import_id).cloned();
        rows.iter().filter_map(|row| Some(row.to_row().map(|plan| (of(row), plan)))).try_fold(
            Vec::new(),
            |mut all, row| {
                let (import, row) = row?;
                all.extend(import.map(|import| (import, row)));
                Ok(all)
            },
        )
    }
}
