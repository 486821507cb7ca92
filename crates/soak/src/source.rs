//! Who should be a member, by the HR system, and who is one, by the program.

use std::collections::{BTreeMap, BTreeSet};

use sandbox::Company;
use serde_json::Value;

use crate::{ledger::Broken, place::Place};

const PROMISE: &str = "members are as the source says (R20, R22, R33)";

/// What is compared of a person: the attribute of the source, and the column of the members' file.
const COMPARED: [(&str, &str); 3] = [("email", "email"), ("last_name", "last_name"), ("department", "department")];

/// Compares the members, as `rollcall members` prints them, with the HR system. It holds after an import that was
/// completed without faults.
///
/// `apart` are IDs about which the last import had a question, and of members brought back by hand: they may be as they are.
pub fn compare(place: &Place, programme: &str, company: &mut Company, apart: &BTreeSet<String>) -> Vec<Broken> {
    let ran = match place.run(&["members", programme]) {
        Ok(ran) if ran.code == 0 => ran,
        ran => return vec![Broken::new(PROMISE, format!("members of {programme} cannot be listed: {ran:?}"))],
    };
    let members = members(&ran.out);
    let mut broken = Vec::new();
    let mut should = BTreeSet::new();
    for id in company.ids() {
        let status = text(company.value(id, "status"));
        let employee_id = id.to_string();
        if !["active", "leave"].contains(&status.as_str()) || apart.contains(&employee_id) {
            continue;
        }
        match members.get(&employee_id) {
            Some(row) if ["not-invited", "invited", "active"].contains(&row["status"].as_str()) => {
                let differs = |(attribute, column): &&(&str, &str)| {
                    let (said, has) = (text(company.value(id, attribute)), &row[*column]);
                    !said.trim().eq_ignore_ascii_case(has.trim())
                };
                // Values are people's: their names are enough.
                broken.extend(COMPARED.iter().filter(differs).map(|(_, column)| {
                    Broken::new(PROMISE, format!("{programme}: {column} of {employee_id} is another"))
                }));
            }
            Some(row) => {
                let detail = format!("{programme}: {employee_id} is {status} and their account {}", row["status"]);
                broken.push(Broken::new(PROMISE, detail));
            }
            None => broken.push(Broken::new(PROMISE, format!("{programme}: {employee_id} is {status} and no member"))),
        }
        should.insert(employee_id);
    }
    let current = |row: &BTreeMap<String, String>| !["leaver", "closed"].contains(&row["status"].as_str());
    for (id, row) in members.iter().filter(|(id, row)| current(row) && !should.contains(*id) && !apart.contains(*id)) {
        let detail = format!("{programme}: {id} is {} and should have left", row["status"]);
        broken.push(Broken::new(PROMISE, detail));
    }
    broken
}

/// A row of the members' file for each employee ID.
fn members(file: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let rows = reader.deserialize::<BTreeMap<String, String>>().map_while(Result::ok);
    rows.filter(|row| !row["employee_id"].is_empty()).map(|row| (row["employee_id"].clone(), row)).collect()
}

/// What people would say a value of the source is.
fn text(value: Option<Value>) -> String {
    match value {
        Some(Value::String(text)) => text,
        Some(Value::Object(object)) => object
            .get("attributes")
            .and_then(|attributes| attributes.get("name"))
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        _ => String::new(),
    }
}
