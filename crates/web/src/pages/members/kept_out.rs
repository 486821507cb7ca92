//! Exclusions and locks: who is kept out, and who is kept in, whatever imports say (R24).

use askama::Template;
use axum::extract::{Path, Query};
use domain::roles::Action;
use engine::Excluded;
use serde::Deserialize;
use store::{
    Integration,
    members::{Listed, MemberFilter},
};
use uuid::Uuid;

use super::called;
use crate::{
    access::Manager,
    failure::Failure,
    form::{Choice, Entries, Input, Summary, Wrongs, again},
    page::{Page, Shell, draw, go_on},
    tell,
};

/// How many exclusions, and how many locks, a page shows.
const MOST: usize = 50;

/// Which are asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    before: Option<Uuid>,
    after: Option<Uuid>,
    said: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/members/kept_out.html")]
struct KeptOut {
    shell: Shell,
    at: String,
    exclusions: Vec<Row>,
    older: Option<String>,
    locks: Vec<Row>,
    more_locks: Option<String>,
    may_manage: bool,
    /// Where somebody can be excluded who is no member.
    form: Option<Form>,
}

/// Somebody who is excluded or locked in.
struct Row {
    name: String,
    /// The member's page.
    at: Option<String>,
    detail: String,
    reason: String,
    by: String,
    when: String,
    until: String,
    /// Where that is taken back: a page that asks, or else a form.
    lift: String,
    is_asked: bool,
}

struct Form {
    summary: Summary,
    source: Choice,
    employee_id: Input,
    reason: Input,
}

/// `GET /manage/{programme}/members/exclusions`
pub(super) async fn show(manager: Manager, Query(asked): Query<Asked>) -> Page {
    draw(&page(&manager, &asked, &Entries::default(), &Wrongs::default()).await?)
}

async fn page(manager: &Manager, asked: &Asked, entries: &Entries, wrongs: &Wrongs) -> Result<KeptOut, Failure> {
    let words = manager.words;
    let engine = &manager.web.engine;
    let at = manager.at("members/exclusions");
    let most = u64::try_from(MOST + 1).unwrap_or(u64::MAX);
    let integrations = engine.store().integrations(manager.programme.number()).await?;
    let mut exclusions = engine.exclusions(&manager.programme, asked.before, most).await?;
    let more = exclusions.len() > MOST;
    exclusions.truncate(MOST);
    let older = exclusions.last().filter(|_| more).map(|last| format!("{at}?before={}", last.exclusion.id));
    let filter = MemberFilter { locked_on: Some(manager.clock.today()), ..MemberFilter::default() };
    let after = asked.after.map(domain::ids::MemberId);
    let mut locks = engine.members_page(manager.programme.number(), &filter, after, most).await?;
    let more = locks.len() > MOST;
    locks.truncate(MOST);
    let more_locks = locks.last().filter(|_| more).map(|last| format!("{at}?after={}#locks", last.member.id));
    let may_manage = manager.may(Action::ManageMembers);
    Ok(KeptOut {
        shell: manager.shell(words.t("kept-out-title")).saying(asked.said.as_deref()),
        exclusions: exclusions.iter().map(|one| excluded(manager, &integrations, one)).collect(),
        older,
        locks: locks.iter().map(|one| locked(manager, one)).collect(),
        more_locks,
        may_manage,
        form: (may_manage && !integrations.is_empty()).then(|| form(manager, &integrations, entries, wrongs)),
        at,
    })
}

fn form(manager: &Manager, integrations: &[Integration], entries: &Entries, wrongs: &Wrongs) -> Form {
    let words = manager.words;
    let sources = integrations.iter().map(|one| (one.source.clone(), tell::source(&one.source))).collect();
    let id = Input::new("employee_id", words.t("field-employee_id")).hint(words.t("exclude-id-hint"));
    let reason = Input::new("reason", words.t("act-reason")).hint(words.t("act-reason-hint-exclude"));
    Form {
        summary: wrongs.summary(words),
        source: Choice::new("source", words.t("exclude-source"), sources).value(entries.get("source")),
        employee_id: id.required().value(entries.get("employee_id")).told(wrongs),
        reason: reason.required().value(entries.get("reason")).told(wrongs),
    }
}

fn excluded(manager: &Manager, integrations: &[Integration], one: &Excluded) -> Row {
    let (words, exclusion) = (manager.words, &one.exclusion);
    let source = integrations.iter().find(|source| Some(source.id) == exclusion.integration_id);
    let id = exclusion.employee_id.clone().unwrap_or_default();
    let at = one.member.as_ref().map(|member| manager.at(format_args!("members/{}", member.id)));
    Row {
        name: match &one.member {
            Some(member) => called(words, member),
            None if id.is_empty() => words.t("member-erased").to_string(),
            None => words.t("excluded-id").with("id", &id).to_string(),
        },
        detail: match &one.member {
            Some(member) => member.employee_id.clone().unwrap_or_default(),
            None => source.map(|source| tell::source(&source.source)).unwrap_or_default(),
        },
        reason: exclusion.reason.clone(),
        by: exclusion.excluded_by.clone(),
        when: manager.clock.day(exclusion.excluded_at),
        until: String::new(),
        is_asked: at.is_some(),
        lift: match &at {
            Some(at) => format!("{at}/lift"),
            None => manager.at(format_args!("members/exclusions/{}/lift", exclusion.id)),
        },
        at,
    }
}

fn locked(manager: &Manager, listed: &Listed) -> Row {
    let at = manager.at(format_args!("members/{}", listed.member.id));
    let lock = listed.lock.as_ref();
    Row {
        name: called(manager.words, &listed.member),
        detail: listed.member.employee_id.clone().unwrap_or_default(),
        reason: lock.map(|lock| lock.reason.clone()).unwrap_or_default(),
        by: lock.map(|lock| lock.by.clone()).unwrap_or_default(),
        when: lock.map(|lock| manager.clock.day(lock.at)).unwrap_or_default(),
        until: listed.member.locked_until.map(|until| manager.clock.date(until)).unwrap_or_default(),
        is_asked: true,
        lift: format!("{at}/unlock"),
        at: Some(at),
    }
}

/// `POST /manage/{programme}/members/exclusions`
pub(super) async fn exclude(manager: Manager, entries: Entries) -> Page {
    let integration = manager.integration(entries.get("source")).await?;
    let (id, reason) = (entries.get("employee_id"), entries.get("reason"));
    match manager.web.engine.exclude_id(&manager.programme, &integration, id, reason, &manager.actor()).await {
        Ok(Some(member)) => Ok(go_on(&manager.at(format_args!("members/{member}")), "did-exclude")),
        Ok(None) => Ok(go_on(&manager.at("members/exclusions"), "did-exclude")),
        Err(error) => {
            let wrongs = Wrongs::told(manager.words, error)?;
            again(&page(&manager, &Asked::default(), &entries, &wrongs).await?)
        }
    }
}

/// `POST /manage/{programme}/members/exclusions/{exclusion}/lift`
pub(super) async fn lift(manager: Manager, Path((_, id)): Path<(String, String)>) -> Page {
    let id = Uuid::try_parse(&id).map_err(|_| Failure::not_found())?;
    manager.web.engine.lift_exclusion(&manager.programme, id, &manager.actor()).await?;
    Ok(go_on(&manager.at("members/exclusions"), "did-lift"))
}
