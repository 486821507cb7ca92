//! Reading: the same pages over the same HTTP client, parsed and thrown away.

use anyhow::Context;
use domain::record::Asked;
use futures::StreamExt;
use reqwest::{Client, Url, redirect::Policy};
use serde::Deserialize;
use serde_json::value::RawValue;
use sources::{
    Source,
    personio::{Limiter, Personio, Settings},
};
use tokio::sync::mpsc;

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

/// Reads everybody with as little as that takes: one request on its way while one answer is parsed, and every value left
/// where it stands in the answer. Tells how many there were.
pub async fn borrowed(base_url: &str) -> anyhow::Result<usize> {
    let (out, mut pages) = mpsc::channel(1);
    let reading = tokio::spawn(fetch(base_url.to_owned(), out));
    let mut people = 0;
    while let Some(body) = pages.recv().await {
        let page: Page<'_> = serde_json::from_slice(&body).context("a page cannot be read")?;
        people += page.data.iter().filter(|person| person.attributes.id.is_some()).count();
        // Whoever does not look at the values may have them not parsed at all.
        std::hint::black_box(&page);
    }
    reading.await??;
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

/// Hands out one answer after the other until all people were in one.
async fn fetch(base_url: String, out: mpsc::Sender<Vec<u8>>) -> anyhow::Result<()> {
    let client = client()?;
    let credentials = serde_json::json!({ "client_id": CLIENT.0, "client_secret": CLIENT.1 });
    let granted = client.post(format!("{base_url}/auth")).json(&credentials).send().await?.error_for_status()?;
    let granted: Granted = granted.json().await?;
    let (mut offset, mut total) = (0, None);
    while total.is_none_or(|total| offset < total) {
        let mut url = Url::parse(&format!("{base_url}/company/employees"))?;
        url.query_pairs_mut()
            .append_pair("limit", "100")
            .append_pair("offset", &offset.to_string())
            .extend_pairs(ATTRIBUTES.iter().map(|key| ("attributes[]", key)));
        let answer = client.get(url).bearer_auth(&granted.data.token).send().await?.error_for_status()?;
        let body = answer.bytes().await?.to_vec();
        if total.is_none() {
            total = Some(serde_json::from_slice::<Totals>(&body)?.metadata.total_elements);
        }
        offset += 100;
        if out.send(body).await.is_err() {
            break;
        }
    }
    Ok(())
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
struct Totals {
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Metadata {
    total_elements: u64,
}

#[derive(Deserialize)]
struct Page<'a> {
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
