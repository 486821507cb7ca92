//! One connection to the server, from the greeting on.

use std::{fmt::Display, future::Future, time::Duration};

use lettre::{
    Address,
    transport::smtp::{
        Error,
        authentication::Mechanism,
        client::AsyncSmtpConnection,
        commands::{Data, Mail, Noop, Quit, Rcpt, Rset},
        extension::{Extension, MailParameter},
        response::Response,
    },
};
use tokio::time::timeout;

use super::{
    Inner, Reply, Security, Undelivered,
    undelivered::{Step, meaning},
};

/// How long saying good-bye may take.
const GOOD_BYE: Duration = Duration::from_secs(2);

/// How a password is given to the server, the better way first.
const MECHANISMS: &[Mechanism] = &[Mechanism::Plain, Mechanism::Login];

/// A connection that is ready for mails.
pub(super) struct Session {
    connection: AsyncSmtpConnection,
    patience: Duration,
    /// Whether the server is where we think it is in the conversation.
    in_step: bool,
}

impl Session {
    /// Connects, greets, encrypts and signs in, as the settings have it.
    pub(super) async fn open(server: &Inner) -> Result<Self, Undelivered> {
        let at_once = server.tls.clone().filter(|_| server.security == Security::Tls);
        let place = (server.host.as_str(), server.port);
        let connecting =
            AsyncSmtpConnection::connect_tokio1(place, Some(server.patience), &server.hello, at_once, None);
        let mut connection = begin(server.patience, Step::Greeting, connecting).await?;
        if let Some(tls) = server.tls.clone().filter(|_| server.security == Security::StartTls) {
            if !connection.can_starttls() {
                let text = "the server does not offer STARTTLS; if it is encrypted from the start, use smtps://";
                return Err(Undelivered::SetUp(text.to_owned()));
            }
            begin(server.patience, Step::Greeting, connection.starttls(tls, &server.hello)).await?;
        }
        if let Some(credentials) = &server.credentials {
            begin(server.patience, Step::SignIn, connection.auth(MECHANISMS, credentials)).await?;
        }
        Ok(Self { connection, patience: server.patience, in_step: true })
    }

    /// Hands a message over.
    pub(super) async fn send(&mut self, from: &Address, to: &Address, message: &[u8]) -> Result<(), Undelivered> {
        let address: &str = to.as_ref();
        let mut parameters = Vec::new();
        if !address.is_ascii() || !AsRef::<str>::as_ref(from).is_ascii() {
            if !self.connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                let text = "the mail server does not take addresses with letters beyond English ones";
                return Err(Undelivered::NotTaken(Reply::ours(text)));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        self.say(Step::Sender, Mail::new(Some(from.clone()), parameters), address).await?;
        if let Err(undelivered) = self.say(Step::Recipient, Rcpt::new(to.clone(), Vec::new()), address).await {
            // The next mail begins anew; a server that says no to that is not spoken to again.
            let is_an_answer =
                matches!(undelivered, Undelivered::Refused(_) | Undelivered::NotTaken(_) | Undelivered::Later(_));
            self.in_step = is_an_answer && self.say(Step::Sender, Rset, "").await.is_ok();
            return Err(undelivered);
        }
        self.say(Step::Content, Data, address).await?;
        self.in_step = false;
        let taken = timeout(self.patience, self.connection.message(message)).await;
        answered(taken, Step::Content, address, self.patience)?;
        self.in_step = true;
        Ok(())
    }

    /// Whether the next mail can go this way.
    pub(super) fn is_usable(&self) -> bool {
        self.in_step
    }

    /// Whether the server is still there after a pause.
    pub(super) async fn still_answers(&mut self) -> bool {
        self.say(Step::Greeting, Noop, "").await.is_ok()
    }

    /// Says good-bye. Nobody depends on the answer.
    pub(super) async fn close(mut self) {
        drop(timeout(GOOD_BYE, self.connection.command(Quit)).await);
    }

    /// One command and its answer. After anything but a yes the connection is not used for another mail.
    async fn say(&mut self, step: Step, command: impl Display, address: &str) -> Result<(), Undelivered> {
        self.in_step = false;
        let said = timeout(self.patience, self.connection.command(command)).await;
        answered(said, step, address, self.patience)?;
        self.in_step = true;
        Ok(())
    }
}

async fn begin<T>(
    patience: Duration,
    step: Step,
    what: impl Future<Output = Result<T, Error>>,
) -> Result<T, Undelivered> {
    match timeout(patience, what).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(meaning(step, &error, "")),
        Err(_) => Err(Undelivered::Unreachable(silence(patience))),
    }
}

fn answered(
    outcome: Result<Result<Response, Error>, tokio::time::error::Elapsed>,
    step: Step,
    address: &str,
    patience: Duration,
) -> Result<(), Undelivered> {
    match outcome {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(meaning(step, &error, address)),
        Err(_) if step == Step::Sender => Err(Undelivered::Unreachable(silence(patience))),
        Err(_) => Err(Undelivered::Unanswered(silence(patience))),
    }
}

fn silence(patience: Duration) -> String {
    format!("the server said nothing for {} s", patience.as_secs())
}
