//! Lines of an upload that ask: is this somebody who is known? (R15, R18).

use std::fmt;

use domain::{ids::MemberId, plan::Kind, problem::Code};
use serde_json::json;
use store::{Programme, UploadRow, uploads::Lines};
use uuid::Uuid;

use super::problems_of;
use crate::{Actor, Deed, Engine, EngineResult};

/// Whom a problem of a line is about, besides the line's own person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Like {
    /// A member.
    Member(MemberId),
    /// The person of another line of the file.
    Line(i32),
}

impl fmt::Display for Like {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member(member) => member.fmt(f),
            Self::Line(line) => line.fmt(f),
        }
    }
}

impl Like {
    /// What was written down of it.
    pub(super) fn read(text: &str) -> Option<Self> {
        let line = || text.parse().ok().map(Self::Line);
        Uuid::try_parse(text).ok().map(|id| Self::Member(MemberId(id))).or_else(line)
    }
}

/// An administrator's answer about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineAnswer {
    /// The member with this address: they are brought back, or changed.
    Same,
    /// Somebody else: a new account is made.
    Another,
    /// Nobody has said: the line is left out.
    Open,
}

impl LineAnswer {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Another => "another",
            Self::Open => "open",
        }
    }
}

/// The answers that a line can have, the one that holds first; none where it asks nothing. An address that a current
/// member has is nobody else's (R18), and whoever has another address than the member like them is nobody's account.
pub fn answers_of(row: &UploadRow) -> Vec<LineAnswer> {
    use LineAnswer::{Another, Open, Same};
    if !matches!(row.state.as_str(), "asked" | "planned") {
        return Vec::new();
    }
    let asks = |code| problems_of(row).iter().any(|problem| problem.code == code);
    let can_be = if asks(Code::EmailOfFormerMember) {
        vec![Open, Same, Another]
    } else if asks(Code::EmailTaken) {
        vec![Open, Same]
    } else if asks(Code::PossibleDuplicate) || asks(Code::PossibleRehire) {
        vec![Open, Another]
    } else {
        return Vec::new();
    };
    let holds = match row.kind.as_str() {
        _ if row.state == "asked" => Open,
        "join" => Another,
        _ => Same,
    };
    std::iter::once(holds).chain(can_be.into_iter().filter(|answer| *answer != holds)).collect()
}

impl Engine {
    /// Keeps the answer about a line until the upload is applied, or takes it back. Nothing changes where the line
    /// asks no such question, or the upload is no longer looked at.
    pub async fn answer_upload_line(
        &self,
        programme: &Programme,
        id: Uuid,
        line: i32,
        answer: LineAnswer,
        by: &Actor,
    ) -> EngineResult<()> {
        let upload = self.upload(programme, id).await?;
        let found = self.store.upload_rows(&upload, Lines::All, line.saturating_sub(1), 1).await?;
        let Some(row) = found.into_iter().find(|row| row.line == line) else { return Ok(()) };
        if !answers_of(&row).contains(&answer) {
            return Ok(());
        }
        // With an answer that another account is made, the line is a join; else it is what it was planned as.
        let kind = match answer {
            LineAnswer::Another => Kind::Join.as_str(),
            _ if row.as_new.is_some() => Kind::Rejoin.as_str(),
            _ => row.kind.as_str(),
        };
        let state = if answer == LineAnswer::Open { "asked" } else { "planned" };
        if self.store.answer_upload_line(&upload, line, kind, state).await? {
            let (subject, after) = (id.to_string(), Some(json!({ "line": line, "answer": answer.as_str() })));
            let deed = Deed { action: "upload.answered", subject: &subject, before: None::<()>, after };
            self.note(programme.number(), by, deed).await?;
        }
        Ok(())
    }
}
