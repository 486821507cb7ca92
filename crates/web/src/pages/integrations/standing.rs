//! Where an integration stands, as an icon and words.

use domain::{
    import,
    integration::{Pause, State},
    setup::Step,
};
use store::Integration;

use crate::{
    Web,
    failure::Failure,
    icons::{Icon, icon},
    words::Words,
};

/// Where an integration stands, for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nobody has begun to set it up.
    NotSetUp,
    /// It was never published; this step comes next.
    Draft(Step),
    /// It runs on its schedule.
    Live,
    /// It runs, and changed settings wait to be published.
    Changed,
    /// Its schedule stands still, since somebody stopped it.
    Paused,
    /// Its schedule has paused itself, since imports keep failing (R52).
    PausedItself,
    /// An import waits for an answer.
    OnHold,
    /// The HR system refuses the credentials.
    ReconnectNeeded,
    /// The credentials were taken away.
    Revoked,
}

impl Standing {
    /// How the integration stands now.
    pub(crate) async fn of(web: &Web, integration: &Integration) -> Result<Self, Failure> {
        let state = integration.state()?;
        if state == State::Draft {
            let draft = web.engine.draft_of(integration)?;
            return Ok(Self::Draft(draft.next_step(integration.is_authorised())));
        }
        if matches!(state, State::Live | State::Paused) && is_held(web, integration).await? {
            return Ok(Self::OnHold);
        }
        Ok(match state {
            State::Live if web.engine.has_draft(integration)? => Self::Changed,
            State::Live | State::Draft => Self::Live,
            State::Paused if integration.pause()? == Some(Pause::ByFailures) => Self::PausedItself,
            State::Paused => Self::Paused,
            State::ReconnectNeeded => Self::ReconnectNeeded,
            State::Revoked => Self::Revoked,
        })
    }

    /// The word for it.
    pub(crate) fn text(self, words: Words) -> String {
        let phrase = match self {
            Self::NotSetUp => words.t("standing-not-set-up"),
            Self::Draft(step) => words.n("standing-draft", step.number()),
            Self::Live => words.t("standing-live"),
            Self::Changed => words.t("standing-changed"),
            Self::Paused => words.t("standing-paused"),
            Self::PausedItself => words.t("standing-paused-itself"),
            Self::OnHold => words.t("standing-on-hold"),
            Self::ReconnectNeeded => words.t("standing-reconnect-needed"),
            Self::Revoked => words.t("standing-revoked"),
        };
        phrase.to_string()
    }

    /// The icon beside the word.
    pub(crate) fn icon(self) -> Icon {
        icon(match self {
            Self::NotSetUp => "plus",
            Self::Draft(_) | Self::Changed => "edit",
            Self::Live => "check",
            Self::Paused | Self::PausedItself => "pause",
            Self::OnHold => "hand",
            Self::ReconnectNeeded => "warning",
            Self::Revoked => "cross",
        })
    }

    /// The colour of the badge.
    pub(crate) fn tone(self) -> &'static str {
        match self {
            Self::NotSetUp | Self::Paused => "",
            Self::Draft(_) | Self::Changed => "update",
            Self::Live => "join",
            Self::OnHold => "leave",
            Self::PausedItself | Self::ReconnectNeeded | Self::Revoked => "reject",
        }
    }

    /// Whether it was ever published: then there is more to see of it than its set-up.
    pub(crate) fn is_published(self) -> bool {
        !matches!(self, Self::NotSetUp | Self::Draft(_))
    }
}

async fn is_held(web: &Web, integration: &Integration) -> Result<bool, Failure> {
    let states = [import::State::OnHold];
    let (programme, number) = (integration.programme(), integration.number());
    let purpose = import::Purpose::Apply.as_str();
    Ok(web.engine.store().newest_import(programme, number, purpose, &states).await?.is_some())
}
