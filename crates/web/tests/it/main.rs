//! The web front over both databases: requests in, answers out, as a browser or a program sees them.

extern crate rollcall_web as web;

mod account;
mod api;
mod bed;
mod crowded;
mod customers;
mod erase;
mod events;
mod help;
mod imports;
mod mails;
mod members;
mod outbox;
mod refused;
mod restored;
mod schedule;
mod set_up;
mod settings;
mod sign_in;
mod site;
mod visitor;
mod walk;
mod watching;

/// Runs a test on both databases: `both!(name)` calls `async fn name(bed: Bed)`.
macro_rules! both {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(crate::bed::Bed::on_sqlite().await).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(crate::bed::Bed::on_postgres().await).await;
            })*
        }
    };
}
pub(crate) use both;
