//! The plan of an upload, made in batches: what each line does, and what is wrong with it.

use std::collections::{BTreeMap, HashMap};

use domain::{
    email,
    field::{Field, Fields},
    member::Member,
    names,
    plan::{Counts, Kind},
    problem::{Code, Problem, Severity},
    record::AttributeType,
};
use jiff::civil::Date;
use store::{Programme, StoreError, Upload, UploadRow, work::Lease};
use uuid::Uuid;

use super::{UNCHANGED, ask::Like, file, severity_of};
use crate::{
    Engine, EngineError, EngineResult,
    closing::Erased,
    members::{MemberEntries, values::check},
};

/// How many lines are planned together.
const AT_ONCE: usize = 1_000;

/// How many people alike a line tells of.
const MOST_ALIKE: usize = 5;

/// What the lines of a file are judged by.
struct Judge {
    kinds: BTreeMap<Field, AttributeType>,
    today: Date,
    /// How often each address stands in the file.
    often: HashMap<String, usize>,
    /// The lines of people who have names and a day of birth in common with another line (R15).
    alike: HashMap<String, Vec<i32>>,
    /// Addresses of accounts that were erased on request, or closed.
    erased: Erased,
}

/// A line with its values, as far as they are good.
struct Read<'a> {
    line: i32,
    typed: &'a MemberEntries,
    fields: Fields,
    problems: Vec<Problem>,
}

impl Read<'_> {
    fn key(&self) -> Option<String> {
        self.fields.get(&Field::Email).map(|address| email::key(address))
    }
}

impl Judge {
    /// Lines about people whose names and days of birth agree, by what they have in common.
    fn lines_alike(&self, lines: &[(i32, MemberEntries)]) -> HashMap<String, Vec<i32>> {
        let mut alike: HashMap<String, Vec<i32>> = HashMap::new();
        for (line, typed) in lines {
            let telling = [Field::FirstName, Field::LastName, Field::DateOfBirth];
            let of = typed.iter().filter(|(field, _)| telling.contains(field));
            let of: MemberEntries = of.map(|(field, text)| (field.clone(), text.clone())).collect();
            let (fields, _) = check(&of, &self.kinds, false, self.today);
            if let Some(key) = names::twin_key(&fields) {
                alike.entry(key).or_default().push(*line);
            }
        }
        alike.retain(|_, lines| lines.len() > 1);
        alike
    }

    /// Whom this line's person may be, though they have another address: members, and other lines (R15).
    fn seem_known(&self, read: &Read<'_>, members: &HashMap<String, Vec<&Member>>) -> Vec<(Code, Like)> {
        let Some(key) = names::twin_key(&read.fields) else { return Vec::new() };
        let of_member = |twin: &&Member| {
            let code = if twin.state.is_current() { Code::PossibleDuplicate } else { Code::PossibleRehire };
            (code, Like::Member(twin.id))
        };
        let lines = self.alike.get(&key).into_iter().flatten().filter(|line| **line != read.line);
        let of_lines = lines.map(|line| (Code::PossibleDuplicate, Like::Line(*line)));
        members.get(&key).into_iter().flatten().map(of_member).chain(of_lines).take(MOST_ALIKE).collect()
    }
}

/// How a line meets the member who has its address.
enum Met {
    /// They are whom it is about.
    Known,
    /// They may be: an administrator is asked (R18).
    Asked(Code),
    /// It cannot be about them.
    Not(Code),
}

impl Engine {
    /// Plans an upload, or goes on with one that was interrupted: after the last line that is planned.
    pub(super) async fn plan_upload(&self, programme: &Programme, lease: &Lease, upload: &Upload) -> EngineResult<()> {
        let Some(text) = self.store.upload_text(upload).await? else { return Ok(()) };
        let headings: Vec<Option<Field>> = serde_json::from_str(&text.headings).map_err(StoreError::row)?;
        let lines = file::lines(&text.content, &headings).map_err(|flaw| EngineError::Broken(flaw.to_string()))?;
        let mut judge = Judge {
            kinds: self.member_fields(programme).await?.into_iter().collect(),
            today: self.today(programme),
            often: HashMap::new(),
            alike: HashMap::new(),
            erased: self.erased_addresses(programme).await?,
        };
        for key in lines.iter().filter_map(|(_, typed)| typed.get(&Field::Email)).map(|address| email::key(address)) {
            *judge.often.entry(key).or_default() += 1;
        }
        judge.alike = judge.lines_alike(&lines);
        let last = self.store.last_planned_line(upload).await?;
        let ahead: Vec<&(i32, MemberEntries)> = lines.iter().filter(|(line, _)| *line > last).collect();
        for lines in ahead.chunks(AT_ONCE) {
            let rows = self.plan_lines(programme, upload, &judge, lines).await?;
            self.store.plan_upload_rows(lease, upload, &rows).await?;
        }
        let counts = self.count_plan(upload).await?;
        let members = self.current_members(programme).await?;
        Ok(self.store.upload_is_planned(lease, upload, &counts, members).await?)
    }

