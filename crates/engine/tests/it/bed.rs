//! A test bed: a sandbox with one company, an empty database, an engine, and a clock.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use domain::{ids::ImportId, import::Purpose, member::Member};
use engine::{
    Actor, Engine, SecretKey, Settings, World,
    import::{Report, Request, Silent},
    setup::{SetUp, Standing},
};
use futures::TryStreamExt;
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use sandbox::{Change, Company, Knobs, Options, Sandbox};
use store::{Address, Integration, Programme, Store};

pub(crate) const CLIENT: &str = "papi-test";
pub(crate) const SECRET: &str = "papi-test-secret";

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

pub(crate) struct Bed {
    pub(crate) sandbox: Sandbox,
    pub(crate) engine: Engine,
    pub(crate) world: Arc<Still>,
    pub(crate) place: testkit::TempDir,
    address: Address,
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

    /// A database as an older version left it.
    pub(crate) async fn on_older_sqlite(dump: &str) -> Self {
        let place = testkit::place();
        let address = Address::File(place.path().join("rollcall.db"));
        load(&format!("sqlite://{}?mode=rwc", place.path().join("rollcall.db").display()), dump).await;
        Self::new(place, address).await
    }

    /// The same on the other.
    pub(crate) async fn on_older_postgres(dump: &str) -> Self {
        let url = testkit::postgres_url();
        load(&url, dump).await;
        Self::new(testkit::place(), Address::Server(url)).await
    }

    async fn new(place: testkit::TempDir, address: Address) -> Self {
        let today = Date::constant(2026, 11, 23);
        let sandbox = Sandbox::start(([127, 0, 0, 1], 0).into(), Options::new(today)).await.expect("a free port");
        let begin = today.at(6, 0, 0, 0).to_zoned_datetime(TimeZone::UTC).expect("a time").timestamp();
        let world = Arc::new(Still { micros: AtomicI64::new(begin.as_microsecond()), count: AtomicU64::new(1) });
        let engine = engine(&address, place.path(), &world, sandbox.base_url()).await;
        let bed = Self { sandbox, engine, world, place, address };
        bed.employ(Company::empty(today));
        bed
    }

    /// Another process on the same database.
    pub(crate) async fn another_engine(&self) -> Engine {
        engine(&self.address, self.place.path(), &self.world, self.sandbox.base_url()).await
    }

    /// An empty database of the same kind, with a directory of its own in this place.
    pub(crate) fn empty(&self, name: &str) -> (std::path::PathBuf, Address) {
        let directory = self.place.path().join(name);
        std::fs::create_dir_all(&directory).expect("a directory");
        let address = match &self.address {
            Address::File(_) => Address::File(directory.join("rollcall.db")),
            Address::Server(_) => Address::Server(testkit::postgres_url()),
        };
        (directory, address)
    }

    /// Goes on with another database.
    pub(crate) async fn move_to(&mut self, address: Address) {
        self.engine = engine(&address, self.place.path(), &self.world, self.sandbox.base_url()).await;
        self.address = address;
    }

    /// How an engine is set up here.
    pub(crate) fn settings(&self) -> Settings {
        settings(self.place.path(), self.sandbox.base_url())
    }

    /// One with these keys.
    pub(crate) async fn engine_with(&self, key: SecretKey) -> Engine {
        let store = Store::open(&self.address).await.expect("a database");
        Engine::new(store, key, self.world.clone(), settings(self.place.path(), self.sandbox.base_url()))
    }

    /// One that gives the source no more than two seconds for a page.
    pub(crate) async fn impatient_engine(&self) -> Engine {
        let store = Store::open(&self.address).await.expect("a database");
        let key = SecretKey::parse(&"7".repeat(64), "a test").expect("a key");
        let settings = settings(self.place.path(), self.sandbox.base_url());
        let settings = Settings { page_patience: Duration::from_secs(2), ..settings };
        Engine::new(store, key, self.world.clone(), settings)
    }

    pub(crate) fn pass(&self, duration: SignedDuration) {
        let micros = i64::try_from(duration.as_micros()).expect("in range");
        self.world.micros.fetch_add(micros, Ordering::SeqCst);
    }

    /// What time it is.
    pub(crate) fn engine_now(&self) -> Timestamp {
        self.world.now()
    }

    /// Puts a company in the place of the one before.
    pub(crate) fn employ(&self, company: Company) {
        self.sandbox.add_company_with(CLIENT, SECRET, company, Knobs::default().unlimited());
    }

    /// A company of just these people.
    pub(crate) fn employ_people(&self, people: impl IntoIterator<Item = Change>) {
        let mut company = Company::empty(Date::constant(2026, 11, 23));
        for person in people {
            company.append(&person);
        }
        self.employ(company);
    }

    pub(crate) fn change(&self, id: i64, change: &Change) {
        let changed = self.sandbox.company(CLIENT, |company| company.change(id, change));
        assert!(changed.expect("the company is there"), "there is no {id}");
    }

