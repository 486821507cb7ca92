//! The pages, by what they are about.

mod home;
mod imports;
mod integrations;
mod set_up;

use crate::routes::Route;

/// The addresses of all pages.
pub(crate) fn routes() -> Vec<Route> {
    [home::routes(), imports::routes()].into_iter().flatten().collect()
}
