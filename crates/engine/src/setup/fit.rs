//! Whom settings would fit, judged by the same rules as an import, over a sample of the source.
//!
//! What needs everybody (who gets which address, who comes back under another ID) is the preview's to tell.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet},
};

use domain::{
    eligibility::Eligibility,
    email,
    field::Field,
    ids::IntegrationId,
    member::Member,
    names,
    plan::{Kind, Known, Verdict, absent, judge},
    print::{Print, WidePrint},
    problem::{Code, Problem},
    record::{Asked, Record, Value},
    rules::{Absent, Reader, Rules},
    setup::{Draft, Place},
};
use futures::TryStreamExt;
use jiff::{civil::Date, tz::TimeZone};
use sources::personio;
use store::{Integration, Programme};

use super::{
    judged::{Judged, Members, Under},
    sample::{Progress, Sample},
};
use crate::{Engine, EngineResult};

/// How many members who would leave are named.
const NAMED: usize = 100;

/// How many accounts are looked at together.
const AT_ONCE: usize = 1_000;

/// What settings come to for the people of a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// How many people were looked at, each employee ID once.
    pub people: u64,
    /// How many of them may be members: by status and segment.
    pub inside: u64,
    /// How many may not be.
    pub outside: u64,
    /// How many have not started yet (R20).
    pub starts_later: u64,
    /// How many cannot be judged: status unknown, or a segment value that is not shared.
    pub unreadable: u64,
    /// How many of those inside have no error: they would be members.
    pub fit: u64,
    /// What is mapped, the employee ID first; counted are the people inside.
    pub columns: Vec<Column>,
    /// Members whom these settings would close down.
    pub closing: Closing,
}

/// What the people inside have in one mapped attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What it feeds.
    pub place: Place,
    /// The attribute's key.
    pub attribute: String,
    /// How many have no value.
    pub empty: u64,
    /// For how many it was not shared.
    pub not_shared: u64,
    /// How many people have each problem there.
    pub problems: BTreeMap<Code, u64>,
}

impl Column {
    /// Whether nobody's record held it: no longer shared.
    pub fn is_gone(&self, fit: &Fit) -> bool {
        fit.inside > 0 && self.not_shared == fit.inside
    }
}

/// Members who would become leavers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Closing {
    /// How many.
    pub count: u64,
    /// The first of them by name.
    pub names: Vec<String>,
    /// Whether that is all: everybody was read, so that those who are in the source no more are counted too.
    pub complete: bool,
}

impl Closing {
    fn add(&mut self, member: &Member) {
        self.count += 1;
        if self.names.len() < NAMED {
            self.names.push(names::display(&member.fields));
        }
    }
}

/// What one walk over the sample gives.
pub(super) struct Tally {
    pub(super) fit: Fit,
    /// Who may make a leaver of a member: their employee IDs, and which of the sample's records is theirs.
    outsiders: Vec<(String, usize)>,
    seen: HashSet<WidePrint>,
}

impl Engine {
    /// What a draft comes to for the people of a sample. The sample must hold what the draft asks for; what
    /// it lacks counts as not shared.
    pub async fn fit(
        &self,
        programme: &Programme,
        integration: &Integration,
        draft: &Draft,
        sample: &Sample,
    ) -> EngineResult<Fit> {
        let zone = TimeZone::get(&programme.time_zone).unwrap_or(TimeZone::UTC);
        let today = self.world.now().to_zoned_datetime(zone).date();
        let rules = draft.rules(personio::DESCRIPTION.status_attribute);
        let judged = sample.judged(Under { rules, today, people: sample.people }).await?;
        let mut fit = judged.tally.fit.clone();
        fit.closing = if integration.is_published() {
            self.closing(integration, sample, &judged).await?
        } else {
            Closing { complete: sample.progress == Progress::Complete, ..Closing::default() }
        };
        Ok(fit)
    }

    /// Members who would become leavers: as they were found a moment ago, if they are still the same.
    async fn closing(&self, integration: &Integration, sample: &Sample, judged: &Judged) -> EngineResult<Closing> {
        let complete = sample.progress == Progress::Complete;
        let states = self.store.members_by_state(integration.programme(), Some(integration.number())).await?;
        let members = Members { states, complete };
        // Whoever asks meanwhile waits here, and then knows.
        let mut known = judged.closing.lock().await;
        if let Some(closing) = known.of(&members) {
            return Ok(closing);
        }
        let mut closing = Closing { complete, ..Closing::default() };
        self.close_outsiders(integration, sample, judged, &mut closing).await?;
        if complete && judged.under.rules.absent == Absent::Leave {
            self.close_absent(integration, judged, &mut closing).await?;
        }
        known.keep(members, &closing);
        Ok(closing)
    }

