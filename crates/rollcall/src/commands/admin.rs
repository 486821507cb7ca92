//! `rollcall admin`: who looks after programmes, and what they lost.

use std::process::ExitCode;

use anyhow::Result;
use domain::email;
use engine::{
    Actor, Engine,
    administrators::{AdministratorView, Invite},
};
use store::Programme;

use crate::{
    cli::{Place, customers::Admin},
    config, exit,
    exit::Usage,
    table::{self, plain, say},
};

pub(crate) async fn run(place: &Place, wanted: Admin) -> Result<ExitCode> {
    let engine = config::engine(place).await?;
    match wanted {
        Admin::Invite(wanted) => {
            check(&wanted.email)?;
            let programme = engine.programme(&wanted.programme).await?;
            let name = wanted.name.unwrap_or_else(|| name_of(&wanted.email));
            let invitation = Invite { name, email: wanted.email, role: wanted.role };
            invite(&engine, &programme, &invitation, wanted.mail).await?;
        }
        Admin::List { programme, json } => {
            let programme = engine.programme(&programme).await?;
            exit::unless_unread(list(&engine.administrators_of(&programme).await?, json))?;
        }
        Admin::ResetFactor { email } => {
            if engine.reset_second_factor(&email, &Actor::command()).await? {
                say!(
                    "{} signs in by password alone now, and was signed out everywhere. A mail tells them.",
                    plain(&email)
                )?;
                say!("Ask them to set a second factor up anew, under “My sign-in”.")?;
            } else {
                say!("{} has no second factor. There is nothing to do.", plain(&email))?;
            }
        }
        Admin::ResetPassword { email } => {
            let link = engine.reset_link(&email, &Actor::command()).await?;
            say!(
                "{} can choose a new password with this link. It works once, for an hour; pass it on with care:\n  {link}",
                plain(&email)
            )?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Invites somebody, and says how they come in.
pub(super) async fn invite(engine: &Engine, programme: &Programme, invite: &Invite, mail: bool) -> Result<()> {
    if mail {
        engine.invite_administrator(programme, invite, &Actor::command()).await?;
        say!("An invitation goes to {} as soon as `rollcall serve` runs.", plain(&invite.email))?;
        return Ok(());
    }
    let link = engine.invite_by_link(programme, invite, &Actor::command()).await?;
    say!(
        "{} can accept the invitation with this link. It works once, for 7 days; pass it on with care:\n  {link}",
        plain(&invite.email)
    )?;
    Ok(())
}

/// Whether somebody can be written to at this address.
pub(super) fn check(address: &str) -> Result<()> {
    if email::is_valid(address.trim()) {
        return Ok(());
    }
    Err(Usage(format!(
        "“{}” is not an e-mail address. Name whom to invite, such as ines@acme.example.",
        plain(address)
    ))
    .into())
}

/// What somebody is called until they say so themselves.
pub(super) fn name_of(address: &str) -> String {
    address.trim().split('@').next().unwrap_or_default().to_owned()
}

fn list(administrators: &[AdministratorView], json: bool) -> Result<()> {
    if json {
        say!("{}", serde_json::to_string(administrators)?)?;
        return Ok(());
    }
    if administrators.is_empty() {
        say!("Nobody looks after this programme yet. `rollcall admin invite` invites somebody.")?;
        return Ok(());
    }
    let mut rows = vec![["E-mail", "Name", "Role", "Second factor", "State"].map(str::to_owned).to_vec()];
    for one in administrators {
        let has = |is: bool| if is { "on" } else { "off" };
        rows.push(vec![
            plain(&one.email),
            plain(one.name.as_deref().unwrap_or_default()),
            one.role.to_string(),
            one.accepted_at.map(|_| has(one.second_factor).to_owned()).unwrap_or_default(),
            if one.accepted_at.is_some() { "in" } else { "invited" }.to_owned(),
        ]);
    }
    table::print(&rows)
}
