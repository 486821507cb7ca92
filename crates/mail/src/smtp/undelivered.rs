//! What a server can answer instead of taking a mail on.

use std::{error::Error as _, fmt, io};

use lettre::transport::smtp::Error;

/// As much of an answer as is kept.
const LONGEST: usize = 300;

/// Why a mail was not handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undelivered {
    /// The server refuses this recipient, for good.
    Refused(Reply),
    /// The server refuses this mail, for good, for another reason than who it is for.
    NotTaken(Reply),
    /// The server wants this mail tried again later.
    Later(Reply),
    /// The server broke off, or said nothing, in the middle of this mail. It may have taken it on all the same.
    Unanswered(String),
    /// There is no server that takes mails at the moment.
    Unreachable(String),
    /// The server does not let us in, or its certificate is not right: nothing goes until somebody puts that right.
    SetUp(String),
}

impl Undelivered {
    /// The stable name of the reason.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::NotTaken(_) => "not-taken",
            Self::Later(_) => "later",
            Self::Unanswered(_) => "unanswered",
            Self::Unreachable(_) => "unreachable",
            Self::SetUp(_) => "set-up",
        }
    }

    /// Whether it is nothing about this mail: no other would go either.
    pub const fn is_about_the_server(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::SetUp(_))
    }

    /// Whether another attempt would come to the same.
    pub const fn is_final(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::NotTaken(_))
    }

    /// What the server or the system said. The recipient's address does not stand in it.
    pub fn detail(&self) -> String {
        match self {
            Self::Refused(reply) | Self::NotTaken(reply) | Self::Later(reply) => reply.to_string(),
            Self::Unanswered(text) | Self::Unreachable(text) | Self::SetUp(text) => text.clone(),
        }
    }
}

/// A server's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Such as 550; 0 where the server was not even asked.
    pub code: u16,
    /// What it says, without the address that it is about.
    pub text: String,
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.code == 0 { f.write_str(&self.text) } else { write!(f, "{} {}", self.code, self.text) }
    }
}

impl Reply {
    /// What we say in the server's place.
    pub(super) fn ours(text: &str) -> Self {
        Self { code: 0, text: text.to_owned() }
    }

    /// What the server said, if that is what the error is about. Its answer often repeats the address, which is left out.
    fn of(error: &Error, address: &str) -> Option<Self> {
        let code = error.status()?.to_string().parse().unwrap_or_default();
        let text = error.source().map(ToString::to_string).unwrap_or_default();
        Some(Self { code, text: without(&shortened(&text), address) })
    }

    /// Whether the answer is about what we may do, and not about this recipient (RFC 3463: 5.7.x).
    fn is_about_permission(&self) -> bool {
        matches!(self.code, 530 | 535) || self.text.starts_with("5.7.")
    }
}

/// At which step a mail was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Connecting, greeting, encrypting.
    Greeting,
    /// Signing in.
    SignIn,
    /// Naming the sender.
    Sender,
    /// Naming the recipient.
    Recipient,
    /// The mail itself.
    Content,
}

/// What an error at this step means.
pub(super) fn meaning(step: Step, error: &Error, address: &str) -> Undelivered {
    let is_final = error.is_permanent();
    match (step, Reply::of(error, address)) {
        // Nothing has been said about a mail yet: whatever it is, it is about us and the server.
        (Step::Greeting | Step::SignIn | Step::Sender, Some(reply)) if is_final => {
            Undelivered::SetUp(reply.to_string())
        }
        (Step::Greeting | Step::SignIn | Step::Sender, Some(reply)) => Undelivered::Unreachable(reply.to_string()),
        (Step::Recipient, Some(reply)) if is_final && !reply.is_about_permission() => Undelivered::Refused(reply),
        (Step::Recipient | Step::Content, Some(reply)) if is_final => Undelivered::NotTaken(reply),
        (Step::Recipient | Step::Content, Some(reply)) => Undelivered::Later(reply),
        (Step::Greeting, None) if is_of_tls(error) || error.is_client() => Undelivered::SetUp(said(error)),
        // No way of signing in that both know.
        (Step::SignIn, None) if error.is_client() => Undelivered::SetUp(said(error)),
        (Step::Greeting | Step::SignIn | Step::Sender, None) => Undelivered::Unreachable(said(error)),
        (Step::Recipient | Step::Content, None) => Undelivered::Unanswered(said(error)),
    }
}

fn is_of_tls(error: &Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if error.is::<rustls::Error>() || inner.is_some_and(<dyn std::error::Error + Send + Sync>::is::<rustls::Error>)
        {
            return true;
        }
        cause = error.source();
    }
    false
}

/// The innermost cause: what wraps it says less.
fn said(error: &Error) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(cause) = innermost.source() {
        innermost = cause;
    }
    shortened(&innermost.to_string())
}

fn shortened(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(LONGEST).collect()
}

/// The text with `…` in the place of the address, however it is written.
fn without(text: &str, address: &str) -> String {
    let (lower, address) = (text.to_ascii_lowercase(), address.to_ascii_lowercase());
    if address.is_empty() {
        return text.to_owned();
    }
    let mut left = String::with_capacity(text.len());
    let mut from = 0;
    // In ASCII lower case every letter stays where it was.
    for (at, found) in lower.match_indices(&address) {
        left.push_str(&text[from..at]);
        left.push('…');
        from = at + found.len();
    }
    left.push_str(&text[from..]);
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_kept_without_the_address_it_is_about() {
        let text = without("5.1.1 <Aoife@Club.example>: no aoife@club.example here", "aoife@club.example");
        assert_eq!(text, "5.1.1 <…>: no … here");
        assert_eq!(without("Größe: 5.1.1", "aoife@club.example"), "Größe: 5.1.1");
        assert_eq!(shortened("two\r\nlines\u{7} and  more"), "two lines and more");
        assert_eq!(shortened(&"x".repeat(900)).len(), LONGEST);
    }

    #[test]
    fn what_we_may_not_do_is_not_held_against_the_recipient() {
        let reply = |code, text: &str| Reply { code, text: text.to_owned() };
        assert!(reply(554, "5.7.1 relay access denied").is_about_permission());
        assert!(reply(530, "authentication required").is_about_permission());
        assert!(!reply(550, "5.1.1 no such mailbox").is_about_permission());
    }
}
