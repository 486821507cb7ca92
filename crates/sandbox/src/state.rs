//! What a running sandbox knows: companies, their settings, tokens, the log.

use std::{
    collections::{BTreeSet, HashMap},
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::body::Bytes;
use jiff::civil::Date;
use tokio::time::Instant;

use crate::{
    api::{limits::Limiter, list::Asked},
    company::Company,
    dice::scatter,
    fault::{Endpoint, Fault, FaultKind, Standing},
    knobs::{Knobs, TokenInAnswers},
    log::Log,
};

/// A lock that a panic elsewhere does not spoil: what is behind it is test data.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Everything that requests share.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) base_url: String,
    /// What new companies take for today, if they are not told.
    pub(crate) today: Date,
    pub(crate) per_ip_per_minute: u32,
    pub(crate) started: Instant,
    pub(crate) log: Mutex<Log>,
    pub(crate) addresses: Mutex<HashMap<IpAddr, Limiter>>,
    tenants: RwLock<HashMap<String, Arc<Tenant>>>,
    tokens: Mutex<HashMap<String, Token>>,
    tokens_issued: AtomicU64,
}

/// A token that was given out.
#[derive(Debug, Clone)]
struct Token {
    client_id: String,
    expires: Instant,
}

/// One client, and the company behind it.
#[derive(Debug)]
pub(crate) struct Tenant {
    pub(crate) client_id: String,
    pub(crate) company: RwLock<Company>,
    pub(crate) desk: Mutex<Desk>,
    /// Answers that were given, for as long as nobody changes.
    pub(crate) rendered: Mutex<Rendered>,
}

/// How the API treats one client.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) secret: String,
    pub(crate) knobs: Knobs,
    /// The attributes that may be read; all of them where nothing is said.
    pub(crate) readable: Option<BTreeSet<String>>,
    /// Moves with every change that answers depend on.
    pub(crate) version: u64,
    pub(crate) faults: Vec<Standing>,
    faults_set: u64,
    pub(crate) employees: Limiter,
    pub(crate) auth: Limiter,
    token: Option<String>,
}

/// The state that an answer tells of: versions of the company and of the settings.
pub(crate) type Version = (u64, u64);

/// Answers by what was asked, and the state that they tell of.
#[derive(Debug, Default)]
pub(crate) struct Rendered {
    version: Version,
    pages: HashMap<Asked, Bytes>,
}

impl Rendered {
    pub(crate) fn get(&mut self, version: Version, asked: &Asked) -> Option<Bytes> {
        if self.version != version {
            *self = Self { version, ..Self::default() };
        }
        self.pages.get(asked).cloned()
    }

    /// Keeps an answer, unless others tell of a newer state by now.
    pub(crate) fn put(&mut self, version: Version, asked: Asked, page: Bytes) {
        if self.version == version {
            self.pages.insert(asked, page);
        }
    }
}

impl Desk {
    /// The faults that strike a request. `page` is that of a list; the first is 1.
    pub(crate) fn strike(&mut self, endpoint: Endpoint, page: Option<u64>) -> Vec<FaultKind> {
        let striking = self
            .faults
            .iter_mut()
            .filter_map(|standing| standing.strikes(endpoint, page).then(|| standing.fault.kind.clone()));
        striking.collect()
    }

    pub(crate) fn add_fault(&mut self, fault: Fault) -> u64 {
        self.faults_set += 1;
        self.faults.push(Standing::new(self.faults_set, fault));
        self.faults_set
    }
}

impl Tenant {
    pub(crate) fn new(client_id: &str, secret: &str, company: Company, knobs: Knobs) -> Self {
        let desk = Desk {
            secret: secret.to_owned(),
            knobs,
            readable: None,
            version: 0,
            faults: Vec::new(),
            faults_set: 0,
            employees: Limiter::default(),
            auth: Limiter::default(),
            token: None,
        };
        Self {
            client_id: client_id.to_owned(),
            company: RwLock::new(company),
            desk: Mutex::new(desk),
            rendered: Mutex::default(),
        }
    }

