//! The members' site: invitations, signing in, forgotten passwords, what a leaver sees.

mod choices;
mod invitations;
mod launch;
mod reminders;
mod sign_in;

use domain::{field::Field, ids::MemberId};
use engine::{
    administrators::{SignIn, Token},
    site::{InvitationState, SignedMember},
};
use jiff::SignedDuration;
use sandbox::Change;
use store::Programme;

use crate::{
    administrators::origin,
    bed::Bed,
    people::{people, person},
};

pub(crate) const PASSWORD: &str = "marble teapot 88 lanes";
pub(crate) const ADA: &str = "ada.adamski@acme.example";

pub(crate) const DAY: SignedDuration = SignedDuration::from_hours(24);

impl Bed {
    /// Eight members who were invited just now, one more with a private address, and one without a mailbox.
    pub(crate) async fn with_invited(&self) -> Programme {
        self.employ_people(people(8).into_iter().chain([
            person(81, "Kai", "Lund").and("email", "kai@none.example").and("dynamic_1830001", "kai@home.example"),
            person(91, "Lea", "Moss").and("email", "lea@none.example"),
        ]));
        self.set_up("").await;
        self.import().await;
        self.integration().await.0
    }

    /// The tokens of the links to a page of the site, in mails that went to this address, the oldest first.
    pub(crate) async fn tokens(&self, page: &str, to: &str) -> Vec<String> {
        self.engine.deliver().await.expect("delivered");
        let Ok(folder) = std::fs::read_dir(self.place.path().join("mail")) else { return Vec::new() };
        let mut files: Vec<_> = folder.map(|file| file.expect("a file").path()).collect();
        files.sort();
        let texts = files.iter().map(|file| std::fs::read_to_string(file).expect("text").replace("=\r\n", ""));
        let begin = format!("https://rewards.acme.example/acme/{page}/");
        let token = |text: String| {
            let at = text.find(&begin)? + begin.len();
            let token = text[at..].split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next()?;
            text.contains(&format!("To: {to}")).then(|| token.to_owned())
        };
        texts.filter_map(token).collect()
    }

    /// The newest invitation that was mailed to this address.
    pub(crate) async fn invitation(&self, to: &str) -> String {
        self.tokens("welcome", to).await.pop().expect("an invitation")
    }

    pub(crate) async fn invitation_state(&self, token: &str) -> InvitationState {
        let programme = self.engine.programme("acme").await.expect("set up");
        self.engine.member_invitation(&programme, token).await.expect("an answer")
    }

    pub(crate) async fn come_in(&self, token: &str) -> Token {
        let programme = self.engine.programme("acme").await.expect("set up");
        let accepted = self.engine.accept_member_invitation(&programme, token, PASSWORD, &origin()).await;
        accepted.expect("accepted")
    }

    pub(crate) async fn sign_member_in(&self, email: &str, password: &str) -> SignIn {
        let programme = self.engine.programme("acme").await.expect("set up");
        self.engine.sign_member_in(&programme, email, password, &origin()).await.expect("an answer")
    }

    pub(crate) async fn signed_member(&self, token: &Token) -> Option<SignedMember> {
        let programme = self.engine.programme("acme").await.expect("set up");
        self.engine.member_session(&programme, token.as_str()).await.expect("an answer")
    }

    /// A member made by hand, whom nobody has told of it.
    pub(crate) async fn made_by_hand(&self, email: &str) -> MemberId {
        let programme = self.engine.programme("acme").await.expect("set up");
        let fields = [(Field::Email, email.to_owned()), (Field::FirstName, "Vera".to_owned())].into();
        let id =
            MemberId(uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | u128::from(email.len() as u64)));
        self.engine.store().add_member(programme.number(), id, &fields, self.engine.now()).await.expect("made");
        id
    }

    pub(crate) fn dismiss(&self, id: i64) {
        self.change(id, &Change::set("status", "inactive"));
    }
}
