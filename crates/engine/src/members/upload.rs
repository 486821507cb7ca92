//! Members from a file: read, checked and planned as a whole, looked at, and then applied (R16, R30). Nobody
//! leaves by a file.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    email,
    field::{Field, Fields},
    ids::MemberId,
    member::Member,
    names,
    plan::Kind,
    problem::{Code, Problem},
};
use serde_json::json;
use store::{Programme, StoreError, Upload, UploadRow, uploads::UploadCount};
use uuid::Uuid;

use super::values::{MemberEntries, check};
use crate::{
    Actor, Deed, Engine, EngineError, EngineResult,
    administrators::{FieldError, Flaw},
};

/// The most lines of a file.
const MOST_LINES: usize = 10_000;

/// How many lines are read from the plan at once while it is applied.
const AT_ONCE: u64 = 500;

/// The state of a line that nothing is to be done for.
const UNCHANGED: &str = "unchanged";

/// A file of members as it came.
#[derive(Debug, Clone, Copy)]
pub struct UploadFile<'a> {
    /// Its text: a heading, and a line for each person; commas, semicolons or tabs between the cells.
    pub text: &'a str,
    /// The field that each heading stands for, by the heading in small letters.
    pub columns: &'a HashMap<String, Field>,
    /// Whether whoever is added is to be invited.
    pub invite: bool,
}

/// What is wrong with one value of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineProblem {
    /// The field's name.
    pub field: String,
    /// What is wrong.
    pub code: Code,
    /// The value.
    pub value: String,
}

impl Engine {
    /// Reads a file and plans what it would do; nothing is done yet. Tells the number of the upload. What is
    /// wrong with the file as a whole comes back as [`EngineError::Entries`]; what is wrong with a line stands
    /// in the plan.
    pub async fn stage_upload(&self, programme: &Programme, file: UploadFile<'_>, by: &Actor) -> EngineResult<Uuid> {
        let lines = lines(file).map_err(|flaw| EngineError::Entries(vec![FieldError { field: "rows", flaw }]))?;
        let kinds: BTreeMap<_, _> = self.member_fields(programme).await?.into_iter().collect();
        let today = self.today(programme);
        let checked: Vec<(i32, MemberEntries, Fields, Vec<Problem>)> = lines
            .into_iter()
            .map(|(line, typed)| {
                let (fields, problems) = check(&typed, &kinds, true, today);
                (line, typed, fields, problems)
            })
            .collect();
        let key = |fields: &Fields| fields.get(&Field::Email).map(|address| email::key(address));
        let keys: Vec<String> = checked.iter().filter_map(|(_, _, fields, _)| key(fields)).collect();
        let mut often: HashMap<&str, usize> = HashMap::new();
        for key in &keys {
            *often.entry(key.as_str()).or_default() += 1;
        }
        let all: Vec<&str> = keys.iter().map(String::as_str).collect();
        let holders = self.store.members_by_email(programme.number(), &all).await?;
        let upload = Upload {
            programme_id: programme.id,
            id: self.new_id(),
            invite: file.invite,
            uploaded_by: by.name.clone(),
            uploaded_at: self.now(),
            applied_at: None,
        };
        let mut rows = Vec::with_capacity(checked.len());
        for (line, typed, fields, mut problems) in checked {
            let address = key(&fields);
            let twice = address.as_deref().is_some_and(|key| often.get(key).is_some_and(|times| *times > 1));
            if twice {
                problems.push(Problem::new(Code::EmailDuplicate).at(Field::Email.to_string()));
            }
            let holder = address.as_ref().and_then(|key| holders.get(key));
            problems.extend(holder.and_then(|holder| objection(holder, &fields)));
            rows.push(row(&upload, (line, &typed), holder, &fields, &problems, self.new_id())?);
        }
        self.store.add_upload(&upload, &rows).await?;
        let after = json!({ "lines": rows.len() });
        let subject = upload.id.to_string();
        let deed = Deed { action: "upload.staged", subject: &subject, before: None::<()>, after: Some(after) };
        self.note(programme.number(), by, deed).await?;
        Ok(upload.id)
    }

    /// The programme's upload with this number.
    pub async fn upload(&self, programme: &Programme, id: Uuid) -> EngineResult<Upload> {
        let found = self.store.upload(programme.number(), id).await?;
        found.ok_or_else(|| EngineError::NotFound {
            what: format!("There is no upload {id}."),
            remedy: "Hand the file in again.".to_owned(),
        })
    }

