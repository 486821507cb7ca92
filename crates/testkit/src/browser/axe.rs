//! Barriers in pages, as axe-core finds them.

use std::{fmt, fs, sync::OnceLock};

use serde::Deserialize;

use super::Browser;
use crate::axe::script;

/// A success criterion that the page does not meet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Violation {
    /// axe-core's name for the rule, such as `color-contrast`.
    pub rule: String,
    /// What to do, in a sentence.
    pub help: String,
    /// Where in the page: a selector and what is wrong there.
    pub places: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule, self.help)?;
        self.places.iter().try_for_each(|place| write!(f, "\n    {place}"))
    }
}

/// All of WCAG 2.2, A and AA.
const ALL: &str = r#"{ "type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"] }"#;
/// Those of its rules that look at colours.
const COLOURS: &str = r#"{ "type": "rule", "values": ["color-contrast", "link-in-text-block"] }"#;

const RUN: &str = "
const [wanted, done] = arguments;
const place = (node) => node.target.flat().join(' ') + ': ' + node.failureSummary.replace(/\\s+/g, ' ');
axe.run(document, { runOnly: JSON.parse(wanted), resultTypes: ['violations'] }).then(
    (found) => done(found.violations.map((it) => ({ rule: it.id, help: it.help, places: it.nodes.map(place) }))),
    (error) => done([{ rule: 'axe-core', help: String(error), places: [] }]),
);
";

impl Browser {
    /// Every violation of WCAG 2.2 AA that axe-core finds in the page as it is now.
    ///
    /// # Panics
    /// When axe-core is not there; the message says how to get it.
    pub async fn axe(&self) -> Vec<Violation> {
        self.find_barriers(ALL).await
    }

    /// Those of them that come from colours: enough for a page that was looked at in other colours.
    ///
    /// # Panics
    /// As [`Self::axe`] does.
    pub async fn axe_of_colours(&self) -> Vec<Violation> {
        self.find_barriers(COLOURS).await
    }

    async fn find_barriers(&self, rules: &str) -> Vec<Violation> {
        static SOURCE: OnceLock<String> = OnceLock::new();
        let source = SOURCE.get_or_init(|| {
            let file = script();
            fs::read_to_string(&file).unwrap_or_else(|error| {
                panic!("axe-core is not at {} ({error}); `cargo xtask test` installs it", file.display())
            })
        });
        if !self.ask::<bool>("return typeof axe === 'object';").await {
            let loaded = self.driver.execute(source.as_str(), Vec::new()).await;
            self.done("load axe-core", loaded);
        }
        let found = self.driver.execute_async(RUN, vec![rules.into()]).await;
        self.done("run axe-core", found.and_then(|found| found.convert()))
    }

    /// The page has no violation.
    ///
    /// # Panics
    /// When it has one; the message names the rules and the places.
    pub async fn has_no_barriers(&self) {
        let found: Vec<String> = self.axe().await.iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "barriers at {}:\n{}", self.address().await, found.join("\n"));
    }
}
