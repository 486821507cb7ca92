//! The way to those who are told: over https, past no redirect, and to no address that is not public, looked at in the
//! moment of connecting.

use std::{net::SocketAddr, time::Duration};

use reqwest::{
    Client,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
use tokio::sync::OnceCell;

use super::address;

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(15);

/// Where events go out.
#[derive(Debug, Default)]
pub(crate) struct Hooks {
    /// Whether private networks are fine.
    within_walls: bool,
    client: OnceCell<Client>,
}

/// What is sent.
pub(super) struct Message<'a> {
    pub(super) url: &'a str,
    pub(super) id: String,
    pub(super) seconds: i64,
    pub(super) signature: String,
    pub(super) body: Vec<u8>,
}

/// Why something was not told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NotTold {
    /// The HTTP status, if there was an answer.
    pub(super) status: Option<u16>,
    /// What happened. Nothing that the other side wrote stands in it.
    pub(super) why: String,
}

impl Hooks {
    pub(super) fn within_walls() -> Self {
        Self { within_walls: true, client: OnceCell::new() }
    }

    pub(super) fn allows_private(&self) -> bool {
        self.within_walls
    }

    async fn client(&self) -> Result<&Client, reqwest::Error> {
        self.client
            .get_or_try_init(|| async {
                // One TLS provider in the process. Another part of it may have been first; that is fine.
                drop(rustls::crypto::ring::default_provider().install_default());
                let mut builder = Client::builder()
                    .user_agent(concat!("Rollcall/", env!("CARGO_PKG_VERSION")))
                    .timeout(PATIENCE)
                    .redirect(Policy::none())
                    .referer(false)
                    // A proxy would connect in our place, to wherever.
                    .no_proxy()
                    .https_only(!self.within_walls);
                if !self.within_walls {
                    builder = builder.dns_resolver(PublicOnly);
                }
                builder.build()
            })
            .await
    }

    /// Tells it. `Ok` is the HTTP status of an answer that says that it arrived.
    pub(super) async fn tell(&self, message: Message<'_>) -> Result<u16, NotTold> {
        // The address was looked at when it was entered; numbers are looked up by nobody.
        let url = address::check(message.url, self.within_walls)
            .map_err(|_| NotTold { status: None, why: "the address is not one that events may go to".to_owned() })?;
        let broken = |why: &str| NotTold { status: None, why: why.to_owned() };
        let client = self.client().await.map_err(|_| broken("this machine has no certificate authorities"))?;
        let answer = client
            .post(url)
            .header("content-type", "application/json")
            .header("webhook-id", message.id)
            .header("webhook-timestamp", message.seconds)
            .header("webhook-signature", message.signature)
            .body(message.body)
            .send()
            .await;
        match answer {
            Ok(answer) if answer.status().is_success() => Ok(answer.status().as_u16()),
            Ok(answer) => {
                let status = answer.status().as_u16();
                Err(NotTold { status: Some(status), why: format!("the answer was {status}") })
            }
            Err(error) if error.is_timeout() => Err(broken("there was no answer within 15 s")),
            Err(error) if refuses(&error) => Err(broken(PRIVATE)),
            Err(error) if error.is_connect() => Err(broken("no connection could be made")),
            Err(_) => Err(broken("the connection broke")),
        }
    }
}

/// What a name that leads into a private network is answered with.
const PRIVATE: &str = "the name leads to an address that is not public";

fn refuses(error: &reqwest::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if error.to_string() == PRIVATE {
            return true;
        }
        cause = error.source();
    }
    false
}

/// Looks names up, and knows public addresses only. What is looked at here is what is connected to.
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let public: Vec<SocketAddr> = found.into_iter().filter(|one| address::is_public(one.ip())).collect();
            if public.is_empty() {
                return Err(std::io::Error::other(PRIVATE).into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_that_leads_to_this_machine_is_not_connected_to() {
        // `tell` refuses this one by its words already; what is tried here is what looks names up.
        let hooks = Hooks::default();
        let client = hooks.client().await.expect("there are authorities");
        let error = client.post("https://localhost:9/").send().await.unwrap_err();
        assert!(refuses(&error), "{error:?}");
    }
}
