//! The pages, by what they are about.

pub(crate) mod help;
mod home;

use crate::routes::Route;

/// The addresses of all pages.
pub(crate) fn routes() -> Vec<Route> {
    [help::routes(), home::routes()].into_iter().flatten().collect()
}
