//! The pages, by what they are about.

mod account;
pub(crate) mod help;
mod home;
mod settings;
mod sign_in;

use crate::routes::Route;

/// The addresses of all pages.
pub(crate) fn routes() -> Vec<Route> {
    let areas = [help::routes(), home::routes(), sign_in::routes(), account::routes(), settings::routes()];
    areas.into_iter().flatten().collect()
}
