//! Some of a source's people, for *Mapping*: what attributes hold, and whom settings would fit.
//!
//! Read in the background with just the attributes that are asked for (R4), kept in memory only, and
//! dropped after a quarter of an hour. Never stored, never logged.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::record::{Asked, Record, Value};
use futures::StreamExt;
use sources::{Page, Source};
use store::Integration;
use tokio::time::{Instant, sleep};

use super::{
    desk::opened,
    judged::{self, Judged, Under},
};
use crate::{Engine, EngineResult};

/// How many people are kept.
pub const MOST_PEOPLE: usize = 10_000;

/// How long a sample is kept from when it was begun.
pub const KEPT_FOR: Duration = Duration::from_mins(15);

/// How many samples a node keeps at a time.
const MOST_SAMPLES: usize = 8;

/// How far a sample is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// More people are on their way.
    Reading,
    /// Everybody was read.
    Complete,
    /// There are more people than are kept.
    CutOff,
    /// The source gave no good answer, for people; what was read before is still there.
    Failed(String),
}

/// A sample as it is now.
#[derive(Clone)]
pub struct Sample {
    /// What its records hold, in order.
    pub asked: Asked,
    /// How many people were read so far.
    pub people: u64,
    /// How many the source says there are; 0 before the first page.
    pub total: u64,
    /// How far it is.
    pub progress: Progress,
    pages: Vec<Arc<[Record]>>,
    judged: Arc<judged::Newest>,
}

impl fmt::Debug for Sample {
    /// Without the people: what is printed may be kept somewhere.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { people, total, progress, .. } = self;
        write!(f, "a sample of {people} of {total} people ({progress:?})")
    }
}

/// How many people have a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadCount {
    /// The value, as most of them write it.
    pub value: String,
    /// How many.
    pub people: u64,
}

impl Sample {
    /// The people.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.pages.iter().flat_map(|page| page.iter())
    }

    /// What these people come to; judged now, if they were not under the same.
    pub(super) async fn judged(&self, under: Under) -> EngineResult<Arc<Judged>> {
        self.judged.of(under, self).await
    }

    /// Up to three different values of an attribute, the first that come.
    pub fn values(&self, attribute: &str) -> Vec<String> {
        let Some(position) = self.asked.position(attribute) else { return Vec::new() };
        let mut values: Vec<String> = Vec::new();
        for value in self.records().filter_map(|record| record.at(position)) {
            let line = value.to_line();
            if !line.is_empty() && !values.contains(&line) {
                values.push(line);
            }
            if values.len() == 3 {
                break;
            }
        }
        values
    }

    /// The values of an attribute with how many people have each, the most frequent first, at most so many;
    /// of several values each counts. The first is how many have none.
    pub fn head_counts(&self, attribute: &str, most: usize) -> (u64, Vec<HeadCount>) {
        let Some(position) = self.asked.position(attribute) else { return (0, Vec::new()) };
        let (mut empty, mut counts) = (0, HashMap::<&str, u64>::new());
        for value in self.records().filter_map(|record| record.at(position)) {
            match value {
                Value::Empty => empty += 1,
                Value::Text(text) => *counts.entry(text.as_str()).or_default() += 1,
                Value::List(items) => items.iter().for_each(|item| *counts.entry(item.as_str()).or_default() += 1),
            }
        }
        let mut counts: Vec<(&str, u64)> = counts.into_iter().collect();
        counts.sort_by(|one, other| (other.1, one.0).cmp(&(one.1, other.0)));
        let head_count = |(value, people): (&str, u64)| HeadCount { value: value.to_owned(), people };
        (empty, counts.into_iter().take(most).map(head_count).collect())
    }
}

/// A sample as the node holds it; whoever reads it stops once it is dropped.
pub(super) struct Held {
    asked: Asked,
    begun: Instant,
    inner: Mutex<Read>,
    /// What its people came to.
    judged: Arc<judged::Newest>,
}

struct Read {
    pages: Vec<Arc<[Record]>>,
    people: usize,
    total: u64,
    progress: Progress,
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sample().fmt(f)
    }
}

impl Held {
    pub(super) fn new(asked: Asked) -> Self {
        let read = Read { pages: Vec::new(), people: 0, total: 0, progress: Progress::Reading };
        Self { asked, begun: Instant::now(), inner: Mutex::new(read), judged: Arc::default() }
    }