    /// The newest uploads.
    pub async fn uploads(&self, programme: &Programme, most: u64) -> EngineResult<Vec<Upload>> {
        Ok(self.store.uploads(programme.number(), most).await?)
    }

    /// How many lines an upload has of each kind and state.
    pub async fn upload_counts(&self, upload: &Upload) -> EngineResult<Vec<UploadCount>> {
        Ok(self.store.upload_counts(upload).await?)
    }

    /// Lines of an upload's plan, of all kinds or of one; `after` is the last line seen.
    pub async fn upload_rows(
        &self,
        upload: &Upload,
        kind: Option<&str>,
        after: i32,
        most: u64,
    ) -> EngineResult<Vec<UploadRow>> {
        Ok(self.store.upload_rows(upload, kind, after, most).await?)
    }

    /// Applies an upload's plan, and nothing else. A member who has changed since is passed over (R30); one
    /// whose address somebody has taken meanwhile, too. What was interrupted goes on where it stood.
    pub async fn apply_upload(&self, programme: &Programme, id: Uuid, by: &Actor) -> EngineResult<()> {
        let upload = self.upload(programme, id).await?;
        let mut after = 0;
        loop {
            let rows = self.store.upload_rows(&upload, None, after, AT_ONCE).await?;
            let Some(last) = rows.last() else { break };
            after = last.line;
            for row in rows.iter().filter(|row| row.state == "planned") {
                self.apply_row(programme, &upload, row, by).await?;
            }
        }
        self.store.finish_upload(&upload, self.now()).await?;
        let subject = upload.id.to_string();
        let counts: BTreeMap<String, i64> = self
            .store
            .upload_counts(&upload)
            .await?
            .into_iter()
            .filter(|count| count.state == "done")
            .map(|count| (count.kind, count.number))
            .collect();
        let deed = Deed { action: "upload.applied", subject: &subject, before: None::<()>, after: Some(counts) };
        self.note(programme.number(), by, deed).await
    }

    async fn apply_row(&self, programme: &Programme, upload: &Upload, row: &UploadRow, by: &Actor) -> EngineResult<()> {
        let Some(member) = row.member_id.map(MemberId) else { return Ok(()) };
        let is_new = row.kind == Kind::Join.as_str();
        let fields = row.values()?;
        let mail =
            if is_new && upload.invite { Some(self.first_mail(programme, member, &fields).await?) } else { None };
        match self.store.apply_upload_row(row, mail.as_ref(), self.now()).await {
            Ok(true) => {}
            Ok(false) => return Ok(self.store.skip_upload_row(row).await?),
            Err(error) => {
                let key = fields.get(&Field::Email).map(|address| email::key(address)).unwrap_or_default();
                let held = self.store.members_by_email(programme.number(), &[&key]).await?;
                // Somebody has taken the address meanwhile; anything else is the database's trouble.
                if held.get(&key).is_some_and(|holder| holder.id != member) {
                    return Ok(self.store.skip_upload_row(row).await?);
                }
                return Err(error.into());
            }
        }
        let action = if is_new { "member.added" } else { "member.edited" };
        let changed = changed(row)?;
        let old: Fields = changed.iter().filter_map(|(field, old)| Some((field.clone(), old.clone()?))).collect();
        let now: Fields = if is_new {
            fields
        } else {
            changed.iter().filter_map(|(field, _)| Some((field.clone(), fields.get(field)?.clone()))).collect()
        };
        let subject = member.to_string();
        let deed = Deed { action, subject: &subject, before: Some(old).filter(|_| !is_new), after: Some(now) };
        self.note(programme.number(), by, deed).await
    }
}

/// The values that a line changes, as they were.
pub fn changed(row: &UploadRow) -> EngineResult<Vec<(Field, Option<String>)>> {
    Ok(serde_json::from_str(&row.before).map_err(StoreError::row)?)
}

