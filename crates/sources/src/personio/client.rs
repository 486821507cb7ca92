//! Asking Personio: tokens (R5), limits and back-off (R6), and what its answers amount to (R1).

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use domain::record::{Asked, Attribute, Record};
use reqwest::{
    StatusCode, Url,
    header::{AUTHORIZATION, HeaderMap, HeaderValue, LOCATION},
};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use tokio::{
    sync::Mutex,
    time::{Instant, timeout},
};
use tracing::debug;

use super::{
    NAME, PAGES_AT_ONCE,
    address::Base,
    employees,
    limits::Limiter,
    patience::{Failure, Tries, retry_after},
    settings::{Settings, SettingsError},
    token::Token,
    transport::{Answer, Call, Http, NoAnswer, Transport},
    wire::{self, Envelope, Granted, Unfit},
};
use crate::{Observer, Page, RequestOutcome, SourceError, SourceResult};

/// The most employees Personio gives at once.
const PAGE_SIZE: &str = "100";
/// How long one request may take, its whole answer included.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// A client with one set of credentials.
pub(super) struct Client {
    base: Base,
    id: String,
    secret: SecretString,
    limiter: Limiter,
    page_patience: Duration,
    observer: Option<Arc<dyn Observer>>,
    /// Held while authenticating, so that those who need a token at once fetch one together.
    token: Mutex<Option<Token>>,
    /// Whether an answer has brought another token.
    gets_new_tokens: AtomicBool,
    transport: Box<dyn Transport>,
}

/// A resource to be read.
struct Resource {
    url: Url,
    /// What a refusal keeps us from, in words.
    action: &'static str,
    /// Whether it may be that there is no such thing.
    optional: bool,
}

/// What reading employees is called.
const READ: &str = "read employees";

impl Client {
    pub(super) fn new(settings: Settings) -> Result<Self, SettingsError> {
        let base = settings.base()?;
        let transport = Http::new(&settings, &base)?;
        Ok(Self::over(Box::new(transport), settings, base))
    }

    pub(super) fn over(transport: Box<dyn Transport>, settings: Settings, base: Base) -> Self {
        let Settings { client_id: id, client_secret: secret, limiter, page_patience, observer, .. } = settings;
        Self {
            base,
            id,
            secret,
            limiter,
            page_patience,
            observer,
            token: Mutex::default(),
            gets_new_tokens: AtomicBool::new(false),
            transport,
        }
    }

    /// Authenticates, even if there is a token: it is the credentials that are in question.
    pub(super) async fn check(&self) -> SourceResult<()> {
        let mut held = self.token.lock().await;
        *held = Some(self.authenticate(&mut Tries::new(self.page_patience)).await?);
        Ok(())
    }

    /// Whether answers bring other tokens: then each request has to wait for the one before.
    pub(super) fn gets_new_tokens(&self) -> bool {
        self.gets_new_tokens.load(Ordering::Relaxed)
    }

    /// The attributes that these credentials may read.
    pub(super) async fn attributes(&self) -> SourceResult<Vec<Attribute>> {
        let url = self.base.resource("company/employees/attributes");
        self.get(&Resource { url, action: "list attributes", optional: false }, |body| {
            wire::attributes(&Envelope::open(body)?)
        })
        .await
    }

    /// The employees from an offset on, as many as Personio gives at once.
    pub(super) async fn employees(&self, asked: &Asked, offset: u64) -> SourceResult<Page> {
        let url = self.list(asked, "offset", &offset.to_string());
        self.get(&Resource { url, action: READ, optional: false }, |body| employees::page(body, asked)).await
    }

    /// The employees with this address, of whom there should be one.
    pub(super) async fn employees_by_email(&self, asked: &Asked, address: &str) -> SourceResult<Vec<Record>> {
        let url = self.list(asked, "email", address.trim());
        let page =
            self.get(&Resource { url, action: READ, optional: false }, |body| employees::page(body, asked)).await?;
        Ok(page.records)
    }

    /// The list of employees, narrowed by one parameter.
    fn list(&self, asked: &Asked, name: &str, value: &str) -> Url {
        let mut url = self.base.resource("company/employees");
        // Asking for nothing in particular would be asking for everything (R4).
        let least = ["id".to_owned()];
        let keys = if asked.keys().is_empty() { &least } else { asked.keys() };
        url.query_pairs_mut()
            .append_pair("limit", PAGE_SIZE)
            .append_pair(name, value)
            .extend_pairs(keys.iter().map(|key| ("attributes[]", key)));
        url
    }

