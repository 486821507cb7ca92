//! What stays of closed accounts: keyed hashes, by which an import meets somebody again (R61, R63).
//!
//! The key is a programme's own. It is sealed with the installation's, which may be changed: then it is only sealed
//! anew, and the hashes stay what they are.

use std::collections::{HashMap, HashSet};

use domain::{
    email,
    field::Field,
    ids::{IntegrationId, MemberId, ProgrammeId},
    member::Member,
    problem::{Code, Problem},
};
use futures::TryStreamExt;
use secrecy::{ExposeSecret, SecretString};
use store::{Programme, traces::Traced};

use super::key_row;
use crate::{Engine, EngineResult, KeyError};

/// The key of a programme's hashes.
#[derive(PartialEq, Eq)]
pub(crate) struct TraceKey([u8; 32]);

impl Engine {
    /// The key of the programme's hashes, made at its first use.
    pub(super) async fn trace_key(&self, programme: ProgrammeId) -> EngineResult<TraceKey> {
        let mut fresh = [0; 32];
        self.world.fill(&mut fresh);
        let digits = SecretString::from(blake3::Hash::from_bytes(fresh).to_hex().to_string());
        let sealed = self.key.seal(&digits, key_row(programme), &*self.world)?;
        let kept = self.store.trace_key(programme, &sealed).await?;
        self.opened(programme, &kept)
    }

    pub(super) fn opened(&self, programme: ProgrammeId, sealed: &[u8]) -> EngineResult<TraceKey> {
        let digits = self.key.open(sealed, key_row(programme))?;
        let key = blake3::Hash::from_hex(digits.expose_secret()).map_err(|_| KeyError::Sealed)?;
        Ok(TraceKey(key.into()))
    }

    /// What an import has to know of closed accounts, and of those that are about to be erased.
    pub(crate) async fn traces(&self, programme: ProgrammeId, integration: IntegrationId) -> EngineResult<Traces> {
        let mut traces = Traces::default();
        let mut all = std::pin::pin!(self.store.traces(programme).await?);
        while let Some(Traced { member_id, id_hash, email_hash, excluded, is_closed }) = all.try_next().await? {
            for hash in [id_hash, email_hash].into_iter().flatten() {
                let met = traces.met.entry(short(&hash)).or_default();
                met.excluded |= excluded;
                met.closed |= is_closed;
            }
            traces.members.extend((excluded && !is_closed).then_some(MemberId(member_id)));
        }
        if !traces.met.is_empty()
            && let Some(sealed) = self.store.known_trace_key(programme).await?
        {
            traces.key = Some((self.opened(programme, &sealed)?, integration));
        }
        Ok(traces)
    }
}

/// Addresses of accounts that were erased on request, or closed: whom a file or a hand meets again.
pub(crate) struct Erased(Option<(TraceKey, HashMap<u128, Met>)>);

impl Erased {
    /// What has to be known of somebody with this address in comparable form: an error when they are kept out, a
    /// warning when they had an account.
    pub(crate) fn problem(&self, address: Option<&str>) -> Option<Problem> {
        let (key, met) = self.0.as_ref()?;
        let met = met.get(&short(&key.of_address(address?)))?;
        let code = match met {
            Met { excluded: true, .. } => Code::ErasedOnRequest,
            Met { closed: true, .. } => Code::PreviouslyClosed,
            Met { .. } => return None,
        };
        Some(Problem::new(code).at(Field::Email.to_string()))
    }
}

impl Engine {
    /// Addresses of accounts that were erased on request, or closed.
    pub(crate) async fn erased_addresses(&self, programme: &Programme) -> EngineResult<Erased> {
        let programme = programme.number();
        let mut met: HashMap<u128, Met> = HashMap::new();
        let mut all = std::pin::pin!(self.store.traces(programme).await?);
        while let Some(Traced { email_hash, excluded, is_closed, .. }) = all.try_next().await? {
            if let Some(hash) = email_hash {
                let met = met.entry(short(&hash)).or_default();
                met.excluded |= excluded;
                met.closed |= is_closed;
            }
        }
        let sealed = if met.is_empty() { None } else { self.store.known_trace_key(programme).await? };
        let Some(sealed) = sealed else { return Ok(Erased(None)) };
        Ok(Erased(Some((self.opened(programme, &sealed)?, met))))
    }
}

impl TraceKey {
    /// What an identity within an integration is recognised by.
    pub(super) fn of_id(&self, integration: IntegrationId, employee_id: &str) -> String {
        self.hash(&format!("id {integration} {employee_id}"))
    }

    /// What an address is recognised by, however it is spelt.
    pub(super) fn of_address(&self, address: &str) -> String {
        self.hash(&format!("e-mail {}", email::key(address)))
    }

    fn hash(&self, text: &str) -> String {
        blake3::keyed_hash(&self.0, text.as_bytes()).to_hex().to_string()
    }
}

/// The first half of a hash: enough to tell people apart.
fn short(hash: &str) -> u128 {
    u128::from_str_radix(hash.get(..32).unwrap_or_default(), 16).unwrap_or_default()
}

/// Whom a hash stands for.
#[derive(Debug, Clone, Copy, Default)]
struct Met {
    excluded: bool,
    closed: bool,
}

/// Everybody of whom there is a trace, a few bytes each.
#[derive(Default)]
pub(crate) struct Traces {
    met: HashMap<u128, Met>,
    /// Members who are about to be erased on request.
    members: HashSet<MemberId>,
    key: Option<(TraceKey, IntegrationId)>,
}

impl Traces {
    /// What is known of somebody by their employee ID and address: whether imports leave them alone, and whether
    /// an account of theirs was closed.
    pub(crate) fn of(&self, employee_id: &str, address: Option<&str>) -> (bool, bool) {
        let Some((key, integration)) = &self.key else { return (false, false) };
        let hashes = std::iter::once(key.of_id(*integration, employee_id)).chain(address.map(|at| key.of_address(at)));
        let met: Vec<Met> = hashes.filter_map(|hash| self.met.get(&short(&hash)).copied()).collect();
        (met.iter().any(|one| one.excluded), met.iter().any(|one| one.closed))
    }

    /// Members who are about to be erased on request.
    pub(crate) fn pending(&self) -> impl Iterator<Item = MemberId> + '_ {
        self.members.iter().copied()
    }
}

/// The hashes of a member: of the identity, and of the address.
pub(super) fn hashes(key: &TraceKey, member: &Member) -> (Option<String>, Option<String>) {
    let id = member.integration.zip(member.employee_id.as_deref());
    let address = member.fields.get(&Field::Email);
    (id.map(|(integration, id)| key.of_id(integration, id)), address.map(|address| key.of_address(address)))
}
