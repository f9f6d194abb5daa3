//! The prose of a notebook: Markdown with formulas, as HTML.

use super::{code, math};
use data_encoding::BASE64;
use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html::push_html};
use serde_json::{Map, Value};
use std::path::Path;

/// The largest picture that is put into a page, in bytes.
const LARGEST_PICTURE: u64 = 8 << 20;

/// A heading, for the list of contents.
#[derive(Debug, PartialEq)]
pub(super) struct Heading {
    pub(super) level: usize,
    pub(super) text: String,
    pub(super) anchor: String,
}

/// Renders the prose of one notebook and collects its headings.
pub(super) struct Prose<'a> {
    folder: &'a Path,
    pub(super) headings: Vec<Heading>,
}

impl<'a> Prose<'a> {
    /// Pictures are looked for in `folder`.
    pub(super) fn new(folder: &'a Path) -> Self {
        Self {
            folder,
            headings: Vec::new(),
        }
    }

    /// `markdown` as HTML; `attachments` are the cell's own files.
    pub(super) fn render(&mut self, markdown: &str, attachments: Option<&Map<String, Value>>) -> Markup {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_MATH;
        let events: Vec<Event<'_>> = Parser::new_ext(markdown, options).collect();
        let mut out = Vec::with_capacity(events.len());
        let mut rest = events.as_slice();
        while let Some((event, after)) = rest.split_first() {
            rest = after;
            match event {
                Event::InlineMath(latex) => out.push(Event::InlineHtml(math::inline(latex).into())),
                Event::DisplayMath(latex) => out.push(Event::InlineHtml(math::display(latex).into())),
                Event::Start(Tag::Heading {
                    level,
                    classes,
                    attrs,
                    ..
                }) => {
                    let anchor = self.heading(*level as usize, &said(after, TagEnd::Heading(*level)));
                    out.push(Event::Start(Tag::Heading {
                        level: *level,
                        id: Some(anchor.into()),
                        classes: classes.clone(),
                        attrs: attrs.clone(),
                    }));
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    out.push(Event::Html(block(kind, &said(after, TagEnd::CodeBlock)).into()));
                    rest = past(after, TagEnd::CodeBlock);
                }
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    let says = said(after, TagEnd::Image);
                    out.push(Event::InlineHtml(
                        self.picture(dest_url, title, &says, attachments).into(),
                    ));
                    rest = past(after, TagEnd::Image);
                }
                Event::Start(Tag::Link {
                    link_type,
                    dest_url,
                    title,
                    id,
                }) => {
                    let dest_url = CowStr::from(page_of(dest_url));
                    let (link_type, title, id) = (*link_type, title.clone(), id.clone());
                    out.push(Event::Start(Tag::Link {
                        link_type,
                        dest_url,
                        title,
                        id,
                    }));
                }
                event => out.push(event.clone()),
            }
        }
        let mut html = String::new();
        push_html(&mut html, out.into_iter());
        PreEscaped(html)
    }

    /// Notes a heading and returns its anchor, as JupyterLab makes it: its text with a hyphen for each space.
    fn heading(&mut self, level: usize, text: &str) -> String {
        let plain = text.split_whitespace().collect::<Vec<_>>().join("-");
        let taken = |anchor: &str| self.headings.iter().any(|heading| heading.anchor == anchor);
        let mut anchor = plain.clone();
        for n in 2.. {
            if !taken(&anchor) {
                break;
            }
            anchor = format!("{plain}-{n}");
        }
        self.headings.push(Heading {
            level,
            text: text.trim().to_owned(),
            anchor: anchor.clone(),
        });
        anchor
    }

    /// A picture with its content in the page; a picture on the net becomes a link to it.
    fn picture(
        &self,
        url: &str,
        title: &str,
        says: &str,
        attachments: Option<&Map<String, Value>>,
    ) -> String {
        let source = if url.starts_with("data:") {
            Some(url.to_owned())
        } else if let Some(name) = url.strip_prefix("attachment:") {
            attached(name, attachments)
        } else {
            self.file(url)
        };
        let markup = match source {
            Some(source) => {
                html! { img src=(source) alt=(says) title=[(!title.is_empty()).then_some(title)]; }
            }
            None => html! { a href=(url) { (if says.is_empty() { url } else { says }) } },
        };
        markup.into_string()
    }

    /// The picture in a file beside the notebook.
    fn file(&self, url: &str) -> Option<String> {
        let path = self.folder.join(url);
        let kind = match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "png" => "png",
            "jpg" | "jpeg" => "jpeg",
            "gif" => "gif",
            "webp" => "webp",
            "svg" => "svg+xml",
            _ => return None,
        };
        if url.contains("://") || std::fs::metadata(&path).ok()?.len() > LARGEST_PICTURE {
            return None;
        }
        let bytes = std::fs::read(&path).ok()?;
        Some(format!("data:image/{kind};base64,{}", BASE64.encode(&bytes)))
    }
}

