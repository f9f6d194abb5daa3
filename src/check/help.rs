//! What a card offers to somebody who has not finished: the task, and the hints one after the other, each on
//! request.

use std::fmt::Write as _;

use super::exercise::Exercise;
use crate::show::escape;

/// The task as HTML.
pub(super) fn task(exercise: &Exercise) -> String {
    let mut html = String::from("<div style=\"margin:.4em 0;max-width:48em\">");
    for paragraph in exercise.task().split("\n\n") {
        let _ = write!(html, "<p style=\"margin:.3em 0\">{}</p>", inline(paragraph));
    }
    html + "</div>"
}

/// The hints, each inside the one before it, so that a hint can be opened only after the previous one.
pub(super) fn hints(exercise: &Exercise) -> String {
    let hints = exercise.head().map(|head| head.hints).unwrap_or_default();
    let n = hints.len();
    (hints.iter().enumerate().rev()).fold(String::new(), |inner, (i, hint)| {
        format!(
            "<details style=\"margin:.3em 0\"><summary>hint {} of {n}</summary>\
             <div style=\"margin:.3em 0\">{}</div>{inner}</details>",
            i + 1,
            inline(hint)
        )
    })
}

/// Text with `code` between backticks; each list item stays on its own line.
fn inline(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(i, part)| match i % 2 {
        0 => escape(part).replace("\n- ", "<br>• "),
        _ => format!("<code>{}</code>", escape(part)),
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_lists_are_marked_and_the_rest_is_escaped() {
        assert_eq!(
            inline("`a < b` of\n- x & y"),
            "<code>a &lt; b</code> of<br>• x &amp; y"
        );
    }

    #[test]
    fn a_hint_is_inside_the_one_before() {
        let exercise = super::super::exercises()
            .iter()
            .find(|e| e.name() == "dot")
            .unwrap();
        let html = hints(exercise);
        let [first, second] = ["hint 1 of 2", "hint 2 of 2"].map(|text| html.find(text).unwrap());
        assert!(first < second);
        assert!(html.ends_with("</details></details>"), "{html}");
    }
}
