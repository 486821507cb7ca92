//! The programme and its integrations at a glance: how many members, who came and went, what needs an
//! administrator.

use domain::{
    hold,
    ids::{ImportId, IntegrationId},
    import::{Purpose, State},
    integration, member,
};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use store::{
    Import, Integration, Programme,
    history::{Completed, ImportFilter},
};

use crate::{Engine, EngineResult, Failing};

/// How many weeks charts look back, this one included.
const WEEKS: usize = 12;

/// How many imports a dashboard shows the impact of.
const SHOWN: u64 = 12;

/// How many members stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Heads {
    /// Nobody has told them.
    pub not_invited: u64,
    /// They have an invitation.
    pub invited: u64,
    /// They sign in.
    pub active: u64,
    /// They are on their way out.
    pub leavers: u64,
}

impl Heads {
    /// Everybody with an open account.
    pub fn current(&self) -> u64 {
        self.not_invited + self.invited + self.active
    }
}

/// Who came and went in a week of the programme's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// The Monday that it begins with.
    pub first_day: Date,
    /// New accounts, and accounts opened again.
    pub joiners: u64,
    /// Accounts that began to close.
    pub leavers: u64,
}

/// How many members there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The day in the programme's zone.
    pub day: Date,
    /// The open accounts of the integration after the day's last import.
    pub members: u64,
}

/// How an integration is.
#[derive(Debug, Clone, PartialEq)]
pub struct Health {
    /// The integration.
    pub integration: Integration,
    /// The import that ended last.
    pub last: Option<Import>,
    /// The import that is running.
    pub running: Option<Import>,
    /// The import that waits for an answer.
    pub held: Option<Import>,
    /// How many people wait for a decision (R18).
    pub open_questions: u64,
    /// How its imports have been failing, if the last one did.
    pub failing: Option<Failing>,
}

/// Something that needs an administrator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// A plan waits for an answer.
    AnswerHold {
        /// Whose it is.
        integration: IntegrationId,
        /// The import.
        import: ImportId,
        /// How many would leave.
        leavers: u64,
        /// When it lapses, in microseconds of UTC.
        lapses_at: i64,
    },
    /// The source refuses the credentials.
    Reconnect {
        /// Whose.
        integration: IntegrationId,
    },
    /// People wait for "same person or someone else?".
    Decide {
        /// Whose they are.
        integration: IntegrationId,
        /// How many.
        people: u64,
    },
    /// Imports kept failing, and the schedule has paused itself (R52).
    Paused {
        /// Whose they are.
        integration: IntegrationId,
        /// How they have been failing.
        failing: Failing,
        /// The import that failed last, if it is still there.
        import: Option<ImportId>,
    },
    /// The owner left or was removed, and nobody has taken over (R56).
    TakeOver {
        /// Whose.
        integration: IntegrationId,
        /// The address of the one who left.
        owner: String,
    },
    /// The last import failed.
    LookAtFailure {
        /// Whose it is.
        integration: IntegrationId,
        /// The import.
        import: ImportId,
        /// Why, by its stable code.
        code: String,
    },
}

/// The programme at a glance.
#[derive(Debug, Clone, PartialEq)]
pub struct Home {
    /// The members now.
    pub members: Heads,
    /// The last weeks, the oldest first.
    pub weeks: Vec<Week>,
    /// The integrations, by HR system.
    pub integrations: Vec<Health>,
    /// What needs an administrator, of all integrations.
    pub needs: Vec<Need>,
}

/// An integration at a glance.
#[derive(Debug, Clone, PartialEq)]
pub struct Dashboard {
    /// The integration's members now.
    pub members: Heads,
    /// How it is.
    pub health: Health,
    /// What needs an administrator.
    pub needs: Vec<Need>,
    /// The last imports that ended, the newest first.
    pub imports: Vec<Import>,
    /// Members over time, the oldest first, a day at most once.
    pub over_time: Vec<Point>,
}

impl Engine {
    /// The programme at a glance.
    pub async fn home(&self, programme: &Programme) -> EngineResult<Home> {
        let zone = zone(programme);
        let monday = self.first_monday(&zone);
        let completed = self.store.completed_since(programme.number(), None, instant(monday, &zone)).await?;
        let mut integrations = Vec::new();
        for integration in self.store.integrations(programme.number()).await? {
            integrations.push(self.health(integration).await?);
        }
        Ok(Home {
            members: self.heads(programme, None).await?,
            weeks: weeks(monday, &completed, &zone)?,
            needs: integrations.iter().map(needs).collect::<EngineResult<Vec<_>>>()?.concat(),
            integrations,
        })
    }

    /// An integration at a glance.
    pub async fn dashboard(&self, programme: &Programme, integration: Integration) -> EngineResult<Dashboard> {
        let number = integration.number();
        let filter = ImportFilter {
            integration: Some(number),
            purpose: Some(Purpose::Apply),
            states: vec![State::Completed, State::Failed, State::Rejected, State::Lapsed, State::Superseded],
            ..ImportFilter::default()
        };
        let imports = self.store.imports_page(programme.number(), &filter, None, SHOWN).await?;
        let health = self.health(integration).await?;
        Ok(Dashboard {
            members: self.heads(programme, Some(number)).await?,
            needs: needs(&health)?,
            health,
            imports,
            over_time: self.members_over_time(programme, number).await?,
        })
    }

