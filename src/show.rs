//! How values show themselves in a notebook.
//!
//! The evcxr kernel calls the method `evcxr_display` of a cell's last expression. What the method prints
//! between two marks becomes the cell's output, one block for each MIME type. The notebook shows the richest
//! type that it knows, and a terminal client shows `text/plain`.
//!
//! Every public type of this library that is worth looking at implements [`Display`](std::fmt::Display) for
//! its text form and has
//!
//! ```
//! # struct T; impl T {
//! /// Shows it in a notebook.
//! pub fn evcxr_display(&self) {
//!     course::show::display("<b>as HTML</b>", "as text");
//! }
//! # }
//! ```

use std::borrow::Cow;
use std::fmt;
use std::io::Write;

/// The beginning of each line that has a meaning for the kernel.
const MARK: &str = "EVCXR_";

/// Prints one output for the notebook: `html`, and `text` for clients that cannot show HTML.
///
/// ```
/// course::show::display("<b>bold</b>", "bold");
/// ```
pub fn display(html: &str, text: &str) {
    let mut out = std::io::stdout().lock();
    let html = without_marks(html, |line| line.replacen('_', "&#95;", 1));
    let text = without_marks(text, |line| format!(" {line}"));
    // If standard output is closed, that is not an error: there is no one left to show anything to.
    let _ = write!(
        out,
        "EVCXR_BEGIN_CONTENT text/html\n{html}\nEVCXR_END_CONTENT\n\
         EVCXR_BEGIN_CONTENT text/plain\n{text}\nEVCXR_END_CONTENT\n"
    );
    let _ = out.flush();
}

/// `shown` without any line that the kernel would take for the end of the block, or for another of its marks:
/// a word may contain one. `escaped` makes such a line harmless.
fn without_marks(shown: &str, escaped: impl Fn(&str) -> String) -> Cow<'_, str> {
    if !shown.contains(MARK) {
        return Cow::Borrowed(shown);
    }
    let lines = shown.split('\n').map(|line| match line.starts_with(MARK) {
        true => Cow::Owned(escaped(line)),
        false => Cow::Borrowed(line),
    });
    Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
}

/// `text`, with the five characters that have a meaning in HTML escaped.
///
/// ```
/// assert_eq!(course::show::escape("<a & \"b\">"), "&lt;a &amp; &quot;b&quot;&gt;");
/// ```
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The first words of `text`, at most `most` characters, with "…" if more follows.
pub(crate) fn beginning(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(most) {
        None => line,
        Some((cut, _)) => {
            let end = line[..cut].rfind(' ').unwrap_or(cut);
            format!("{} …", &line[..end])
        }
    }
}

/// The longest `Debug` form that a cell prints in full, in characters.
const MOST_DEBUG: usize = 2_000;

/// Gives every `Debug` type an `evcxr_display`, so that the kernel compiles an expression cell once and not
/// twice. The kernel first tries `evcxr_display` and, if that fails, `Debug`. A type's own method of this
/// name takes precedence over this one.
pub trait Show {
    /// Shows the value in a notebook in its `Debug` form.
    fn evcxr_display(&self);
}

#[diagnostic::do_not_recommend]
impl<T: fmt::Debug> Show for T {
    fn evcxr_display(&self) {
        debug(self);
    }
}

/// Prints the `Debug` form of `value` for the notebook. It is not generic, so it is compiled here, once, and
/// not in each cell.
fn debug(value: &dyn fmt::Debug) {
    let mut text = format!("{value:?}");
    if text == "()" {
        return; // A cell that ends in a loop has no value to show.
    }
    if let Some((cut, _)) = text.char_indices().nth(MOST_DEBUG) {
        let left = text[cut..].chars().count();
        text.truncate(cut);
        text.push_str(&format!("… and {left} characters more"));
    }
    let text = without_marks(&text, |line| format!(" {line}"));
    let mut out = std::io::stdout().lock();
    let _ = write!(out, "EVCXR_BEGIN_CONTENT text/plain\n{text}\nEVCXR_END_CONTENT\n");
    let _ = out.flush();
}

/// Gives a type that has `evcxr_display` a `Debug` form that replaces the derived one: the type's text form,
/// or another form that is given.
///
/// The kernel shows a cell's last expression by `evcxr_display`. But the cell's first compilation may fail
/// for a reason that the kernel can repair: the cell moves a variable, or it is the first with a `?`. Then
/// the kernel repairs more than was broken and falls back to `Debug`. The pack's kernel therefore asks for
/// `Debug` with a flag that nothing else uses, `{:-?}`, and the type shows itself after all.
macro_rules! debug_shows {
    ($type:ty) => {
        $crate::show::debug_shows!($type, std::fmt::Display::fmt);
    };
    ($type:ty, $form:expr) => {
        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                if f.sign_minus() {
                    self.evcxr_display();
                    return std::fmt::Display::fmt(self, f);
                }
                let form: fn(&Self, &mut std::fmt::Formatter<'_>) -> std::fmt::Result = $form;
                form(self, f)
            }
        }
    };
}
pub(crate) use debug_shows;

/// Gives a type that has `Display` a method `evcxr_display` that shows the same, and also a `Debug` form.
/// With a function that makes the line, the type gets `Display` as well.
macro_rules! shown_as_line {
    ($type:ty) => {
        impl $type {
            /// Shows it in a notebook, as text.
            pub fn evcxr_display(&self) {
                let text = self.to_string();
                $crate::show::display(&$crate::show::escape(&text), &text);
            }
        }

        $crate::show::debug_shows!($type);
    };
    ($type:ty, $line:expr) => {
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let line: fn(&Self) -> String = $line;
                f.write_str(&line(self))
            }
        }

        $crate::show::shown_as_line!($type);
    };
}
pub(crate) use shown_as_line;

/// Gives a result its text form and its form in a notebook: those of what its method makes, a table or a
/// picture.
macro_rules! shown_by {
    ($type:ident, $method:ident) => {
        impl $type {
            /// Shows it in a notebook.
            pub fn evcxr_display(&self) {
                self.$method().evcxr_display();
            }
        }

        impl std::fmt::Display for $type {
            /// At most 80 columns wide.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.$method(), f)
            }
        }

        $crate::show::debug_shows!($type);
    };
}
pub(crate) use shown_by;

/// Shows a result that has a method `table` by that table.
macro_rules! shown_as_table {
    ($type:ident) => {
        $crate::show::shown_by!($type, table);
    };
}
pub(crate) use shown_as_table;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_ends_with_a_word() {
        assert_eq!(beginning("four score and seven", 100), "four score and seven");
        assert_eq!(beginning("four score and seven", 12), "four score …");
        assert_eq!(beginning("héééééé", 3), "héé …");
    }

    const END: &str = "EVCXR_END_CONTENT";

    #[test]
    fn a_word_with_the_kernels_own_marks_ends_no_block() {
        let word =
            format!("a\n{END}\nEVCXR_BEGIN_CONTENT text/html\n<b>b</b>\n{END}\nEVCXR_EXECUTION_COMPLETE");
        let html = without_marks(&word, |line| line.replacen('_', "&#95;", 1));
        let text = without_marks(&word, |line| format!(" {line}"));
        for shown in [&html, &text] {
            assert!(!shown.lines().any(|line| line.starts_with(MARK)), "{shown}");
            assert_eq!(shown.lines().count(), 6);
        }
        assert_eq!(html.replace("&#95;", "_"), word);
        assert_eq!(text.replace("\n ", "\n"), word);
        let harmless = format!("a {END}\nb_EVCXR_");
        assert_eq!(without_marks(&harmless, |_| String::new()), harmless);
    }
}
