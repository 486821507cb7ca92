//! The engine against a sandbox and both databases, with a clock that the test moves.

extern crate rollcall_engine as engine;

mod administrators;
mod bed;
mod breaking;
mod care;
mod closing;
mod customers;
mod differential;
mod due;
mod events;
mod failing;
mod history;
mod holds;
mod mails;
mod members;
mod nodes;
mod owner;
mod people;
mod post;
mod queue;
mod retention;
mod rotating;
mod setup;
mod site;
mod takeover;
mod trial;
mod turns;
mod upgrade;
mod uploads;

/// Runs a test on both databases: `both!(name)` calls `async fn name(bed: Bed)`.
macro_rules! both {
    ($($(#[$attribute:meta])* $name:ident),* $(,)?) => {
        mod sqlite {
            $($(#[$attribute])* #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(crate::bed::Bed::on_sqlite().await).await;
            })*
        }
        mod postgres {
            $($(#[$attribute])* #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(crate::bed::Bed::on_postgres().await).await;
            })*
        }
    };
}
pub(crate) use both;
