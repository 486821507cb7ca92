//! Answers to "same person or someone else?" (R18).

use domain::{email, ids::ProgrammeId, member::Member, problem::Code};
use serde_json::json;
use store::{Decision, Integration, ProblemRow, Programme};

use crate::{Actor, Deed, Engine, EngineResult, Refusal};

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
        by: &Actor,
    ) -> EngineResult<()> {
        let question = self.question(integration, employee_id).await?;
        let member = match answer {
            Answer::SameAs(member) => self
                .named(integration, member)
                .await?
                .ok_or_else(|| Refusal::NoSuchMember { member: member.clone(), programme: programme.slug.clone() })?,
            Answer::New => {
                let weighed = self.weighed_against(integration, &question).await?;
                weighed.ok_or_else(|| Refusal::CandidateGone { employee_id: employee_id.to_owned() })?
            }
        };
        if let Answer::SameAs(_) = answer {
            self.check_free(integration, &question, employee_id, &member).await?;
        } else if question.code == Code::EmailTaken.as_str() && member.state.is_current() {
            return Err(Refusal::SharedAddress {}.into());
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
        self.store.decide(&decision).await?;
        let after = json!({ "answer": decision.answer, "member": decision.member_id });
        let deed = Deed { action: "decision.made", subject: employee_id, before: None::<()>, after: Some(after) };
        self.note(programme.number(), by, deed).await
    }

    /// The problem of the newest import that asks this question.
    async fn question(&self, integration: &Integration, employee_id: &str) -> EngineResult<ProblemRow> {
        let found = match self.newest_plan(integration).await? {
            Some(import) => self.store.question_about(&import, employee_id).await?,
            None => None,
        };
        found.ok_or_else(|| Refusal::NoQuestion { employee_id: employee_id.to_owned() }.into())
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

    /// The member whom the person of a question may be.
    pub(crate) async fn weighed_against(
        &self,
        integration: &Integration,
        question: &ProblemRow,
    ) -> EngineResult<Option<Member>> {
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
            Some(own) if own.id != member.id && !asked => {
                Err(Refusal::HasAccount { employee_id: employee_id.to_owned() }.into())
            }
            _ => Ok(()),
        }
    }
}