    /// Members whose record says that they may not be members.
    async fn close_outsiders(
        &self,
        integration: &Integration,
        sample: &Sample,
        judged: &Judged,
        closing: &mut Closing,
    ) -> EngineResult<()> {
        let (number, Under { rules, today, .. }) = (integration.number(), &judged.under);
        let reader = rules.reader();
        let arranged = Arranged::new(&sample.asked, reader.asked());
        let records: Vec<&Record> = sample.records().collect();
        for outsiders in judged.tally.outsiders.chunks(AT_ONCE) {
            let ids: Vec<&str> = outsiders.iter().map(|(id, _)| id.as_str()).collect();
            let members = self.store.members_by_employee_id(integration.programme(), number, &ids).await?;
            for (id, at) in outsiders {
                let Some((member, record)) = members.get(id).zip(records.get(*at)) else { continue };
                if leaves(&judge_anew(&reader, number, *today, id, &arranged.record(record), member)) {
                    closing.add(member);
                }
            }
        }
        Ok(())
    }

    /// Members whom the source does not name (R22).
    async fn close_absent(
        &self,
        integration: &Integration,
        judged: &Judged,
        closing: &mut Closing,
    ) -> EngineResult<()> {
        let (programme, number) = (integration.programme(), integration.number());
        let (seen, Under { rules, today, .. }) = (&judged.tally.seen, &judged.under);
        let index = self.store.member_index(programme, number).await?;
        let missing = index.try_filter_map(|member| {
            let gone = member.is_current && !seen.contains(&WidePrint::of(&member.employee_id));
            std::future::ready(Ok(gone.then_some(member.employee_id)))
        });
        let missing: Vec<String> = missing.try_collect().await?;
        for ids in missing.chunks(AT_ONCE) {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            let members = self.store.members_by_employee_id(programme, number, &ids).await?;
            for member in ids.iter().filter_map(|id| members.get(*id)) {
                if leaves(&absent(member, rules.absent, *today)) {
                    closing.add(member);
                }
            }
        }
        Ok(())
    }
}

fn judge_anew(
    reader: &Reader<'_>,
    integration: IntegrationId,
    today: Date,
    id: &str,
    record: &Record,
    member: &Member,
) -> Verdict {
    judge(reader, integration, today, id, record, Known { member: Some(member), anew: true, ..Known::default() })
}

fn leaves(verdict: &Verdict) -> bool {
    verdict.change.as_ref().is_some_and(|change| change.kind == Kind::Leave)
}

/// Makes records of what the rules ask for out of those of a sample, which may hold more.
struct Arranged {
    /// Where each value stands; none where the sample holds just these.
    positions: Option<Vec<Option<usize>>>,
}

impl Arranged {
    fn new(held: &Asked, wanted: &Asked) -> Self {
        let positions = || wanted.keys().iter().map(|key| held.position(key)).collect();
        Self { positions: (held.keys() != wanted.keys()).then(positions) }
    }

    fn record<'a>(&self, record: &'a Record) -> Cow<'a, Record> {
        let Some(positions) = &self.positions else { return Cow::Borrowed(record) };
        Cow::Owned(Record(positions.iter().map(|at| at.and_then(|at| record.at(at)).cloned()).collect()))
    }
}

/// Judges everybody in a sample.
pub(super) fn tally(under: &Under, sample: &Sample) -> Tally {
    let reader = under.rules.reader();
    let asked = reader.asked();
    let arranged = Arranged::new(&sample.asked, asked);
    let mut walk = Walk::new(&under.rules, asked);
    for (at, record) in sample.records().enumerate() {
        walk.look(&reader, &arranged.record(record), at, under.today);
    }
    walk.end()
}

/// Somebody who was looked at.
struct Seen {
    print: Print,
    fits: bool,
    twice: bool,
}

struct Walk {
    fit: Fit,
    positions: Vec<Option<usize>>,
    email: Option<usize>,
    seen: HashMap<WidePrint, Seen>,
    addresses: HashMap<Print, u64>,
    outsiders: Vec<(String, usize)>,
}