    /// The set-up file; `more` is added to its end.
    pub(crate) fn file(&self, more: &str) -> SetUp {
        let file = format!(
            "[programme]\nslug = \"acme\"\nname = \"Acme Rewards\"\ntime_zone = \"Europe/Berlin\"\n\
             [integration]\nsource = \"personio\"\nowner = \"hr@acme.example\"\nbase_url = \"{}\"\n\
             client_id = \"{CLIENT}\"\nclient_secret = \"{SECRET}\"\nfrequency = \"daily\"\nrequests_per_minute = 0\n\
             no_mailbox_domains = [\"none.example\"]\n\
             [mapping]\nemployee_id = \"id\"\nemail = \"email\"\nfirst_name = \"first_name\"\n\
             last_name = \"last_name\"\ndepartment = \"department\"\ndate_of_birth = \"dynamic_1830002\"\n\
             personal_email = \"dynamic_1830001\"\n{more}",
            self.sandbox.base_url()
        );
        SetUp::parse(&file, Path::new("."), &|_| None).expect("a good file")
    }

    /// Sets the integration up, and publishes it.
    pub(crate) async fn set_up(&self, more: &str) {
        let report = self.engine.set_up(&self.file(more), None, &Actor::command()).await.expect("set up");
        if report.standing == Standing::Draft {
            self.publish().await;
        }
        self.pass(SignedDuration::from_secs(1));
    }

    /// Previews what waits and publishes it, agreeing to nobody's leaving unless that is asked.
    pub(crate) async fn publish(&self) {
        let preview = self.try_import(Purpose::Preview).await.expect("a preview");
        let asks = preview.held_by.iter().any(|guard| guard == "R40");
        let (_, integration) = self.integration().await;
        let typed = asks.then_some(preview.counts.leave);
        self.engine.publish(&integration, typed, &Actor::command()).await.expect("published");
    }

    pub(crate) async fn integration(&self) -> (Programme, Integration) {
        let programme = self.engine.programme("acme").await.expect("set up");
        let integration = self.engine.integration(&programme, None).await.expect("set up");
        (programme, integration)
    }

    pub(crate) async fn try_import(&self, purpose: Purpose) -> Result<Report, engine::EngineError> {
        let (programme, integration) = self.integration().await;
        let request = Request { purpose, trigger: "test", renumbered: false };
        self.engine.import(&programme, &integration, request, &Silent).await
    }

    pub(crate) async fn import(&self) -> Report {
        self.try_import(Purpose::Apply).await.expect("an import")
    }

    pub(crate) async fn members(&self) -> Vec<Member> {
        let (programme, _) = self.integration().await;
        let members = self.engine.store().members(programme.number()).await.expect("members");
        members.try_collect().await.expect("members")
    }

    pub(crate) async fn member(&self, employee_id: &str) -> Member {
        let found = self.members().await.into_iter().find(|one| one.employee_id.as_deref() == Some(employee_id));
        found.unwrap_or_else(|| panic!("no member {employee_id}"))
    }

    /// A way round the store.
    pub(crate) async fn around(&self) -> sea_orm::DatabaseConnection {
        let url = match &self.address {
            Address::File(path) => format!("sqlite://{}", path.display()),
            Address::Server(url) => url.clone(),
        };
        sea_orm::Database::connect(url).await.expect("a database")
    }

    /// Runs a statement round the store.
    pub(crate) async fn sql(&self, sql: &str) {
        use sea_orm::ConnectionTrait;
        let around = self.around().await;
        around.execute_unprepared(sql).await.expect("a good statement");
        around.close().await.expect("closed");
    }

    /// One whole number that a query gives, asked round the store.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        use sea_orm::{ConnectionTrait, Statement};
        let around = self.around().await;
        let statement = Statement::from_string(around.get_database_backend(), sql);
        let found = around.query_one_raw(statement).await.expect("a good query").expect("a row");
        around.close().await.expect("closed");
        found.try_get_by_index(0).expect("a number")
    }

    /// Code and employee ID of every problem of an import.
    pub(crate) async fn problems(&self, import: ImportId) -> Vec<(String, String)> {
        let import = self.engine.import_by_number(import).await.expect("an import");
        let problems = self.engine.store().problems(&import, None).await.expect("problems");
        let problems: Vec<_> = problems.try_collect().await.expect("problems");
        problems.into_iter().map(|one| (one.employee_id.unwrap_or_default(), one.code)).collect()
    }

    /// Kinds of the programme's mails, and where they go.
    pub(crate) async fn mails(&self) -> Vec<(String, Option<String>, String)> {
        let (programme, _) = self.integration().await;
        let mails = self.engine.outbox(&programme).await.expect("mails");
        mails.into_iter().map(|mail| (mail.kind, mail.recipient, mail.state)).collect()
    }

    pub(crate) async fn count_mails(&self, kind: &str) -> usize {
        self.mails().await.iter().filter(|(one, ..)| one == kind).count()
    }
}

/// Runs the statements that a database was written down as.
async fn load(url: &str, dump: &str) {
    use sea_orm::ConnectionTrait;
    let mut options = sea_orm::ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    let around = sea_orm::Database::connect(options).await.expect("a database");
    around.execute_unprepared(dump).await.expect("good statements");
    around.close().await.expect("closed");
}

async fn engine(address: &Address, place: &Path, world: &Arc<Still>, source: &str) -> Engine {
    let store = Store::open(address).await.expect("a database");
    let key = SecretKey::parse(&"7".repeat(64), "a test").expect("a key");
    Engine::new(store, key, world.clone(), settings(place, source))
}

fn settings(place: &Path, source: &str) -> Settings {
    Settings {
        mail_directory: place.join("mail"),
        public_url: "https://rewards.acme.example".into(),
        page_patience: Duration::from_mins(1),
        source_base_url: Some(source.to_owned()),
        source_requests_per_minute: Some(0),
    }
}
