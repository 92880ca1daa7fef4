//! Routes of the hand-over: whom agencies are reached by, and how they answer without logging in.

use axum::http::Method;
use kentongan_protocol::answers::DispatchAnswer;
use kentongan_protocol::duty::{ContactsAnswer, PutContact, PutDuties};
use kentongan_protocol::field::AddFieldNote;

use super::Permission::{Act, Public};
use super::Route;
use crate::http::{dispatches, duty, links, photos};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::new(Method::GET, "/t/link.css", Public, "The look of the page behind a link", links::style),
        Route::new(
            Method::GET,
            "/t/{centre}/{token}",
            Public,
            "What a signed link is about; changes nothing",
            links::show,
        ),
        Route::new(
            Method::POST,
            "/t/{centre}/{token}",
            Public,
            "Acknowledge by a signed link",
            links::acknowledge,
        ),
        Route::new(
            Method::GET,
            "/api/v1/centres/{centre}/agencies/{id}/contacts",
            Act,
            "Whom an agency's dispatches reach",
            duty::list,
        )
        .answers::<ContactsAnswer>(200),
        Route::new(
            Method::PUT,
            "/api/v1/centres/{centre}/agencies/{id}/contacts/{contact}",
            Act,
            "Set a contact of an agency with its channels",
            duty::put,
        )
        .body::<PutContact>()
        .answers::<ContactsAnswer>(200),
        Route::new(
            Method::DELETE,
            "/api/v1/centres/{centre}/agencies/{id}/contacts/{contact}",
            Act,
            "Take a contact away with its turns of duty",
            duty::remove,
        )
        .answers::<ContactsAnswer>(200),
        Route::new(
            Method::PUT,
            "/api/v1/centres/{centre}/agencies/{id}/duties",
            Act,
            "Replace an agency's turns of duty that are not over",
            duty::put_duties,
        )
        .body::<PutDuties>()
        .answers::<ContactsAnswer>(200),
        Route::new(
            Method::POST,
            "/api/v1/centres/{centre}/dispatches/{id}/notes",
            Act,
            "The agency's people write something down",
            dispatches::add_note,
        )
        .body::<AddFieldNote>()
        .answers::<DispatchAnswer>(200),
        Route::new(
            Method::POST,
            "/api/v1/centres/{centre}/dispatches/{id}/photos",
            Act,
            "A picture of the scene: JPEG, PNG or WebP, at most 12 MiB",
            photos::add,
        )
        .answers::<DispatchAnswer>(201),
        Route::new(
            Method::GET,
            "/api/v1/centres/{centre}/dispatches/{id}/photos/{photo}",
            Act,
            "A picture of the scene",
            photos::one,
        ),
    ]
}
