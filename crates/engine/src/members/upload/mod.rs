//! Members from a file: handed in, planned as a whole in the background, looked at, and then applied (R16, R30).
//! Nobody leaves by a file.

mod apply;
mod ask;
mod file;
mod plan;

use std::collections::HashMap;

pub use ask::{Like, LineAnswer, answers_of};
use domain::{
    field::{Field, Fields},
    guard::{self, Facts, Guard, Thresholds},
    ids::ImportId,
    plan::{Counts, Kind},
    problem::{Code, Severity},
};
use futures::{Stream, StreamExt, TryStreamExt, stream};
use serde_json::json;
use store::{
    Programme, StoreError, Upload, UploadRow,
    uploads::{Lines, UploadCount, UploadFilter, UploadText},
};
use uuid::Uuid;

use crate::{
    Actor, Deed, Engine, EngineError, EngineResult, Refusal, SettingError,
    administrators::FieldError,
    problem_texts::{ProblemTexts, told_line},
    spreadsheet,
};
#[cfg(feature = "fuzz")]
use crate::{MemberEntries, administrators::Flaw};

/// The state of a line that nothing is to be done for.
const UNCHANGED: &str = "unchanged";

/// The kind of the lease of whoever plans and applies a programme's uploads.
const WORK: &str = "uploads";

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
    /// Whom else it is about.
    pub other: Option<Like>,
}

/// What stands in the lines of a file, without keeping it.
#[cfg(feature = "fuzz")]
pub(crate) fn lines_of(file: UploadFile<'_>) -> Result<Vec<(i32, MemberEntries)>, Flaw> {
    file::lines(file.text, &file::headings(file)?)
}

impl Engine {
    /// Takes a file in, to be planned in the background; nothing is done yet. Tells the number of the upload. What is
    /// wrong with the file as a whole comes back as [`EngineError::Entries`]; what is wrong with a line stands in the
    /// plan.
    pub async fn stage_upload(&self, programme: &Programme, file: UploadFile<'_>, by: &Actor) -> EngineResult<Uuid> {
        let flawed = |flaw| EngineError::Entries(vec![FieldError { field: "rows", flaw }]);
        let headings = file::headings(file).map_err(flawed)?;
        let lines = file::lines(file.text, &headings).map_err(flawed)?.len();
        let upload = Upload {
            programme_id: programme.id,
            id: self.new_id(),
            invite: file.invite,
            uploaded_by: by.name.clone(),
            uploaded_at: self.now(),
            applied_at: None,
            state: "received".to_owned(),
            counts: "{}".to_owned(),
            members_before: 0,
            members_after: 0,
            progress_done: 0,
            progress_total: i64::try_from(lines).unwrap_or(i64::MAX),
            applied_by: None,
            applied_kind: None,
        };
        let text = UploadText {
            headings: serde_json::to_string(&headings).map_err(StoreError::row)?,
            content: file.text.to_owned(),
        };
        self.store.add_upload(&upload, &text).await?;
        let subject = upload.id.to_string();
        let after = Some(json!({ "lines": lines }));
        let deed = Deed { action: "upload.staged", subject: &subject, before: None::<()>, after };
        self.note(programme.number(), by, deed).await?;
        Ok(upload.id)
    }

    /// Plans and applies what waits in every programme; tells of how many uploads something was done. A programme
    /// whose uploads cannot be worked on keeps no other waiting: its error comes back after all have had their turn.
    pub async fn work_on_uploads(&self) -> EngineResult<u64> {
        if self.is_held().await? {
            return Ok(0);
        }
        let mut worked = 0;
        let mut failed = Ok(());
        for programme in self.store.programmes_with_uploads().await? {
            match self.work_on_uploads_of(&programme).await {
                Ok(number) => worked += number,
                Err(error) => failed = failed.and(Err(error)),
            }
        }
        failed.map(|()| worked)
    }

