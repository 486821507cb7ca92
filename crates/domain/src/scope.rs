//! What a program may do with its token.

use serde::{Deserialize, Serialize};

use crate::named::named;

/// One thing that a token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// Look at integrations and where they stand.
    #[serde(rename = "integrations:read")]
    ReadIntegrations,
    /// Look at imports, their people and their problems.
    #[serde(rename = "imports:read")]
    ReadImports,
    /// Start an import.
    #[serde(rename = "imports:run")]
    RunImports,
    /// Look at members.
    #[serde(rename = "members:read")]
    ReadMembers,
}

impl Scope {
    /// All of them, as the page lists them.
    pub const ALL: [Self; 4] = [Self::ReadIntegrations, Self::ReadImports, Self::RunImports, Self::ReadMembers];

    const NAMES: [(Self, &'static str); 4] = [
        (Self::ReadIntegrations, "integrations:read"),
        (Self::ReadImports, "imports:read"),
        (Self::RunImports, "imports:run"),
        (Self::ReadMembers, "members:read"),
    ];
}

named!(Scope, UnknownScope, "there is no scope “{0}”");
