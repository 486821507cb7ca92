//! `rollcall integration`: set up, show, publish, pause, resume, revoke.

use std::{path::Path, process::ExitCode};

use anyhow::Result;
use domain::{
    import::{Purpose, State},
    schedule::SPREAD_MINUTES,
    setup::Draft,
};
use engine::{
    Actor, Engine,
    import::Request,
    setup::{SetUp, SetUpReport, Standing},
};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::json;
use store::{Integration as Row, Programme};

use super::import;
use crate::{
    cli::{Apply, Integration, Place, Which},
    config, exit,
    exit::Usage,
    progress::Bar,
    table::{plain, say},
};

pub(crate) async fn run(place: &Place, wanted: Integration) -> Result<ExitCode> {
    match wanted {
        Integration::Apply(wanted) => return apply(place, wanted).await,
        Integration::Show { which, json } => {
            let engine = config::engine(place).await?;
            let (programme, integration) = named(&engine, &which).await?;
            exit::unless_unread(show(&engine, &programme, &integration, json))?;
        }
        Integration::Pause(which) => {
            let engine = config::engine(place).await?;
            let (_, integration) = named(&engine, &which).await?;
            engine.pause(&integration, &Actor::command()).await?;
            say!("Paused: no import runs by itself. One that you ask for does.")?;
        }
        Integration::Resume(which) => {
            let engine = config::engine(place).await?;
            let (programme, integration) = named(&engine, &which).await?;
            let integration = engine.resume(&integration, &Actor::command()).await?;
            say!("Live again. {}", next(&engine, &programme, &integration)?)?;
        }
        Integration::Revoke(which) => {
            let engine = config::engine(place).await?;
            let (programme, integration) = named(&engine, &which).await?;
            engine.revoke(&integration, &Actor::command()).await?;
            say!("Revoked: the credentials are gone. Imports stop. No member is changed.")?;
            say!("To connect {} again, apply its set-up file with `--publish`.", programme.slug)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn named(engine: &Engine, which: &Which) -> Result<(Programme, Row)> {
    let programme = engine.programme(&which.programme).await?;
    let integration = engine.integration(&programme, which.integration.as_deref()).await?;
    Ok((programme, integration))
}

async fn apply(place: &Place, wanted: Apply) -> Result<ExitCode> {
    let file = &wanted.file;
    let text = std::fs::read_to_string(file).map_err(|error| {
        Usage(format!(
            "The set-up file {} cannot be read: {error}. Name a file that is there and readable.",
            file.display()
        ))
    })?;
    let beside = file.parent().unwrap_or(Path::new("."));
    let set_up = SetUp::parse(&text, beside, &|name| std::env::var(name).ok())
        .map_err(|error| Usage(format!("{}: {error}", file.display())))?;
    let engine = config::engine(place).await?;
    let report = engine.set_up(&set_up, wanted.members, &Actor::command()).await?;
    say!(
        "{} is {} with {}: the credentials work and share {} attributes.",
        report.programme,
        if report.created { "connected" } else { "connected as set up now" },
        report.source,
        report.attributes
    )?;
    for attribute in &report.not_shared {
        say!("Note: {} does not share “{attribute}” now. Members keep the values they have.", report.source)?;
    }
    match report.standing {
        Standing::Published => {
            say!("Next: `rollcall import {} --dry-run` shows what an import would do.", report.programme)?;
        }
        Standing::Unchanged => say!("These settings are in effect already.")?,
        Standing::Draft if wanted.publish => return publish(&engine, &set_up, &report, wanted.leavers).await,
        Standing::Draft => {
            say!("These settings wait: imports go on with those that were published before.")?;
            say!(
                "Next: `rollcall integration apply {} --publish` shows by name what they come to, and publishes them.",
                file.display()
            )?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Shows what the settings come to, by name, and publishes them (R45).
async fn publish(engine: &Engine, set_up: &SetUp, report: &SetUpReport, leavers: Option<u64>) -> Result<ExitCode> {
    let programme = engine.programme(&report.programme).await?;
    let integration = engine.integration(&programme, Some(set_up.source())).await?;
    let request = Request { purpose: Purpose::Preview, trigger: "command", renumbered: false };
    let bar = Bar::new();
    let preview = engine.import(&programme, &integration, request, &bar).await;
    bar.finish();
    let preview = preview?;
    exit::unless_unread(import::print(engine, &preview, false).await)?;
    if preview.state == State::Failed {
        return Ok(exit::of_report(&preview));
    }
    let integration = engine.publish(&integration, leavers, &Actor::command()).await?;
    say!("\nPublished. {}", next(engine, &programme, &integration)?)?;
    if let Some(leavers) = leavers.filter(|leavers| *leavers > 0) {
        let whose = if leavers == 1 { "this leaver" } else { "these leavers" };
        say!("The next import need not ask about {whose} again.")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// When the next import begins by itself, or why none does.
fn next(engine: &Engine, programme: &Programme, integration: &Row) -> Result<String> {
    let moment = |time| moment(programme, time);
    if let Some(failing) = engine.failing(integration)? {
        let whose = if failing.failures == 1 { "import" } else { "imports" };
        let so_far = format!("{} {whose} in a row failed since {}.", failing.failures, moment(failing.since));
        let next = failing.next_try.map_or_else(|| "at the next look at the clock".to_owned(), moment);
        return Ok(if failing.has_paused {
            format!("{so_far} The schedule has paused itself; next try, once a day: {next}.")
        } else {
            format!("{so_far} Next try: {next}.")
        });
    }
    let times = engine.next_imports(programme, integration, 1)?;
    Ok(match times.first() {
        Some(time) => {
            let time = moment(time.as_microsecond());
            format!("Next import: {time}; it starts within {SPREAD_MINUTES} minutes.")
        }
        None => format!("No import runs by itself: the integration is {}.", integration.state),
    })
}

/// An instant as clocks of the programme show it.
fn moment(programme: &Programme, micros: i64) -> String {
    let zone = TimeZone::get(&programme.time_zone).unwrap_or(TimeZone::UTC);
    let time = Timestamp::from_microsecond(micros).unwrap_or_default().to_zoned_datetime(zone);
    format!("{} ({})", time.strftime("%A %-d %B %Y, %H:%M"), programme.time_zone)
}

fn show(engine: &Engine, programme: &Programme, integration: &Row, json: bool) -> Result<()> {
    let (published, waits) = (engine.published_of(integration)?, engine.has_draft(integration)?);
    let draft = engine.draft_of(integration)?;
    if json {
        let value = json!({
            "programme": programme.slug, "source": integration.source, "state": integration.state,
            "owner": integration.owner, "authorised": integration.is_authorised(),
            "base_url": integration.base_url, "published": published, "draft": waits.then_some(&draft),
            "paused_by": integration.paused_by, "failing": engine.failing(integration)?,
            "owner_left": integration.owner_left_at.is_some(),
            "next_imports": engine.next_imports(programme, integration, 3)?.iter().map(ToString::to_string).collect::<Vec<_>>(),
        });
        say!("{value}")?;
        return Ok(());
    }
    say!("{} of {} ({})", integration.source, programme.name, programme.slug)?;
    say!("state        {}", integration.state)?;
    let left = if integration.owner_left_at.is_some() { " (has left: hand the integration over)" } else { "" };
    say!("owner        {}{left}", plain(&integration.owner))?;
    let credentials = if integration.is_authorised() { "stored, encrypted" } else { "none" };
    say!("credentials  {credentials}")?;
    say!("schedule     {}", next(engine, programme, integration)?)?;
    match &published {
        Some(published) => settings(published)?,
        None => say!("\nNothing is published yet. Next step: {}.", draft.next_step(integration.is_authorised()))?,
    }
    if waits {
        say!("\nThese settings wait to be published:")?;
        settings(&draft)?;
    }
    Ok(())
}

fn settings(draft: &Draft) -> Result<()> {
    say!("\nfrequency    {}", draft.schedule.frequency)?;
    for recipient in &draft.recipients {
        let only = if recipient.failures_only { " (failures only)" } else { "" };
        say!("told         {}{only}", plain(&recipient.address))?;
    }
    say!("welcome      {}", if draft.welcome_email { "joiners are invited" } else { "nobody is invited" })?;
    say!("mapping      employee_id ← {}", plain(&draft.employee_id))?;
    for (field, from) in &draft.mapping {
        say!("             {field} ← {}", plain(&from.key))?;
    }
    for row in &draft.segment {
        let rule = serde_json::to_value(row.rule)?;
        let rule = rule.as_str().unwrap_or_default();
        say!("segment      {} {rule} {}", plain(&row.attribute), plain(&row.values.join(", ")))?;
    }
    Ok(())
}
