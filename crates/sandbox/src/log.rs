//! What was asked, so that tests can look.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

/// Headers worth remembering; `Authorization` is not among them.
pub(crate) const HEADERS: &[&str] =
    &["x-personio-app-id", "x-personio-partner-id", "user-agent", "accept", "content-type"];

/// One request to the API, and what became of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The number of the request, from 1.
    pub number: u64,
    /// Milliseconds since the sandbox was started.
    pub at_ms: u64,
    /// The HTTP method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The parameters of the query string, in order. A secret is there by name, without its value.
    pub query: Vec<(String, String)>,
    /// Those headers that say something about the client, by their lower-case names.
    pub headers: BTreeMap<String, String>,
    /// Whether a token was sent.
    pub with_token: bool,
    /// Where credentials stood: `query`, `json` or `form`.
    pub credentials_in: Option<String>,
    /// The client, once it is known.
    pub client_id: Option<String>,
    /// The status of the answer; none while there is no answer.
    pub status: Option<u16>,
    /// The faults that struck, by their names.
    pub faults: Vec<String>,
}

impl Request {
    /// The values of a parameter of the query string, in order.
    pub fn parameter<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.query.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// What a handler knows about a request, told to the log along with the answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Noted {
    pub(crate) client_id: Option<String>,
    pub(crate) credentials_in: Option<&'static str>,
    pub(crate) faults: Vec<String>,
}

/// The last requests, up to so many.
#[derive(Debug)]
pub(crate) struct Log {
    requests: VecDeque<Request>,
    capacity: usize,
    count: u64,
}

impl Log {
    pub(crate) fn new(capacity: usize) -> Self {
        Self { requests: VecDeque::new(), capacity, count: 0 }
    }

    /// Notes a request as it comes in; hands back its number.
    pub(crate) fn open(&mut self, request: Request) -> u64 {
        self.count += 1;
        while self.requests.len() >= self.capacity.max(1) {
            self.requests.pop_front();
        }
        self.requests.push_back(Request { number: self.count, ..request });
        self.count
    }

    /// Notes what became of it.
    pub(crate) fn close(&mut self, number: u64, status: u16, noted: Noted) {
        if let Some(request) = self.requests.iter_mut().rfind(|request| request.number == number) {
            request.status = Some(status);
            request.client_id = noted.client_id.or(request.client_id.take());
            request.credentials_in = noted.credentials_in.map(str::to_owned);
            request.faults = noted.faults;
        }
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.iter().cloned().collect()
    }

    pub(crate) fn clear(&mut self) {
        self.requests.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_requests_make_room() {
        let mut log = Log::new(2);
        for _ in 0..3 {
            let number = log.open(Request::default());
            log.close(number, 200, Noted::default());
        }
        let numbers: Vec<u64> = log.requests().iter().map(|request| request.number).collect();
        assert_eq!(numbers, [2, 3]);
        log.clear();
        assert!(log.requests().is_empty());
    }
}
