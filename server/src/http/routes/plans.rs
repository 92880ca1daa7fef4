//! Routes of responsibility: who and what should go, and alarms.

use axum::http::Method;
use kentongan_domain::routing::ProposedAgency;
use kentongan_protocol::answers::IncidentAnswer;
use kentongan_protocol::page::Page;
use kentongan_protocol::recommendation::{RecommendFor, RecommendationAnswer, StrikeAlarm};

use super::Permission::{Desk, Read};
use super::Route;
use crate::http::{alarm, recommendation};

const ALARM: &[(&str, &str)] =
    &[("alarm", "the alarm to recommend for, 1 to 9; the one struck so far when absent, 1 at least")];

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::new(
            Method::GET,
            "/api/v1/centres/{centre}/incidents/{id}/agencies",
            Read,
            "Who is responsible, with the reason",
            recommendation::agencies,
        )
        .answers::<Page<ProposedAgency>>(200),
        Route::new(
            Method::GET,
            "/api/v1/centres/{centre}/incidents/{id}/recommendation",
            Desk,
            "Who and what should go, with the reasons",
            recommendation::for_incident,
        )
        .answers::<RecommendationAnswer>(200)
        .query(ALARM),
        Route::new(
            Method::POST,
            "/api/v1/centres/{centre}/recommendation",
            Desk,
            "Who and what should go to what is not yet an incident",
            recommendation::for_particulars,
        )
        .body::<RecommendFor>()
        .answers::<RecommendationAnswer>(200),
        Route::new(
            Method::POST,
            "/api/v1/centres/{centre}/incidents/{id}/alarm",
            Desk,
            "Strike the next alarm: send who is recommended, or who is named",
            alarm::strike,
        )
        .body::<StrikeAlarm>()
        .answers::<IncidentAnswer>(200),
    ]
}
