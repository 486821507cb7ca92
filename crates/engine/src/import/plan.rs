//! Planning: the source is read, everybody is judged, what needs everybody is settled, and the
//! guard looks at the whole. Up to here nothing has changed.

use domain::{
    guard::{self, Facts},
    hold::{self, Findings, Shared},
    ids::MemberId,
    import::{Purpose, State},
    plan::{Counts, Kind},
    problem::{Code, Problem},
    reading::{IdSet, Settledness},
    rules::{Absent, Rules},
    setup::settings_print,
};
use futures::TryStreamExt;
use jiff::{civil::Date, tz::TimeZone};
use sources::{Source, personio};
use store::{imports::AT_PUBLISHING, plan::Amendment};

use super::{Failure, Run, Stop, fingerprint, read::Reading};
use crate::setup::Agreed;

/// How often a read is tried whose people move while they are read (R2).
const TRIES: usize = 3;

/// What the guard counts as a week (R41), in microseconds.
const WEEK: i64 = 7 * 24 * 60 * 60 * 1_000_000;

impl Run<'_> {
    /// From the source to a plan that may go on, is on hold, or was only to be looked at.
    pub(super) async fn plan(&mut self) -> Result<(), Stop> {
        let rules = self.rules()?;
        let source = self.engine.source_of(self.integration).await.map_err(broken_set_up)?;
        let today = self.today()?;
        self.check_what_is_shared(&*source, &rules).await?;
        let reader = rules.reader();
        let mut reading = Reading::new(self, &reader, today).await?;
        let mut previous = None;
        let mut settled = false;
        let mut ids = IdSet::default();
        for _ in 0..TRIES {
            self.import.try_number += 1;
            self.begin_to_read().await?;
            let watch = reading.read(self, &*source).await?;
            settled = watch.end(previous)? == Settledness::Settled;
            ids = watch.ids();
            if settled {
                break;
            }
            tracing::info!(try_number = self.import.try_number, "people moved while they were read");
            previous = Some(ids);
        }
        reading.check_what_was_shared(source.describe().name)?;
        // Where nobody has changed there is nothing to plan.
        let is_quiet = reading.has_found_nothing() && !reading.misses_anybody() && reading.not_shared().is_empty();
        if !(settled && is_quiet) {
            self.move_to(State::Planning, &[]).await.map_err(Stop::Broke)?;
        }
        let absent_settled = settled && self.find_absent(&mut reading, &*source, &rules, ids).await?;
        if !(settled && absent_settled) {
            reading.problem_of_the_import(self, Problem::new(Code::ReadUnsettled)).await?;
        }
        reading.report_not_shared(self).await?;
        self.is_empty = reading.has_found_nothing();
        if !self.is_empty {
            self.settle(&mut reading).await?;
        }
        let counts = self.count(&reading).await?;
        self.look_and_decide(&rules, counts, reading.renumbered).await
    }

    /// The published rules; for a preview, those that wait to be published (R45). Which they were is noted.
    fn rules(&mut self) -> Result<Rules, Stop> {
        let rules = if self.import.purpose == Purpose::Preview.as_str() {
            let draft = self.engine.draft_of(self.integration).map_err(Stop::Broke)?;
            if let Some(mistake) = draft.check_mapping(None).first() {
                return Err(Failure::SetUp(format!("the mapping is not finished: {mistake}")).into());
            }
            draft.rules(personio::DESCRIPTION.status_attribute)
        } else {
            self.integration.rules()?
        };
        self.import.settings_print = Some(settings_print(&rules).0);
        Ok(rules)
    }

    /// Whether an administrator has agreed to every leaver of this plan when publishing (R45): who did.
    async fn leavers_agreed_by(&self) -> Result<Option<String>, Stop> {
        if self.import.purpose == Purpose::Preview.as_str() {
            return Ok(None);
        }
        let Some(agreed) = Agreed::for_import(self.integration, &self.import).map_err(Stop::Broke)? else {
            return Ok(None);
        };
        let staged = self.staged();
        let rows = staged.essence(Some(Kind::Leave)).await?;
        let leavers: Vec<MemberId> =
            rows.try_filter_map(|row| std::future::ready(Ok(row.member_id.map(MemberId)))).try_collect().await?;
        Ok(hold::covers(&agreed.leavers, leavers).then_some(agreed.by))
    }

    /// The day it is in the programme's zone.
    pub(super) fn today(&self) -> Result<Date, Stop> {
        let zone = TimeZone::get(&self.programme.time_zone);
        let zone = zone.map_err(|error| Failure::SetUp(format!("the programme's time zone is unknown: {error}")))?;
        Ok(self.engine.world.now().to_zoned_datetime(zone).date())
    }

    /// R8: without status, e-mail and segment attributes nobody can be judged.
    async fn check_what_is_shared(&self, source: &dyn Source, rules: &Rules) -> Result<(), Stop> {
        let shared = source.attributes().await.map_err(Failure::from)?;
        let description = source.describe();
        for (attribute, purpose) in rules.indispensable() {
            let always = attribute == description.id_attribute;
            if !always && !shared.iter().any(|one| one.key == attribute) {
                let attribute = attribute.to_owned();
                return Err(Failure::NotShared { source_name: description.name, attribute, purpose }.into());
            }
        }
        // An attribute that a company has made up has a number for a key: its label is what people know it by.
        let asked = rules.asked();
        let read = shared.iter().filter(|one| asked.position(&one.key).is_some());
        let labels = read.map(|one| (one.key.as_str(), one.label.as_str())).collect();
        let (programme, integration) = (self.integration.programme(), self.integration.number());
        Ok(self.engine.store.keep_labels(programme, integration, &labels).await?)
    }

    async fn begin_to_read(&mut self) -> Result<(), Stop> {
        (self.import.progress_done, self.import.progress_total) = (0, 0);
        self.enter(State::Reading);
        if self.import.try_number > 1 {
            self.note_stage().await.map_err(Stop::Broke)?;
            self.staged().discard(self.lease, false).await?;
        }
        Ok(())
    }

    /// The plan as this try stages it.
    pub(super) fn staged(&self) -> store::plan::Plan<'_> {
        self.engine.store.plan(self.import.programme(), self.number(), self.import.try_number)
    }

    async fn count(&self, reading: &Reading<'_>) -> Result<Counts, Stop> {
        let mut counts = reading.counts();
        if !self.is_empty {
            self.staged().count(&mut counts).await?;
        }
        Ok(counts)
    }

    /// Lets the guard look (R40–R44), and moves the import on: applying, on hold, or previewed.
    async fn look_and_decide(&mut self, rules: &Rules, counts: Counts, renumbered: u64) -> Result<(), Stop> {
        let store = &self.engine.store;
        let (programme, integration) = (self.import.programme(), self.integration.number());
        let measure = store.measure(programme, integration, self.engine.now() - WEEK).await?;
        self.has_held = measure.has_held;
        let agreed_by = self.leavers_agreed_by().await?;
        let facts = Facts {
            counts,
            members: measure.members,
            week_leavers: measure.leavers,
            last_read: measure.last_read,
            // An administrator said that the IDs were renumbered: that they change is no surprise.
            identity_changes: if self.import.renumbered || self.is_empty {
                0
            } else {
                self.staged().identity_changes().await? + renumbered
            },
            leavers_agreed: agreed_by.is_some(),
        };
        let tripped = guard::look(&facts, &rules.guard);
        if agreed_by.is_some() && tripped != guard::look(&Facts { leavers_agreed: false, ..facts }, &rules.guard) {
            // Leavers whom somebody approved do not count again (R41).
            self.import.approved = Some(AT_PUBLISHING.to_owned());
            self.import.answered_by = agreed_by;
        }
        let shared = if tripped.is_empty() { Shared::default() } else { self.staged().what_leavers_share().await? };
        self.import.set_findings(&Findings { facts, shared })?;
        self.import.set_counts(&counts)?;
        self.import.members_before = i64::try_from(facts.members).unwrap_or(i64::MAX);
        self.import.held_by = tripped.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        self.import.held_because =
            tripped.iter().map(|guard| guard.text(&facts, &rules.guard)).collect::<Vec<_>>().join("\n");
        if self.import.purpose == Purpose::Preview.as_str() {
            self.import.finished_at = Some(self.engine.now());
            return self.move_to(State::Previewed, &[]).await.map_err(Stop::Broke);
        }
        if tripped.is_empty() {
            return self.begin_to_apply().await.map_err(Stop::Broke);
        }
        let (plan_print, leavers_print) = fingerprint::of(&self.staged()).await?;
        (self.import.plan_print, self.import.leavers_print) = (Some(plan_print), Some(leavers_print));
        self.hold().await.map_err(Stop::Broke)
    }

    /// Finds those whom the source no longer holds (R22); tells whether that can be trusted. Only
    /// a second whole read that misses them too makes leavers (R2).
    async fn find_absent(
        &mut self,
        reading: &mut Reading<'_>,
        source: &dyn Source,
        rules: &Rules,
        ids: IdSet,
    ) -> Result<bool, Stop> {
        let keeps = rules.absent == Absent::Keep && !self.import.renumbered;
        if keeps || !reading.misses_anybody() {
            return Ok(true);
        }
        if !reading.call_again(self, source, ids).await? {
            return Ok(false);
        }
        reading.stage_absent(self).await?;
        Ok(true)
    }

    /// Writes an amendment of the plan, if there is anything in it.
    pub(super) async fn amend(&self, amendment: &Amendment) -> Result<(), Stop> {
        Ok(self.staged().amend(self.lease, amendment).await?)
    }

    /// The number of a new account.
    pub(super) fn new_account(&self) -> MemberId {
        MemberId(self.engine.new_id())
    }
}

fn broken_set_up(error: crate::EngineError) -> Stop {
    match error {
        crate::EngineError::Key(error) => Failure::Key(error).into(),
        crate::EngineError::Store(error) => error.into(),
        other => Failure::SetUp(other.to_string()).into(),
    }
}
