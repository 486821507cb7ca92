//! `rollcall members`: an export for spreadsheets.

use std::{
    collections::BTreeSet,
    io::{BufWriter, Write},
    process::ExitCode,
};

use anyhow::Result;
use domain::field::Field;
use engine::spreadsheet;
use futures::TryStreamExt;

use crate::{cli::Place, config};

pub(crate) async fn run(place: &Place, slug: &str) -> Result<ExitCode> {
    let engine = config::engine(place).await?;
    let programme = engine.programme(slug).await?;
    let first = [Field::Email, Field::FirstName, Field::LastName];
    let mut others: Vec<Field> = Field::standard().filter(|field| !first.contains(field)).collect();
    let mut custom = BTreeSet::new();
    for integration in engine.store().integrations(programme.number()).await? {
        custom.extend(integration.rules()?.custom_fields().map(Field::custom));
    }
    others.extend(custom);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let heading = others.iter().map(|field| match field {
        Field::Custom(name) => name.to_string(),
        standard => standard.to_string(),
    });
    let fixed = ["employee_id", "email", "first_name", "last_name", "status"].map(str::to_owned);
    out.write_all(spreadsheet::line(fixed.into_iter().chain(heading)).as_bytes())?;
    let mut members = std::pin::pin!(engine.store().members(programme.number()).await?);
    while let Some(member) = members.try_next().await? {
        let value = |field: &Field| member.fields.get(field).map(String::as_str).unwrap_or_default();
        let id = member.employee_id.as_deref().unwrap_or_default();
        let fixed = [id, value(&first[0]), value(&first[1]), value(&first[2]), member.state.as_str()];
        out.write_all(spreadsheet::line(fixed.into_iter().chain(others.iter().map(value))).as_bytes())?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
