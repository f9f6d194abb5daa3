//! `cargo course`: set-up, notebooks, texts, git.

mod clean;
mod doctor;
mod exercise;
mod fetch;
mod git;
mod grade;
mod kernel;
mod lab;
mod nb;
mod place;
mod progress;
mod quiz;
mod release;
mod run;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
    Release(release::ReleaseArgs),
    Strip(git::command::StripCommand),
    Nb(git::text::NbArgs),
    Hooks(git::hooks::HooksArgs),
    #[command(hide = true)]
    Git(git::GitArgs),
    #[command(hide = true)]
    Kernel(kernel::KernelArgs),
}

fn main() -> ExitCode {
    match run(Course::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            progress::say(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
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
        Command::Release(args) => args.run(),
        Command::Strip(command) => std::process::exit(command.run()?),
        Command::Nb(args) => args.run(),
        Command::Hooks(args) => std::process::exit(args.run()?),
        Command::Git(args) => std::process::exit(args.run()?),
        Command::Kernel(args) => args.run(),
    }
}
