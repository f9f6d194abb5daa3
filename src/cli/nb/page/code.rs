//! Rust with its parts in colours.

use course::check::source::{Kind, pieces};
use maud::{Markup, html};

/// `source` with a class for each part that has a colour.
pub(super) fn highlight(source: &str) -> Markup {
    html! {
        @for (kind, piece) in pieces(source) {
            @match class(kind) {
                Some(class) => span class=(class) { (piece) },
                None => (piece),
            }
        }
    }
}

fn class(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Comment => Some("c"),
        Kind::Text => Some("s"),
        Kind::Number => Some("n"),
        Kind::Lifetime | Kind::Keyword => Some("k"),
        Kind::Type => Some("t"),
        Kind::Function => Some("f"),
        Kind::Macro | Kind::Command => Some("m"),
        Kind::Name | Kind::Sign | Kind::Space => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_coloured_and_escaped() {
        let html = highlight("let v: Vec<u8> = f(\"<b>\"); // &").into_string();
        assert_eq!(
            html,
            "<span class=\"k\">let</span> v: <span class=\"t\">Vec</span>&lt;u8&gt; = <span class=\"f\">f</span>(\
             <span class=\"s\">&quot;&lt;b&gt;&quot;</span>); <span class=\"c\">// &amp;</span>"
        );
    }
}
