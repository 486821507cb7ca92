//! Faults that stand, and how often they still strike.

use serde::Serialize;

use super::{Endpoint, Fault, FaultKind};

/// A fault that was set, and what became of it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Standing {
    /// The number it was given.
    pub(crate) id: u64,
    pub(crate) fault: Fault,
    /// How many requests it struck.
    pub(crate) struck: u32,
    /// How many requests it could have struck so far.
    seen: u32,
    /// How many reads of the list began since it was set.
    reads: u32,
}

impl Standing {
    pub(crate) fn new(id: u64, fault: Fault) -> Self {
        Self { id, fault, struck: 0, seen: 0, reads: 0 }
    }

    /// Whether the fault strikes a request, counting it. `page` is that of a list; the first is 1.
    pub(crate) fn strikes(&mut self, endpoint: Endpoint, page: Option<u64>) -> bool {
        if endpoint == Endpoint::Employees && page == Some(1) {
            self.reads += 1;
        }
        let Fault { on, page: only, times, reads, skip, kind } = &self.fault;
        let everywhere = matches!(kind, FaultKind::CredentialsRevoked);
        if !everywhere && *on != Endpoint::Any && *on != endpoint {
            return false;
        }
        if only.is_some() && *only != page {
            return false;
        }
        self.seen += 1;
        let strikes = self.seen > *skip
            && times.is_none_or(|times| self.struck < times)
            && reads.is_none_or(|reads| self.reads <= reads);
        self.struck += u32::from(strikes);
        strikes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strikes(fault: Fault, requests: &[(Endpoint, u64)]) -> Vec<bool> {
        let mut standing = Standing::new(1, fault);
        requests.iter().map(|(endpoint, page)| standing.strikes(*endpoint, Some(*page))).collect()
    }

    #[test]
    fn a_fault_strikes_where_and_as_often_as_it_was_told_to() {
        use Endpoint::{Attributes, Employees};
        let read = [(Employees, 1), (Employees, 2), (Attributes, 1), (Employees, 1), (Employees, 2)];
        let fault = || Fault::new(FaultKind::Empty);
        assert_eq!(strikes(fault(), &read), [true, true, false, true, true]);
        assert_eq!(strikes(fault().page(2).times(1), &read), [false, true, false, false, false]);
        assert_eq!(strikes(fault().reads(1), &read), [true, true, false, false, false]);
        assert_eq!(strikes(fault().skip(2), &read), [false, false, false, true, true]);
        assert_eq!(strikes(fault().on(Endpoint::Any), &read), [true; 5]);
    }
}
