use std::{
    collections::BTreeMap,
    ops::Deref,
    sync::atomic::{AtomicU64, Ordering},
};

use domain::member::Member;
use rollcall_store::{Address, Integration, ProblemRow, Programme, Store};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};

use super::{INTEGRATION, NOW, OTHER, PROGRAMME, employed, hand_made, member, uuid};

/// Table, column and declared type.
const COLUMNS_OF_SQLITE: &str = "SELECT t.name, c.name, lower(c.type) FROM sqlite_schema t \
    JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";
const COLUMNS_OF_POSTGRES: &str = "SELECT table_name::text, column_name::text, data_type::text \
    FROM information_schema.columns WHERE table_schema = 'public'";

/// An open database of its own, and a way round the store.
pub(crate) struct Db {
    store: Store,
    pub(crate) address: Address,
    around: DatabaseConnection,
    count: AtomicU64,
    _place: Option<testkit::TempDir>,
}

impl Deref for Db {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl Db {
    pub(crate) async fn sqlite() -> Self {
        let place = testkit::place();
        let address = Address::File(place.path().join("rollcall.db"));
        Self::open(address, Some(place)).await
    }

    pub(crate) async fn postgres() -> Self {
        Self::open(Address::Server(testkit::postgres_url()), None).await
    }

    /// What is there already.
    pub(crate) async fn at(address: Address) -> Self {
        Self::open_there(address, None).await
    }

    async fn open_there(address: Address, place: Option<testkit::TempDir>) -> Self {
        let store = Store::open(&address).await.unwrap();
        let around = connect(&address).await;
        Self { store, address, around, count: AtomicU64::new(0), _place: place }
    }

    async fn open(address: Address, place: Option<testkit::TempDir>) -> Self {
        let db = Self::open_there(address, place).await;
        for (id, slug) in [(PROGRAMME, "acme"), (OTHER, "other")] {
            let name = format!("The programme {slug}");
            let programme = Programme {
                id: id.0,
                slug: slug.into(),
                name,
                time_zone: "Europe/Berlin".into(),
                settings: "{}".into(),
                created_at: NOW,
                suspended_at: None,
            };
            db.save_programme(&programme).await.unwrap();
        }
        db.save_integration(&integration_row()).await.unwrap();
        db
    }

    /// Another pool on the same database, as a second process would have it.
    pub(crate) async fn open_again(&self) -> Store {
        Store::open(&self.address).await.unwrap()
    }

    /// A number that no other call gives.
    pub(crate) fn next(&self) -> u64 {
        self.count.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Runs a statement beside the store, as somebody else would.
    pub(crate) async fn run(&self, sql: &str) -> u64 {
        self.around.execute_unprepared(sql).await.unwrap().rows_affected()
    }

    /// The same by a connection of its own, whatever [`run`](Self::run) has begun and not ended.
    pub(crate) async fn run_beside(&self, sql: &str) {
        connect(&self.address).await.execute_unprepared(sql).await.unwrap();
    }

    /// Adds a row to every table that has none, whatever the catalogue says is in it.
    pub(crate) async fn fill_every_table(&self) {
        let columns = if self.is_shared() { COLUMNS_OF_POSTGRES } else { COLUMNS_OF_SQLITE };
        let mut empty: BTreeMap<String, (Vec<String>, Vec<String>)> = BTreeMap::new();
        for line in self.lines(columns).await {
            let [table, column, kind] = line.split('|').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let (names, values) = empty.entry(table.to_owned()).or_default();
            names.push(format!("\"{column}\""));
            values.push(some_value(column, kind));
        }
        for table in empty.clone().into_keys() {
            if self.number(&format!("SELECT COUNT(*) FROM \"{table}\"")).await > 0 {
                empty.remove(&table);
            }
        }
        // A row may refer to one of a table that comes later.
        while !empty.is_empty() {
            let before = empty.len();
            for (table, (names, values)) in empty.clone() {
                let sql = format!("INSERT INTO \"{table}\" ({}) VALUES ({})", names.join(", "), values.join(", "));
                if self.around.execute_unprepared(&sql).await.is_ok() {
                    empty.remove(&table);
                }
            }
            assert!(empty.len() < before, "no row can be made for {empty:#?}");
        }
    }

    /// The first number that a query gives.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let statement = Statement::from_string(self.around.get_database_backend(), sql);
        self.around.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
    }

