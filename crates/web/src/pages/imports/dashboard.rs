//! An integration at a glance: how it is, what it did lately, how it is set up, and what can be done.

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query},
    http::StatusCode,
};
use domain::{
    eligibility::{Rule, SegmentRow},
    field::MOST_CUSTOM_FIELDS,
    integration::State,
    roles::{Action, Role},
    setup::Step,
};
use engine::{Dashboard, EngineError, Health};
use serde::Deserialize;
use store::Integration;

use super::{Live, Trail, needs, needs::Task};
use crate::{
    access::Manager,
    chart::{Bar, Bars, Line, Point},
    failure::Failure,
    page::{Page, Said, Shell, draw, go_on},
    pages::{integrations::Standing, set_up},
    tell::{self, Badge, Labels},
    words::Words,
};

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// The dialog that is open, for browsers without script.
    ask: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/imports/dashboard.html")]
struct Overview {
    shell: Shell,
    trail: Trail,
    standing: Standing,
    /// `Every day at 06:00 (Europe/Berlin)`
    schedule: String,
    /// When the next import runs.
    next: Option<String>,
    /// That the schedule tries again after failures, or stands still for them, and when it is tried.
    failing: Option<String>,
    tasks: Vec<Task>,
    live: Option<Live>,
    members: u64,
    closing: u64,
    waiting: usize,
    last: Option<Last>,
    impact: Option<Bars>,
    over_time: Option<Line>,
    facts: Vec<Fact>,
    may: May,
    is_paused: bool,
    can_pause: bool,
    /// Changed settings wait to be published.
    has_draft: bool,
    review: String,
    hand_over: HandOver,
}

impl Overview {
    fn is_waiting(&self) -> bool {
        self.waiting > 0
    }

    /// Whether nothing is imported before it is connected again.
    fn is_cut_off(&self) -> bool {
        matches!(self.standing, Standing::Revoked | Standing::ReconnectNeeded)
    }
}

/// What the reader's role allows here.
#[derive(Debug, Clone, Copy)]
struct May(Role);

impl May {
    fn run(self) -> bool {
        self.0.may(Action::RunImports)
    }

    fn set_up(self) -> bool {
        self.0.may(Action::SetUp)
    }

    fn try_person(self) -> bool {
        self.0.may(Action::TryPerson)
    }

    fn hand_over(self) -> bool {
        self.0.may(Action::HandOver)
    }
}

/// The import that ended last.
struct Last {
    at: String,
    when: String,
    badge: Badge,
}

/// One setting, and where it is changed.
struct Fact {
    name: String,
    value: String,
    edit: String,
    /// Which setting the link edits, for those who hear it only.
    is_owner: bool,
}

/// The dialog that hands the integration over.
struct HandOver {
    owner: String,
    people: Vec<(String, String)>,
    /// The one who left, where there is no owner any more (R56).
    without: Option<String>,
    is_asked: bool,
    wrong: Option<String>,
}

impl HandOver {
    /// What the dialog begins with: whoever looks at it, unless they are the owner.
    async fn new(manager: &Manager, integration: &Integration, is_asked: bool) -> Result<Self, Failure> {
        let without = integration.owner_left_at.map(|_| integration.owner.clone());
        let own = &manager.signed.administrator.email;
        let owner = if without.is_none() && *own == integration.owner { String::new() } else { own.clone() };
        Ok(Self { owner, people: people(manager).await?, without, is_asked, wrong: None })
    }
}

