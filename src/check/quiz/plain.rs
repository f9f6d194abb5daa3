//! Markdown with formulas as a line for a terminal: `$\frac{x_i}{\lVert x \rVert}$` is shown as `xᵢ/‖x‖`.
//!
//! A terminal cannot show fractions, or roots with a bar. But Unicode has Greek letters, signs, and most of
//! the superscripts and subscripts in the formulas of a lecture. What it lacks is written in brackets,
//! `x^(a, b)`. An unknown command stays as it is. Marks of emphasis and code are removed. There are crates
//! that replace commands by Unicode, but none that knows fractions, roots and texts, which are frequent in a
//! quiz.
//!
//! Left out: tables, lists, matrices, and everything else that needs more than one line.

/// The text without Markdown's marks, with its formulas in Unicode.
///
/// ```
/// use course::check::quiz::plain;
/// assert_eq!(plain(r"The *cosine* is $\frac{x \cdot y}{\lVert x \rVert}$."), "The cosine is (x · y)/‖x‖.");
/// ```
pub fn plain(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        match c {
            '\\' if after.starts_with(|c: char| c.is_ascii_punctuation()) => {
                out.push_str(&after[..1]);
                rest = &after[1..];
            }
            '$' | '`' => {
                let marks = rest.len() - rest.trim_start_matches(c).len();
                let (mark, inside) = rest.split_at(marks);
                match inside.split_once(mark) {
                    Some((inside, after)) if c == '$' => {
                        out.push_str(&formula(inside));
                        rest = after;
                    }
                    Some((inside, after)) => {
                        out.push_str(inside);
                        rest = after;
                    }
                    // A mark that is never closed is an ordinary character.
                    None => {
                        out.push_str(mark);
                        rest = inside;
                    }
                }
            }
            // A star between spaces is a multiplication sign.
            '*' if !(after.starts_with(' ') && (out.is_empty() || out.ends_with(' '))) => rest = after,
            _ => {
                out.push(c);
                rest = after;
            }
        }
    }
    out
}

/// A formula in LaTeX as a line of Unicode.
fn formula(source: &str) -> String {
    let mut rest = source;
    let text = several(&mut rest, 0);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How deeply nested groups and arguments may be; deeper ones are left as they are.
const DEEPEST: usize = 20;

/// Everything up to the end or to a closing brace, which is consumed too.
fn several(rest: &mut &str, depth: usize) -> String {
    let mut out = String::new();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('}') {
            *rest = after;
            break;
        }
        if CLOSERS.iter().any(|closer| rest.starts_with(closer)) {
            out.truncate(out.trim_end().len());
        }
        out += &one(rest, depth);
    }
    out
}

/// Brackets have no space inside, whatever the spacing of the source.
const OPENERS: [&str; 5] = ["lVert", "lvert", "langle", "lfloor", "lceil"];
const CLOSERS: [&str; 5] = ["\\rVert", "\\rvert", "\\rangle", "\\rfloor", "\\rceil"];

/// The next letter, command or group.
fn one(rest: &mut &str, depth: usize) -> String {
    let Some(c) = rest.chars().next() else {
        return String::new();
    };
    *rest = &rest[c.len_utf8()..];
    match c {
        '{' if depth < DEEPEST => several(rest, depth + 1),
        '\\' => command(rest, depth),
        '^' => raised(&argument(rest, depth)),
        '_' => lowered(&argument(rest, depth)),
        '-' => "−".to_owned(),
        '~' => " ".to_owned(),
        _ => c.to_string(),
    }
}

/// What a command, `^` or `_` applies to.
fn argument(rest: &mut &str, depth: usize) -> String {
    *rest = rest.trim_start();
    if rest.starts_with('}') || depth >= DEEPEST {
        return String::new();
    }
    one(rest, depth + 1).trim().to_owned()
}

