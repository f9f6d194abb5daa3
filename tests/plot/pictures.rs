//! Pictures: where things are, what they say, and that no data can break them.

use course::plot::*;
use proptest::prelude::*;
use roxmltree::{Document, Node};
use unicode_width::UnicodeWidthStr;

fn number(node: &Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap().parse().unwrap()
}

/// The shape with this title.
fn titled_shape<'a>(svg: &'a Document<'a>, title: &str) -> Node<'a, 'a> {
    let found = svg
        .descendants()
        .find(|n| n.has_tag_name("title") && n.text() == Some(title));
    found
        .unwrap_or_else(|| panic!("no shape {title:?}"))
        .parent()
        .unwrap()
}

/// The position of this text.
fn text_at(svg: &Document<'_>, text: &str) -> (f64, f64) {
    let found = svg
        .descendants()
        .find(|n| n.has_tag_name("text") && n.text() == Some(text));
    let node = found.unwrap_or_else(|| panic!("no text {text:?}"));
    (number(&node, "x"), number(&node, "y"))
}

#[test]
fn a_point_is_above_its_tick() {
    let svg = scatter([(0.0, 0.0), (0.5, 20.0), (1.0, 40.0)]).to_svg();
    let svg = Document::parse(&svg).unwrap();
    let point = titled_shape(&svg, "(0.5, 20)");
    let (cx, cy) = (number(&point, "cx"), number(&point, "cy"));
    // Marks are placed on a grid of an eighth of a pixel.
    let half = text_at(&svg, "0.6").0 / 2.0 + text_at(&svg, "0.4").0 / 2.0;
    assert!((cx - half).abs() <= 0.25, "{cx} {half}");
    // The number at a tick is centred on the tick, so its baseline is half a capital letter (0.365 em) lower.
    assert!((cy + 0.365 * 12.0 - text_at(&svg, "20").1).abs() <= 0.25);
}

#[test]
fn a_logarithmic_axis_has_equal_factors_at_equal_distances() {
    let svg = scatter([(1.0, 1.0), (10.0, 1.0), (1000.0, 1.0)]).log_x().to_svg();
    let svg = Document::parse(&svg).unwrap();
    let x = |title| number(&titled_shape(&svg, title), "cx");
    let decade = x("(10, 1)") - x("(1, 1)");
    assert!((x("(1000, 1)") - x("(10, 1)") - 2.0 * decade).abs() <= 0.5);
}

#[test]
fn on_the_same_scale_a_square_is_square() {
    let svg = arrows([(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)], [(0, 1)])
        .size(600, 300)
        .to_svg();
    let svg = Document::parse(&svg).unwrap();
    let at = |title| {
        let node = titled_shape(&svg, title);
        (number(&node, "cx"), number(&node, "cy"))
    };
    let (origin, right, up) = (at("(0, 0)"), at("(1, 0)"), at("(0, 1)"));
    assert!(((right.0 - origin.0) - (origin.1 - up.1)).abs() <= 0.5);
}

#[test]
fn bars_are_as_long_as_their_values() {
    let svg = bars(["a", "b", "c"], [4.0, 1.0, -2.0]).to_svg();
    let svg = Document::parse(&svg).unwrap();
    let bar = |title| {
        let node = titled_shape(&svg, title);
        (number(&node, "x"), number(&node, "width"))
    };
    let (a, b, c) = (bar("a: 4"), bar("b: 1"), bar("c: −2"));
    assert!(
        (a.1 - 4.0 * b.1).abs() <= 1.0 && (c.1 - 2.0 * b.1).abs() <= 0.5,
        "{a:?} {b:?} {c:?}"
    );
    // They begin at zero, where the bar below zero ends.
    assert!(a.0 == b.0 && (c.0 + c.1 - a.0).abs() <= 0.25);
}