    /// Looks at the company.
    pub(crate) fn look<R>(&self, look: impl FnOnce(&Company) -> R) -> R {
        look(&self.company.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the company.
    pub(crate) fn change<R>(&self, change: impl FnOnce(&mut Company) -> R) -> R {
        change(&mut self.company.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks at, or changes, how the API treats the client.
    pub(crate) fn at_desk<R>(&self, change: impl FnOnce(&mut Desk) -> R) -> R {
        change(&mut lock(&self.desk))
    }

    /// As [`Self::at_desk`], for changes that answers depend on.
    pub(crate) fn rearrange<R>(&self, change: impl FnOnce(&mut Desk) -> R) -> R {
        self.at_desk(|desk| {
            desk.version += 1;
            change(desk)
        })
    }
}

impl State {
    pub(crate) fn new(base_url: String, today: Date, per_ip_per_minute: u32, log_capacity: usize) -> Self {
        Self {
            base_url,
            today,
            per_ip_per_minute,
            started: Instant::now(),
            log: Mutex::new(Log::new(log_capacity)),
            addresses: Mutex::default(),
            tenants: RwLock::default(),
            tokens: Mutex::default(),
            tokens_issued: AtomicU64::new(0),
        }
    }

    pub(crate) fn tenant(&self, client_id: &str) -> Option<Arc<Tenant>> {
        self.tenants.read().unwrap_or_else(PoisonError::into_inner).get(client_id).cloned()
    }

    pub(crate) fn tenants(&self) -> Vec<Arc<Tenant>> {
        let tenants = self.tenants.read().unwrap_or_else(PoisonError::into_inner);
        let mut tenants: Vec<_> = tenants.values().cloned().collect();
        tenants.sort_by(|a, b| a.client_id.cmp(&b.client_id));
        tenants
    }

    /// Adds a client, or puts it in the place of the one with its id.
    pub(crate) fn put_tenant(&self, tenant: Tenant) {
        self.void_tokens(&tenant);
        let mut tenants = self.tenants.write().unwrap_or_else(PoisonError::into_inner);
        tenants.insert(tenant.client_id.clone(), Arc::new(tenant));
    }

    pub(crate) fn remove_tenant(&self, client_id: &str) -> bool {
        let removed = self.tenants.write().unwrap_or_else(PoisonError::into_inner).remove(client_id);
        removed.inspect(|tenant| self.void_tokens(tenant)).is_some()
    }

    /// The client's token and the seconds it is still good for: the same one until it expires.
    pub(crate) fn token(&self, tenant: &Tenant) -> (String, u64) {
        let mut desk = lock(&tenant.desk);
        let now = Instant::now();
        let mut tokens = lock(&self.tokens);
        tokens.retain(|_, token| token.expires > now);
        let current = desk.token.clone().filter(|_| desk.knobs.token_in_answers != TokenInAnswers::Next);
        if let Some((token, known)) = current.and_then(|token| tokens.get(&token).map(|known| (token.clone(), known))) {
            return (token, known.expires.duration_since(now).as_secs() + 1);
        }
        let issued = self.tokens_issued.fetch_add(1, Ordering::Relaxed);
        // Not secret, but never the same twice, and the same in every run.
        let [left, right] = [1, 2].map(|half| scatter(issued * 2 + half));
        let token = format!("papi-{left:016x}{right:016x}");
        let good_for = desk.knobs.token_expires_in;
        let expires = now + Duration::from_secs(good_for);
        tokens.insert(token.clone(), Token { client_id: tenant.client_id.clone(), expires });
        desk.token = Some(token.clone());
        (token, good_for)
    }

    /// Whose token it is, if it is still good.
    pub(crate) fn tenant_of_token(&self, token: &str) -> Option<Arc<Tenant>> {
        let client_id = {
            let tokens = lock(&self.tokens);
            tokens.get(token).filter(|token| token.expires > Instant::now())?.client_id.clone()
        };
        self.tenant(&client_id)
    }

    pub(crate) fn void_token(&self, token: &str) {
        lock(&self.tokens).remove(token);
    }

    pub(crate) fn void_tokens(&self, tenant: &Tenant) {
        lock(&self.tokens).retain(|_, token| token.client_id != tenant.client_id);
    }
}
