//! Exercises in the lecture notebooks. Each exercise has a cell with the function to write, and above it a
//! cell with the task. Both are made from the solution's file and the judge, as the student's file is.
//!
//! To place an exercise, an author adds a code cell whose metadata name it:
//! `{"course": {"exercise": "01_vectors/dot"}}`. The cell with the task has
//! `{"course": {"task": "01_vectors/dot"}}`. A cell that somebody has solved is left alone.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use course::check::{Exercise, Head, task_of};
use serde_json::json;

use super::files;
use crate::nb::notebook::{Cell, Kind, Notebook};
use crate::tools;
use crate::tools::files::read;
use crate::tools::layout::Layout;
use crate::tools::words::counted;

/// The line above the student's part of a cell.
pub(crate) const YOURS: &str = "// your code here";

/// The student's part until it is written.
pub(crate) const TODO: &str = "todo!()";

/// How many of the public cases a task shows.
const EXAMPLES: usize = 2;

/// A longer call than this is no example to work through on paper.
const LONGEST: usize = 240;

/// The notebooks whose tasks or exercise cells differ from what the solutions make. They are written anew if
/// `write` is set.
pub(crate) fn stale(place: &Layout, exercises: &[&'static Exercise], write: bool) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for file in tools::files::notebooks(&place.notebooks())? {
        let mut notebook = Notebook::read(&file)?;
        let before = notebook.to_json()?;
        // Reads the files, because the library's copy of them may be older.
        let solution = |exercise: &Exercise| read(&files::solution(place, exercise));
        notebook.cells =
            arranged(notebook.cells, exercises, &solution).with_context(|| file.display().to_string())?;
        let made = notebook.to_json()?;
        if made != before {
            if write {
                tools::write(&file, std::str::from_utf8(&made)?)?;
            }
            found.push(file);
        }
    }
    Ok(found)
}