    async fn work_on_uploads_of(&self, programme: &Programme) -> EngineResult<u64> {
        if self.store.open_uploads(programme.number()).await?.is_empty() {
            return Ok(0);
        }
        let lease = self.store.claim_work(programme.number(), WORK, self.new_id()).await?;
        let Some(lease) = lease else { return Ok(0) };
        let work = async {
            let mut worked = 0;
            // What others have done meanwhile is read again, now that nobody else works.
            for upload in self.store.open_uploads(programme.number()).await? {
                match upload.state.as_str() {
                    "received" => self.plan_upload(programme, &lease, &upload).await?,
                    _ => self.carry_out_upload(programme, &lease, &upload).await?,
                }
                worked += 1;
            }
            Ok(worked)
        };
        self.while_leased(&lease, work).await
    }

    /// The programme's upload with this number.
    pub async fn upload(&self, programme: &Programme, id: Uuid) -> EngineResult<Upload> {
        let found = self.store.upload(programme.number(), id).await?;
        found.ok_or_else(|| EngineError::NotFound {
            what: format!("There is no upload {id}."),
            remedy: "Hand the file in again.".to_owned(),
        })
    }

    /// Uploads, the newest first; `before` is the number of the last import or upload seen.
    pub async fn uploads(
        &self,
        programme: &Programme,
        wanted: &UploadFilter,
        before: Option<ImportId>,
        most: u64,
    ) -> EngineResult<Vec<Upload>> {
        Ok(self.store.uploads(programme.number(), wanted, before, most).await?)
    }

    /// How many lines an upload has of each kind and state.
    pub async fn upload_counts(&self, upload: &Upload) -> EngineResult<Vec<UploadCount>> {
        Ok(self.store.upload_counts(upload).await?)
    }

    /// Lines of an upload's plan; `after` is the last line seen.
    pub async fn upload_rows(
        &self,
        upload: &Upload,
        lines: Lines<'_>,
        after: i32,
        most: u64,
    ) -> EngineResult<Vec<UploadRow>> {
        Ok(self.store.upload_rows(upload, lines, after, most).await?)
    }

    /// The number of joiners that has to be typed before this upload is applied: more than the guard lets through
    /// (R44), by the first integration's thresholds or the usual ones. A welcome mail cannot be recalled.
    pub async fn upload_asks_for_joiners(&self, programme: &Programme, upload: &Upload) -> EngineResult<Option<u64>> {
        let join = number_of(&self.upload_counts(upload).await?, Kind::Join.as_str(), "planned");
        let members = self.current_members(programme).await?;
        let limits = self.joiner_limits(programme).await?;
        let counts = Counts { join, read: members, ..Counts::default() };
        let facts = Facts { counts, members, last_read: (members > 0).then_some(members), ..Facts::default() };
        Ok(guard::look(&facts, &limits).contains(&Guard::R44).then_some(join))
    }

    async fn joiner_limits(&self, programme: &Programme) -> EngineResult<Thresholds> {
        let integrations = self.store.integrations(programme.number()).await?;
        Ok(integrations
            .iter()
            .find_map(|integration| integration.rules().ok())
            .map(|rules| rules.guard)
            .unwrap_or_default())
    }

    async fn current_members(&self, programme: &Programme) -> EngineResult<u64> {
        let states = self.store.members_by_state(programme.number(), None).await?;
        Ok(states.iter().filter(|(state, _)| state.is_current()).map(|(_, number)| number).sum())
    }

    /// Lets an upload be applied in the background, and nothing but its plan (R30). `typed` is the number of joiners,
    /// where it has to be typed ([`Engine::upload_asks_for_joiners`]). One that is being applied, or was, stays as it
    /// is.
    pub async fn apply_upload(
        &self,
        programme: &Programme,
        id: Uuid,
        typed: Option<u64>,
        by: &Actor,
    ) -> EngineResult<()> {
        let upload = self.upload(programme, id).await?;
        match upload.state.as_str() {
            "received" => return Err(Refusal::UploadNotPlanned {}.into()),
            "planned" => {}
            "discarded" => return Err(Refusal::UploadDiscarded {}.into()),
            _ => return Ok(()),
        }
        let asked = self.upload_asks_for_joiners(programme, &upload).await?;
        if asked.is_some() && typed != asked {
            return Err(EngineError::Settings(vec![SettingError { field: "joiners", code: "joiners-not-typed" }]));
        }
        let planned = self.upload_counts(&upload).await?;
        let number = |kind: Kind| number_of(&planned, kind.as_str(), "planned");
        if !self.store.begin_upload(&upload, (by.kind.as_str(), &by.name)).await? {
            return Ok(());
        }
        let [join, update, rejoin] = [Kind::Join, Kind::Update, Kind::Rejoin].map(number);
        let (subject, after) = (id.to_string(), json!({ "join": join, "update": update, "rejoin": rejoin }));
        let deed = Deed { action: "upload.applied", subject: &subject, before: None::<()>, after: Some(after) };
        self.note(programme.number(), by, deed).await?;
        Ok(())
    }

