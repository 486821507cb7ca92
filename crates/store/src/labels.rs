//! What HR systems call their attributes: for people, never to go by (R7).

use std::collections::BTreeMap;

use domain::ids::{IntegrationId, ProgrammeId};
use sea_orm::FromQueryResult;

use crate::{Store, StoreResult, sql};

#[derive(FromQueryResult)]
struct Row {
    key: String,
    label: String,
}

impl Store {
    /// The label of each attribute that an integration of the programme reads, by key.
    pub async fn labels(&self, programme: ProgrammeId) -> StoreResult<BTreeMap<String, String>> {
        let sql = "SELECT key, label FROM attribute_labels WHERE programme_id = $1 ORDER BY integration_id";
        let rows: Vec<Row> = sql::all(&self.read, sql, vec![programme.0.into()]).await?;
        Ok(rows.into_iter().map(|row| (row.key, row.label)).collect())
    }

    /// Keeps the labels of attributes that an integration reads. What is kept already is not written (R31).
    pub async fn keep_labels(
        &self,
        programme: ProgrammeId,
        integration: IntegrationId,
        labels: &BTreeMap<&str, &str>,
    ) -> StoreResult<()> {
        let known = self.labels(programme).await?;
        let mut values = vec![programme.0.into(), integration.0.into()];
        let mut rows = Vec::new();
        for (&key, &label) in labels.iter().filter(|(key, label)| known.get(**key).is_none_or(|known| known != **label))
        {
            values.extend([key.into(), label.into()]);
            rows.push(format!("($1, $2, ${}, ${})", values.len() - 1, values.len()));
        }
        if !rows.is_empty() {
            let sql = format!(
                "INSERT INTO attribute_labels (programme_id, integration_id, key, label) VALUES {} \
                 ON CONFLICT (programme_id, integration_id, key) DO UPDATE SET label = excluded.label",
                rows.join(", ")
            );
            sql::run(&self.write, &sql, values).await?;
        }
        Ok(())
    }
}
