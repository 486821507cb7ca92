//! The pages, by what they are about.

pub(crate) mod help;
mod home;
mod imports;
mod integrations;
mod set_up;

use crate::routes::Route;

/// The addresses of all pages.
pub(crate) fn routes() -> Vec<Route> {
    [help::routes(), home::routes(), imports::routes(), integrations::routes(), set_up::routes()]
        .into_iter()
        .flatten()
        .collect()
}
