//! What goes with time: whom imports and files were about, and old entries of the audit log.

use domain::ids::{ImportId, ProgrammeId};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Store, StoreResult, sql};

/// Rows that one statement removes, at most: others wait no longer than for these.
const ROWS: i64 = 5_000;

#[derive(FromQueryResult)]
struct Number {
    id: Uuid,
}

impl Store {
    /// Imports that ended before `until` and still say whom they were about, the oldest first. Those that something
    /// still needs are not among them: the newest of an integration and the newest that was applied, since open
    /// questions are theirs, and those whose leavers could be brought back.
    pub async fn imports_to_empty(&self, programme: ProgrammeId, until: i64, most: u64) -> StoreResult<Vec<ImportId>> {
        let sql = "SELECT i.id FROM imports i WHERE i.programme_id = $1 AND i.people_removed_at IS NULL \
                   AND i.finished_at < $2 \
                   AND EXISTS (SELECT 1 FROM imports n WHERE n.programme_id = $1 \
                       AND n.integration_id = i.integration_id AND n.id > i.id) \
                   AND NOT (i.state = 'completed' AND NOT EXISTS (SELECT 1 FROM imports n WHERE n.programme_id = $1 \
                       AND n.integration_id = i.integration_id AND n.state = 'completed' AND n.id > i.id)) \
                   AND NOT EXISTS (SELECT 1 FROM members m WHERE m.programme_id = $1 AND m.left_import_id = i.id \
                       AND m.state = 'leaver') \
                   ORDER BY i.id LIMIT $3";
        let values = vec![programme.0.into(), until.into(), i64::try_from(most).unwrap_or(i64::MAX).into()];
        let rows: Vec<Number> = sql::all(&self.read, sql, values).await?;
        Ok(rows.into_iter().map(|row| ImportId(row.id)).collect())
    }

    /// Removes everybody from an import, in batches; its row stays, with its numbers, and says when this was. Tells
    /// how many rows went.
    pub async fn empty_import(&self, programme: ProgrammeId, import: ImportId, now: i64) -> StoreResult<u64> {
        let mut gone = 0;
        for (table, number) in [("changes", "row_number"), ("problems", "number")] {
            let sql = format!(
                "DELETE FROM {table} WHERE programme_id = $1 AND import_id = $2 AND (try_number, {number}) IN \
                 (SELECT try_number, {number} FROM {table} WHERE programme_id = $1 AND import_id = $2 LIMIT $3)"
            );
            loop {
                let rows = sql::run(&self.write, &sql, vec![programme.0.into(), import.0.into(), ROWS.into()]).await?;
                gone += rows;
                if rows == 0 {
                    break;
                }
            }
        }
        let sql = "UPDATE imports SET people_removed_at = $3 WHERE programme_id = $1 AND id = $2 \
                   AND people_removed_at IS NULL";
        sql::run(&self.write, sql, vec![programme.0.into(), import.0.into(), now.into()]).await?;
        Ok(gone)
    }

    /// Removes the lines of files that were handed in before `until`. Tells how many rows went.
    pub async fn empty_uploads(&self, programme: ProgrammeId, until: i64) -> StoreResult<u64> {
        let sql = "DELETE FROM upload_rows WHERE programme_id = $1 AND upload_id IN \
                   (SELECT id FROM uploads WHERE programme_id = $1 AND uploaded_at < $2)";
        sql::run(&self.write, sql, vec![programme.0.into(), until.into()]).await
    }

    /// Removes entries of the audit log of before `until`, both in microseconds of UTC, in batches. Tells how many
    /// went.
    pub async fn trim_audit(&self, programme: ProgrammeId, until: i64) -> StoreResult<u64> {
        // Numbers begin with the time: the oldest are found along the key.
        let sql = "DELETE FROM audit WHERE programme_id = $1 AND id IN (SELECT id FROM audit WHERE programme_id = $1 \
                   AND id < $2 AND at < $3 ORDER BY id LIMIT $4)";
        let millis = u64::try_from(until / 1_000).unwrap_or_default();
        // A little later, since a number is made just before its entry is.
        let below = uuid::Builder::from_unix_timestamp_millis(millis + 60_000, &[0xff; 10]).into_uuid();
        let mut gone = 0;
        loop {
            let values = vec![programme.0.into(), below.into(), until.into(), ROWS.into()];
            let rows = sql::run(&self.write, sql, values).await?;
            gone += rows;
            if rows == 0 {
                return Ok(gone);
            }
        }
    }
}
