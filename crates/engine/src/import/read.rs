//! Reading: pages are compared with the roll as they arrive; whoever has changed is judged, and
//! what is to be done is staged in batches. Memory does not grow with the pages.

use std::collections::{BTreeMap, HashSet};

use domain::{
    email,
    ids::MemberId,
    plan::{Change, Counts, Kind, Outcome},
    print::{Print, WidePrint},
    problem::Problem,
    reading::Watch,
    record::Record,
    rules::Reader,
};
use futures::{StreamExt, TryStreamExt};
use jiff::civil::Date;
use sources::Source;
use store::plan::{JOIN_PHASE, PlanRow, ProblemOf};

use super::{
    Failure, Run, Stop,
    answers::Answers,
    exclusions::Exclusions,
    pace::Pace,
    roll::{Call, Roll},
    verdict::Called,
};

/// How many rows or problems are staged at once at most: they are held in memory until then.
const MOST: usize = 4_000;

/// One read of the source, and what has come of it so far.
pub(super) struct Reading<'a> {
    pub(super) reader: &'a Reader<'a>,
    pub(super) today: Date,
    pub(super) roll: Roll,
    /// Administrators' answers (R18).
    pub(super) answers: Answers,
    /// Whom administrators keep out (R24).
    pub(super) exclusions: Exclusions,
    /// Addresses of members that this integration does not look after (R16).
    pub(super) foreign: HashSet<Print>,
    /// People who came twice with different records (R3): their name.
    pub(super) different: BTreeMap<String, String>,
    /// Addresses that the source named, kept only when the IDs were renumbered (R43).
    pub(super) addresses: HashSet<Print>,
    /// Addresses of records without an employee ID: their owners are not absent.
    pub(super) nameless: HashSet<String>,
    /// For each attribute asked for, whether anybody's record held it.
    pub(super) shared: Vec<bool>,
    /// Whether what was noted of records can be compared with what is read now.
    pub(super) trusted: bool,
    /// Rejected rows of whom only the employee ID seems to be new (R43).
    pub(super) renumbered: u64,
    counts: Counts,
    rows: Vec<PlanRow>,
    problems: Vec<ProblemOf>,
    next_row: i64,
    next_problem: i64,
    pace: Pace,
}

impl<'a> Reading<'a> {
    /// Loads the roll of members.
    pub(super) async fn new(run: &Run<'_>, reader: &'a Reader<'a>, today: Date) -> Result<Self, Stop> {
        let (store, programme) = (&run.engine.store, run.import.programme());
        let integration = run.integration.number();
        // Records noted under other rules say nothing, nor does an ID when IDs were renumbered.
        let trusted = run.integration.rules_print == Some(reader.rules().print().0) && !run.import.renumbered;
        let mut roll = Roll::default();
        let mut index = store.member_index(programme, integration).await?.boxed();
        while let Some(member) = index.try_next().await? {
            let known = member.print.filter(|_| trusted).map(Print);
            roll.enter(&member.employee_id, known);
            if !member.is_current && member.print == Some(Print::ABSENT.0) && !run.import.renumbered {
                roll.is_gone(&member.employee_id);
            }
        }
        drop(index);
        let besides = store.besides(programme, integration).await?;
        let mut foreign = HashSet::new();
        if besides.foreign {
            let emails = store.foreign_emails(programme, integration).await?;
            foreign = emails.map_ok(|key| Print::of(key.as_bytes())).try_collect().await?;
        }
        let answers = if besides.decisions { Answers::load(run, &mut roll).await? } else { Answers::default() };
        let mut exclusions = Exclusions::default();
        if besides.kept_out {
            let traces = run.engine.traces(programme, integration).await.map_err(Stop::Broke)?;
            exclusions = Exclusions::of(store, run.integration, traces).await?;
            exclusions.enter(&mut roll, |own| answers.leading_to(own));
        }
        Ok(Self {
            reader,
            today,
            roll,
            answers,
            exclusions,
            foreign,
            different: BTreeMap::new(),
            addresses: HashSet::new(),
            nameless: HashSet::new(),
            shared: Vec::new(),
            trusted,
            renumbered: 0,
            counts: Counts::default(),
            rows: Vec::new(),
            problems: Vec::new(),
            next_row: 0,
            next_problem: 0,
            pace: Pace::up_to(MOST),
        })
    }

    /// Reads everybody once, judging as the pages come.
    pub(super) async fn read(&mut self, run: &mut Run<'_>, source: &dyn Source) -> Result<Watch, Stop> {
        self.begin();
        let mut watch = Watch::default();
        let mut pages = source.read(self.reader.asked().clone());
        loop {
            let page = tokio::select! {
                page = pages.next() => page,
                () = run.takes_a_while() => {
                    run.note_stage().await.map_err(Stop::Broke)?;
                    continue;
                }
            };
            let Some(page) = page else { break };
            let page = page.map_err(Failure::from)?;
            run.engine.meters.people_read.inc_by(page.records.len() as u64);
            self.roll.expect(page.total);
            self.pace.expect(page.total);
            let called = self.call(&mut watch, page.records, page.total)?;
            self.judge(run, called).await?;
            if !self.has_found_nothing() {
                // Whoever takes over has to know under which try something may be staged.
                run.note_stage().await.map_err(Stop::Broke)?;
                self.flush_full(run).await?;
            }
            run.tell(watch.read(), watch.total()).await.map_err(Stop::Broke)?;
        }
        self.flush(run).await?;
        Ok(watch)
    }

    fn begin(&mut self) {
        self.roll.begin();
        self.different.clear();
        self.nameless.clear();
        self.addresses.clear();
        self.shared = vec![false; self.reader.asked().keys().len()];
        self.counts = Counts::default();
        (self.next_row, self.next_problem) = (0, 0);
    }

