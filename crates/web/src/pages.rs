//! The pages, by what they are about.

mod home;

use crate::routes::Route;

/// The addresses of all pages.
pub(crate) fn routes() -> Vec<Route> {
    [home::routes()].into_iter().flatten().collect()
}