#[test]
fn a_histogram_counts_every_value_once() {
    let h = histogram([0.0, 0.1, 0.2, 0.5, 1.0]).bins(2);
    // 0.5 belongs to the bin that it begins, and 1.0 to the last bin.
    assert_eq!((h.edges(), h.counts()), (vec![0.0, 0.5, 1.0], vec![3, 2]));
    let svg = h.to_svg();
    let svg = Document::parse(&svg).unwrap();
    let height = |title| number(&titled_shape(&svg, title), "height");
    assert!((2.0 * height("0.0 to 0.5: 3") - 3.0 * height("0.5 to 1.0: 2")).abs() <= 1.0);
}

#[test]
fn freedman_and_diaconis_choose_the_bins() {
    // 1000 numbers from 0 to 999: the quartiles are 249 and 749, so bins are 2 · 500 / 10 = 100 wide, and 999
    // needs 10 of them.
    assert_eq!(histogram(0..1000_u32).counts(), [100; 10]);
    assert_eq!(histogram([3.0; 8]).counts().iter().sum::<usize>(), 8);
}

#[test]
fn cells_are_in_rows_and_columns() {
    let svg = heat_map([[1.0, 2.0], [3.0, 4.0]])
        .rows(["a", "b"])
        .columns(["x", "y"])
        .to_svg();
    let svg = Document::parse(&svg).unwrap();
    let cell = |title| {
        let node = titled_shape(&svg, title);
        ["x", "y", "width", "height"].map(|name| number(&node, name))
    };
    let [ax, ay, by] = ["a, x: 1", "a, y: 2", "b, y: 4"].map(cell);
    assert_eq!((ay[0], ay[1]), (ax[0] + ax[2], ax[1]));
    assert_eq!((by[0], by[1]), (ay[0], ay[1] + ay[3]));
    // Behind each number is its own colour: at the ends of viridis, the darkest and the lightest.
    let fill = |title| titled_shape(&svg, title).attribute("fill").unwrap().to_owned();
    assert_eq!(
        (fill("a, x: 1"), fill("b, y: 4")),
        ("#440154".to_owned(), "#fde725".to_owned())
    );
}

#[test]
fn large_matrices_are_averaged() {
    let rows: Vec<Vec<f64>> = (0..150).map(|i| vec![f64::from(i % 2); 120]).collect();
    let picture = heat_map(&rows);
    assert!(picture.to_svg().contains("Each cell is the mean of 2×2."));
    assert!(picture.to_svg().contains("<title>1, 1: 0.5</title>"));
}

#[test]
fn curves_are_interrupted_where_a_number_is_missing() {
    let svg = curves()
        .line("a", [1.0, 2.0, f64::NAN, 3.0, 4.0, f64::NAN, 5.0])
        .to_svg();
    let svg_doc = Document::parse(&svg).unwrap();
    let pieces = svg_doc
        .descendants()
        .filter(|n| n.has_tag_name("polyline") && n.first_element_child().is_some());
    assert_eq!(pieces.count(), 2);
    assert!(svg.contains("2 points are not shown"));
    assert!(
        svg.contains("<title>a: (6, 5)</title>"),
        "a lonely point has a marker"
    );
}

#[test]
fn a_long_curve_keeps_its_extremes() {
    let mut values = vec![0.0; 100_000];
    values[51_234] = 7.0;
    let svg = curves().line("", &values).to_svg();
    assert!(svg.len() < 60_000, "{}", svg.len());
    let svg = Document::parse(&svg).unwrap();
    let line = svg
        .descendants()
        .filter_map(|n| n.attribute("points"))
        .max_by_key(|p| p.len())
        .unwrap();
    let top = line
        .split(' ')
        .map(|p| p.split(',').nth(1).unwrap().parse::<f64>().unwrap())
        .fold(f64::MAX, f64::min);
    assert!((top + 0.365 * 12.0 - text_at(&svg, "7").1).abs() <= 0.25);
}

#[test]
fn labels_are_escaped_and_what_does_not_fit_is_said() {
    let picture = scatter([(0.0, 0.0), (1.0, 1.0)])
        .labels(["<script>alert(1)</script>"])
        .title("a & b");
    let html = picture.to_html();
    assert!(!html.contains("<script>") && html.contains("&lt;script&gt;"));
    assert!(html.contains("There are 2 points, but 1 labels."));
    assert!(html.contains("aria-label=\"scatter plot: a &amp; b\""));
    let svg = arrows([(0.0, 0.0)], [(0, 3)]).to_svg();
    assert!(svg.contains("No arrow 0 → 3: there are 1 points."));
}

