//! Routes of units: reading them, and saying where one stands.

use axum::http::Method;
use kentongan_protocol::page::Page;
use kentongan_protocol::units as u;
use kentongan_protocol::views::UnitView;

use super::Permission::{Act, Read};
use super::{CODE_PAGE, Route};
use crate::http::units;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::new(Method::GET, "/api/v1/centres/{centre}/units", Read, "Units", units::list)
            .answers::<Page<UnitView>>(200)
            .query(CODE_PAGE),
        Route::new(Method::GET, "/api/v1/centres/{centre}/units/{id}", Read, "A unit", units::one)
            .answers::<UnitView>(200),
        Route::new(
            Method::POST,
            "/api/v1/centres/{centre}/units/{id}/status",
            Act,
            "Say where a unit stands",
            units::set_status,
        )
        .body::<u::MoveUnit>()
        .answers::<u::UnitAnswer>(200),
    ]
}
