//! “Same person or someone else?” (R18): the questions of the newest plan, and the answers that hold.

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query},
};
use domain::{field::Field, ids::MemberId, member::Member, names, problem::Code, roles::Action};
use engine::{Answer, Decided, Question};
use serde::Deserialize;
use store::Integration;
use uuid::Uuid;

use super::{Trail, with_query};
use crate::{
    access::Manager,
    failure::Failure,
    page::{Page, Said, Shell, draw, go_on},
    tell::{self, Labels},
};

/// How many questions a page asks.
const MOST: usize = 10;

/// How many answers it lists.
const MOST_ANSWERS: usize = 50;

/// Which questions are asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// Behind the problem with this number.
    after: Option<i64>,
    /// Answers that were given before this time, in microseconds of UTC.
    older: Option<i64>,
}

#[derive(Template)]
#[template(path = "pages/imports/decisions.html")]
struct Decisions {
    shell: Shell,
    trail: Trail,
    questions: Vec<Card>,
    next: Option<String>,
    is_later: bool,
    answers: Vec<Given>,
    /// Where older answers are.
    older: Option<String>,
    is_older: bool,
    may: bool,
    /// Why the last answer was not taken, and about whom.
    refused: Option<(String, String)>,
}

/// A question with both sides.
struct Card {
    employee_id: String,
    name: String,
    text: String,
    remedy: String,
    help: String,
    /// What identifies the member in an answer.
    same_as: Option<String>,
    member_state: String,
    rows: Vec<Side>,
    /// Whether two accounts would share an address, so that *someone else* is no answer.
    only_same: bool,
}

/// One value of both sides.
struct Side {
    label: String,
    record: String,
    member: String,
    differs: bool,
}

/// An answer that holds.
struct Given {
    employee_id: String,
    member_id: Uuid,
    member: String,
    is_same: bool,
    when: String,
    is_done: bool,
}

