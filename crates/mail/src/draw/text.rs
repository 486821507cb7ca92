//! The form for readers without HTML.

/// The form without HTML, as it grows.
#[derive(Default)]
pub(super) struct Text {
    pub(super) done: String,
    pub(super) line: String,
    pub(super) indent: String,
    /// What the next line begins with, in a list.
    pub(super) bullet: String,
    /// Whether a blank line is due before the next one.
    pub(super) gap: bool,
}

impl Text {
    /// Ends the paragraph; a blank line comes before the next one if there is a gap.
    pub(super) fn flush(&mut self, gap: bool) {
        if self.line.is_empty() {
            return;
        }
        if self.gap && !self.done.is_empty() {
            self.done.push('\n');
        }
        for part in [&self.indent, &self.bullet, &self.line, "\n"] {
            self.done.push_str(part);
        }
        self.line.clear();
        self.bullet.clear();
        self.gap = gap;
    }

    pub(super) fn line_break(&mut self) {
        self.line.push('\n');
        self.line.push_str(&self.indent);
        self.line.extend(self.bullet.chars().map(|_| ' '));
    }
}
