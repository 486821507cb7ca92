//! Reading: the same pages over the same HTTP client, parsed and thrown away.

use anyhow::Context;
use domain::record::Asked;
use futures::{StreamExt, stream};
use reqwest::{Client, Url, redirect::Policy};
use serde::Deserialize;
use serde_json::value::RawValue;
use sources::{
    Source,
    personio::{Limiter, PAGES_AT_ONCE, Personio, Settings},
};

/// The credentials of the sandbox's company.
pub const CLIENT: (&str, &str) = ("papi-sandbox", "papi-sandbox-secret");

/// The attributes that the measured integration asks for, and everybody it is compared with.
pub const ATTRIBUTES: [&str; 7] = ["id", "status", "email", "first_name", "last_name", "department", "hire_date"];

/// Reads everybody with the product's own client, which makes records of what it parses; tells how many there were.
pub async fn by_client(base_url: &str) -> anyhow::Result<usize> {
    let settings = Settings {
        base_url: Some(base_url.to_owned()),
        limiter: Limiter::unlimited(),
        ..Settings::new(CLIENT.0, CLIENT.1.into())
    };
    let source = Personio::new(settings)?;
    let mut pages = source.read(Asked::new(ATTRIBUTES));
    let mut people = 0;
    while let Some(page) = pages.next().await {
        people += page?.records.len();
    }
    Ok(people)
}

/// Reads everybody with as little as that takes: as many requests at once as Rollcall makes, each answer parsed where
/// there is a processor for it, and every value left where it stands. Tells how many there were.
pub async fn borrowed(base_url: &str) -> anyhow::Result<usize> {
    let reader = Reader::new(base_url).await?;
    let (mut people, total) = reader.page(0).await?;
    let rest = (1..total.div_ceil(PAGE)).map(|page| tokio::spawn(reader.clone().page_alone(page * PAGE)));
    let mut rest = stream::iter(rest).buffer_unordered(PAGES_AT_ONCE);
    while let Some(page) = rest.next().await {
        people += page??;
    }
    Ok(people)
}

/// Lets the first people at work come to another department; gives back what the sandbox said.
pub async fn change(base_url: &str, people: u64, department: &str) -> anyhow::Result<String> {
    let root = base_url.trim_end_matches("/v1");
    let change = serde_json::json!({
        "do": "change", "change": { "set": { "department": department } }, "status": "active", "first": people,
    });
    let url = format!("{root}/_sandbox/companies/{}/mutate", CLIENT.0);
    Ok(client()?.post(url).json(&change).send().await?.error_for_status()?.text().await?)
}

fn client() -> anyhow::Result<Client> {
    drop(rustls::crypto::ring::default_provider().install_default());
    Ok(Client::builder().no_proxy().redirect(Policy::none()).tls_certs_only([]).build()?)
}

/// How many people an answer holds.
const PAGE: u64 = 100;

#[derive(Clone)]
struct Reader {
    client: Client,
    base_url: String,
    token: String,
}

impl Reader {
    async fn new(base_url: &str) -> anyhow::Result<Self> {
        let client = client()?;
        let credentials = serde_json::json!({ "client_id": CLIENT.0, "client_secret": CLIENT.1 });
        let granted = client.post(format!("{base_url}/auth")).json(&credentials).send().await?.error_for_status()?;
        let granted: Granted = granted.json().await?;
        Ok(Self { client, base_url: base_url.to_owned(), token: granted.data.token })
    }

    /// How many people are on a page, and how many there are.
    async fn page(&self, offset: u64) -> anyhow::Result<(usize, u64)> {
        let mut url = Url::parse(&format!("{}/company/employees", self.base_url))?;
        url.query_pairs_mut()
            .append_pair("limit", &PAGE.to_string())
            .append_pair("offset", &offset.to_string())
            .extend_pairs(ATTRIBUTES.iter().map(|key| ("attributes[]", key)));
        let answer = self.client.get(url).bearer_auth(&self.token).send().await?.error_for_status()?;
        let body = answer.bytes().await?;
        let page: Page<'_> = serde_json::from_slice(&body).context("a page cannot be read")?;
        // Whoever does not look at the values may have them not parsed at all.
        std::hint::black_box(&page);
        let people = page.data.iter().filter(|person| person.attributes.id.is_some()).count();
        Ok((people, page.metadata.total_elements))
    }

    async fn page_alone(self, offset: u64) -> anyhow::Result<usize> {
        self.page(offset).await.map(|(people, _)| people)
    }
}

#[derive(Deserialize)]
struct Granted {
    data: Token,
}

#[derive(Deserialize)]
struct Token {
    token: String,
}

#[derive(Deserialize)]
struct Metadata {
    total_elements: u64,
}

#[derive(Deserialize)]
struct Page<'a> {
    metadata: Metadata,
    #[serde(borrow)]
    data: Vec<Person<'a>>,
}

#[derive(Deserialize)]
struct Person<'a> {
    #[serde(borrow)]
    attributes: Attributes<'a>,
}

/// The attributes that were asked for.
#[derive(Deserialize)]
#[expect(dead_code, reason = "parsed, and thrown away: that is what is measured")]
struct Attributes<'a> {
    #[serde(borrow)]
    id: Option<Value<'a>>,
    #[serde(borrow)]
    status: Option<Value<'a>>,
    #[serde(borrow)]
    email: Option<Value<'a>>,
    #[serde(borrow)]
    first_name: Option<Value<'a>>,
    #[serde(borrow)]
    last_name: Option<Value<'a>>,
    #[serde(borrow)]
    department: Option<Value<'a>>,
    #[serde(borrow)]
    hire_date: Option<Value<'a>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "parsed, and thrown away: that is what is measured")]
struct Value<'a> {
    #[serde(borrow)]
    value: Option<&'a RawValue>,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use sandbox::{Company, Knobs, Options, Sandbox};

    use super::*;

    #[tokio::test]
    async fn both_ways_of_reading_come_to_as_many_people() {
        let today = date(2026, 11, 23);
        let sandbox = Sandbox::start(([127, 0, 0, 1], 0).into(), Options::new(today)).await.unwrap();
        let company = Company::generate(7, 230, today);
        let people = company.ids().len();
        sandbox.add_company_with(CLIENT.0, CLIENT.1, company, Knobs::default().unlimited());
        assert_eq!(by_client(sandbox.base_url()).await.unwrap(), people);
        assert_eq!(borrowed(sandbox.base_url()).await.unwrap(), people);
    }
}
