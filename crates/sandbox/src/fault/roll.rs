//! The list of people as one request sees it, faults included.

use super::{FaultKind, Shift};

/// One place of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    /// The person at this place of the company's list.
    Person(usize),
    /// The same, with other values.
    Altered(usize),
    /// Somebody who is not in the company's list at all.
    Stranger(usize),
}

/// A list of people that faults have changed, and what it claims to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Roll {
    /// How many people it says there are.
    pub(crate) total: usize,
    /// The page size that the answer names.
    pub(crate) limit: usize,
    /// The entries of the page.
    pub(crate) page: Vec<Entry>,
}

impl Roll {
    /// The page of a list of `count` people that begins at `offset`.
    pub(crate) fn page(count: usize, offset: usize, limit: usize, faults: &[FaultKind]) -> Self {
        let (mut offset, mut admitted, mut size) = (offset, limit, limit);
        let mut list = List { length: count, total: count, changes: Vec::new() };
        let number = offset / limit.max(1) + 1;
        for fault in faults {
            match fault {
                FaultKind::SamePage => offset = 0,
                FaultKind::Cap { limit, admitted: admits } => {
                    size = size.min(to_usize(*limit));
                    if *admits {
                        admitted = size;
                    }
                }
                _ => list.suffer(fault, number, offset + limit),
            }
        }
        let end = list.length.min(offset.saturating_add(size));
        let page = (offset..end).map(|place| list.at(place, count)).collect();
        Self { total: list.total, limit: admitted, page }
    }
}

/// A list as a length and the changes that lead to it, each of which maps a place to an older one.
struct List {
    length: usize,
    total: usize,
    changes: Vec<Change>,
}

enum Change {
    InsertFront,
    DeleteFront,
    Rotate {
        length: usize,
    },
    /// The place repeats the first person.
    Twice {
        at: usize,
        differing: bool,
    },
}

impl List {
    fn suffer(&mut self, fault: &FaultKind, number: usize, end: usize) {
        match fault {
            FaultKind::Empty => (self.length, self.total) = (0, 0),
            FaultKind::Half { truthful } => {
                self.length /= 2;
                if *truthful {
                    self.total = self.length;
                }
            }
            FaultKind::TotalMoves { by } => {
                let pages = isize::try_from(number - 1).unwrap_or_default();
                let by = isize::try_from(*by).unwrap_or_default();
                self.total = self.total.saturating_add_signed(by.saturating_mul(pages));
            }
            FaultKind::Shift { after, how, same_total } if number > to_usize(*after) => self.shift(*how, *same_total),
            FaultKind::Twice { differing } => {
                self.changes.push(Change::Twice { at: self.length, differing: *differing });
                self.length += 1;
                self.total = self.length;
            }
            FaultKind::Endless => {
                self.length = usize::MAX;
                self.total = self.total.max(end + 100);
            }
            _ => {}
        }
    }

    fn shift(&mut self, how: Shift, same_total: bool) {
        match how {
            Shift::InsertFront => {
                self.changes.push(Change::InsertFront);
                self.length += usize::from(!same_total);
            }
            Shift::DeleteFront => {
                self.changes.push(Change::DeleteFront);
                self.length -= usize::from(!same_total && self.length > 0);
            }
            Shift::Rotate => self.changes.push(Change::Rotate { length: self.length }),
        }
        self.total = self.length;
    }

    fn at(&self, place: usize, count: usize) -> Entry {
        let mut place = place;
        for change in self.changes.iter().rev() {
            match change {
                Change::InsertFront if place == 0 => return Entry::Stranger(0),
                Change::InsertFront => place -= 1,
                Change::DeleteFront => place += 1,
                Change::Rotate { length } => place = (place + 1) % length.max(&1),
                Change::Twice { at, differing } if *at == place => {
                    return if *differing { Entry::Altered(0) } else { Entry::Person(0) };
                }
                Change::Twice { .. } => {}
            }
        }
        if place < count { Entry::Person(place) } else { Entry::Stranger(place) }
    }
}

fn to_usize(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Entry::{Altered, Person, Stranger};

    /// Everything that a reader of five people meets who asks for pages of two.
    fn read(faults: &[FaultKind]) -> (Vec<Entry>, Vec<usize>) {
        let (mut met, mut totals) = (Vec::new(), Vec::new());
        for offset in [0, 2, 4] {
            let roll = Roll::page(5, offset, 2, faults);
            met.extend(roll.page);
            totals.push(roll.total);
        }
        (met, totals)
    }

    #[test]
    fn without_faults_everybody_is_met_once() {
        assert_eq!(read(&[]), ((0..5).map(Person).collect(), vec![5; 3]));
    }

    #[test]
    fn a_shift_makes_one_slip_or_come_twice() {
        let shift = |how, same_total| read(&[FaultKind::Shift { after: 1, how, same_total }]);
        let people = |places: &[usize]| places.iter().copied().map(Person).collect::<Vec<_>>();

        assert_eq!(shift(Shift::InsertFront, false), (people(&[0, 1, 1, 2, 3, 4]), vec![5, 6, 6]));
        assert_eq!(shift(Shift::InsertFront, true), (people(&[0, 1, 1, 2, 3]), vec![5, 5, 5]));
        assert_eq!(shift(Shift::DeleteFront, false), (people(&[0, 1, 3, 4]), vec![5, 4, 4]));
        // Person 2 slips, and neither the total nor the number of different people shows it.
        let unseen = vec![Person(0), Person(1), Person(3), Person(4), Stranger(5)];
        assert_eq!(shift(Shift::DeleteFront, true), (unseen, vec![5, 5, 5]));
        assert_eq!(shift(Shift::Rotate, true), (people(&[0, 1, 3, 4, 0]), vec![5, 5, 5]));
    }

    #[test]
    fn half_a_list_admits_it_or_not() {
        let half = vec![Person(0), Person(1)];
        assert_eq!(read(&[FaultKind::Half { truthful: true }]), (half.clone(), vec![2; 3]));
        assert_eq!(read(&[FaultKind::Half { truthful: false }]), (half, vec![5; 3]));
        assert_eq!(read(&[FaultKind::Empty]), (vec![], vec![0; 3]));
    }

    #[test]
    fn a_page_can_repeat_or_be_capped() {
        assert_eq!(read(&[FaultKind::SamePage]).0, [0, 1, 0, 1, 0, 1].map(Person));
        let capped = Roll::page(5, 0, 4, &[FaultKind::Cap { limit: 3, admitted: false }]);
        assert_eq!((capped.page.len(), capped.limit), (3, 4));
        let capped = Roll::page(5, 0, 4, &[FaultKind::Cap { limit: 3, admitted: true }]);
        assert_eq!((capped.page.len(), capped.limit), (3, 3));
    }

    #[test]
    fn totals_can_move_and_lists_can_have_no_end() {
        assert_eq!(read(&[FaultKind::TotalMoves { by: -1 }]).1, [5, 4, 3]);
        let far = Roll::page(5, 1_000, 2, &[FaultKind::Endless]);
        assert_eq!(far.page, [Stranger(1_000), Stranger(1_001)]);
        assert!(far.total > 1_002);
    }

    #[test]
    fn somebody_can_stand_in_the_list_twice() {
        let met = read(&[FaultKind::Twice { differing: true }]);
        assert_eq!(met.0.last(), Some(&Altered(0)));
        assert_eq!(met.1, [6; 3]);
    }
}