    fn open(&self) -> MutexGuard<'_, Read> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_good(&self, wanted: &Asked) -> bool {
        let failed = matches!(self.open().progress, Progress::Failed(_));
        let has_all = wanted.keys().iter().all(|key| self.asked.position(key).is_some());
        has_all && !failed && self.begun.elapsed() < KEPT_FOR
    }

    pub(super) fn sample(&self) -> Sample {
        let read = self.open();
        Sample {
            asked: self.asked.clone(),
            people: read.people as u64,
            total: read.total,
            progress: read.progress.clone(),
            pages: read.pages.clone(),
            judged: Arc::clone(&self.judged),
        }
    }

    /// Adds a page; tells whether there is room for more.
    pub(super) fn add(&self, page: Page) -> bool {
        let mut read = self.open();
        let mut records = page.records;
        records.truncate(MOST_PEOPLE - read.people);
        read.people += records.len();
        read.total = page.total;
        read.pages.push(records.into());
        let room = read.people < MOST_PEOPLE;
        if !room && read.people as u64 != page.total {
            read.progress = Progress::CutOff;
        }
        room
    }

    fn end(&self, progress: Progress) {
        let mut read = self.open();
        if read.progress == Progress::Reading {
            read.progress = progress;
        }
    }
}

impl Engine {
    /// A sample with at least these attributes: begun now, if there is none, and read on in the background.
    /// One with fewer attributes is read again with all of them together.
    pub async fn sample(&self, integration: &Integration, wanted: &[String]) -> EngineResult<Sample> {
        let wanted = Asked::new(wanted.iter().cloned());
        let known = self.desk.open().samples.get(&opened(integration)).cloned();
        if let Some(held) = known.as_ref().filter(|held| held.is_good(&wanted)) {
            return Ok(held.sample());
        }
        let before = known.iter().flat_map(|held| held.asked.keys().iter().cloned());
        let asked = Asked::new(before.chain(wanted.keys().iter().cloned()));
        let source = self.source_of(integration).await?;
        let held = Arc::new(Held::new(asked));
        {
            let mut desk = self.desk.open();
            desk.samples.insert(opened(integration), Arc::clone(&held));
            let oldest = desk.samples.iter().min_by_key(|(_, held)| held.begun).map(|(id, _)| id.clone());
            if let Some(oldest) = oldest.filter(|_| desk.samples.len() > MOST_SAMPLES) {
                desk.samples.remove(&oldest);
            }
        }
        self.drop_in_time(integration, &held);
        tokio::spawn(read(source, Arc::downgrade(&held)));
        Ok(held.sample())
    }

    fn drop_in_time(&self, integration: &Integration, held: &Arc<Held>) {
        let (desk, id, held) = (Arc::clone(&self.desk), opened(integration), Arc::downgrade(held));
        tokio::spawn(async move {
            sleep(KEPT_FOR).await;
            let mut desk = desk.open();
            if desk.samples.get(&id).is_some_and(|now| std::ptr::eq(Arc::as_ptr(now), held.as_ptr())) {
                desk.samples.remove(&id);
            }
        });
    }
}

async fn read(source: Box<dyn Source>, held: std::sync::Weak<Held>) {
    let Some(asked) = held.upgrade().map(|held| held.asked.clone()) else { return };
    let mut pages = source.read(asked);
    while let Some(page) = pages.next().await {
        // Nobody wants it any more, or another has taken its place.
        let Some(held) = held.upgrade() else { return };
        match page {
            Ok(page) => {
                if !held.add(page) {
                    break;
                }
            }
            Err(error) => return held.end(Progress::Failed(error.to_string())),
        }
    }
    if let Some(held) = held.upgrade() {
        held.end(Progress::Complete);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(people: usize, total: u64) -> Page {
        Page { records: vec![Record(vec![Some(Value::text("Ada"))]); people], total }
    }

    #[test]
    fn no_more_people_are_kept_than_may_be() {
        let held = Held::new(Asked::new(["first_name"]));
        assert!(held.add(page(MOST_PEOPLE - 1, 30_000)));
        assert!(!held.add(page(100, 30_000)), "there is no room for more");
        held.end(Progress::Complete);
        let sample = held.sample();
        assert_eq!((sample.people, sample.progress.clone()), (MOST_PEOPLE as u64, Progress::CutOff));
        assert_eq!(sample.records().count(), MOST_PEOPLE);
        // Exactly as many are everybody.
        let held = Held::new(Asked::new(["first_name"]));
        held.add(page(MOST_PEOPLE, MOST_PEOPLE as u64));
        held.end(Progress::Complete);
        assert_eq!(held.sample().progress, Progress::Complete);
    }

    #[test]
    fn a_sample_is_printed_without_its_people() {
        let held = Held::new(Asked::new(["first_name"]));
        held.add(page(1, 1));
        assert!(!format!("{:?} {held:?}", held.sample()).contains("Ada"));
    }
}
