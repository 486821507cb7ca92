//! How a company comes to be: everybody drawn from the seed.

use std::collections::BTreeMap;

use jiff::civil::{Date, time};

use super::{
    Company, days_after,
    names::{CULTURES, NICKNAMES},
    org::{DEPARTMENTS, OFFICES, team_count},
    person::{Mailbox, Name, Person, Post, Role, Status},
};
use crate::dice::Dice;

/// Every attribute's bit: what changed about a person who is new.
pub(super) const EVERYTHING: u64 = u64::MAX;

/// Of a thousand employed people, so many profiles of people who left come on top.
const LEAVERS: u32 = 200;
/// Of a thousand employed people, so many who have signed and not started come on top.
const STARTERS: u32 = 30;
/// Of a thousand employed people, so many came back and have an old profile as well.
const RETURNED: u32 = 12;

/// Who leads whom: filled as people are placed, so that the first in a team leads it.
#[derive(Default)]
pub(super) struct Leaders {
    director: i64,
    heads: Vec<i64>,
    teams: Vec<Vec<i64>>,
}

impl Leaders {
    /// Finds the leaders among the people there are.
    pub(super) fn of(company: &Company) -> Self {
        let mut leaders = Self::default();
        for person in company.people.iter().filter(|person| person.status.employed()) {
            leaders.note(person.post, person.id);
        }
        leaders
    }

    fn note(&mut self, post: Post, id: i64) {
        let (department, team) = (usize::from(post.department), usize::from(post.team));
        match post.role {
            Role::Position(0) => {
                if department == 0 {
                    self.director = id;
                }
                self.heads.resize(self.heads.len().max(department + 1), 0);
                self.heads[department] = id;
            }
            Role::Position(1) => {
                self.teams.resize_with(self.teams.len().max(department + 1), Vec::new);
                let teams = &mut self.teams[department];
                teams.resize(teams.len().max(team + 1), 0);
                teams[team] = id;
            }
            _ => {}
        }
    }

    fn head(&self, department: u8) -> i64 {
        self.heads.get(usize::from(department)).copied().unwrap_or_default()
    }

    fn lead(&self, department: u8, team: u16) -> i64 {
        let teams = self.teams.get(usize::from(department));
        teams.and_then(|teams| teams.get(usize::from(team))).copied().unwrap_or_default()
    }

    /// Whom somebody in that post reports to; 0 for nobody.
    pub(super) fn superior(&self, post: Post) -> i64 {
        let chain = match post.role {
            Role::Position(0) if post.department == 0 => [0, 0, 0],
            Role::Position(0) => [self.director, 0, 0],
            Role::Position(1) => [self.head(post.department), self.director, 0],
            _ => [self.lead(post.department, post.team), self.head(post.department), self.director],
        };
        chain.into_iter().find(|&id| id != 0).unwrap_or_default()
    }
}

impl Company {
    /// A company that employs exactly that many people on that day (active, or on leave).
    ///
    /// Its list holds about a quarter more: starters who have signed, and people who left over the
    /// years, some of whom came back under a new profile.
    pub fn generate(seed: u64, employees: usize, today: Date) -> Self {
        let mut dice = Dice::new(seed, 0);
        let mut company = Self { seed, next_id: 1_204_117, ..Self::empty(today) };
        let gone = dice.share(employees, LEAVERS);
        let returned = dice.share(employees, RETURNED).min(gone).min(employees / 2);
        let starters = dice.share(employees, STARTERS);

        let mut days: Vec<u32> = (0..employees - returned + gone).map(|_| days_of_service(&mut dice)).collect();
        days.sort_unstable_by(|a, b| b.cmp(a));
        company.people.reserve(employees + gone + starters);

        let mut leaders = Leaders::default();
        let mut gone_left = gone;
        let mut places_left = days.len();
        for days_ago in days {
            let hired = days_after(today, -i32::try_from(days_ago).unwrap_or_default());
            let left = dice.place(places_left) < gone_left;
            places_left -= 1;
            let mut person = company.draw(&mut dice, hired, employees);
            if left {
                gone_left -= 1;
                person.status = Status::Inactive;
                person.left =
                    Some(days_after(hired, -1 + i32::try_from(dice.between(1, days_ago.max(1))).unwrap_or(1)));
                person.modified = person.left.map_or(person.modified, |left| left.to_datetime(time(17, 0, 0, 0)));
            } else {
                promote(&mut person, &leaders);
                if dice.chance(25) && !person.post.role.leads() {
                    person.status = Status::Leave;
                }
                leaders.note(person.post, person.id);
            }
            person.supervisor = leaders.superior(person.post);
            company.people.push(person);
        }
        company.bring_back_some(&mut dice, returned);
        for person in company.people.iter_mut().filter(|person| person.status.employed()) {
            person.supervisor = leaders.superior(person.post);
        }
        for number in 0..starters {
            // Somebody starts every few days, over two months.
            let hired = days_after(today, i32::try_from(1 + 60 * number / starters).unwrap_or(1));
            let person = company.draw_starter(&mut dice, hired, employees, &leaders);
            company.people.push(person);
        }
        company
    }

