//! `rollcall release`: what a restored installation would do at once, and letting it.

use std::process::ExitCode;

use anyhow::Result;
use engine::{
    Actor,
    care::{Doubtful, Waiting},
};
use serde_json::json;

use super::backup::instant;
use crate::{
    cli::{Place, care::Release},
    config, exit,
    exit::Usage,
    table::{self, say},
};

/// How many imports are named.
const NAMED: usize = 20;

pub(crate) async fn run(place: &Place, wanted: Release) -> Result<ExitCode> {
    let engine = config::engine(place).await?;
    let Some(waiting) = engine.waiting_for_release().await? else {
        say!("{}", if wanted.json { "{\"held\":false}" } else { "Nothing is held: everything runs." })?;
        return Ok(ExitCode::SUCCESS);
    };
    if !wanted.yes {
        if wanted.json {
            say!("{}", as_json(&waiting))?;
        } else {
            show(&waiting)?;
        }
        return Ok(exit::held());
    }
    let doubtful = match (wanted.send_mails, wanted.without_mails) {
        (true, _) => Doubtful::Go,
        (false, Some(kinds)) => Doubtful::Dropped(check_kinds(&waiting, kinds)?),
        (false, None) if waiting.doubtful() == 0 => Doubtful::Go,
        (false, None) => {
            let text = format!(
                "{} mails may have gone already, between the backup and its restore. Say what becomes of them: `--without-mails` \
                 keeps them from going, `--without-mails=KIND,KIND` only those of these kinds, `--send-mails` sends all.",
                table::number(count(waiting.doubtful()))
            );
            return Err(Usage(text).into());
        }
    };
    let released = engine.release_restored(&doubtful, &Actor::command()).await?;
    let dropped = released.map_or(0, |released| released.dropped);
    if wanted.json {
        say!("{}", json!({ "held": false, "mails_dropped": dropped }))?;
    } else {
        say!("Released. Mails kept from going: {}. `rollcall serve` goes on within seconds.", table::number(dropped))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A kind that no doubtful mail is of would keep nothing from going.
fn check_kinds(waiting: &Waiting, kinds: Vec<String>) -> Result<Vec<String>> {
    let known = |kind: &&String| waiting.mails.iter().any(|mails| mails.kind == **kind);
    match kinds.iter().find(|kind| !known(kind)) {
        Some(kind) => {
            Err(Usage(format!("No mail of the kind “{kind}” waits. `rollcall release` lists the kinds.")).into())
        }
        None => Ok(kinds),
    }
}

fn show(waiting: &Waiting) -> Result<()> {
    let restore = &waiting.restore;
    say!(
        "Held since {}, restored from a backup of {}. Nothing has been released.",
        instant(restore.restored_at),
        instant(restore.backup_at)
    )?;
    say!()?;
    say!("What would happen at once:")?;
    say!()?;
    let mut rows = vec![["Mails", "Now", "Perhaps sent before", "Due since"].map(str::to_owned).to_vec()];
    for mails in &waiting.mails {
        let (all, doubtful) = (table::number(count(mails.mails)), table::number(count(mails.doubtful)));
        rows.push(vec![mails.kind.clone(), all, doubtful, instant(mails.since)]);
    }
    if waiting.mails.is_empty() {
        rows.push(vec!["none".to_owned(), table::number(0)]);
    }
    table::print(&rows)?;
    say!()?;
    let work = &waiting.work;
    let lines = [
        ("Leavers to be written to or closed", work.leavers),
        ("Invitations to be reminded of", work.reminders),
        ("Events to be told", work.events),
        ("Mails whose time is still to come", work.later_mails),
    ];
    let mut rows: Vec<Vec<String>> =
        lines.into_iter().map(|(what, number)| vec![what.to_owned(), table::number(count(number))]).collect();
    rows.push(vec!["Imports to be gone on with".to_owned(), table::number(waiting.unfinished.len() as u64)]);
    rows.push(vec!["Imports that are due".to_owned(), table::number(waiting.due.len() as u64)]);
    table::print(&rows)?;
    for import in waiting.unfinished.iter().take(NAMED) {
        let (done, of) = (table::number(count(import.done)), table::number(count(import.total)));
        say!("  {}  {}: {} ({done} of {of})", import.import, import.programme, import.state)?;
    }
    for due in waiting.due.iter().take(NAMED) {
        say!("  {} of {} is due", due.source, due.programme)?;
    }
    say!()?;
    if waiting.doubtful() > 0 {
        say!("rollcall release --yes --without-mails    # all but the mails that may have gone already")?;
        say!("rollcall release --yes --send-mails       # everything, and some mails perhaps twice")?;
    } else {
        say!("rollcall release --yes    # let it go on")?;
    }
    Ok(())
}

fn as_json(waiting: &Waiting) -> serde_json::Value {
    let mails = waiting.mails.iter().map(|mails| {
        json!({ "kind": mails.kind, "mails": mails.mails, "perhaps_sent": mails.doubtful, "due_since": instant(mails.since) })
    });
    let unfinished = waiting.unfinished.iter().map(|import| {
        json!({
            "import": import.import.to_string(), "programme": import.programme, "state": import.state,
            "done": import.done, "total": import.total,
        })
    });
    let due = waiting.due.iter().map(|due| json!({ "programme": due.programme, "source": due.source }));
    json!({
        "held": true,
        "restored_at": instant(waiting.restore.restored_at),
        "backup_at": instant(waiting.restore.backup_at),
        "erased_again": waiting.restore.erased,
        "mails": mails.collect::<Vec<_>>(),
        "later_mails": waiting.work.later_mails,
        "events": waiting.work.events,
        "leavers": waiting.work.leavers,
        "reminders": waiting.work.reminders,
        "unfinished_imports": unfinished.collect::<Vec<_>>(),
        "due_imports": due.collect::<Vec<_>>(),
    })
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}
