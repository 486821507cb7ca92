//! A month passes.

use jiff::ToSpan;
use serde::{Deserialize, Serialize};

use super::{
    Company, days_after,
    generate::{Leaders, narrow},
    org::{DEPARTMENTS, OFFICES, team_count},
    person::{Mailbox, Person, Role, Status},
};
use crate::{attributes::bits, dice::Dice};

/// How large the company is, and how many people's events of a month take place.
#[derive(Debug, Clone, Copy)]
struct Size {
    /// People at work.
    employed: usize,
    /// The same where a month passes, less where less passes.
    events: usize,
}

/// What happened in a month, in profiles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month {
    /// New profiles of people who are at work already; those who came back not included.
    pub hired: usize,
    /// New profiles of people who have yet to start.
    pub signed: usize,
    /// Onboarding before, at work now.
    pub started: usize,
    /// Another post, place or number of hours.
    pub moved: usize,
    /// Another surname and address.
    pub married: usize,
    /// At work before, gone now.
    pub left: usize,
    /// Left before, back under a new profile.
    pub returned: usize,
    /// Went on leave.
    pub leave_began: usize,
    /// Came back from leave.
    pub leave_ended: usize,
}

impl Company {
    /// Lets a month pass: people join, move, marry, go on leave and come back, leave and return.
    ///
    /// What happens follows from the seed and the number of months that have passed.
    pub fn month_passes(&mut self) -> Month {
        self.months += 1;
        let until = self.today.saturating_add(1.month());
        let employed = self.employed();
        self.time_passes(until, 1_000 + u64::from(self.months), Size { employed, events: employed })
    }

    /// Lets some days pass, with their part of what happens in a month.
    ///
    /// What happens follows from the seed and the day that it then is.
    pub fn days_pass(&mut self, days: u16) -> Month {
        let until = self.today.saturating_add(i64::from(days).days());
        let since = (until - jiff::civil::date(2000, 1, 1)).get_days();
        let employed = self.employed();
        let events = employed * usize::from(days) / 30;
        self.time_passes(until, 1_000_000 + u64::try_from(since).unwrap_or_default(), Size { employed, events })
    }

    fn employed(&self) -> usize {
        self.people.iter().filter(|person| person.status.employed()).count()
    }

    fn time_passes(&mut self, until: jiff::civil::Date, purpose: u64, size: Size) -> Month {
        self.today = until;
        let mut dice = Dice::new(self.seed, purpose);
        let left = self.people_leave(&mut dice, size.events);
        let month = Month {
            left,
            started: self.starters_start(),
            leave_ended: self.change_some(&mut dice, size.events, 4, Status::Leave, |person, _| {
                person.status = Status::Active;
                bits(&["status"])
            }),
            leave_began: self.change_some(&mut dice, size.events, 5, Status::Active, |person, _| {
                person.status = Status::Leave;
                bits(&["status"])
            }),
            moved: self.people_move(&mut dice, size),
            married: self.people_marry(&mut dice, size.events),
            returned: self.people_return(&mut dice, size.events),
            ..self.people_are_hired(&mut dice, size)
        };
        self.touch();
        month
    }

    /// Those whose contract has ended go first; the others are anybody but leaders, whom their
    /// teams would have to follow.
    fn people_leave(&mut self, dice: &mut Dice, events: usize) -> usize {
        let count = dice.share(events, 18);
        let today = self.today;
        let may_leave = |person: &Person| person.status.employed() && !person.blank && !person.post.role.leads();
        let ended = |person: &Person| may_leave(person) && person.contract_end.is_some_and(|end| end < today);
        let mut leaving: Vec<usize> = self.places(ended);
        leaving.truncate(count);
        let others = self.places(|person| may_leave(person) && !ended(person));
        leaving.extend(some_of(dice, others, count - leaving.len()));
        for &place in &leaving {
            let days = i32::try_from(dice.below(28)).unwrap_or_default();
            self.leave(place, days_after(today, -days));
        }
        leaving.len()
    }

    /// Somebody's employment ended on that day.
    pub(super) fn leave(&mut self, place: usize, day: jiff::civil::Date) {
        let now = self.now();
        let person = &mut self.people[place];
        person.status = Status::Inactive;
        person.left = Some(day.max(person.hired));
        note(person, now, bits(&["status", "termination_date", "termination_type"]));
    }

    fn starters_start(&mut self) -> usize {
        let today = self.today;
        let starting = self.places(|person| person.status == Status::Onboarding && person.hired <= today);
        let now = self.now();
        for &place in &starting {
            let person = &mut self.people[place];
            person.status = Status::Active;
            note(person, now, bits(&["status"]));
        }
        starting.len()
    }

    fn people_move(&mut self, dice: &mut Dice, size: Size) -> usize {
        let leaders = Leaders::of(self);
        self.change_some(dice, size.events, 60, Status::Active, |person, dice| {
            let changed = relocate(person, dice, size.employed);
            person.supervisor = leaders.superior(person.post);
            changed | bits(&["supervisor"])
        })
    }

