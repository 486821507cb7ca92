//! Whatever is sealed with the key of the installation, wherever it stands; and the keys for single purposes that
//! were in use before it.

use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use crate::{Store, StoreResult, sql};

/// A column with sealed secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its table.
    pub table: &'static str,
    /// Its name.
    pub column: &'static str,
    /// The column with the number that a secret is bound to.
    pub row: &'static str,
    /// Whether the table belongs to programmes.
    pub of_programme: bool,
}

const fn column(table: &'static str, column: &'static str, row: &'static str, of_programme: bool) -> Column {
    Column { table, column, row, of_programme }
}

/// All of them. Credentials that wait to be taken stand in `integrations.draft` besides.
pub const COLUMNS: &[Column] = &[
    column("integrations", "secret", "id", true),
    column("subscriptions", "secret", "id", true),
    column("subscriptions", "previous_secret", "id", true),
    column("closing", "trace_key", "programme_id", true),
    column("administrators", "totp_secret", "id", false),
    column("member_credentials", "totp_secret", "member_id", true),
    column("former_keys", "sealed", "id", false),
];

/// One sealed secret.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Sealed {
    /// Its programme; that of the row itself where it belongs to none.
    pub programme: Uuid,
    /// The number that it is bound to.
    pub row: Uuid,
    /// The secret.
    pub sealed: Vec<u8>,
}

/// A key for one purpose, made of a key that was given up.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct FormerKey {
    /// Its number: the same for the same key and purpose.
    pub id: Uuid,
    /// What it is for.
    pub purpose: String,
    /// The key, sealed.
    pub sealed: Vec<u8>,
    /// Since when another is in use, in microseconds of UTC.
    pub retired_at: i64,
}

impl Store {
    /// Secrets that do not begin with this, in order, after that one; with nothing to begin with, all of them.
    pub async fn sealed_otherwise(
        &self,
        of: Column,
        mark: &[u8],
        after: Option<(Uuid, Uuid)>,
        most: u64,
    ) -> StoreResult<Vec<Sealed>> {
        let Column { table, column, row, of_programme } = of;
        let programme = if of_programme { "programme_id" } else { row };
        let (programme_after, row_after) = after.unwrap_or_default();
        let sql = format!(
            "SELECT {programme} AS programme, {row} AS \"row\", {column} AS sealed FROM {table} \
             WHERE {column} IS NOT NULL AND ({programme}, {row}) > ($1, $2) \
             AND ($3 = 0 OR substr({column}, 1, $3) <> $4) ORDER BY {programme}, {row} LIMIT $5"
        );
        let length = i32::try_from(mark.len()).unwrap_or(i32::MAX);
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let values: Vec<Value> =
            vec![programme_after.into(), row_after.into(), length.into(), mark.to_vec().into(), most.into()];
        sql::all(&self.write, &sql, values).await
    }

    /// Puts another envelope in the place of one, unless that has changed meanwhile.
    pub async fn seal_anew(&self, of: Column, known: &Sealed, sealed: &[u8]) -> StoreResult<bool> {
        let Column { table, column, row, of_programme } = of;
        let programme = if of_programme { "programme_id" } else { row };
        let sql = format!("UPDATE {table} SET {column} = $1 WHERE {programme} = $2 AND {row} = $3 AND {column} = $4");
        let values =
            vec![sealed.to_vec().into(), known.programme.into(), known.row.into(), known.sealed.clone().into()];
        Ok(sql::run(&self.write, &sql, values).await? > 0)
    }

    /// Keeps a key for one purpose; it may be there already.
    pub async fn keep_former_key(&self, key: &FormerKey) -> StoreResult<()> {
        let sql = "INSERT INTO former_keys (id, purpose, sealed, retired_at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (id) DO NOTHING";
        let FormerKey { id, purpose, sealed, retired_at } = key;
        let values = vec![(*id).into(), purpose.as_str().into(), sealed.clone().into(), (*retired_at).into()];
        sql::run(&self.write, sql, values).await?;
        Ok(())
    }

    /// The keys that were used for this before, the newest first.
    pub async fn former_keys(&self, purpose: &str) -> StoreResult<Vec<FormerKey>> {
        let sql = "SELECT id, purpose, sealed, retired_at FROM former_keys WHERE purpose = $1 \
                   ORDER BY retired_at DESC";
        sql::all(&self.write, sql, vec![purpose.into()]).await
    }
}
