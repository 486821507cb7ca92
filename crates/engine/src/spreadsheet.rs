//! Lines of CSV files that spreadsheets open without harm: UTF-8, and no cell is a formula (R53).

/// A line of cells, with its end.
pub fn line<C: AsRef<str>>(cells: impl IntoIterator<Item = C>) -> String {
    let mut line = cells.into_iter().map(|cell| quoted(defused(cell.as_ref()))).collect::<Vec<_>>().join(",");
    line.push('\n');
    line
}

fn quoted(cell: String) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

/// A cell that no spreadsheet takes for a formula. Telephone numbers and the like stay as they are.
fn defused(cell: &str) -> String {
    let harmless = |rest: &str| rest.chars().all(|c| c.is_ascii_digit() || " ()./-".contains(c));
    match cell.chars().next() {
        Some('+' | '-') if harmless(&cell[1..]) => cell.to_owned(),
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{cell}"),
        _ => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r53_no_cell_is_a_formula() {
        assert_eq!(defused("=1+1"), "'=1+1");
        assert_eq!(defused("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(defused("-2+3+cmd|' /C calc'!A0"), "'-2+3+cmd|' /C calc'!A0");
        assert_eq!(defused("+49 (30) 123-45"), "+49 (30) 123-45");
        assert_eq!(defused("Ada"), "Ada");
    }

    #[test]
    fn r53_what_would_end_a_cell_is_quoted() {
        assert_eq!(
            line(["a", "b, c", "say \"x\"", "two\nlines", ""]),
            "a,\"b, c\",\"say \"\"x\"\"\",\"two\nlines\",\n"
        );
    }
}