#[test]
fn in_a_notebook_a_picture_has_the_colours_of_the_page() {
    let picture = scatter([(0.0, 1.0)]).labels(["a"]);
    let (html, svg) = (picture.to_html(), picture.to_svg());
    assert!(
        html.contains("color:var(--jp-content-font-color1,currentColor)")
            && html.contains("fill=\"currentColor\"")
    );
    assert!(!html.contains("#111") && !html.contains("#fff"));
    assert!(svg.contains("fill=\"#fff\"") && svg.contains("fill=\"#111\"") && !svg.contains("var("));
    // Pictures on one page share no names, which could conflict.
    assert!(!html.contains(" id=") && html.contains("viewBox"));
}

#[test]
fn plotters_own_charts_are_drawn_too() {
    use course::plot::plotters::prelude::*;
    let picture = draw(300, 200, |area| {
        let mut chart = ChartBuilder::on(area)
            .caption("caption", ("sans-serif", 14))
            .x_label_area_size(20)
            .y_label_area_size(30)
            .build_cartesian_2d(0.0..1.0, 0.0..1.0)?;
        chart.configure_mesh().y_desc("up").draw()?;
        chart.draw_series(LineSeries::new([(0.0, 0.0), (1.0, 1.0)], BLACK.stroke_width(2)))?;
        Ok(())
    })
    .unwrap();
    assert_eq!(picture.size(), (300, 200));
    let html = picture.to_html();
    Document::parse(&html).unwrap();
    assert!(
        html.contains(">caption</text>")
            && html.contains("rotate(-90")
            && html.contains("stroke=\"currentColor\"")
    );
}

#[test]
fn files_are_written_by_their_ending() {
    let dir = tempfile::tempdir().unwrap();
    let picture = bars(["a"], [1.0]);
    picture.save(dir.path().join("a.svg")).unwrap();
    Document::parse(&std::fs::read_to_string(dir.path().join("a.svg")).unwrap()).unwrap();
    picture.save(dir.path().join("a.PNG")).unwrap();
    let file = std::fs::File::open(dir.path().join("a.PNG")).unwrap();
    let mut png = png::Decoder::new(std::io::BufReader::new(file))
        .read_info()
        .unwrap();
    let (w, h) = picture.drawing().size();
    assert_eq!((png.info().width, png.info().height), (2 * w, 2 * h));
    let mut pixels = vec![0; png.output_buffer_size().unwrap()];
    png.next_frame(&mut pixels).unwrap();
    // White paper, and as many blue pixels as the size of the bar.
    assert_eq!(pixels[..3], [255, 255, 255]);
    let blue = pixels.chunks(3).filter(|p| *p == [0x00, 0x72, 0xb2]).count() as f64;
    let svg = picture.to_svg();
    let svg = Document::parse(&svg).unwrap();
    let bar = titled_shape(&svg, "a: 1");
    let area = 4.0 * number(&bar, "width") * number(&bar, "height");
    assert!((blue / area - 1.0).abs() < 0.05, "{blue} {area}");

    let e = picture.save(dir.path().join("a.jpg")).unwrap_err().to_string();
    assert!(
        e.starts_with("the name of a picture: expected one that ends in .svg or .png"),
        "{e}"
    );
    assert!(picture.save(dir.path().join("no/such/folder.svg")).is_err());
}

#[test]
fn small_multiples_keep_their_places() {
    let one = || scatter([(0.0, 0.0)]).size(200, 100);
    let all = side_by_side(2, [one(), one(), one()]);
    assert_eq!(all.size(), (400, 200));
    let svg = all.to_svg();
    let svg = Document::parse(&svg).unwrap();
    let points: Vec<(f64, f64)> = (svg.descendants().filter(|n| n.has_tag_name("circle")))
        .map(|n| (number(&n, "cx"), number(&n, "cy")))
        .collect();
    let (x, y) = points[0];
    assert_eq!(points, [(x, y), (x + 200.0, y), (x, y + 100.0)]);
    assert_eq!(side_by_side(0, Vec::<Drawing>::new()).size(), (1, 1));
}

