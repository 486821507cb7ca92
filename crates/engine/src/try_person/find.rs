//! Finding one person by what was typed, with as few requests as the source allows.

use domain::{
    email,
    field::Field,
    member::Member,
    names,
    record::Record,
    rules::{Absent, Reader},
};
use futures::StreamExt;
use sources::{By, Source};
use store::{Integration, members::MemberFilter};

use crate::{Engine, EngineResult};

/// How many people are read, at most, to find one of whom only the name is known.
const MOST_READ: u64 = 2_000;

/// How many people of one name are shown to choose from.
const SHOWN: u64 = 10;

/// Somebody who may be meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Their name.
    pub name: String,
    /// Their employee ID, to try them by.
    pub employee_id: String,
}

/// Whether somebody was read.
#[derive(Debug, Clone, PartialEq)]
pub enum Read {
    /// This person was.
    Person {
        /// Their employee ID, where it is usable.
        employee_id: Option<String>,
        /// Their name, as the source has it.
        name: String,
    },
    /// Several people may be meant.
    Several(Vec<Candidate>),
    /// Nobody was found.
    Nobody {
        /// How many people were read to look for them; `None` where the source was asked for this one.
        read: Option<u64>,
        /// Whether those were all there are.
        everybody: bool,
        /// The member who is meant: the source no longer names them.
        member: Option<Box<Member>>,
        /// Whether members whom the source no longer names become leavers (R22).
        absent_leave: bool,
    },
}

/// What a search comes to.
pub(super) enum Found {
    /// One record.
    One(Record),
    /// Anything else.
    Else(Read),
}

/// A search in one source.
pub(super) struct Search<'a> {
    pub(super) engine: &'a Engine,
    pub(super) integration: &'a Integration,
    pub(super) source: &'a dyn Source,
    pub(super) reader: &'a Reader<'a>,
}

impl Search<'_> {
    /// Finds the person who was meant.
    pub(super) async fn find(&self, typed: &str) -> EngineResult<Found> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(self.nobody(None, true, None));
        }
        if typed.contains('@') {
            return self.by_address(typed).await;
        }
        if typed.chars().any(|c| c.is_ascii_digit()) && !typed.contains(char::is_whitespace) {
            return self.by_id(typed).await;
        }
        self.by_name(typed).await
    }

    async fn by_address(&self, address: &str) -> EngineResult<Found> {
        let records = self.ask(By::Email(address.to_owned())).await?;
        if !records.is_empty() {
            return Ok(self.one_of(records));
        }
        // The account's address may come from another attribute than the one the source goes by.
        let key = email::key(address);
        let known = self.engine.store.members_by_email(self.integration.programme(), &[&key]).await?;
        let ours = |member: &Member| member.integration == Some(self.integration.number());
        if let Some(id) = known.into_values().find(ours).and_then(|member| member.employee_id) {
            return self.by_id(&id).await;
        }
        self.read_on(|record| self.reader.raw_email(record).is_some_and(|other| email::key(&other) == key)).await
    }

    async fn by_id(&self, id: &str) -> EngineResult<Found> {
        let of = |record: &Record| self.reader.employee_id(record).is_ok_and(|other| other == id);
        let (programme, number) = (self.integration.programme(), self.integration.number());
        let member = self.engine.store.members_by_employee_id(programme, number, &[id]).await?.remove(id);
        let own_id = self.reader.rules().employee_id == self.source.describe().id_attribute;
        if own_id {
            let records = self.ask(By::Id(id.to_owned())).await?;
            return Ok(if records.is_empty() { self.nobody(None, true, member) } else { self.one_of(records) });
        }
        if let Some(address) = member.as_ref().and_then(|member| member.fields.get(&Field::Email)) {
            let records: Vec<Record> = self.ask(By::Email(address.clone())).await?.into_iter().filter(of).collect();
            if !records.is_empty() {
                return Ok(self.one_of(records));
            }
        }
        match self.read_on(of).await? {
            Found::Else(Read::Nobody { read, everybody, .. }) => Ok(self.nobody(read, everybody, member)),
            found => Ok(found),
        }
    }

    /// Members and the people of the newest plan first; the source itself can't be asked for a name.
    async fn by_name(&self, name: &str) -> EngineResult<Found> {
        let (engine, programme) = (self.engine, self.integration.programme());
        let mut candidates: Vec<Candidate> = Vec::new();
        let filter = MemberFilter { typed: name.to_owned(), ..MemberFilter::default() };
        for listed in engine.members_page(programme, &filter, None, SHOWN).await? {
            let member = listed.member;
            let ours = member.integration == Some(self.integration.number());
            if let Some(employee_id) = member.employee_id.filter(|_| ours) {
                candidates.push(Candidate { name: names::display(&member.fields), employee_id });
            }
        }
        if let Some(import) = engine.newest_plan(self.integration).await? {
            for row in engine.plan_page(&import, None, name, None, SHOWN).await? {
                let known = |id: &String| candidates.iter().any(|one| one.employee_id == *id);
                if let Some(employee_id) = row.change.employee_id.filter(|id| !known(id)) {
                    candidates.push(Candidate { name: row.change.name, employee_id });
                }
            }
        }
        candidates.sort();
        match candidates.as_slice() {
            [] => {
                let lists = names::searched(name);
                self.read_on(|record| {
                    let id = self.reader.employee_id(record).ok();
                    let key =
                        names::search_key(&domain::field::Fields::new(), &self.reader.name(record), id.as_deref());
                    lists.iter().any(|all| all.iter().all(|part| key.contains(part)))
                })
                .await
            }
            [one] => self.by_id(&one.employee_id).await,
            _ => Ok(Found::Else(Read::Several(candidates))),
        }
    }

    async fn ask(&self, by: By) -> EngineResult<Vec<Record>> {
        Ok(self.source.find(self.reader.asked().clone(), by).await?)
    }

    /// Reads people until somebody fits, and no more than so many.
    async fn read_on(&self, fits: impl Fn(&Record) -> bool) -> EngineResult<Found> {
        let mut pages = self.source.read(self.reader.asked().clone());
        let mut read = 0;
        while let Some(page) = pages.next().await {
            let page = page?;
            read += page.records.len() as u64;
            let fitting: Vec<Record> = page.records.into_iter().filter(&fits).collect();
            if !fitting.is_empty() {
                return Ok(self.one_of(fitting));
            }
            if read >= MOST_READ && read < page.total {
                return Ok(self.nobody(Some(read), false, None));
            }
        }
        Ok(self.nobody(Some(read), true, None))
    }

    fn one_of(&self, mut records: Vec<Record>) -> Found {
        if records.len() == 1 {
            return Found::One(records.remove(0));
        }
        let candidate = |record: &Record| {
            let employee_id = self.reader.employee_id(record).unwrap_or_default();
            Candidate { name: self.reader.name(record), employee_id }
        };
        Found::Else(Read::Several(records.iter().map(candidate).collect()))
    }

    fn nobody(&self, read: Option<u64>, everybody: bool, member: Option<Member>) -> Found {
        let absent_leave = self.reader.rules().absent == Absent::Leave;
        Found::Else(Read::Nobody { read, everybody, member: member.map(Box::new), absent_leave })
    }
}