    fn people_marry(&mut self, dice: &mut Dice, events: usize) -> usize {
        let count = dice.share(events, 8);
        let candidates = self.places(|person| person.status.employed() && !person.blank);
        let now = self.now();
        let chosen = some_of(dice, candidates, count);
        for &place in &chosen {
            let name = self.people[place].name.married(dice);
            let number = self.address_number(&name.local_part());
            let person = &mut self.people[place];
            person.name = name;
            person.number = number;
            person.untell("last_name");
            person.untell("email");
            note(person, now, bits(&["last_name", "email"]));
        }
        chosen.len()
    }

    fn people_return(&mut self, dice: &mut Dice, events: usize) -> usize {
        let count = dice.below(u32::try_from(events * 3 / 250).unwrap_or_default().max(1)) as usize;
        let long_ago = days_after(self.today, -60);
        let candidates = self.places(|person| {
            let gone = person.status == Status::Inactive && person.left.is_some_and(|left| left < long_ago);
            gone && !person.blank && !person.external && person.mailbox == Mailbox::Company
        });
        let now = self.now();
        let leaders = Leaders::of(self);
        let chosen = some_of(dice, candidates, count);
        for &place in &chosen {
            let days = i32::try_from(dice.below(20)).unwrap_or_default();
            let mut back = self.rehire(place, days_after(self.today, -days));
            back.supervisor = leaders.superior(back.post);
            back.modified = now;
            note(&mut self.people[place], now, bits(&["email"]));
            self.people.push(back);
        }
        chosen.len()
    }

    fn people_are_hired(&mut self, dice: &mut Dice, size: Size) -> Month {
        let mut month = Month::default();
        let leaders = Leaders::of(self);
        for number in 0..dice.share(size.events, 20) {
            let person = if number % 2 == 0 {
                month.hired += 1;
                let hired = days_after(self.today, -i32::try_from(dice.below(28)).unwrap_or_default());
                self.draw_newcomer(dice, hired, size.employed, &leaders)
            } else {
                month.signed += 1;
                let hired = days_after(self.today, i32::try_from(dice.between(1, 60)).unwrap_or(1));
                self.draw_starter(dice, hired, size.employed, &leaders)
            };
            self.people.push(person);
        }
        month
    }

    pub(super) fn draw_newcomer(
        &mut self,
        dice: &mut Dice,
        hired: jiff::civil::Date,
        employed: usize,
        leaders: &Leaders,
    ) -> Person {
        let mut person = self.draw(dice, hired, employed);
        person.supervisor = leaders.superior(person.post);
        person.modified = self.now();
        person
    }

    /// Changes so many in a thousand, out of those with a status, at random. The
    /// change says what it changed.
    fn change_some(
        &mut self,
        dice: &mut Dice,
        events: usize,
        per_mille: u32,
        status: Status,
        change: impl Fn(&mut Person, &mut Dice) -> u64,
    ) -> usize {
        let count = dice.share(events, per_mille);
        let candidates = self.places(|person| person.status == status && !person.blank && !person.post.role.leads());
        let now = self.now();
        let chosen = some_of(dice, candidates, count);
        for &place in &chosen {
            let person = &mut self.people[place];
            let changed = change(person, dice);
            note(person, now, changed);
        }
        chosen.len()
    }

    pub(super) fn places(&self, wanted: impl Fn(&Person) -> bool) -> Vec<usize> {
        (0..self.people.len()).filter(|&place| wanted(&self.people[place])).collect()
    }
}

/// Another department, team, position, office or number of hours.
fn relocate(person: &mut Person, dice: &mut Dice, employed: usize) -> u64 {
    match dice.below(10) {
        0..=2 => {
            // Nobody is moved into the management, which stands first.
            let others = DEPARTMENTS.len() - 1;
            let current = usize::from(person.post.department).saturating_sub(1);
            person.post.department = narrow(1 + another(dice, current, others));
            let unit = &DEPARTMENTS[usize::from(person.post.department)];
            person.post.team = u16::try_from(dice.below(u32::from(team_count(unit, employed)))).unwrap_or_default();
            if matches!(person.post.role, Role::Position(_)) {
                person.post.role = Role::Position(2);
            }
            for key in ["department", "team", "position", "cost_centers"] {
                person.untell(key);
            }
            bits(&["department", "team", "position", "cost_centers", "dynamic_1830004"])
        }
        3..=5 => {
            person.hours = if person.hours == 400 { 320 } else { 400 };
            person.untell("weekly_working_hours");
            bits(&["weekly_working_hours", "work_schedule"])
        }
        6 | 7 => {
            person.post.office = narrow(another(dice, usize::from(person.post.office), OFFICES.len()));
            person.untell("office");
            person.untell("subcompany");
            bits(&["office", "subcompany", "holiday_calendar", "dynamic_1830009"])
        }
        _ => {
            let unit = &DEPARTMENTS[usize::from(person.post.department)];
            let current = if let Role::Position(position) = person.post.role { usize::from(position) } else { 2 };
            person.post.role = Role::Position(narrow(2 + another(dice, current - 2, unit.positions.len() - 2)));
            person.contract_end = None;
            person.untell("position");
            bits(&["position", "contract_end_date"])
        }
    }
}

