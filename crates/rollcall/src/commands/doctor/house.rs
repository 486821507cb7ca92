//! The database, and what waits in it.

use anyhow::Result;
use engine::{Engine, World};
use store::{Address, Store, StoreError, backlog::Backlog};

use super::findings::Findings;
use crate::{commands::backup::instant, table, world::SystemWorld};

/// More than this and leases and calendars go wrong, in microseconds.
const CLOCKS_APART: i64 = 5_000_000;

const MINUTE: i64 = 60 * 1_000_000;

/// After how long something that waits should have been done, in microseconds.
const LATE: i64 = 15 * MINUTE;

/// Looks at the database itself; tells whether it is up to date and can be used.
pub(super) async fn database(findings: &mut Findings, store: &Store, address: &Address) -> bool {
    match store.ping().await {
        Err(error) => {
            findings.bad("database", &format!("{error}."), "Check that the server runs.");
            return false;
        }
        Ok(theirs) => {
            findings.good("database", &address.for_people());
            clock(findings, theirs);
        }
    }
    match store.pending_steps(address).await {
        Err(error @ StoreError::Newer { .. }) => {
            findings.bad("schema", &format!("{error}."), "Run the newer version on every machine.");
            return false;
        }
        Err(error) => {
            findings.bad("schema", &format!("{error}."), "Check that this user may use the database.");
            return false;
        }
        Ok(steps) if !steps.is_empty() => {
            findings.look(
                "schema",
                &format!("{} steps are to be made before this version can use it.", steps.len()),
                "Make a backup, then start this version: it makes them by itself. Look again afterwards.",
            );
            return false;
        }
        Ok(_) => findings.good("schema", "is the one of this version"),
    }
    if let Err(error) = store.check_writable().await {
        findings.bad(
            "database",
            &format!("cannot be written: {error}."),
            "Make room on its disk, and see that it is no standby and that this user may write.",
        );
        return false;
    }
    true
}

fn clock(findings: &mut Findings, theirs: i64) {
    let apart = (theirs - SystemWorld::default().now().as_microsecond()).abs();
    if apart > CLOCKS_APART {
        findings.bad(
            "clock",
            &format!("this machine and the database are {} s apart.", apart / 1_000_000),
            "Let both take the time from the same server (NTP).",
        );
    } else {
        findings.good("clock", "agrees with the database's");
    }
}

/// Whether the key opens what is sealed.
pub(super) async fn secrets(findings: &mut Findings, engine: &Engine) -> Result<()> {
    let (all, shut) = engine.check_key().await?;
    if shut > 0 {
        findings.bad(
            "secrets",
            &format!("{} of {} stored secrets cannot be opened.", table::number(shut), table::number(all)),
            "Put the secret key back that they were sealed with, or enter those credentials again.",
        );
    } else {
        findings.good("secrets", &format!("the key opens all {} stored ones", table::number(all)));
    }
    Ok(())
}

/// Whether whoever is erased can be listed, and whether a restored installation waits for its release.
pub(super) async fn care(findings: &mut Findings, engine: &Engine) -> Result<()> {
    match engine.bring_list_up_to_date().await {
        Ok(_) => findings.good("erasures", "can be listed"),
        Err(error) => findings.bad("erasures", &error.to_string(), "Until then nobody is erased."),
    }
    if let Some(restore) = engine.restored().await? {
        findings.bad(
            "held",
            &format!("restored from a backup of {}: nothing is imported or sent.", instant(restore.backup_at)),
            "`rollcall release` shows what waits, and releases it.",
        );
    }
    Ok(())
}

/// How long so many minutes are, in the unit that fits: `3 hours`.
fn lasting(minutes: i64) -> String {
    match minutes {
        ..2 => "a minute".to_owned(),
        2..120 => format!("{minutes} minutes"),
        120..2_880 => format!("{} hours", minutes / 60),
        _ => format!("{} days", minutes / 1_440),
    }
}

/// What has waited longer than it should, or waits for somebody.
pub(super) async fn waiting(findings: &mut Findings, engine: &Engine) -> Result<()> {
    let now = engine.now();
    let waits = engine.store().backlog(now).await?;
    let number = |number: i64| table::number(number.unsigned_abs());
    let lasting = |since: i64| lasting((now - since) / MINUTE);
    match waits.idle.waits_since_before(now - LATE) {
        Some(since) => findings.bad(
            "imports",
            &format!(
                "waiting, with nobody at work on them: {}, the first for {}.",
                number(waits.idle.number),
                lasting(since)
            ),
            "Start `rollcall serve`, or look at what it says.",
        ),
        None => findings.good("imports", "none is left lying"),
    }
    match waits.mails.waits_since_before(now - LATE) {
        Some(since) => findings.bad(
            "outbox",
            &format!("mails that are due: {}, the first for {}.", number(waits.mails.number), lasting(since)),
            "Start `rollcall serve`; if it runs, look at the outbox for what keeps them.",
        ),
        None => findings.good("outbox", "no mail is late"),
    }
    let held = Backlog::in_state(&waits.imports, "on-hold");
    if held.number > 0 {
        findings.look(
            "holds",
            &format!(
                "imports that wait for an answer: {}, the first for {}.",
                number(held.number),
                lasting(held.oldest.unwrap_or(now))
            ),
            "An administrator answers them in the portal, or by `rollcall imports`; after 72 hours they lapse.",
        );
    }
    let paused = Backlog::in_state(&waits.integrations, "paused").number;
    if paused > 0 {
        findings.look(
            "schedule",
            &format!("integrations whose schedule stands still: {}.", number(paused)),
            "`rollcall integration resume` lets it go on.",
        );
    }
    let refused = Backlog::in_state(&waits.integrations, "reconnect-needed").number;
    if refused > 0 {
        findings.bad(
            "sources",
            &format!("integrations that need new credentials: {}.", number(refused)),
            "Enter them in the portal, or with `rollcall integration apply`.",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_is_told_in_the_unit_that_fits() {
        assert_eq!([1, 35, 119].map(lasting), ["a minute", "35 minutes", "119 minutes"]);
        assert_eq!([120, 1_194, 2_880].map(lasting), ["2 hours", "19 hours", "2 days"]);
    }
}
