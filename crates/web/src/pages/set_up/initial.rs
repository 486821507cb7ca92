//! *Initial Setup*: when imports run, the welcome e-mail, and who is told.

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::IntoResponse,
};
use domain::{
    email,
    roles::Action,
    rules::Absent,
    schedule::{Frequency, Schedule, Weekday},
    setup::{Mistakes, Place, Recipient, Step},
};
use engine::{EngineError, setup::Basics};
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::{
    frame::{Bench, Frame},
    mistakes,
    schedule::clock_time,
};
use crate::{
    access::Manager,
    form::{Entries, Wrongs},
    page::{Page, Shell, draw, go_on},
    routes::{Access, Route, get, post},
    words::Words,
};

pub(super) fn routes() -> Vec<Route> {
    let path = "/manage/{programme}/integrations/{source}/set-up/initial";
    vec![
        get(path, Access::May(Action::SetUp), show),
        post(path, Access::May(Action::SetUp), save),
        post("/manage/{programme}/integrations/{source}/set-up/initial/check", Access::May(Action::SetUp), check),
    ]
}

/// The form as it stands in the page.
struct Filled {
    frequency: Frequency,
    weekday: Weekday,
    day: String,
    time: String,
    minute: String,
    welcome_email: bool,
    recipients: Vec<Recipient>,
    no_mailbox_domains: String,
    early_days: String,
    absent: Absent,
}

/// What the fields are called that something can be wrong with.
const LABELS: [(&str, &str); 6] = [
    ("schedule", "initial-how-often"),
    ("day", "initial-day"),
    ("time", "initial-time"),
    ("minute", "initial-minute"),
    ("no_mailbox_domains", "initial-domains"),
    ("early_days", "initial-early"),
];

/// One of several to choose from.
struct Choice {
    value: String,
    name: String,
    is_chosen: bool,
}

/// A row for somebody who is told of imports.
struct Told {
    field: String,
    address: String,
    failures_only: bool,
    wrong: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/set_up/initial.html")]
struct Initial {
    shell: Shell,
    frame: Frame,
    filled: Filled,
    wrong: Wrongs,
    owner: String,
    next_times: Vec<String>,
    zone: String,
    /// Whether the dialog with the welcome e-mail is open.
    previews: bool,
    film: Option<crate::pages::help::Film>,
}

impl Initial {
    fn frequencies(&self) -> Vec<Choice> {
        let choice = |frequency: Frequency| Choice {
            value: frequency.to_string(),
            name: self.shell.words.of("frequency-", frequency).to_string(),
            is_chosen: frequency == self.filled.frequency,
        };
        Frequency::ALL.into_iter().map(choice).collect()
    }

    fn weekdays(&self) -> Vec<Choice> {
        let day = |weekday: Weekday| Choice {
            value: weekday.to_string(),
            name: self.shell.words.t(format!("weekday-{}", weekday as i8 + 1)).to_string(),
            is_chosen: weekday == self.filled.weekday,
        };
        Weekday::ALL.into_iter().map(day).collect()
    }

    fn recipients(&self) -> Vec<Told> {
        let told = |(number, recipient): (usize, &Recipient)| {
            let field = format!("recipient.{number}");
            let wrong = self.wrong.at(&field).map(str::to_owned);
            Told { address: recipient.address.clone(), failures_only: recipient.failures_only, wrong, field }
        };
        self.filled.recipients.iter().enumerate().map(told).collect()
    }
}

impl Filled {
    fn of(basics: &Basics) -> Self {
        let Basics { schedule, recipients, welcome_email, no_mailbox_domains, early_days, absent } = basics;
        Self {
            frequency: schedule.frequency,
            weekday: schedule.weekday,
            day: schedule.day.to_string(),
            time: clock_time(*schedule),
            minute: schedule.minute.to_string(),
            welcome_email: *welcome_email,
            recipients: recipients.clone(),
            no_mailbox_domains: no_mailbox_domains.join(", "),
            early_days: early_days.map(|days| days.to_string()).unwrap_or_default(),
            absent: *absent,
        }
    }

    fn read(entries: &Entries) -> Self {
        let recipient = |number| Recipient {
            address: entries.get(&format!("recipient.{number}.address")).to_owned(),
            failures_only: entries.has(&format!("recipient.{number}.failures")),
        };
        let recipients = (0..entries.rows("recipient.")).map(recipient);
        let standard = Schedule::default();
        Self {
            frequency: entries.get("frequency").parse().unwrap_or(standard.frequency),
            weekday: entries.get("weekday").parse().unwrap_or(standard.weekday),
            day: entries.get("day").to_owned(),
            time: entries.get("time").to_owned(),
            minute: entries.get("minute").to_owned(),
            welcome_email: entries.has("welcome"),
            // A row without an address is one that was taken out.
            recipients: recipients.filter(|recipient| !recipient.address.is_empty()).collect(),
            no_mailbox_domains: entries.get("no_mailbox_domains").to_owned(),
            early_days: entries.get("early_days").to_owned(),
            absent: if entries.get("absent") == "keep" { Absent::Keep } else { Absent::Leave },
        }
    }