    async fn plan_lines(
        &self,
        programme: &Programme,
        upload: &Upload,
        judge: &Judge,
        lines: &[&(i32, MemberEntries)],
    ) -> EngineResult<Vec<UploadRow>> {
        let read: Vec<Read<'_>> = lines
            .iter()
            .map(|(line, typed)| {
                let (fields, problems) = check(typed, &judge.kinds, true, judge.today);
                Read { line: *line, typed, fields, problems }
            })
            .collect();
        let keys: Vec<String> = read.iter().filter_map(Read::key).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let holders = self.store.members_by_email(programme.number(), &keys).await?;
        let likeness: Vec<String> = read.iter().filter_map(|read| names::twin_key(&read.fields)).collect();
        let likeness: Vec<&str> = likeness.iter().map(String::as_str).collect();
        let twins = self.store.members_by_twin(programme.number(), &likeness).await?;
        let mut by_key: HashMap<String, Vec<&Member>> = HashMap::new();
        for twin in &twins {
            if let Some(key) = twin.twin_key() {
                by_key.entry(key).or_default().push(twin);
            }
        }
        let former = holders.values().filter(|holder| !holder.state.is_current()).map(|holder| holder.id);
        let excluded = self.store.excluded_among(programme.number(), &former.collect::<Vec<_>>()).await?;
        let row = |mut read: Read<'_>| {
            let key = read.key();
            let holder = key.as_ref().and_then(|key| holders.get(key));
            if key.as_ref().is_some_and(|key| judge.often.get(key).is_some_and(|times| *times > 1)) {
                read.problems.push(Problem::new(Code::EmailDuplicate).at(Field::Email.to_string()));
            }
            let mut asked = Vec::new();
            if let Some(holder) = holder {
                let is_excluded = excluded.contains(&holder.id);
                match met(holder, &read.fields, is_excluded) {
                    Met::Known => {}
                    Met::Asked(code) => asked.push((code, Like::Member(holder.id))),
                    Met::Not(code) => read.problems.push(Problem::new(code).at(Field::Email.to_string())),
                }
            } else {
                asked = judge.seem_known(&read, &by_key);
            }
            let erased = judge.erased.problem(key.as_deref());
            // Whoever was closed before is a newcomer; whoever has an account has not been.
            read.problems.extend(erased.filter(|one| holder.is_none() || one.code == Code::ErasedOnRequest));
            row(upload, &read, holder, &asked, self.new_id())
        };
        read.into_iter().map(row).collect()
    }

    /// What the plan does, in numbers.
    async fn count_plan(&self, upload: &Upload) -> EngineResult<Counts> {
        let mut counts = self.count_lines(upload).await?;
        let mut after = 0;
        loop {
            let rows = self.store.upload_rows(upload, store::uploads::Lines::WithProblems, after, 1_000).await?;
            let Some(last) = rows.last() else { return Ok(counts) };
            after = last.line;
            for problem in rows.iter().flat_map(super::problems_of) {
                match severity_of(problem.code) {
                    Severity::Error => counts.errors += 1,
                    Severity::Warning => counts.warnings += 1,
                }
            }
        }
    }

    /// How many lines end in what. One that still asks, or was passed over, is none that was done.
    pub(super) async fn count_lines(&self, upload: &Upload) -> EngineResult<Counts> {
        let mut counts = Counts::default();
        for count in self.store.upload_counts(upload).await? {
            let number = u64::try_from(count.number).unwrap_or_default();
            counts.read += number;
            let is_left_out = matches!(count.state.as_str(), "asked" | "skipped");
            *match count.kind.as_str() {
                _ if is_left_out => &mut counts.reject,
                "join" => &mut counts.join,
                "update" => &mut counts.update,
                "rejoin" => &mut counts.rejoin,
                UNCHANGED => &mut counts.unchanged,
                _ => &mut counts.reject,
            } += number;
        }
        Ok(counts)
    }
}

