//! What was found, for people or for programs.

use std::process::ExitCode;

use anyhow::Result;
use serde::Serialize;

use crate::table::{plain, say};

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum State {
    /// In order.
    Ok,
    /// Somebody should look at it, though nothing is wrong.
    Look,
    /// Something is wrong.
    Wrong,
}

#[derive(Debug, Serialize)]
struct Finding {
    check: &'static str,
    state: State,
    detail: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<String>,
}

#[derive(Serialize)]
struct Report<'a> {
    ok: bool,
    findings: &'a [Finding],
}

pub(super) struct Findings {
    all: Vec<Finding>,
    json: bool,
}

impl Findings {
    pub(super) fn new(json: bool) -> Self {
        Self { all: Vec::new(), json }
    }

    pub(super) fn good(&mut self, check: &'static str, detail: &str) {
        self.add(check, State::Ok, detail, None);
    }

    pub(super) fn look(&mut self, check: &'static str, detail: &str, remedy: &str) {
        self.add(check, State::Look, detail, Some(remedy));
    }

    pub(super) fn bad(&mut self, check: &'static str, detail: &str, remedy: &str) {
        self.add(check, State::Wrong, detail, Some(remedy));
    }

    fn add(&mut self, check: &'static str, state: State, detail: &str, remedy: Option<&str>) {
        let finding = Finding { check, state, detail: plain(detail), remedy: remedy.map(str::to_owned) };
        if !self.json {
            let word = match state {
                State::Ok => "ok",
                State::Look => "LOOK",
                State::Wrong => "WRONG",
            };
            // Whoever stopped reading still gets the exit status.
            drop(say!("{word:<6} {check:<10} {}", finding.detail));
            if let Some(remedy) = &finding.remedy {
                drop(say!("       {:<10} {remedy}", ""));
            }
        }
        self.all.push(finding);
    }

    /// Whether something is wrong that was looked at under this name.
    pub(super) fn is_bad(&self, check: &str) -> bool {
        self.all.iter().any(|finding| finding.check == check && finding.state == State::Wrong)
    }

    pub(super) fn end(self) -> Result<ExitCode> {
        let wrong = self.all.iter().filter(|finding| finding.state == State::Wrong).count();
        if self.json {
            say!("{}", serde_json::to_string(&Report { ok: wrong == 0, findings: &self.all })?)?;
        } else {
            match wrong {
                0 => say!("\nEverything is in order."),
                1 => say!("\nOne thing to put right."),
                more => say!("\n{more} things to put right."),
            }?;
        }
        Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
