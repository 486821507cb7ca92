//! A test bed: a sandbox with one company, an empty database, the routes over it, and a clock.

use std::{
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use domain::{import::Purpose, scope::Scope};
use engine::{
    Actor, Engine, SecretKey, Settings, World,
    administrators::NewToken,
    import::{Report, Request as Asked, Silent},
    setup::SetUp,
};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use sandbox::{Change, Company, Knobs, Options as SandboxOptions, Sandbox};
use serde_json::Value;
use store::{Address, Store};
use tokio::sync::watch;
use tower::ServiceExt;
use web::{Front, Limits, Options};

const CLIENT: &str = "papi-test";
const SECRET: &str = "papi-test-secret";

/// What links begin with.
pub(crate) const PUBLIC_URL: &str = "https://rewards.acme.example";

/// A clock that stands still until it is moved, and dice that only count.
#[derive(Debug)]
pub(crate) struct Still {
    micros: AtomicI64,
    count: AtomicU64,
}

impl World for Still {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.micros.load(Ordering::SeqCst)).expect("in range")
    }

    fn fill(&self, bytes: &mut [u8]) {
        for byte in bytes.chunks_mut(8).rev() {
            let count = self.count.fetch_add(1, Ordering::SeqCst).to_be_bytes();
            byte.copy_from_slice(&count[8 - byte.len()..]);
        }
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

pub(crate) struct Bed {
    pub(crate) sandbox: Sandbox,
    pub(crate) engine: Engine,
    pub(crate) world: Arc<Still>,
    pub(crate) front: Front,
    pub(crate) router: Router,
    stop: watch::Sender<bool>,
    place: testkit::TempDir,
}

impl Bed {
    pub(crate) async fn on_sqlite() -> Self {
        let place = testkit::place();
        let address = Address::File(place.path().join("rollcall.db"));
        Self::new(place, address).await
    }

    pub(crate) async fn on_postgres() -> Self {
        Self::new(testkit::place(), Address::Server(testkit::postgres_url())).await
    }

    async fn new(place: testkit::TempDir, address: Address) -> Self {
        let today = Date::constant(2026, 11, 23);
        let sandbox =
            Sandbox::start(([127, 0, 0, 1], 0).into(), SandboxOptions::new(today)).await.expect("a free port");
        let begin = today.at(6, 0, 0, 0).to_zoned_datetime(TimeZone::UTC).expect("a time").timestamp();
        let world = Arc::new(Still { micros: AtomicI64::new(begin.as_microsecond()), count: AtomicU64::new(1) });
        let store = Store::open(&address).await.expect("a database");
        let key = SecretKey::parse(&"7".repeat(64), "a test").expect("a key");
        let settings = Settings {
            mail_directory: place.path().join("mail"),
            public_url: PUBLIC_URL.into(),
            page_patience: Duration::from_mins(1),
            source_base_url: Some(sandbox.base_url().to_owned()),
            source_requests_per_minute: Some(0),
        };
        let engine = Engine::new(store, key, world.clone(), settings);
        let (stop, stopping) = watch::channel(false);
        let front = Front::new(engine.clone(), Options::default(), stopping);
        let router = front.router();
        let bed = Self { sandbox, engine, world, front, router, stop, place };
        bed.employ(std::iter::empty());
        bed
    }

    pub(crate) fn pass(&self, duration: SignedDuration) {
        let micros = i64::try_from(duration.as_micros()).expect("in range");
        self.world.micros.fetch_add(micros, Ordering::SeqCst);
    }

    /// Puts a company of just these people in the place of the one before.
    pub(crate) fn employ(&self, people: impl Iterator<Item = Change>) {
        let mut company = Company::empty(Date::constant(2026, 11, 23));
        for person in people {
            company.append(&person);
        }
        self.sandbox.add_company_with(CLIENT, SECRET, company, Knobs::default().unlimited());
    }

    pub(crate) fn change(&self, id: i64, change: &Change) {
        let changed = self.sandbox.company(CLIENT, |company| company.change(id, change));
        assert!(changed.expect("the company is there"), "there is no {id}");
    }

    /// Sets an integration of this programme up.
    pub(crate) async fn set_up(&self, slug: &str) {
        self.set_up_with(slug, "").await;
    }

    /// The same, with another line about the integration.
    pub(crate) async fn set_up_with(&self, slug: &str, line: &str) {
        let file = format!(
            "[programme]\nslug = \"{slug}\"\nname = \"{slug}\"\ntime_zone = \"Europe/Berlin\"\n\
             [integration]\nsource = \"personio\"\nowner = \"hr@acme.example\"\nbase_url = \"{}\"\n\
             client_id = \"{CLIENT}\"\nclient_secret = \"{SECRET}\"\nfrequency = \"daily\"\nrequests_per_minute = 0\n{line}\n\
             [mapping]\nemployee_id = \"id\"\nemail = \"email\"\nfirst_name = \"first_name\"\n\
             last_name = \"last_name\"\ndepartment = \"department\"\ndate_of_birth = \"dynamic_1830002\"\n",
            self.sandbox.base_url()
        );
        let set_up = SetUp::parse(&file, Path::new("."), &|_| None).expect("a good file");
        self.engine.set_up(&set_up, None, &Actor::command()).await.expect("set up");
        self.pass(SignedDuration::from_secs(1));
    }

    /// Runs an import of this programme to its end.
    pub(crate) async fn import(&self, slug: &str) -> Report {
        let programme = self.engine.programme(slug).await.expect("set up");
        let integration = self.engine.integration(&programme, None).await.expect("set up");
        let request = Asked { purpose: Purpose::Apply, trigger: "test", renumbered: false };
        self.pass(SignedDuration::from_secs(1));
        self.engine.import(&programme, &integration, request, &Silent).await.expect("an import")
    }

    /// A token of this programme.
    pub(crate) async fn token(&self, slug: &str, scopes: &[Scope]) -> String {
        let programme = self.engine.programme(slug).await.expect("set up");
        let new = NewToken { name: "a test".into(), scopes: scopes.iter().copied().collect(), expires_at: None };
        let token = self.engine.make_token(&programme, &new, &Actor::command()).await.expect("a token");
        token.as_str().to_owned()
    }

    /// Another front over the same engine, with these limits, on a socket of its own; where it listens.
    pub(crate) async fn serve(&self, limits: Limits, proxies: &str) -> SocketAddr {
        let options = Options { limits, proxies: proxies.parse().expect("proxies") };
        let front = Front::new(self.engine.clone(), options, self.stop.subscribe());
        let listener = web::listen(([127, 0, 0, 1], 0).into()).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { front.serve(listener).await });
        address
    }

    /// Tells everything that serves or works to stop.
    pub(crate) fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Works in the background until the test is over.
    pub(crate) fn work(&self) {
        let (engine, stopping) = (self.engine.clone(), self.stop.subscribe());
        tokio::spawn(async move { Box::pin(engine.work(stopping)).await });
    }

    /// The links to this page in the mails to an administrator, the oldest first.
    pub(crate) async fn links(&self, page: &str, to: &str) -> Vec<String> {
        let texts = self.delivered().await.into_iter();
        let begin = format!("{PUBLIC_URL}/{page}/");
        let link = |text: String| {
            let at = text.find(&begin)? + begin.len();
            text.contains(&format!("To: {to}")).then(|| format!("/{page}/{}", &text[at..at + 40]))
        };
        texts.filter_map(link).collect()
    }

    /// All mails, the oldest first, their lines whole.
    pub(crate) async fn delivered(&self) -> Vec<String> {
        self.engine.deliver().await.expect("delivered");
        let Ok(folder) = std::fs::read_dir(self.place.path().join("mail")) else { return Vec::new() };
        let mut files: Vec<_> = folder.map(|file| file.expect("a file").path()).collect();
        files.sort();
        files.iter().map(|file| std::fs::read_to_string(file).expect("text").replace("=\r\n", "")).collect()
    }

    /// Sends a form as nobody in particular.
    pub(crate) async fn send(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let body = serde_urlencoded::to_string(form).expect("a form");
        self.ask(request.body(Body::from(body)).expect("a request")).await
    }

    /// Asks, and reads the whole answer.
    pub(crate) async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("routers do not fail");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a body").to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// Looks at a page as nobody in particular.
    pub(crate) async fn look(&self, path: &str) -> Answer {
        self.ask(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    /// Asks the API with this token.
    pub(crate) async fn get(&self, token: &str, path: &str) -> Answer {
        let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {token}"));
        self.ask(request.body(Body::empty()).expect("a request")).await
    }

    /// Asks the API for something that is done.
    pub(crate) async fn post(&self, token: &str, path: &str, key: Option<&str>, body: &str) -> Answer {
        let mut request = Request::post(path).header(header::AUTHORIZATION, format!("Bearer {token}"));
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        self.ask(request.body(Body::from(body.to_owned())).expect("a request")).await
    }
}

impl Drop for Bed {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

/// Somebody at work, with everything in order.
pub(crate) fn person(id: i64, first: &str, last: &str) -> Change {
    let email = format!("{}.{}@acme.example", first.to_lowercase(), last.to_lowercase());
    Change::set("id", id)
        .and("first_name", first)
        .and("last_name", last)
        .and("email", email)
        .and("status", "active")
        .and("department", "Sales")
}

/// So many people, numbered from 1; some share a last name.
pub(crate) fn people(count: i64) -> impl Iterator<Item = Change> {
    (1..=count).map(|id| {
        let letters = ["Adler", "Brandt", "Cech", "Dang", "Eriksen"];
        let last = letters[usize::try_from(id % 5).expect("small")];
        person(id, &format!("First{}", "x".repeat(usize::try_from(id).expect("small"))), last)
    })
}