impl Walk {
    fn new(rules: &Rules, asked: &Asked) -> Self {
        let identity = std::iter::once((Place::EmployeeId, &rules.employee_id));
        let fields = rules.mapping.iter().map(|(field, from)| (Place::Field(field.clone()), &from.key));
        let column = |(place, attribute): (Place, &String)| Column {
            place,
            attribute: attribute.clone(),
            empty: 0,
            not_shared: 0,
            problems: BTreeMap::new(),
        };
        let columns: Vec<Column> = identity.chain(fields).map(column).collect();
        let positions = columns.iter().map(|column| asked.position(&column.attribute)).collect();
        let email = columns.iter().position(|column| column.place == Place::Field(Field::Email));
        let none = Closing::default();
        let fit =
            Fit { people: 0, inside: 0, outside: 0, starts_later: 0, unreadable: 0, fit: 0, columns, closing: none };
        Self { fit, positions, email, seen: HashMap::new(), addresses: HashMap::new(), outsiders: Vec::new() }
    }

    /// Looks at one of the sample's records; `at` is which.
    fn look(&mut self, reader: &Reader<'_>, record: &Record, at: usize, today: Date) {
        let id = reader.employee_id(record);
        let print = reader.print(record);
        if let Ok(id) = &id
            && let Some(seen) = self.seen.get_mut(&WidePrint::of(id))
        {
            // The same record again is the same person; another makes them nobody's (R3).
            if seen.print != print && !std::mem::replace(&mut seen.twice, true) {
                self.fit.fit -= u64::from(seen.fits);
                count(&mut self.fit.columns, &Problem::new(Code::EmployeeIdDuplicate).at("employee_id"));
            }
            return;
        }
        self.fit.people += 1;
        let mut fits = false;
        let known = id.as_ref().ok().map(|id| WidePrint::of(id));
        match reader.eligibility(record, today) {
            (Eligibility::Eligible, _) => fits = self.inside(reader, record, today, id.err()),
            (Eligibility::StartsLater, _) => self.fit.starts_later += 1,
            (Eligibility::Unreadable(_), _) => self.fit.unreadable += 1,
            (Eligibility::Not(_), _) => {
                self.fit.outside += 1;
                self.outsiders.extend(id.ok().map(|id| (id, at)));
            }
        }
        self.seen.extend(known.map(|id| (id, Seen { print, fits, twice: false })));
    }

    /// Counts somebody who may be a member; tells whether there is no error in the way.
    fn inside(&mut self, reader: &Reader<'_>, record: &Record, today: Date, nameless: Option<Problem>) -> bool {
        self.fit.inside += 1;
        let (_, mut problems) = reader.statement(record, today, None);
        problems.extend(nameless);
        if let Some(address) = reader.raw_email(record) {
            let times = self.addresses.entry(Print::of(email::key(&address).as_bytes())).or_default();
            *times += 1;
            if *times > 1 {
                problems.push(Problem::new(Code::EmailDuplicate).at(Field::Email.to_string()));
            }
        }
        for (column, position) in self.fit.columns.iter_mut().zip(&self.positions) {
            match position.and_then(|position| record.at(position)) {
                None => column.not_shared += 1,
                Some(Value::Empty) => column.empty += 1,
                Some(_) => {}
            }
        }
        for problem in &problems {
            count(&mut self.fit.columns, problem);
        }
        let fits = !problems.iter().any(Problem::is_error);
        self.fit.fit += u64::from(fits);
        fits
    }

    /// Of those who share an address nobody gets it (R13): the first, who looked fine, counts as well.
    fn end(mut self) -> Tally {
        let shared = self.addresses.values().filter(|times| **times > 1).count() as u64;
        self.fit.fit = self.fit.fit.saturating_sub(shared);
        if let Some(column) = self.email.and_then(|at| self.fit.columns.get_mut(at))
            && let Some(people) = column.problems.get_mut(&Code::EmailDuplicate)
        {
            *people += shared;
        }
        Tally { fit: self.fit, outsiders: self.outsiders, seen: self.seen.into_keys().collect() }
    }
}

fn count(columns: &mut [Column], problem: &Problem) {
    if let Some(column) = columns.iter_mut().find(|column| is_about(problem, &column.place)) {
        *column.problems.entry(problem.code).or_default() += 1;
    }
}

fn is_about(problem: &Problem, place: &Place) -> bool {
    let name = problem.field.as_deref().unwrap_or_default();
    match place {
        Place::EmployeeId => name == "employee_id",
        Place::Field(field) => name == field.to_string(),
        _ => false,
    }
}
