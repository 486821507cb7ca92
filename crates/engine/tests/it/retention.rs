//! What goes with time, over simulated years.

use domain::{member::State, programme::retention::Typed};
use engine::{Actor, Gone, care::Doubtful};
use futures::TryStreamExt;
use jiff::SignedDuration;
use sandbox::Change;

use crate::{
    bed::Bed,
    both,
    people::{people, person},
};

both!(
    imports_forget_whom_they_were_about_and_keep_their_numbers,
    what_is_still_needed_stays,
    the_audit_log_stays_as_long_as_is_set,
    nothing_goes_while_a_restored_installation_is_held,
);

const MONTH: SignedDuration = SignedDuration::from_hours(31 * 24);

impl Bed {
    async fn number_of_changes(&self, import: domain::ids::ImportId) -> usize {
        let import = self.engine.import_by_number(import).await.expect("an import");
        let plan = self.engine.store().plan(import.programme(), import.number(), import.try_number);
        plan.rows(None).await.expect("changes").try_collect::<Vec<_>>().await.expect("changes").len()
    }

    async fn is_emptied(&self, import: domain::ids::ImportId) -> bool {
        let row = self.engine.import_by_number(import).await.expect("an import");
        let is_marked = row.people_removed_at.is_some();
        assert_eq!(is_marked, self.number_of_changes(import).await + self.problems(import).await.len() == 0);
        is_marked
    }
}

async fn imports_forget_whom_they_were_about_and_keep_their_numbers(bed: Bed) {
    bed.employ_people(people(8).into_iter().chain([person(9, "Lea", "Moss").and("email", "nonsense")]));
    bed.set_up("").await;
    let first = bed.import().await;
    assert_eq!((first.counts.join, first.counts.reject), (8, 1));
    bed.pass(MONTH);
    bed.change(1, &Change::set("department", "Elsewhere"));
    let second = bed.import().await;
    bed.pass(MONTH * 22);
    assert_eq!(bed.engine.remove_old().await.expect("removed"), Gone::default(), "not before its time");
    bed.pass(MONTH);
    let gone = bed.engine.remove_old().await.expect("removed");
    assert!(gone.imports >= 1, "{gone:?}");
    assert!(bed.is_emptied(first.import).await);
    assert!(!bed.is_emptied(second.import).await, "the newest stays whole, however old");
    let row = bed.engine.import_by_number(first.import).await.expect("an import");
    assert_eq!(row.counts().expect("counts"), first.counts, "the numbers stay");
    assert_eq!(bed.members().await.len(), 8, "members are no part of it");
    assert_eq!(bed.engine.remove_old().await.expect("removed"), Gone::default(), "done once");

    bed.pass(MONTH * 2);
    bed.change(2, &Change::set("department", "Elsewhere"));
    bed.import().await;
    bed.engine.remove_old().await.expect("removed");
    assert!(bed.is_emptied(second.import).await);
}

/// Whoever left by an import may be brought back together with the others, as long as they are leavers (R55).
async fn what_is_still_needed_stays(bed: Bed) {
    bed.employ_people(people(8));
    bed.set_up("[guard]\nleavers_percent = 100\n").await;
    bed.import().await;
    bed.change(1, &Change::set("status", "inactive"));
    let leaving = bed.import().await;
    assert_eq!(bed.member("1").await.state, State::Leaver);
    bed.pass(MONTH * 30);
    bed.change(2, &Change::set("department", "Elsewhere"));
    bed.import().await;
    bed.engine.remove_old().await.expect("removed");
    assert!(!bed.is_emptied(leaving.import).await);
    let row = bed.engine.import_by_number(leaving.import).await.expect("an import");
    assert_eq!(bed.engine.restorable_leavers(&row).await.expect("asked"), 1);
    bed.change(1, &Change::set("status", "active"));
    bed.import().await;
    bed.engine.remove_old().await.expect("removed");
    assert!(bed.is_emptied(leaving.import).await);
}

async fn the_audit_log_stays_as_long_as_is_set(bed: Bed) {
    bed.employ_people(people(2));
    bed.set_up("").await;
    let (programme, _) = bed.integration().await;
    let set = async |audit_years| {
        let typed = Typed { people_months: "120", audit_years };
        bed.engine.change_retention(&programme, &typed, &Actor::command()).await.expect("set");
    };
    let deeds = async || bed.deeds(&programme).await.into_iter().map(|(action, ..)| action).collect::<Vec<_>>();
    set("").await;
    let before = deeds().await;
    bed.pass(MONTH * 12 * 9);
    bed.engine.remove_old().await.expect("removed");
    assert_eq!(deeds().await, before, "left empty, entries stay for good");
    set("6").await;
    let gone = bed.engine.remove_old().await.expect("removed");
    assert_eq!(gone.entries, before.len() as u64);
    assert_eq!(deeds().await, ["retention.removed", "programme.retention-changed"]);
    assert_eq!(bed.engine.remove_old().await.expect("removed").entries, 0);
}

/// Somebody is to look at it first, as at everything else that happens by itself.
async fn nothing_goes_while_a_restored_installation_is_held(bed: Bed) {
    bed.employ_people(people(2));
    bed.set_up("").await;
    bed.import().await;
    bed.import().await;
    bed.pass(MONTH * 30);
    let now = bed.engine.now();
    let (id, erased) = (uuid::Uuid::from_u128(1), 0);
    let restore = store::Restore { id, backup_at: now, restored_at: now, erased, released_at: None, released_by: None };
    bed.engine.store().hold(&restore).await.expect("held");
    assert_eq!(bed.engine.remove_old().await.expect("looked"), Gone::default());
    bed.engine.release_restored(&Doubtful::Go, &Actor::command()).await.expect("released");
    assert!(bed.engine.remove_old().await.expect("removed").imports > 0);
}