/// `GET /manage/{programme}/integrations/{source}`: one that was never published goes on with its set-up.
pub(super) async fn show(
    manager: Manager,
    Path((_, source)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    Query(said): Query<Said>,
) -> Page {
    let integration = manager.integration(&source).await?;
    if integration.state()? == State::Draft {
        let step = manager.web.engine.draft_of(&integration)?.next_step(integration.is_authorised());
        return Ok(go_on(&set_up::address(&manager, &source, step), ""));
    }
    let is_asked = asked.ask.as_deref() == Some("hand-over");
    let hand_over = HandOver::new(&manager, &integration, is_asked).await?;
    draw(&page(&manager, integration, said.said.as_deref(), hand_over).await?)
}

/// Everybody who looks after the programme, for the choice of an owner.
async fn people(manager: &Manager) -> Result<Vec<(String, String)>, Failure> {
    let everybody = manager.web.engine.administrators_of(&manager.programme).await?;
    let here = everybody.into_iter().filter(|person| person.accepted_at.is_some() && person.left_at.is_none());
    Ok(here.map(|person| (person.email, person.name.unwrap_or_default())).collect())
}

async fn page(
    manager: &Manager,
    integration: Integration,
    said: Option<&str>,
    hand_over: HandOver,
) -> Result<Overview, Failure> {
    let words = manager.words;
    let engine = &manager.web.engine;
    let trail = Trail::new(manager, &integration);
    let standing = Standing::of(&manager.web, &integration).await?;
    let next = engine.next_imports(&manager.programme, &integration, 1)?;
    let dashboard = engine.dashboard(&manager.programme, integration.clone()).await?;
    let Health { last, running, failing, .. } = &dashboard.health;
    let failing = failing.map(|failing| {
        let when = manager.clock.moment_here(failing.next_try.unwrap_or_else(|| engine.now()));
        let phrase = if failing.has_paused {
            words.t("dashboard-paused-itself")
        } else {
            words.n("dashboard-retry", failing.failures)
        };
        phrase.with("when", when).to_string()
    });
    let live = match running {
        Some(import) => {
            let page = manager.at(format_args!("imports/{}", import.number()));
            Some(Live::new(manager, import, &integration.source)?.linked(page))
        }
        None => None,
    };
    let last = last.as_ref().map(|import| Last {
        at: manager.at(format_args!("imports/{}", import.number())),
        when: manager.clock.moment_here(import.finished_at.unwrap_or(import.created_at)),
        badge: tell::of_import(words, import),
    });
    let state = integration.state()?;
    let tasks = needs::tasks(manager, std::slice::from_ref(&integration), &dashboard.needs);
    Ok(Overview {
        shell: manager.shell(&trail.source).saying(said).waiting_for(live.is_some()),
        standing,
        schedule: set_up::in_words(words, integration.schedule()?, &manager.clock),
        next: next.first().map(|next| manager.clock.moment_here(next.as_microsecond())),
        failing,
        waiting: tasks.len(),
        tasks,
        live,
        members: dashboard.members.current(),
        closing: dashboard.members.leavers,
        last,
        impact: impact(manager, &dashboard)?,
        over_time: over_time(manager, &dashboard.over_time),
        facts: facts(manager, &Labels::of(manager).await?, &integration)?,
        may: May(manager.role),
        is_paused: state == State::Paused,
        can_pause: matches!(state, State::Live | State::Paused),
        has_draft: engine.has_draft(&integration)?,
        review: set_up::address(manager, &integration.source, Step::Review),
        hand_over,
        trail,
    })
}

/// What the last imports did.
fn impact(manager: &Manager, dashboard: &Dashboard) -> Result<Option<Bars>, Failure> {
    let words = manager.words;
    let mut bars = Vec::new();
    for import in dashboard.imports.iter().rev() {
        // An import that did not apply its plan changed nobody.
        let counts = if import.state == "completed" { import.counts()? } else { domain::plan::Counts::default() };
        bars.push(Bar {
            short: manager.clock.short_day_of(import.created_at),
            name: manager.clock.short(import.created_at),
            join: counts.join + counts.rejoin,
            update: counts.update,
            leave: if import.approved_without_leavers() { 0 } else { counts.leave },
        });
    }
    if bars.is_empty() {
        return Ok(None);
    }
    let (title, first) = (words.t("chart-imports").to_string(), words.t("history-when").to_string());
    Ok(Some(Bars::new(words, "impact", title, first, bars)))
}

/// How many members there were.
pub(crate) fn over_time(manager: &Manager, points: &[engine::Point]) -> Option<Line> {
    let words = manager.words;
    let point = |point: &engine::Point| Point {
        at: manager.clock.begin_of(&point.day.to_string()).unwrap_or_default(),
        short: manager.clock.short_day(point.day),
        name: manager.clock.short_day(point.day),
        value: point.members,
    };
    let columns = (words.t("chart-day").to_string(), words.t("home-members").to_string());
    let points: Vec<Point> = points.iter().map(point).collect();
    (points.len() > 1).then(|| Line::new(words, "members", words.t("chart-members").to_string(), columns, points))
}

/// The set-up in a few lines, each with the way to the step that changes it.
fn facts(manager: &Manager, labels: &Labels, integration: &Integration) -> Result<Vec<Fact>, Failure> {
    let words = manager.words;
    let step = |step| set_up::address(manager, &integration.source, step);
    let rules = integration.rules()?;
    let fact = |key: &'static str, value: String, edit: String| Fact {
        name: words.t(key).to_string(),
        value,
        edit,
        is_owner: key == "fact-owner",
    };
    let custom = u64::try_from(rules.custom_fields().count()).unwrap_or_default();
    let connected = match &integration.client_id {
        Some(client) if integration.is_authorised() => client.clone(),
        _ => words.t("fact-not-connected").to_string(),
    };
    let people = integration.recipients()?.len() + 1;
    let on = if rules.welcome_email { "fact-on" } else { "fact-off" };
    Ok(vec![
        fact("fact-owner", integration.owner.clone(), String::new()),
        fact("fact-recipients", words.n("fact-people", people).to_string(), step(Step::InitialSetup)),
        fact("fact-welcome", words.t(on).to_string(), step(Step::InitialSetup)),
        fact("fact-segment", segment(words, labels, &rules.segment), step(Step::Mapping)),
        fact("fact-mapped", words.n("fact-fields", rules.mapping.len()).to_string(), step(Step::Mapping)),
        fact(
            "fact-custom",
            words.t("fact-of").count("n", custom).count("most", MOST_CUSTOM_FIELDS).to_string(),
            step(Step::Mapping),
        ),
        fact("fact-connected", connected, step(Step::Authorize)),
    ])
}

