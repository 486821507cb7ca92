//! One member: what is known of them and where it comes from, where they stand, what was done to them, and what
//! can be done.

use askama::Template;
use axum::extract::{Path, Query};
use domain::{field::Field, member::State, plan::Reason, roles::Action};
use engine::Origin;
use serde::Deserialize;
use store::{Integration, members::Listed};
use uuid::Uuid;

use super::{
    act::{self, Doing},
    called, close_day, found, standing,
    story::{self, Entry},
};
use crate::{
    access::Manager,
    failure::Failure,
    page::{Page, Shell, draw},
    tell::{self, Badge, Labels},
    words::Words,
};

/// How much of the history a page shows.
const MOST: usize = 25;

/// Which part of the history is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    before: Option<Uuid>,
    said: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/members/show.html")]
struct Show {
    shell: Shell,
    at: String,
    standing: Badge,
    means: String,
    facts: Vec<(String, String)>,
    values: Vec<Held>,
    /// What the HR system said of the attributes that decide membership.
    seen: Vec<(String, String)>,
    exclusion: Option<String>,
    lock: Option<(String, String)>,
    /// What a mail server said that refuses their address.
    refusal: Option<String>,
    is_kept: bool,
    decisions: Vec<Answered>,
    story: Vec<Entry>,
    older: Option<String>,
    is_older: bool,
    doings: Vec<Doing>,
    may_edit: bool,
    /// Where erasing them begins, for whoever may.
    erase: Option<String>,
}

/// A value, and where it comes from.
struct Held {
    label: String,
    value: String,
    from: String,
}

/// An answer to “same person or someone else?” (R18) about this member.
struct Answered {
    employee_id: String,
    is_same: bool,
    when: String,
    at: Option<String>,
}

/// `GET /manage/{programme}/members/{member}`
pub(super) async fn show(manager: Manager, Path((_, id)): Path<(String, String)>, Query(asked): Query<Asked>) -> Page {
    let listed = found(&manager, &id).await?;
    draw(&page(&manager, &listed, &asked).await?)
}

async fn page(manager: &Manager, listed: &Listed, asked: &Asked) -> Result<Show, Failure> {
    let words = manager.words;
    let engine = &manager.web.engine;
    let programme = manager.programme.number();
    let member = &listed.member;
    let integrations = engine.store().integrations(programme).await?;
    let owner = member.integration.and_then(|id| integrations.iter().find(|one| one.id == id.0));
    let exclusion = engine.exclusion_of(&manager.programme, member.id).await?;
    let at = manager.at(format_args!("members/{}", member.id));
    let most = u64::try_from(MOST + 1).unwrap_or(u64::MAX);
    let mut events = engine.member_story(programme, member.id, asked.before, most).await?;
    let more = events.len() > MOST;
    events.truncate(MOST);
    let older = events.last().filter(|_| more).map(|last| format!("{at}?before={}#story", last.number()));
    let told_of = |at: i64, reason: &str, by: &str| {
        words
            .t("member-because")
            .with("reason", reason)
            .with("person", by)
            .with("day", manager.clock.day(at))
            .to_string()
    };
    let refusal = engine.mail_refusals(programme, std::slice::from_ref(member)).await?.remove(&member.id);
    let may_manage = manager.may(Action::ManageMembers);
    let doings =
        if may_manage { act::possible(member, exclusion.is_some(), manager.clock.today()) } else { Vec::new() };
    let close_day = close_day(manager)?;
    let labels = Labels::of(manager).await?;
    Ok(Show {
        shell: manager.shell(called(words, member)).saying(asked.said.as_deref()),
        standing: standing(manager, listed, close_day),
        means: words.of("member-means-", member.state).to_string(),
        facts: facts(manager, &labels, listed, owner),
        values: values(manager, &labels, listed).await?,
        seen: seen(words, &labels, member.fields.iter()),
        exclusion: exclusion.map(|one| told_of(one.excluded_at, &one.reason, &one.excluded_by)),
        lock: member
            .locked_until
            .zip(listed.lock.as_ref())
            .filter(|(until, _)| manager.clock.today() <= *until)
            .map(|(until, lock)| (manager.clock.date(until), told_of(lock.at, &lock.reason, &lock.by))),
        refusal: refusal.map(|refusal| {
            let told = words.t("member-refused-text").with("day", manager.clock.day(refusal.at));
            told.with("detail", refusal.detail).to_string()
        }),
        is_kept: member.kept_by_hand.is_some() && member.state.is_current(),
        decisions: decisions(manager, listed, &integrations).await?,
        story: events.iter().map(|event| story::entry(manager, &labels, &integrations, event)).collect(),
        older,
        is_older: asked.before.is_some(),
        doings,
        may_edit: may_manage && member.state != State::Closed,
        erase: (manager.may(Action::EraseMembers) && member.state != State::Closed).then(|| format!("{at}/erase")),
        at,
    })
}