    /// How many members an integration had after its imports of the last weeks, the oldest first.
    pub async fn members_over_time(&self, programme: &Programme, of: IntegrationId) -> EngineResult<Vec<Point>> {
        let zone = zone(programme);
        let since = instant(self.first_monday(&zone), &zone);
        over_time(&self.store.completed_since(programme.number(), Some(of), since).await?, &zone)
    }

    /// How many members of the programme, or of one integration, stand where.
    pub async fn heads(&self, programme: &Programme, integration: Option<IntegrationId>) -> EngineResult<Heads> {
        let mut heads = Heads::default();
        for (state, number) in self.store.members_by_state(programme.number(), integration).await? {
            match state {
                member::State::NotInvited => heads.not_invited = number,
                member::State::Invited => heads.invited = number,
                member::State::Active => heads.active = number,
                member::State::Leaver => heads.leavers = number,
                member::State::Closed => {}
            }
        }
        Ok(heads)
    }

    /// How an integration is.
    pub async fn health(&self, integration: Integration) -> EngineResult<Health> {
        let filter = |states: &[State]| ImportFilter {
            integration: Some(integration.number()),
            purpose: Some(Purpose::Apply),
            states: states.to_vec(),
            ..ImportFilter::default()
        };
        let programme = integration.programme();
        let newest = async |states: &[State]| {
            Ok::<_, store::StoreError>(self.store.imports_page(programme, &filter(states), None, 1).await?.pop())
        };
        Ok(Health {
            last: newest(&[State::Completed, State::Failed, State::Rejected, State::Lapsed]).await?,
            held: newest(&[State::OnHold]).await?,
            running: self.running_of(&integration).await?,
            open_questions: self.count_open_questions(&integration).await?,
            failing: self.failing(&integration)?,
            integration,
        })
    }

    /// The Monday that the weeks of charts begin with.
    fn first_monday(&self, zone: &TimeZone) -> Date {
        let today = self.world.now().to_zoned_datetime(zone.clone()).date();
        let back = i64::from(today.weekday().to_monday_zero_offset()) + 7 * (i64::try_from(WEEKS).unwrap_or(1) - 1);
        today.saturating_sub(back.days())
    }
}

fn zone(programme: &Programme) -> TimeZone {
    TimeZone::get(&programme.time_zone).unwrap_or(TimeZone::UTC)
}

/// When a day begins, in microseconds of UTC.
fn instant(day: Date, zone: &TimeZone) -> i64 {
    day.to_zoned_datetime(zone.clone()).map_or(i64::MIN, |begin| begin.timestamp().as_microsecond())
}

/// The day on which something was, in the programme's zone.
fn day(instant: i64, zone: &TimeZone) -> Date {
    Timestamp::from_microsecond(instant).unwrap_or_default().to_zoned_datetime(zone.clone()).date()
}

fn weeks(monday: Date, completed: &[Completed], zone: &TimeZone) -> EngineResult<Vec<Week>> {
    let begins = |week: usize| monday.saturating_add((7 * i64::try_from(week).unwrap_or_default()).days());
    let mut weeks: Vec<Week> =
        (0..WEEKS).map(|week| Week { first_day: begins(week), joiners: 0, leavers: 0 }).collect();
    for import in completed {
        let (counts, day) = (import.counts()?, day(import.finished_at, zone));
        if let Some(week) = weeks.iter_mut().rev().find(|week| week.first_day <= day) {
            week.joiners += counts.join + counts.rejoin;
            week.leavers += counts.leave;
        }
    }
    Ok(weeks)
}

fn over_time(completed: &[Completed], zone: &TimeZone) -> EngineResult<Vec<Point>> {
    let mut points: Vec<Point> = Vec::new();
    for import in completed {
        let counts = import.counts()?;
        let before = u64::try_from(import.members_before).unwrap_or_default();
        let members = (before + counts.join + counts.rejoin).saturating_sub(counts.leave);
        let point = Point { day: day(import.finished_at, zone), members };
        points.pop_if(|last| last.day == point.day);
        points.push(point);
    }
    Ok(points)
}

fn needs(health: &Health) -> EngineResult<Vec<Need>> {
    let integration = health.integration.number();
    let mut needs = Vec::new();
    if let Some(held) = &health.held {
        let lapses_at = held.held_at.unwrap_or(held.created_at).saturating_add(hold::WAITS);
        let leavers = held.counts()?.leave;
        needs.push(Need::AnswerHold { integration, import: held.number(), leavers, lapses_at });
    }
    let refused = health.integration.state == integration::State::ReconnectNeeded.as_str();
    if refused {
        needs.push(Need::Reconnect { integration });
    }
    if health.open_questions > 0 {
        needs.push(Need::Decide { integration, people: health.open_questions });
    }
    if health.integration.owner_left_at.is_some() {
        needs.push(Need::TakeOver { integration, owner: health.integration.owner.clone() });
    }
    let failed = health.last.as_ref().filter(|last| last.state == State::Failed.as_str() && !refused);
    if let Some(failing) = health.failing.filter(|failing| failing.has_paused) {
        needs.push(Need::Paused { integration, failing, import: failed.map(Import::number) });
        return Ok(needs);
    }
    needs.extend(failed.map(|failed| Need::LookAtFailure {
        integration,
        import: failed.number(),
        code: failed.failure_code.clone().unwrap_or_default(),
    }));
    Ok(needs)
}
