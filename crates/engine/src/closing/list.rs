//! The list of erasures: what a backup does not know yet of people who are gone (R61, R63), and of whole programmes.
//!
//! It lies outside the database, one line an event: numbers, dates and keyed hashes, nothing that tells who it was.
//! A line is on disk before the database is told, so that no crash leaves an erasure without its line; where nothing came of
//! it after all, another line says so.

use std::fmt::Write as _;
use std::{
    collections::{HashMap, HashSet},
    fs::{self, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use domain::ids::{MemberId, ProgrammeId};
use futures::TryStreamExt;
use serde::{Deserialize, Serialize};
use store::Trace;
use uuid::Uuid;

use crate::{Engine, EngineError, EngineResult};

/// The name of the file in its directory.
pub const LIST: &str = "erasures.log";

/// For how long an erasure that is listed may not have been done yet, in microseconds.
const UNDER_WAY: i64 = 10 * 60 * 1_000_000;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum What {
    /// An account is erased.
    Erased,
    /// An account is to be erased on request (R63).
    Asked,
    /// Nothing came of the line before about the same account.
    NotDone,
    /// Imports may look again at somebody who was erased, or was to be, on request.
    Allowed,
    /// A programme is deleted with everybody in it.
    ProgrammeDeleted,
}

/// What happened to a whole programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// It is deleted.
    Deleted,
    /// It was not deleted after all.
    NotDone,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Line {
    /// When, in microseconds of UTC.
    pub(super) at: i64,
    pub(super) what: What,
    pub(super) programme: Uuid,
    /// Whose account; of no matter where it is about a programme.
    pub(super) member: Uuid,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub(super) kept: Option<Kept>,
}

/// What stays of the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) id_hash: Option<String>,
    pub(super) email_hash: Option<String>,
    pub(super) reason: String,
    pub(super) joined_at: i64,
    pub(super) left_at: i64,
    pub(super) excluded: bool,
    /// The last day, where it is still to be erased.
    #[serde(default)]
    pub(super) erase_on: Option<String>,
    /// The key of the hashes, sealed, in hexadecimal digits.
    pub(super) key: Option<String>,
}

/// The file, and who writes to it.
#[derive(Debug)]
pub(crate) struct List {
    file: PathBuf,
    writing: std::sync::Mutex<()>,
}

impl List {
    /// The list in this directory, which is there.
    pub(crate) fn new(directory: &Path) -> Self {
        Self { file: directory.join(LIST), writing: std::sync::Mutex::default() }
    }

    /// Adds lines; they are on disk when this comes back.
    async fn add(self: &Arc<Self>, lines: Vec<Line>) -> EngineResult<()> {
        let list = self.clone();
        let written = tokio::task::spawn_blocking(move || list.write(&lines)).await;
        let written = written.map_err(io::Error::from).and_then(|written| written);
        written.map_err(|error| {
            EngineError::Broken(format!(
                "The list of erasures {} cannot be written ({error}), and without it nobody is erased: see that there is \
                 room, and that this user may write there",
                self.file.display()
            ))
        })
    }

    fn write(&self, lines: &[Line]) -> io::Result<()> {
        let Ok(_writing) = self.writing.lock() else { return Err(io::Error::other("another line was not written")) };
        let is_new = !self.file.exists();
        let mut file = OpenOptions::new().create(true).append(true).read(true).mode(0o600).open(&self.file)?;
        let mut text = Vec::new();
        // A line that broke off, when the machine went down, stays a line of its own.
        if file.seek(SeekFrom::End(0))? > 0 {
            file.seek(SeekFrom::End(-1))?;
            let mut last = [0];
            file.read_exact(&mut last)?;
            text.extend((last != *b"\n").then_some(b'\n'));
        }
        for line in lines {
            serde_json::to_writer(&mut text, line)?;
            text.push(b'\n');
        }
        file.write_all(&text)?;
        file.sync_all()?;
        if is_new && let Some(directory) = self.file.parent() {
            fs::File::open(directory)?.sync_all()?;
        }
        Ok(())
    }
}

/// All lines of a file in order, and how many of its lines could not be read.
pub(super) fn read(file: &Path) -> io::Result<(Vec<Line>, usize)> {
    let text = fs::read(file)?;
    let mut lines = Vec::new();
    let mut unreadable = 0;
    for line in text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        match serde_json::from_slice(line) {
            Ok(line) => lines.push(line),
            Err(_) => unreadable += 1,
        }
    }
    Ok((lines, unreadable))
}

