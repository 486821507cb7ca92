//! Languages of the portal.

use serde::{Deserialize, Serialize};

use crate::named::named;

/// A language that the portal speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// British English.
    #[default]
    En,
    /// German.
    De,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    const NAMES: [(Self, &'static str); 2] = [(Self::En, "en"), (Self::De, "de")];
}

named!(Language, UnknownLanguage, "the portal does not speak “{0}”");
