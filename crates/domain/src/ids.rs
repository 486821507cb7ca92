//! Identifiers. All are UUIDv7, so that both databases order them by the time they were made.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// One customer's membership scheme.
    ProgrammeId;
    /// A programme's connection to one HR system.
    IntegrationId;
    /// An account of a programme.
    MemberId;
    /// One run.
    ImportId;
    /// A person who looks after programmes.
    AdministratorId;
    /// What a program signs in with.
    TokenId;
}
