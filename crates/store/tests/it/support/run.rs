use domain::{
    ids::ImportId,
    import::State,
    plan::{Change, Counts},
};
use rollcall_store::{
    Import, StoreResult,
    apply::Step,
    plan::{Plan, PlanRow},
    work::Lease,
};

use super::{Db, INTEGRATION, NOW, PROGRAMME, import};

/// An import that is about to apply its plan.
pub(crate) struct Run {
    pub(crate) lease: Lease,
    pub(crate) import: Import,
}

/// The row of an import that stands in this state.
pub(crate) fn import_row(id: ImportId, state: State) -> Import {
    Import {
        programme_id: PROGRAMME.0,
        id: id.0,
        integration_id: INTEGRATION.0,
        purpose: "apply".into(),
        trigger: "command".into(),
        person: None,
        renumbered: false,
        state: state.as_str().into(),
        stage_since: NOW,
        try_number: 1,
        progress_done: 0,
        progress_total: 0,
        cursor: -1,
        counts: serde_json::to_string(&Counts::default()).unwrap(),
        members_before: 0,
        held_by: String::new(),
        held_because: String::new(),
        facts: None,
        settings_print: None,
        plan_print: None,
        leavers_print: None,
        approved: None,
        answered_by: None,
        failure_code: None,
        failure: None,
        created_at: NOW,
        held_at: None,
        finished_at: None,
        duration_ms: 0,
        people_removed_at: None,
    }
}

impl Db {
    /// A new import that stands in this state, with the lease on its work.
    pub(crate) async fn begin(&self, state: State) -> Run {
        let row = import_row(import(self.next()), state);
        self.add_import(&row).await.unwrap();
        let lease = self.claim_work(PROGRAMME, "import", self.token()).await.unwrap();
        Run { lease: lease.expect("an earlier import of this test still has the lease"), import: row }
    }

    /// An import that has staged these rows and is about to apply them.
    pub(crate) async fn plan_of(&self, rows: &[PlanRow]) -> Run {
        let run = self.begin(State::Applying).await;
        run.plan(self).stage(&run.lease, rows, &[]).await.unwrap();
        run
    }

    /// A whole import with these rows.
    pub(crate) async fn apply(&self, rows: &[PlanRow]) -> Import {
        let run = self.plan_of(rows).await;
        run.apply(self).await;
        run.finish(self).await
    }
}

impl Run {
    pub(crate) fn plan<'a>(&self, db: &'a Db) -> Plan<'a> {
        db.plan(PROGRAMME, self.import.number(), self.import.try_number)
    }

    pub(crate) async fn step(&self, db: &Db) -> StoreResult<Step> {
        db.apply_batch(&self.lease, &self.import, 1_000, NOW + 7).await
    }

    /// Applies all rows, always with the import as it was in the beginning; gives each batch's size.
    pub(crate) async fn apply(&self, db: &Db) -> Vec<u64> {
        let mut sizes = Vec::new();
        while let Step::Applied { rows, .. } = self.step(db).await.unwrap() {
            sizes.push(rows);
        }
        sizes
    }

    pub(crate) async fn reloaded(&self, db: &Db) -> Import {
        let found = db.newest_import(PROGRAMME, INTEGRATION, "apply", &[State::Applying, State::Completed]).await;
        found.unwrap().filter(|import| import.id == self.import.id).unwrap()
    }

    pub(crate) async fn finish(self, db: &Db) -> Import {
        let mut import = self.reloaded(db).await;
        import.state = State::Completed.as_str().into();
        assert!(db.move_import(Some(&self.lease), State::Applying, &import, &[]).await.unwrap());
        db.release_work(&self.lease).await.unwrap();
        import
    }
}

/// What a row does, apart from its place in the plan.
pub(crate) fn changes(rows: &[PlanRow]) -> Vec<&Change> {
    rows.iter().map(|row| &row.change).collect()
}
