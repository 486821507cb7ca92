//! Applying: the plan becomes members and mails, batch by batch. From here an import only goes on
//! (R30): what fails for a moment is tried again, and what is interrupted is resumed (R54).

use std::time::Duration;

use domain::{import::State, plan::Kind, print::Print, setup::settings_print};
use store::{StoreError, StoreResult, apply::Step};
use tokio::time::sleep;

use super::{Run, pace::Pace};
use crate::{EngineError, EngineResult};

/// How often a batch is tried again that the database refused (somebody else was writing).
const TRIES: u32 = 5;
/// How many rows are applied at once at most.
const MOST: usize = 16_000;

impl Run<'_> {
    /// The plan may be applied: a plan that waits for an administrator is no longer needed (R46). One that holds nothing
    /// is applied with that.
    pub(super) async fn begin_to_apply(&mut self) -> EngineResult<()> {
        self.supersede_held().await?;
        if self.is_empty {
            return self.complete().await;
        }
        let rows = self.engine.store.rows_to_apply(&self.import).await?;
        (self.import.progress_done, self.import.progress_total) = (0, i64::try_from(rows).unwrap_or(i64::MAX));
        self.import.cursor = -1;
        self.move_to(State::Applying, &[]).await
    }

    /// Applies what is left of the plan, and closes the import.
    pub(super) async fn apply(&mut self) -> EngineResult<()> {
        self.apply_rows().await?;
        self.complete().await
    }

    async fn complete(&mut self) -> EngineResult<()> {
        let print = self.planned_under()?;
        if self.integration.rules_print != Some(print.0) {
            self.engine.store.note_rules(self.lease, self.integration, print).await?;
        }
        self.import.finished_at = Some(self.engine.now());
        let summaries = self.mails("import-summary", self.import.counts()?.errors > 0)?;
        self.move_to(State::Completed, &summaries).await
    }

    async fn apply_rows(&mut self) -> EngineResult<()> {
        if self.import.approved_without_leavers() {
            // Not before the import is applying: a plan that is still on hold may be approved whole.
            self.engine.store.leave_out(self.lease, &self.import, Kind::Leave).await?;
        }
        let total = u64::try_from(self.import.progress_total).unwrap_or_default();
        // What is noted of the progress may lag behind the cursor.
        let mut done = if self.import.cursor < 0 { 0 } else { self.engine.store.rows_applied(&self.import).await? };
        let before = u64::try_from(self.import.members_before).unwrap_or_default();
        let mut pace = Pace::up_to(MOST);
        self.engine.store.make_room_for(&self.import).await;
        loop {
            self.tell(done, total).await?;
            let rows = pace.rows();
            match pace.keep(self.apply_batch(rows)).await? {
                Step::Applied { cursor, rows, is_last } => {
                    self.import.cursor = cursor;
                    let has_doubled = done <= before && done + rows > before;
                    done += rows;
                    if has_doubled {
                        self.engine.store.learn_tables(&self.import).await;
                    }
                    self.engine.meters.changes_applied.inc_by(rows);
                    if is_last {
                        self.tell(done, total).await?;
                        break;
                    }
                    if self.halt.is_asked() {
                        return Err(EngineError::Halted);
                    }
                }
                Step::Done => break,
            }
        }
        self.engine.store.give_room_back().await;
        self.import.progress_done = i64::try_from(done).unwrap_or(i64::MAX);
        self.engine.store.look_again(self.lease, &self.import).await?;
        self.engine.store.note_fulfilled(self.lease, &self.import, self.engine.now()).await?;
        let mut counts = self.import.counts()?;
        self.engine.store.count_skipped(&self.import, &mut counts).await?;
        Ok(self.import.set_counts(&counts)?)
    }

    /// The rules that the plan was made under. Those of the integration may have changed while it was
    /// on hold or interrupted: then no rules are noted, and the next import judges everybody anew.
    fn planned_under(&self) -> EngineResult<Print> {
        let rules = self.integration.rules()?;
        let unchanged = self.import.settings_print == Some(settings_print(&rules).0);
        Ok(if unchanged { rules.print() } else { Print::ABSENT })
    }

    async fn apply_batch(&self, rows: usize) -> StoreResult<Step> {
        let mut tries = 0;
        loop {
            match self.engine.store.apply_batch(self.lease, &self.import, rows, self.engine.now()).await {
                Err(error @ StoreError::Database(_)) if tries < TRIES => {
                    tries += 1;
                    tracing::warn!(error = error.for_log(), tries, "a batch is tried again");
                    sleep(Duration::from_millis(100) * 2_u32.pow(tries)).await;
                }
                step => return step,
            }
        }
    }
}
