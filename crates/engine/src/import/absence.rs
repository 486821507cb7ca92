//! Members whom the source did not name (R22), and the second look before they leave (R2).

use std::collections::HashSet;

use domain::{
    email,
    field::Field,
    member::Member,
    names,
    plan::{absent, loses_id},
    print::{Print, WidePrint},
    reading::{IdSet, Settledness, Watch},
    record::{Asked, Record, Value},
};
use futures::{StreamExt, TryStreamExt};
use sources::Source;

use super::{Failure, Run, Stop, read::Reading};

/// How many accounts are looked at together.
const AT_ONCE: usize = 1_000;

impl Reading<'_> {
    /// Reads once more, and only what tells people apart; whoever is named now is not missing. Tells
    /// whether this read can be trusted: where people moved again, nobody is taken for absent.
    pub(super) async fn call_again(&mut self, run: &Run<'_>, source: &dyn Source, first: IdSet) -> Result<bool, Stop> {
        let rules = self.reader.rules();
        let id = rules.employee_id.as_str();
        // Once the IDs were renumbered, only the address can tell that somebody is still there (R43).
        let email = rules.mapping.get(&Field::Email).filter(|_| run.import.renumbered);
        let asked = Asked::new(std::iter::once(id).chain(email.map(|email| email.key.as_str())));
        let mut watch = Watch::default();
        let mut seen: HashSet<WidePrint> = HashSet::new();
        let mut pages = source.read(asked);
        while let Some(page) = pages.next().await {
            let page = page.map_err(Failure::from)?;
            let text = |record: &Record, at| record.at(at).map(Value::to_line).unwrap_or_default();
            let ids: Vec<WidePrint> = page.records.iter().map(|record| WidePrint::of(&text(record, 0))).collect();
            let again = ids.iter().filter(|id| seen.contains(*id)).count() as u64;
            watch.page(&ids, again, page.total).map_err(Failure::from)?;
            seen.extend(&ids);
            if run.import.renumbered {
                self.addresses.extend(page.records.iter().map(|record| address_print(&text(record, 1))));
            } else {
                for id in ids {
                    self.roll.seen_again(id);
                }
            }
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
            if self.roll.is_missing(self.answers.leading_to(&member.employee_id)) {
                missing.push(member.employee_id);
            }
        }
        drop(index);
        for ids in missing.chunks(AT_ONCE) {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            let members = store.members_by_employee_id(programme, integration, &ids).await?;
            for member in ids.iter().filter_map(|id| members.get(*id)) {
                if !self.answers.displaced().contains(member) {
                    self.miss(run, member);
                }
            }
            self.flush_full(run).await?;
        }
        for member in self.answers.displaced().to_vec() {
            self.miss(run, &member);
        }
        self.flush(run).await
    }

    fn miss(&mut self, run: &Run<'_>, member: &Member) {
        // A record that is nobody's may be this member's (R35). Of a leaver absence is only noted, and the
        // address may go to somebody else in this very plan.
        if member.state.is_current() && member.email_key().is_some_and(|key| self.nameless.contains(&key)) {
            return;
        }
        if run.import.renumbered {
            return self.miss_renumbered(member);
        }
        // The ID may be there and lead to somebody else, as an administrator said (R18): then this
        // member has lost it.
        let lost = member.employee_id.as_deref().is_some_and(|own| self.roll.was_called(own));
        let member = Member { employee_id: member.employee_id.clone().filter(|_| !lost), ..member.clone() };
        let verdict = absent(&member, self.reader.rules().absent, self.today);
        if let Some(mut change) = verdict.change.or_else(|| lost.then(|| loses_id(&member))) {
            change.changes_id = lost;
            return self.add(change, Some(member.id), None, verdict.problems);
        }
        let name = names::display(&member.fields);
        self.add_problems(member.employee_id.as_deref(), &name, Some(member.id), verdict.problems);
    }

    /// Nobody was recognised as this member by e-mail and names (R43). The old ID may be somebody
    /// else's by now, so the member loses it; they leave only if their address is gone as well.
    fn miss_renumbered(&mut self, member: &Member) {
        let member = Member { employee_id: None, ..member.clone() };
        let is_there = member.email_key().is_some_and(|key| self.addresses.contains(&address_print(&key)));
        let verdict = absent(&member, self.reader.rules().absent, self.today);
        let mut change = verdict.change.filter(|_| !is_there).unwrap_or_else(|| loses_id(&member));
        change.changes_id = true;
        self.add(change, Some(member.id), None, Vec::new());
    }
}

/// What of an address is kept to recognise it: any spelling of it gives the same.
pub(super) fn address_print(address: &str) -> Print {
    Print::of(email::key(address).as_bytes())
}
