//! Members whom the source did not name (R22), and the second look before they leave (R2).

use super::{Failure, Run, Stop, read::Reading};
use domain::{
    plan::absent,
    print::WidePrint,
    reading::{IdSet, Settledness, Watch},
    record::Asked,
    rules::Rules,
};
use futures::{StreamExt, TryStreamExt};
use sources::Source;

/// How many accounts are looked at together.
const AT_ONCE: usize = 1_000;

impl Reading<'_> {
    /// Reads the employee IDs once more; whoever is named now is not missing. Tells whether this
    /// read can be trusted: where people moved again, nobody is taken for absent.
    pub(super) async fn call_again(&mut self, source: &dyn Source, rules: &Rules, first: IdSet) -> Result<bool, Stop> {
        let mut watch = Watch::default();
        let mut seen = std::collections::HashSet::new();
        let mut pages = source.read(Asked::new([rules.employee_id.as_str()]));
        while let Some(page) = pages.next().await {
            let page = page.map_err(Failure::from)?;
            let mut ids = Vec::with_capacity(page.records.len());
            let mut again = 0;
            let mut here = Vec::with_capacity(page.records.len());
            for record in &page.records {
                // Only the ID was asked for, so it stands at the first place.
                let id = record.at(0).map(domain::record::Value::to_line).unwrap_or_default();
                let id = WidePrint::of(&id);
                again += u64::from(seen.contains(&id));
                here.push(id);
                ids.push(id);
                self.roll.seen_again(id);
            }
            seen.extend(here);
            watch.page(&ids, again, page.total).map_err(Failure::from)?;
        }
        Ok(watch.end(Some(first)).map_err(Failure::from)? == Settledness::Settled)
    }

    /// Stages what it means for members that they are missing.
    pub(super) async fn stage_absent(&mut self, run: &Run<'_>) -> Result<(), Stop> {
        let (store, programme) = (&run.engine.store, run.import.programme());
        let integration = run.integration.number();
        let mut missing: Vec<String> = Vec::new();
        let mut index = store.member_index(programme, integration).await?.boxed();
        while let Some(member) = index.try_next().await? {
            let leads_to_them = self.relinked.get(&member.employee_id).unwrap_or(&member.employee_id);
            if self.roll.is_missing(leads_to_them) {
                missing.push(member.employee_id);
            }
        }
        drop(index);
        for ids in missing.chunks(AT_ONCE) {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            let members = store.members_by_employee_id(programme, integration, &ids).await?;
            for id in ids {
                if let Some(member) = members.get(id) {
                    self.miss(run, member);
                }
            }
            self.flush_full(run).await?;
        }
        self.flush(run).await
    }

    fn miss(&mut self, run: &Run<'_>, member: &domain::member::Member) {
        if member.email_key().is_some_and(|key| self.nameless.contains(&key)) {
            return;
        }
        let mut member = member.clone();
        // Once the IDs were renumbered, the old one may be a newcomer's (R43).
        let lost = if run.import.renumbered { member.employee_id.take() } else { None };
        let verdict = absent(&member, self.reader.rules().absent, self.today);
        if let Some(mut change) = verdict.change {
            change.changes_id = lost.is_some();
            return self.add(change, Some(member.id), None, verdict.problems);
        }
        let name = domain::names::display(&member.fields);
        self.add_problems(member.employee_id.as_deref(), &name, Some(member.id), verdict.problems);
    }
}
