//! From flags and environment to an engine.

use std::{fs, os::unix::fs::DirBuilderExt, path::Path, sync::Arc, time::Duration};

use anyhow::Context;
use engine::{Engine, MailServer, SecretKey, Settings, World};
use mail::smtp;
use store::{Address, Store};

use crate::{cli::Place, exit::Usage, world::SystemWorld};

/// What links begin with where nothing else is said: the address that `serve` listens on.
const PUBLIC_URL: &str = "http://127.0.0.1:8080";

/// The name of the database file in the data directory.
pub(crate) const DATABASE: &str = "rollcall.db";

/// An engine for this place, with the machine's own clock, or the one that a trial asks for.
pub(crate) async fn engine(place: &Place) -> anyhow::Result<Engine> {
    engine_in(place, Arc::new(SystemWorld::from_environment()?)).await
}

/// An engine for this place.
pub(crate) async fn engine_in(place: &Place, world: Arc<SystemWorld>) -> anyhow::Result<Engine> {
    if let Some(url) = &place.database_url
        && !url.starts_with("postgres://")
        && !url.starts_with("postgresql://")
    {
        let text =
            "The database address is not one of PostgreSQL. Use postgres://user@host/database, or none for a file.";
        return Err(Usage(text.to_owned()).into());
    }
    make_directory(&place.data)?;
    let store = Store::open(&address(place)).await?;
    let key = secret_key(&place.data, &*world)?;
    let settings = Settings {
        mail_directory: place.data.join("mail"),
        public_url: place.public_url.as_deref().unwrap_or(PUBLIC_URL).trim_end_matches('/').to_owned(),
        page_patience: Duration::from_secs(place.page_patience),
        source_base_url: place.personio_url.clone(),
        source_requests_per_minute: place.personio_requests_per_minute,
    };
    let server = mail_server(place, &settings.public_url)?;
    let engine = Engine::new(store, key, world, settings);
    let engine = if place.private_events { engine.with_private_events() } else { engine };
    Ok(match server {
        Some(server) => engine.with_mail_server(server),
        None => engine,
    })
}

/// The mail server, if one is named.
fn mail_server(place: &Place, public_url: &str) -> anyhow::Result<Option<MailServer>> {
    let Some(address) = &place.smtp_url else { return Ok(None) };
    let usage = |text: String| anyhow::Error::from(Usage(text));
    let sender = place.mail_from.clone().ok_or_else(|| {
        usage("A mail server is named, but not whom mails come from. Set ROLLCALL_MAIL_FROM or --mail-from.".to_owned())
    })?;
    if !domain::email::is_valid(&sender) {
        return Err(usage(
            "The address that mails come from (ROLLCALL_MAIL_FROM) is not an e-mail address.".to_owned(),
        ));
    }
    let mut settings = smtp::Settings::parse(address, host(public_url)).map_err(|error| usage(error.to_string()))?;
    if let Some(file) = &place.smtp_ca {
        let pem = fs::read(file).map_err(|error| {
            usage(format!("The file of certificate authorities {} cannot be read: {error}.", file.display()))
        })?;
        settings.authorities = Some(pem);
    }
    let server = smtp::Server::new(settings).map_err(|error| usage(error.to_string()))?;
    Ok(Some(MailServer { server, sender, per_minute: place.mails_per_minute }))
}

/// The name of the machine in an address.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or_default()
}

/// Where the database is.
pub(crate) fn address(place: &Place) -> Address {
    match &place.database_url {
        Some(url) => Address::Server(url.clone()),
        None => Address::File(place.data.join(DATABASE)),
    }
}

/// The key for stored credentials: from the environment, or the file in the data directory.
pub(crate) fn secret_key(data: &Path, world: &dyn World) -> Result<SecretKey, engine::EngineError> {
    Ok(match std::env::var_os("ROLLCALL_SECRET_KEY") {
        Some(digits) => SecretKey::parse(&digits.to_string_lossy(), "ROLLCALL_SECRET_KEY")?,
        None => SecretKey::in_file(&data.join("secret.key"), world)?,
    })
}

/// Makes the data directory, if it is not there.
pub(crate) fn make_directory(path: &Path) -> anyhow::Result<()> {
    // Names and addresses lie here: nobody but this user is to look in. A directory that is there
    // already keeps the rights that somebody gave it.
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path).with_context(|| {
        format!("The data directory {} cannot be made. Name another with --data or ROLLCALL_DATA", path.display())
    })
}
