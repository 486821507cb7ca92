//! What can be done about one member: each is asked first, with what it does and what the next import does
//! about it.

use askama::Template;
use axum::{Form, extract::Path};
use domain::{
    member::{Member, State},
    problem::Code,
};
use engine::{Act, EngineError, EngineResult, LOCK_DAYS, Next};
use jiff::{ToSpan, civil::Date};
use serde::Deserialize;
use store::members::Listed;

use super::{called, found};
use crate::{
    access::Manager,
    failure::Failure,
    form::{Input, Summary, Wrongs, again},
    page::{Page, Shell, draw, go_on},
    tell::Labels,
    words::Words,
};

/// Something that can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doing {
    Invite,
    Reopen,
    LockIn,
    Unlock,
    LetGo,
    Leave,
    Exclude,
    Lift,
}

impl Doing {
    const ALL: [Self; 8] =
        [Self::Invite, Self::Reopen, Self::LockIn, Self::Unlock, Self::LetGo, Self::Leave, Self::Exclude, Self::Lift];

    /// Its name in addresses, and in the catalogue.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::Reopen => "reopen",
            Self::LockIn => "lock-in",
            Self::Unlock => "unlock",
            Self::LetGo => "let-go",
            Self::Leave => "leave",
            Self::Exclude => "exclude",
            Self::Lift => "lift",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|doing| doing.as_str() == name)
    }

    /// Whether it takes something away from the member.
    pub(super) fn is_grave(self) -> bool {
        matches!(self, Self::Leave | Self::Exclude)
    }

    fn asks_reason(self) -> bool {
        matches!(self, Self::Leave | Self::Exclude | Self::LockIn)
    }
}

/// What can be done about a member as they stand.
pub(super) fn possible(member: &Member, is_excluded: bool, today: Date) -> Vec<Doing> {
    let is_current = member.state.is_current();
    let can = |doing: &Doing| match doing {
        Doing::Invite => matches!(member.state, State::NotInvited | State::Invited),
        Doing::Reopen => member.state == State::Leaver && !is_excluded,
        Doing::LockIn => is_current && !member.is_locked(today),
        Doing::Unlock => is_current && member.is_locked(today),
        Doing::LetGo => is_current && member.kept_by_hand.is_some(),
        Doing::Leave => is_current,
        Doing::Exclude => member.state != State::Closed && !is_excluded,
        Doing::Lift => is_excluded,
    };
    Doing::ALL.into_iter().filter(can).collect()
}

#[derive(Template)]
#[template(path = "pages/members/act.html")]
struct Asking {
    shell: Shell,
    at: String,
    member: String,
    doing: &'static str,
    is_grave: bool,
    version: i64,
    /// What it does.
    will: Vec<String>,
    /// What the next import does about it.
    next: String,
    /// Whether that undoes it.
    is_reversed: bool,
    summary: Summary,
    reason: Option<Input>,
    until: Option<Input>,
}

/// What was entered.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Entered {
    version: i64,
    reason: String,
    until: String,
}

/// The member and what is asked; `None` where that cannot be done about them.
async fn asked(manager: &Manager, id: &str, doing: &str) -> Result<(Listed, Option<Doing>), Failure> {
    let doing = Doing::named(doing).ok_or_else(Failure::not_found)?;
    let listed = found(manager, id).await?;
    let is_excluded = manager.web.engine.exclusion_of(&manager.programme, listed.member.id).await?.is_some();
    let possible = possible(&listed.member, is_excluded, manager.clock.today());
    Ok((listed, Some(doing).filter(|doing| possible.contains(doing))))
}

/// `GET /manage/{programme}/members/{member}/{act}`
pub(super) async fn ask(manager: Manager, Path((_, id, doing)): Path<(String, String, String)>) -> Page {
    let (listed, doing) = asked(&manager, &id, &doing).await?;
    let Some(doing) = doing else { return Ok(back(&manager, &listed, "")) };
    let until = manager.clock.today().saturating_add(LOCK_DAYS.days());
    let entered = Entered { version: listed.member.version, until: until.to_string(), ..Entered::default() };
    draw(&page(&manager, &listed, doing, &entered, &Wrongs::default()).await?)
}

/// `POST /manage/{programme}/members/{member}/{act}`
pub(super) async fn act(
    manager: Manager,
    Path((_, id, doing)): Path<(String, String, String)>,
    Form(entered): Form<Entered>,
) -> Page {
    let (listed, doing) = asked(&manager, &id, &doing).await?;
    let Some(doing) = doing else { return Ok(back(&manager, &listed, "")) };
    match done(&manager, &listed, doing, &entered).await {
        Ok(()) => Ok(back(&manager, &listed, doing.as_str())),
        Err(error) => {
            let wrongs = Wrongs::told(manager.words, error)?;
            again(&page(&manager, &listed, doing, &entered, &wrongs).await?)
        }
    }
}

fn back(manager: &Manager, listed: &Listed, did: &str) -> axum::response::Response {
    let said = if did.is_empty() { String::new() } else { format!("did-{did}") };
    go_on(&manager.at(format_args!("members/{}", listed.member.id)), &said)
}

