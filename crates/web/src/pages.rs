//! The pages, by what they are about.

mod account;
mod home;
mod settings;
mod sign_in;

use crate::routes::Route;

/// The addresses of all pages.
pub(crate) fn routes() -> Vec<Route> {
    [home::routes(), sign_in::routes(), account::routes(), settings::routes()].into_iter().flatten().collect()
}
