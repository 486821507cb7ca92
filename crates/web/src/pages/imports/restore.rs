//! Bringing back the leavers of one import, together (R55).

use axum::extract::Path;

use super::found;
use crate::{
    access::Manager,
    page::{Page, go_on},
};

/// `POST /manage/{programme}/imports/{id}/restore-leavers`
pub(super) async fn restore(manager: Manager, Path((_, id)): Path<(String, String)>) -> Page {
    let (import, _) = found(&manager, &id).await?;
    let restored = manager.web.engine.restore_leavers(import.number(), &manager.actor()).await?;
    let said = if restored > 0 { "leavers-restored" } else { "nobody-restored" };
    Ok(go_on(&manager.at(format_args!("imports/{}", import.number())), said))
}
