//! What all pictures do: they have a title and a size, become a [`Drawing`], and show themselves.

use plotters::style::text_anchor::{HPos, VPos};

use super::canvas::{Canvas, Drawn, FINE};
use super::colour::INK;
use super::drawing::{Drawing, record};
use super::frame::Common;
use super::ink::Letters;

/// The part that differs from picture to picture.
pub(super) trait Picture {
    fn common(&self) -> &Common;
    /// Draws it.
    fn draw(&self) -> Drawn<Canvas>;
    /// For a terminal, at most 80 columns wide.
    fn text(&self) -> String;
    /// What sort of picture it is, for a screen reader.
    fn sort(&self) -> &'static str;
}

/// The finished picture. If plotters fails, the picture says so; nothing that is drawn here makes it fail.
pub(super) fn finish(picture: &impl Picture) -> Drawing {
    let canvas = picture.draw().unwrap_or_else(|e| {
        let failed = |area: &_| {
            let text = format!("This picture could not be drawn: {e}");
            Letters::new(INK, HPos::Left, VPos::Top).text(area, &text, (8.0, 8.0))
        };
        record((720, 40), FINE, failed).unwrap_or_else(|_| Canvas::new((720, 40), FINE))
    });
    let alt = match picture.common().title.as_str() {
        "" => picture.sort().to_owned(),
        title => format!("{}: {title}", picture.sort()),
    };
    Drawing::new(canvas, alt, picture.text())
}

/// Gives a type that is a [`Picture`] the methods that a notebook uses. They are inherent methods, not a
/// trait's, because the kernel looks for an inherent `evcxr_display`.
macro_rules! picture {
    ($type:ident) => {
        impl $type {
            /// With a title above it.
            #[must_use]
            pub fn title(mut self, title: impl Into<String>) -> Self {
                self.common.title = title.into();
                self
            }

            /// With a name for what is counted from left to right.
            #[must_use]
            pub fn x_label(mut self, label: impl Into<String>) -> Self {
                self.common.x_label = label.into();
                self
            }

            /// With a name for what is counted upwards.
            #[must_use]
            pub fn y_label(mut self, label: impl Into<String>) -> Self {
                self.common.y_label = label.into();
                self
            }

            /// With this width and height in pixels, instead of those that suit what it shows.
            #[must_use]
            pub fn size(mut self, width: u32, height: u32) -> Self {
                self.common.size = Some((width, height));
                self
            }

            /// The finished picture.
            pub fn drawing(&self) -> $crate::plot::Drawing {
                $crate::plot::picture::finish(self)
            }

            /// As an SVG file: dark ink on white.
            pub fn to_svg(&self) -> String {
                self.drawing().to_svg()
            }

            /// As an SVG for a web page, in the colours of the page.
            pub fn to_html(&self) -> String {
                self.drawing().to_html()
            }

            /// Writes it to a file; the name ends in `.svg` or `.png`.
            ///
            /// # Errors
            /// Another ending, or a file that cannot be written.
            pub fn save(&self, path: impl AsRef<std::path::Path>) -> $crate::Result<()> {
                self.drawing().save(path)
            }

            /// Shows it in a notebook.
            pub fn evcxr_display(&self) {
                self.drawing().evcxr_display();
            }
        }

        impl std::fmt::Display for $type {
            /// In characters, at most 80 columns wide.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&$crate::plot::picture::Picture::text(self))
            }
        }

        $crate::show::debug_shows!($type);

        impl From<$type> for $crate::plot::Drawing {
            fn from(picture: $type) -> Self {
                picture.drawing()
            }
        }

        impl From<&$type> for $crate::plot::Drawing {
            fn from(picture: &$type) -> Self {
                picture.drawing()
            }
        }
    };
}
pub(super) use picture;
