//! One company, one installation, one database: what a test looks at and changes.

mod people;
mod program;
mod report;
mod set_up;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
};

use jiff::civil::Date;
use sandbox::{Change, Company, Fault, FaultKind, Knobs, Mutation, Options, Sandbox};
use store::{Address, Store};
use testkit::TempDir;
use tokio::runtime::Runtime;

pub(crate) use people::{letters, person};
pub(crate) use program::{Killed, Ran, ran, text};
pub(crate) use report::{Mail, Problem, Report, Row};
pub(crate) use set_up::{BIRTH, SetUp};

/// The day it is in made-up companies.
pub(crate) const TODAY: Date = Date::constant(2026, 11, 23);
/// The programme that tests are about.
pub(crate) const PROGRAMME: &str = "acme";
pub(crate) const CLIENT_ID: &str = "papi-front";
pub(crate) const CLIENT_SECRET: &str = "papi-front-secret-9f27c1";

/// The sandboxes of all tests run here; tests themselves only wait for processes.
pub(crate) static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime for the sandboxes")
});

/// Runs each story on both databases.
macro_rules! both {
    ($($story:ident),* $(,)?) => {
        mod on_sqlite { $(
            #[test]
            fn $story() { super::$story(&$crate::world::World::on_sqlite()); }
        )* }
        mod on_postgresql { $(
            #[test]
            fn $story() { super::$story(&$crate::world::World::on_postgresql()); }
        )* }
    };
}
pub(crate) use both;

/// Runs each story on both databases at once, as one test: for those that mostly wait.
macro_rules! side_by_side {
    ($($story:ident),* $(,)?) => {
        mod on_both { $(
            #[test]
            fn $story() {
                std::thread::scope(|scope| {
                    scope.spawn(|| super::$story(&$crate::world::World::on_sqlite()));
                    scope.spawn(|| super::$story(&$crate::world::World::on_postgresql()));
                });
            }
        )* }
    };
}
pub(crate) use side_by_side;

/// A company with its Personio, and an installation of Rollcall beside it.
pub(crate) struct World {
    pub(crate) sandbox: Arc<Sandbox>,
    place: TempDir,
    folder: &'static str,
    database: Option<String>,
}

impl World {
    pub(crate) fn on_sqlite() -> Self {
        Self::on(None)
    }

    pub(crate) fn on_postgresql() -> Self {
        Self::on(Some(testkit::postgres_url()))
    }

    /// On this PostgreSQL database.
    pub(crate) fn on_database(url: String) -> Self {
        Self::on(Some(url))
    }

    fn on(database: Option<String>) -> Self {
        let options = Options::new(TODAY);
        let sandbox = RUNTIME.block_on(Sandbox::start(([127, 0, 0, 1], 0).into(), options)).expect("a free port");
        let world = Self { sandbox: Arc::new(sandbox), place: testkit::place(), folder: "data", database };
        world.put_company(Company::empty(TODAY));
        world
    }

    /// Another machine, with nothing on it but an empty database of the same kind, that can reach the same company.
    pub(crate) fn another_machine(&self) -> Self {
        let database = self.database.as_ref().map(|_| testkit::postgres_url());
        Self { sandbox: self.sandbox.clone(), place: testkit::place(), folder: "data", database }
    }

    /// Where the installation keeps its data.
    pub(crate) fn data(&self) -> PathBuf {
        self.place.path().join(self.folder)
    }

    /// From now on the installation keeps its data in this folder.
    pub(crate) fn keep_data_in(&mut self, folder: &'static str) {
        self.folder = folder;
    }

    /// From now on the installation uses this server, or the file in its folder.
    pub(crate) fn move_to(&mut self, server: Option<String>) {
        self.database = server;
    }

