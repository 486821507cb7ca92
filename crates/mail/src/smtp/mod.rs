//! Delivery by a mail server. Who answers what at which step is told apart: what is wrong with one mail keeps no other
//! waiting, and what is wrong with the server or the way to it counts against no mail.

mod address;
mod session;
mod undelivered;

use std::{fmt, net::IpAddr, sync::Arc, time::Duration};

use lettre::{
    Address,
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, TlsParameters},
        extension::ClientId,
    },
};
use secrecy::ExposeSecret;
use tokio::sync::Mutex;

pub use address::{AddressError, Security, Settings};
pub use undelivered::{Reply, Undelivered};

use session::Session;

/// How many connections wait for the next mail.
const KEPT: usize = 4;

/// A mail server, and the connections to it. Clones share them.
#[derive(Clone)]
pub struct Server(Arc<Inner>);

struct Inner {
    host: String,
    port: u16,
    security: Security,
    hello: ClientId,
    tls: Option<TlsParameters>,
    credentials: Option<Credentials>,
    patience: Duration,
    /// Connections that have nothing to do.
    idle: Mutex<Vec<Session>>,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("host", &self.0.host).field("port", &self.0.port).finish_non_exhaustive()
    }
}

impl Server {
    /// A server that is spoken to when there is something to say. An error is one of the certificates.
    pub fn new(settings: Settings) -> Result<Self, AddressError> {
        let tls = match settings.security {
            Security::None => None,
            Security::StartTls | Security::Tls => Some(tls(&settings)?),
        };
        let secret = |(user, password): (String, secrecy::SecretString)| {
            Credentials::new(user, password.expose_secret().to_owned())
        };
        Ok(Self(Arc::new(Inner {
            host: settings.host,
            port: settings.port,
            security: settings.security,
            hello: hello(settings.hello),
            tls,
            credentials: settings.credentials.map(secret),
            patience: settings.patience,
            idle: Mutex::default(),
        })))
    }

    /// The server's name, for people.
    pub fn name(&self) -> String {
        format!("{}:{}", self.0.host, self.0.port)
    }

    /// How the way to it is kept from others.
    pub fn security(&self) -> Security {
        self.0.security
    }

    /// Hands a message over. `Ok` means that the server has taken it on: what becomes of it later, it tells the sender.
    pub async fn deliver(&self, from: &str, to: &str, message: &[u8]) -> Result<(), Undelivered> {
        let from: Address = from.parse().map_err(|_| Undelivered::SetUp("the sender's address is not valid".into()))?;
        let to: Address = to.parse().map_err(|_| Undelivered::Refused(Reply::ours("this is not a valid address")))?;
        let mut session = self.session().await?;
        let outcome = session.send(&from, &to, message).await;
        let mut idle = self.0.idle.lock().await;
        if session.is_usable() && idle.len() < KEPT {
            idle.push(session);
        }
        outcome
    }

    /// Whether mails could be handed over: connects, greets, and signs in.
    pub async fn check(&self) -> Result<(), Undelivered> {
        Session::open(&self.0).await?.close().await;
        Ok(())
    }

    /// Says good-bye on the connections that have nothing to do.
    pub async fn rest(&self) {
        let idle = std::mem::take(&mut *self.0.idle.lock().await);
        for session in idle {
            session.close().await;
        }
    }

    /// A connection that has nothing to do and still answers, or a new one.
    async fn session(&self) -> Result<Session, Undelivered> {
        loop {
            let kept = self.0.idle.lock().await.pop();
            let Some(mut session) = kept else { return Session::open(&self.0).await };
            if session.still_answers().await {
                return Ok(session);
            }
        }
    }
}

/// What we call ourselves: a name, or the address that stands in its place.
fn hello(name: String) -> ClientId {
    match name.parse() {
        Ok(IpAddr::V4(address)) => ClientId::Ipv4(address),
        Ok(IpAddr::V6(address)) => ClientId::Ipv6(address),
        Err(_) => ClientId::Domain(name),
    }
}

/// What the server's certificate is held against: this machine's authorities, and those of the settings.
fn tls(settings: &Settings) -> Result<TlsParameters, AddressError> {
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(pem) = &settings.authorities {
        let certificate = Certificate::from_pem(pem).map_err(|_| AddressError::Authorities)?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build_rustls().map_err(|_| AddressError::Authorities)
}
