//! The pages, by what they are about.

mod account;
pub(crate) mod help;
mod home;
mod imports;
mod integrations;
mod set_up;
mod settings;
mod sign_in;

use crate::routes::Route;

/// The addresses of all pages.
pub(crate) fn routes() -> Vec<Route> {
    let areas = [
        home::routes(),
        sign_in::routes(),
        account::routes(),
        integrations::routes(),
        set_up::routes(),
        imports::routes(),
        settings::routes(),
        help::routes(),
    ];
    areas.into_iter().flatten().collect()
}