/// A command whose backslash has been read.
fn command(rest: &mut &str, depth: usize) -> String {
    let length = rest
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    let length = length.max(rest.chars().next().map_or(0, char::len_utf8));
    let (name, after) = rest.split_at(length);
    *rest = after;
    match name {
        "frac" | "tfrac" | "dfrac" => {
            let above = bracketed(&argument(rest, depth));
            above + "/" + &bracketed(&argument(rest, depth))
        }
        "sqrt" => format!("√{}", bracketed(&argument(rest, depth))),
        "text" | "textit" | "textbf" | "mathrm" | "mathbf" | "mathit" | "mathcal" | "mathbb"
        | "operatorname" => {
            // The spaces at the ends of a text belong to it.
            if rest.starts_with('{') {
                one(rest, depth)
            } else {
                argument(rest, depth)
            }
        }
        "hat" | "bar" | "tilde" | "vec" => {
            let mark = match name {
                "hat" => '\u{302}',
                "bar" => '\u{304}',
                "tilde" => '\u{303}',
                _ => '\u{20d7}',
            };
            format!("{}{mark}", argument(rest, depth))
        }
        "left" | "right" | "big" | "Big" | "bigl" | "bigr" | "displaystyle" | "!" => String::new(),
        "quad" | "qquad" | "," | ";" | ":" | " " | "\\" => " ".to_owned(),
        "ln" | "log" | "exp" | "cos" | "sin" | "max" | "min" | "arg" | "argmax" | "argmin" | "det"
        | "dim" => name.to_owned(),
        _ if !name.starts_with(|c: char| c.is_ascii_alphabetic()) && name != "|" => name.to_owned(),
        _ => {
            if OPENERS.contains(&name) {
                *rest = rest.trim_start();
            }
            match SIGNS.iter().find(|(known, _)| *known == name) {
                Some((_, sign)) => (*sign).to_owned(),
                None => format!("\\{name}"),
            }
        }
    }
}

/// The text, in brackets if it is more than a word, a number, or something already in brackets.
fn bracketed(text: &str) -> String {
    let is_one = !text.contains([' ', '+', '−', '/', '·', '=']);
    if is_one {
        text.to_owned()
    } else {
        format!("({text})")
    }
}

fn raised(text: &str) -> String {
    moved(text, &RAISED).unwrap_or_else(|| format!("^{}", grouped(text)))
}

fn lowered(text: &str) -> String {
    moved(text, &LOWERED).unwrap_or_else(|| format!("_{}", grouped(text)))
}

/// Each letter replaced as in the table; `None` if one is not in it.
fn moved(text: &str, (from, to): &(&str, &str)) -> Option<String> {
    let letter = |c: char| to.chars().nth(from.chars().position(|known| known == c)?);
    text.chars().filter(|c| *c != ' ').map(letter).collect()
}

/// The text, in brackets if it is more than one letter or a plain word.
fn grouped(text: &str) -> String {
    if text.chars().all(char::is_alphanumeric) {
        text.to_owned()
    } else {
        format!("({text})")
    }
}

/// The superscripts that Unicode has.
const RAISED: (&str, &str) = (
    "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδθ⊤′",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿᵀ′",
);

/// The subscripts that Unicode has.
const LOWERED: (&str, &str) = (
    "0123456789+−=()aehijklmnoprstuvxβγρφχ",
    "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
);