/// Whether a line can be about the member who has its address, as an import would see it (R15, R16).
fn met(holder: &Member, fields: &Fields, is_excluded: bool) -> Met {
    if holder.integration.is_some() {
        Met::Not(Code::EmailOfAnotherSource)
    } else if holder.state.is_current() {
        if names::both_differ(fields, &holder.fields) { Met::Asked(Code::EmailTaken) } else { Met::Known }
    } else if is_excluded {
        Met::Not(Code::EmailOfFormerMember)
    } else if names::agree(fields, &holder.fields) && names::same_birth(fields, &holder.fields) {
        Met::Known
    } else {
        Met::Asked(Code::EmailOfFormerMember)
    }
}

/// What a line does. Cells that are there and empty clear what a member has; columns that are not there leave it
/// (R34). Somebody who seems to be known waits for an answer (R15, R18).
fn row(
    upload: &Upload,
    read: &Read<'_>,
    holder: Option<&Member>,
    asked: &[(Code, Like)],
    new: Uuid,
) -> EngineResult<UploadRow> {
    let Read { line, typed, fields, problems } = read;
    let json = |fields: &Fields| serde_json::to_string(fields).map_err(StoreError::row);
    let mut after = holder.map(|holder| holder.fields.clone()).unwrap_or_default();
    after.retain(|field, _| !typed.contains_key(field));
    after.extend(fields.clone());
    let before: Vec<(Field, Option<String>)> = match holder {
        Some(holder) => typed
            .keys()
            .map(|field| (field.clone(), holder.fields.get(field).cloned()))
            .filter(|(field, old)| after.get(field) != old.as_ref())
            .collect(),
        None => Vec::new(),
    };
    let is_bad = problems.iter().any(|problem| severity_of(problem.code) == Severity::Error);
    let kind = match holder {
        _ if is_bad => Kind::Reject.as_str(),
        None => Kind::Join.as_str(),
        Some(holder) if !holder.state.is_current() => Kind::Rejoin.as_str(),
        Some(holder) if holder.fields == after => UNCHANGED,
        Some(_) => Kind::Update.as_str(),
    };
    let acts = !is_bad && kind != UNCHANGED;
    let mut told: Vec<[String; 4]> = problems
        .iter()
        .map(|problem| {
            let text = |part: &Option<String>| part.clone().unwrap_or_default();
            [text(&problem.field), problem.code.as_str().to_owned(), text(&problem.value), String::new()]
        })
        .collect();
    if acts {
        told.extend(
            asked.iter().map(|(code, like)| {
                [place(*code).to_string(), code.as_str().to_owned(), String::new(), like.to_string()]
            }),
        );
    }
    let may_be_another = acts && asked.iter().any(|(code, _)| *code == Code::EmailOfFormerMember);
    let text = |name: Field| typed.get(&name).map(String::as_str).unwrap_or_default().trim().to_owned();
    let name = format!("{} {}", text(Field::FirstName), text(Field::LastName)).trim().to_owned();
    let state = match acts {
        true if asked.is_empty() => "planned",
        true => "asked",
        false => "done",
    };
    Ok(UploadRow {
        programme_id: upload.programme_id,
        upload_id: upload.id,
        line: *line,
        kind: kind.to_owned(),
        name: if name.is_empty() { text(Field::Email) } else { name },
        member_id: acts.then(|| holder.map_or(new, |holder| holder.id.0)),
        version: holder.map_or(0, |holder| holder.version),
        before: serde_json::to_string(&before).map_err(StoreError::row)?,
        after: json(if is_bad { fields } else { &after })?,
        problems: serde_json::to_string(&told).map_err(StoreError::row)?,
        state: state.to_owned(),
        as_new: may_be_another.then(|| json(fields)).transpose()?,
    })
}

/// The field that a question is about.
fn place(code: Code) -> Field {
    match code {
        Code::PossibleDuplicate | Code::PossibleRehire => Field::LastName,
        _ => Field::Email,
    }
}
