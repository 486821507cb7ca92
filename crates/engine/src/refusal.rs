//! Why something cannot be done as things stand. Each reason has a stable code, under which pages have
//! words for it in every language; its own words are English, for the command line and the API.

use domain::{ids::ImportId, import};
use thiserror::Error;

/// What one case of a reason is about, for words in another language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// A name, an address or a number that counts nothing.
    Text(String),
    /// How many.
    Count(u64),
}

impl From<&String> for Detail {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<&ImportId> for Detail {
    fn from(id: &ImportId) -> Self {
        Self::Text(id.to_string())
    }
}

impl From<&import::State> for Detail {
    fn from(state: &import::State) -> Self {
        Self::Text(state.to_string())
    }
}

impl From<&u64> for Detail {
    fn from(count: &u64) -> Self {
        Self::Count(*count)
    }
}

/// Makes the reasons of a table: name, details, code, and what it says in English (why not, what to do).
macro_rules! refusals {
    ($($(#[$about:meta])* $name:ident { $($detail:ident: $kind:ty),* } $code:literal $text:literal;)*) => {
        /// Why something cannot be done as things stand, and what to do about it.
        #[derive(Debug, Clone, PartialEq, Eq, Error)]
        pub enum Refusal {
            $($(#[$about])* #[error($text)] $name {
                $(#[doc = concat!("The `", stringify!($detail), "` that is meant.")] $detail: $kind,)*
            },)*
        }

        impl Refusal {
            /// Every code, with the names of the details that come with it.
            pub const ALL: &[(&'static str, &'static [&'static str])] = &[$(($code, &[$(stringify!($detail)),*])),*];

            /// The stable code.
            pub fn code(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => $code,)*
                }
            }

            /// What this case is about, by name.
            pub fn details(&self) -> Vec<(&'static str, Detail)> {
                match self {
                    $(Self::$name { $($detail),* } => vec![$((stringify!($detail), Detail::from($detail))),*],)*
                }
            }
        }
    };
}

refusals! {
    /// An import that is not on hold cannot be answered.
    NotOnHold { import: ImportId, state: import::State } "not-on-hold"
        "The import {import} is {state}, not on hold. Its page in the history tells more.";
    /// The answer came too late.
    HoldLapsed { import: ImportId } "hold-lapsed"
        "The import {import} waited for more than 72 hours and has lapsed. Nothing has changed. Import again for a new plan.";
    /// What would be applied is not what was shown (R30).
    PlanStale { import: ImportId } "plan-stale"
        "The plan of import {import} is stale: members in it have been changed since. Import again for a new plan.";
    /// Somebody else was quicker.
    HoldAnswered { import: ImportId } "hold-answered"
        "The import {import} was answered by someone else just now. Its page in the history tells how.";
    /// A preview cannot begin beside an import that is half-way through its changes.
    ImportApplying { import: ImportId } "import-applying"
        "The import {import} was interrupted while it was making changes. Let it finish first.";

    /// A restored installation waits for whoever runs it.
    RestoredAndHeld {} "restored-and-held"
        "Rollcall was restored from a backup and is held: nothing is imported or sent until whoever runs it has had a look. `rollcall release` shows what waits, and releases it.";

    /// There is no question about this person (R18).
    NoQuestion { employee_id: String } "no-question"
        "Nobody with the employee ID “{employee_id}” waits for a decision. The errors of the newest import tell who does.";
    /// The other side of the question is gone (R18).
    CandidateGone { employee_id: String } "candidate-gone"
        "The member whom “{employee_id}” was taken for is gone. Run the import again: there may be nothing to decide any more.";
    /// Nobody is known under what was entered (R18).
    NoSuchMember { member: String, programme: String } "no-such-member"
        "No member of “{programme}” goes by “{member}”. Give a member's employee ID, or the e-mail address of one who has none.";
    /// *Someone else* would make two accounts with one address (R13).
    SharedAddress {} "shared-address"
        "Two accounts cannot share an e-mail address. Give one of the two people another address in the HR system.";
    /// Two accounts are never merged (R18).
    HasAccount { employee_id: String } "has-account"
        "“{employee_id}” has an account already, which cannot become another member's. Put the records right in the HR system; where two have changed places, answer for both once they are rejected as `identity-changed`.";

    /// An upload that is not planned cannot be answered.
    UploadNotPlanned {} "upload-not-planned" "The file is being worked on, or was applied already. Look at it again in a moment.";
    /// An upload that was put aside is gone.
    UploadDiscarded {} "upload-discarded" "The file was put aside. Hand it in again.";

    /// The schedule stands still already, since somebody paused it.
    AlreadyPaused {} "already-paused" "It is paused already. Resume it, and its imports run again.";
    /// The schedule stands still already, since the credentials are refused.
    StandsStill {} "stands-still"
        "Its schedule stands still already: the credentials are refused. Authorise it again.";
    /// The schedule runs.
    NotPaused {} "not-paused" "It is not paused. There is nothing to resume.";
    /// Nothing runs with credentials that are refused (R5).
    CredentialsRefused {} "credentials-refused" "The credentials are refused. Authorise it again.";
    /// There are no credentials yet.
    NotAuthorised {} "not-authorised" "This integration is not authorised yet. Enter its credentials first.";
    /// The set-up is not finished.
    NotPublished {} "not-published"
        "This integration has not been published yet. Finish its set-up and publish it; then imports run.";
    /// It was revoked, and has credentials again.
    NotPublishedAgain {} "not-published-again"
        "This integration was revoked, and has not been published since. Publish it again; then imports run.";
    /// It was revoked.
    Revoked {} "revoked" "This integration was revoked: it has no credentials. Authorise it again, and publish it.";
    /// There is nothing to take away.
    NothingToRevoke {} "nothing-to-revoke"
        "It has no credentials: there is nothing to revoke. Authorise it to connect it.";
    /// There is nothing to read with.
    NoCredentials {} "no-credentials" "There are no credentials for this integration. Authorise it again.";
    /// What is stored about the connection cannot be used.
    ConnectionUnusable { detail: String } "connection-unusable"
        "{detail} Set the integration up again with `rollcall integration apply`.";
    /// The draft is all there is.
    NothingPublished {} "nothing-published"
        "This integration was never published: its draft is all there is. Save a step again to change it.";
    /// Others write at the same time, again and again.
    Busy {} "busy" "Others are changing this integration at the same time. Try again.";
    /// A command has to say which.
    SeveralIntegrations { programme: String } "several-integrations"
        "The programme “{programme}” has several integrations. Name one with `--integration SOURCE`.";
    /// What was entered as the owner is no address.
    NotAnAddress { address: String } "not-an-address"
        "“{address}” is not an e-mail address. Name who is told about imports.";

    /// Credentials are taken once they were checked.
    NothingChecked {} "nothing-checked"
        "There are no checked credentials. Enter client ID and secret, and check them.";
    /// The check did not find them good.
    NotFoundGood {} "not-found-good" "These credentials were not found good. Check them again.";
    /// Hardly any member is known there.
    OtherCompany { recognised: u64, members: u64 } "other-company"
        "These credentials open another company: {recognised} of {members} members were recognised there. If that is meant, confirm it with the number of members, {members}.";

    /// An invitation is for a member without a password and with an address.
    NotInvitable {} "not-invitable"
        "This member cannot be invited: they have a password already, are a leaver, or have no address. Look at the member's page: it says where they stand.";
    /// Only somebody whose account is open can leave.
    AccountNotOpen {} "account-not-open"
        "This account is not open, so its owner cannot leave. There is nothing to do.";
    /// Only a leaver comes back.
    NotALeaver {} "not-a-leaver" "Only a leaver's account can be opened again. There is nothing to do.";
    /// Whoever is excluded stays out until the exclusion is lifted (R24).
    Excluded {} "excluded" "This person is excluded. Lift the exclusion first.";
    /// Somebody who is erased on request is let back at their own wish only (R63).
    ClosesOnRequest {} "closes-on-request"
        "This account is closed on request. If they wish to come back, let them back in the settings of the close-down.";
    /// The address was freed for somebody else while the account was on its way out.
    AddressGone {} "address-gone"
        "This account has no e-mail address any more: it went to somebody else. Enter another address first.";
    /// Only an account that is open can be locked in (R24).
    NotLockable {} "not-lockable" "Only an open account can be locked in. Reopen it first.";
    /// A closed account has nothing left to change or to erase.
    AccountClosed {} "account-closed" "This account is closed. There is nothing left to change or to erase.";
    /// Somebody else, or an import, wrote in between.
    MemberChanged {} "member-changed"
        "This member was changed at the same moment. Look at them again, and do what is still to be done.";

    /// Only a mail that waits or failed is tried again.
    MailNotTried {} "mail-not-tried"
        "This mail has gone, or was cancelled. Only a mail that waits or failed can be tried again.";
    /// Only a mail that waits or failed is cancelled.
    MailNotCancelled {} "mail-not-cancelled"
        "This mail has gone already, or was cancelled before. Only a mail that waits or failed can be cancelled.";

    /// The programme stands still.
    ProgrammeSuspended { programme: String } "programme-suspended"
        "The programme “{programme}” is suspended: nothing runs in it, and nothing goes out. Whoever runs Rollcall resumes it with `rollcall programme resume {programme}`.";
    /// Another programme goes by this name.
    KeyTaken { programme: String } "key-taken"
        "There is a programme “{programme}” already. Choose another short name.";
    /// It stands still already.
    SuspendedAlready { programme: String } "suspended-already"
        "The programme “{programme}” is suspended already.";
    /// It runs.
    NotSuspended { programme: String } "not-suspended"
        "The programme “{programme}” is not suspended. There is nothing to resume.";
    /// Nothing is deleted under an import that is making changes (R30).
    DeletedWhileApplying { programme: String, import: ImportId } "deleted-while-applying"
        "The import {import} of “{programme}” is making changes. Let it finish (`rollcall serve` does, or `rollcall import {programme}`), then delete the programme.";
    /// What was typed is not the name of what would be deleted.
    OtherName { programme: String } "other-name"
        "Nothing was deleted: what was typed is not “{programme}”.";

    /// Somebody else saved them between looking and saving.
    SettingsChanged {} "settings-changed"
        "Somebody else changed the programme's settings at the same moment. Look at them again, and save what is still to be changed.";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_reason_has_a_code_of_its_own() {
        let codes: BTreeSet<_> = Refusal::ALL.iter().map(|(code, _)| code).collect();
        assert_eq!(codes.len(), Refusal::ALL.len());
    }

    #[test]
    fn a_reason_tells_in_english_and_by_its_details() {
        let refusal = Refusal::OtherCompany { recognised: 3, members: 310 };
        assert!(refusal.to_string().contains("3 of 310 members were recognised there."));
        assert_eq!(refusal.code(), "other-company");
        assert_eq!(refusal.details(), [("recognised", Detail::Count(3)), ("members", Detail::Count(310))]);
    }
}
