//! Judging those who have to be looked at, a page at a time: their accounts are fetched together.

use std::collections::HashMap;

use super::{Run, Stop, absence::address_print, read::Reading};
use domain::{
    email,
    member::Member,
    names,
    plan::{Known, Verdict, judge},
    print::{Print, WidePrint},
    record::Record,
};

/// Somebody whom the source has named, and who has to be looked at.
pub(super) struct Called {
    pub(super) id: WidePrint,
    pub(super) employee_id: String,
    /// Whether there is a member with this employee ID.
    pub(super) member: bool,
    pub(super) record: Record,
}

/// The accounts that the people of a page may belong to.
struct Accounts {
    by_id: HashMap<String, Member>,
    by_email: HashMap<String, Member>,
}

impl Reading<'_> {
    /// Judges these people and gathers what is to be staged.
    pub(super) async fn judge(&mut self, run: &Run<'_>, called: Vec<Called>) -> Result<(), Stop> {
        if called.is_empty() {
            return Ok(());
        }
        let accounts = self.accounts(run, &called).await?;
        if run.import.renumbered {
            // Being named by an old ID says nothing (R43); being recognised does.
            for person in &called {
                self.roll.unmatch(person.id);
                let address = self.reader.raw_email(&person.record);
                self.addresses.extend(address.map(|address| address_print(&address)));
            }
        }
        for person in called {
            let verdict = self.judge_one(run, &person, &accounts);
            self.roll.note(person.id, verdict.outcome);
            self.take(run, &person, verdict);
        }
        Ok(())
    }

    async fn accounts(&self, run: &Run<'_>, called: &[Called]) -> Result<Accounts, Stop> {
        let (store, programme) = (&run.engine.store, run.import.programme());
        let ids: Vec<&str> =
            called.iter().filter(|person| person.member).map(|person| person.employee_id.as_str()).collect();
        let by_id = store.members_by_employee_id(programme, run.integration.number(), &ids).await?;
        let keys: Vec<String> = called
            .iter()
            .filter_map(|person| self.reader.raw_email(&person.record))
            .map(|address| email::key(&address))
            .filter(|key| run.import.renumbered || self.foreign.contains(&Print::of(key.as_bytes())))
            .collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        Ok(Accounts { by_id, by_email: store.members_by_email(programme, &keys).await? })
    }

    fn judge_one(&mut self, run: &Run<'_>, person: &Called, accounts: &Accounts) -> Verdict {
        let id = person.employee_id.as_str();
        let integration = run.integration.number();
        let address = self.reader.raw_email(&person.record).map(|address| email::key(&address));
        let by_email = address.as_deref().and_then(|key| accounts.by_email.get(key));
        let member = if run.import.renumbered {
            // R43: the ID says nothing; e-mail and names together do.
            let ours = by_email.filter(|member| member.integration == Some(integration));
            ours.filter(|member| self.has_name_of(&person.record, member))
        } else {
            self.answers.led_by(id, accounts.by_id.get(id))
        };
        let known = self.answers.known(integration, id, member, by_email);
        let renumbered = run.import.renumbered;
        let known = Known { same: known.same || renumbered, anew: !self.trusted, ..known };
        let known = self.exclusions.tell(id, address.as_deref(), known, renumbered);
        if renumbered && let Some(old) = member.and_then(|member| member.employee_id.as_deref()) {
            self.roll.matched(old);
        }
        judge(self.reader, integration, self.today, id, &person.record, known)
    }

    fn has_name_of(&self, record: &Record, member: &Member) -> bool {
        let (statement, _) = self.reader.statement(record, self.today, None);
        let told = statement.into_iter().filter_map(|(field, told)| match told {
            domain::rules::Told::Value(value) => Some((field, value)),
            domain::rules::Told::Empty => None,
        });
        names::agree(&told.collect(), &member.fields)
    }

    fn take(&mut self, run: &Run<'_>, person: &Called, verdict: Verdict) {
        if let Some(former) = verdict.cut_loose {
            let account = former.member;
            self.add(former, account, None, Vec::new());
        }
        if let Some(change) = verdict.change {
            let account = change.member.or_else(|| change.state.is_some().then(|| run.new_account()));
            let mail = change.welcome.map(|_| run.engine.new_id());
            return self.add(change, account, mail, verdict.problems);
        }
        self.count(verdict.outcome, 1);
        self.add_problems(Some(&person.employee_id), &self.reader.name(&person.record), None, verdict.problems);
    }
}
