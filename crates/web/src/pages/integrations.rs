//! The programme's integrations, and what else could be connected.

mod list;
mod standing;

use crate::routes::Route;

pub(crate) use standing::Standing;

pub(super) fn routes() -> Vec<Route> {
    list::routes()
}
