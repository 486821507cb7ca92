//! From flags and environment to an engine.

use std::{fs, net::SocketAddr, os::unix::fs::DirBuilderExt, path::Path, sync::Arc, time::Duration};

use anyhow::Context;
use engine::{Engine, EngineError, MailServer, SecretKey, Settings, World, care::RestoreError};
use mail::smtp;
use secrecy::ExposeSecret;
use store::{Address, Store};
use url::Url;

use crate::{cli::Place, exit::Usage, world::SystemWorld};

/// What links begin with where nothing else is said: the address that `serve` listens on.
const PUBLIC_URL: &str = "http://127.0.0.1:8080";

/// The name of the database file in the data directory.
pub(crate) const DATABASE: &str = "rollcall.db";

/// The name of the file with the secret key there.
const KEY: &str = "secret.key";

/// An engine for this place, with the machine's own clock, or the one that a trial asks for.
pub(crate) async fn engine(place: &Place) -> anyhow::Result<Engine> {
    engine_in(place, Arc::new(SystemWorld::from_environment()?)).await
}

/// An engine for this place.
pub(crate) async fn engine_in(place: &Place, world: Arc<SystemWorld>) -> anyhow::Result<Engine> {
    check_database(place)?;
    make_directory(&place.data)?;
    let store = Store::open(&address(place)).await?;
    let key = secret_key(place, &*world)?;
    let settings = settings(place)?;
    let server = mail_server(place)?;
    make_directory(erasures(place))?;
    let engine = Engine::new(store, key, world, settings).with_erasures(erasures(place));
    let engine = if place.private_events { engine.with_private_events() } else { engine };
    Ok(match server {
        Some(server) => engine.with_mail_server(server),
        None => engine,
    })
}

/// How the installation is set up.
pub(crate) fn settings(place: &Place) -> anyhow::Result<Settings> {
    Ok(Settings {
        mail_directory: place.data.join("mail"),
        public_url: public_url(place)?,
        page_patience: Duration::from_secs(place.page_patience),
        source_base_url: place.personio_url.clone(),
        source_requests_per_minute: place.personio_requests_per_minute,
    })
}

/// The directory of the list of erasures.
pub(crate) fn erasures(place: &Place) -> &Path {
    place.erasures.as_deref().unwrap_or(&place.data)
}

/// Whether the settings fit together; `listen` is where the web front would listen.
pub(crate) fn check(place: &Place, listen: Option<SocketAddr>) -> anyhow::Result<()> {
    check_database(place)?;
    public_url(place)?;
    mail_server(place)?;
    if let Some(key) = &place.secret_key {
        SecretKey::parse(key.expose_secret(), KEY_SETTING).map_err(EngineError::from)?;
    }
    listen.map_or(Ok(()), |listen| check_reachable(place, listen))
}

fn check_database(place: &Place) -> anyhow::Result<()> {
    if let Some(url) = &place.database_url
        && !url.starts_with("postgres://")
        && !url.starts_with("postgresql://")
    {
        let text =
            "The database address is not one of PostgreSQL. Use postgres://user@host/database, or none for a file.";
        return Err(Usage(text.to_owned()).into());
    }
    Ok(())
}

/// Beyond this machine nobody can tell by which name people reach it but whoever runs it: what requests say of that
/// may be forged, and would end up in mails.
pub(crate) fn check_reachable(place: &Place, listen: SocketAddr) -> anyhow::Result<()> {
    if listen.ip().is_loopback() || place.public_url.is_some() {
        return Ok(());
    }
    let text = format!(
        "Other machines can reach {listen}, so Rollcall has to know its own address: links in mails begin with it. \
         Set --public-url or ROLLCALL_PUBLIC_URL, such as https://rewards.example.org, or listen on 127.0.0.1."
    );
    Err(Usage(text).into())
}

/// What links begin with.
fn public_url(place: &Place) -> anyhow::Result<String> {
    let text = place.public_url.as_deref().unwrap_or(PUBLIC_URL);
    let wrong = |why: &str| {
        Usage(format!(
            "The public address “{text}” {why}. Set --public-url or ROLLCALL_PUBLIC_URL, such as https://rewards.example.org."
        ))
    };
    let url = Url::parse(text).map_err(|error| wrong(&format!("is none: {error}")))?;
    if !["http", "https"].contains(&url.scheme()) || !url.has_host() {
        return Err(wrong("does not begin with https://").into());
    }
    let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    if !is_bare || url.password().is_some() {
        return Err(wrong("has more than a host and a port").into());
    }
    Ok(url.origin().ascii_serialization())
}

/// What to say of an address over which everything can be read on the way.
pub(crate) fn plain_text_note(public_url: &str) -> Option<&'static str> {
    let url = Url::parse(public_url).ok()?;
    let here = match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    };
    let note = "the public address begins with http://, so passwords can be read on the way, and cookies are not kept to \
                TLS. Put a proxy with TLS before Rollcall, and use its https:// address.";
    (url.scheme() == "http" && !here).then_some(note)
}

/// The mail server, if one is named.
pub(crate) fn mail_server(place: &Place) -> anyhow::Result<Option<MailServer>> {
    let Some(address) = &place.smtp_url else { return Ok(None) };
    let usage = |text: String| anyhow::Error::from(Usage(text));
    let public_url = &public_url(place)?;
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
pub(crate) fn host(url: &str) -> &str {
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

/// Where the key comes from that is not in the data directory.
const KEY_SETTING: &str = "ROLLCALL_SECRET_KEY";

/// Where the key before it comes from.
const OLD_KEY_SETTING: &str = "ROLLCALL_SECRET_KEY_OLD";

/// The key for stored credentials, and those before it: what is set, or the file in the data directory.
pub(crate) fn secret_key(place: &Place, world: &dyn World) -> Result<SecretKey, EngineError> {
    Ok(match &place.secret_key {
        Some(digits) => {
            let older = place.secret_key_old.as_ref().map(ExposeSecret::expose_secret).unwrap_or_default();
            SecretKey::parse(digits.expose_secret(), KEY_SETTING)?.with_older(older, OLD_KEY_SETTING)?
        }
        None => SecretKey::in_file(&place.data.join(KEY), world)?,
    })
}

/// The same for a restore: it is the one that the backup's secrets were sealed with, or known to be lost. Otherwise
/// none is made, which somebody would then have to find and replace.
pub(crate) fn key_for_restore(place: &Place, world: &dyn World, may_be_new: bool) -> anyhow::Result<SecretKey> {
    let is_there = place.secret_key.is_some() || place.data.join(KEY).exists();
    if !is_there && !may_be_new {
        return Err(EngineError::from(RestoreError::OtherKey).into());
    }
    Ok(secret_key(place, world)?)
}

/// What a backup does not hold, for people: the key and the list of erasures.
pub(crate) fn what_to_keep(place: &Place) -> String {
    let list = erasures(place).join(engine::LIST);
    match &place.secret_key {
        Some(_) => format!("the key in ROLLCALL_SECRET_KEY and {}", list.display()),
        None => format!("{} and {}", place.data.join(KEY).display(), list.display()),
    }
}

/// Makes the data directory, if it is not there.
pub(crate) fn make_directory(path: &Path) -> anyhow::Result<()> {
    // Names and addresses lie here: nobody but this user is to look in. A directory that is there
    // already keeps the rights that somebody gave it.
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path).with_context(|| {
        format!("The data directory {} cannot be made. Name another with --data or ROLLCALL_DATA", path.display())
    })
}