/// Another place in a list of that length.
fn another(dice: &mut Dice, place: usize, length: usize) -> usize {
    (place + 1 + dice.place(length - 1)) % length
}

/// What changed, and when.
pub(super) fn note(person: &mut Person, now: jiff::civil::DateTime, changed: u64) {
    person.modified = now;
    person.changed = changed | bits(&["last_modified_at"]);
}

/// So many of them, chosen at random.
fn some_of(dice: &mut Dice, mut places: Vec<usize>, count: usize) -> Vec<usize> {
    let count = count.min(places.len());
    for chosen in 0..count {
        let other = chosen + dice.place(places.len() - chosen);
        places.swap(chosen, other);
    }
    places.truncate(count);
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Date, date};

    const TODAY: Date = date(2026, 11, 23);

    #[test]
    fn a_month_is_the_same_whenever_it_passes() {
        let after = |months| {
            let mut company = Company::generate(5, 250, TODAY);
            let passed: Vec<Month> = (0..months).map(|_| company.month_passes()).collect();
            (company.people().to_vec(), passed, company.today())
        };
        assert_eq!(after(3), after(3));
        assert_ne!(after(3).1, after(2).1);
        assert_eq!(after(3).2, date(2027, 2, 23));
    }

    #[test]
    fn a_year_of_a_company_of_250_is_believable() {
        for seed in 0..6 {
            let mut company = Company::generate(seed, 250, TODAY);
            let (mut joiners, mut returned) = (0, 0);
            for _ in 0..12 {
                let before = company.counts();
                let month = company.month_passes();
                let joined = month.started + month.hired + month.returned;
                assert!((2..=12).contains(&joined), "{month:?}");
                assert!((10..=20).contains(&month.moved), "{month:?}");
                assert!((1..=3).contains(&month.married), "{month:?}");
                assert!((3..=7).contains(&month.left), "{month:?}");
                assert!(month.returned <= 2);
                joiners += joined;
                returned += month.returned;
                let after = company.counts();
                assert_eq!(after.total, before.total + month.hired + month.signed + month.returned);
                assert_eq!(after.mangled, before.mangled + month.returned);
            }
            assert!(returned >= 2);
            assert!((4 * 12..=8 * 12).contains(&joiners), "{joiners}");
            let counts = company.counts();
            assert!((225..=300).contains(&(counts.active + counts.leave)), "{counts:?}");
        }
    }

    #[test]
    fn days_bring_their_part_of_a_month() {
        let mut company = Company::generate(3, 1_000, TODAY);
        let weeks: Vec<Month> = (0..4).map(|_| company.days_pass(7)).collect();
        assert_eq!(company.today(), date(2026, 12, 21));
        let moved: usize = weeks.iter().map(|week| week.moved).sum();
        assert!((35..=65).contains(&moved), "{weeks:?}");
        assert!(weeks.iter().all(|week| week.left <= 8 && week.hired <= 5), "{weeks:?}");
    }

    #[test]
    fn who_comes_back_has_a_new_profile_and_the_old_address() {
        let mut company = Company::generate(1, 250, TODAY);
        let before: Vec<_> = company.people().to_vec();
        while company.month_passes().returned == 0 {}
        let old = before.iter().find(|was| {
            was.mailbox == Mailbox::Company
                && company.person(was.id).is_some_and(|person| person.mailbox == Mailbox::Mangled)
        });
        let old = old.expect("somebody came back");
        let mangled = company.value(old.id, "email").expect("shared");
        let address = mangled.as_str().expect("text");
        let (clean, added) = address.rsplit_once('_').expect("mangled");
        assert_eq!(added.len(), 5);
        let back = company.people().iter().rfind(|person| company.value(person.id, "email") == Some(clean.into()));
        let back = back.expect("a new profile");
        assert!(back.id > old.id && back.status.employed() && back.born == old.born);
        assert_eq!(back.name, old.name);
    }

    #[test]
    fn nobody_ever_shares_an_address() {
        let mut company = Company::generate(2, 400, TODAY);
        for _ in 0..24 {
            company.month_passes();
        }
        let mut addresses: Vec<_> = company
            .ids()
            .into_iter()
            .filter_map(|id| company.value(id, "email").map(|value| value.to_string()))
            .collect();
        let all = addresses.len();
        addresses.sort();
        addresses.dedup();
        assert_eq!(addresses.len(), all);
    }
}
