//! E-mail with the incident card, as HTML and as text, over the city's own mail server.
//!
//! The subject and every address pass through types that take no line break. The message's id is the
//! delivery's, the same on every attempt, so a mail reader shows a second copy as the same mail.

use std::time::Duration;

use async_trait::async_trait;
use kentongan_domain::catalogue::Priority;
use kentongan_domain::delivery::DeliveryChannel;
use kentongan_domain::ids::EpochUs;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use serde::Deserialize;

use super::address::Address;
use super::message::Message;
use super::secret::Secret;
use super::sender::{Failure, Permit, Receipt, Sender};

/// How long the mail server may take for each step.
const WITHIN: Duration = Duration::from_secs(10);
/// Characters of the text at most.
const MOST_CHARS: usize = 4000;

/// How the connection is kept from others' eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Privacy {
    /// TLS begun within the connection; without it nothing is sent.
    #[default]
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// None: for a mail server on the same machine.
    None,
}

/// The city's mail server.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailServer {
    /// Its name or address.
    pub host: String,
    /// Its port; by default 587, or 465 for TLS from the first byte.
    #[serde(default)]
    pub port: Option<u16>,
    /// TLS.
    #[serde(default)]
    pub tls: Privacy,
    /// Whom it knows us as.
    #[serde(default)]
    pub user: Option<String>,
    /// Who the mail is from: `Call Center 112 <112@kota.example>`.
    pub from: String,
}

/// Sends mail. Made with a live centre's permit only.
#[derive(Clone)]
pub struct EmailSender {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl EmailSender {
    /// The mail of a live centre.
    ///
    /// # Errors
    /// When the server's settings are none.
    pub fn new(_permit: &Permit, server: &MailServer, password: Option<Secret>) -> anyhow::Result<Self> {
        let from: Mailbox = server.from.parse().map_err(|_| anyhow::anyhow!("`from` is no mail address"))?;
        let encrypted = || TlsParameters::new_rustls(server.host.clone());
        let (tls, port) = match server.tls {
            Privacy::Starttls => (Tls::Required(encrypted()?), 587),
            Privacy::Tls => (Tls::Wrapper(encrypted()?), 465),
            Privacy::None => (Tls::None, 25),
        };
        let domain = from.email.domain().to_owned();
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
            .port(server.port.unwrap_or(port))
            .tls(tls)
            .hello_name(ClientId::Domain(domain))
            .timeout(Some(WITHIN));
        match (&server.user, password) {
            (Some(user), Some(password)) => {
                builder = builder.credentials(Credentials::new(user.clone(), password.reveal().to_owned()));
            }
            (None, None) => {}
            _ => anyhow::bail!("the mail server needs both a user and a password, or neither"),
        }
        Ok(Self { transport: builder.build(), from })
    }

    fn mail(&self, to: &str, message: &Message, now: EpochUs) -> anyhow::Result<(lettre::Message, String)> {
        let id = format!("{}@{}", message.delivery, self.from.email.domain());
        let sent = std::time::UNIX_EPOCH + Duration::from_micros(now.max(0).unsigned_abs());
        let words = message.words.as_ref().map(|words| format!("\n\nKata pelapor: {words}\n"));
        let text = message.plain(MOST_CHARS) + &words.unwrap_or_default();
        let urgent = matches!(message.priority, Priority::P1 | Priority::P2);
        let mut mail = lettre::Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.parse()?))
            .subject(message.subject.clone())
            .date(sent)
            .message_id(Some(format!("<{id}>")))
            .multipart(
                MultiPart::alternative()
                    .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(text))
                    .singlepart(
                        SinglePart::builder().header(ContentType::TEXT_HTML).body(message.html.clone()),
                    ),
            )?;
        let headers = mail.headers_mut();
        let importance = if urgent { "high" } else { "normal" };
        headers.insert_raw(raw("Importance", importance));
        // No machine answers it: an absence note is no answer.
        headers.insert_raw(raw("Auto-Submitted", "auto-generated"));
        // All notices of a dispatch are one conversation.
        let thread = format!("<{}@{}>", message.dispatch, self.from.email.domain());
        headers.insert_raw(raw("References", &thread));
        Ok((mail, id))
    }
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

#[async_trait]
impl Sender for EmailSender {
    fn channel(&self) -> DeliveryChannel {
        DeliveryChannel::Email
    }

    async fn send(&self, to: &Address, message: &Message, now: EpochUs) -> Result<Receipt, Failure> {
        let Address::Mailbox(to) = to else { return Err(Failure::for_good("wrong_address")) };
        let (mail, id) = self.mail(to, message, now).map_err(|_| Failure::for_good("no_mail"))?;
        match self.transport.send(mail).await {
            Ok(_) => Ok(Receipt::sent(Some(id))),
            Err(error) => Err(failure_of(&error)),
        }
    }
}

fn failure_of(error: &lettre::transport::smtp::Error) -> Failure {
    if let Some(status) = error.status() {
        let code = format!("smtp_{status}");
        let ours = matches!(u16::from(status), 530 | 534 | 535 | 538);
        return if error.is_permanent() && !ours { Failure::for_good(&code) } else { Failure::again(&code) };
    }
    if error.is_tls() {
        return Failure::again("tls");
    }
    if error.is_timeout() {
        // Which step was slow is not told: it may have been the last.
        return Failure { may_have_arrived: true, ..Failure::again("timeout") };
    }
    if error.is_client() {
        return Failure::again("mail_server");
    }
    Failure::again("refused")
}
