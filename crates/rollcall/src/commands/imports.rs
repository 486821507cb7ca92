//! `rollcall imports`: history, holds, and putting right.

use std::{
    io::{BufWriter, Write},
    process::ExitCode,
};

use anyhow::Result;
use domain::{ids::ImportId, import::State, problem::Severity};
use engine::{
    Actor, Engine, PlainEnglish, Scope,
    import::{Report, Silent},
};
use futures::TryStreamExt;
use jiff::{Timestamp, tz::TimeZone};
use serde_json::json;
use store::{Import, Programme};

use super::{import, show};
use crate::{
    cli::{self, Imports, ImportsAction, Place},
    config, exit,
    progress::Bar,
    table::{self, say},
};

/// How many imports a list shows.
const LISTED: u64 = 100;

pub(crate) async fn run(place: &Place, wanted: Imports) -> Result<ExitCode> {
    let engine = config::engine(place).await?;
    match wanted.action {
        None => list(&engine, &wanted.programme.unwrap_or_default(), wanted.json).await?,
        Some(ImportsAction::Show { id, json }) => show_one(&engine, ImportId(id), json).await?,
        Some(ImportsAction::Problems { id, severity }) => problems(&engine, ImportId(id), severity).await?,
        Some(ImportsAction::Approve { id, without_leavers, renumbered, json }) => {
            return approve(&engine, ImportId(id), without_leavers, renumbered, json).await;
        }
        Some(ImportsAction::Reject { id }) => {
            engine.reject(ImportId(id), &Actor::command()).await?;
            say!(
                "Rejected. Nothing has changed. The next import makes a new plan; with the same leavers it is held again, without another mail."
            )?;
        }
        Some(ImportsAction::RestoreLeavers { id }) => {
            let restored = engine.restore_leavers(ImportId(id), &Actor::command()).await?;
            match restored {
                0 => say!("Nobody to bring back: none of this import's leavers is a leaver any more.")?,
                1 => say!("One member was brought back, and stays until their record in the HR system changes.")?,
                many => {
                    say!("{many} members were brought back. They stay until their record in the HR system changes.")?;
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn approve(engine: &Engine, id: ImportId, without: bool, renumbered: bool, json: bool) -> Result<ExitCode> {
    let scope = if without { Scope::WithoutLeavers } else { Scope::Whole };
    let bar = (!json).then(Bar::new);
    let watcher: &dyn engine::import::Watcher = bar.as_ref().map_or(&Silent, |bar| bar);
    let by = Actor::command();
    let report = if renumbered {
        engine.plan_renumbered(id, &by, watcher).await
    } else {
        engine.approve(id, scope, &by, watcher).await
    };
    if let Some(bar) = &bar {
        bar.finish();
    }
    let report = report?;
    exit::unless_unread(import::print(engine, &report, json).await)?;
    Ok(exit::of_report(&report))
}

async fn list(engine: &Engine, slug: &str, json: bool) -> Result<()> {
    let programme = engine.programme(slug).await?;
    let imports = engine.store().imports(programme.number(), LISTED).await?;
    if json {
        let all: Vec<_> = imports.iter().map(|import| whole(import, &programme)).collect::<Result<_>>()?;
        say!("{}", serde_json::to_string(&all)?)?;
        return Ok(());
    }
    if imports.is_empty() {
        say!("No imports yet. The first runs with `rollcall import {slug}`.")?;
        return Ok(());
    }
    let heading = ["Import", "When", "Started by", "State", "Read", "Join", "Updated", "Leave", "Rejoin", "Rejected"];
    let mut rows = vec![heading.iter().map(ToString::to_string).collect::<Vec<_>>()];
    for import in &imports {
        let counts = import.counts()?;
        let mut row = vec![
            import.number().to_string(),
            when(import.created_at, &programme),
            import.trigger.clone(),
            import.state.clone(),
        ];
        let numbers = [counts.read, counts.join, counts.update, counts.leave, counts.rejoin, counts.reject];
        row.extend(numbers.map(table::number));
        rows.push(row);
    }
    table::print(&rows)
}

fn when(instant: i64, programme: &Programme) -> String {
    let zone = TimeZone::get(&programme.time_zone).unwrap_or(TimeZone::UTC);
    let instant = Timestamp::from_microsecond(instant).unwrap_or_default();
    instant.to_zoned_datetime(zone).strftime("%Y-%m-%d %H:%M %Z").to_string()
}

/// The report of an import, and when and why it ran.
fn whole(import: &Import, programme: &Programme) -> Result<serde_json::Value> {
    let mut value = serde_json::to_value(Report::of(import)?)?;
    let instant = |instant: Option<i64>| {
        instant.and_then(|instant| Timestamp::from_microsecond(instant).ok()).map(|instant| instant.to_string())
    };
    value["programme"] = json!(programme.slug);
    value["state"] = json!(import.state);
    value["trigger"] = json!(import.trigger);
    value["purpose"] = json!(import.purpose);
    value["approved"] = json!(import.approved);
    value["failure_code"] = json!(import.failure_code);
    value["members_before"] = json!(import.members_before);
    value["created_at"] = json!(instant(Some(import.created_at)));
    value["finished_at"] = json!(instant(import.finished_at));
    Ok(value)
}

async fn show_one(engine: &Engine, id: ImportId, json: bool) -> Result<()> {
    let import = engine.import_by_number(id).await?;
    let programmes = engine.store().programmes().await?;
    let Some(programme) = programmes.iter().find(|programme| programme.id == import.programme_id) else {
        return Ok(());
    };
    if json {
        let mut value = whole(&import, programme)?;
        let plan = engine.store().plan(import.programme(), id, import.try_number);
        let rows: Vec<_> =
            plan.rows(None).await?.map_ok(|row| show::json(&row.change, row.skipped)).try_collect().await?;
        let problems: Vec<_> = engine.store().problems(&import, None).await?.try_collect().await?;
        let problems = problems.iter().map(|problem| {
            json!({
                "employee_id": problem.employee_id, "name": problem.name, "code": problem.code,
                "severity": problem.severity, "field": problem.field, "value": problem.value, "other": problem.other,
            })
        });
        value["changes"] = json!(rows);
        value["problems"] = json!(problems.collect::<Vec<_>>());
        say!("{}", serde_json::to_string(&value)?)?;
        return Ok(());
    }
    let report = Report::of(&import)?;
    say!("Import {id} of {}", programme.name)?;
    say!("{} · started by {} · {}", when(import.created_at, programme), import.trigger, import.state)?;
    let was = if report.state == State::OnHold { "" } else { "It was on hold: " };
    for reason in &report.held_because {
        say!("{was}{reason}")?;
    }
    if let Some(failure) = &import.failure {
        say!("{}. Nothing has changed.", table::plain(failure))?;
        return Ok(());
    }
    say!()?;
    table::print(&table::impact(&[("", &report)]))?;
    show::people(engine, id, None).await
}

async fn problems(engine: &Engine, id: ImportId, severity: Option<cli::Severity>) -> Result<()> {
    let import = engine.import_by_number(id).await?;
    let severity = severity.map(|severity| match severity {
        cli::Severity::Error => Severity::Error,
        cli::Severity::Warning => Severity::Warning,
    });
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut lines = std::pin::pin!(engine.problems_file(&import, severity, PlainEnglish).await?);
    while let Some(line) = lines.try_next().await? {
        out.write_all(line.as_bytes())?;
    }
    out.flush()?;
    Ok(())
}
