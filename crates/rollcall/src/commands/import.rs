//! `rollcall import`.

use std::process::ExitCode;

use anyhow::Result;
use domain::import::{Purpose, State};
use engine::{
    Engine,
    import::{Report, Request, Silent},
};

use super::show;
use crate::{
    cli::{Import, Place},
    config, exit,
    progress::Bar,
    table::{self, say},
};

/// How many people a preview names before it points at the whole list.
const NAMED: usize = 20;

pub(crate) async fn run(place: &Place, wanted: Import) -> Result<ExitCode> {
    let engine = config::engine(place).await?;
    let programme = engine.programme(&wanted.programme).await?;
    let integration = engine.integration(&programme, wanted.integration.as_deref()).await?;
    let purpose = if wanted.dry_run { Purpose::Preview } else { Purpose::Apply };
    let request = Request { purpose, trigger: "command", renumbered: false };
    let report = if wanted.json {
        engine.import(&programme, &integration, request, &Silent).await?
    } else {
        let bar = Bar::new();
        let report = engine.import(&programme, &integration, request, &bar).await;
        bar.finish();
        report?
    };
    if wanted.dry_run && !wanted.json && engine.has_draft(&integration)? {
        say!("This is about the settings that wait to be published, not those in effect.")?;
    }
    exit::unless_unread(print(&engine, &report, wanted.json).await)?;
    Ok(exit::of_report(&report))
}

/// Prints how an import ended.
pub(crate) async fn print(engine: &Engine, report: &Report, json: bool) -> Result<()> {
    if json {
        say!("{}", serde_json::to_string(report)?)?;
        return Ok(());
    }
    say!("{}", headline(report))?;
    if report.state == State::OnHold {
        for reason in &report.held_because {
            say!("{reason}")?;
        }
    }
    if report.state == State::Failed {
        say!("{}", sentence(&table::plain(report.failure.as_deref().unwrap_or_default())))?;
        say!("Code: {}", report.failure_code.as_deref().unwrap_or_default())?;
        return Ok(());
    }
    say!()?;
    table::print(&table::impact(&[("", report)]))?;
    let id = report.import;
    if report.preview || report.state == State::OnHold {
        show::people(engine, id, Some(NAMED)).await?;
    }
    say!()?;
    say!("rollcall imports show {id}")?;
    if report.state == State::OnHold && !report.preview {
        say!("rollcall imports approve {id}    # apply exactly this")?;
        if report.counts.leave > 0 {
            say!("rollcall imports approve {id} --without-leavers    # all but the leavers")?;
        }
        if report.held_by.iter().any(|guard| guard == "R43") {
            say!("rollcall imports approve {id} --renumbered    # plan once more, by e-mail and names")?;
        }
        say!("rollcall imports reject {id}    # change nothing")?;
    } else if report.counts.errors + report.counts.warnings > 0 {
        say!("rollcall imports problems {id}")?;
    }
    Ok(())
}

/// A failure's text as a sentence of its own.
pub(crate) fn sentence(text: &str) -> String {
    let mut chars = text.trim_end_matches('.').chars();
    let first = chars.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

fn headline(report: &Report) -> String {
    let seconds = std::time::Duration::from_millis(u64::try_from(report.duration_ms).unwrap_or_default());
    match report.state {
        State::Completed if report.preview => {
            "A preview: nothing has been changed. An import would do this:".to_owned()
        }
        State::OnHold if report.preview => {
            "A preview: nothing has been changed. An import would be put on hold:".to_owned()
        }
        State::Completed => format!("The import completed in {:.1} s.", seconds.as_secs_f64()),
        State::OnHold => {
            "The import is on hold: it waits for your answer. Nothing has changed, and no member has been told anything."
                .to_owned()
        }
        State::Failed => "The import failed. Nothing has changed.".to_owned(),
        state => format!("The import is {state}."),
    }
}
