//! What the outside gives: the time and chance. Both are handed in, so that tests choose them.

use jiff::Timestamp;
use uuid::{Builder, Uuid};

/// The clock and the dice of an installation.
pub trait World: Send + Sync {
    /// What time it is.
    fn now(&self) -> Timestamp;

    /// How many of its seconds pass in one of the machine's: 1, unless somebody tries whole days out.
    fn pace(&self) -> u32 {
        1
    }

    /// Fills the bytes with unpredictable ones.
    fn fill(&self, bytes: &mut [u8]);
}

/// A new number that sorts after earlier ones (UUIDv7).
pub(crate) fn new_id(world: &dyn World) -> Uuid {
    let mut random = [0; 10];
    world.fill(&mut random);
    let millis = u64::try_from(world.now().as_millisecond()).unwrap_or_default();
    Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}
