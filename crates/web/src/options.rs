//! How the web front is set up: whom it believes, and how much it takes on.

use std::time::Duration;

use crate::client::Proxies;

/// How the web front is set up.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The proxies that are believed when they say whom a request is from.
    pub proxies: Proxies,
    /// How much is taken on.
    pub limits: Limits,
}

/// How much is taken on at once, and how long is waited for whom.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Connections.
    pub connections: usize,
    /// Connections from one address that is no trusted proxy.
    pub connections_of_one: usize,
    /// Requests under way.
    pub at_once: usize,
    /// Requests under way from one client address.
    pub of_one: usize,
    /// Streams of progress that one session may follow.
    pub streams_of_one: usize,
    /// How long a connection may take to send the head of a request, and be idle between two.
    pub head: Duration,
    /// How long the body of a request may take to come.
    pub body: Duration,
    /// How long a request may take in all, until its answer begins.
    pub whole: Duration,
    /// How long an answer may find no room because nobody reads it.
    pub unread: Duration,
    /// How long requests may go on when the server is told to stop.
    pub finish: Duration,
    /// How long the server goes on taking requests when it is told to stop, so that a proxy that looks at
    /// `/readyz` finds out before connections are refused.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1_000,
            connections_of_one: 200,
            at_once: 400,
            of_one: 60,
            streams_of_one: 8,
            head: Duration::from_secs(15),
            body: Duration::from_secs(30),
            whole: Duration::from_mins(2),
            unread: Duration::from_secs(30),
            finish: Duration::from_secs(8),
            drain: Duration::ZERO,
        }
    }
}
