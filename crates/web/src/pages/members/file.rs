//! Members as a file for spreadsheets: those whom the list shows.

use axum::extract::Query;

use super::list::Asked;
use crate::{access::Manager, download, page::Page};

/// `GET /manage/{programme}/members.csv`
pub(super) async fn members(manager: Manager, Query(asked): Query<Asked>) -> Page {
    let engine = &manager.web.engine;
    let integrations = engine.store().integrations(manager.programme.number()).await?;
    let filter = asked.filter(&manager, &integrations);
    engine.note_export(&manager.programme, &manager.actor()).await?;
    let name = format!("{}-members-{}.csv", manager.programme.slug, manager.clock.today());
    Ok(download::csv(&name, move |to| async move {
        download::write(manager.web.engine.members_file(&manager.programme, filter).await, to).await;
    }))
}
