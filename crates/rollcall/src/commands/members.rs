//! `rollcall members`: an export for spreadsheets.

use std::{
    io::{BufWriter, Write},
    process::ExitCode,
};

use anyhow::Result;
use futures::TryStreamExt;
use store::members::MemberFilter;

use crate::{cli::Place, config};

pub(crate) async fn run(place: &Place, slug: &str) -> Result<ExitCode> {
    let engine = config::engine(place).await?;
    let programme = engine.programme(slug).await?;
    let mut lines = std::pin::pin!(engine.members_file(&programme, MemberFilter::default()).await?);
    let mut out = BufWriter::new(std::io::stdout().lock());
    while let Some(line) = lines.try_next().await? {
        out.write_all(line.as_bytes())?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