    /// Puts an upload aside that was not applied; what it holds of people goes.
    pub async fn discard_upload(&self, programme: &Programme, id: Uuid, by: &Actor) -> EngineResult<()> {
        let upload = self.upload(programme, id).await?;
        if !self.store.discard_upload(&upload).await? {
            return Err(Refusal::UploadNotPlanned {}.into());
        }
        let subject = id.to_string();
        self.note(programme.number(), by, Deed::new("upload.discarded", &subject)).await
    }

    /// The problems of an upload as a file for spreadsheets (R53), a line at a time, in the words of its reader.
    pub fn upload_problems_file<T: ProblemTexts>(
        &self,
        upload: &Upload,
        severity: Severity,
        texts: T,
    ) -> impl Stream<Item = EngineResult<String>> + use<'_, T> {
        const AT_ONCE: u64 = 500;
        let upload = upload.clone();
        let heading = spreadsheet::line(texts.columns());
        let pages = stream::try_unfold(0, move |after| {
            let upload = upload.clone();
            async move {
                let rows = self.store.upload_rows(&upload, Lines::WithProblems, after, AT_ONCE).await?;
                let next = rows.last().map(|last| last.line);
                Ok::<_, EngineError>(next.map(|next| (rows, next)))
            }
        });
        let lines = pages.map_ok(move |rows| {
            let of_row = |row: &UploadRow| {
                let problems = problems_of(row).into_iter().filter(|problem| severity_of(problem.code) == severity);
                problems.map(|problem| told_line(row, &problem, severity, &texts)).collect::<Vec<_>>()
            };
            stream::iter(rows.iter().flat_map(of_row).map(Ok).collect::<Vec<_>>())
        });
        stream::iter([Ok(heading)]).chain(lines.try_flatten())
    }
}

/// How grave a problem of a line is: what keeps a line out is an error.
fn severity_of(code: Code) -> Severity {
    if code == Code::PreviouslyClosed { Severity::Warning } else { Severity::Error }
}

/// How many lines are of this kind and in this state.
fn number_of(counts: &[UploadCount], kind: &str, state: &str) -> u64 {
    let these = counts.iter().filter(|count| count.kind == kind && count.state == state);
    these.map(|count| u64::try_from(count.number).unwrap_or_default()).sum()
}

/// The values that a line changes, as they were.
pub fn changed(row: &UploadRow) -> EngineResult<Vec<(Field, Option<String>)>> {
    Ok(serde_json::from_str(&row.before).map_err(StoreError::row)?)
}

/// What is wrong with a line, or has to be known of it.
pub fn problems_of(row: &UploadRow) -> Vec<LineProblem> {
    let told: Vec<Vec<String>> = serde_json::from_str(&row.problems).unwrap_or_default();
    let problem = |told: Vec<String>| {
        let mut told = told.into_iter();
        let (field, code, value) = (told.next()?, told.next()?.parse().ok()?, told.next()?);
        Some(LineProblem { field, code, value, other: told.next().as_deref().and_then(Like::read) })
    };
    told.into_iter().filter_map(problem).collect()
}

/// What changed of a member's values: before and after.
fn differences(row: &UploadRow) -> EngineResult<(Fields, Fields)> {
    let (changed, values) = (changed(row)?, row.values()?);
    let old = changed.iter().filter_map(|(field, old)| Some((field.clone(), old.clone()?))).collect();
    let now = changed.iter().filter_map(|(field, _)| Some((field.clone(), values.get(field)?.clone()))).collect();
    Ok((old, now))
}
