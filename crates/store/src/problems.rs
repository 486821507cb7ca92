//! Problems, as history and files list them (R53).

use domain::problem::{Code, Severity};
use futures::{Stream, TryStreamExt};
use sea_orm::{ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Value};

use crate::{Import, ProblemRow, Store, StoreError, StoreResult, apply::plan_key, entity::problem, sql};

/// How often a problem occurs in an import.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct ProblemCount {
    /// How grave it is.
    pub severity: String,
    /// What it is.
    pub code: String,
    /// How many people have it.
    pub number: i64,
}

impl Store {
    /// The problems of an import, person by person, of all severities or of one.
    pub async fn problems(
        &self,
        import: &Import,
        severity: Option<Severity>,
    ) -> StoreResult<impl Stream<Item = StoreResult<ProblemRow>> + '_> {
        let mut filter = of(import);
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

    /// Some problems of an import, errors before warnings and one kind after the other; `after` is the
    /// number of the last one seen.
    pub async fn problems_page(
        &self,
        import: &Import,
        severity: Option<Severity>,
        code: Option<Code>,
        after: Option<i64>,
        most: u64,
    ) -> StoreResult<Vec<ProblemRow>> {
        let mut conditions = vec!["programme_id = $1 AND import_id = $2 AND try_number = $3".to_owned()];
        let mut values: Vec<Value> = plan_key(import);
        if let Some(after) = after {
            let last = problem::Entity::find()
                .filter(of(import).add(problem::Column::Number.eq(after)))
                .one(&self.read)
                .await?;
            let Some(last) = last else { return Ok(Vec::new()) };
            conditions.push("(severity, code, number) > ($4, $5, $6)".to_owned());
            values.extend([last.severity.into(), last.code.into(), last.number.into()]);
        }
        conditions.extend(severity.map(|severity| format!("severity = '{severity}'")));
        conditions.extend(code.map(|code| format!("code = '{code}'")));
        values.push(i64::try_from(most).unwrap_or(i64::MAX).into());
        let (conditions, limit) = (conditions.join(" AND "), values.len());
        let sql = format!("SELECT * FROM problems WHERE {conditions} ORDER BY severity, code, number LIMIT ${limit}");
        sql::all(&self.read, &sql, values).await
    }

    /// The problems of these rows of an import's plan.
    pub async fn problems_of_rows(&self, import: &Import, rows: &[i64]) -> StoreResult<Vec<ProblemRow>> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let filter = of(import).add(problem::Column::RowNumber.is_in(rows.iter().copied()));
        Ok(problem::Entity::find().filter(filter).order_by_asc(problem::Column::Number).all(&self.read).await?)
    }

    /// How often each problem occurs in an import.
    pub async fn problem_counts(&self, import: &Import) -> StoreResult<Vec<ProblemCount>> {
        let sql = "SELECT severity, code, COUNT(*) AS number FROM problems \
                   WHERE programme_id = $1 AND import_id = $2 AND try_number = $3 \
                   GROUP BY severity, code ORDER BY severity, code";
        sql::all(&self.read, sql, plan_key(import)).await
    }

    /// Problems of an import that wait for a decision (R18): nobody has answered since it was asked for.
    /// `after` is the number of the last one seen.
    pub async fn open_questions(&self, import: &Import, after: Option<i64>, most: u64) -> StoreResult<Vec<ProblemRow>> {
        // The sign keeps SQLite from walking along all problems by their number: it begins with the few that ask.
        let sql = format!("SELECT p.* {} AND p.number > $6 ORDER BY +p.number LIMIT $7", open());
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let more = vec![after.unwrap_or(i64::MIN).into(), most.into()];
        sql::all(&self.read, &sql, [questions_key(import), more].concat()).await
    }

    /// How many problems of an import wait for a decision.
    pub async fn count_open_questions(&self, import: &Import) -> StoreResult<u64> {
        let sql = format!("SELECT COUNT(*) {}", open());
        let count = sql::number(&self.read, &sql, questions_key(import)).await?.unwrap_or_default();
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// The newest question of an import about this person.
    pub async fn question_about(&self, import: &Import, employee_id: &str) -> StoreResult<Option<ProblemRow>> {
        let codes = Code::ALL.iter().filter(|code| code.asks_for_decision()).map(|code| code.as_str());
        let found = problem::Entity::find()
            .filter(of(import))
            .filter(problem::Column::Severity.eq(Severity::Error.to_string()))
            .filter(problem::Column::Code.is_in(codes))
            .filter(problem::Column::EmployeeId.eq(employee_id))
            .order_by_asc(problem::Column::Number);
        Ok(found.one(&self.read).await?)
    }
}

fn of(import: &Import) -> Condition {
    Condition::all()
        .add(problem::Column::ProgrammeId.eq(import.programme_id))
        .add(problem::Column::ImportId.eq(import.id))
        .add(problem::Column::TryNumber.eq(import.try_number))
}

/// Which problems are open questions; goes with [`questions_key`].
fn open() -> String {
    let codes = Code::ALL.iter().filter(|code| code.asks_for_decision());
    let codes: Vec<String> = codes.map(|code| format!("'{code}'")).collect();
    format!(
        "FROM problems p WHERE p.programme_id = $1 AND p.import_id = $2 AND p.try_number = $3 \
         AND p.severity = 'error' AND p.code IN ({}) AND p.employee_id IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.programme_id = p.programme_id \
         AND d.integration_id = $4 AND d.employee_id = p.employee_id AND d.decided_at >= $5)",
        codes.join(", ")
    )
}

fn questions_key(import: &Import) -> Vec<Value> {
    [plan_key(import), vec![import.integration_id.into(), import.created_at.into()]].concat()
}
