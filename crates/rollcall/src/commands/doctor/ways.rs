//! The ways out: the mail server and the HR systems.

use anyhow::Result;
use domain::integration::State;
use engine::Engine;
use mail::smtp::Undelivered;

use super::findings::Findings;

pub(super) async fn mails(findings: &mut Findings, engine: &Engine) {
    let state = engine.post_state().await;
    let Some(server) = state.server else {
        return findings.good("mails", "become files in the data directory; name a mail server with ROLLCALL_SMTP_URL");
    };
    match engine.check_post().await {
        Ok(security) => findings.good("mails", &format!("{server} takes mails ({security})")),
        Err(why @ Undelivered::SetUp(_)) => findings.bad(
            "mails",
            &format!("{server} does not let us in: {}.", why.detail()),
            "Check user name and password in ROLLCALL_SMTP_URL, how it begins (smtp+starttls:// or smtps://), and the \
             server's certificate (ROLLCALL_SMTP_CA for an authority of your own).",
        ),
        Err(why) => findings.bad(
            "mails",
            &format!("{server} cannot be reached: {}.", why.detail()),
            "Check name and port in ROLLCALL_SMTP_URL, and that nothing between here and there is in the way. Mails wait.",
        ),
    }
}

/// Asks each HR system what it shares; those without credentials are nobody's fault.
pub(super) async fn sources(findings: &mut Findings, engine: &Engine) -> Result<()> {
    let mut asked = 0;
    for programme in engine.store().programmes().await? {
        for integration in engine.store().integrations(programme.number()).await? {
            if matches!(integration.state()?, State::Draft | State::Revoked) {
                continue;
            }
            asked += 1;
            let name = format!("{} of {}", integration.source, programme.slug);
            match engine.check_source(&integration).await {
                Ok(attributes) => {
                    findings.good("source", &format!("{name}: connected, {attributes} attributes are shared"));
                }
                Err(error) => findings.bad(
                    "source",
                    &format!("{name}: {error}"),
                    "Set it up again with `rollcall integration apply` if that does not pass.",
                ),
            }
        }
    }
    if asked == 0 {
        findings.good("source", "none is set up yet");
    }
    Ok(())
}
