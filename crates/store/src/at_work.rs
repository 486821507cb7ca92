//! What somebody who works on an import has to know, in one look.

use domain::ids::{IntegrationId, ProgrammeId};
use sea_orm::{DbErr, FromQueryResult, QueryResult};

use crate::{
    Import, Integration, Programme, Store, StoreResult,
    entity::{import, integration, programme},
    imports::running_one,
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
    /// The import of the integration that somebody is, or should be, working on.
    pub async fn at_work(&self, programme: ProgrammeId, integration: IntegrationId) -> StoreResult<Option<AtWork>> {
        let sql = format!(
            "SELECT {}, {}, {} FROM {} JOIN integrations g ON g.programme_id = $1 AND g.id = $2 \
             JOIN programmes p ON p.id = $1 LIMIT 1",
            sql::columns::<programme::Entity>("p"),
            sql::columns::<integration::Entity>("g"),
            sql::columns::<import::Entity>("i"),
            running_one("i")
        );
        Ok(sql::all(&self.write, &sql, vec![programme.0.into(), integration.0.into()]).await?.pop())
    }
}