#[test]
fn thousands_of_points_stay_a_page() {
    let many: Vec<(f64, f64)> = (0..50_000)
        .map(|i| (f64::from(i % 251), f64::from(i % 199)))
        .collect();
    let svg = scatter(&many).to_svg();
    assert!(svg.len() < 2_000_000, "{}", svg.len());
    let labels: Vec<String> = (0..3000).map(|i| format!("word{i}")).collect();
    let svg = scatter(&many[..3000]).labels(&labels).to_svg();
    assert!(svg.contains("labels did not fit"));
}

#[test]
fn labels_of_joined_signs_fit_at_every_edge() {
    for label in [
        "e\u{301}\u{200d}👩\u{200d}🔬",
        "\u{301}a",
        "لا",
        "☺\u{fe0f}",
        "🇫🇷🇫🇷",
    ] {
        for x in 0..=80 {
            let points = [(0.0, 0.0), (f64::from(x), 1.0), (80.0, 2.0)];
            sound(scatter(points).labels([label, label, label])).unwrap();
        }
    }
}

fn value() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -100.0..100.0_f64,
        1 => any::<f64>(),
        1 => prop::sample::select(vec![
            f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324, 0.0, -0.0, 1e150,
        ]),
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z]{1,8}",
        1 => ".{0,30}",
        1 => prop::sample::select(vec![
            String::new(), "<b>&\"'".to_owned(), "\u{0}\u{FFFE}\u{1b}[2J".to_owned(), "語".repeat(50), "x".repeat(300),
            "e\u{301}\u{200d}👩‍🔬".to_owned(), "]]>\n<!--".to_owned(),
        ]),
    ]
}

