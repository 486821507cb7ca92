//! The pages, by what they are about.

mod account;
mod authenticator;
mod erase;
pub(crate) mod help;
mod home;
mod imports;
mod integrations;
mod members;
mod outbox;
mod set_up;
mod settings;
pub(crate) mod sign_in;
pub(crate) mod site;

use crate::routes::Route;

/// The addresses of all pages.
pub(crate) fn routes() -> Vec<Route> {
    [
        account::routes(),
        erase::routes(),
        help::routes(),
        home::routes(),
        imports::routes(),
        integrations::routes(),
        members::routes(),
        outbox::routes(),
        set_up::routes(),
        settings::routes(),
        sign_in::routes(),
        site::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
