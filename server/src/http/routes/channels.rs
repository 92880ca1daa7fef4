//! Routes of the channels out: what providers tell, and browsers that want to be woken.

use axum::http::Method;
use kentongan_protocol::push::{DropPush, PushKeyAnswer, PutPush};

use super::Permission::{Act, Public};
use super::Route;
use crate::http::{inbound, push};

const VERIFICATION: &[(&str, &str)] = &[
    ("hub.mode", "`subscribe`"),
    ("hub.verify_token", "the token that was agreed"),
    ("hub.challenge", "what to answer"),
];

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::new(
            Method::GET,
            "/api/v1/centres/{centre}/inbound/{provider}",
            Public,
            "WhatsApp makes sure that this address is ours",
            inbound::verify,
        )
        .query(VERIFICATION),
        Route::new(
            Method::POST,
            "/api/v1/centres/{centre}/inbound/{provider}",
            Public,
            "A provider tells what became of a message, or what was answered; signed in its own way",
            inbound::take,
        ),
        Route::new(
            Method::GET,
            "/api/v1/centres/{centre}/push-key",
            Act,
            "The key that a browser needs to be woken by this server",
            push::key,
        )
        .answers::<PushKeyAnswer>(200),
        Route::new(
            Method::POST,
            "/api/v1/centres/{centre}/agencies/{id}/push",
            Act,
            "Wake this browser with the agency's dispatches",
            push::put,
        )
        .body::<PutPush>(),
        Route::new(
            Method::DELETE,
            "/api/v1/centres/{centre}/agencies/{id}/push",
            Act,
            "Wake this browser no more",
            push::remove,
        )
        .body::<DropPush>(),
    ]
}
