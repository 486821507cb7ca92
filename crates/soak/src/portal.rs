//! What the portal and the API say.

use anyhow::{Context, bail};
use serde_json::Value;
use testkit::Site;

use crate::{facts::Facts, ledger::Broken, node::Node};

const PROMISE: &str = "pages, API and commands show the true state";

/// The programme that the first administrator makes.
pub(crate) const PROGRAMME: &str = "acme";

const EMAIL: &str = "ines@acme.example";
const PASSWORD: &str = "nine quiet lanterns";

/// Whoever looks after the first programme, signed in, and a program with a token.
#[derive(Debug, Clone)]
pub struct Portal {
    /// Somebody who is signed in.
    pub manager: Site,
    /// A program.
    pub api: Site,
}

impl Portal {
    /// The first administrator makes the programme `acme`, and a token for a program.
    pub fn begin(node: &mut Node) -> anyhow::Result<Self> {
        let link = node.word_with("/first-run/")?;
        let path = link.find("/first-run/").map(|at| link[at..].to_owned()).context("a link has a path")?;
        let mut manager = Site::new(&node.address);
        let fields = [
            ("programme", "Acme"),
            ("time_zone", "Europe/Berlin"),
            ("name", "Ines Hartmann"),
            ("email", EMAIL),
            ("password", PASSWORD),
        ];
        manager.sign_in(&path, &fields)?;
        let fields = [
            ("name", "soak"),
            ("expires_at", ""),
            ("scopes", "imports:read"),
            ("scopes", "imports:run"),
            ("scopes", "members:read"),
            ("scopes", "integrations:read"),
        ];
        let page = manager.post(&format!("/manage/{PROGRAMME}/settings/tokens"), &fields)?.text();
        let token = page.split("id=\"token\">").nth(1).and_then(|rest| rest.split('<').next());
        let Some(token) = token else { bail!("no token was made") };
        Ok(Self { api: manager.with_token(token), manager })
    }

    /// The same people at another server, signed in anew where their session has ended meanwhile.
    pub fn at(&self, node: &Node) -> anyhow::Result<Self> {
        let mut manager = self.manager.at(&node.address);
        if manager.get(&format!("/manage/{PROGRAMME}"))?.status != 200 {
            manager.sign_in("/sign-in", &[("email", EMAIL), ("password", PASSWORD)])?;
        }
        Ok(Self { manager, api: self.api.at(&node.address) })
    }

    /// *Import data now*.
    pub fn start_import(&self) -> anyhow::Result<()> {
        let answer = self.manager.post(&format!("/manage/{PROGRAMME}/integrations/personio/imports"), &[])?;
        if !answer.header("location").contains("/imports/") {
            bail!("the import was not started: {} {}", answer.status, answer.text());
        }
        Ok(())
    }

    /// Answers an import on hold: `approve`, `without-leavers`, `reject`.
    pub fn answer(&self, import: &str, answer: &str) -> anyhow::Result<()> {
        let path = format!("/manage/{PROGRAMME}/imports/{}/answer", hyphened(import));
        let answer = self.manager.post(&path, &[("answer", answer)])?;
        if !answer.header("location").contains("/imports/") {
            bail!("the answer was not taken: {}", answer.status);
        }
        Ok(())
    }

    /// Compares what is shown of imports with what is the case.
    pub fn compare(&self, facts: &Facts) -> Vec<Broken> {
        let mut broken = Vec::new();
        let imports = facts.imports.iter().filter(|(_, import)| import.programme == PROGRAMME);
        for (id, import) in imports.rev().take(5) {
            let number = hyphened(id);
            let shown = self.api.get(&format!("/api/v1/imports/{number}"));
            let shown = shown.map(|answer| serde_json::from_slice::<Value>(&answer.body).unwrap_or_default());
            match shown {
                Ok(shown) if shown["state"] == import.state.as_str() => {}
                shown => broken.push(Broken::new(PROMISE, format!("{id} is {}; the API: {shown:?}", import.state))),
            }
            match self.manager.get(&format!("/manage/{PROGRAMME}/imports/{number}")) {
                Ok(page) if page.status == 200 && says(&page.text(), &import.state) => {}
                Ok(page) => {
                    let detail = format!("{id} is {}; its page ({}) does not say so", import.state, page.status);
                    broken.push(Broken::new(PROMISE, detail));
                }
                Err(error) => broken.push(Broken::new(PROMISE, format!("the page of {id}: {error}"))),
            }
        }
        for page in ["", "/members", "/outbox", "/integrations/personio", "/integrations/personio/imports"] {
            match self.manager.get(&format!("/manage/{PROGRAMME}{page}")) {
                Ok(answer) if answer.status == 200 => {}
                other => {
                    let detail = format!("the page {page:?}: {:?}", other.map(|it| it.status));
                    broken.push(Broken::new(PROMISE, detail));
                }
            }
        }
        broken
    }
}

/// The words of a page about an import in this state; any will do where there are several.
fn says(page: &str, state: &str) -> bool {
    let words: &[&str] = match state {
        "completed" => &["Completed"],
        "failed" => &["failed", "Failed"],
        "on-hold" => &["on hold", "On hold", "waits for"],
        _ => return true,
    };
    words.iter().any(|word| page.contains(word))
}

/// A number as it is written in addresses.
pub(crate) fn hyphened(id: &str) -> String {
    let mut text = String::with_capacity(36);
    for (at, letter) in id.chars().enumerate() {
        if [8, 12, 16, 20].contains(&at) {
            text.push('-');
        }
        text.push(letter);
    }
    text
}