/// `GET /manage/{programme}/integrations/{source}/decisions`
pub(super) async fn show(
    manager: Manager,
    Path((_, source)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    Query(said): Query<Said>,
) -> Page {
    let integration = manager.integration(&source).await?;
    draw(&page(&manager, &integration, &asked, said.said.as_deref(), None).await?)
}

async fn page(
    manager: &Manager,
    integration: &Integration,
    asked: &Asked,
    said: Option<&str>,
    refused: Option<(String, String)>,
) -> Result<Decisions, Failure> {
    let engine = &manager.web.engine;
    let most = u64::try_from(MOST + 1).unwrap_or(u64::MAX);
    let mut questions = engine.open_questions(integration, asked.after, most).await?;
    let more = questions.len() > MOST;
    questions.truncate(MOST);
    let last = questions.last().map(|last| last.problem.number.to_string()).filter(|_| more);
    let mut answers = engine.decisions_of(integration).await?;
    answers.retain(|answer| asked.older.is_none_or(|older| answer.decision.decided_at < older));
    let older = answers.get(MOST_ANSWERS - 1).filter(|_| answers.len() > MOST_ANSWERS);
    let older = older.map(|last| last.decision.decided_at.to_string());
    answers.truncate(MOST_ANSWERS);
    let trail = Trail::new(manager, integration);
    let here = format!("{}/decisions", trail.at);
    let source = trail.source.clone();
    let labels = Labels::of(manager).await?;
    Ok(Decisions {
        shell: manager.shell(manager.words.t("decide-title")).saying(said),
        trail,
        questions: questions.iter().map(|question| card(manager, &labels, question, &source)).collect(),
        next: last.map(|last| with_query(&here, &[("after", &last)])),
        is_later: asked.after.is_some(),
        answers: answers.iter().map(|decided| given(manager, decided)).collect(),
        older: older.map(|older| with_query(&here, &[("older", &older)])),
        is_older: asked.older.is_some(),
        may: manager.may(Action::Decide),
        refused,
    })
}

fn card(manager: &Manager, labels: &Labels, question: &Question, source: &str) -> Card {
    let words = manager.words;
    let Question { problem, code, member, .. } = question;
    let (text, remedy) = tell::problem(words, *code);
    let employee_id = problem.employee_id.clone().unwrap_or_default();
    let id = words.t("field-employee_id").to_string();
    let their_id = member.as_ref().and_then(|member| member.employee_id.as_deref());
    let sides = question.sides().into_iter();
    let mut rows = vec![Side::new(id, Some(&employee_id), their_id)];
    rows.extend(sides.map(|(field, record, member)| {
        let told = |value: Option<&str>| value.map(|value| tell::value(words, &manager.clock, &field, value));
        let (record, member) = (told(record), told(member));
        Side::new(labels.field(words, &field, source), record.as_deref(), member.as_deref())
    }));
    Card {
        name: problem.name.clone(),
        help: format!("/help/problems/{code}"),
        same_as: member.as_ref().and_then(identifies),
        member_state: member.as_ref().map(|member| words.of("member-", member.state).to_string()).unwrap_or_default(),
        only_same: *code == Code::EmailTaken && member.as_ref().is_some_and(|member| member.state.is_current()),
        text,
        remedy,
        rows,
        employee_id,
    }
}

/// What a member goes by in an answer.
fn identifies(member: &Member) -> Option<String> {
    member.employee_id.clone().or_else(|| member.fields.get(&Field::Email).cloned())
}

impl Side {
    fn new(label: String, record: Option<&str>, member: Option<&str>) -> Self {
        let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
        Self { label, differs: record != member, record: text(record), member: text(member) }
    }
}

fn given(manager: &Manager, decided: &Decided) -> Given {
    let decision = &decided.decision;
    Given {
        employee_id: decision.employee_id.clone(),
        member_id: decision.member_id,
        member: decided.member.as_ref().map(|member| names::display(&member.fields)).unwrap_or_default(),
        is_same: decision.answer == "same",
        when: manager.clock.short(decision.decided_at),
        is_done: decision.fulfilled_at.is_some(),
    }
}

/// An answer as the form sends it.
#[derive(Debug, Deserialize)]
pub(super) struct Chosen {
    employee_id: String,
    /// The member, for *same person*; empty for *someone else*.
    #[serde(default)]
    same_as: String,
}

/// `POST /manage/{programme}/integrations/{source}/decisions`
pub(super) async fn decide(
    manager: Manager,
    Path((_, source)): Path<(String, String)>,
    Form(form): Form<Chosen>,
) -> Page {
    let integration = manager.integration(&source).await?;
    let answer = if form.same_as.is_empty() { Answer::New } else { Answer::SameAs(form.same_as) };
    let engine = &manager.web.engine;
    let decided = engine.decide(&manager.programme, &integration, &form.employee_id, &answer, &manager.actor()).await;
    match decided {
        Ok(()) => Ok(go_on(&format!("{}/decisions", Trail::new(&manager, &integration).at), "decided")),
        Err(engine::EngineError::Refused(refusal)) => {
            let refused = Some((form.employee_id, tell::refusal(manager.words, &refusal)));
            let page = page(&manager, &integration, &Asked::default(), None, refused).await?;
            let mut response = draw(&page)?;
            *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}

/// Which answer is taken back.
#[derive(Debug, Deserialize)]
pub(super) struct Taken {
    employee_id: String,
    member: Uuid,
}

/// `POST /manage/{programme}/integrations/{source}/decisions/revoke`
pub(super) async fn revoke(
    manager: Manager,
    Path((_, source)): Path<(String, String)>,
    Form(taken): Form<Taken>,
) -> Page {
    let integration = manager.integration(&source).await?;
    let (engine, by) = (&manager.web.engine, manager.actor());
    let member = MemberId(taken.member);
    engine.revoke_decision(&manager.programme, &integration, &taken.employee_id, member, &by).await?;
    Ok(go_on(&format!("{}/decisions", Trail::new(&manager, &integration).at), "decision-revoked"))
}
