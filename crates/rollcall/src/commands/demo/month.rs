//! A month of daily imports, as an administrator would find it: most of them quiet, one that found the
//! HR system empty, a day with mistakes in the records, and a bulk edit that waits for an answer.

use anyhow::Result;
use domain::{import::Purpose, language::Language, roles::Role};
use engine::{
    Actor, ActorKind, Engine, World,
    administrators::NewAdministrator,
    import::{Report, Request, Silent, Watcher},
    setup::SetUp,
};
use jiff::{SignedDuration, Timestamp, civil::time, tz::TimeZone};

use super::{
    PROGRAMME,
    company::{Acme, OWNER},
};
use crate::{cli::Place, progress::Bar, world::SystemWorld};

/// How many days the history goes back.
pub(super) const DAYS: i64 = 30;

/// The day on which the HR system says that nobody works there.
const EMPTY: i64 = 16;

/// The day on which records hold mistakes.
const MISTAKES: i64 = 28;

/// What came of the month.
pub(super) struct Month {
    pub(super) first: Report,
    pub(super) last: Report,
}

/// When the history begins: so many days before the last six o'clock.
pub(super) fn begins(now: Timestamp, zone: &TimeZone) -> Result<Timestamp> {
    let local = now.to_zoned_datetime(zone.clone());
    let six = local.date().to_datetime(time(6, 0, 0, 0)).to_zoned_datetime(zone.clone())?.timestamp();
    let last = if six <= now { six } else { six.checked_sub(SignedDuration::from_hours(24))? };
    Ok(last.checked_sub(SignedDuration::from_hours(24 * DAYS))?)
}

/// Lets the month pass, from its first import to this morning's.
pub(super) async fn passes(
    engine: &Engine,
    world: &SystemWorld,
    acme: &Acme,
    place: &Place,
    password: &str,
) -> Result<Month> {
    let begin = world.now();
    let file = SetUp::parse(&acme.set_up_file(), &place.data, &|_| None)?;
    engine.set_up(&file, None, &Actor::command()).await?;
    people_who_look_after_it(engine, password).await?;
    let bar = Bar::new();
    let ines = Actor { kind: ActorKind::Administrator, name: "Ines Hartmann".to_owned(), address: None };
    let mut first = import_by(engine, &ines, &bar).await?;
    bar.finish();
    first.duration_ms = 0;
    engine.deliver().await?;
    let mut last = None;
    for day in 1..=DAYS {
        // Clocks may change in between: six o'clock is a little more or less than a day away.
        world.move_to(begin.checked_add(SignedDuration::from_hours(24 * day))?);
        match day {
            _ if day % 7 == 0 && day < MISTAKES => acme.week_passes()?,
            EMPTY => acme.answers_empty()?,
            MISTAKES => acme.mistakes_are_made()?,
            DAYS => acme.many_become_external()?,
            _ => {}
        }
        last = Some(import_by_schedule(engine).await?);
        acme.answers_again()?;
        engine.deliver().await?;
    }
    world.back_to_the_present();
    Ok(Month { last: last.unwrap_or_else(|| first.clone()), first })
}

async fn people_who_look_after_it(engine: &Engine, password: &str) -> Result<()> {
    let programme = engine.programme(PROGRAMME).await?;
    let people = [
        ("Ines Hartmann", OWNER, Role::Owner),
        ("Jonas Albrecht", "jonas.albrecht@acme.example", Role::Integrations),
        ("Mara Lindqvist", "mara.lindqvist@acme.example", Role::ReadOnly),
    ];
    for (name, email, role) in people {
        let new = NewAdministrator {
            name: name.to_owned(),
            email: email.to_owned(),
            password: password.to_owned(),
            language: Language::En,
        };
        engine.make_administrator(&programme, &new, role, &Actor::command()).await?;
    }
    Ok(())
}

/// Asks for an import as this actor would in the portal, and works it off here and now.
async fn import_by(engine: &Engine, by: &Actor, watcher: &dyn Watcher) -> Result<Report> {
    let programme = engine.programme(PROGRAMME).await?;
    let integration = engine.integration(&programme, None).await?;
    let request = Request { purpose: Purpose::Apply, trigger: "portal", renumbered: false };
    engine.start_import(&programme, &integration, request, by).await?;
    Ok(engine.import(&programme, &integration, request, watcher).await?)
}

/// The same as the schedule does.
async fn import_by_schedule(engine: &Engine) -> Result<Report> {
    let programme = engine.programme(PROGRAMME).await?;
    let integration = engine.integration(&programme, None).await?;
    engine.start_by_schedule(&programme, &integration).await?;
    let request = Request { purpose: Purpose::Apply, trigger: "schedule", renumbered: false };
    Ok(engine.import(&programme, &integration, request, &Silent).await?)
}
