//! Writes a page to look at, with every picture in a light and in a dark theme:
//! `cargo test --features cli gallery -- --ignored` writes `target/gallery`.

use std::f64::consts::TAU;
use std::fmt::Write;
use std::path::Path;

use course::plot::*;
use rand::Rng;

/// The variables that JupyterLab 4 sets in its two themes.
const LIGHT: &str = "--jp-layout-color0:#fff;--jp-content-font-color1:rgba(0,0,0,.87);--jp-content-font-family:\
    system-ui,-apple-system,blinkmacsystemfont,'Segoe UI',helvetica,arial,sans-serif;background:#fff;color:rgba(0,0,0,.87)";
const DARK: &str = "--jp-layout-color0:#111;--jp-content-font-color1:#fff;--jp-content-font-family:\
    system-ui,-apple-system,blinkmacsystemfont,'Segoe UI',helvetica,arial,sans-serif;background:#111;color:#fff";

struct Gallery {
    html: String,
    text: String,
    dir: std::path::PathBuf,
    n: usize,
}

impl Gallery {
    fn picture(&mut self, drawing: impl Into<Drawing>) {
        let d = drawing.into();
        let _ = writeln!(self.html, "{}<hr>", d.to_html());
        let _ = writeln!(self.text, "{d}");
        self.n += 1;
        d.save(self.dir.join(format!("{:02}.png", self.n))).unwrap();
        d.save(self.dir.join(format!("{:02}.svg", self.n))).unwrap();
    }

    fn shown(&mut self, html: &str, text: &str) {
        let _ = writeln!(self.html, "{html}<hr>");
        let _ = writeln!(self.text, "{text}");
    }
}

/// Points around a few centres, with words.
fn clouds(n: usize, seed: u64) -> (Vec<(f64, f64)>, Vec<String>, Vec<&'static str>) {
    const WORDS: [(&str, &[&str]); 4] = [
        (
            "animals",
            &[
                "cat",
                "dog",
                "horse",
                "whale",
                "elephant",
                "mouse",
                "wolf",
                "shark",
                "eagle",
                "butterfly",
            ],
        ),
        (
            "countries",
            &[
                "France",
                "Germany",
                "Japan",
                "Brazil",
                "Egypt",
                "Canada",
                "New Zealand",
                "India",
            ],
        ),
        (
            "numbers",
            &[
                "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            ],
        ),
        (
            "feelings",
            &[
                "joy",
                "anger",
                "fear",
                "disappointment",
                "hope",
                "love",
                "envy",
                "sadness",
            ],
        ),
    ];
    let mut rng = course::rng::seeded(seed);
    let (mut points, mut labels, mut groups) = (Vec::new(), Vec::new(), Vec::new());
    for i in 0..n {
        let (group, words) = WORDS[i % 4];
        let (angle, radius) = (TAU * (i % 4) as f64 / 4.0 + 0.4, 1.6);
        let mut near = || (0..4).map(|_| rng.random_range(-0.5..0.5)).sum::<f64>();
        points.push((radius * angle.cos() + near(), radius * angle.sin() + near()));
        let word = words[i / 4 % words.len()];
        let round = i / 4 / words.len();
        labels.push(if round == 0 {
            word.to_owned()
        } else {
            format!("{word}{}", round + 1)
        });
        groups.push(group);
    }
    (points, labels, groups)
}

#[test]
#[ignore = "writes files to look at"]
fn gallery() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/gallery");
    std::fs::create_dir_all(&dir).unwrap();
    let mut g = Gallery {
        html: String::new(),
        text: String::new(),
        dir: dir.clone(),
        n: 0,
    };
    fill(&mut g);
    for (name, theme) in [("light", LIGHT), ("dark", DARK)] {
        let page = format!(
            "<!doctype html><meta charset=utf-8><body style=\"{theme};font:14px system-ui;margin:16px;width:940px\">{}",
            g.html
        );
        std::fs::write(dir.join(format!("{name}.html")), page).unwrap();
    }
    std::fs::write(dir.join("text.txt"), &g.text).unwrap();
}

