//! Answers to "same person or someone else?" (R18).

use domain::{
    email,
    ids::ProgrammeId,
    import::{Purpose, State},
    member::Member,
    problem::Code,
};
use futures::TryStreamExt;
use store::{Decision, Integration, ProblemRow, Programme};

use crate::{Engine, EngineError, EngineResult};

/// An administrator's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The same person as this member: their employee ID, or their e-mail address where they have
    /// no employee ID.
    SameAs(String),
    /// Someone else: a new account.
    New,
}

impl Engine {
    /// Keeps the answer for this and all later imports. It takes effect with the next import.
    pub async fn decide(
        &self,
        programme: &Programme,
        integration: &Integration,
        employee_id: &str,
        answer: &Answer,
    ) -> EngineResult<()> {
        let question = self.question(integration, employee_id).await?;
        let member = match answer {
            Answer::SameAs(member) => self.named(integration, member).await?.ok_or_else(|| EngineError::NotFound {
                what: format!("No member of “{}” goes by “{member}”.", programme.slug),
                remedy: "Give a member's employee ID, or the e-mail address of one who has none.".to_owned(),
            })?,
            Answer::New => self.weighed_against(integration, &question).await?.ok_or_else(|| EngineError::Refused {
                what: format!("The member whom “{employee_id}” was taken for is gone."),
                remedy: "Run the import again: there may be nothing to decide any more.".to_owned(),
            })?,
        };
        if let Answer::SameAs(_) = answer {
            self.check_free(integration, &question, employee_id, &member).await?;
        } else if question.code == Code::EmailTaken.as_str() && member.state.is_current() {
            return Err(EngineError::Refused {
                what: "Two accounts cannot share an e-mail address.".to_owned(),
                remedy: "Give one of the two people another address in the HR system.".to_owned(),
            });
        }
        let decision = Decision {
            programme_id: programme.id,
            integration_id: integration.id,
            employee_id: employee_id.to_owned(),
            member_id: member.id.0,
            answer: if *answer == Answer::New { "new" } else { "same" }.to_owned(),
            decided_at: self.now(),
            fulfilled_at: None,
        };
        Ok(self.store.decide(&decision).await?)
    }

    /// The problem of the newest import that asks this question.
    async fn question(&self, integration: &Integration, employee_id: &str) -> EngineResult<ProblemRow> {
        let (programme, number) = (integration.programme(), integration.number());
        let planned = [State::Completed, State::OnHold, State::Rejected, State::Lapsed, State::Previewed];
        let applied = self.store.newest_import(programme, number, Purpose::Apply.as_str(), &planned).await?;
        let previewed = self.store.newest_import(programme, number, Purpose::Preview.as_str(), &planned).await?;
        if let Some(import) = applied.into_iter().chain(previewed).max_by_key(|import| import.id) {
            let mut problems = std::pin::pin!(self.store.problems(&import, None).await?);
            while let Some(problem) = problems.try_next().await? {
                let asks = problem.code.parse().is_ok_and(Code::asks_for_decision);
                if asks && problem.employee_id.as_deref() == Some(employee_id) {
                    return Ok(problem);
                }
            }
        }
        Err(EngineError::Refused {
            what: format!("Nobody with the employee ID “{employee_id}” waits for a decision."),
            remedy: "`rollcall imports problems ID --severity error` lists who does.".to_owned(),
        })
    }

    async fn named(&self, integration: &Integration, name: &str) -> EngineResult<Option<Member>> {
        let programme = integration.programme();
        let by_id = self.store.members_by_employee_id(programme, integration.number(), &[name]).await?;
        match by_id.into_values().next() {
            Some(member) => Ok(Some(member)),
            None => self.by_email(programme, name).await,
        }
    }

    async fn by_email(&self, programme: ProgrammeId, address: &str) -> EngineResult<Option<Member>> {
        let key = email::key(address);
        Ok(self.store.members_by_email(programme, &[&key]).await?.into_values().next())
    }

    async fn weighed_against(&self, integration: &Integration, question: &ProblemRow) -> EngineResult<Option<Member>> {
        if let Some(other) = &question.other {
            return self.named(integration, other).await;
        }
        match &question.value {
            Some(address) => self.by_email(integration.programme(), address).await,
            None => Ok(None),
        }
    }

    /// Two accounts are never merged: whoever has one of their own cannot become another member.
    /// Unless that is the very question (R10): then the account with this ID is somebody else's.
    async fn check_free(
        &self,
        integration: &Integration,
        question: &ProblemRow,
        employee_id: &str,
        member: &Member,
    ) -> EngineResult<()> {
        let programme = integration.programme();
        let own = self.store.members_by_employee_id(programme, integration.number(), &[employee_id]).await?;
        let asked = question.code == Code::IdentityChanged.as_str();
        match own.get(employee_id) {
            Some(own) if own.id != member.id && !asked => Err(EngineError::Refused {
                what: format!("“{employee_id}” has an account already, which cannot become another member's."),
                remedy: "Put the records right in the HR system; where two have changed places, answer for both once they are \
                         rejected as `identity-changed`."
                    .to_owned(),
            }),
            _ => Ok(()),
        }
    }
}
