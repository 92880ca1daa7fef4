//! The OpenAPI 3.1 document, made from the table of routes, and a page of it for people.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    Components, Content, InfoBuilder, OpenApi, OpenApiBuilder, PathsBuilder, Ref, RefOr, Required,
    ResponseBuilder, SecurityRequirement,
};
use utoipa::{PartialSchema, ToSchema};

use super::App;
use super::access::Permission;
use super::routes::{Route, table};

/// The schema of a type, and of all that it is made of.
#[derive(Clone)]
pub struct SchemaOf {
    name: String,
    schemas: Vec<(String, RefOr<Schema>)>,
}

impl SchemaOf {
    /// Of a type.
    pub fn of<T: ToSchema>() -> Self {
        let mut schemas = vec![(T::name().into_owned(), <T as PartialSchema>::schema())];
        T::schemas(&mut schemas);
        Self { name: T::name().into_owned(), schemas }
    }

    fn content(&self) -> Content {
        Content::new(Some(Ref::from_schema_name(&self.name)))
    }
}

/// The document.
pub fn build(diagnostics: bool) -> OpenApi {
    let mut components = Components::new();
    let problem = SchemaOf::of::<kentongan_protocol::problem::Problem>();
    let mut paths = PathsBuilder::new();
    let add = |schema: &SchemaOf, components: &mut Components| {
        for (name, one) in &schema.schemas {
            components.schemas.entry(name.clone()).or_insert_with(|| one.clone());
        }
    };
    add(&problem, &mut components);
    components.security_schemes.insert(
        "token".to_owned(),
        SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build()),
    );
    components
        .security_schemes
        .insert("session".to_owned(), SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("kentongan"))));
    for route in table(diagnostics) {
        for schema in route.body.iter().chain(route.answer.iter().map(|(_, schema)| schema)) {
            add(schema, &mut components);
        }
        let method = match route.method.as_str() {
            "POST" => HttpMethod::Post,
            "PATCH" => HttpMethod::Patch,
            "PUT" => HttpMethod::Put,
            "DELETE" => HttpMethod::Delete,
            _ => HttpMethod::Get,
        };
        paths = paths.path(route.path, PathItem::new(method, operation(&route, &problem)));
    }
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Kentongan")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(
                    "Dispatch of a city's 112 centre. Instants are epoch microseconds, coordinates WGS 84 degrees. \
                     Every command takes an Idempotency-Key (UUID); every error is problem+json with a stable code.",
                ))
                .build(),
        )
        .paths(paths.build())
        .components(Some(components))
        .build()
}

fn operation(route: &Route, problem: &SchemaOf) -> utoipa::openapi::path::Operation {
    let mut operation = OperationBuilder::new()
        .summary(Some(route.summary))
        .operation_id(Some(operation_id(route)))
        .description(Some(format!("Permission: {:?}", route.permission)));
    for name in route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
        operation = operation.parameter(text_parameter(name, ParameterIn::Path, Required::True, None));
    }
    for (name, meaning) in route.query {
        operation =
            operation.parameter(text_parameter(name, ParameterIn::Query, Required::False, Some(meaning)));
    }
    if route.method != axum::http::Method::GET && route.permission != Permission::Public {
        operation = operation.parameter(text_parameter(
            "Idempotency-Key",
            ParameterIn::Header,
            Required::False,
            Some("UUID; the same key gives the first outcome again"),
        ));
    }
    if let Some(body) = &route.body {
        operation = operation.request_body(Some(
            RequestBodyBuilder::new().content("application/json", body.content()).build(),
        ));
    }
    operation = match &route.answer {
        Some((status, answer)) => operation.response(
            status.to_string(),
            ResponseBuilder::new().description("Done").content("application/json", answer.content()).build(),
        ),
        None => operation.response("200", ResponseBuilder::new().description("Done").build()),
    };
    operation = operation.response(
        "default",
        ResponseBuilder::new()
            .description("What was wrong, where, and what to do")
            .content("application/problem+json", problem.content())
            .build(),
    );
    if route.permission != Permission::Public {
        let none: [&str; 0] = [];
        operation = operation
            .security(SecurityRequirement::new("token", none))
            .security(SecurityRequirement::new("session", none));
    }
    operation.build()
}

fn operation_id(route: &Route) -> String {
    let path = route.path.replace("/api/v1", "").replace(['{', '}'], "");
    let words: Vec<&str> = path.split(['/', '-', '.']).filter(|word| !word.is_empty()).collect();
    format!("{}_{}", route.method.as_str().to_lowercase(), words.join("_"))
}

fn text_parameter(
    name: &str,
    place: ParameterIn,
    required: Required,
    meaning: Option<&str>,
) -> utoipa::openapi::path::Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .description(meaning)
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
        .build()
}

/// `GET /api/openapi.json`.
pub async fn document(State(app): State<App>) -> Response {
    let body = app.openapi.as_str().to_owned();
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response()
}

/// `GET /api/docs`: a plain page without scripts, so that it needs nothing from elsewhere.
pub async fn docs() -> Html<String> {
    let mut page = String::from(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Kentongan API</title>\
         <link rel=\"stylesheet\" href=\"/docs.css\"><h1>Kentongan API</h1>\
         <p>The machine-readable document: <a href=\"/api/openapi.json\">/api/openapi.json</a> (OpenAPI 3.1).</p>\
         <table><thead><tr><th>Method<th>Path<th>What<th>Permission<th>Body<th>Answer</thead><tbody>",
    );
    for route in table(false) {
        let body = route.body.as_ref().map_or("", |schema| schema.name.as_str());
        let answer = route
            .answer
            .as_ref()
            .map_or_else(String::new, |(status, schema)| format!("{status} {}", schema.name));
        let row = format!(
            "<tr><td>{}<td><code>{}</code><td>{}<td>{:?}<td>{body}<td>{answer}",
            route.method, route.path, route.summary, route.permission
        );
        page.push_str(&row);
    }
    page.push_str("</tbody></table>");
    Html(page)
}
