//! Each mail with made-up people and numbers: for previews, and for the test that renders every template.

use crate::{
    Kind, MailError, Rendered,
    context::{
        AdministratorInvitation, AdministratorReset, ImportFailed, ImportSummary, OnHold, Programme, ReconnectNeeded,
        Welcome,
    },
    render,
};

/// A mail as an example.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Which mail it is.
    pub kind: Kind,
    /// A name for a file: the kind's, and what is special about this sample.
    pub name: &'static str,
    /// The mail.
    pub mail: Rendered,
}

/// Every mail in every shape it can take.
pub fn all() -> Result<Vec<Sample>, MailError> {
    let link = Some("https://rollcall.example/imports/0197a5c2".to_owned());
    let summary = ImportSummary { link: link.clone(), ..summary() };
    let quiet = ImportSummary { join: 0, update: 0, leave: 0, unchanged: 310, link: None, ..clean(&summary) };
    let failed = ImportFailed { link: link.clone(), ..failed() };
    let hold = OnHold { link: link.clone(), ..hold() };
    let reconnect = ReconnectNeeded { link, ..reconnect() };
    Ok(vec![
        sample(Kind::Welcome, "welcome", &welcome(Some("Aoife")))?,
        sample(Kind::Welcome, "welcome-without-name", &welcome(None))?,
        sample(Kind::ImportSummary, "import-summary", &clean(&summary))?,
        sample(Kind::ImportSummary, "import-summary-with-errors", &summary)?,
        sample(Kind::ImportSummary, "import-summary-without-changes", &quiet)?,
        sample(Kind::ImportFailed, "import-failed", &failed)?,
        sample(Kind::ImportFailed, "import-failed-without-link", &ImportFailed { link: None, ..failed.clone() })?,
        sample(Kind::OnHold, "on-hold", &hold)?,
        sample(Kind::OnHold, "on-hold-without-link", &OnHold { link: None, ..hold.clone() })?,
        sample(Kind::ReconnectNeeded, "reconnect-needed", &reconnect)?,
        sample(
            Kind::ReconnectNeeded,
            "reconnect-needed-without-link",
            &ReconnectNeeded { link: None, ..reconnect.clone() },
        )?,
        sample(Kind::AdministratorInvitation, "administrator-invitation", &invitation())?,
        sample(Kind::AdministratorReset, "administrator-reset", &reset())?,
    ])
}

fn sample(kind: Kind, name: &'static str, context: &impl serde::Serialize) -> Result<Sample, MailError> {
    Ok(Sample { kind, name, mail: render(kind, context)? })
}

fn programme() -> Programme {
    Programme {
        help_contact: "benefits@harbour.example".to_owned(),
        privacy_notice: "https://harbour.example/privacy".to_owned(),
        imprint: "https://harbour.example/imprint".to_owned(),
        ..Programme::new("Harbour & Sons Benefits", "#14553f")
    }
}

fn source() -> String {
    "Personio".to_owned()
}

fn when() -> String {
    "Monday 11 May 2026, 06:00 (Europe/London)".to_owned()
}

fn import() -> String {
    "0197a5c2-4f1e-7c3a-9d58-6b2f0e8a1c44".to_owned()
}

fn welcome(first_name: Option<&str>) -> Welcome {
    Welcome {
        programme: programme(),
        first_name: first_name.map(str::to_owned),
        link: "https://rollcall.example/invitation/mV8cQ2hYp0tKx3Zb7uNfRw1sLd5gJe9a".to_owned(),
    }
}

fn summary() -> ImportSummary {
    ImportSummary {
        programme: programme(),
        source: source(),
        when: when(),
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
        import: import(),
        link: None,
    }
}

/// The same import without a problem.
fn clean(summary: &ImportSummary) -> ImportSummary {
    ImportSummary { rejoin: 0, reject: 0, errors: 0, warnings: 0, starts_later: 0, ..summary.clone() }
}

fn failed() -> ImportFailed {
    ImportFailed {
        programme: programme(),
        source: source(),
        when: when(),
        failure: "Personio did not answer for 60 seconds while page 7 of 14 was read.".to_owned(),
        code: "source-unreachable".to_owned(),
        import: import(),
        link: None,
    }
}

fn hold() -> OnHold {
    OnHold {
        programme: programme(),
        source: source(),
        when: when(),
        reasons: vec![
            "48 of 310 members would become leavers (15%).".to_owned(),
            "60 of 310 members would have left within seven days (19%).".to_owned(),
        ],
        join: 3,
        update: 21,
        leave: 48,
        rejoin: 1,
        reject: 2,
        members: 310,
        import: import(),
        link: None,
    }
}

fn reconnect() -> ReconnectNeeded {
    ReconnectNeeded {
        programme: programme(),
        source: source(),
        detail: "Personio answered 403 Forbidden: the Client ID or the Client Secret is not valid.".to_owned(),
        import: import(),
        link: None,
    }
}

fn invitation() -> AdministratorInvitation {
    AdministratorInvitation {
        programme: programme(),
        name: "Aoife Byrne".to_owned(),
        invited_by: "Tomasz Nowak".to_owned(),
        until: when(),
        link: "https://rollcall.example/invitation/5d1c0b7f3e9a4c62b8d7f0a1e2c3b4d5f6a7b8c9".to_owned(),
    }
}

fn reset() -> AdministratorReset {
    AdministratorReset {
        programme: programme(),
        until: when(),
        link: "https://rollcall.example/reset/0f9e8d7c6b5a49382716f5e4d3c2b1a09f8e7d6c".to_owned(),
    }
}