fn fill(g: &mut Gallery) {
    let (points, labels, groups) = clouds(40, 1);
    g.picture(
        scatter(&points)
            .labels(&labels)
            .groups(&groups)
            .title("Words in the plane")
            .x_label("first principal component")
            .y_label("second principal component"),
    );
    let (points, labels, _) = clouds(200, 2);
    g.picture(scatter(&points).labels(&labels).title("Two hundred words"));
    let analogy = [
        (0.2, 0.1),
        (0.35, 1.1),
        (1.2, 0.15),
        (1.3, 1.2),
        (0.7, -0.3),
        (0.85, 0.75),
    ];
    g.picture(
        arrows(analogy, [(0, 1), (2, 3), (4, 5)])
            .labels(["man", "king", "woman", "queen", "boy", "prince"])
            .title("From man to king as from woman to queen"),
    );
    let words = ["whale", "shark", "dog", "cat", "house", "castle"];
    let similarity: Vec<Vec<f64>> = (0..6)
        .map(|i: i32| {
            (0..6)
                .map(|j: i32| 1.0 - f64::from((i - j).abs()) * 0.17)
                .collect()
        })
        .collect();
    g.picture(
        heat_map(&similarity)
            .rows(words)
            .columns(words)
            .title("Cosine similarity"),
    );
    let signed: Vec<Vec<f64>> = (0..12)
        .map(|i| {
            (0..16)
                .map(|j| (f64::from(i) * 0.7).sin() * (f64::from(j) * 0.5).cos() * 3.0)
                .collect()
        })
        .collect();
    let long: Vec<String> = (0..12).map(|i| format!("a rather long row name {i}")).collect();
    let heads: Vec<String> = (0..16).map(|i| format!("dimension {i}")).collect();
    g.picture(
        heat_map(&signed)
            .rows(&long)
            .columns(&heads)
            .written(false)
            .title("Both signs")
            .x_label("dimension")
            .y_label("word"),
    );
    let large: Vec<Vec<f64>> = (0..150)
        .map(|i| (0..300).map(|j| (f64::from(i * j) * 0.001).sin().abs()).collect())
        .collect();
    g.picture(heat_map(&large).title("150 rows and 300 columns"));
    let mut rng = course::rng::seeded(3);
    let mut loss = |floor: f64| -> Vec<f64> {
        (0..400)
            .map(|i| floor + 3.0 * (-f64::from(i) / 80.0).exp() + rng.random_range(0.0..0.15))
            .collect()
    };
    g.picture(
        curves()
            .line("training", loss(0.8))
            .line("validation", loss(1.3))
            .line("no hidden layer", loss(1.9))
            .title("Loss by step")
            .x_label("step")
            .y_label("cross entropy (nats)"),
    );
    let zipf: Vec<(f64, f64)> = (0..60)
        .map(|i| 10f64.powf(f64::from(i) / 12.0))
        .map(|r| (r, 2e6 / (r + 2.7)))
        .collect();
    g.picture(
        curves()
            .line("words", zipf)
            .line("c/r", [(1.0, 2e6), (1e5, 20.0)])
            .log_x()
            .log_y()
            .title("Zipf's law")
            .x_label("rank")
            .y_label("count"),
    );
    g.picture(
        curves()
            .line("k = 5", [(50, 0.31), (100, 0.42), (200, 0.48), (300, 0.5)])
            .line("k = 10", [(50, 0.36), (100, 0.47), (200, 0.55), (300, 0.56)])
            .title("Accuracy by dimension")
            .x_label("dimension")
            .y_label("accuracy"),
    );
    g.picture(
        bars(
            [
                "whale",
                "the state of the union",
                "Donaudampfschifffahrtsgesellschaftskapitän",
                "sea",
                "語",
            ],
            [0.93, 0.71, 0.64, 0.33, 0.02],
        )
        .title("Neighbours of ocean")
        .x_label("cosine"),
    );
    g.picture(
        grouped_bars(
            ["WordSim-353", "SimLex-999", "analogies"],
            [
                ("PPMI", [0.55, 0.23, 0.2]),
                ("LSA", [0.61, 0.28, 0.31]),
                ("word2vec", [0.66, 0.36, 0.62]),
            ],
        )
        .title("Three methods")
        .percent(0),
    );
    g.picture(
        bars(
            ["he", "she", "nurse", "engineer", "teacher"],
            [0.0, 0.4, 0.31, -0.36, 0.12],
        )
        .title("Projection on she − he"),
    );
    let values: Vec<f64> = (0..3000)
        .map(|_| (0..6).map(|_| rng.random_range(-1.0..1.0)).sum())
        .collect();
    g.picture(histogram(&values).title("Sums of six").x_label("value"));
    let names: Vec<String> = (0..240).map(|i| (i % 10).to_string()).collect();
    let mut moving = |apart: f64| -> Vec<(f64, f64)> {
        (0..240)
            .map(|i| {
                let angle = TAU * f64::from(i % 10) / 10.0;
                let mut near = |v: f64| apart * v + (1.2 - apart) * rng.random_range(-1.0..1.0);
                (near(angle.cos()), near(angle.sin()))
            })
            .collect()
    };
    let learning = |name: &str, apart: [f64; 5], points: &mut dyn FnMut(f64) -> Vec<(f64, f64)>| {
        let frames = apart.map(|apart| (format!("apart {apart}"), points(apart)));
        (name.to_owned(), frames)
    };
    let (first, second) = (
        learning("fast", [0.0, 0.6, 0.9, 1.0, 1.1], &mut moving),
        learning("slow", [0.0, 0.1, 0.2, 0.4, 0.6], &mut moving),
    );
    g.picture(
        film(names)
            .row(first.0, first.1)
            .row(second.0, second.1)
            .title("Ten groups on their way"),
    );
    let small = (1..=4).map(|p| {
        let points: Vec<(f64, f64)> = (0..=40)
            .map(|x| (f64::from(x) / 40.0, (f64::from(x) / 40.0).powi(p)))
            .collect();
        curves()
            .line("", points)
            .title(format!("x to the {p}"))
            .size(440, 220)
    });
    g.picture(side_by_side(2, small));
    let (many, _, groups) = clouds(6000, 5);
    g.picture(scatter(&many).groups(&groups).title("Six thousand points"));
    let sizes: Vec<f64> = (0..30).map(f64::from).collect();
    g.picture(
        scatter(&clouds(30, 6).0)
            .sizes(&sizes)
            .groups((0..30).map(|i| format!("group {}", i % 12)))
            .labels((0..30).map(|i| ["<b>", "مرحبا", "語学", "größer", "Ελλάδα", "кот"][i % 6]))
            .title("<Many> groups & scripts, and a title that is much longer than the picture is wide, so that it has to be broken into lines"),
    );
    g.picture(
        draw(400, 240, |area| {
            use course::plot::plotters::prelude::*;
            area.fill(&WHITE)?;
            let mut chart = ChartBuilder::on(area)
                .caption("plotters itself", ("sans-serif", 16))
                .margin(8)
                .x_label_area_size(30)
                .y_label_area_size(40)
                .build_cartesian_2d(0.0..1.0, 0.0..1.0)?;
            chart.configure_mesh().draw()?;
            chart.draw_series(LineSeries::new(
                (0..=50).map(|i| (f64::from(i) / 50.0, (f64::from(i) / 50.0).powi(2))),
                &BLUE,
            ))?;
            Ok(())
        })
        .unwrap(),
    );
    let t = Table::new([
        Column::new("word"),
        Column::new("cosine").bars(),
        Column::new("change").bars(),
        Column::new("difference").shaded(),
        Column::new("count").grouped(),
    ])
    .title("A table")
    .note("Counts are of two centuries of speeches.")
    .row(("whale", 0.93, 0.2, -0.5, 12_345))
    .row(("<ocean> & sea", 0.71, -0.4, 0.25, 678))
    .row(("ship", 0.4, -0.1, 1.0, 1_234_567));
    g.shown(&t.to_html(), &t.to_string());
    let pieces = [
        "The", " un", "believ", "able", " story", ",\n", "2", "nd", "\tpart", " <b>", "語", "", "  ",
    ];
    let t = tokens(pieces).ids(0..13_u32);
    g.shown(&t.to_html(), &format!("{t}{}", t.to_ansi()));
    let sentence = "the whale that swam below the ship was not a fish".split(' ');
    let s = shaded(
        sentence,
        [0.1, 0.9, 0.0, 0.5, 0.2, -0.1, 0.6, -0.3, -0.8, 0.0, 0.75],
    );
    g.shown(&s.to_html(), &format!("{s}{}", s.to_ansi()));
    for picture in [
        Drawing::from(scatter(Vec::<(f64, f64)>::new()).title("no points")),
        scatter([(1.0, 1.0)]).labels(["one point"]).into(),
        scatter([(1.0, f64::NAN), (2.0, 2.0)]).labels(["a"]).into(),
        curves().title("no curves").into(),
        bars([""; 0], [0.0; 0]).title("no bars").into(),
        bars(["a", "b"], [f64::NAN, f64::INFINITY]).into(),
        histogram([5.0; 10]).title("all the same").into(),
        heat_map([[f64::NAN, 1.0], [1.0, 1.0]]).into(),
        heat_map(Vec::<Vec<f64>>::new()).into(),
    ] {
        g.picture(picture);
    }
}