/// What is left of the lines of one or several lists, the oldest first, once what was not done is taken out.
pub(super) fn done(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_by_key(|line| line.at);
    let mut before: HashMap<(Uuid, Uuid), usize> = HashMap::new();
    let mut out = HashSet::new();
    for (at, line) in lines.iter().enumerate() {
        let account = (line.programme, line.member);
        if line.what == What::NotDone {
            out.insert(at);
            out.extend(before.remove(&account));
        } else {
            before.insert(account, at);
        }
    }
    let left = lines.into_iter().enumerate().filter(|(at, _)| !out.contains(at));
    left.map(|(_, line)| line).collect()
}

impl Engine {
    /// Keeps a list of erasures in this directory, which is there.
    #[must_use]
    pub fn with_erasures(self, directory: &Path) -> Self {
        Self { erasures: Some(Arc::new(List::new(directory))), ..self }
    }

    /// Notes in the list what is about to be done with an account.
    pub(super) async fn list(&self, what: What, trace: &Trace, erase_on: Option<String>) -> EngineResult<()> {
        let Some(list) = &self.erasures else { return Ok(()) };
        let line = self.line(what, trace, erase_on).await?;
        list.add(vec![line]).await
    }

    /// Notes in the list what is about to be done with a programme.
    pub(crate) async fn list_end(&self, programme: ProgrammeId, end: End) -> EngineResult<()> {
        let Some(list) = &self.erasures else { return Ok(()) };
        let what = match end {
            End::Deleted => What::ProgrammeDeleted,
            End::NotDone => What::NotDone,
        };
        list.add(vec![of_programme(self.now(), what, programme.0)]).await
    }

    async fn line(&self, what: What, trace: &Trace, erase_on: Option<String>) -> EngineResult<Line> {
        let mut line =
            Line { at: self.now(), what, programme: trace.programme_id, member: trace.member_id, kept: None };
        if matches!(what, What::Erased | What::Asked) {
            let sealed = self.store.known_trace_key(ProgrammeId(trace.programme_id)).await?;
            line.kept = Some(Kept {
                id_hash: trace.id_hash.clone(),
                email_hash: trace.email_hash.clone(),
                reason: trace.reason.clone(),
                joined_at: trace.joined_at,
                left_at: trace.left_at,
                excluded: trace.excluded,
                erase_on,
                key: sealed.map(|sealed| digits(&sealed)),
            });
        }
        Ok(line)
    }

