//! What this process counts of its work, for whoever watches over it: numbers, and nothing about anybody.
//!
//! Labels come from lists that stand in the code. None is the name of a programme or of a person.

use std::time::Duration;

use domain::import::{Purpose, State};
use prometheus_client::{
    metrics::{counter::Counter, family::Family, histogram::Histogram},
    registry::Registry,
};
use sources::RequestOutcome;
use store::Import;

use crate::import::FAILURES;

/// Names of labels and their values.
type Labels<const N: usize> = [(&'static str, &'static str); N];

/// A histogram for each set of labels.
type Histograms<const N: usize> = Family<Labels<N>, Histogram, fn() -> Histogram>;

/// Everything that is counted where it happens. Clones count together.
#[derive(Debug, Clone)]
pub struct Meters {
    imports: Family<Labels<2>, Counter>,
    failures: Family<Labels<1>, Counter>,
    import_seconds: Histograms<1>,
    /// People whom a source gave.
    pub(crate) people_read: Counter,
    /// Rows of plans that became changes.
    pub(crate) changes_applied: Counter,
    requests: Family<Labels<1>, Counter>,
    request_seconds: Histogram,
    mails: Family<Labels<1>, Counter>,
    events: Family<Labels<1>, Counter>,
    lag_seconds: Histogram,
}

/// What can come of an attempt to deliver a mail.
const MAILS: [&str; 8] =
    ["sent", "refused", "not-taken", "later", "unanswered", "unreachable", "set-up", "not-written"];

/// What can come of an attempt to tell an event.
const EVENTS: [&str; 4] = ["told", "kept", "given-up", "gone"];

impl Default for Meters {
    /// Everything begins at 0, so that the first time of anything is seen as one more than before.
    fn default() -> Self {
        let meters = Self {
            imports: Family::default(),
            failures: Family::default(),
            import_seconds: Family::new_with_constructor(|| Histogram::new(IMPORT_SECONDS)),
            people_read: Counter::default(),
            changes_applied: Counter::default(),
            requests: Family::default(),
            request_seconds: Histogram::new(REQUEST_SECONDS),
            mails: Family::default(),
            events: Family::default(),
            lag_seconds: Histogram::new(LAG_SECONDS),
        };
        for purpose in [Purpose::Apply, Purpose::Preview].map(Purpose::as_str) {
            drop(meters.import_seconds.get_or_create(&[("purpose", purpose)]));
            for state in State::all() {
                drop(meters.imports.get_or_create(&[("purpose", purpose), ("state", state.as_str())]));
            }
        }
        begin(&meters.failures, "code", FAILURES);
        begin(&meters.requests, "outcome", RequestOutcome::ALL.map(RequestOutcome::as_str));
        begin(&meters.mails, "outcome", MAILS);
        begin(&meters.events, "outcome", EVENTS);
        meters
    }
}

/// Lets these values of a label begin at 0.
fn begin(family: &Family<Labels<1>, Counter>, label: &'static str, values: impl IntoIterator<Item = &'static str>) {
    for value in values {
        drop(family.get_or_create(&[(label, value)]));
    }
}

/// An import takes from less than a second to hours, at 300 pages a minute.
const IMPORT_SECONDS: [f64; 10] = [0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 1_800.0, 3_600.0, 7_200.0];

/// A source answers within its 30 seconds, or not at all.
const REQUEST_SECONDS: [f64; 9] = [0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

/// The clock is looked at every 20 seconds.
const LAG_SECONDS: [f64; 8] = [5.0, 20.0, 60.0, 120.0, 300.0, 900.0, 3_600.0, 21_600.0];

impl Meters {
    /// Adds everything to what is told of this process.
    pub fn register(&self, registry: &mut Registry) {
        registry.register("imports", "Imports that came to a state, by purpose and state", self.imports.clone());
        registry.register("import_failures", "Imports that failed, by the code of the failure", self.failures.clone());
        registry.register(
            "import_duration_seconds",
            "How long imports worked, waiting on hold not included, by purpose",
            self.import_seconds.clone(),
        );
        registry.register("people_read", "People whom HR systems gave", self.people_read.clone());
        registry.register("changes_applied", "Rows of plans that were applied", self.changes_applied.clone());
        registry.register("source_requests", "Requests to HR systems, by outcome", self.requests.clone());
        registry.register(
            "source_request_duration_seconds",
            "How long HR systems took to answer",
            self.request_seconds.clone(),
        );
        registry.register("mails", "Attempts to deliver a mail, by outcome", self.mails.clone());
        registry.register("events", "Attempts to tell an event, by outcome", self.events.clone());
        registry.register(
            "schedule_lag_seconds",
            "How long after their time scheduled imports were started",
            self.lag_seconds.clone(),
        );
    }

    /// An import has come to the state that its row says.
    pub(crate) fn moved(&self, import: &Import, to: State) {
        let purpose = if import.purpose == Purpose::Preview.as_str() { "preview" } else { "apply" };
        self.imports.get_or_create(&[("purpose", purpose), ("state", to.as_str())]).inc();
        if import.finished_at.is_some() {
            let seconds = Duration::from_millis(u64::try_from(import.duration_ms).unwrap_or_default()).as_secs_f64();
            self.import_seconds.get_or_create(&[("purpose", purpose)]).observe(seconds);
        }
    }

    /// An import has failed for this reason.
    pub(crate) fn failed(&self, code: &'static str) {
        self.failures.get_or_create(&[("code", code)]).inc();
    }

    /// What came of an attempt to deliver a mail.
    pub(crate) fn mail(&self, outcome: &'static str) {
        self.mails.get_or_create(&[("outcome", outcome)]).inc();
    }

    /// What came of an attempt to tell an event.
    pub(crate) fn event(&self, outcome: &'static str) {
        self.events.get_or_create(&[("outcome", outcome)]).inc();
    }

    /// A scheduled import was started so many microseconds after its time.
    pub(crate) fn lagged(&self, micros: i64) {
        self.lag_seconds.observe(Duration::from_micros(u64::try_from(micros).unwrap_or_default()).as_secs_f64());
    }
}

impl sources::Observer for Meters {
    fn asked(&self, outcome: RequestOutcome, took: Duration) {
        self.requests.get_or_create(&[("outcome", outcome.as_str())]).inc();
        self.request_seconds.observe(took.as_secs_f64());
    }
}