#[test]
#[ignore = "prints times"]
fn times() {
    for n in [50, 200, 500, 1000, 3000] {
        let (points, labels, groups) = clouds(n, 2);
        let start = std::time::Instant::now();
        let html = scatter(&points).labels(&labels).groups(&groups).to_html();
        let dropped = html
            .split(" labels did not fit")
            .next()
            .unwrap()
            .rsplit('>')
            .next()
            .unwrap();
        println!(
            "{n} labels: {:?}, dropped {}",
            start.elapsed(),
            if dropped.len() < 9 { dropped } else { "0" }
        );
    }
    let large: Vec<Vec<f64>> = (0..100)
        .map(|i| (0..100).map(|j| f64::from(i * j).sin()).collect())
        .collect();
    let start = std::time::Instant::now();
    let len = heat_map(&large).to_html().len();
    println!("heat map 80×80: {:?}, {len} bytes", start.elapsed());
    let line: Vec<f64> = (0..100_000).map(|i| (f64::from(i) * 0.001).sin()).collect();
    let start = std::time::Instant::now();
    let len = curves().line("a", &line).to_html().len();
    println!("curve of 100,000: {:?}, {len} bytes", start.elapsed());
    let start = std::time::Instant::now();
    let len = curves().line("a", &line).drawing().to_png().unwrap().len();
    println!("as PNG: {:?}, {len} bytes", start.elapsed());
    let (points, _, groups) = clouds(50_000, 2);
    let start = std::time::Instant::now();
    let len = scatter(&points).groups(&groups).to_html().len();
    println!("scatter of 50,000: {:?}, {len} bytes", start.elapsed());
}
