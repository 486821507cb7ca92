//! What the program prints, in the forms that are promised.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

/// A row of a file, by the names in its heading.
pub(crate) type Row = BTreeMap<String, String>;

/// The keys of an import's JSON: all of them, always, and no other.
const KEYS: &[&str] = &[
    "import",
    "state",
    "read",
    "join",
    "update",
    "leave",
    "rejoin",
    "reject",
    "unchanged",
    "not_eligible",
    "starts_later",
    "errors",
    "warnings",
    "held_by",
    "failure",
    "duration_ms",
];

/// An import as `--json` prints it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Report {
    pub(crate) import: String,
    pub(crate) state: String,
    pub(crate) read: u64,
    pub(crate) join: u64,
    pub(crate) update: u64,
    pub(crate) leave: u64,
    pub(crate) rejoin: u64,
    pub(crate) reject: u64,
    pub(crate) unchanged: u64,
    pub(crate) not_eligible: u64,
    pub(crate) starts_later: u64,
    pub(crate) errors: u64,
    pub(crate) warnings: u64,
    pub(crate) held_by: Vec<String>,
    pub(crate) failure: Option<String>,
    pub(crate) duration_ms: u64,
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

impl Report {
    #[track_caller]
    pub(crate) fn read(json: &Value) -> Self {
        assert_eq!(keys(json), KEYS.iter().copied().collect(), "{json:#}");
        let report: Self = serde_json::from_value(json.clone()).expect("every value is of its kind");
        assert_eq!(report.failure.is_some(), report.state == "failed", "{report:#?}");
        assert!(!report.held_by.is_empty() || report.state != "on-hold", "{report:#?}");
        report
    }

    /// The exit status that goes with it.
    pub(crate) fn exit_status(&self) -> i32 {
        match self.state.as_str() {
            "completed" if self.reject > 0 => 3,
            "completed" => 0,
            "on-hold" => 4,
            "failed" => 5,
            other => panic!("an import does not end as {other}"),
        }
    }

    #[track_caller]
    pub(crate) fn completed(self) -> Self {
        assert_eq!(self.state, "completed", "{self:#?}");
        self
    }

    /// On hold by these guards and no others.
    #[track_caller]
    pub(crate) fn held(self, by: &[&str]) -> Self {
        assert_eq!((self.state.as_str(), &self.held_by[..]), ("on-hold", &by.map_owned()[..]), "{self:#?}");
        self
    }

    #[track_caller]
    pub(crate) fn failed(self) -> Self {
        assert_eq!(self.state, "failed", "{self:#?}");
        assert_eq!(self.numbers(), [0; 10], "a failed import has done nothing: {self:#?}");
        self
    }

    /// Read, join, update, leave, rejoin, reject, unchanged, not eligible, starts later, warnings.
    pub(crate) fn numbers(&self) -> [u64; 10] {
        [
            self.read,
            self.join,
            self.update,
            self.leave,
            self.rejoin,
            self.reject,
            self.unchanged,
            self.not_eligible,
            self.starts_later,
            self.warnings,
        ]
    }

    /// Completed, and nobody is another: R31.
    #[track_caller]
    pub(crate) fn quiet(self) -> Self {
        let report = self.completed();
        let Self { join, update, leave, rejoin, .. } = &report;
        assert_eq!((join, update, leave, rejoin), (&0, &0, &0, &0), "{report:#?}");
        report
    }
}

trait Owned {
    fn map_owned(&self) -> Vec<String>;
}

impl Owned for [&str] {
    fn map_owned(&self) -> Vec<String> {
        self.iter().map(ToString::to_string).collect()
    }
}

/// A mail of the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Mail {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) employee_id: Option<String>,
    pub(crate) recipient: Option<String>,
    pub(crate) state: String,
}

impl Mail {
    #[track_caller]
    pub(super) fn read_all(json: &Value) -> Vec<Self> {
        let all = json.as_array().expect("one array");
        let promised =
            BTreeSet::from(["id", "kind", "employee_id", "recipient", "state", "attempts", "failure", "may_have_gone"]);
        for mail in all {
            assert_eq!(keys(mail), promised, "{mail:#}");
        }
        serde_json::from_value(json.clone()).expect("every value is of its kind")
    }
}

/// A row of the problems' file.
#[derive(Debug, Clone)]
pub(crate) struct Problem(pub(crate) Row);

impl Problem {
    pub(crate) fn get(&self, column: &str) -> &str {
        self.0.get(column).unwrap_or_else(|| panic!("no column {column}: {self:#?}"))
    }

    pub(crate) fn employee_id(&self) -> String {
        self.get("employee_id").to_owned()
    }

    pub(crate) fn code(&self) -> String {
        self.get("code").to_owned()
    }
}