    /// A file beside the installation.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    pub(crate) fn database(&self) -> Option<&str> {
        self.database.as_deref()
    }

    /// The database, as another machine would open it.
    pub(crate) async fn store(&self) -> Store {
        let address = match self.database() {
            Some(url) => Address::Server(url.to_owned()),
            None => Address::File(self.data().join("rollcall.db")),
        };
        Store::open(&address).await.expect("the installation has a database")
    }

    // The company.

    /// Another company in the place of the one that was there.
    pub(crate) fn put_company(&self, company: Company) {
        let knobs = Knobs { prerender: true, ..Knobs::default().unlimited() };
        self.sandbox.add_company_with(CLIENT_ID, CLIENT_SECRET, company, knobs);
    }

    pub(crate) fn company<R>(&self, change: impl FnOnce(&mut Company) -> R) -> R {
        self.sandbox.company(CLIENT_ID, change).expect("the company is there")
    }

    /// Somebody new in the HR system.
    pub(crate) fn hire(&self, person: &Change) {
        self.company(|company| company.append(person));
    }

    /// Several people who are hardly ever spoken of, with these ids.
    pub(crate) fn hire_crowd(&self, ids: impl IntoIterator<Item = i64>) {
        self.company(|company| {
            for id in ids {
                company.append(&person(id, &format!("Crowd {}", letters(id)), &format!("Member {}", letters(id))));
            }
        });
    }

    /// One value of one person changes in the HR system.
    pub(crate) fn change(&self, id: i64, key: &str, value: impl Into<serde_json::Value>) {
        self.alter(id, &Change::set(key, value));
    }

    pub(crate) fn alter(&self, id: i64, change: &Change) {
        assert!(self.company(|company| company.change(id, change)), "there is nobody with the id {id}");
    }

    /// These people leave: they become inactive.
    pub(crate) fn dismiss(&self, ids: impl IntoIterator<Item = i64>) {
        ids.into_iter().for_each(|id| self.change(id, "status", "inactive"));
    }

    /// These people are no longer in the list at all.
    pub(crate) fn delete(&self, ids: impl IntoIterator<Item = i64>) {
        let deleted = |id| self.company(|company| company.remove(id));
        ids.into_iter().for_each(|id| assert!(deleted(id), "there is nobody with the id {id}"));
    }

    pub(crate) fn mutate(&self, mutation: &Mutation) {
        self.company(|company| company.mutate(mutation));
    }

    pub(crate) fn fault(&self, kind: FaultKind) {
        self.add_fault(Fault::new(kind));
    }

    pub(crate) fn add_fault(&self, fault: Fault) {
        self.sandbox.add_fault(CLIENT_ID, fault).expect("the company is there");
    }

    pub(crate) fn no_faults(&self) {
        self.sandbox.clear_faults(CLIENT_ID).expect("the company is there");
    }

    // The set-up.

    /// The usual set-up; whatever a test is about, it adds.
    pub(crate) fn set_up(&self) -> SetUp {
        SetUp::new(self.sandbox.base_url())
    }

    /// Writes the set-up file, applies it and publishes what waits, whatever comes of it.
    pub(crate) fn try_apply(&self, set_up: &SetUp) -> Ran {
        self.try_apply_text(&set_up.to_string())
    }

    pub(crate) fn try_apply_text(&self, text: &str) -> Ran {
        self.apply_with(text, &["--publish"])
    }

    /// Writes the set-up file and applies it with these options.
    pub(crate) fn apply_with(&self, text: &str, more: &[&str]) -> Ran {
        let file = self.file("acme.toml");
        fs::write(&file, text).expect("the place is writable");
        self.run(&[&["integration", "apply", path(&file)], more].concat())
    }

    pub(crate) fn apply(&self, set_up: &SetUp) {
        self.try_apply(set_up).exits(0);
    }

    /// The usual set-up is in effect, with these people as members.
    pub(crate) fn begin(&self, people: &[Change]) {
        for person in people {
            self.hire(person);
        }
        self.apply(&self.set_up());
        self.import().completed();
    }
}

pub(crate) fn path(path: &Path) -> &str {
    path.to_str().expect("temporary places have plain names")
}