async fn done(manager: &Manager, listed: &Listed, doing: Doing, entered: &Entered) -> EngineResult<()> {
    let (engine, programme, by) = (&manager.web.engine, &manager.programme, &manager.actor());
    // What was looked at is what is acted on: whoever has changed since is looked at again.
    let mut listed = listed.clone();
    listed.member.version = entered.version;
    let listed = &listed;
    match doing {
        Doing::Invite => engine.resend_invitation(programme, listed.member.id, by).await,
        Doing::Reopen => engine.reopen(programme, listed, by).await,
        Doing::Leave => engine.mark_as_leaver(programme, listed, &entered.reason, by).await,
        Doing::LetGo => engine.let_go(programme, listed, by).await,
        Doing::Unlock => engine.unlock(programme, listed, by).await,
        Doing::LockIn => {
            engine.lock_in(programme, listed, entered.until.trim().parse().ok(), &entered.reason, by).await
        }
        Doing::Exclude => engine.exclude(programme, listed, &entered.reason, by).await,
        Doing::Lift => match engine.exclusion_of(programme, listed.member.id).await? {
            Some(exclusion) => engine.lift_exclusion(programme, exclusion.id, by).await,
            None => Ok(()),
        },
    }
}

async fn page(
    manager: &Manager,
    listed: &Listed,
    doing: Doing,
    entered: &Entered,
    wrongs: &Wrongs,
) -> Result<Asking, EngineError> {
    let words = manager.words;
    let member = &listed.member;
    let day = entered.until.trim().parse().unwrap_or_else(|_| manager.clock.today().saturating_add(LOCK_DAYS.days()));
    let act = match doing {
        Doing::Reopen => Act::Reopen,
        Doing::LockIn => Act::LockIn(day),
        // An invitation changes nothing that an import looks at.
        Doing::Invite | Doing::Unlock => Act::Unlock,
        Doing::LetGo => Act::LetGo,
        Doing::Leave => Act::Leave,
        Doing::Exclude => Act::Exclude,
        Doing::Lift => Act::LiftExclusion,
    };
    let labels = Labels::of(manager).await?;
    let next = match doing {
        Doing::Invite => Next::Nothing,
        _ => manager.web.engine.outlook(&manager.programme, member, act).await?,
    };
    let undone = matches!(next, Next::Leaves(_)) && matches!(doing, Doing::Reopen)
        || next == Next::Reopens && doing == Doing::Leave;
    let name = called(words, member);
    let reason = Input::new("reason", words.t("act-reason")).hint(words.of("act-reason-hint-", doing.as_str()));
    Ok(Asking {
        shell: manager.shell(words.of("act-title-", doing.as_str()).with("name", &name)),
        at: manager.at(format_args!("members/{}", member.id)),
        member: name,
        doing: doing.as_str(),
        is_grave: doing.is_grave(),
        version: entered.version,
        will: will(words, doing, member),
        next: told(words, &labels, doing, &next, undone),
        is_reversed: undone,
        summary: wrongs.summary(words),
        reason: doing.asks_reason().then(|| reason.required().value(&entered.reason).told(wrongs)),
        until: (doing == Doing::LockIn).then(|| {
            Input::day("until", words.t("act-until")).hint(words.t("act-until-hint")).value(&entered.until).told(wrongs)
        }),
    })
}

/// What is done at once.
fn will(words: Words, doing: Doing, member: &Member) -> Vec<String> {
    let keys: &[&str] = match doing {
        Doing::Invite => &["will-invite"],
        Doing::Leave => &["will-restrict", "will-tell-later"],
        Doing::Exclude if member.state.is_current() => &["will-restrict", "will-tell-later", "will-keep-out"],
        Doing::Exclude => &["will-keep-out"],
        Doing::Reopen if member.reopened_state() == State::Active => &["will-reopen-active", "will-keep"],
        Doing::Reopen => &["will-reopen", "will-keep"],
        Doing::LockIn => &["will-lock"],
        Doing::Unlock => &["will-unlock"],
        Doing::LetGo => &["will-let-go"],
        Doing::Lift => &["will-lift"],
    };
    keys.iter().map(|key| words.t(*key).to_string()).collect()
}

/// What the next import does about it.
fn told(words: Words, labels: &Labels, doing: Doing, next: &Next, undone: bool) -> String {
    let phrase = match next {
        Next::NoImport => words.t("next-no-import"),
        Next::Nothing if doing == Doing::LockIn => words.t("next-nothing-locked"),
        Next::Nothing => words.t("next-nothing"),
        Next::Keeps(Code::LockedIn) => words.t("next-locked-in"),
        Next::Keeps(_) => words.t("next-kept-by-hand"),
        Next::KeepsOut => words.t("next-keeps-out"),
        Next::Leaves(reason) if undone => words.t("next-leaves-again").with("reason", labels.reason(words, reason)),
        Next::Leaves(reason) => words.t("next-leaves").with("reason", labels.reason(words, reason)),
        Next::Reopens if undone => words.t("next-reopens-again"),
        Next::Reopens => words.t("next-reopens"),
        Next::Unknown => words.t("next-unknown"),
    };
    phrase.to_string()
}
