//! The four steps of setting an integration up, and what is done from them.

mod authorize;
mod connect;
mod discard;
mod facts;
mod frame;
mod initial;
mod mapping;
mod mistakes;
mod preview;
mod review;
mod revoke;
mod schedule;
mod welcome_mail;

use domain::setup::Step;

use crate::{access::Manager, routes::Route};

pub(crate) use schedule::in_words;

pub(super) fn routes() -> Vec<Route> {
    [
        initial::routes(),
        welcome_mail::routes(),
        authorize::routes(),
        connect::routes(),
        revoke::routes(),
        mapping::routes(),
        review::routes(),
        discard::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The address of a step.
pub(crate) fn address(manager: &Manager, source: &str, step: Step) -> String {
    manager.at(format!("integrations/{source}/set-up/{}", last_part(step)))
}

fn last_part(step: Step) -> &'static str {
    match step {
        Step::InitialSetup => "initial",
        Step::Authorize => "authorize",
        Step::Mapping => "mapping",
        Step::Review => "review",
    }
}
