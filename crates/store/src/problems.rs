//! Problems, as history and files list them (R53).

use domain::problem::Severity;
use futures::{Stream, TryStreamExt};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};

use crate::{Import, ProblemRow, Store, StoreError, StoreResult, entity::problem};

impl Store {
    /// The problems of an import, person by person, of all severities or of one.
    pub async fn problems(
        &self,
        import: &Import,
        severity: Option<Severity>,
    ) -> StoreResult<impl Stream<Item = StoreResult<ProblemRow>> + '_> {
        let mut filter = Condition::all()
            .add(problem::Column::ProgrammeId.eq(import.programme_id))
            .add(problem::Column::ImportId.eq(import.id))
            .add(problem::Column::TryNumber.eq(import.try_number));
        if let Some(severity) = severity {
            filter = filter.add(problem::Column::Severity.eq(severity.to_string()));
        }
        let rows = problem::Entity::find()
            .filter(filter)
            .order_by_asc(problem::Column::EmployeeId)
            .order_by_asc(problem::Column::Number)
            .stream(&self.read)
            .await?;
        Ok(rows.map_err(StoreError::from))
    }
}