/// Since when they are what, and who looks after them.
fn facts(manager: &Manager, labels: &Labels, listed: &Listed, owner: Option<&Integration>) -> Vec<(String, String)> {
    let (words, member) = (manager.words, &listed.member);
    let name = |key: &'static str| words.t(key).to_string();
    let mut facts =
        vec![(name("members-way"), owner.map_or_else(|| name("members-by-hand"), |one| tell::source(&one.source)))];
    facts.extend(member.employee_id.clone().map(|id| (name("field-employee_id"), id)));
    facts.push((name("members-since"), manager.clock.day(listed.created_at)));
    facts.push((name("member-changed"), manager.clock.moment(listed.updated_at)));
    if member.state == State::Leaver {
        facts.extend(listed.left_at.map(|at| (name("member-left"), manager.clock.moment(at))));
        let reason = listed.leave_reason.as_deref().and_then(|reason| reason.parse::<Reason>().ok());
        facts.extend(reason.map(|reason| (name("people-reason"), labels.reason(words, &reason))));
        facts.extend(
            member.clock_stopped_until.map(|until| (name("member-clock-stands-still"), manager.clock.date(until))),
        );
    }
    facts
}

/// Every value that there is, and every one that could be entered: a field that is fed and empty says so.
async fn values(manager: &Manager, labels: &Labels, listed: &Listed) -> Result<Vec<Held>, Failure> {
    let words = manager.words;
    let engine = &manager.web.engine;
    let member = &listed.member;
    let mut fields: Vec<Field> =
        engine.member_fields(&manager.programme).await?.into_iter().map(|(field, _)| field).collect();
    fields.extend(
        member.fields.keys().filter(|field| field.is_shown() && !fields.contains(field)).cloned().collect::<Vec<_>>(),
    );
    let origins = engine.origins(manager.programme.number(), member, fields).await?;
    let held = |(field, origin): (Field, Origin)| {
        let value = member.fields.get(&field).cloned();
        (value.is_some() || !origin.is_open()).then(|| Held {
            label: tell::field(words, &field),
            value: value.map_or_else(String::new, |value| tell::value(words, &manager.clock, &field, &value)),
            from: from(manager, labels, &origin),
        })
    };
    let own = engine.own_address_of(manager.programme.number(), member.id).await?.map(|own| Held {
        label: labels.place(words, "own_email"),
        value: own.email,
        from: from(manager, labels, &Origin::Own),
    });
    Ok(origins.into_iter().filter_map(held).chain(own).collect())
}

/// Who has the say over a value.
pub(super) fn from(manager: &Manager, labels: &Labels, origin: &Origin) -> String {
    match origin {
        Origin::Fed { source, attribute } => manager
            .words
            .t("origin-fed")
            .with("attribute", labels.attribute(manager.words, attribute))
            .with("source", tell::source(source))
            .to_string(),
        Origin::ByHand => manager.words.t("origin-by-hand").to_string(),
        Origin::Kept => manager.words.t("origin-kept").to_string(),
        Origin::Own => manager.words.t("origin-own").to_string(),
    }
}

fn seen<'a>(
    words: Words,
    labels: &Labels,
    fields: impl Iterator<Item = (&'a Field, &'a String)>,
) -> Vec<(String, String)> {
    let seen = fields.filter_map(|(field, value)| match field {
        Field::Seen(key) => Some((labels.attribute(words, key), value.clone())),
        _ => None,
    });
    seen.collect()
}

async fn decisions(manager: &Manager, listed: &Listed, integrations: &[Integration]) -> Result<Vec<Answered>, Failure> {
    let store = manager.web.engine.store();
    let mut decisions = store.decisions_about(manager.programme.number(), listed.member.id).await?;
    decisions.sort_by_key(|decision| std::cmp::Reverse(decision.decided_at));
    let answered = |decision: store::Decision| Answered {
        is_same: decision.answer == "same",
        when: manager.clock.day(decision.decided_at),
        at: integrations
            .iter()
            .find(|one| one.id == decision.integration_id)
            .map(|one| manager.at(format_args!("integrations/{}/decisions", one.source))),
        employee_id: decision.employee_id,
    };
    Ok(decisions.into_iter().map(answered).collect())
}