/// `Employment type: internal, intern · not Office: Leeds`
fn segment(words: Words, labels: &Labels, rows: &[SegmentRow]) -> String {
    let row = |row: &SegmentRow| {
        let key = if row.rule == Rule::Include { "segment-include" } else { "segment-exclude" };
        let phrase = words.t(key).with("attribute", labels.attribute(words, &row.attribute));
        phrase.with("values", row.values.join(", ")).to_string()
    };
    if rows.is_empty() {
        words.t("segment-everybody").to_string()
    } else {
        rows.iter().map(row).collect::<Vec<_>>().join(" · ")
    }
}

/// `POST /manage/{programme}/integrations/{source}/pause`
pub(super) async fn pause(manager: Manager, Path((_, source)): Path<(String, String)>) -> Page {
    let integration = manager.integration(&source).await?;
    manager.web.engine.pause(&integration, &manager.actor()).await?;
    Ok(go_on(&Trail::new(&manager, &integration).at, "paused"))
}

/// `POST /manage/{programme}/integrations/{source}/resume`
pub(super) async fn resume(manager: Manager, Path((_, source)): Path<(String, String)>) -> Page {
    let integration = manager.integration(&source).await?;
    manager.web.engine.resume(&integration, &manager.actor()).await?;
    Ok(go_on(&Trail::new(&manager, &integration).at, "resumed"))
}

/// The new owner as the form sends them.
#[derive(Debug, Deserialize)]
pub(super) struct NewOwner {
    owner: String,
}

/// `POST /manage/{programme}/integrations/{source}/hand-over`
pub(super) async fn hand_over(
    manager: Manager,
    Path((_, source)): Path<(String, String)>,
    Form(form): Form<NewOwner>,
) -> Page {
    let integration = manager.integration(&source).await?;
    let done = manager.web.engine.hand_over(&integration, &form.owner, &manager.actor()).await;
    match done {
        Ok(integration) => Ok(go_on(&Trail::new(&manager, &integration).at, "handed-over")),
        Err(EngineError::Refused(_) | EngineError::Entries(_)) => {
            let wrong = Some(manager.words.t("hand-over-wrong").to_string());
            let hand_over = HandOver::new(&manager, &integration, true).await?;
            let hand_over = HandOver { owner: form.owner, wrong, ..hand_over };
            let mut response = draw(&page(&manager, integration, None, hand_over).await?)?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}
