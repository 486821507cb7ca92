//! `rollcall key`: another key for what is stored.

use std::process::ExitCode;

use anyhow::Result;
use engine::Actor;

use crate::{
    cli::{Place, care::Key},
    config,
    table::{self, say},
};

pub(crate) async fn run(place: &Place, wanted: Key) -> Result<ExitCode> {
    let Key::Rotate = wanted;
    let engine = config::engine(place).await?;
    let rotated = engine.rotate_key(&Actor::command()).await?;
    say!("{} secrets are now sealed with the new key.", table::number(rotated.sealed))?;
    for unreadable in &rotated.unreadable {
        say!(
            "{} in {} were not: none of the keys opens them, and none did before. Enter those credentials again.",
            table::number(unreadable.rows),
            unreadable.table
        )?;
    }
    say!("Links, codes in letters and recovery codes that people have go on working.")?;
    say!(
        "{}",
        if rotated.old_in_environment {
            "Nothing needs the old key any more: take ROLLCALL_SECRET_KEY_OLD away on every machine."
        } else {
            "Nothing needs the old key any more; it is no longer in the file. Keep a copy of the new one where the \
             backups are not; backups made until now need the old one."
        }
    )?;
    Ok(ExitCode::SUCCESS)
}
