//! Pictures and tables that show themselves in a notebook and write themselves to files elsewhere.
//!
//! | what | made by |
//! |---|---|
//! | rows and columns, with bars and shades | [`Table`] |
//! | points with names: maps of words | [`scatter`] |
//! | arrows between points: analogies | [`arrows`] |
//! | points that move while something learns | [`film`] |
//! | a matrix as coloured cells | [`heat_map`] |
//! | curves, with linear or logarithmic axes | [`curves`] |
//! | bars with names, alone or in groups | [`bars`], [`grouped_bars`] |
//! | how often numbers fall into each bin | [`histogram`] |
//! | several pictures as one | [`side_by_side`] |
//! | the pieces of a text in colours | [`tokens`] |
//! | several cuts of a text under each other | [`token_lines`] |
//! | words with a weight each | [`shaded`] |
//! | words with a group each | [`grouped_words`] |
//! | anything else, with [`plotters`] | [`draw`] |
//!
//! Every picture is made the same way: a function takes the data, methods set the rest, and the result owns
//! all it shows. As a cell's last expression it shows itself, legible in a light and in a dark theme.
//! Hovering over a point, a bar or a cell names it. [`Display`](std::fmt::Display) gives a form for a
//! terminal, `save` writes an SVG or PNG file.
//!
//! No data makes them panic. Numbers that are not finite are left out and counted below the picture, and so
//! is anything else that does not fit.
//!
//! ```
//! use course::plot::*;
//! let picture = curves().line("loss", [3.0, 2.2, 1.9, 1.8]).title("Training").x_label("epoch");
//! picture.save(std::env::temp_dir().join("loss.svg"))?;
//! # Ok::<(), course::Error>(())
//! ```
//!
//! The pictures are drawn with the library plotters on a backend of this crate (`canvas.rs`), which records
//! what is drawn; `svg.rs` and `png.rs` turn the record into files. The pictures share `axis.rs`, `frame.rs`,
//! `labels/`, `colour.rs`, `font.rs` and `ink.rs`; `chars.rs` and `blocks.rs` do the same in characters.
//!
//! In a notebook a picture is HTML with the SVG inside it. JupyterLab would show `image/svg+xml` as an
//! `<img>`, in which neither hover titles nor the theme's colours work. Black is the page's ink and white its
//! paper, so any code that draws with plotters gets the theme. PNG files are drawn four times as large by
//! plotters' bitmaps and averaged. Letters are as wide as in the bundled font, which is wider than what
//! browsers use: labels that do not overlap here do not overlap there. To look at all pictures in both
//! themes, run `cargo test --features cli gallery -- --ignored` and open `target/gallery`.

mod axis;
mod bars;
mod blocks;
mod canvas;
mod chars;
mod colour;
mod curves;
mod data;
mod drawing;
mod film;
mod font;
mod frame;
mod heat_map;
mod histogram;
mod ink;
mod labels;
mod links;
pub(crate) mod number;
mod picture;
mod png;
mod record;
mod scatter;
mod side_by_side;
mod svg;
mod table;
mod tokens;
mod width;

/// The drawing library behind the pictures, for those that the course does not have: see [`draw`].
pub use plotters;

pub use bars::{Bars, bars, grouped_bars};
pub use canvas::{Area, Canvas, Drawn, Titled, titled};
pub use colour::colour;
pub use curves::{Curves, curves};
pub use data::{Matrix, Point, Points, Value};
pub use drawing::{Drawing, draw};
pub use film::{Film, film};
pub use heat_map::{HeatMap, heat_map};
pub use histogram::{Histogram, histogram};
pub use links::{Links, links};
pub use record::record;
pub(crate) use record::shown_as_record;
pub use scatter::{Scatter, arrows, scatter};
pub use side_by_side::side_by_side;
pub use table::{Cell, Column, Row, Table};
pub use tokens::{GroupedWords, Shaded, TokenLines, Tokens, grouped_words, shaded, token_lines, tokens};
