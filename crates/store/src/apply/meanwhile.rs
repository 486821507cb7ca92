//! What has changed since the plan was made: rows that would now do harm are passed over (R30).

use super::batch::Batch;
use crate::StoreResult;

impl Batch<'_> {
    /// R30: a member changed since by someone else is passed over; so is a row that would take an
    /// address or an employee ID that somebody else has got meanwhile. Tells whether there is any.
    pub(super) async fn pass_over_the_stale(&self) -> StoreResult<bool> {
        let mut passed_over = 0;
        if self.held.others() > 0 {
            passed_over += self.pass_over_the_changed().await?;
        }
        let taken = format!(
            "UPDATE changes AS c SET skipped = TRUE WHERE {} AND ({} OR {} OR {} OR {})",
            self.rows("c"),
            self.address_is_held(),
            self.employee_id_is_held(),
            self.wanted_twice("claim"),
            self.wanted_twice("employee_id"),
        );
        // A row that is passed over keeps its member's address, which may stop the next.
        loop {
            let more = self.run(&taken, vec![self.import.integration_id.into()]).await?;
            passed_over += more;
            if more == 0 {
                return Ok(passed_over > 0);
            }
        }
    }

    async fn pass_over_the_changed(&self) -> StoreResult<u64> {
        let stale = format!(
            "UPDATE changes AS c SET skipped = TRUE WHERE {} AND c.kind <> 'join' AND NOT EXISTS (\
             SELECT 1 FROM members m WHERE m.programme_id = c.programme_id AND m.id = c.member_id \
             AND m.version = c.version)",
            self.rows("c")
        );
        self.run(&stale, vec![]).await
    }

    /// Somebody has the address and does not give it up in this batch: neither by moving on (R12)
    /// nor as the former member whose address is freed (R18), who has to be one by then.
    fn address_is_held(&self) -> String {
        let moving = self.members("o.claim IS NOT NULL");
        let leaving = self.members("o.kind = 'leave'");
        format!(
            "(c.claim IS NOT NULL AND EXISTS (SELECT 1 FROM members m \
             WHERE m.programme_id = c.programme_id AND m.email_key = c.claim \
             AND (c.member_id IS NULL OR m.id <> c.member_id) AND m.id NOT IN ({moving}) \
             AND (c.frees IS NULL OR m.id <> c.frees \
             OR (m.state NOT IN ('leaver', 'closed') AND m.id NOT IN ({leaving})))))"
        )
    }

    fn employee_id_is_held(&self) -> String {
        let moving = self.members("o.changes_id");
        format!(
            "(c.employee_id IS NOT NULL AND EXISTS (SELECT 1 FROM members m \
             WHERE m.programme_id = c.programme_id AND m.integration_id = $6 AND m.employee_id = c.employee_id \
             AND (c.member_id IS NULL OR m.id <> c.member_id) AND m.id NOT IN ({moving})))"
        )
    }

    /// No plan should give one thing to two people; if one does, neither gets it, since an import
    /// that has begun to apply goes on (R30).
    fn wanted_twice(&self, column: &str) -> String {
        let rows = self.rows("o");
        format!(
            "c.{column} IN (SELECT o.{column} FROM changes o WHERE {rows} AND o.{column} IS NOT NULL \
             GROUP BY o.{column} HAVING COUNT(*) > 1)"
        )
    }

    /// The members whom rows of this batch that are still to be applied are about.
    fn members(&self, condition: &str) -> String {
        let rows = self.rows("o");
        format!("SELECT o.member_id FROM changes o WHERE {rows} AND {condition} AND o.member_id IS NOT NULL")
    }
}
