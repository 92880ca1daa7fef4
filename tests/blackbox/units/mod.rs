//! Units over real sockets: what people say of them, and where they are.

mod bad_input;
mod feeds;
mod kept;
mod status;
mod view;

use kentongan_tests::api::Api;
use kentongan_tests::clock::now_us;
use kentongan_tests::server::Server;
use serde_json::{Value, json};

/// The whole world.
fn world() -> Value {
    json!([-180.0, -90.0, 180.0, 90.0])
}

/// Says where a unit is now.
async fn tell(api: &Api, unit: &str, lat: f64, lon: f64) -> anyhow::Result<Value> {
    let body = json!({ "lat": lat, "lon": lon, "accuracy_m": 8.0, "at": now_us() });
    api.post(&format!("units/{unit}/position"), body, 200).await
}

/// A client with a token made with these arguments.
fn with_token(server: &Server, args: &[&str]) -> anyhow::Result<Api> {
    let (code, token) = server.cli(&[&["token", "create", "--centre", "kediri"], args].concat())?;
    anyhow::ensure!(code == 0, "{token}");
    Api::with_token(&server.base, &token)
}
