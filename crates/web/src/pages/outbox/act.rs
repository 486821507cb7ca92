//! What can be done about a mail.

use axum::extract::Path;
use uuid::Uuid;

use crate::{
    access::Manager,
    page::{Page, go_on},
};

/// `POST /manage/{programme}/outbox/{mail}/again`
pub(super) async fn again(manager: Manager, Path((_, id)): Path<(String, Uuid)>) -> Page {
    manager.web.engine.try_mail_again(&manager.programme, id, &manager.actor()).await?;
    Ok(go_on(&manager.at(format_args!("outbox/{id}")), "mail-again"))
}

/// `POST /manage/{programme}/outbox/{mail}/cancel`
pub(super) async fn cancel(manager: Manager, Path((_, id)): Path<(String, Uuid)>) -> Page {
    manager.web.engine.cancel_mail(&manager.programme, id, &manager.actor()).await?;
    Ok(go_on(&manager.at(format_args!("outbox/{id}")), "mail-cancelled"))
}
