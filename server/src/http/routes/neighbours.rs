//! Routes to and from neighbouring centres: the desk's, and those of another centre's server, which signs.

use axum::http::Method;
use kentongan_protocol::answers::IncidentAnswer;
use kentongan_protocol::neighbours::{
    AnswerOffer, HandoverNoted, HandoverOffer, HandoverReceived, HandoverReply, NeighbourAnswer,
    OfferIncident,
};
use kentongan_protocol::page::Page;

use super::Permission::{Desk, Public};
use super::Route;
use crate::http::neighbours;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::new(
            Method::GET,
            "/api/v1/centres/{centre}/neighbours",
            Desk,
            "Neighbouring centres that an incident can be offered to",
            neighbours::list,
        )
        .answers::<Page<NeighbourAnswer>>(200),
        Route::new(
            Method::POST,
            "/api/v1/centres/{centre}/incidents/{id}/offer",
            Desk,
            "Offer it to a neighbouring centre",
            neighbours::offer,
        )
        .body::<OfferIncident>()
        .answers::<IncidentAnswer>(200),
        Route::new(
            Method::POST,
            "/api/v1/centres/{centre}/incidents/{id}/offer/answer",
            Desk,
            "Write down what the neighbour said by telephone",
            neighbours::answer,
        )
        .body::<AnswerOffer>()
        .answers::<IncidentAnswer>(200),
        Route::new(
            Method::POST,
            "/api/v1/centres/{centre}/handovers",
            Public,
            "Hand an incident over, from another centre's server; signed",
            neighbours::receive_offer,
        )
        .body::<HandoverOffer>()
        .answers::<HandoverReceived>(200),
        Route::new(
            Method::POST,
            "/api/v1/centres/{centre}/handovers/{id}/answer",
            Public,
            "Answer a hand-over, from another centre's server; signed",
            neighbours::receive_answer,
        )
        .body::<HandoverReply>()
        .answers::<HandoverNoted>(200),
    ]
}