    /// The employee with this ID, if there is one. Personio gives all that it shares; what was not asked
    /// for is skipped as it arrives (R4).
    pub(super) async fn employee(&self, asked: &Asked, id: &str) -> SourceResult<Option<Record>> {
        // Its IDs are whole numbers; anything else would be another address.
        let id = id.trim();
        if id.is_empty() || id.len() > 18 || !id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(None);
        }
        let url = self.base.resource(&format!("company/employees/{id}"));
        self.look_up(&Resource { url, action: READ, optional: true }, |body| {
            employees::read_one(&Envelope::open(body)?, asked)
        })
        .await
    }

    /// What has to be there.
    async fn get<T>(&self, resource: &Resource, read: impl Fn(&[u8]) -> Result<T, Unfit> + Sync) -> SourceResult<T> {
        let found = self.look_up(resource, read).await?;
        found.ok_or_else(|| SourceError::Answered { source_name: NAME, detail: "nothing was found".to_owned() })
    }

    /// What may not be there.
    async fn look_up<T>(
        &self,
        resource: &Resource,
        read: impl Fn(&[u8]) -> Result<T, Unfit> + Sync,
    ) -> SourceResult<Option<T>> {
        let mut tries = Tries::new(self.page_patience);
        let (mut renewed, mut overtaken) = (false, 0);
        loop {
            let authorization = self.authorization(&mut tries).await?;
            match self.try_get(resource, &authorization, &mut tries, &read).await {
                Ok(good) => return Ok(good),
                Err(Failure::Unauthorized(detail)) => {
                    // Somebody else may have got a new token in the meantime; that one is tried first, as often as
                    // there are others who may. After that this request may authenticate, once (R5).
                    let mut held = self.token.lock().await;
                    let newer = held.as_ref().is_some_and(|token| *token.authorization() != authorization);
                    if newer && overtaken < PAGES_AT_ONCE {
                        overtaken += 1;
                    } else if renewed {
                        *held = None;
                        return Err(SourceError::CredentialsRefused { source_name: NAME, detail });
                    } else {
                        renewed = true;
                        debug!("the token is refused: authenticating once more");
                        *held = None;
                        *held = Some(self.authenticate(&mut tries).await?);
                    }
                }
                Err(failure) => tries.wait_after(failure).await?,
            }
        }
    }

    async fn try_get<T>(
        &self,
        resource: &Resource,
        authorization: &HeaderValue,
        tries: &mut Tries,
        read: &(impl Fn(&[u8]) -> Result<T, Unfit> + Sync),
    ) -> Result<Option<T>, Failure> {
        let call = Call::Get { url: resource.url.clone(), authorization: authorization.clone() };
        let answer = self.exchange(call, tries).await?;
        match answer.status {
            StatusCode::UNAUTHORIZED => return Err(Failure::Unauthorized(self.told(&answer, Some(authorization)))),
            StatusCode::NOT_FOUND if resource.optional => return Ok(None),
            StatusCode::FORBIDDEN => {
                let detail = self.told(&answer, Some(authorization));
                let action = resource.action;
                return Err(Failure::Final(SourceError::Forbidden { source_name: NAME, action, detail }));
            }
            _ => self.require_success(&answer, Some(authorization))?,
        }
        self.take_over_token(authorization, &answer.headers).await;
        read(&answer.body).map(Some).map_err(|unfit| self.garbled(unfit, Some(authorization)))
    }

    /// A token that is still good; a new one if there is none.
    async fn authorization(&self, tries: &mut Tries) -> SourceResult<HeaderValue> {
        let mut held = self.token.lock().await;
        if let Some(token) = held.as_ref().filter(|token| token.is_good(Instant::now())) {
            return Ok(token.authorization().clone());
        }
        let token = self.authenticate(tries).await?;
        let authorization = token.authorization().clone();
        *held = Some(token);
        Ok(authorization)
    }

    /// Personio used to replace the token with every answer, and still sends one along. One that
    /// differs takes the place of the token it came in answer to, and of no other.
    async fn take_over_token(&self, used: &HeaderValue, headers: &HeaderMap) {
        let mut held = self.token.lock().await;
        if let Some(token) = held.as_mut().filter(|token| token.authorization() == used)
            && let Some(next) = headers.get(AUTHORIZATION)
            && token.follow(next, Instant::now())
        {
            self.gets_new_tokens.store(true, Ordering::Relaxed);
            debug!("the token was replaced by the answer");
        }
    }

    async fn authenticate(&self, tries: &mut Tries) -> SourceResult<Token> {
        loop {
            match self.try_to_authenticate(tries).await {
                Ok(token) => return Ok(token),
                Err(failure) => tries.wait_after(failure).await?,
            }
        }
    }

    async fn try_to_authenticate(&self, tries: &mut Tries) -> Result<Token, Failure> {
        #[derive(Serialize)]
        struct Credentials<'a> {
            client_id: &'a str,
            client_secret: &'a str,
        }
        let credentials = Credentials { client_id: &self.id, client_secret: self.secret.expose_secret() };
        let json = serde_json::to_vec(&credentials)
            .map_err(|_| self.garbled(Unfit::Unreadable("the credentials cannot be sent".to_owned()), None))?;
        let start = Instant::now();
        let answer = self.exchange(Call::Post { url: self.base.resource("auth"), json }, tries).await?;
        if matches!(answer.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
            let detail = self.told(&answer, None);
            return Err(Failure::Final(SourceError::CredentialsRefused { source_name: NAME, detail }));
        }
        self.require_success(&answer, None)?;
        Envelope::open(&answer.body)
            .and_then(|envelope| Granted::read(&envelope))
            .and_then(|granted| Token::new(&granted, start))
            .map_err(|unfit| self.garbled(unfit, None))
    }

    /// Sends one request and waits for its whole answer.
    async fn exchange(&self, call: Call, tries: &mut Tries) -> Result<Answer, Failure> {
        let later = |detail: String| Failure::Later { limited: false, detail, retry_after: None };
        let permit = tries.off_the_clock(self.limiter.admit()).await;
        let time = REQUEST_TIMEOUT.min(tries.left());
        let begun = Instant::now();
        let outcome = timeout(time, self.transport.send(call)).await;
        drop(permit);
        if let Some(observer) = &self.observer {
            observer.asked(ended(&outcome), begun.elapsed());
        }
        match outcome {
            Ok(Ok(answer)) => {
                debug!(status = answer.status.as_u16(), bytes = answer.body.len(), "answered");
                Ok(answer)
            }
            Ok(Err(NoAnswer::Broken(detail))) => {
                debug!(detail, "no answer");
                Err(later(detail))
            }
            Ok(Err(NoAnswer::TooLarge(detail))) => {
                Err(Failure::Final(SourceError::Unreadable { source_name: NAME, detail }))
            }
            Err(_) => {
                debug!(?time, "no answer in time");
                Err(later(format!("no answer for {} s", time.as_secs_f32().round())))
            }
        }
    }

    /// What a status amounts to, other than those that are about tokens and rights.
    fn require_success(&self, answer: &Answer, authorization: Option<&HeaderValue>) -> Result<(), Failure> {
        let status = answer.status;
        if status.is_success() {
            return Ok(());
        }
        if status.is_redirection() {
            let location = answer.headers.get(LOCATION).map(|location| location.to_str().unwrap_or_default());
            let location = wire::bounded(&self.base.pointed_at(location));
            return Err(Failure::Final(SourceError::Redirected { source_name: NAME, location }));
        }
        let detail = self.told(answer, authorization);
        let limited = status == StatusCode::TOO_MANY_REQUESTS;
        if limited || status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT {
            return Err(Failure::Later { limited, detail, retry_after: retry_after(&answer.headers) });
        }
        Err(Failure::Final(SourceError::Answered { source_name: NAME, detail }))
    }

    fn garbled(&self, unfit: Unfit, authorization: Option<&HeaderValue>) -> Failure {
        debug!("a good status around a bad answer");
        Failure::Garbled(match unfit {
            Unfit::Answered(detail) => {
                let detail = wire::bounded(&self.without_secrets(detail, authorization));
                SourceError::Answered { source_name: NAME, detail }
            }
            Unfit::Unreadable(detail) => SourceError::Unreadable { source_name: NAME, detail },
        })
    }

    /// What a refusal says, fit to be shown.
    fn told(&self, answer: &Answer, authorization: Option<&HeaderValue>) -> String {
        let status = answer.status.as_u16();
        let text = match wire::said(&answer.body) {
            Some(said) => format!("HTTP {status}: {said}"),
            None => match answer.status.canonical_reason() {
                Some(reason) => format!("HTTP {status} {reason}"),
                None => format!("HTTP {status}"),
            },
        };
        wire::bounded(&self.without_secrets(text, authorization))
    }

    /// Some servers repeat what was sent; before anything is cut, since half a secret is a hint.
    fn without_secrets(&self, mut text: String, authorization: Option<&HeaderValue>) -> String {
        let token =
            authorization.and_then(|value| value.to_str().ok()).map(|value| value.trim_start_matches("Bearer "));
        let secrets = [Some(self.secret.expose_secret()), Some(self.id.as_str()), token];
        for secret in secrets.into_iter().flatten().filter(|secret| !secret.is_empty()) {
            text = text.replace(secret, "…");
        }
        text
    }
}

/// How a request ended, for whoever counts them.
fn ended<E>(outcome: &Result<Result<Answer, NoAnswer>, E>) -> RequestOutcome {
    match outcome {
        Ok(Ok(answer)) => RequestOutcome::of_status(answer.status.as_u16()),
        Ok(Err(_)) => RequestOutcome::Broken,
        Err(_) => RequestOutcome::TimedOut,
    }
}
