//! `rollcall restore`: an installation made of a backup.

use std::{process::ExitCode, sync::Arc};

use anyhow::Result;
use engine::{
    Actor, LIST,
    care::{self, Restored, Restoring},
};

use super::backup::instant;
use crate::{
    cli::{Place, care::Restore},
    config,
    table::{self, say},
    world::SystemWorld,
};

pub(crate) async fn run(place: &Place, wanted: Restore) -> Result<ExitCode> {
    let world = Arc::new(SystemWorld::default());
    config::make_directory(&place.data)?;
    let erasures = match (wanted.without_erasures, wanted.erasures_list.is_empty()) {
        (true, _) => Vec::new(),
        (false, true) => vec![config::erasures(place).join(LIST)],
        (false, false) => wanted.erasures_list,
    };
    let key = config::key_for_restore(place, &*world, wanted.with_another_key)?;
    let settings = config::settings(place)?;
    let restoring = Restoring {
        backup: wanted.from,
        target: config::address(place),
        data: place.data.clone(),
        erasures,
        another_key: wanted.with_another_key,
    };
    let restored = care::restore(&restoring, key, world, settings, &Actor::command()).await?;
    tell(&restored, &restoring.target.for_people(), wanted.without_erasures)?;
    Ok(ExitCode::SUCCESS)
}

fn tell(restored: &Restored, target: &str, without_erasures: bool) -> Result<()> {
    let manifest = &restored.manifest;
    say!(
        "{target} is as it was on {}: {} rows, {} programmes, {} members.",
        instant(manifest.at),
        table::number(manifest.rows()),
        table::number(restored.programmes as u64),
        table::number(manifest.rows_of("members"))
    )?;
    let replayed = &restored.replayed;
    if without_erasures {
        say!("No list of erasures was looked at: people who were erased after the backup was taken are there again.")?;
    } else {
        say!(
            "Erased again, as they had been since: {}. Wishes to be erased noted again: {}; taken back again: {}.",
            table::number(replayed.erased),
            table::number(replayed.asked),
            table::number(replayed.allowed)
        )?;
        if replayed.programmes > 0 {
            say!("Programmes deleted again, as they had been since: {}.", table::number(replayed.programmes))?;
        }
    }
    if replayed.unreadable > 0 {
        say!("Lines of the list that could not be read, and were passed over: {}.", replayed.unreadable)?;
    }
    say!()?;
    say!(
        "It is held: nothing is imported, sent, closed or announced until you release it. Everybody has to sign in anew."
    )?;
    say!("Look at administrators, API tokens and subscriptions: what was taken away since the backup is there again.")?;
    say!("Then: rollcall release    # shows what would be sent and started")?;
    Ok(())
}
