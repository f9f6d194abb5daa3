// Made by `cargo course exercises`: each lecture's quiz, as Markdown and as HTML.

#[rustfmt::skip]
pub(super) static ALL: &[(&str, &str, &str)] = &[
    ("01_vectors", include_str!("01_vectors/quiz.toml"), include_str!("01_vectors/quiz_page.toml")),
    ("02_counts", include_str!("02_counts/quiz.toml"), include_str!("02_counts/quiz_page.toml")),
    ("03_indexing", include_str!("03_indexing/quiz.toml"), include_str!("03_indexing/quiz_page.toml")),
    ("04_topics", include_str!("04_topics/quiz.toml"), include_str!("04_topics/quiz_page.toml")),
    ("05_predict", include_str!("05_predict/quiz.toml"), include_str!("05_predict/quiz_page.toml")),
    ("06_words", include_str!("06_words/quiz.toml"), include_str!("06_words/quiz_page.toml")),
    ("07_tokens", include_str!("07_tokens/quiz.toml"), include_str!("07_tokens/quiz_page.toml")),
];
