//! The made-up company of the demonstration, and how its integration is set up.

use std::net::SocketAddr;

use anyhow::{Context, Result};
use jiff::civil::Date;
use sandbox::{Change, Company, Fault, FaultKind, Knobs, Options, Sandbox};

use super::PROGRAMME;
use crate::{
    cli::Demo,
    commands::sandbox::{CLIENT_ID, CLIENT_SECRET},
};

/// The attribute that the segment looks at.
const EMPLOYMENT: &str = "employment_type";

/// The address of the administrator whom everything is reported to.
pub(super) const OWNER: &str = "ines.hartmann@acme.example";

/// A company and the Personio that tells of it.
pub(super) struct Acme {
    sandbox: Sandbox,
}

impl Acme {
    /// The company as it stood on that day.
    pub(super) async fn start(wanted: &Demo, day: Date) -> Result<Self> {
        let sandbox = Sandbox::start(SocketAddr::from(([127, 0, 0, 1], 0)), Options::new(day)).await?;
        let company = Company::generate(wanted.seed, wanted.employees as usize, day);
        sandbox.add_company_with(CLIENT_ID, CLIENT_SECRET, company, Knobs::default().unlimited());
        Ok(Self { sandbox })
    }

    pub(super) async fn stop(self) {
        self.sandbox.stop().await;
    }

    fn change<R>(&self, change: impl FnOnce(&mut Company) -> R) -> Result<R> {
        Ok(self.sandbox.company(CLIENT_ID, change)?)
    }

    /// A week passes: people join, move, marry and leave.
    pub(super) fn week_passes(&self) -> Result<()> {
        self.change(|company| company.days_pass(7)).map(drop)
    }

    /// The next answer says that nobody works here.
    pub(super) fn answers_empty(&self) -> Result<()> {
        self.sandbox.add_fault(CLIENT_ID, Fault::new(FaultKind::Empty).reads(1))?;
        Ok(())
    }

    pub(super) fn answers_again(&self) -> Result<()> {
        Ok(self.sandbox.clear_faults(CLIENT_ID)?)
    }

    /// People of the segment, at work.
    fn internals(company: &Company) -> Vec<i64> {
        let mut ids = company.ids_with_status("active");
        ids.retain(|id| company.value(*id, EMPLOYMENT).is_some_and(|value| value == "internal"));
        ids
    }

    /// Somebody edits records without care: a bad address, an address that two share, an unreadable
    /// date, and a record that now tells of another human.
    pub(super) fn mistakes_are_made(&self) -> Result<()> {
        self.change(|company| {
            let ids = Self::internals(company);
            let taken = ids.get(4).and_then(|id| company.value(*id, "email"));
            let mistakes = [
                Change::set("email", "anna.at.acme.example"),
                Change::set("email", taken.unwrap_or_default()),
                Change::set("dynamic_1830002", "31.02.1990"),
                Change::set("email", "ruth.winkler@acme.example").and("first_name", "Ruth").and("last_name", "Winkler"),
                Change::set(
                    "position",
                    "Senior specialist for particularly long descriptions of what one does all day ".repeat(2),
                ),
            ];
            for (id, mistake) in ids.iter().skip(10).step_by(7).zip(&mistakes) {
                company.change(*id, mistake);
            }
        })
    }

    /// Every seventh person of the segment is marked external, as by a mistake in a bulk edit.
    pub(super) fn many_become_external(&self) -> Result<()> {
        self.change(|company| {
            for id in Self::internals(company).iter().step_by(6) {
                company.change(*id, &Change::set(EMPLOYMENT, "external"));
            }
        })
    }

    /// The set-up file of its integration.
    pub(super) fn set_up_file(&self) -> String {
        let base_url = self.sandbox.base_url();
        format!(
            r#"[programme]
slug = "{PROGRAMME}"
name = "Acme Rewards"
time_zone = "Europe/Berlin"

[integration]
source = "personio"
owner = "{OWNER}"
base_url = "{base_url}"
client_id = "{CLIENT_ID}"
client_secret = "{CLIENT_SECRET}"
frequency = "daily"
requests_per_minute = 0
welcome_email = true
no_mailbox_domains = ["no-mailbox.acme.example"]

[mapping]
employee_id = "id"
email = "email"
first_name = "first_name"
last_name = "last_name"
preferred_name = "preferred_name"
gender = "gender"
date_of_birth = "dynamic_1830002"
contract_start_date = "hire_date"
job_title = "position"
department = "department"
location = "office"
personal_email = "dynamic_1830001"

[custom_fields]
cost_centre = "dynamic_1830004"
t_shirt = "dynamic_1830003"

[[segment]]
attribute = "{EMPLOYMENT}"
include = ["internal"]
"#
        )
    }
}

/// Writes the set-up file where it can be looked at.
pub(super) fn write(file: &str, path: &std::path::Path) -> Result<()> {
    std::fs::write(path, file).with_context(|| format!("{} cannot be written", path.display()))
}
