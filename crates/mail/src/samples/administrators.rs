//! The mails to administrators.

use jiff::ZonedDateTime;

use crate::{
    Kind, Language, MailError, Rendered,
    context::{
        AdministratorInvitation, AdministratorReset, ImportFailed, ImportSummary, OnHold, OwnerLeft, Paused, Programme,
        ReconnectNeeded, SecondFactorReset,
    },
    render,
};

/// Each, with what is special about it.
pub(super) fn all(
    programme: &Programme,
    language: Language,
    now: &ZonedDateTime,
) -> Result<Vec<(Kind, &'static str, Rendered)>, MailError> {
    let made = Made { programme: programme.clone(), when: language.moment(now) };
    let summary = made.summary();
    let clean = ImportSummary { rejoin: 0, reject: 0, errors: 0, warnings: 0, starts_later: 0, ..summary.clone() };
    let quiet = ImportSummary { join: 0, update: 0, leave: 0, unchanged: 310, ..clean.clone() };
    let single = ImportSummary { read: 1, reject: 1, errors: 1, warnings: 1, ..summary.clone() };
    let mail = |kind, context: &ImportSummary| render(kind, language, context);
    Ok(vec![
        (Kind::ImportSummary, "", mail(Kind::ImportSummary, &clean)?),
        (Kind::ImportSummary, "-with-errors", mail(Kind::ImportSummary, &summary)?),
        (Kind::ImportSummary, "-with-one-error", mail(Kind::ImportSummary, &single)?),
        (Kind::ImportSummary, "-without-changes", mail(Kind::ImportSummary, &quiet)?),
        (Kind::ImportFailed, "", render(Kind::ImportFailed, language, &made.failed())?),
        (Kind::OnHold, "", render(Kind::OnHold, language, &made.hold())?),
        (Kind::ReconnectNeeded, "", render(Kind::ReconnectNeeded, language, &made.reconnect())?),
        (Kind::Paused, "", render(Kind::Paused, language, &made.paused())?),
        (Kind::OwnerLeft, "", render(Kind::OwnerLeft, language, &made.owner_left())?),
        (Kind::AdministratorInvitation, "", render(Kind::AdministratorInvitation, language, &made.invitation())?),
        (Kind::AdministratorReset, "", render(Kind::AdministratorReset, language, &made.reset())?),
        (Kind::SecondFactorReset, "", render(Kind::SecondFactorReset, language, &made.second_factor())?),
    ])
}

struct Made {
    programme: Programme,
    when: String,
}

impl Made {
    fn summary(&self) -> ImportSummary {
        ImportSummary {
            programme: self.programme.clone(),
            source: source(),
            when: self.when.clone(),
            read: 1_312,
            join: 12,
            update: 31,
            leave: 1,
            rejoin: 2,
            reject: 3,
            unchanged: 1_204,
            not_eligible: 57,
            starts_later: 4,
            errors: 3,
            warnings: 1,
            link: import(),
        }
    }

    fn failed(&self) -> ImportFailed {
        ImportFailed {
            programme: self.programme.clone(),
            source: source(),
            when: self.when.clone(),
            failure: "Personio did not answer for 60 seconds while page 7 of 14 was read.".to_owned(),
            code: "source-unreachable".to_owned(),
            link: import(),
        }
    }

    fn hold(&self) -> OnHold {
        OnHold {
            programme: self.programme.clone(),
            source: source(),
            when: self.when.clone(),
            guards: ["R40", "R41", "R42", "R43", "R44"].map(str::to_owned).to_vec(),
            week_leavers: 60,
            read: 1_312,
            last_read: 2_800,
            identity_changes: 17,
            join: 3,
            update: 21,
            leave: 48,
            rejoin: 1,
            reject: 2,
            members: 310,
            link: import(),
        }
    }

    fn reconnect(&self) -> ReconnectNeeded {
        ReconnectNeeded {
            programme: self.programme.clone(),
            source: source(),
            failure: "Personio answered 403 Forbidden: the Client ID or the Client Secret is not valid.".to_owned(),
            code: "credentials-refused".to_owned(),
            link: import(),
        }
    }

    fn paused(&self) -> Paused {
        let ImportFailed { failure, code, .. } = self.failed();
        Paused {
            programme: self.programme.clone(),
            source: source(),
            failures: 3,
            since: self.when.clone(),
            failure,
            code,
            link: import(),
        }
    }

    fn owner_left(&self) -> OwnerLeft {
        OwnerLeft {
            programme: self.programme.clone(),
            source: source(),
            owner: "Tomasz Nowak".to_owned(),
            link: "https://rollcall.example/manage/harbour/integrations/personio".to_owned(),
        }
    }

    fn invitation(&self) -> AdministratorInvitation {
        AdministratorInvitation {
            programme: self.programme.clone(),
            name: "Aoife Byrne".to_owned(),
            invited_by: Some("Tomasz Nowak".to_owned()),
            until: self.when.clone(),
            link: "https://rollcall.example/invitation/5d1c0b7f3e9a4c62b8d7f0a1e2c3b4d5f6a7b8c9".to_owned(),
        }
    }

    fn reset(&self) -> AdministratorReset {
        AdministratorReset {
            programme: self.programme.clone(),
            until: self.when.clone(),
            link: "https://rollcall.example/reset/0f9e8d7c6b5a49382716f5e4d3c2b1a09f8e7d6c".to_owned(),
        }
    }

    fn second_factor(&self) -> SecondFactorReset {
        SecondFactorReset {
            programme: self.programme.clone(),
            when: self.when.clone(),
            link: "https://rollcall.example/account".to_owned(),
        }
    }
}

fn source() -> String {
    "Personio".to_owned()
}

fn import() -> String {
    "https://rollcall.example/manage/harbour/imports/0197a5c2-4f1e-7c3a-9d58-6b2f0e8a1c44".to_owned()
}