/// The lines of a file, each with its number and what stands in its cells.
fn lines(file: UploadFile<'_>) -> Result<Vec<(i32, MemberEntries)>, Flaw> {
    let text = file.text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(Flaw::Missing);
    }
    if text.contains('\u{fffd}') {
        return Err(Flaw::NotUtf8);
    }
    let heading = text.lines().next().unwrap_or_default();
    let often = |mark: char| heading.matches(mark).count();
    let mark = [';', '\t', ','].into_iter().max_by_key(|mark| often(*mark)).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(mark).unwrap_or(b','))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|_| Flaw::NotATable)?.clone();
    let columns: Vec<Option<Field>> =
        headings.iter().map(|name| file.columns.get(&name.to_lowercase()).cloned()).collect();
    if !columns.contains(&Some(Field::Email)) {
        return Err(Flaw::NoEmailColumn);
    }
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| Flaw::NotATable)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = record.iter().zip(&columns);
        let typed: MemberEntries =
            cells.filter_map(|(cell, field)| Some((field.clone()?, undone(cell).to_owned()))).collect();
        if typed.values().all(String::is_empty) {
            continue;
        }
        if lines.len() == MOST_LINES {
            return Err(Flaw::TooManyLines);
        }
        lines.push((i32::try_from(line).unwrap_or(i32::MAX), typed));
    }
    if lines.is_empty() { Err(Flaw::Missing) } else { Ok(lines) }
}

/// What our own files put before a cell that a spreadsheet would take for a formula is taken away again.
fn undone(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}

/// Why a line cannot be about this member, who has its address.
fn objection(holder: &Member, fields: &Fields) -> Option<Problem> {
    let code = if holder.integration.is_some() {
        Code::EmailOfAnotherSource
    } else if !holder.state.is_current() {
        Code::EmailOfFormerMember
    } else if names::both_differ(fields, &holder.fields) {
        Code::EmailTaken
    } else {
        return None;
    };
    Some(Problem::new(code).at(Field::Email.to_string()))
}

/// What a line does. Cells that are there and empty clear what a member has; columns that are not there leave it
/// (R34).
fn row(
    upload: &Upload,
    (line, typed): (i32, &MemberEntries),
    holder: Option<&Member>,
    fields: &Fields,
    problems: &[Problem],
    new: Uuid,
) -> EngineResult<UploadRow> {
    let mut after = holder.map(|holder| holder.fields.clone()).unwrap_or_default();
    after.retain(|field, _| !typed.contains_key(field));
    after.extend(fields.clone());
    let known = holder.map(|holder| holder.fields.clone()).unwrap_or_default();
    let all: BTreeSet<&Field> = known.keys().chain(after.keys()).collect();
    let differ = all.into_iter().filter(|field| known.get(field) != after.get(field));
    let before: Vec<(Field, Option<String>)> =
        differ.filter(|_| holder.is_some()).map(|field| (field.clone(), known.get(field).cloned())).collect();
    let is_bad = !problems.is_empty();
    let kind = match holder {
        _ if is_bad => Kind::Reject.as_str(),
        None => Kind::Join.as_str(),
        Some(holder) if holder.fields == after => UNCHANGED,
        Some(_) => Kind::Update.as_str(),
    };
    let acts = !is_bad && kind != UNCHANGED;
    let told: Vec<(&str, &str, &str)> = problems
        .iter()
        .map(|problem| {
            let field = problem.field.as_deref().unwrap_or_default();
            (field, problem.code.as_str(), problem.value.as_deref().unwrap_or_default())
        })
        .collect();
    let text = |name: Field| typed.get(&name).map(String::as_str).unwrap_or_default().trim().to_owned();
    let name = format!("{} {}", text(Field::FirstName), text(Field::LastName)).trim().to_owned();
    let shown = if is_bad { fields } else { &after };
    Ok(UploadRow {
        programme_id: upload.programme_id,
        upload_id: upload.id,
        line,
        kind: kind.to_owned(),
        name: if name.is_empty() { text(Field::Email) } else { name },
        member_id: acts.then(|| holder.map_or(new, |holder| holder.id.0)),
        version: holder.map_or(0, |holder| holder.version),
        before: serde_json::to_string(&before).map_err(StoreError::row)?,
        after: serde_json::to_string(shown).map_err(StoreError::row)?,
        problems: serde_json::to_string(&told).map_err(StoreError::row)?,
        state: if acts { "planned" } else { "done" }.to_owned(),
    })
}

/// What is wrong with a line.
pub fn problems_of(row: &UploadRow) -> Vec<LineProblem> {
    let told: Vec<(String, String, String)> = serde_json::from_str(&row.problems).unwrap_or_default();
    let problem =
        |(field, code, value): (String, String, String)| Some(LineProblem { field, code: code.parse().ok()?, value });
    told.into_iter().filter_map(problem).collect()
}
