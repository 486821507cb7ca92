//! What the browser asked for: which hosts, and how many bytes came.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tokio::time::sleep;

use super::{Browser, INTERVAL, held};

/// One request of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The whole address.
    pub address: String,
    /// What it was for, in Chromium's words: `Document`, `Stylesheet`, `Script`, `Image`, `Media`, `EventSource` …
    pub kind: String,
    /// The bytes of the answer as they came over the wire, its head included; 0 when it came from the cache.
    pub bytes: u64,
    id: String,
    is_over: bool,
}

impl Request {
    /// Host and port, such as `127.0.0.1:8080`.
    pub fn host(&self) -> &str {
        let rest = self.address.split_once("://").map_or("", |(_, rest)| rest);
        rest.split(['/', '?', '#']).next().unwrap_or_default()
    }
}

/// All requests, in order.
#[derive(Debug, Default)]
pub(super) struct Traffic {
    requests: Vec<Request>,
    /// Where the last load began.
    mark: usize,
}

impl Traffic {
    fn since_mark(&self) -> Vec<Request> {
        self.requests[self.mark..].to_vec()
    }

    /// An event of Chromium's network log.
    fn note(&mut self, event: &Value) {
        let params = &event["params"];
        let bytes = params["encodedDataLength"].as_u64().unwrap_or_default();
        let Some(id) = params["requestId"].as_str() else { return };
        match event["method"].as_str() {
            Some("Network.requestWillBeSent") => {
                // A redirect goes on under the same number.
                let led_on = params["redirectResponse"]["encodedDataLength"].as_u64();
                self.of(id, |request| {
                    request.bytes += led_on.unwrap_or_default();
                    request.is_over = true;
                });
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                let address = text(&params["request"]["url"]);
                if ["http://", "https://", "ws://", "wss://"].iter().any(|scheme| address.starts_with(scheme)) {
                    let (kind, id) = (text(&params["type"]), id.to_owned());
                    self.requests.push(Request { address, kind, bytes: 0, id, is_over: false });
                }
            }
            Some("Network.dataReceived") => self.of(id, |request| request.bytes += bytes),
            // The sum of all that came.
            Some("Network.loadingFinished") => self.of(id, |request| {
                request.bytes = bytes;
                request.is_over = true;
            }),
            Some("Network.loadingFailed") => self.of(id, |request| request.is_over = true),
            _ => {}
        }
    }

    fn of(&mut self, id: &str, change: impl FnOnce(&mut Request)) {
        if let Some(request) = self.requests.iter_mut().rev().find(|request| request.id == id) {
            change(request);
        }
    }
}

impl Browser {
    /// All hosts that pages asked something of since the browser was started, with their ports.
    pub async fn hosts(&self) -> BTreeSet<String> {
        self.read_log().await;
        let traffic = held(&self.traffic);
        traffic.requests.iter().map(|request| request.host().to_owned()).collect()
    }

    /// What was asked for since [`go`](Self::go) or [`reload`](Self::reload) began; waits for what is still on its way,
    /// but not for streams.
    pub async fn requests(&self) -> Vec<Request> {
        let mut requests = Vec::new();
        // Two seconds at most.
        for _ in 0..40 {
            self.read_log().await;
            requests = held(&self.traffic).since_mark();
            if requests.iter().all(|request| request.is_over || request.kind == "EventSource") {
                break;
            }
            sleep(INTERVAL).await;
        }
        requests
    }

    /// Opens an address with an empty cache; the bytes of everything that it loads, but for films.
    pub async fn weigh(&self, address: &str) -> u64 {
        self.command("Network.clearBrowserCache", json!({})).await;
        self.go(address).await;
        self.requests().await.iter().filter(|request| request.kind != "Media").map(|request| request.bytes).sum()
    }

    /// What comes from now on belongs to a new page.
    pub(super) async fn begin_load(&self) {
        self.read_log().await;
        let mut traffic = held(&self.traffic);
        traffic.mark = traffic.requests.len();
    }

    async fn read_log(&self) {
        let log = self.driver.get_log("performance").await;
        let log = self.done("read the log of the network", log);
        let mut traffic = held(&self.traffic);
        for entry in log {
            // Each entry is an event, wrapped in JSON.
            if let Ok(event) = serde_json::from_str::<Value>(&entry.message) {
                traffic.note(&event["message"]);
            }
        }
    }
}
