//! Every address there is, and who may use it. A route can only be added with an [`Access`]; tests
//! walk this table.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::Method,
    routing::{MethodFilter, MethodRouter, on},
};
use axum::{handler::Handler, middleware};
use domain::{roles::Action, scope::Scope};

use crate::{Web, access, api, assets, health, pages};

/// Who may use an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Everybody, signed in or not.
    Public,
    /// Whoever is signed in.
    SignedIn,
    /// Administrators of the programme in the address whose role may do this.
    May(Action),
    /// Whoever comes to the members' site of the programme in the address.
    Site,
    /// Members of that programme who are signed in, leavers too.
    Member,
    /// The same, but no leavers.
    CurrentMember,
    /// Programs with a token that has this scope.
    Token(Scope),
}

/// One address with one method.
pub(crate) struct Route {
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) access: Access,
    handler: MethodRouter<Web>,
}

impl Route {
    fn new<H, T>(method: Method, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Web>,
        T: 'static,
    {
        let filter = if method == Method::POST { MethodFilter::POST } else { MethodFilter::GET };
        Self { method, path, access, handler: on(filter, handler) }
    }

    /// With room for a form of so many bytes.
    pub(crate) fn holding(self, bytes: usize) -> Self {
        Self { handler: self.handler.layer(DefaultBodyLimit::max(bytes)), ..self }
    }
}

/// A page to look at.
pub(crate) fn get<H, T>(path: &'static str, access: Access, handler: H) -> Route
where
    H: Handler<T, Web>,
    T: 'static,
{
    Route::new(Method::GET, path, access, handler)
}

/// Something to be done.
pub(crate) fn post<H, T>(path: &'static str, access: Access, handler: H) -> Route
where
    H: Handler<T, Web>,
    T: 'static,
{
    Route::new(Method::POST, path, access, handler)
}

/// All of them.
pub(crate) fn table() -> Vec<Route> {
    let mut table = vec![
        get("/healthz", Access::Public, health::lives),
        get("/readyz", Access::Public, health::ready),
        get("/assets/{version}/{name}", Access::Public, assets::serve),
    ];
    table.extend(pages::routes());
    table.extend(api::routes());
    table
}

/// An address, as documents and tests list it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// `GET` or `POST`.
    pub method: String,
    /// With `{names}` where it varies.
    pub path: &'static str,
    /// `public`, `signed-in`, `site`, `member`, `current-member`, an action (`see-imports`) or a scope
    /// (`imports:read`).
    pub access: &'static str,
}

/// Every address there is, with who may use it.
pub fn addresses() -> Vec<Address> {
    let access = |access| match access {
        Access::Public => "public",
        Access::SignedIn => "signed-in",
        Access::Site => "site",
        Access::Member => "member",
        Access::CurrentMember => "current-member",
        Access::May(action) => action.as_str(),
        Access::Token(scope) => scope.as_str(),
    };
    let address =
        |route: Route| Address { method: route.method.to_string(), path: route.path, access: access(route.access) };
    table().into_iter().map(address).collect()
}

/// The router over the whole table: each route behind the door that its access asks for.
pub(crate) fn router(web: &Web) -> Router<Web> {
    table().into_iter().fold(Router::new(), |router, route| {
        let door = middleware::from_fn_with_state((web.clone(), route.access), access::door);
        router.route(route.path, route.handler.route_layer(door))
    })
}
