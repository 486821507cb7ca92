//! `rollcall outbox`.

use std::process::ExitCode;

use anyhow::Result;

use crate::{
    cli::Place,
    config,
    table::{self, say},
};

pub(crate) async fn run(place: &Place, slug: &str, json: bool) -> Result<ExitCode> {
    let engine = config::engine(place).await?;
    let programme = engine.programme(slug).await?;
    let mails = engine.outbox(&programme).await?;
    if json {
        say!("{}", serde_json::to_string(&mails)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    if mails.is_empty() {
        say!("No mails yet.")?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut rows = vec![["Kind", "To", "State", "Employee ID", "Why not"].map(str::to_owned).to_vec()];
    for mail in mails {
        let to = mail.recipient.unwrap_or_else(|| "by letter".to_owned());
        let doubt = if mail.may_have_gone { ", may have gone" } else { "" };
        rows.push(vec![
            mail.kind,
            to,
            mail.state + doubt,
            mail.employee_id.unwrap_or_default(),
            mail.failure.unwrap_or_default(),
        ]);
    }
    table::print(&rows)?;
    Ok(ExitCode::SUCCESS)
}
