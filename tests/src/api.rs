//! A client of the HTTP API, as one person or machine.

use anyhow::{Context as _, ensure};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

/// The demo city.
pub const CITY: &str = "kediri";
/// Its drill centre.
pub const DRILL: &str = "kediri-latihan";

/// Somebody with a session or a token.
#[derive(Debug, Clone)]
pub struct Api {
    client: reqwest::Client,
    base: String,
    centre: String,
    /// What goes into `Authorization` or `Cookie`.
    credential: Option<(&'static str, String)>,
}

/// An answer: status and JSON (null when there was none).
#[derive(Debug, Clone)]
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Body.
    pub body: Value,
    /// The `content-type`.
    pub content_type: String,
}

/// The server closes a connection that was silent for 10 s; who uses it at that very moment gets no answer.
const IDLE: std::time::Duration = std::time::Duration::from_secs(5);

fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().pool_idle_timeout(IDLE).build()
}

impl Answer {
    /// The body of an answer with this status.
    ///
    /// # Errors
    /// When the status is another one; with the body.
    pub fn expect_status(self, status: u16) -> anyhow::Result<Value> {
        ensure!(self.status.as_u16() == status, "expected {status}, got {}: {}", self.status, self.body);
        Ok(self.body)
    }
}

impl Api {
    /// A client without credentials.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn anonymous(base: &str) -> anyhow::Result<Self> {
        // Err only says that somebody did it before.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = client()?;
        Ok(Self { client, base: base.to_owned(), centre: CITY.to_owned(), credential: None })
    }

    /// Logs a demo account in.
    ///
    /// # Errors
    /// When the login is refused.
    pub async fn log_in(base: &str, user: &str) -> anyhow::Result<Self> {
        let mut api = Self::anonymous(base)?;
        let response = api
            .client
            .post(format!("{base}/api/v1/session"))
            .json(&json!({ "user": user, "password": "kentongan" }))
            .send()
            .await?;
        ensure!(response.status().is_success(), "login of {user} refused: {}", response.status());
        let cookie = response.headers().get("set-cookie").context("no cookie")?.to_str()?;
        let pair = cookie.split(';').next().unwrap_or_default().to_owned();
        api.credential = Some(("cookie", pair));
        Ok(api)
    }

    /// A client with a token.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn with_token(base: &str, token: &str) -> anyhow::Result<Self> {
        let mut api = Self::anonymous(base)?;
        api.credential = Some(("authorization", format!("Bearer {}", token.trim())));
        Ok(api)
    }

    /// The same person over new connections, after the server was started again.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn reconnected(&self) -> anyhow::Result<Self> {
        Ok(Self { client: client()?, ..self.clone() })
    }

    /// The same person in another centre.
    #[must_use]
    pub fn in_centre(&self, centre: &str) -> Self {
        Self { centre: centre.to_owned(), ..self.clone() }
    }

    /// The header that carries the credential.
    pub fn credential(&self) -> Option<(&'static str, &str)> {
        self.credential.as_ref().map(|(name, value)| (*name, value.as_str()))
    }

    /// The server's address.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The centre's code.
    pub fn centre(&self) -> &str {
        &self.centre
    }

    /// Sends a request; `path` begins with `/` (as it is) or is relative to the centre.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> anyhow::Result<Answer> {
        self.send_keyed(method, path, body, None).await
    }

    /// Sends a request with an idempotency key.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn send_keyed(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        key: Option<Uuid>,
    ) -> anyhow::Result<Answer> {
        let mut request = self.client.request(method, self.url(path));
        if let Some((name, value)) = &self.credential {
            request = request.header(*name, value);
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key.to_string());
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        answer(request.send().await?).await
    }

    /// Sends raw bytes.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn send_raw(&self, method: Method, path: &str, body: Vec<u8>) -> anyhow::Result<Answer> {
        let mut request =
            self.client.request(method, self.url(path)).header("content-type", "application/json");
        if let Some((name, value)) = &self.credential {
            request = request.header(*name, value);
        }
        answer(request.body(body).send().await?).await
    }

    /// A request to build on, with the credential.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.client.request(method, self.url(path));
        match &self.credential {
            Some((name, value)) => request.header(*name, value),
            None => request,
        }
    }

    fn url(&self, path: &str) -> String {
        if path.starts_with('/') {
            format!("{}{path}", self.base)
        } else {
            format!("{}/api/v1/centres/{}/{path}", self.base, self.centre)
        }
    }

    /// GET, expecting 200.
    ///
    /// # Errors
    /// When it is another status.
    pub async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.send(Method::GET, path, None).await?.expect_status(200)
    }

    /// POST, expecting a status.
    ///
    /// # Errors
    /// When it is another status.
    pub async fn post(&self, path: &str, body: Value, status: u16) -> anyhow::Result<Value> {
        self.send(Method::POST, path, Some(&body)).await?.expect_status(status)
    }

    /// Every item of a list, page by page.
    ///
    /// # Errors
    /// When a page is refused.
    pub async fn all(&self, path: &str) -> anyhow::Result<Vec<Value>> {
        let mut items = Vec::new();
        let mut next = Some(path.to_owned());
        while let Some(path) = next {
            let page = self.get(&path).await?;
            items.extend(page.get("items").and_then(Value::as_array).cloned().unwrap_or_default());
            next = page.get("next").and_then(Value::as_str).map(str::to_owned);
        }
        Ok(items)
    }

    /// Hands in a report by phone; its id.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn report(&self, text: &str) -> anyhow::Result<String> {
        let stored = self.post("reports", json!({ "channel": "phone", "text": text }), 201).await?;
        id_of(&stored, "/report/id")
    }

    /// Opens an incident from reports; its id.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn incident(
        &self,
        reports: &[String],
        type_code: &str,
        priority: u8,
    ) -> anyhow::Result<String> {
        let body = json!({ "report_ids": reports, "type": type_code, "priority": priority });
        id_of(&self.post("incidents", body, 201).await?, "/incident/id")
    }

    /// Forwards an incident; the dispatch's id.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn dispatch(&self, incident: &str, agency: &str, role: &str) -> anyhow::Result<String> {
        let body = json!({ "agency": agency, "role": role });
        id_of(&self.post(&format!("incidents/{incident}/dispatches"), body, 201).await?, "/dispatch/id")
    }

    /// Acts on a dispatch; its state afterwards.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn act(&self, dispatch: &str, act: &str, body: Value) -> anyhow::Result<String> {
        let answer = self.post(&format!("dispatches/{dispatch}/{act}"), body, 200).await?;
        id_of(&answer, "/dispatch/state")
    }
}

/// A text at a JSON pointer.
///
/// # Errors
/// When there is none.
pub fn id_of(value: &Value, pointer: &str) -> anyhow::Result<String> {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found.map(str::to_owned).with_context(|| format!("nothing at {pointer} in {value}"))
}

async fn answer(response: reqwest::Response) -> anyhow::Result<Answer> {
    let status = response.status();
    let content_type = response
        .headers()
        .get("content-type")
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let text = response.text().await?;
    let body = serde_json::from_str(&text).unwrap_or(Value::Null);
    Ok(Answer { status, body, content_type })
}
