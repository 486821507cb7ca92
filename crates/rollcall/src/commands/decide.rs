//! `rollcall decide`.

use std::process::ExitCode;

use anyhow::Result;
use engine::{Actor, Answer};

use crate::{
    cli::{Decide, Place},
    config,
    table::say,
};

pub(crate) async fn run(place: &Place, wanted: Decide) -> Result<ExitCode> {
    let engine = config::engine(place).await?;
    let programme = engine.programme(&wanted.programme).await?;
    let integration = engine.integration(&programme, wanted.integration.as_deref()).await?;
    let answer = wanted.answer.same_as.map_or(Answer::New, Answer::SameAs);
    engine.decide(&programme, &integration, &wanted.employee_id, &answer, &Actor::command()).await?;
    say!("Decided. The next import acts on it: `rollcall import {}`.", programme.slug)?;
    Ok(ExitCode::SUCCESS)
}
