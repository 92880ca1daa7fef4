//! Units over real sockets: what people say of them, and where they are.

mod status;
