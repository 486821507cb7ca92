//! Answers given in order, and what was asked to get them.

use std::{
    collections::VecDeque,
    fmt::Write,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use domain::record::Value;
use futures::{
    FutureExt,
    future::{self, BoxFuture},
};
use reqwest::{
    StatusCode,
    header::{HeaderMap, HeaderName, HeaderValue},
};

use super::super::{
    Limiter, Personio, Settings,
    client::Client,
    transport::{Answer, Call, NoAnswer, Transport},
};
use crate::Page;

/// What happens to a request.
#[derive(Clone)]
pub(super) enum Step {
    Answer { status: u16, headers: HeaderMap, body: String },
    List { size: usize, total: usize },
    Break,
    Hang,
}

impl Step {
    pub(super) fn with(mut self, name: HeaderName, value: &'static str) -> Self {
        if let Self::Answer { headers, .. } = &mut self {
            headers.insert(name, HeaderValue::from_static(value));
        }
        self
    }
}

pub(super) fn status(status: u16, body: &str) -> Step {
    Step::Answer { status, headers: HeaderMap::new(), body: body.to_owned() }
}

pub(super) fn ok(body: &str) -> Step {
    status(200, body)
}

pub(super) fn error(code: u16, message: &str) -> Step {
    let number = if matches!(code, 401 | 403) { 0 } else { 500 };
    status(code, &format!(r#"{{"success":false,"error":{{"code":{number},"message":"{message}"}}}}"#))
}

pub(super) fn granted(token: &str) -> Step {
    ok(&format!(r#"{{"success":true,"data":{{"token":"{token}","expires_in":86400,"scope":"employees:read"}}}}"#))
}

/// `count` people, with IDs from `offset` on.
pub(super) fn page(offset: usize, count: usize, total: usize) -> Step {
    ok(&people(offset, count, total))
}

/// Of `total` people up to `size`, from where the request asks for them: where it is not known which comes first.
pub(super) fn list(size: usize, total: usize) -> Step {
    Step::List { size, total }
}

fn people(offset: usize, count: usize, total: usize) -> String {
    let mut data = String::new();
    for id in offset..offset + count {
        let comma = if id == offset { "" } else { "," };
        write!(data, r#"{comma}{{"type":"Employee","attributes":{{"id":{{"value":{id},"type":"integer"}}}}}}"#)
            .unwrap();
    }
    format!(r#"{{"success":true,"metadata":{{"total_elements":{total}}},"data":[{data}]}}"#)
}

pub(super) fn broken() -> Step {
    Step::Break
}

pub(super) fn hang() -> Step {
    Step::Hang
}

pub(super) fn ids(pages: &[Page]) -> Vec<String> {
    pages
        .iter()
        .flat_map(|page| &page.records)
        .map(|record| record.at(0).map_or_else(String::new, Value::to_line))
        .collect()
}

/// A source that does as it is told.
#[derive(Clone)]
pub(super) struct Script {
    steps: Arc<Mutex<VecDeque<Step>>>,
    calls: Arc<Mutex<Vec<Call>>>,
    under_way: Arc<AtomicUsize>,
    always: Option<Step>,
    takes: Duration,
    limiter: Limiter,
}

impl Script {
    pub(super) fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        let steps = Arc::new(Mutex::new(steps.into_iter().collect()));
        let (takes, limiter) = (Duration::ZERO, Limiter::unlimited());
        Self { steps, calls: Arc::default(), under_way: Arc::default(), always: None, takes, limiter }
    }

    /// What happens to each request after the last step.
    pub(super) fn then_always(mut self, step: Step) -> Self {
        self.always = Some(step);
        self
    }

    /// How long each answer takes.
    pub(super) fn taking(mut self, takes: Duration) -> Self {
        self.takes = takes;
        self
    }

    pub(super) fn limited_by(mut self, limiter: Limiter) -> Self {
        self.limiter = limiter;
        self
    }

    pub(super) fn personio(&self) -> Personio {
        let settings = Settings {
            base_url: Some("http://127.0.0.1:1/v1".into()),
            limiter: self.limiter.clone(),
            ..Settings::new("papi-id", "papi-geheim".into())
        };
        let base = settings.base().unwrap();
        Personio { client: Arc::new(Client::over(Box::new(self.clone()), settings, base)) }
    }

    pub(super) fn add(&self, steps: impl IntoIterator<Item = Step>) {
        self.steps.lock().unwrap().extend(steps);
    }

    pub(super) fn left(&self) -> usize {
        self.steps.lock().unwrap().len()
    }

    /// How many requests wait for their answer.
    pub(super) fn under_way(&self) -> usize {
        self.under_way.load(Ordering::Relaxed)
    }

    /// The token that each request carried, `-` for those that asked for one.
    pub(super) fn tokens(&self) -> Vec<String> {
        self.each(|call| match call {
            Call::Get { authorization, .. } => authorization.to_str().unwrap().to_owned(),
            Call::Post { url, json } => {
                assert_eq!(url.as_str(), "http://127.0.0.1:1/v1/auth", "nothing but the path in the address");
                assert_eq!(json, br#"{"client_id":"papi-id","client_secret":"papi-geheim"}"#);
                "-".to_owned()
            }
        })
    }

    pub(super) fn queries(&self) -> Vec<String> {
        self.each(|call| match call {
            Call::Get { url, .. } | Call::Post { url, .. } => url.query().unwrap_or_default().to_owned(),
        })
    }

    pub(super) fn offsets(&self) -> Vec<String> {
        self.each(offset).into_iter().flatten().collect()
    }

    fn each<T>(&self, of: impl Fn(&Call) -> T) -> Vec<T> {
        self.calls.lock().unwrap().iter().map(of).collect()
    }
}

fn offset(call: &Call) -> Option<String> {
    let (Call::Get { url, .. } | Call::Post { url, .. }) = call;
    url.query_pairs().find(|(key, _)| key == "offset").map(|(_, value)| value.into_owned())
}

/// Counts a request until it is dropped.
struct UnderWay(Arc<AtomicUsize>);

impl UnderWay {
    fn count(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(count))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Transport for Script {
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Answer, NoAnswer>> {
        let from = offset(&call).map_or(0, |offset| offset.parse().unwrap());
        self.calls.lock().unwrap().push(call);
        let next = self.steps.lock().unwrap().pop_front().or_else(|| self.always.clone());
        let under_way = UnderWay::count(&self.under_way);
        async move {
            let _until_it_is_answered = under_way;
            // Others get their turn, as with a network in between.
            tokio::task::yield_now().await;
            if !self.takes.is_zero() {
                tokio::time::sleep(self.takes).await;
            }
            match next.expect("an answer for every request") {
                Step::Answer { status, headers, body } => {
                    Ok(Answer { status: StatusCode::from_u16(status).unwrap(), headers, body: body.into_bytes() })
                }
                Step::List { size, total } => {
                    let body = people(from, size.min(total.saturating_sub(from)), total).into_bytes();
                    Ok(Answer { status: StatusCode::OK, headers: HeaderMap::new(), body })
                }
                Step::Break => Err(NoAnswer::Broken("the connection broke".into())),
                Step::Hang => future::pending().await,
            }
        }
        .boxed()
    }
}