    /// Calls the people of one page; gives back those who have to be looked at.
    fn call(&mut self, watch: &mut Watch, records: Vec<Record>, total: u64) -> Result<Vec<Called>, Stop> {
        let mut look = Vec::new();
        let mut ids = Vec::with_capacity(records.len());
        let mut again = 0;
        for record in records {
            let print = self.reader.print(&record);
            for (shared, value) in self.shared.iter_mut().zip(&record.0) {
                *shared |= value.is_some();
            }
            let employee_id = match self.reader.employee_id(&record) {
                Ok(id) => id,
                Err(problem) => {
                    ids.push(WidePrint::of(&format!("nameless {}", print.0)));
                    self.reject_nameless(&record, problem);
                    continue;
                }
            };
            let id = WidePrint::of(&employee_id);
            match self.roll.call(id, print) {
                Call::Unchanged => {
                    self.counts.read += 1;
                    self.counts.unchanged += 1;
                }
                Call::Look { member } => {
                    self.counts.read += 1;
                    look.push(Called { id, employee_id, member, record });
                }
                // The same person on two pages: people moved while they were read (R2), or the
                // source has them twice (R3).
                Call::Same => again += u64::from(!ids.contains(&id)),
                Call::Different => {
                    again += u64::from(!ids.contains(&id));
                    self.different.insert(employee_id, self.reader.name(&record));
                }
            }
            ids.push(id);
        }
        watch.page(&ids, again, total).map_err(Failure::from)?;
        Ok(look)
    }

    /// A record without a usable employee ID is rejected; whose it is can only be guessed, so
    /// nobody with its address is taken for absent.
    fn reject_nameless(&mut self, record: &Record, problem: Problem) {
        self.counts.read += 1;
        self.nameless.extend(self.reader.raw_email(record).map(|address| email::key(&address)));
        let change = Change::new(Kind::Reject, None, self.reader.name(record));
        self.add(change, None, None, vec![problem]);
    }

    /// Adds a row and its problems to what is to be staged.
    pub(super) fn add(
        &mut self,
        change: Change,
        account: Option<MemberId>,
        mail: Option<uuid::Uuid>,
        problems: Vec<Problem>,
    ) {
        let number = self.next_row;
        self.next_row += 1;
        let position = if change.kind == Kind::Join { JOIN_PHASE + number } else { number };
        let row = PlanRow { number, position, account, mail, change, skipped: false };
        for problem in problems {
            let number = self.problem_number();
            self.problems.push(ProblemOf::row(number, &row, problem));
        }
        self.rows.push(row);
    }

    /// Adds problems of somebody for whom there is no row.
    pub(super) fn add_problems(
        &mut self,
        employee_id: Option<&str>,
        name: &str,
        member: Option<MemberId>,
        problems: Vec<Problem>,
    ) {
        for problem in problems {
            let number = self.problem_number();
            let (employee_id, name) = (employee_id.map(str::to_owned), name.to_owned());
            self.problems.push(ProblemOf { number, row: None, member, employee_id, name, problem });
        }
    }

    /// A number for another problem.
    pub(super) fn problem_number(&mut self) -> i64 {
        self.next_problem += 1;
        self.next_problem
    }

    /// A number for another row.
    pub(super) fn row_number(&mut self) -> i64 {
        self.next_row += 1;
        self.next_row - 1
    }

    /// Counts somebody for whom there is no row.
    pub(super) fn count(&mut self, outcome: Outcome, how_many: u64) {
        self.counts.add(outcome, how_many);
    }

    /// Takes back what was counted.
    pub(super) fn uncount(&mut self, outcome: Outcome) {
        let count = match outcome {
            Outcome::Unchanged => &mut self.counts.unchanged,
            Outcome::NotEligible => &mut self.counts.not_eligible,
            Outcome::StartsLater => &mut self.counts.starts_later,
            Outcome::Excluded => {
                self.counts.excluded = self.counts.excluded.saturating_sub(1);
                &mut self.counts.not_eligible
            }
            Outcome::Changed(_) => return,
        };
        *count = count.saturating_sub(1);
    }

    /// What has been counted here; rows and problems are counted where they are staged.
    pub(super) fn counts(&self) -> Counts {
        self.counts
    }

    /// A problem of the import as a whole.
    pub(super) async fn problem_of_the_import(&mut self, run: &Run<'_>, problem: Problem) -> Result<(), Stop> {
        self.add_problems(None, "", None, vec![problem]);
        self.flush(run).await
    }

    /// Stages what has gathered, if it is enough for a batch.
    pub(super) async fn flush_full(&mut self, run: &Run<'_>) -> Result<(), Stop> {
        let enough = self.pace.rows();
        if self.rows.len() >= enough || self.problems.len() >= enough { self.flush(run).await } else { Ok(()) }
    }

    /// Stages what has gathered.
    pub(super) async fn flush(&mut self, run: &Run<'_>) -> Result<(), Stop> {
        if !self.rows.is_empty() || !self.problems.is_empty() {
            self.pace.keep(run.staged().stage(run.lease, &self.rows, &self.problems)).await?;
            self.rows.clear();
            self.problems.clear();
        }
        Ok(())
    }

    /// Whether there is nothing to do and nothing to tell: neither rows nor problems were found in this read.
    pub(super) fn has_found_nothing(&self) -> bool {
        self.next_row == 0 && self.next_problem == 0 && self.different.is_empty()
    }

    /// Whether there is a member whom the source did not name.
    pub(super) fn misses_anybody(&self) -> bool {
        self.roll.misses_anybody() || !self.answers.displaced().is_empty()
    }
}
