//! `rollcall integration apply`.

use std::{path::Path, process::ExitCode};

use anyhow::Result;
use engine::setup::SetUp;

use crate::{
    cli::{Integration, Place},
    config,
    exit::Usage,
    table::say,
};

pub(crate) async fn run(place: &Place, wanted: Integration) -> Result<ExitCode> {
    let Integration::Apply { file } = wanted;
    let text = std::fs::read_to_string(&file).map_err(|error| {
        Usage(format!(
            "The set-up file {} cannot be read: {error}. Name a file that is there and readable.",
            file.display()
        ))
    })?;
    let beside = file.parent().unwrap_or(Path::new("."));
    let set_up = SetUp::parse(&text, beside, &|name| std::env::var(name).ok())
        .map_err(|error| Usage(format!("{}: {error}", file.display())))?;
    let engine = config::engine(place).await?;
    let report = engine.set_up(&set_up).await?;
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
    say!("Next: `rollcall import {} --dry-run` shows what an import would do.", report.programme)?;
    Ok(ExitCode::SUCCESS)
}
