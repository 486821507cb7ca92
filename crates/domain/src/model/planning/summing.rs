//! What is left once everybody has been settled, and the sums.

use super::{Draft, Planner, Whose};
use crate::{
    guard,
    model::{ModelPlan, Person, Row},
    plan::{Counts, Kind, Outcome, Settled},
    problem::{Code, Problem},
};

impl Planner<'_> {
    pub(super) fn finish(mut self, settled: &Settled) -> ModelPlan {
        let drafts = std::mem::take(&mut self.rows);
        let (mut rows, mut identity_changes, mut loose) = (Vec::new(), 0, Vec::new());
        for (number, Draft { whose, row: Row { mut change, mut problems } }) in drafts {
            if settled.dropped.contains(&number) {
                self.drop_row(&whose, change.kind, problems);
                continue;
            }
            if let Some(problem) = settled.rejected.get(&number) {
                change = change.rejected();
                problems.retain(|problem| problem.code != Code::InvitationAddressChanged);
                problems.insert(0, problem.clone());
            } else if let Some(replacement) = settled.replaced.get(&number) {
                change = replacement.clone();
            }
            if change.kind != Kind::Reject {
                problems.extend(settled.moved.get(&number).cloned());
            }
            if settled.renumbered.contains(&number) || guard::changes_identity(&change, &problems) {
                identity_changes += 1;
            }
            let outcome = Outcome::Changed(change.kind);
            if whose == Whose::Loose {
                loose.push(outcome);
            }
            self.record(&whose, Person { outcome, problems: problems.clone() });
            rows.push(Row { change, problems });
        }
        let counts = self.counts(&loose);
        let members = self.ours().filter(|member| member.state.is_current()).count() as u64;
        let Self { integration, people, nameless, absent, .. } = self;
        ModelPlan { integration, rows, people, nameless, absent, counts, members, identity_changes }
    }

    /// The member goes on by another row; the person of this one is nobody's any more.
    fn drop_row(&mut self, whose: &Whose, kind: Kind, problems: Vec<Problem>) {
        let outcome = match kind {
            Kind::Leave => Outcome::NotEligible,
            Kind::Refresh => Outcome::Unchanged,
            _ => Outcome::StartsLater,
        };
        match whose {
            Whose::Member(member) => drop(self.absent.remove(member)),
            _ => self.record(whose, Person { outcome, problems }),
        }
    }

    fn counts(&self, loose: &[Outcome]) -> Counts {
        let mut counts = Counts::default();
        for person in self.people.values().chain(&self.nameless) {
            counts.read += 1;
            counts.add(person.outcome, 1);
        }
        let absent = self.absent.values().map(|person| person.outcome);
        let acts = |outcome: &Outcome| matches!(outcome, Outcome::Changed(Kind::Leave | Kind::Update));
        for outcome in absent.filter(acts).chain(loose.iter().copied()) {
            counts.add(outcome, 1);
        }
        let everybody = self.people.values().chain(&self.nameless).chain(self.absent.values());
        for problem in everybody.flat_map(|person| &person.problems) {
            *(if problem.is_error() { &mut counts.errors } else { &mut counts.warnings }) += 1;
        }
        counts
    }
}