    /// Brings the list in step with the database, which other nodes have worked on too: whoever is erased, or is to be,
    /// stands in it; and whoever was not erased after all, since the machine went down at that moment, does not. Makes
    /// the list where there is none. Tells how many lines were added.
    pub async fn bring_list_up_to_date(&self) -> EngineResult<usize> {
        let Some(list) = &self.erasures else { return Ok(0) };
        let known = if list.file.exists() {
            let (lines, _) = read(&list.file).map_err(|error| {
                EngineError::Broken(format!("The list of erasures {} cannot be read: {error}", list.file.display()))
            })?;
            done(lines)
        } else {
            Vec::new()
        };
        let mut listed: HashMap<(Uuid, Uuid), Line> = HashMap::new();
        for line in known {
            let account = (line.programme, line.member);
            // Whoever is erased stays so, whatever imports may do with their record.
            if listed.get(&account).is_none_or(|before| before.what != What::Erased) {
                listed.insert(account, line);
            }
        }
        let mut wanted = Vec::new();
        {
            let mut traces = std::pin::pin!(self.store.all_traces().await?);
            while let Some((trace, erase_on)) = traces.try_next().await? {
                let account = (trace.programme_id, trace.member_id);
                let what = if trace.closed_at.is_some() { What::Erased } else { What::Asked };
                let known = listed.get(&account).map(|line| line.what);
                if known == Some(what) {
                    listed.remove(&account);
                } else if what == What::Erased || (trace.excluded && known != Some(What::Erased)) {
                    listed.remove(&account);
                    wanted.push((what, trace, erase_on));
                }
            }
        }
        let mut lines = Vec::new();
        for (what, trace, erase_on) in wanted {
            lines.push(self.line(what, &trace, erase_on).await?);
        }
        for deleted in self.store.deleted_programmes().await? {
            if listed.remove(&(deleted.id, Uuid::nil())).is_none() {
                lines.push(of_programme(deleted.deleted_at, What::ProgrammeDeleted, deleted.id));
            }
        }
        // What is left of the list is not so in the database; unless it is being done at this very moment.
        let (now, long_ago) = (self.now(), self.now() - UNDER_WAY);
        for line in listed.into_values().filter(|line| line.at < long_ago) {
            let programme = ProgrammeId(line.programme);
            let is_still_there = match line.what {
                // An account that is not there at all is gone with its programme.
                What::Erased => self.store.member(programme, MemberId(line.member)).await?.is_some(),
                What::ProgrammeDeleted => self.store.programme_by_number(programme).await?.is_some(),
                _ => false,
            };
            if is_still_there {
                tracing::info!(
                    programme = %line.programme,
                    member = %line.member,
                    "what was to be erased is not, and the list says so now"
                );
                lines.push(Line { at: now, what: What::NotDone, kept: None, ..line });
            }
        }
        let added = lines.len();
        list.add(lines).await?;
        Ok(added)
    }
}

/// A line about a whole programme: of no account.
fn of_programme(at: i64, what: What, programme: Uuid) -> Line {
    Line { at, what, programme, member: Uuid::nil(), kept: None }
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// The bytes behind hexadecimal digits; none where they are no such digits.
pub(super) fn bytes(digits: &str) -> Option<Vec<u8>> {
    let pairs = (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok());
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(at: i64, what: What, member: u128) -> Line {
        Line { at, what, programme: Uuid::nil(), member: Uuid::from_u128(member), kept: None }
    }

    #[test]
    fn what_was_not_done_takes_one_line_back() {
        let lines = [
            line(1, What::Asked, 1),
            line(4, What::NotDone, 1),
            line(2, What::Erased, 2),
            line(3, What::Erased, 1),
            line(5, What::NotDone, 3),
        ];
        assert_eq!(done(lines.to_vec()), [line(1, What::Asked, 1), line(2, What::Erased, 2)]);
    }

    /// A crash in the middle of a line costs that line, and no other.
    #[tokio::test]
    async fn a_line_that_broke_off_spoils_no_other() {
        let place = tempfile::tempdir().expect("a place");
        let list = Arc::new(List::new(place.path()));
        list.add(vec![line(1, What::Erased, 1)]).await.expect("written");
        let mut text = fs::read(&list.file).expect("there");
        text.extend_from_slice(b"{\"at\":2,\"wha");
        fs::write(&list.file, text).expect("written");
        list.add(vec![line(3, What::Erased, 3)]).await.expect("written");
        let (lines, unreadable) = read(&list.file).expect("readable");
        assert_eq!((lines, unreadable), (vec![line(1, What::Erased, 1), line(3, What::Erased, 3)], 1));
    }

    #[test]
    fn digits_are_bytes() {
        assert_eq!(bytes(&digits(&[0, 9, 255])), Some(vec![0, 9, 255]));
        assert_eq!(bytes("0"), None);
        assert_eq!(bytes("xx"), None);
    }
}
