//! How the company is made up: legal entities, offices, departments, teams and what people do there.

/// A place of work.
pub(crate) struct Office {
    /// What people call it.
    pub(crate) name: &'static str,
    /// The legal entity that employs people here.
    pub(crate) subcompany: &'static str,
    /// The country, as a holiday calendar names it.
    pub(crate) country: &'static str,
    /// Street, postcode and town of somebody who lives nearby.
    pub(crate) address: &'static str,
    /// How many in a thousand people work here.
    pub(crate) weight: u32,
}

/// Every office; the order is part of what a seed means.
pub(crate) const OFFICES: &[Office] = &[
    office("Berlin", "Acme GmbH", "DE", "Lindenstraße 12\n10969 Berlin", 300),
    office("München", "Acme GmbH", "DE", "Schäfflerweg 3\n80331 München", 150),
    office("Köln, Rheinauhafen", "Acme GmbH", "DE", "Große Gasse 7\n50678 Köln", 100),
    office("Lager Süd", "Acme Logistik GmbH & Co. KG", "DE", "Am Güterbahnhof 1\n85055 Ingolstadt", 100),
    office("Wien", "Acme Österreich GmbH", "AT", "Währinger Weg 21/4\n1090 Wien", 80),
    office("Zürich", "Acme Schweiz AG", "CH", "Mühlegasse 5\n8001 Zürich", 60),
    office("Paris", "Acme France SAS", "FR", "8 bis, rue de l’Église\n75015 Paris", 60),
    office("Kraków", "Acme Polska Sp. z o.o.", "PL", "ul. Święta 9 m. 3\n31-042 Kraków", 60),
    office("Barcelona", "Acme Ibérica, S.L.", "ES", "C/ Peñíscola 14, 2º 1ª\n08014 Barcelona", 50),
    office("Remote", "Acme GmbH", "DE", "", 40),
];

const fn office(
    name: &'static str,
    subcompany: &'static str,
    country: &'static str,
    address: &'static str,
    weight: u32,
) -> Office {
    Office { name, subcompany, country, address, weight }
}

/// A department.
pub(crate) struct Department {
    /// What people call it.
    pub(crate) name: &'static str,
    /// Names of its teams; in a large company they come with a number.
    pub(crate) teams: &'static [&'static str],
    /// What people do here; the first is the head of the department, the second leads a team.
    pub(crate) positions: &'static [&'static str],
    /// The cost centre that it is booked on; the zeros belong to it.
    pub(crate) cost_center: &'static str,
    /// How many in a thousand people work here.
    pub(crate) weight: u32,
    /// How many in a thousand of them have no mailbox of the company's.
    pub(crate) deskless: u32,
}

/// Every department; the order is part of what a seed means. The first is the management.
pub(crate) const DEPARTMENTS: &[Department] = &[
    Department {
        name: "Geschäftsführung",
        teams: &["Assistenz"],
        positions: &["Managing Director", "Chief of Staff", "Executive Assistant", "Legal Counsel"],
        cost_center: "0001",
        weight: 10,
        deskless: 0,
    },
    Department {
        name: "Engineering",
        teams: &["Platform", "Payments", "Search", "Mobile", "Data", "Quality"],
        positions: &[
            "VP Engineering",
            "Engineering Manager",
            "Software Engineer",
            "Senior Software Engineer",
            "QA Engineer",
        ],
        cost_center: "0410",
        weight: 280,
        deskless: 0,
    },
    Department {
        name: "Product & Design",
        teams: &["Discovery", "Design System", "Research"],
        positions: &["Chief Product Officer", "Lead Designer", "Product Manager", "UX Designer", "User Researcher"],
        cost_center: "0420",
        weight: 80,
        deskless: 0,
    },
    Department {
        name: "Sales",
        teams: &["DACH", "Benelux", "Südeuropa", "Key Accounts"],
        positions: &["Head of Sales", "Sales Team Lead", "Account Executive", "Sales Development Representative"],
        cost_center: "0510",
        weight: 150,
        deskless: 0,
    },
    Department {
        name: "Kundenservice",
        teams: &["First Level", "Second Level", "Onboarding"],
        positions: &[
            "Head of Customer Care",
            "Team Lead Customer Care",
            "Customer Care Agent",
            "Customer Success Manager",
        ],
        cost_center: "0520",
        weight: 140,
        deskless: 0,
    },
    Department {
        name: "Marketing",
        teams: &["Brand", "Performance", "Content, PR & Events"],
        positions: &["Chief Marketing Officer", "Marketing Lead", "Content Manager", "Performance Marketing Manager"],
        cost_center: "0530",
        weight: 70,
        deskless: 0,
    },
    Department {
        name: "People & Culture",
        teams: &["Recruiting", "Payroll"],
        positions: &[
            "Head of People",
            "People Lead",
            "HR Business Partner",
            "Talent Acquisition Manager",
            "Payroll Specialist",
        ],
        cost_center: "0610",
        weight: 50,
        deskless: 0,
    },
    Department {
        name: "Finance",
        teams: &["Accounting", "Controlling"],
        positions: &["Chief Financial Officer", "Lead Controller", "Accountant", "Controller"],
        cost_center: "0620",
        weight: 50,
        deskless: 0,
    },
    Department {
        name: "Logistik",
        teams: &["Wareneingang", "Kommissionierung", "Versand", "Fuhrpark"],
        positions: &[
            "Leitung Logistik",
            "Schichtleitung",
            "Fachkraft für Lagerlogistik",
            "Kommissionierer/in",
            "Fahrer/in",
        ],
        cost_center: "0700",
        weight: 140,
        deskless: 450,
    },
    Department {
        name: "Facility",
        teams: &["Empfang", "Haustechnik"],
        positions: &["Head of Facility", "Facility Lead", "Empfangskraft", "Haustechniker/in"],
        cost_center: "0710",
        weight: 30,
        deskless: 400,
    },
];

/// What somebody does who comes to learn for some months.
pub(crate) const INTERN: &str = "Praktikant/in";
/// What somebody does who studies besides.
pub(crate) const WORKING_STUDENT: &str = "Werkstudent/in";

/// The team's name: those of a large department come with a number.
pub(crate) fn team_name(department: &Department, team: u16) -> String {
    let count = department.teams.len();
    let base = department.teams[usize::from(team) % count];
    match usize::from(team) / count {
        0 => base.to_owned(),
        round => format!("{base} {}", round + 1),
    }
}

/// How many teams a department has in a company of that many people: about one a dozen.
pub(crate) fn team_count(department: &Department, employees: usize) -> u16 {
    let people = employees * department.weight as usize / 1000;
    u16::try_from(people / 12).unwrap_or(u16::MAX).clamp(1, 240)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_shares_of_a_thousand() {
        assert_eq!(OFFICES.iter().map(|office| office.weight).sum::<u32>(), 1000);
        assert_eq!(DEPARTMENTS.iter().map(|department| department.weight).sum::<u32>(), 1000);
    }

    #[test]
    fn teams_of_a_large_department_are_numbered() {
        let sales = &DEPARTMENTS[3];
        assert_eq!(team_name(sales, 1), "Benelux");
        assert_eq!(team_name(sales, 5), "Benelux 2");
        assert_eq!(team_count(sales, 10), 1);
        assert_eq!(team_count(sales, 1000), 12);
    }
}
