//! `rollcall sandbox`: a Personio of one's own.

use std::process::ExitCode;

use anyhow::{Context, Result};
use engine::World;
use jiff::tz::TimeZone;
use sandbox::{Company, Knobs, Options};

use crate::{cli::Sandbox, world::SystemWorld};

/// The credentials of the made-up company.
pub(crate) const CLIENT_ID: &str = "papi-sandbox";
/// Not a secret: it opens nothing but made-up people.
pub(crate) const CLIENT_SECRET: &str = "papi-sandbox-secret";

pub(crate) async fn run(wanted: Sandbox) -> Result<ExitCode> {
    let today = SystemWorld::from_environment()?.now().to_zoned_datetime(TimeZone::UTC).date();
    let sandbox = sandbox::Sandbox::start(wanted.listen, Options::new(today))
        .await
        .with_context(|| format!("{} cannot be listened on. Choose another address with --listen", wanted.listen))?;
    let company = Company::generate(wanted.seed, wanted.employees as usize, today);
    let on_record = company.ids().len();
    println!(
        "A Personio of your own: {} people at work, {on_record} on record (some left, some start later)",
        wanted.employees
    );
    sandbox.add_company_with(CLIENT_ID, CLIENT_SECRET, company, knobs(&wanted));
    println!("  base_url       {}", sandbox.base_url());
    println!("  client_id      {CLIENT_ID}");
    println!("  client_secret  {CLIENT_SECRET}");
    println!("People and faults on demand: GET http://{}/_sandbox", sandbox.address());
    super::serve::stopped().await;
    sandbox.stop().await;
    Ok(ExitCode::SUCCESS)
}

/// How the company's API behaves.
fn knobs(wanted: &Sandbox) -> Knobs {
    let knobs = Knobs { latency_ms: wanted.answers_take, ..Knobs::default() };
    // Whoever wants no limits measures something else than the sandbox: a page is built once.
    if wanted.no_limits { Knobs { prerender: true, ..knobs.unlimited() } } else { knobs }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::{Cli, Command};

    fn knobs_with(options: &[&str]) -> Knobs {
        match Cli::try_parse_from([&["rollcall", "sandbox"], options].concat()).unwrap().command {
            Command::Sandbox(wanted) => knobs(&wanted),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn it_behaves_as_personio_does_unless_told_otherwise() {
        assert_eq!(knobs_with(&[]), Knobs::default());
        let slow = Knobs { latency_ms: 1_500, ..Knobs::default() };
        assert_eq!(knobs_with(&["--answers-take", "1500"]), slow);
        let unlimited = Knobs { prerender: true, ..slow.unlimited() };
        assert_eq!(knobs_with(&["--no-limits", "--answers-take", "1500"]), unlimited);
    }
}
