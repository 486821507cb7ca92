//! How many of something there are at once for each of whom it belongs to.

use std::{
    collections::HashMap,
    fmt,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Counts by key, no further than so many each. Clones count together.
#[derive(Debug, Clone)]
pub(crate) struct Crowd<K> {
    most: usize,
    here: Arc<Mutex<HashMap<K, usize>>>,
}

/// One of them, until it is dropped.
#[derive(Debug)]
pub(crate) struct Place<K: Eq + Hash> {
    crowd: Crowd<K>,
    key: K,
}

impl<K: Eq + Hash + Clone + fmt::Debug> Crowd<K> {
    pub(crate) fn new(most: usize) -> Self {
        Self { most, here: Arc::default() }
    }

    /// One more, if there is room for it.
    pub(crate) fn enter(&self, key: K) -> Option<Place<K>> {
        let mut here = self.lock();
        let count = here.entry(key.clone()).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Place { crowd: self.clone(), key })
    }
}

impl<K: Eq + Hash> Crowd<K> {
    fn lock(&self) -> MutexGuard<'_, HashMap<K, usize>> {
        self.here.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash> Drop for Place<K> {
    fn drop(&mut self) {
        let mut here = self.crowd.lock();
        if let Some(count) = here.get_mut(&self.key) {
            *count -= 1;
            if *count == 0 {
                here.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_room_for_so_many_and_whoever_goes_makes_room() {
        let crowd = Crowd::new(2);
        let first = crowd.enter("a");
        let _second = crowd.enter("a").expect("room");
        assert!(crowd.enter("a").is_none() && crowd.enter("b").is_some());
        drop(first);
        assert!(crowd.enter("a").is_some());
        assert_eq!(crowd.lock().len(), 1, "who has gone is forgotten");
    }
}
