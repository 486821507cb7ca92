//! The set-up file as it is written. A key that is not known is an error: a misspelt setting must
//! not be silently without effect.

use std::collections::BTreeMap;

use domain::{
    guard::Thresholds,
    rules::Absent,
    schedule::{Frequency, Weekday},
    setup::Recipient,
};
use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) programme: ProgrammeTable,
    pub(super) integration: IntegrationTable,
    pub(super) mapping: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) custom_fields: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) segment: Vec<SegmentTable>,
    #[serde(default)]
    pub(super) guard: Thresholds,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProgrammeTable {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) time_zone: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IntegrationTable {
    pub(super) source: String,
    pub(super) owner: String,
    pub(super) base_url: Option<String>,
    pub(super) client_id: Secret,
    pub(super) client_secret: Secret,
    pub(super) frequency: Frequency,
    pub(super) time: Option<String>,
    pub(super) weekday: Option<Weekday>,
    pub(super) day: Option<i8>,
    #[serde(default)]
    pub(super) recipients: Vec<RecipientEntry>,
    pub(super) requests_per_minute: Option<u32>,
    #[serde(default = "yes")]
    pub(super) welcome_email: bool,
    #[serde(default)]
    pub(super) no_mailbox_domains: Vec<String>,
    pub(super) days_before_hire_date: Option<u16>,
    #[serde(default)]
    pub(super) absent: Absent,
}

fn yes() -> bool {
    true
}

/// Somebody besides the owner who is told: an address, or an address that is told of failures only.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged, expecting = "expected an e-mail address, or { address = \"…\", failures_only = true }")]
pub(super) enum RecipientEntry {
    Address(String),
    Table(Recipient),
}

/// A value that may stand in the file, in the environment, or in a file of its own.
#[derive(Clone, Deserialize)]
#[serde(untagged, expecting = "expected text, { env = \"NAME\" } or { file = \"PATH\" }")]
pub(super) enum Secret {
    Text(String),
    Elsewhere(Elsewhere),
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Elsewhere {
    Env(String),
    File(String),
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SegmentTable {
    pub(super) attribute: String,
    #[serde(default)]
    pub(super) include: Vec<String>,
    #[serde(default)]
    pub(super) exclude: Vec<String>,
}