    /// The settings, with what cannot be read noted beside its field. Parts that the frequency has no use
    /// for are not asked about.
    fn basics(&self, words: Words, wrong: &mut Wrongs) -> Basics {
        let standard = Schedule::default();
        let mut number = |field: &str, text: &str, from: i8, to: i8, otherwise: i8| match text.parse::<i8>() {
            Ok(number) if (from..=to).contains(&number) => number,
            _ if text.is_empty() && field != "minute" && field != "day" => otherwise,
            _ => {
                wrong.add(field, words.t("initial-number").count("from", from).count("to", to));
                otherwise
            }
        };
        let mut schedule = Schedule { frequency: self.frequency, weekday: self.weekday, ..standard };
        if self.frequency == Frequency::Hourly {
            schedule.minute = number("minute", &self.minute, 0, 59, standard.minute);
        }
        if self.frequency == Frequency::Monthly {
            schedule.day = number("day", &self.day, 1, 31, standard.day);
        }
        if self.frequency != Frequency::Hourly {
            match time(&self.time) {
                Some((hour, minute)) => (schedule.hour, schedule.minute) = (hour, minute),
                None => wrong.add("time", words.t("initial-time-wrong")),
            }
        }
        let early_days = match self.early_days.parse::<u16>() {
            Ok(days) => Some(days),
            Err(_) if self.early_days.is_empty() => None,
            Err(_) => {
                wrong.add("early_days", words.t("initial-number").count("from", 0).count("to", 365));
                None
            }
        };
        let domains = self.no_mailbox_domains.split([',', ' ']).map(email::key).filter(|domain| !domain.is_empty());
        Basics {
            schedule,
            recipients: self.recipients.clone(),
            welcome_email: self.welcome_email,
            no_mailbox_domains: domains.collect(),
            early_days: early_days.filter(|days| *days > 0),
            absent: self.absent,
        }
    }
}

/// Hour and minute of `06:00`.
fn time(text: &str) -> Option<(i8, i8)> {
    let (hour, rest) = text.split_once(':')?;
    let (hour, minute) = (hour.parse().ok()?, rest.get(..2)?.parse().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, minute))
}

fn page(manager: &Manager, bench: &Bench, filled: Filled, wrong: Wrongs) -> Result<Initial, crate::failure::Failure> {
    let (frame, shell) = Frame::new(manager, bench, Step::InitialSetup)?;
    let schedule = filled.basics(manager.words, &mut Wrongs::default()).schedule;
    let zone = TimeZone::get(&manager.programme.time_zone).unwrap_or(TimeZone::UTC);
    let now = jiff::Timestamp::from_microsecond(manager.web.engine.now()).unwrap_or_default();
    let next_times = schedule.next_times(now, &zone, 3);
    for (field, label) in LABELS {
        wrong.call(field, manager.words.t(label));
    }
    for number in 0..filled.recipients.len() {
        wrong.call(&format!("recipient.{number}"), manager.words.n("initial-recipient", number + 1));
    }
    let owner = bench.integration.as_ref().map_or(&manager.signed.administrator.email, |one| &one.owner);
    Ok(Initial {
        shell,
        frame,
        wrong,
        owner: owner.clone(),
        next_times: next_times.iter().map(|time| manager.clock.moment(time.as_microsecond())).collect(),
        zone: manager.clock.zone_name.clone(),
        previews: false,
        film: crate::pages::help::film(manager.words.language),
        filled,
    })
}

#[derive(Deserialize)]
struct Asked {
    preview: Option<String>,
    said: Option<String>,
}

async fn show(manager: Manager, Path((_, source)): Path<(String, String)>, Query(asked): Query<Asked>) -> Page {
    let bench = Bench::new(&manager, &source).await?;
    let filled = Filled::of(&Basics::of(&bench.draft));
    let mut page = page(&manager, &bench, filled, Wrongs::default())?;
    page.previews = asked.preview.is_some();
    page.shell = page.shell.saying(asked.said.as_deref());
    draw(&page)
}

/// Draws the page again as it is filled in: the next times follow what is chosen.
async fn check(manager: Manager, Path((_, source)): Path<(String, String)>, entries: Entries) -> Page {
    let bench = Bench::new(&manager, &source).await?;
    // Nobody is told of mistakes while they are still typing.
    draw(&page(&manager, &bench, Filled::read(&entries), Wrongs::default())?)
}

async fn save(manager: Manager, Path((_, source)): Path<(String, String)>, entries: Entries) -> Page {
    let bench = Bench::new(&manager, &source).await?;
    let mut filled = Filled::read(&entries);
    let mut wrong = Wrongs::default();
    if entries.get("do") == "add-recipient" {
        filled.recipients.push(Recipient { address: String::new(), failures_only: false });
        return draw(&page(&manager, &bench, filled, wrong)?);
    }
    let basics = filled.basics(manager.words, &mut wrong);
    if wrong.is_empty() {
        let engine = &manager.web.engine;
        let (owner, by) = (&manager.signed.administrator.email, manager.actor());
        let integration = engine.begin_set_up(&manager.programme, &source, owner, &by).await?;
        match engine.save_basics(&integration, &basics, &by).await {
            Ok(_) => {
                let saved = Bench::of(&manager, engine.reload(&integration).await?)?;
                return Ok(go_on(&saved.onward(&manager), "saved"));
            }
            Err(EngineError::Mistakes(mistakes)) => note(manager.words, &mistakes, &mut wrong),
            Err(error) => return Err(error.into()),
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&page(&manager, &bench, filled, wrong)?)?).into_response())
}

fn note(words: Words, mistakes: &Mistakes, wrong: &mut Wrongs) {
    for mistake in &mistakes.0 {
        let field = match &mistake.place {
            Place::NoMailboxDomains => "no_mailbox_domains".to_owned(),
            Place::Recipient(number) => format!("recipient.{number}"),
            _ => "schedule".to_owned(),
        };
        wrong.add(field, mistakes::text(words, mistake));
    }
}