/// What must be true of every picture.
fn sound(picture: impl Into<Drawing>) -> Result<(), TestCaseError> {
    let picture = picture.into();
    for svg in [picture.to_svg(), picture.to_html()] {
        let parsed = Document::parse(&svg);
        prop_assert!(parsed.is_ok(), "{:?}: {svg}", parsed.err());
        prop_assert!(!svg.contains("NaN\"") && !svg.contains("inf\""), "{svg}");
    }
    for line in picture.to_string().lines() {
        prop_assert!(line.width() <= 80, "{}: {line}", line.width());
    }
    prop_assert_eq!(picture.to_svg(), picture.to_svg());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_scatter_breaks(
        data in prop::collection::vec((value(), value(), name(), name(), value()), 0..40),
        log in any::<(bool, bool, bool)>(),
    ) {
        let points: Vec<(f64, f64)> = data.iter().map(|d| (d.0, d.1)).collect();
        let n = points.len();
        let mut s = scatter(&points)
            .labels(data.iter().map(|d| &d.2))
            .groups(data.iter().map(|d| &d.3))
            .sizes(data.iter().map(|d| d.4))
            .arrows((1..n).map(|i| (i - 1, i)))
            .title(data.first().map_or("", |d| d.2.as_str()))
            .x_label(data.last().map_or("", |d| d.2.as_str()))
            .y_label(data.last().map_or("", |d| d.3.as_str()));
        s = if log.0 { s.log_x() } else { s };
        s = if log.1 { s.log_y() } else { s };
        s = if log.2 { s.same_scale() } else { s };
        sound(&s)?;
        sound(s.size(100, 60))?;
    }

    #[test]
    fn no_heat_map_breaks(
        rows in prop::collection::vec(prop::collection::vec(value(), 0..12), 0..12),
        names in prop::collection::vec(name(), 0..12),
    ) {
        let map = heat_map(&rows).rows(&names).columns(&names).title("a").x_label("b").y_label("c");
        sound(&map)?;
        sound(map.clone().diverging().written(true).decimals(2))?;
        sound(map.size(60, 60))?;
    }

    #[test]
    fn no_curve_breaks(
        lines in prop::collection::vec((name(), prop::collection::vec((value(), value()), 0..60)), 0..10),
        log in any::<(bool, bool)>(),
    ) {
        let mut c = curves();
        for (name, points) in &lines {
            c = c.line(name, points);
        }
        c = if log.0 { c.log_x() } else { c };
        c = if log.1 { c.log_y() } else { c.from_zero() };
        sound(&c)?;
        sound(c.size(100, 60))?;
    }

    #[test]
    fn no_bars_break(data in prop::collection::vec((name(), value(), value()), 0..20)) {
        let names: Vec<&String> = data.iter().map(|d| &d.0).collect();
        sound(bars(&names, data.iter().map(|d| d.1)).title("a").x_label("b").y_label("c"))?;
        let series = [("first", data.iter().map(|d| d.1).collect::<Vec<f64>>()), ("second", data.iter().map(|d| d.2).collect())];
        sound(grouped_bars(&names, series).size(100, 60))?;
    }

    #[test]
    fn no_histogram_breaks(values in prop::collection::vec(value(), 0..60), n in 0..300_usize, ends in (value(), value())) {
        sound(histogram(&values))?;
        let h = histogram(&values).bins(n);
        let counted: usize = h.counts().iter().sum();
        prop_assert_eq!(counted, values.iter().filter(|v| v.abs() <= 1e150).count());
        sound(h.range(ends.0, ends.1))?;
    }

    #[test]
    fn no_text_breaks(pieces in prop::collection::vec(name(), 0..20), weights in prop::collection::vec(value(), 0..25)) {
        // Some HTML tags need no end, which XML does not allow. All tags in these texts are closed.
        let html = format!("<p>{}{}</p>", tokens(&pieces).ids(0..3_u32).to_html(), shaded(&pieces, &weights).to_html());
        let legal: String = html.chars().filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect();
        let parsed = Document::parse(&legal);
        prop_assert!(parsed.is_ok(), "{:?}: {legal}", parsed.err());
        prop_assert_eq!(tokens(&pieces).to_string().lines().count(), 1);
        prop_assert_eq!(shaded(&pieces, &weights).to_ansi().lines().count(), 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn every_picture_is_a_png(points in prop::collection::vec((value(), value()), 0..10), n in 60..200_u32) {
        let picture = curves().line("a", &points).size(n, 80);
        let bytes = picture.drawing().to_png().unwrap();
        let png = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        prop_assert_eq!((png.info().width, png.info().height), (2 * n, 160));
    }
}

#[test]
fn tokens_show_their_numbers_and_spaces() {
    let html = tokens(["a", " <b>", "c"]).ids([7_u32, 8]).to_html();
    let body = html.split("</style>").nth(1).unwrap();
    assert_eq!(
        body,
        "<div class=\"course-text\"><span style=\"background:rgba(0,114,178,0.40)\" title=\"7\">a</span><wbr/>\
         <span style=\"background:rgba(213,94,0,0.40)\" title=\"8\"><span class=\"w\">·</span>&lt;b&gt;</span><wbr/>\
         <span style=\"background:rgba(0,158,115,0.40)\" title=\"piece 3\">c</span><wbr/></div>"
    );
    assert_eq!(
        tokens(["a", "b"])
            .to_ansi()
            .matches("\x1b[38;2;255;255;255;48;2;")
            .count(),
        2
    );
}

#[test]
fn weights_are_compared_with_the_strongest() {
    let html = shaded(["a", "b", "c"], [1.0, -0.5, f64::NAN]).to_html();
    assert!(html.contains("rgba(0,114,178,0.50)\" title=\"1.0\">a<"), "{html}");
    assert!(html.contains("rgba(213,94,0,0.25)\" title=\"−0.5\">b<"), "{html}");
    assert!(html.contains("<span>c</span>"), "{html}");
    let fixed = shaded(["a"], [1.0]).strongest(2.0).to_html();
    assert!(fixed.contains("rgba(0,114,178,0.25)"), "{fixed}");
}
