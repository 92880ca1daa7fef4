//! The TypeScript of the wire types is generated; this test fails when the committed file is stale.
//! `UPDATE_GENERATED=1 cargo test -p kentongan-protocol` rewrites it.

#![allow(clippy::format_push_string, reason = "a generator that runs in a test")]

use kentongan_domain::{
    catalogue, centre, contact, deadline, dispatch, incident, people, place, plan, queue, recommend, report,
    routing, unit,
};
use kentongan_protocol::{
    PROTOCOL_VERSION, agreement, answers, problem, recommendation, requests, stream, units, views,
};
use ts_rs::{Config, TS};

fn declarations() -> String {
    let config = Config::default();
    let mut text = String::from(
        "// Generated from server/crates/protocol by its test; do not edit.\n// UPDATE_GENERATED=1 cargo test -p kentongan-protocol rewrites it.\n\n",
    );
    text.push_str(&format!("export const PROTOCOL_VERSION = {PROTOCOL_VERSION};\n"));
    macro_rules! types {
        ($($kind:ty),* $(,)?) => { $( text.push_str(&format!("export {}\n", <$kind as TS>::decl(&config))); )* };
    }
    types!(
        kentongan_domain::ids::ReportId,
        kentongan_domain::ids::IncidentId,
        kentongan_domain::ids::DispatchId,
        kentongan_domain::ids::DeliveryId,
        kentongan_domain::ids::PhotoId,
        kentongan_domain::ids::TransferId,
        catalogue::Category,
        catalogue::Priority,
        centre::CentreKind,
        centre::CentreProfile,
        centre::IncidentType,
        centre::Agency,
        deadline::DeadlineKind,
        deadline::Deadline,
        dispatch::DispatchRole,
        dispatch::DispatchState,
        dispatch::DispatchAct,
        kentongan_domain::delivery::DeliveryChannel,
        kentongan_domain::delivery::DeliveryState,
        kentongan_domain::delivery::Notice,
        kentongan_domain::delivery::Delivery,
        dispatch::Via,
        dispatch::ReplyDoubt,
        dispatch::Photo,
        kentongan_domain::duty::Concern,
        incident::IncidentState,
        incident::CloseResult,
        people::Role,
        place::ClaimSource,
        place::LocationClaim,
        place::Place,
        report::Channel,
        report::Outcome,
        report::ReportState,
        report::OwnerQueue,
        contact::ContactHistory,
        contact::HoldLevel,
        contact::Deprioritised,
        contact::HeldBack,
        queue::Lane,
        queue::Rank,
        queue::QueuePlace,
        report::Suggestion,
        routing::ProposedAgency,
        unit::UnitState,
        kentongan_domain::handover::HandoverState,
        kentongan_domain::handover::HandedOver,
        kentongan_protocol::neighbours::HandoverView,
        kentongan_protocol::neighbours::NeighbourAnswer,
        kentongan_protocol::neighbours::OfferIncident,
        kentongan_protocol::neighbours::AnswerOffer,
        views::Reporter,
        views::ReportView,
        views::IncidentView,
        views::LadderStep,
        views::NextStep,
        views::HelpView,
        views::FieldNoteView,
        views::DispatchView,
        views::UnitView,
        views::View,
        units::UnitPosition,
        stream::Cursor,
        stream::ClientMessage,
        stream::ServerMessage,
        problem::Problem,
        requests::LogIn,
        requests::ReporterInput,
        requests::LocationInput,
        requests::InstantInput,
        requests::CallInput,
        requests::CreateReport,
        requests::PreviewTriage,
        requests::RankContact,
        requests::SetOutcome,
        requests::PlaceInput,
        requests::AddLandmark,
        requests::ChangeLandmark,
        requests::OpenIncident,
        requests::ChangeIncident,
        requests::MergeIncident,
        requests::SplitIncident,
        requests::EndIncident,
        requests::CreateDispatch,
        requests::ActOnDispatch,
        units::MoveUnit,
        units::UnitAnswer,
        units::LastPosition,
        units::PlacedUnit,
        units::TellPosition,
        units::PositionsTaken,
        units::RefusedPosition,
        units::TrackPoint,
        units::UnitDevices,
        kentongan_protocol::field::AskForHelp,
        kentongan_protocol::field::AddFieldNote,
        kentongan_protocol::duty::ContactView,
        kentongan_protocol::duty::DutyView,
        kentongan_protocol::duty::ContactsAnswer,
        kentongan_protocol::duty::PutContact,
        kentongan_protocol::duty::DutyInput,
        kentongan_protocol::duty::PutDuties,
        kentongan_protocol::push::PushKeyAnswer,
        kentongan_protocol::push::PushKeys,
        kentongan_protocol::push::PutPush,
        kentongan_protocol::push::DropPush,
        answers::CategoryCandidate,
        answers::TypeProbability,
        answers::TriageReason,
        answers::NuisanceAnswer,
        answers::TriageAnswer,
        answers::PlaceCandidate,
        answers::PlaceAnswer,
        answers::LandmarkAnswer,
        answers::LikenessAnswer,
        answers::DuplicateAnswer,
        answers::WaitingDuplicateAnswer,
        answers::NoveltyAnswer,
        answers::ContactAnswer,
        answers::SurgeProposal,
        answers::Understanding,
        answers::ReportStored,
        answers::ReportAnswer,
        answers::IncidentAnswer,
        answers::DispatchAnswer,
        answers::GrantAnswer,
        answers::SessionAnswer,
        answers::CentreAnswer,
        answers::JurisdictionAnswer,
        agreement::AgreementCounts,
        agreement::CategoryAgreement,
        agreement::MonthAgreement,
        agreement::OperatorAgreement,
        agreement::CalibrationBin,
        agreement::AgreementDrift,
        agreement::AgreementAnswer,
        plan::UnitNeed,
        recommend::TravelSource,
        recommend::PickReason,
        recommend::PassReason,
        recommend::ShortReason,
        recommend::Filled,
        recommend::MoveUp,
        recommendation::PlanAnswer,
        recommendation::AgencyRecommendation,
        recommendation::InformedAgency,
        recommendation::NeedAnswer,
        recommendation::PickAnswer,
        recommendation::ShortfallAnswer,
        recommendation::MoveAnswer,
        recommendation::PassedOverAnswer,
        recommendation::UnitRecommendation,
        recommendation::TravelAnswer,
        recommendation::RecommendationAnswer,
        recommendation::RecommendFor,
        recommendation::RecommendedInput,
        recommendation::AlarmDispatch,
        recommendation::StrikeAlarm,
    );
    let codes = [
        stream::CloseCode::GoingAway,
        stream::CloseCode::HelloTimeout,
        stream::CloseCode::TooSlow,
        stream::CloseCode::BadMessage,
        stream::CloseCode::Revoked,
        stream::CloseCode::WrongProtocol,
    ];
    text.push_str("export const CLOSE_CODES = {\n");
    for code in codes {
        text.push_str(&format!("  {code:?}: {},\n", code.number()));
    }
    text.push_str("} as const;\nexport type Page<T> = { items: Array<T>, next: string | null, };\n");
    text
}

#[test]
fn the_typescript_of_the_wire_types_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../console-web/src/generated/protocol.ts");
    let now = declarations();
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::create_dir_all(std::path::Path::new(path).parent().unwrap()).unwrap();
        std::fs::write(path, &now).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == now, "{path} is stale: run UPDATE_GENERATED=1 cargo test -p kentongan-protocol");
}
