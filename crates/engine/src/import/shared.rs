//! Attributes that nobody's record held: withdrawn in the source, in spite of what it lists.

use domain::problem::{Code, Problem};

use super::{Failure, Run, Stop, read::Reading};

impl Reading<'_> {
    fn is_shared(&self, attribute: &str) -> bool {
        let position = self.reader.asked().position(attribute);
        position.is_none_or(|position| self.shared.get(position).copied().unwrap_or_default())
    }

    /// R8: without status, e-mail and segment attributes nobody can be judged. A source that lists
    /// one of them and then gives it for nobody has not said that nobody has it.
    pub(super) fn check_what_was_shared(&self, source_name: &'static str) -> Result<(), Stop> {
        for (attribute, purpose) in self.reader.rules().indispensable() {
            if !self.is_shared(attribute) {
                return Err(Failure::NotShared { source_name, attribute: attribute.to_owned(), purpose }.into());
            }
        }
        Ok(())
    }

    /// Mapped attributes that nobody has any more: members keep what they have (R34).
    pub(super) fn not_shared(&self) -> Vec<Problem> {
        let mapped = self.reader.rules().mapping.iter();
        let missing = mapped.filter(|(_, attribute)| !self.is_shared(&attribute.key));
        missing
            .map(|(field, attribute)| {
                Problem::new(Code::AttributeNotShared).at(field.to_string()).with_value(&attribute.key)
            })
            .collect()
    }

    /// Tells of them.
    pub(super) async fn report_not_shared(&mut self, run: &Run<'_>) -> Result<(), Stop> {
        let missing = self.not_shared();
        self.add_problems(None, "", None, missing);
        self.flush(run).await
    }
}
