//! Routes of units: reading them, saying where one stands and where it is.

use axum::http::Method;
use kentongan_protocol::page::Page;
use kentongan_protocol::units as u;

use super::Permission::{Act, Read, Track};
use super::{CODE_PAGE, Route};
use crate::http::{devices, positions, units};

const TRACK: &[(&str, &str)] = &[
    ("from", "positions from here on, epoch µs; default an hour before `to`, at most a day"),
    ("to", "up to before here, epoch µs; default now"),
];

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::new(Method::GET, "/api/v1/centres/{centre}/units", Read, "Units", units::list)
            .answers::<Page<u::PlacedUnit>>(200)
            .query(CODE_PAGE),
        Route::new(Method::GET, "/api/v1/centres/{centre}/units/{id}", Read, "A unit", units::one)
            .answers::<u::PlacedUnit>(200),
        Route::new(
            Method::POST,
            "/api/v1/centres/{centre}/units/{id}/status",
            Act,
            "Say where a unit stands",
            units::set_status,
        )
        .body::<u::MoveUnit>()
        .answers::<u::UnitAnswer>(200),
        Route::new(
            Method::POST,
            "/api/v1/centres/{centre}/units/{id}/position",
            Track,
            "Say where a unit is",
            positions::tell,
        )
        .body::<u::TellPosition>()
        .answers::<u::PositionsTaken>(200),
        Route::new(
            Method::GET,
            "/api/v1/centres/{centre}/units/{id}/track",
            Read,
            "Where a unit was, the earliest first",
            positions::track,
        )
        .answers::<Page<u::TrackPoint>>(200)
        .query(TRACK),
        Route::new(
            Method::GET,
            "/api/v1/centres/{centre}/units/{id}/devices",
            Act,
            "The devices that ride in a unit",
            devices::list,
        )
        .answers::<u::UnitDevices>(200),
        Route::new(
            Method::PUT,
            "/api/v1/centres/{centre}/units/{id}/devices",
            Act,
            "Set the devices that ride in a unit",
            devices::set,
        )
        .body::<u::UnitDevices>()
        .answers::<u::UnitDevices>(200),
        Route::new(
            Method::POST,
            "/api/v1/centres/{centre}/positions/traccar",
            Track,
            "Positions as Traccar forwards them",
            positions::traccar,
        )
        .body::<u::TraccarForward>()
        .answers::<u::PositionsTaken>(200),
        Route::new(
            Method::POST,
            "/api/v1/centres/{centre}/positions/owntracks",
            Track,
            "Positions as OwnTracks sends them",
            positions::owntracks,
        )
        .body::<u::OwnTracksMessage>(),
    ]
}
