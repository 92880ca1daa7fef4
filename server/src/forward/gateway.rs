//! The plain HTTP dialect of messaging gateways, as small cities have them: a modem box or a reseller that
//! takes a number and a text as form fields and answers in words of its own.
//!
//! What the fields are called and which words mean "taken" is data. An answer that does not say so is
//! no success, whatever its status: such boxes answer 200 to everything.

use std::collections::BTreeMap;

use async_trait::async_trait;
use kentongan_domain::delivery::DeliveryChannel;
use kentongan_domain::ids::EpochUs;
use reqwest::{RequestBuilder, Url};
use serde::Deserialize;

use super::address::Address;
use super::answer::{Answer, ask};
use super::dial::Dialler;
use super::message::Message;
use super::secret::Secret;
use super::sender::{Failure, Permit, Receipt, Sender, opaque_id};

/// Characters of a message at most.
const MOST_CHARS: usize = 900;

/// How the fields travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// In the address.
    Get,
    /// As a form.
    #[default]
    Post,
    /// As a JSON object.
    Json,
}

/// A gateway's dialect. In values, `{to}` is the number (`62…`), `{to_local}` the number as `08…`,
/// `{text}` the text, `{id}` the delivery's id, `{secret}` the gateway's secret.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dialect {
    /// Where it listens.
    pub url: String,
    /// How the fields travel.
    #[serde(default)]
    pub method: Method,
    /// Fields: name and value.
    pub fields: BTreeMap<String, String>,
    /// Headers: name and value.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Words that an answer holds when the message was taken.
    pub success: String,
    /// Words behind which the gateway's own id stands in the answer.
    #[serde(default)]
    pub id_after: Option<String>,
}

impl Dialect {
    /// What is wrong with it, in a sentence.
    ///
    /// # Errors
    /// When something is.
    pub fn check(&self) -> anyhow::Result<()> {
        let url = Url::parse(&self.url).map_err(|_| anyhow::anyhow!("the gateway's url is none"))?;
        anyhow::ensure!(matches!(url.scheme(), "http" | "https"), "the gateway's url is not of http");
        anyhow::ensure!(!self.success.is_empty(), "`success` must say which words mean that it was taken");
        let names = |mark: &str| self.fields.values().any(|value| value.contains(mark));
        anyhow::ensure!(names("{to}") || names("{to_local}"), "no field has the number: {{to}}");
        anyhow::ensure!(names("{text}"), "no field has the text: {{text}}");
        for (name, value) in &self.headers {
            let fits = reqwest::header::HeaderName::from_bytes(name.as_bytes()).is_ok()
                && reqwest::header::HeaderValue::from_str(value).is_ok();
            anyhow::ensure!(fits, "{name} is no header");
        }
        Ok(())
    }
}

/// What fills a dialect's values.
struct Filling<'a> {
    to: &'a str,
    text: &'a str,
    id: &'a str,
    secret: &'a str,
}

impl Filling<'_> {
    /// In one pass: what a caller wrote is not read for marks again.
    fn fill(&self, mut value: &str) -> String {
        let local = self.to.strip_prefix("62").map_or_else(|| self.to.to_owned(), |rest| format!("0{rest}"));
        let marks = [
            ("{to}", self.to),
            ("{to_local}", local.as_str()),
            ("{text}", self.text),
            ("{id}", self.id),
            ("{secret}", self.secret),
        ];
        let mut filled = String::new();
        while let Some(at) = value.find('{') {
            let (before, rest) = value.split_at(at);
            filled.push_str(before);
            let mark = marks.iter().find(|(mark, _)| rest.starts_with(mark));
            let (told, length) = mark.map_or(("{", 1), |(mark, told)| (*told, mark.len()));
            filled.push_str(told);
            value = rest.get(length..).unwrap_or_default();
        }
        filled.push_str(value);
        filled
    }
}

/// A gateway that speaks a dialect.
#[derive(Debug, Clone)]
pub struct Gateway {
    dialler: Dialler,
    dialect: Dialect,
    secret: Option<Secret>,
}

impl Gateway {
    /// The gateway of a live centre.
    ///
    /// # Errors
    /// When the dialect is none.
    pub fn new(
        _permit: &Permit,
        dialler: Dialler,
        dialect: Dialect,
        secret: Option<Secret>,
    ) -> anyhow::Result<Self> {
        dialect.check()?;
        Ok(Self { dialler, dialect, secret })
    }

