//! A database with one programme and one integration, and short words for what tests do to it.

mod db;
mod rows;
mod run;

pub(crate) use db::{Db, integration_row};
pub(crate) use rows::{email, employed, hand_made, join, mail, of, person, takes};
pub(crate) use run::{Run, changes, import_row};

use domain::ids::{ImportId, IntegrationId, MemberId, ProgrammeId};
use uuid::Uuid;

/// The programme that tests are about.
pub(crate) const PROGRAMME: ProgrammeId = ProgrammeId(uuid(1));
/// Its integration.
pub(crate) const INTEGRATION: IntegrationId = IntegrationId(uuid(2));
/// Another programme, which must not notice anything.
pub(crate) const OTHER: ProgrammeId = ProgrammeId(uuid(3));

/// 23 November 2026, in microseconds of UTC.
pub(crate) const NOW: i64 = 1_795_392_000_000_000;

/// The number `n`, in the form of a UUIDv7.
pub(crate) const fn uuid(n: u64) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | n as u128)
}

pub(crate) fn member(n: u64) -> MemberId {
    MemberId(uuid(1_000_000 + n))
}

pub(crate) fn import(n: u64) -> ImportId {
    ImportId(uuid(2_000_000 + n))
}

/// Makes two tests of each function named, `name::sqlite` and `name::postgres`.
macro_rules! both {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name(&crate::support::Db::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                super::$name(&crate::support::Db::postgres().await).await;
            }
        }
    )*};
}
pub(crate) use both;
