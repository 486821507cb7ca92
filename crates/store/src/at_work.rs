//! What somebody who works on an import has to know, in one look.

use domain::ids::{IntegrationId, ProgrammeId};
use sea_orm::{DbErr, FromQueryResult, QueryResult};

use crate::{
    Import, Integration, Programme, Store, StoreResult,
    entity::{import, integration, programme},
    imports::running_states,
    sql,
};

/// An import that has not ended, with what it belongs to.
#[derive(Debug, Clone)]
pub struct AtWork {
    /// Its programme.
    pub programme: Programme,
    /// Its integration.
    pub integration: Integration,
    /// The import.
    pub import: Import,
}

impl FromQueryResult for AtWork {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            programme: Programme::from_query_result(row, "p.")?,
            integration: Integration::from_query_result(row, "g.")?,
            import: Import::from_query_result(row, "i.")?,
        })
    }
}

impl Store {
    /// The import of the integration that somebody is, or should be, working on; one that changes members before a
    /// preview.
    pub async fn at_work(&self, programme: ProgrammeId, integration: IntegrationId) -> StoreResult<Option<AtWork>> {
        let sql = format!(
            "SELECT {}, {}, {} FROM imports i JOIN integrations g ON g.programme_id = i.programme_id \
             AND g.id = i.integration_id JOIN programmes p ON p.id = i.programme_id \
             WHERE i.programme_id = $1 AND i.integration_id = $2 AND i.state IN ({}) \
             ORDER BY CASE i.purpose WHEN 'apply' THEN 0 ELSE 1 END, i.id DESC LIMIT 1",
            sql::columns::<programme::Entity>("p"),
            sql::columns::<integration::Entity>("g"),
            sql::columns::<import::Entity>("i"),
            running_states()
        );
        Ok(sql::all(&self.write, &sql, vec![programme.0.into(), integration.0.into()]).await?.pop())
    }
}
