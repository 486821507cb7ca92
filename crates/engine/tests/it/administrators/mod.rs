//! Administrators: first run, invitations, sign-in, second factor, roles and tokens.

mod first_run;
mod invitations;
mod reset;
mod roles;
mod second_factor;
mod sign_in;
mod tokens;

use domain::{language::Language, roles::Role};
use engine::{
    EngineError,
    administrators::{FirstRun, Invite, Origin, SignIn, Signed, Token},
};
use store::{Programme, audit::AuditFilter};

use crate::bed::Bed;

pub(crate) const OWNER: &str = "ada@acme.example";
pub(crate) const PASSWORD: &str = "tangerine windmill 47";
pub(crate) const ANOTHER: &str = "copper lighthouse 93";

pub(crate) fn origin() -> Origin {
    Origin { address: Some("192.0.2.7".into()), agent: "A browser".into() }
}

pub(crate) fn entries() -> FirstRun {
    FirstRun {
        programme: "Harbour & Söhne".into(),
        slug: None,
        time_zone: "Europe/Berlin".into(),
        name: "Ada Lovelace".into(),
        email: OWNER.into(),
        password: PASSWORD.into(),
        language: Language::En,
    }
}

/// The token at the end of an address.
pub(crate) fn token_in(link: &str) -> String {
    link.rsplit('/').next().expect("a token").to_owned()
}

/// The fields that are wrong, with their codes.
pub(crate) fn flaws<T: std::fmt::Debug>(result: Result<T, EngineError>) -> Vec<(&'static str, &'static str)> {
    match result {
        Err(EngineError::Entries(errors)) => errors.iter().map(|error| (error.field, error.flaw.code())).collect(),
        other => panic!("expected wrong entries, got {other:?}"),
    }
}

pub(crate) fn signed_in(outcome: SignIn) -> Token {
    match outcome {
        SignIn::In(token) => token,
        other => panic!("expected to be signed in, got {other:?}"),
    }
}

impl Bed {
    /// The first administrator, signed in, and their programme.
    pub(crate) async fn first_owner(&self) -> (Signed, Programme) {
        let link = self.engine.first_run_link().await.expect("asked").expect("a link");
        let token = self.engine.first_run(&token_in(&link), &entries(), &origin()).await.expect("a first run");
        let signed = self.signed(&token).await;
        let programme = signed.places[0].programme.clone();
        (signed, programme)
    }

    pub(crate) async fn signed(&self, token: &Token) -> Signed {
        self.engine.session(token.as_str()).await.expect("asked").expect("a session")
    }

    pub(crate) async fn try_sign_in(&self, email: &str, password: &str) -> SignIn {
        self.engine.sign_in(email, password, &origin()).await.expect("an answer")
    }

    /// The links to this page in mails that went to this address, the oldest first.
    pub(crate) async fn links(&self, page: &str, to: &str) -> Vec<String> {
        self.engine.deliver().await.expect("delivered");
        let Ok(folder) = std::fs::read_dir(self.place.path().join("mail")) else { return Vec::new() };
        let mut files: Vec<_> = folder.map(|file| file.expect("a file").path()).collect();
        files.sort();
        let texts = files.iter().map(|file| std::fs::read_to_string(file).expect("text").replace("=\r\n", ""));
        let begin = format!("https://rewards.acme.example/{page}/");
        let link = |text: String| {
            let at = text.find(&begin)? + begin.len();
            text.contains(&format!("To: {to}")).then(|| text[at..at + 40].to_owned())
        };
        texts.filter_map(link).collect()
    }

    /// Somebody who was invited by the owner and has accepted.
    pub(crate) async fn colleague(&self, signed: &Signed, programme: &Programme, email: &str, role: Role) -> Token {
        let invite = Invite { name: "Bela Brandt".into(), email: email.into(), role };
        self.engine.invite_administrator(programme, &invite, &signed.actor(None)).await.expect("invited");
        let link = self.links("invitation", email).await.pop().expect("a mail");
        let accepted = self.engine.accept_invitation(&link, "Bela Brandt", ANOTHER, Language::De, &origin()).await;
        signed_in(accepted.expect("accepted"))
    }

    /// What was done in the programme, the newest first.
    pub(crate) async fn deeds(&self, programme: &Programme) -> Vec<(String, String, String)> {
        let entries =
            self.engine.store().audit(programme.number(), &AuditFilter::default(), None, 100).await.expect("a log");
        for entry in &entries {
            let text = format!("{entry:?}");
            assert!(!text.contains(PASSWORD) && !text.contains(ANOTHER) && !text.contains("argon2"), "{text}");
        }
        entries.into_iter().map(|entry| (entry.action, entry.actor, entry.subject)).collect()
    }
}
