//! What happened in imports, to anyone and why: lists, plans by name, problems, files.

use domain::{
    hold::{self, Findings},
    ids::{ImportId, ProgrammeId},
    import::{Purpose, State},
    plan::Kind,
    problem::{Code, Severity},
};
use futures::{Stream, StreamExt, TryStreamExt, stream};
use store::{Import, ProblemRow, history::ImportFilter, plan::PlanRow, problems::ProblemCount};

use crate::{
    Engine, EngineError, EngineResult,
    problem_texts::{ProblemTexts, problem_line},
    spreadsheet,
};

/// An import that is or was on hold, as an administrator looks at it.
#[derive(Debug, Clone, PartialEq)]
pub struct Hold {
    /// What the guard looked at, and what the leavers share.
    pub findings: Findings,
    /// When the import before it completed, in microseconds of UTC: since then the HR system says
    /// something else of the leavers.
    pub since: Option<i64>,
    /// Whether it may be that the IDs were renumbered (R43).
    pub may_be_renumbered: bool,
    /// When it lapses, or lapsed, if nobody answers, in microseconds of UTC.
    pub lapses_at: i64,
    /// The newer import that took its place.
    pub superseded_by: Option<ImportId>,
}

impl Engine {
    /// The programme's imports that the filter lets through, the newest first; `before` is the number
    /// of the last one seen.
    pub async fn imports_of(
        &self,
        programme: ProgrammeId,
        filter: &ImportFilter,
        before: Option<ImportId>,
        most: u64,
    ) -> EngineResult<Vec<Import>> {
        Ok(self.store.imports_page(programme, filter, before, most).await?)
    }

    /// What there is to say of an import that is or was on hold; `None` for one that never was.
    pub async fn hold_of(&self, import: &Import) -> EngineResult<Option<Hold>> {
        let (Some(held_at), Some(findings)) = (import.held_at, import.findings()?) else { return Ok(None) };
        let integration = Some(domain::ids::IntegrationId(import.integration_id));
        let applying = ImportFilter { integration, purpose: Some(Purpose::Apply), ..ImportFilter::default() };
        let completed = ImportFilter { states: vec![State::Completed], ..applying.clone() };
        let before = self.store.imports_page(import.programme(), &completed, Some(import.number()), 1).await?;
        let mut superseded_by = None;
        if import.state()? == State::Superseded {
            // Whatever was planned next; an import that failed has taken nobody's place.
            use State::{Applying, Completed, Lapsed, OnHold, Rejected, Superseded};
            let states = vec![OnHold, Applying, Completed, Rejected, Lapsed, Superseded];
            let planned = ImportFilter { states, ..applying };
            superseded_by = self.store.next_import(import, &planned).await?.map(|next| next.number());
        }
        Ok(Some(Hold {
            findings,
            since: before.first().and_then(|before| before.finished_at),
            may_be_renumbered: import.held_by.split(',').any(|guard| guard == "R43"),
            lapses_at: held_at.saturating_add(hold::WAITS),
            superseded_by,
        }))
    }

    /// The people of an import's plan, of all kinds or of one, in the order of last names; `typed` is
    /// the beginning of a name, address or employee ID, `after` the number of the last row seen.
    pub async fn plan_page(
        &self,
        import: &Import,
        kind: Option<Kind>,
        typed: &str,
        after: Option<i64>,
        most: u64,
    ) -> EngineResult<Vec<PlanRow>> {
        let plan = self.store.plan(import.programme(), import.number(), import.try_number);
        Ok(plan.page(kind, typed, after, most).await?)
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
    ) -> EngineResult<Vec<ProblemRow>> {
        Ok(self.store.problems_page(import, severity, code, after, most).await?)
    }

    /// How often each problem occurs in an import.
    pub async fn problem_counts(&self, import: &Import) -> EngineResult<Vec<ProblemCount>> {
        Ok(self.store.problem_counts(import).await?)
    }

    /// The problems of an import as a file for spreadsheets (R53), a line at a time, in the words of its reader.
    pub async fn problems_file(
        &self,
        import: &Import,
        severity: Option<Severity>,
        texts: impl ProblemTexts,
    ) -> EngineResult<impl Stream<Item = EngineResult<String>>> {
        let id = import.number();
        let problems = self.store.problems(import, severity).await?;
        let columns = spreadsheet::line(texts.columns());
        let lines = problems.map_ok(move |problem| problem_line(id, problem, &texts)).map_err(EngineError::from);
        Ok(stream::once(async { Ok(columns) }).chain(lines))
    }
}
