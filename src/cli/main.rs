//! `cargo course`: set-up, notebooks, texts, git.

mod class;
mod clean;
mod doctor;
mod exercise;
mod fetch;
mod git;
mod kernel;
mod lab;
mod nb;
mod quiz;
mod run;
#[cfg(unix)]
mod sandbox;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use tools::words::harmless;

/// The course from the command line.
#[derive(Parser)]
#[command(
    name = "cargo course",
    bin_name = "cargo course",
    version,
    propagate_version = true
)]
struct Course {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Lab(lab::LabArgs),
    Clean(clean::CleanArgs),
    Doctor(doctor::DoctorArgs),
    Fetch(fetch::FetchArgs),
    /// Print the folder that any Jupyter client puts on JUPYTER_PATH, after setting up what is missing.
    Kernelspec,
    Run(run::Run),
    #[command(flatten)]
    Exercise(exercise::ExerciseCommand),
    Quiz(quiz::QuizArgs),
    Marks(class::marks::MarksArgs),
    Release(class::release::ReleaseArgs),
    #[cfg(unix)]
    Grade(class::grade::GradeArgs),
    Strip(git::command::StripCommand),
    Nb(git::text::NbArgs),
    Hooks(git::hooks::HooksArgs),
    #[command(hide = true)]
    Git(git::GitArgs),
    #[command(hide = true)]
    Kernel(kernel::KernelArgs),
}

fn main() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tools::progress::say(&harmless(&format!("error: {error:#}")));
            ExitCode::FAILURE
        }
    }
}

fn start() -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        let mut arguments = std::env::args_os().skip(1);
        if arguments.next().is_some_and(|first| first == sandbox::NAME) {
            let failed = sandbox::confine(arguments);
            if let Err(error) = &failed {
                tools::progress::say(&format!("error: {error:#}"));
                std::process::exit(sandbox::FAILED);
            }
            return failed;
        }
    }
    run(Course::parse().command)
}

fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Lab(args) => args.run(),
        Command::Doctor(args) => args.run(),
        Command::Clean(args) => args.run(),
        Command::Fetch(args) => args.run(),
        Command::Kernelspec => kernel::print_spec(),
        Command::Run(command) => std::process::exit(command.run()?),
        Command::Exercise(command) => match command.run()? {
            true => Ok(()),
            false => std::process::exit(1),
        },
        Command::Marks(args) => args.run(),
        Command::Release(args) => args.run(),
        #[cfg(unix)]
        Command::Grade(args) => args.run(),
        Command::Quiz(args) => args.run(),
        Command::Strip(command) => std::process::exit(command.run()?),
        Command::Nb(args) => args.run(),
        Command::Hooks(args) => std::process::exit(args.run()?),
        Command::Git(args) => std::process::exit(args.run()?),
        Command::Kernel(args) => args.run(),
    }
}