    /// The rows of a query, their texts joined by `|`, a missing one as `-`.
    pub(crate) async fn lines(&self, sql: &str) -> Vec<String> {
        let statement = Statement::from_string(self.around.get_database_backend(), sql);
        let rows = self.around.query_all_raw(statement).await.unwrap();
        let text = |row: &sea_orm::QueryResult| {
            let values = 0..row.column_names().len();
            let values = values.map(|at| row.try_get_by_index::<Option<String>>(at).unwrap());
            values.map(|value| value.unwrap_or_else(|| "-".into())).collect::<Vec<_>>().join("|")
        };
        rows.iter().map(text).collect()
    }

    /// Member `n`.
    pub(crate) async fn member(&self, n: u64) -> Member {
        self.members_by_number(PROGRAMME, &[member(n)]).await.unwrap().pop().expect("no such member")
    }

    /// Member `n`, as lists show them.
    pub(crate) async fn member_listed(&self, n: u64) -> rollcall_store::members::Listed {
        self.store.member(PROGRAMME, member(n)).await.unwrap().expect("no such member")
    }

    /// A member made by hand, with person `n`'s values and this address.
    pub(crate) async fn add_by_hand(&self, n: u64, address: &str) {
        self.add_member(PROGRAMME, member(n), &hand_made(n, address), NOW).await.unwrap();
    }

    /// Who has which address: `number → address`, for the members asked for.
    pub(crate) async fn addresses(&self, numbers: &[u64]) -> Vec<String> {
        let mut addresses = Vec::new();
        for n in numbers {
            let member = self.member(*n).await;
            let key = member.email_key();
            // What the account is unique by is what its values say.
            let named = key.iter().map(String::as_str).collect::<Vec<_>>();
            let found = self.members_by_email(PROGRAMME, &named).await.unwrap();
            assert_eq!(found.values().map(|holder| holder.id).collect::<Vec<_>>(), vec![member.id; named.len()]);
            addresses.push(key.unwrap_or_else(|| "-".into()));
        }
        addresses
    }

    /// Everything that was noted against people in an import's current try.
    pub(crate) async fn problems_of(&self, import: &rollcall_store::Import) -> Vec<ProblemRow> {
        use futures::TryStreamExt;
        self.problems(import, None).await.unwrap().try_collect().await.unwrap()
    }

    /// Members 1 to `last`, who joined by an import, with their invitations sent.
    pub(crate) async fn employ(&self, last: u64) {
        let joins: Vec<_> = (1..=last).map(super::join).collect();
        self.apply(&joins).await;
        self.run("UPDATE outbox SET state = 'sent'").await;
        assert_eq!(self.member(last).await, employed(last));
    }

    /// A number for a lease.
    pub(crate) fn token(&self) -> uuid::Uuid {
        uuid(5_000_000 + self.next())
    }
}

/// A value of a column, which refers to the rows that there are.
fn some_value(column: &str, kind: &str) -> String {
    let number = match column {
        "programme_id" => PROGRAMME.0,
        "integration_id" => INTEGRATION.0,
        "member_id" => member(1).0,
        _ => uuid(77),
    };
    match kind {
        "uuid" => format!("'{number}'"),
        "uuid_text" => format!("x'{}'", number.simple()),
        "bytea" => r"'\x00ff9f'".to_owned(),
        "blob" => "x'00ff9f'".to_owned(),
        "boolean" => "TRUE".to_owned(),
        "text" | "varchar" | "character varying" => "'„x“'".to_owned(),
        _ => "77".to_owned(),
    }
}

/// The integration that every test begins with.
pub(crate) fn integration_row() -> Integration {
    Integration {
        programme_id: PROGRAMME.0,
        id: INTEGRATION.0,
        source: "personio".into(),
        owner: "owner@acme.example".into(),
        base_url: None,
        client_id: Some("client".into()),
        secret: Some(vec![0, 159, 146, 150, 255]),
        requests_per_minute: None,
        schedule: "{}".into(),
        recipients: "[]".into(),
        rules: Some("{}".into()),
        rules_print: None,
        draft: None,
        agreed_leavers: None,
        state: "live".into(),
        due_at: None,
        paused_by: None,
        failures: 0,
        failing_since: None,
        owner_left_at: None,
        owner_left_told_at: None,
        published_at: Some(NOW),
        created_at: NOW,
        updated_at: NOW,
    }
}

async fn connect(address: &Address) -> DatabaseConnection {
    let url = match address {
        Address::File(path) => format!("sqlite://{}?mode=rw", path.display()),
        Address::Server(url) => url.clone(),
    };
    let mut options = sea_orm::ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}
