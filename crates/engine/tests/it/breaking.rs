//! Imports over which their workers break off again and again (R54).

use domain::import::{Purpose, State};
use engine::import::{Request, Watcher};
use sandbox::Company;
use store::work::OWNERS;

use crate::{bed::Bed, both, people::people};

both!(
    r54_an_import_that_ends_its_workers_again_and_again_fails,
    r30_one_that_applies_rests_and_goes_on,
    what_grows_out_of_nothing_is_looked_at_while_it_grows,
);

/// Somebody whose watching is the end of whoever is watched, at this stage.
struct Deadly(State);

impl Watcher for Deadly {
    fn at(&self, state: State, _: u64, _: u64) {
        assert!(state != self.0, "the worker breaks off, as it is meant to");
    }
}

impl Bed {
    /// Works on the next import, or goes on with it, until the worker breaks off.
    async fn break_off(&self, at: State) {
        let (programme, integration) = self.integration().await;
        let engine = self.engine.clone();
        let request = Request { purpose: Purpose::Apply, trigger: "test", renumbered: false };
        let worker = async move { engine.import(&programme, &integration, request, &Deadly(at)).await.map(drop) };
        assert!(tokio::spawn(worker).await.expect_err("it breaks off").is_panic());
        self.sql("UPDATE work SET heartbeat = heartbeat - 11000000").await;
    }

    async fn waiting(&self) -> usize {
        self.engine.store().imports_to_take_up(false, None, 10).await.expect("looked").len()
    }
}

async fn r54_an_import_that_ends_its_workers_again_and_again_fails(bed: Bed) {
    bed.employ_people(people(12));
    bed.set_up("").await;
    for _ in 1..OWNERS {
        bed.break_off(State::Reading).await;
    }
    assert_eq!(bed.waiting().await, 1, "four times may be chance");
    bed.break_off(State::Reading).await;
    let report = bed.import().await;
    assert_eq!((report.state, report.failure_code.as_deref()), (State::Failed, Some("keeps-breaking-off")));
    assert!(report.failure.is_some_and(|failure| failure.contains("broke off 5 times in a row")));
    assert_eq!((bed.members().await.len(), bed.count_mails("import-failed").await), (0, 1));
    let (programme, _) = bed.integration().await;
    let imports = bed.engine.store().imports(programme.number(), 9).await.expect("imports");
    let tried = imports.iter().filter(|import| import.purpose == "apply").count();
    assert_eq!(tried, 1, "all of that was one import");
    // The next one is another matter, and has as many tries.
    bed.break_off(State::Reading).await;
    let report = bed.import().await;
    assert_eq!((report.state, report.counts.join), (State::Completed, 12));
}

async fn r30_one_that_applies_rests_and_goes_on(bed: Bed) {
    bed.employ(Company::generate(3, 2_000, jiff::civil::Date::constant(2026, 11, 23)));
    bed.set_up("").await;
    for _ in 0..OWNERS {
        assert_eq!(bed.waiting().await, usize::from(bed.has_begun().await));
        bed.break_off(State::Applying).await;
    }
    bed.break_off(State::Applying).await;
    assert_eq!(bed.waiting().await, 0, "nobody takes it up by themselves");
    bed.sql("UPDATE work SET heartbeat = heartbeat - 600000000").await;
    assert_eq!(bed.waiting().await, 1);
    let looked = bed.looked_at("changes").await;
    let report = bed.import().await;
    assert_eq!(report.state, State::Completed, "once it has begun to apply it only goes on");
    assert_eq!(bed.members().await.len() as u64, report.counts.join);
    // Whoever goes on may be on a server that knows nothing of the tables: before the first batch, and behind it since there
    // was nobody before.
    assert_eq!(bed.looked_at("changes").await, looked.map(|times| times + 2));
}

/// PostgreSQL took the members for none at all, and walked along all of them for each row of the plan.
async fn what_grows_out_of_nothing_is_looked_at_while_it_grows(bed: Bed) {
    bed.employ(Company::generate(3, 2_000, jiff::civil::Date::constant(2026, 11, 23)));
    bed.set_up("").await;
    let looked = bed.looked_at("members").await;
    assert_eq!(bed.import().await.state, State::Completed);
    assert_eq!(bed.looked_at("members").await, looked.map(|times| times + 1), "behind the first batch");
}

impl Bed {
    async fn has_begun(&self) -> bool {
        !self.engine.store().unfinished_imports().await.expect("imports").is_empty()
    }

    /// How often PostgreSQL was made to look at a table.
    async fn looked_at(&self, table: &str) -> Option<i64> {
        if !self.engine.store().is_shared() {
            return None;
        }
        let sql = format!("SELECT analyze_count FROM pg_stat_user_tables WHERE relname = '{table}'");
        Some(self.number(&sql).await)
    }
}