/// Commands that are one sign.
const SIGNS: &[(&str, &str)] = &[
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ε"),
    ("varepsilon", "ε"),
    ("zeta", "ζ"),
    ("eta", "η"),
    ("theta", "θ"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("nu", "ν"),
    ("xi", "ξ"),
    ("pi", "π"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("phi", "φ"),
    ("varphi", "φ"),
    ("chi", "χ"),
    ("psi", "ψ"),
    ("omega", "ω"),
    ("Gamma", "Γ"),
    ("Delta", "Δ"),
    ("Theta", "Θ"),
    ("Lambda", "Λ"),
    ("Sigma", "Σ"),
    ("Phi", "Φ"),
    ("Psi", "Ψ"),
    ("Omega", "Ω"),
    ("cdot", "·"),
    ("times", "×"),
    ("circledast", "⊛"),
    ("pm", "±"),
    ("le", "≤"),
    ("leq", "≤"),
    ("ge", "≥"),
    ("geq", "≥"),
    ("ne", "≠"),
    ("neq", "≠"),
    ("approx", "≈"),
    ("sim", "∼"),
    ("propto", "∝"),
    ("ll", "≪"),
    ("gg", "≫"),
    ("to", "→"),
    ("rightarrow", "→"),
    ("mapsto", "↦"),
    ("in", "∈"),
    ("notin", "∉"),
    ("cup", "∪"),
    ("cap", "∩"),
    ("subset", "⊂"),
    ("subseteq", "⊆"),
    ("sum", "∑"),
    ("prod", "∏"),
    ("int", "∫"),
    ("partial", "∂"),
    ("nabla", "∇"),
    ("infty", "∞"),
    ("top", "⊤"),
    ("prime", "′"),
    ("mid", "|"),
    ("vert", "|"),
    ("lvert", "|"),
    ("rvert", "|"),
    ("|", "‖"),
    ("Vert", "‖"),
    ("lVert", "‖"),
    ("rVert", "‖"),
    ("langle", "⟨"),
    ("rangle", "⟩"),
    ("lfloor", "⌊"),
    ("rfloor", "⌋"),
    ("lceil", "⌈"),
    ("rceil", "⌉"),
    ("dots", "…"),
    ("ldots", "…"),
    ("cdots", "⋯"),
    ("ell", "ℓ"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_lines_of_unicode() {
        for (source, shown) in [
            (r"\sqrt{1^2 + 1^2} = \sqrt 2", "√(1² + 1²) = √2"),
            (
                r"\frac{x \cdot y}{\lVert x \rVert \lVert y \rVert}",
                "(x · y)/(‖x‖ ‖y‖)",
            ),
            (r"\frac12", "1/2"),
            (r"\cos(x, y)", "cos(x, y)"),
            (
                r"k \ge 4 \ln n / (\varepsilon^2/2 - \varepsilon^3/3)",
                "k ≥ 4 ln n / (ε²/2 − ε³/3)",
            ),
            (
                r"P(\text{word} \mid \text{topic } 1) = 0.02",
                "P(word | topic 1) = 0.02",
            ),
            (r"P(w, c) = P(w)\,P(c)", "P(w, c) = P(w) P(c)"),
            (r"x_i y_{ij}", "xᵢ yᵢⱼ"),
            (r"x_{w,c}^{a,b}", "x_(w,c)^(a,b)"),
            (r"N_{\text{docs}}", "N_docs"),
            (r"-\infty", "−∞"),
            (r"W^\top x + \hat{y}", "Wᵀ x + y\u{302}"),
            (
                r"\left\{ a \right\} \unknown{b} \| c \|",
                r"{ a } \unknownb ‖ c ‖",
            ),
            (r"\frac{\frac{a}{b}}{c}", "(a/b)/c"),
            (r"\frac{a", "a/"),
            ("^", ""),
            ("}a", ""),
        ] {
            assert_eq!(formula(source), shown, "{source}");
        }
        // A group that is nested too deeply stays as it is, and nothing overflows.
        assert!(formula(&"{".repeat(100_000)).len() > 90_000);
        assert!(!formula(&"\\sqrt".repeat(100_000)).is_empty());
    }

    #[test]
    fn marks_go_and_what_they_mark_stays() {
        for (source, shown) in [
            (
                "Two *different* words, **all** of `v.len()`.",
                "Two different words, all of v.len().",
            ),
            ("`a*b` and 2 * 3 and \\*", "a*b and 2 * 3 and *"),
            ("it costs $5", "it costs $5"),
            ("``a`b``", "a`b"),
            ("x_i without a formula", "x_i without a formula"),
            ("$$x_1$$", "x₁"),
        ] {
            assert_eq!(plain(source), shown, "{source}");
        }
    }

    #[test]
    fn each_letter_has_its_place() {
        for (from, to) in [RAISED, LOWERED] {
            assert_eq!(from.chars().count(), to.chars().count());
        }
    }

    /// The quizzes use nothing that is unknown here.
    #[test]
    fn all_quizzes_can_be_read() {
        for lecture in crate::check::quizzes() {
            let text = crate::check::quiz(lecture).unwrap().to_string();
            for (i, line) in text.lines().enumerate() {
                assert!(!line.contains(['$', '\\']), "{lecture}, line {i}: {line}");
            }
        }
    }
}