    /// Turns that many of the newest people into ones who had been here before.
    fn bring_back_some(&mut self, dice: &mut Dice, count: usize) {
        let long_ago = days_after(self.today, -60);
        let candidates = self.places(|person| {
            person.mailbox == Mailbox::Company && !person.external && person.left.is_some_and(|left| left < long_ago)
        });
        let done = count.min(candidates.len());
        for number in 0..done {
            let place = candidates[number * candidates.len() / done];
            let back = self.rehire(place, days_after(self.today, -i32::try_from(dice.between(5, 50)).unwrap_or(5)));
            self.people.push(back);
        }
        // Too few had left: newcomers keep the number of the employed what it was asked to be.
        for _ in done..count {
            let person = self.draw(dice, self.today, self.people.len());
            self.people.push(person);
        }
    }

    /// What HR does when somebody returns: a new profile takes the address along, and the old one
    /// keeps a mangled copy of it. The new profile is handed back, not yet in the list.
    pub(super) fn rehire(&mut self, place: usize, hired: Date) -> Person {
        let id = self.take_id(3);
        let old = &mut self.people[place];
        let mut back = old.clone();
        old.mailbox = Mailbox::Mangled;
        back.id = id;
        back.status = Status::Active;
        back.hired = hired;
        back.left = None;
        back.contract_end = None;
        back.told.clear();
        back.created = hired.to_datetime(time(8, 30, 0, 0));
        back.modified = back.created;
        back.changed = EVERYTHING;
        if back.post.role.leads() {
            back.post.role = Role::Position(2);
        }
        back
    }

    pub(super) fn take_id(&mut self, gap: u32) -> i64 {
        self.next_id += i64::from(gap.max(1));
        self.next_id
    }

    /// Somebody who has signed and starts on that day.
    pub(super) fn draw_starter(&mut self, dice: &mut Dice, hired: Date, employees: usize, leaders: &Leaders) -> Person {
        let mut person = self.draw(dice, hired, employees);
        person.status = Status::Onboarding;
        person.created = self.today.to_datetime(time(10, 0, 0, 0));
        person.modified = person.created;
        person.supervisor = leaders.superior(person.post);
        person
    }

    /// Somebody new, at work since that day; without a superior.
    pub(super) fn draw(&mut self, dice: &mut Dice, hired: Date, employees: usize) -> Person {
        let id = self.take_id(dice.between(1, 4));
        let mut person = conjure(dice, hired, self.today, employees);
        person.id = id;
        person.number = self.address_number(&person.name.local_part());
        person
    }

    /// Somebody who is not in the list, with an id and an address that nobody there has.
    pub(crate) fn stranger(&self, number: usize) -> Person {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let mut dice = Dice::new(self.seed, (1 << 40) + u64::from(number));
        let mut person = conjure(&mut dice, self.today, self.today, self.people.len());
        person.id = 9_000_000_000 + i64::from(number);
        person.number = 1_000_000 + number % 1_000_000_000;
        person
    }
}

/// Somebody at work since that day, who has no id and no address yet.
fn conjure(dice: &mut Dice, hired: Date, today: Date, employees: usize) -> Person {
    let name = draw_name(dice);
    let department = narrow(dice.weighted(DEPARTMENTS.iter().map(|department| department.weight)));
    let unit = &DEPARTMENTS[usize::from(department)];
    let (role, hours, contract_end) = draw_contract(dice, unit.positions.len(), hired, today);
    let deskless = dice.chance(unit.deskless);
    let office = if deskless { 3 } else { dice.weighted(OFFICES.iter().map(|office| office.weight)) };
    let team = u16::try_from(dice.below(u32::from(team_count(unit, employees)))).unwrap_or_default();
    let created = hired.to_datetime(time(8, 30, 0, 0));
    Person {
        id: 0,
        name,
        mailbox: if deskless { Mailbox::MadeUp } else { Mailbox::Company },
        number: 1,
        status: Status::Active,
        external: matches!(role, Role::Position(_)) && dice.chance(65),
        post: Post { department, team, office: narrow(office), role },
        supervisor: 0,
        hours,
        hired,
        contract_end,
        left: None,
        born: draw_birth(dice, role, hired),
        created,
        modified: created,
        changed: EVERYTHING,
        trait_seed: dice.number(),
        blank: false,
        told: BTreeMap::new(),
    }
}

/// The first employee directs the company, the first in a department heads it, the first in a team
/// leads that.
fn promote(person: &mut Person, leaders: &Leaders) {
    if person.external || !matches!(person.post.role, Role::Position(_)) || person.mailbox == Mailbox::MadeUp {
        return;
    }
    let Post { department, team, .. } = person.post;
    if leaders.director == 0 {
        person.post.department = 0;
        person.post.role = Role::Position(0);
    } else if leaders.head(department) == 0 {
        person.post.role = Role::Position(0);
    } else if leaders.lead(department, team) == 0 {
        person.post.role = Role::Position(1);
    }
    if person.post.role.leads() {
        person.contract_end = None;
    }
}

