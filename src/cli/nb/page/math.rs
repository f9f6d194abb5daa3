//! Formulas: LaTeX as MathML, which browsers show by themselves.

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use maud::html;

/// A formula within a line.
pub(super) fn inline(latex: &str) -> String {
    convert(latex, MathDisplay::Inline)
}

/// A formula on a line of its own.
pub(super) fn display(latex: &str) -> String {
    convert(latex, MathDisplay::Block)
}

/// A formula that cannot be read is shown as its source, with the reason as its title.
fn convert(latex: &str, display: MathDisplay) -> String {
    let config = MathCoreConfig {
        annotation: true,
        ..MathCoreConfig::default()
    };
    let source = |reason: String| html! { code.formula title=(reason) { (latex) } }.into_string();
    let converter = match LatexToMathML::new(config) {
        Ok(converter) => converter,
        Err((error, _, _)) => return source(error.to_string()),
    };
    match converter.convert_with_local_state(latex, display) {
        Ok(converted) => converted.mathml,
        Err(error) => source(error.to_string()),
    }
}

/// `html` without the LaTeX that its formulas carry.
pub(super) fn without_source(html: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(html.len()), html);
    while let Some((before, after)) = rest.split_once("<annotation") {
        out.push_str(before);
        rest = after.split_once("</annotation>").map_or("", |(_, rest)| rest);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_mathml_and_what_is_none_stays_readable() {
        let fraction = display(r"\frac{u \cdot v}{\lVert u \rVert}");
        assert!(
            fraction.starts_with("<math display=\"block\">") && fraction.contains("<mfrac>"),
            "{fraction}"
        );
        assert!(inline("x_i").contains("<msub>"));
        let broken = inline(r"\nosuchcommand{<b>}");
        assert!(
            broken.starts_with("<code class=\"formula\"") && broken.contains(r"\nosuchcommand{&lt;b&gt;}"),
            "{broken}"
        );
    }
}
