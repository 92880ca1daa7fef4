//! Where providers call: `POST /api/v1/centres/{centre}/inbound/{provider}`. No login: each provider signs in
//! its own way, over the bytes as they came.
//!
//! Handles answers and statuses of dispatches only. What was understood and is of no use is answered with
//! 200 all the same: a provider that is told "no" calls again for days.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kentongan_domain::delivery::DeliveryChannel;
use serde::Deserialize;
use serde_json::{Value, json};

use super::App;
use super::body::{BODY_MAX_BYTES, read_at_most};
use super::error::ApiError;
use super::extract::{Path, Query};
use crate::forward::inbound::{Inbound, Refusal, gateway, line, telegram, whatsapp};
use crate::forward::{ForwardSettings, Reception, Taken};

/// WhatsApp calls carry up to 3 MiB of what happened; what is larger is cut off by none of ours.
const WHATSAPP_MAX_BYTES: usize = 3 * 1024 * 1024;

/// What WhatsApp asks with.
#[derive(Debug, Deserialize)]
pub struct Verification {
    #[serde(rename = "hub.mode")]
    mode: Option<String>,
    #[serde(rename = "hub.verify_token")]
    token: Option<String>,
    #[serde(rename = "hub.challenge")]
    challenge: Option<String>,
}

/// `GET /api/v1/centres/{centre}/inbound/{provider}`: WhatsApp makes sure that this address is ours.
pub async fn verify(
    State(app): State<App>,
    Path((code, provider)): Path<(String, String)>,
    Query(asked): Query<Verification>,
) -> Result<Response, ApiError> {
    let expected = app.forwarding.settings.whatsapp.as_ref().and_then(|set| set.with.verify.as_ref());
    let expected = expected.filter(|_| provider == "whatsapp" && app.centres.contains_key(&code));
    let expected = expected.ok_or_else(|| ApiError::not_found("the provider"))?;
    let (mode, challenge) = (asked.mode.unwrap_or_default(), asked.challenge.unwrap_or_default());
    let words =
        whatsapp::verify(expected.reveal(), &mode, asked.token.as_deref(), &challenge).map_err(refused)?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], words).into_response())
}

/// `POST /api/v1/centres/{centre}/inbound/{provider}`.
pub async fn take(
    State(app): State<App>,
    Path((code, provider)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    // A drill centre sends nothing, so nobody answers it: it looks like one that is not there.
    let live = app.centres.get(&code).and_then(crate::centre::Centre::live);
    let live = live.ok_or_else(|| ApiError::not_found("the provider"))?;
    let channel = DeliveryChannel::from_code(&provider).ok_or_else(|| ApiError::not_found("the provider"))?;
    let most = if channel == DeliveryChannel::Whatsapp { WHATSAPP_MAX_BYTES } else { BODY_MAX_BYTES };
    let body = read_at_most(body, most).await?;
    let told = read(&app.forwarding.settings, channel, &headers, &body)?;
    let reception = Reception::new(live);
    let mut answer = None;
    for one in told {
        let to = answer_to(&one);
        let taken = reception.take(channel, one).await?;
        app.metrics.forward.inbound(channel.code(), taken.code());
        answer = answer.or_else(|| telegram_answer(to?, &taken));
    }
    // Telegram takes an answer to its call for a call to it.
    let answer = answer.filter(|_| channel == DeliveryChannel::Telegram).unwrap_or_else(|| json!({}));
    Ok((StatusCode::OK, axum::Json(answer)).into_response())
}

fn read(
    settings: &ForwardSettings,
    channel: DeliveryChannel,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Vec<Inbound>, ApiError> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let closed = || ApiError::not_found("the provider");
    let told = match channel {
        DeliveryChannel::Telegram => {
            let set =
                settings.telegram.as_ref().and_then(|set| set.with.inbound.as_ref()).ok_or_else(closed)?;
            telegram::read(set.reveal(), header(telegram::TOKEN_HEADER), body)
        }
        DeliveryChannel::Line => {
            let set = settings.line.as_ref().and_then(|set| set.with.inbound.as_ref()).ok_or_else(closed)?;
            line::read(set.reveal(), header(line::SIGNATURE_HEADER), body)
        }
        DeliveryChannel::Whatsapp => {
            let set =
                settings.whatsapp.as_ref().and_then(|set| set.with.inbound.as_ref()).ok_or_else(closed)?;
            whatsapp::read(set.reveal(), header(whatsapp::SIGNATURE_HEADER), body)
        }
        DeliveryChannel::Gateway | DeliveryChannel::Sms => {
            let sms = channel == DeliveryChannel::Sms;
            let set = if sms { settings.sms.as_ref() } else { settings.gateway.as_ref() };
            let with = &set.ok_or_else(closed)?.with;
            let token = with.inbound.as_ref().ok_or_else(closed)?;
            gateway::read(token.reveal(), header(gateway::TOKEN_HEADER), body, &with.names)
        }
        DeliveryChannel::Console
        | DeliveryChannel::Webhook
        | DeliveryChannel::Push
        | DeliveryChannel::Email => return Err(closed()),
    };
    told.map_err(|refusal| {
        tracing::warn!(channel = channel.code(), ?refusal, "a call of a provider was refused");
        refused(refusal)
    })
}

fn refused(refusal: Refusal) -> ApiError {
    match refusal {
        Refusal::Forged => ApiError::new(StatusCode::FORBIDDEN, "forged", refusal.to_string()),
        Refusal::NotUnderstood => ApiError::malformed(refusal.to_string()),
    }
}

/// Whom Telegram can be told to answer: a pressed button, or a chat.
enum To {
    Button(String),
    Chat(String),
}

fn answer_to(told: &Inbound) -> Option<To> {
    match told {
        Inbound::Button { answer, .. } => answer.clone().map(To::Button),
        Inbound::Reply { from, .. } => Some(To::Chat(from.chat.clone())),
        Inbound::Status { .. } => None,
    }
}

fn telegram_answer(to: To, taken: &Taken) -> Option<Value> {
    let words = taken.words()?;
    Some(match to {
        To::Button(id) => {
            json!({ "method": "answerCallbackQuery", "callback_query_id": id, "text": words, "show_alert": true })
        }
        To::Chat(chat) => json!({ "method": "sendMessage", "chat_id": chat, "text": words }),
    })
}