/// The exercises that no notebook has a cell for.
pub(crate) fn without_a_cell(root: &Path, exercises: &[&'static Exercise]) -> Result<Vec<String>> {
    let mut missing = Vec::new();
    for exercise in exercises {
        let file = root
            .join("notebooks")
            .join(format!("{}.ipynb", exercise.lecture()));
        if !file.exists() {
            continue;
        }
        let notebook = Notebook::read(&file)?;
        if !(notebook.cells.iter()).any(|cell| cell.exercise() == Some(exercise.id)) {
            missing.push(format!(
                "{}: expected a code cell with the metadata {{\"course\": {{\"exercise\": \"{}\"}}}}, got none",
                file.strip_prefix(root).unwrap_or(&file).display(),
                exercise.id
            ));
        }
    }
    Ok(missing)
}

/// The cells, with each task above its exercise. Each cell that is still unsolved gets the function to write.
fn arranged(
    cells: Vec<Cell>,
    exercises: &[&'static Exercise],
    solution: &dyn Fn(&Exercise) -> Result<String>,
) -> Result<Vec<Cell>> {
    let mut out = Vec::with_capacity(cells.len());
    for mut cell in cells {
        if cell.task().is_some() {
            continue; // It is made anew below, above its exercise.
        }
        let id = cell.exercise().filter(|_| cell.kind() == Kind::Code);
        if let Some(id) = id {
            let exercise = (exercises.iter().find(|exercise| exercise.id == id))
                .ok_or_else(|| anyhow!("cell {} names the exercise {id:?}, which there is not", cell.id()))?;
            let solution = solution(exercise)?;
            out.push(task_cell(exercise, &solution)?);
            if cell.source().contains(TODO) || cell.source().trim().is_empty() {
                cell.set_source(unsolved(exercise, &signature(&solution, exercise.name())?));
            }
        }
        out.push(cell);
    }
    Ok(out)
}

fn task_cell(exercise: &Exercise, solution: &str) -> Result<Cell> {
    let mut cell = Cell::parse(json!({
        "cell_type": "markdown",
        "id": format!("task-{}", exercise.name().replace('_', "-")),
        "metadata": {"course": {"task": exercise.id}},
        "source": [],
    }))?;
    cell.set_source(task(exercise, solution)?);
    Ok(cell)
}

/// The task as Markdown: title, points and minutes, the question, and examples small enough for paper.
fn task(exercise: &Exercise, solution: &str) -> Result<String> {
    let head = Head::parse(solution).map_err(anyhow::Error::msg)?;
    let mut lines = vec![format!(
        "**Your turn: {}** ({}, about {} minutes)",
        head.title,
        counted(head.points, "point"),
        head.minutes
    )];
    lines.push(String::new());
    lines.extend(task_of(solution).lines().map(str::to_owned));
    let examples: Vec<String> = (exercise.public)()
        .into_iter()
        .filter_map(|case| {
            let answer = (exercise.truth)(&case.arguments)?;
            let arguments: Vec<String> = (exercise.arguments.iter().zip(&case.arguments))
                .map(|((name, _), value)| format!("{name} = {value}"))
                .collect();
            let example = format!("`{}({})` is `{answer}`", exercise.name(), arguments.join(", "));
            (example.len() <= LONGEST).then(|| format!("- {}: {example}", case.about))
        })
        .take(EXAMPLES)
        .collect();
    if !examples.is_empty() {
        lines.extend([String::new(), "For example:".to_owned(), String::new()]);
        lines.extend(examples);
    }
    let quoted = lines.iter().map(|line| format!("> {line}").trim_end().to_owned());
    Ok(quoted.collect::<Vec<_>>().join("\n"))
}

/// The function's head in the solution's file, from its name to the opening brace.
fn signature(solution: &str, name: &str) -> Result<String> {
    let begin = format!("pub fn {name}");
    let lines = solution.lines().skip_while(|line| !line.starts_with(&begin));
    let mut head: Vec<&str> = Vec::new();
    for line in lines {
        head.push(line);
        if line.ends_with('{') {
            return Ok(head.join("\n").replacen("pub fn ", "fn my_", 1));
        }
    }
    Err(anyhow!(
        "expected a function that begins with `{begin}`, got none"
    ))
}

/// The cell of an exercise that nobody has solved yet.
fn unsolved(exercise: &Exercise, signature: &str) -> String {
    let name = exercise.name();
    format!("{signature}\n    {YOURS}\n    {TODO}\n}}\ncheck::{name}(my_{name})")
}

#[cfg(test)]
mod tests {
    use super::*;
    use course::check::exercises;

    fn cells(json: serde_json::Value) -> Vec<Cell> {
        json.as_array()
            .unwrap()
            .iter()
            .map(|cell| Cell::parse(cell.clone()).unwrap())
            .collect()
    }

    fn code(id: &str, source: &str) -> serde_json::Value {
        json!({"cell_type": "code", "id": "c", "source": source, "metadata": {"course": {"exercise": id}}})
    }

    fn sources(cells: &[Cell]) -> Vec<&str> {
        cells.iter().map(Cell::source).collect()
    }

    const DOT: &str = "//! title: The dot product\n//! concept: c\n//! points: 1\n//! difficulty: 1\n//! minutes: 3\n\
        //! hint: h\n//!\n//! The sum of the products.\n\npub fn dot(x: &[f32], y: &[f32]) -> f32 {\n";

    fn dot(_: &Exercise) -> Result<String> {
        Ok(DOT.to_owned())
    }

    #[test]
    fn the_task_stands_above_its_cell_once() {
        let first = arranged(cells(json!([code("01_vectors/dot", "")])), exercises(), &dot).unwrap();
        let [task, function] = first.as_slice() else {
            panic!("two cells")
        };
        let text = task.source();
        assert!(
            text.starts_with(
                "> **Your turn: The dot product** (1 point, about 3 minutes)\n>\n> The sum of the products.\n>\n"
            ),
            "{text}"
        );
        assert!(text.contains("`dot(x = ["), "{text}");
        assert_eq!(
            function.source(),
            "fn my_dot(x: &[f32], y: &[f32]) -> f32 {\n    // your code here\n    todo!()\n}\ncheck::dot(my_dot)"
        );
        let again = arranged(first.clone(), exercises(), &dot).unwrap();
        assert_eq!(sources(&again), sources(&first));
    }

    #[test]
    fn a_solved_cell_is_left_alone() {
        let solved = "fn my_dot(x: &[f32], y: &[f32]) -> f32 { 1.0 }";
        let made = arranged(cells(json!([code("01_vectors/dot", solved)])), exercises(), &dot).unwrap();
        assert_eq!(made[1].source(), solved);
    }

    #[test]
    fn an_unknown_exercise_is_named() {
        let error = arranged(cells(json!([code("01_vectors/none", "")])), exercises(), &dot).unwrap_err();
        assert_eq!(
            error.to_string(),
            "cell c names the exercise \"01_vectors/none\", which there is not"
        );
    }

    /// A notebook's task must be enough to solve the exercise, so it is never only the title.
    #[test]
    fn every_task_says_something_and_shows_an_example() {
        let head = DOT.split("//! The").next().unwrap();
        for exercise in exercises() {
            let asked = exercise.task();
            assert!(asked.len() > 40, "{}: {asked}", exercise.id);
            let text = task(exercise, head).unwrap();
            assert!(
                text.contains("` is `"),
                "{}: no example is short enough",
                exercise.id
            );
        }
    }
}
