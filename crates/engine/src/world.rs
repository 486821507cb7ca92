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

/// Letters and digits that are not mistaken for one another when somebody reads them out.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// Twelve of them by chance: `k7f3-9qpx-2m4d`.
pub fn short_name(world: &dyn World) -> String {
    let mut bytes = [0; 12];
    world.fill(&mut bytes);
    let letters = bytes.map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
    letters.chunks(4).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