/// A file that the cell itself holds.
fn attached(name: &str, attachments: Option<&Map<String, Value>>) -> Option<String> {
    let (mime, content) = attachments?.get(name)?.as_object()?.iter().next()?;
    Some(format!("data:{mime};base64,{}", content.as_str()?))
}

/// The address of a page for a link to a notebook: pages lie side by side as notebooks do.
fn page_of(url: &str) -> String {
    let (path, anchor) = url.split_at(url.find('#').unwrap_or(url.len()));
    match path.strip_suffix(".ipynb") {
        Some(stem) if !url.contains("://") => format!("{stem}.html{anchor}"),
        _ => url.to_owned(),
    }
}

/// A block of code: in colours if it is Rust.
fn block(kind: &CodeBlockKind<'_>, source: &str) -> String {
    let language = match kind {
        CodeBlockKind::Fenced(language) => language.split([',', ' ']).next().unwrap_or_default(),
        CodeBlockKind::Indented => "",
    };
    let body = if language == "rust" {
        code::highlight(source)
    } else {
        html! { (source) }
    };
    html! { pre { code { (body) } } }.into_string()
}

/// The text of the events up to `end`.
fn said(events: &[Event<'_>], end: TagEnd) -> String {
    let inside = events.iter().take_while(|event| **event != Event::End(end));
    let texts = inside.map(|event| match event {
        Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => text.as_ref(),
        Event::SoftBreak | Event::HardBreak => " ",
        _ => "",
    });
    texts.collect()
}

/// The events after `end`.
fn past<'e, 'a>(events: &'e [Event<'a>], end: TagEnd) -> &'e [Event<'a>] {
    let at = events.iter().position(|event| *event == Event::End(end));
    at.map_or(&[], |at| &events[at + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn render(markdown: &str) -> String {
        Prose::new(Path::new("")).render(markdown, None).into_string()
    }

    #[test]
    fn prose_has_formulas_code_tables_and_anchors() {
        assert!(render("where $x_i$ is").contains("<msub>"));
        assert!(render("$$\n\\frac{1}{2}\n$$").contains("<math display=\"block\">"));
        assert!(!render("`$x$` costs \\$5").contains("<math"));
        assert_eq!(
            render("```rust\nlet x;\n```"),
            "<pre><code><span class=\"k\">let</span> x;\n</code></pre>"
        );
        assert_eq!(render("    a < b\n"), "<pre><code>a &lt; b\n</code></pre>");
        assert!(render("|a|\n|-|\n|1|").contains("<td>1</td>"));
        assert!(render("[next](02_counts.ipynb#Top)").contains("href=\"02_counts.html#Top\""));
        assert!(render("[far](https://a.b/c.ipynb)").contains("href=\"https://a.b/c.ipynb\""));
    }

    #[test]
    fn headings_are_listed_and_named_once_each() {
        let mut prose = Prose::new(Path::new(""));
        let html = prose
            .render("# One `hot`\n\n## Aims\n\n## Aims", None)
            .into_string();
        let anchors: Vec<_> = prose
            .headings
            .iter()
            .map(|heading| (heading.level, heading.anchor.as_str()))
            .collect();
        assert_eq!(anchors, [(1, "One-hot"), (2, "Aims"), (2, "Aims-2")]);
        assert!(html.contains("<h2 id=\"Aims-2\">Aims</h2>"), "{html}");
    }

    #[test]
    fn pictures_are_in_the_page_or_links() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.png"), [1, 2, 3]).unwrap();
        let attachments = json!({"b.png": {"image/png": "QUJD"}});
        let mut prose = Prose::new(folder.path());
        let mut render = |markdown: &str| prose.render(markdown, attachments.as_object()).into_string();
        assert!(render("![A](a.png)").contains("<img src=\"data:image/png;base64,AQID\" alt=\"A\">"));
        assert!(render("![B](attachment:b.png)").contains("data:image/png;base64,QUJD"));
        assert!(render("![C](https://x.y/c.png)").contains("<a href=\"https://x.y/c.png\">C</a>"));
        assert!(render("![D](none.png)").contains("<a href=\"none.png\">D</a>"));
    }
}