/// Most people have been here for a few years, some for many.
fn days_of_service(dice: &mut Dice) -> u32 {
    let (one, other) = (dice.below(4400), dice.below(4400));
    one * other / 4400 + 1
}

fn draw_name(dice: &mut Dice) -> Name {
    let at = dice.weighted(CULTURES.iter().map(|culture| culture.weight));
    let culture = &CULTURES[at];
    let female = dice.chance(490);
    let first = dice.place(if female { culture.female.len() } else { culture.male.len() });
    let name = Name::new(narrow(at), female, narrow(first), narrow(dice.place(culture.last.len())));
    let second = match culture.both_surnames {
        Some(" ") => dice.chance(850),
        Some(_) => dice.chance(80),
        None => dice.chance(20),
    };
    let name = if second { name.with_second_last(narrow(dice.place(culture.last.len()))) } else { name };
    if dice.chance(60) { name.with_nickname(narrow(dice.place(NICKNAMES.len()))) } else { name }
}

/// What somebody does, for how many tenths of an hour a week, and until when.
fn draw_contract(dice: &mut Dice, positions: usize, hired: Date, today: Date) -> (Role, u16, Option<Date>) {
    // Interns and students stay for months: those who came long ago were not that.
    let recent = days_after(hired, 150) > today;
    if recent && dice.chance(180) {
        let end = days_after(hired, i32::try_from(dice.between(160, 360)).unwrap_or(180));
        return if dice.chance(400) {
            (Role::Intern, 400, Some(end))
        } else {
            (Role::WorkingStudent, if dice.chance(700) { 200 } else { 160 }, Some(end))
        };
    }
    let hours = match dice.below(100) {
        0..=71 => 400,
        72..=79 => 385,
        80..=86 => 320,
        87..=92 => 300,
        93..=97 => 200,
        _ => 195,
    };
    let position = 2 + dice.place(positions - 2);
    (Role::Position(narrow(position)), hours, None)
}

fn draw_birth(dice: &mut Dice, role: Role, hired: Date) -> Date {
    let years = if matches!(role, Role::Position(_)) { dice.between(19, 56) } else { dice.between(18, 27) };
    let days = years * 365 + years / 4 + dice.below(365);
    days_after(hired, -i32::try_from(days).unwrap_or_default())
}

/// An index into one of the tables, all of which are short.
pub(super) fn narrow(place: usize) -> u8 {
    u8::try_from(place).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    const TODAY: Date = jiff::civil::date(2026, 11, 23);

    #[test]
    fn a_seed_is_a_company() {
        let company = Company::generate(7, 250, TODAY);
        assert_eq!(company.people(), Company::generate(7, 250, TODAY).people());
        assert_ne!(company.people(), Company::generate(8, 250, TODAY).people());
    }

    #[test]
    fn the_shares_are_believable() {
        for seed in 0..5 {
            let counts = Company::generate(seed, 1000, TODAY).counts();
            assert_eq!(counts.active + counts.leave, 1000);
            let thousandths = [
                (counts.leave, 10..=45),
                (counts.onboarding, 20..=40),
                (counts.inactive, 150..=230),
                (counts.external, 50..=110),
                (counts.mangled, 8..=16),
                (counts.no_mailbox, 40..=110),
                (counts.part_time, 130..=280),
            ];
            for (count, range) in thousandths {
                assert!(range.contains(&count), "{count} is not in {range:?}: {counts:?}");
            }
        }
    }

    #[test]
    fn nobody_shares_an_id_or_an_address() {
        let company = Company::generate(3, 2000, TODAY);
        let ids: HashSet<i64> = company.ids().into_iter().collect();
        assert_eq!(ids.len(), company.people().len());
        let addresses: HashSet<_> = company.ids().into_iter().filter_map(|id| company.value(id, "email")).collect();
        assert_eq!(addresses.len(), ids.len());
    }

    #[test]
    fn everybody_but_the_director_reports_to_somebody_who_is_there() {
        let company = Company::generate(3, 500, TODAY);
        let employed = company.people().iter().filter(|person| person.status.employed());
        let orphans = employed
            .filter(|person| company.person(person.supervisor).is_none_or(|above| !above.status.employed()))
            .count();
        assert_eq!(orphans, 1);
    }

    #[test]
    fn days_make_sense() {
        let company = Company::generate(11, 800, TODAY);
        for person in company.people() {
            match person.status {
                Status::Onboarding => assert!(person.hired > TODAY),
                Status::Inactive => {
                    let left = person.left.expect("leavers have left");
                    assert!(person.hired <= left && left <= TODAY, "{person:?}");
                }
                _ => assert!(person.hired <= TODAY && person.left.is_none()),
            }
            assert!(person.born < person.hired);
        }
    }

    #[test]
    fn tiny_companies_exist() {
        for employees in 0..12 {
            let counts = Company::generate(1, employees, TODAY).counts();
            assert_eq!(counts.active + counts.leave, employees);
        }
    }
}