    /// Hands one text in for one number.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn hand_in(
        &self,
        to: &Address,
        text: &str,
        id: &str,
        now: EpochUs,
    ) -> Result<Receipt, Failure> {
        let Address::Number(to) = to else { return Err(Failure::for_good("wrong_address")) };
        let secret = self.secret.as_ref().map_or("", Secret::reveal);
        let request = self.request(&Filling { to, text, id, secret })?;
        self.receipt_of(&ask(request, now).await?)
    }

    fn request(&self, filling: &Filling<'_>) -> Result<RequestBuilder, Failure> {
        let fields: BTreeMap<&str, String> =
            self.dialect.fields.iter().map(|(name, value)| (name.as_str(), filling.fill(value))).collect();
        let mut url = Url::parse(&self.dialect.url).map_err(|_| Failure::for_good("no_request"))?;
        let client = self.dialler.provider();
        let mut request = match self.dialect.method {
            Method::Get => {
                url.query_pairs_mut().extend_pairs(&fields);
                client.get(url)
            }
            Method::Post => client
                .post(url)
                .header("content-type", "application/x-www-form-urlencoded")
                .body(url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish()),
            Method::Json => client.post(url).json(&fields),
        };
        for (name, value) in &self.dialect.headers {
            request = request.header(name, filling.fill(value));
        }
        Ok(request)
    }

    fn receipt_of(&self, answer: &Answer) -> Result<Receipt, Failure> {
        if let Some(failure) = answer.failure() {
            return Err(failure);
        }
        let words = String::from_utf8_lossy(&answer.body);
        if !words.contains(&self.dialect.success) {
            return Err(Failure::again("not_taken"));
        }
        let id = self.dialect.id_after.as_deref().and_then(|mark| words.split_once(mark)).map(|(_, rest)| {
            let rest = rest.trim_start_matches([' ', '"', ':', '=', '\'']);
            rest.chars()
                .take_while(|one| one.is_ascii_alphanumeric() || "-_.".contains(*one))
                .collect::<String>()
        });
        Ok(Receipt::sent(id.filter(|id| !id.is_empty()).map(|id| opaque_id(&id))))
    }
}

/// Sends through a messaging gateway. Made with a live centre's permit only.
#[derive(Debug, Clone)]
pub struct GatewaySender(Gateway);

impl GatewaySender {
    /// Messages by a gateway.
    pub const fn new(gateway: Gateway) -> Self {
        Self(gateway)
    }
}

#[async_trait]
impl Sender for GatewaySender {
    fn channel(&self) -> DeliveryChannel {
        DeliveryChannel::Gateway
    }

    async fn send(&self, to: &Address, message: &Message, now: EpochUs) -> Result<Receipt, Failure> {
        self.0.hand_in(to, &message.plain(MOST_CHARS), &message.delivery, now).await
    }
}

#[cfg(test)]
mod tests {
    use kentongan_domain::delivery::Notice;

    use super::super::trial::{Fake, Got, Reply, address, dialler, message, permit};
    use super::*;

    fn dialect(url: &str, method: Method) -> Dialect {
        let fields = [("nohp", "{to_local}"), ("pesan", "{text}"), ("ref", "{id}"), ("key", "{secret}")];
        Dialect {
            url: format!("{url}/send.php?box=1"),
            method,
            fields: fields.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            headers: [("x-key".to_owned(), "k {secret}".to_owned())].into(),
            success: "\"status\":\"queued\"".to_owned(),
            id_after: Some("\"msgid\"".to_owned()),
        }
    }

    async fn send(reply: Reply, method: Method) -> (Result<Receipt, Failure>, Got) {
        let fake = Fake::start(vec![reply]).await;
        let secret = Some(Secret::new("rahasia&1"));
        let gateway =
            Gateway::new(&permit(), dialler("10.0.0.0/8"), dialect(&fake.url, method), secret).unwrap();
        let number = address(DeliveryChannel::Gateway, "+62 812-3456-7890");
        (GatewaySender::new(gateway).send(&number, &message(Notice::Order), 0).await, fake.only())
    }

    #[tokio::test]
    async fn every_form_of_the_fields() {
        let taken = Reply::json(200, r#"{"status":"queued","msgid":"A-77"}"#);
        let (receipt, got) = send(taken.clone(), Method::Get).await;
        assert_eq!(receipt, Ok(Receipt::sent(Some("A-77".to_owned()))));
        assert!(
            got.line.starts_with("GET /send.php?box=1&key=rahasia%261&nohp=081234567890&pesan=P1+KRITIS"),
            "{got:?}"
        );
        assert_eq!(got.header("x-key"), "k rahasia&1");
        let (_, got) = send(taken.clone(), Method::Post).await;
        assert!(
            got.body.contains("ref=0193a4d0-0000-7000-8000-000000000099") && got.body.contains("%0A"),
            "{got:?}"
        );
        let (_, got) = send(taken, Method::Json).await;
        assert_eq!(got.json()["nohp"], "081234567890");
    }

    #[tokio::test]
    async fn a_200_that_says_nothing_is_no_success() {
        for lie in ["", "ERR 102 pulsa habis", "<html>login</html>", r#"{"status":"error"}"#] {
            let (sent, _) = send(Reply::json(200, lie), Method::Post).await;
            assert_eq!(sent, Err(Failure::again("not_taken")), "{lie}");
        }
        assert_eq!(send(Reply::status(500), Method::Get).await.0, Err(Failure::again("status_500")));
    }

    #[test]
    fn values_are_filled_once() {
        let filling = Filling { to: "6281", text: "{secret} {x} {", id: "i", secret: "s" };
        assert_eq!(filling.fill("a {text} {to_local} {id}{"), "a {secret} {x} { 081 i{");
        let mut bad = dialect("http://127.0.0.1", Method::Get);
        bad.fields.remove("pesan");
        assert!(bad.check().is_err());
        assert!(
            Dialect { success: String::new(), ..dialect("http://127.0.0.1", Method::Get) }.check().is_err()
        );
        assert!(Dialect { url: "file:///x".to_owned(), ..dialect("http://h", Method::Get) }.check().is_err());
    }
}
