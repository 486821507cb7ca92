//! Faults on demand: everything that can be wrong with an answer.

mod answer;
mod roll;
mod standing;

use serde::{Deserialize, Serialize};

pub(crate) use answer::{after, before};
pub(crate) use roll::{Entry, Roll};
pub(crate) use standing::Standing;

/// One fault, and where and for how long it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// What goes wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
    /// With which requests.
    #[serde(default)]
    pub on: Endpoint,
    /// Only with this page of the list; the first is 1.
    #[serde(default)]
    pub page: Option<u64>,
    /// With so many requests; with every one where this is not given.
    #[serde(default)]
    pub times: Option<u32>,
    /// In so many reads of the list, each of which begins with a request for its beginning.
    #[serde(default)]
    pub reads: Option<u32>,
    /// Only after so many requests that it could have struck.
    #[serde(default)]
    pub skip: u32,
}

impl Fault {
    /// The fault with every request for the list, for ever.
    pub fn new(kind: FaultKind) -> Self {
        Self { kind, on: Endpoint::default(), page: None, times: None, reads: None, skip: 0 }
    }

    /// The same fault with other requests.
    #[must_use]
    pub fn on(self, on: Endpoint) -> Self {
        Self { on, ..self }
    }

    /// The same fault with one page only; the first is 1.
    #[must_use]
    pub fn page(self, page: u64) -> Self {
        Self { page: Some(page), ..self }
    }

    /// The same fault with so many requests.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self { times: Some(times), ..self }
    }

    /// The same fault in so many reads of the list.
    #[must_use]
    pub fn reads(self, reads: u32) -> Self {
        Self { reads: Some(reads), ..self }
    }

    /// The same fault, but not with the first requests.
    #[must_use]
    pub fn skip(self, skip: u32) -> Self {
        Self { skip, ..self }
    }
}

/// The requests that a fault strikes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Endpoint {
    /// The list of employees.
    #[default]
    Employees,
    /// A single employee.
    Employee,
    /// The list of attributes.
    Attributes,
    /// The request for a token.
    Auth,
    /// All of them.
    Any,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FaultKind {
    /// An error with this HTTP status, in the API's form.
    Status {
        /// The HTTP status.
        status: u16,
        /// Seconds for a `Retry-After` header.
        #[serde(default)]
        retry_after: Option<u64>,
    },
    /// HTTP 200, and an error within.
    ErrorWithin,
    /// HTTP 200, and JSON that ends in the middle of a word.
    Unreadable,
    /// HTTP 200, and a web page.
    Html,
    /// Any answer at all.
    Answer {
        /// The HTTP status.
        status: u16,
        /// What the body claims to be.
        content_type: String,
        /// The body.
        body: String,
    },
    /// Another host is pointed at.
    Redirect {
        /// Its address.
        to: String,
        /// The HTTP status.
        #[serde(default = "found")]
        status: u16,
    },
    /// The connection breaks within the body.
    Cut,
    /// The answer takes longer.
    Slow {
        /// By so many milliseconds.
        ms: u64,
    },
    /// The body comes in small pieces.
    Trickle {
        /// Milliseconds between two pieces.
        ms: u64,
        /// Bytes of a piece.
        bytes: usize,
    },
    /// No answer ever comes.
    Hang {
        /// Whether half the body comes first.
        #[serde(default)]
        within: bool,
    },
    /// The body goes on and on, as JSON that never closes.
    Huge {
        /// For so many bytes.
        bytes: u64,
    },
    /// The token is refused (401) and void.
    TokenRefused,
    /// Tokens are refused (401), and the credentials too (403).
    CredentialsRevoked,
    /// The list is empty, and says so.
    Empty,
    /// The list is missing its second half.
    Half {
        /// Whether the total is that of what comes; else it is that of everybody.
        #[serde(default)]
        truthful: bool,
    },
    /// The first page comes, whichever is asked for.
    SamePage,
    /// Pages are smaller than asked for.
    Cap {
        /// The largest page.
        limit: u64,
        /// Whether the answer's `limit` says so.
        #[serde(default)]
        admitted: bool,
    },
    /// The total is another with every page: off by this much more with each one after the first.
    TotalMoves {
        /// How much.
        by: i64,
    },
    /// The list shifts after a page: its readers miss somebody, or meet somebody twice.
    Shift {
        /// The last page of the former list.
        after: u64,
        /// How it shifts.
        how: Shift,
        /// Whether the total stays what it was: somebody else leaves from, or joins at, the end.
        #[serde(default)]
        same_total: bool,
    },
    /// Somebody stands in the list twice, the second time at its end.
    Twice {
        /// Whether the second record says something else.
        #[serde(default)]
        differing: bool,
    },
    /// Every id is another.
    Renumbered {
        /// By so much.
        by: i64,
    },
    /// An attribute is not shared.
    Withdrawn {
        /// Its key.
        attribute: String,
        /// The one person it is not shared for; nobody's where this is not given.
        #[serde(default)]
        person: Option<i64>,
    },
    /// The list never ends, and its total grows.
    Endless,
    /// The answer does not say how many people there are.
    NoMetadata,
}

impl FaultKind {
    /// The word for it in JSON.
    pub(crate) fn name(&self) -> String {
        let json = serde_json::to_value(self).unwrap_or_default();
        json["kind"].as_str().unwrap_or_default().to_owned()
    }
}

fn found() -> u16 {
    302
}

/// How a list shifts while it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shift {
    /// Somebody joins at the front: the last person read comes again.
    InsertFront,
    /// Somebody at the front goes: the next person is never read.
    DeleteFront,
    /// The first person moves to the end: one person is never read, and one is read twice.
    Rotate,
}
