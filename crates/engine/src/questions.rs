//! Which questions of imports wait for an answer, and which answers hold (R18).

use domain::{
    field::{Field, Fields},
    ids::MemberId,
    import::State,
    member::Member,
    problem::Code,
};
use serde_json::json;
use store::{Decision, Import, Integration, ProblemRow, Programme, history::ImportFilter};

use crate::{Actor, Deed, Engine, EngineError, EngineResult};

/// A question of an import: are the person and the member the same?
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The problem that asks.
    pub problem: ProblemRow,
    /// What is asked.
    pub code: Code,
    /// What the record says of the person, as far as its values are good.
    pub record: Fields,
    /// The member who may be the same person, if they are still there.
    pub member: Option<Member>,
}

/// An answer that holds, and who it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// The answer.
    pub decision: Decision,
    /// The member whom the person was weighed against, if they are still there.
    pub member: Option<Member>,
}

impl Engine {
    /// The newest import whose plan is known: the one whose questions are asked.
    pub(crate) async fn newest_plan(&self, integration: &Integration) -> EngineResult<Option<Import>> {
        let planned = ImportFilter {
            integration: Some(integration.number()),
            states: vec![State::Completed, State::OnHold, State::Rejected, State::Lapsed, State::Previewed],
            ..ImportFilter::default()
        };
        Ok(self.store.imports_page(integration.programme(), &planned, None, 1).await?.pop())
    }

    /// The questions of the newest plan that nobody has answered; `after` is the number of the last
    /// problem seen.
    pub async fn open_questions(
        &self,
        integration: &Integration,
        after: Option<i64>,
        most: u64,
    ) -> EngineResult<Vec<Question>> {
        let Some(import) = self.newest_plan(integration).await? else { return Ok(Vec::new()) };
        let problems = self.store.open_questions(&import, after, most).await?;
        let rows: Vec<i64> = problems.iter().filter_map(|problem| problem.row_number).collect();
        let plan = self.store.plan(import.programme(), import.number(), import.try_number);
        let rows = plan.rows_by_number(&rows).await?;
        let mut questions = Vec::with_capacity(problems.len());
        for problem in problems {
            let Ok(code) = problem.code.parse() else { continue };
            let row = rows.iter().find(|row| Some(row.number) == problem.row_number);
            let record = row.map(|row| row.change.after.clone()).unwrap_or_default();
            let member = self.weighed_against(integration, &problem).await?;
            questions.push(Question { problem, code, record, member });
        }
        Ok(questions)
    }

    /// How many questions of the newest plan nobody has answered.
    pub async fn count_open_questions(&self, integration: &Integration) -> EngineResult<u64> {
        match self.newest_plan(integration).await? {
            Some(import) => Ok(self.store.count_open_questions(&import).await?),
            None => Ok(0),
        }
    }

    /// The answers that hold for the integration, the newest first.
    pub async fn decisions_of(&self, integration: &Integration) -> EngineResult<Vec<Decided>> {
        let mut decisions = self.store.decisions(integration.programme(), integration.number()).await?;
        decisions.sort_by_key(|decision| std::cmp::Reverse(decision.decided_at));
        let ids: Vec<MemberId> = decisions.iter().map(|decision| MemberId(decision.member_id)).collect();
        let members = self.store.members_by_number(integration.programme(), &ids).await?;
        let of = |decision: &Decision| members.iter().find(|member| member.id.0 == decision.member_id).cloned();
        Ok(decisions.into_iter().map(|decision| Decided { member: of(&decision), decision }).collect())
    }

    /// Takes an answer back: the next import asks again where the question is still there.
    pub async fn revoke_decision(
        &self,
        programme: &Programme,
        integration: &Integration,
        employee_id: &str,
        member: MemberId,
        by: &Actor,
    ) -> EngineResult<()> {
        let known = self.store.decisions(programme.number(), integration.number()).await?;
        let found = known.into_iter().find(|one| one.employee_id == employee_id && one.member_id == member.0);
        let gone = || EngineError::NotFound {
            what: format!("There is no decision about the employee ID “{employee_id}” and this member."),
            remedy: "It may have been taken back already.".to_owned(),
        };
        let decision = found.ok_or_else(gone)?;
        if !self.store.revoke_decision(&decision).await? {
            return Err(gone());
        }
        let before = json!({ "answer": decision.answer, "member": decision.member_id });
        let (action, subject) = ("decision.revoked", employee_id);
        self.note(programme.number(), by, Deed { action, subject, before: Some(before), after: None::<()> }).await
    }
}

impl Question {
    /// The fields in which the two differ or agree, each with what the record and the member have.
    pub fn sides(&self) -> Vec<(Field, Option<&str>, Option<&str>)> {
        let member = self.member.as_ref().map(|member| &member.fields);
        let mut fields: Vec<&Field> =
            self.record.keys().chain(member.into_iter().flat_map(|fields| fields.keys())).collect();
        fields.sort();
        fields.dedup();
        let side = |field: &Field| {
            let record = self.record.get(field).map(String::as_str);
            let member = member.and_then(|fields| fields.get(field)).map(String::as_str);
            (field.clone(), record, member)
        };
        fields.into_iter().filter(|field| field.is_shown()).map(side).collect()
    }
}
