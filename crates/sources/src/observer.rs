//! What can be told of requests to a source without telling what they were about.

use std::{fmt, time::Duration};

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestOutcome {
    /// With a good status.
    Ok,
    /// With a redirect, which is not followed.
    Redirected,
    /// The credentials or the token were refused (401).
    Unauthorized,
    /// The credentials lack a right (403).
    Forbidden,
    /// There were too many requests (429).
    Limited,
    /// With another status that blames the request (4xx).
    Refused,
    /// With a status that blames the source (5xx).
    Failed,
    /// The connection was not made, or broke.
    Broken,
    /// There was no whole answer in time.
    TimedOut,
}

impl RequestOutcome {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Ok,
        Self::Redirected,
        Self::Unauthorized,
        Self::Forbidden,
        Self::Limited,
        Self::Refused,
        Self::Failed,
        Self::Broken,
        Self::TimedOut,
    ];

    /// What an HTTP status amounts to.
    pub fn of_status(status: u16) -> Self {
        match status {
            401 => Self::Unauthorized,
            403 => Self::Forbidden,
            429 => Self::Limited,
            300..400 => Self::Redirected,
            400..500 => Self::Refused,
            500.. => Self::Failed,
            _ => Self::Ok,
        }
    }

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Redirected => "redirected",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::Limited => "limited",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Broken => "broken",
            Self::TimedOut => "timed-out",
        }
    }
}

/// Somebody who counts requests to a source.
pub trait Observer: Send + Sync + fmt::Debug {
    /// A request ended like this, after so long.
    fn asked(&self, outcome: RequestOutcome, took: Duration);
}
