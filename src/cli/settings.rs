//! What was typed, checked: files read that must be there, defaults put in.

use std::io;
use std::num::NonZeroUsize;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use anyhow::Context;
use anyhow::bail;
use rayon::ThreadPoolBuilder;

use super::args::ConvertArgs;
use super::args::IsolationArgs;
use super::args::LimitArgs;
use super::args::LoggingArgs;
use super::args::ModelArgs;
use super::args::Ocr;
use super::args::OcrArgs;
use super::args::WORKER;
use super::files;
use super::logging;
use super::progress;
use crate::batch::Isolation;
use crate::batch::Request;
use crate::batch::Tesseract;
use crate::batch::Workers;
use crate::batch::worker::Helper;
use crate::batch::worker::PassOn;
use crate::model::picture::ReadsPictures;
use crate::model::picture::WhenRead;
use crate::model::vocabulary::Vocabulary;
use crate::pipeline::Recipe;
use crate::readers::Limits;
use crate::readers::Options;

/// Name of a document on standard input that was given none.
const STDIN_NAME: &str = "stdin";

/// A conversion that can begin.
#[derive(Debug)]
pub(super) struct ConvertSettings {
    /// What to convert; standard input is read already.
    pub(super) requests: Vec<Request>,
    /// The output folder; standard output where there is none.
    pub(super) output: Option<PathBuf>,
    /// Threads.
    pub(super) jobs: NonZeroUsize,
    /// Where documents are converted.
    pub(super) isolation: Isolation,
    /// The model and its words; the built-in one where there is none.
    pub(super) vocabulary: Option<Arc<Vocabulary>>,
    /// Cap on the bytes of a document.
    pub(super) max_bytes: u64,
    /// Whether what earlier runs have left counts for nothing.
    pub(super) force: bool,
}

impl ConvertSettings {
    /// Checks `args`, and reads the model, the list and standard input where they are asked for.
    pub(super) fn check(args: ConvertArgs, logging: &LoggingArgs) -> anyhow::Result<Self> {
        let ConvertArgs {
            inputs: mut paths,
            output,
            files_from,
            null,
            name,
            jobs,
            force,
            password,
            ocr,
            sure,
            model,
            limits,
            isolation,
        } = args;
        let options = options(&limits, password, &ocr);
        let max_bytes = options.limits.max_bytes;
        let recipe = Recipe { vocabulary: user_vocabulary(&model)?, options, min_confidence: sure.min_confidence.unwrap_or(0.0) };
        let list_is_stdin = files_from.as_deref().is_some_and(is_stdin);
        if let Some(list) = &files_from {
            let listed = files::list(list, null)?;
            if listed.is_empty() && paths.is_empty() {
                bail!("the list {} names no inputs", list.display());
            }
            paths.extend(listed);
        }
        let from_stdin = paths.iter().filter(|path| is_stdin(path)).count();
        if from_stdin + usize::from(list_is_stdin) > 1 {
            bail!("standard input (-) can be read only once; name it as one input, or as the list");
        }
        if name.is_some() && from_stdin == 0 {
            bail!("--name names the document on standard input; give - as an input, or leave --name out");
        }
        let request = |path: PathBuf| {
            if is_stdin(&path) { stdin(name.as_deref(), max_bytes) } else { Ok(Request::Path(path)) }
        };
        let requests = paths.into_iter().map(request).collect::<anyhow::Result<_>>()?;
        let vocabulary = recipe.vocabulary.clone();
        let jobs = jobs.unwrap_or_else(processors);
        let isolation = isolated(&isolation, recipe, jobs, logging);
        Ok(Self { requests, output, jobs, isolation, vocabulary, max_bytes, force })
    }
}

/// Most threads of a worker: two thirds of its work are done by one after all, and each sets memory aside.
const WORKER_THREADS: NonZeroUsize = NonZeroUsize::new(2).unwrap();

/// Where `args` ask for documents to be converted.
fn isolated(args: &IsolationArgs, recipe: Recipe, jobs: NonZeroUsize, logging: &LoggingArgs) -> Isolation {
    if args.in_process.unwrap_or(false) {
        // The rows of long tables are shared out among as many. It fails where there is a pool, which is then as good.
        let _ = ThreadPoolBuilder::new().num_threads(jobs.get()).build_global();
        let pictures = reads_pictures(&recipe.options);
        return Isolation::in_process_reading(&recipe, pictures);
    }
    let mut workers = workers(args, recipe, logging);
    workers.threads = jobs.min(WORKER_THREADS);
    Isolation::Workers(Arc::new(workers))
}

/// Workers under the limits of `args`.
pub(super) fn workers(args: &IsolationArgs, recipe: Recipe, logging: &LoggingArgs) -> Workers {
    let pictures = reads_pictures(&recipe.options);
    let mut workers = Workers::of_this_program(recipe, logging::arguments(WORKER, logging));
    workers.pictures = Some(pictures);
    workers.timeout = args.timeout.unwrap_or(workers.timeout);
    workers.max_memory = args.max_memory.unwrap_or(workers.max_memory);
    let is_wanted = logging.verbose > 1 || logging::is_set_from_outside();
    let pass_on: PassOn = progress::say_aside;
    workers.pass_on = is_wanted.then_some(pass_on);
    workers
}

/// Whether `path` stands for standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The name of a document on standard input. It is a file name: of a path only the last part counts.
pub(super) fn stdin_name(name: Option<&str>) -> String {
    let last = name.and_then(|name| name.rsplit(['/', '\\']).find(|part| !part.is_empty()));
    last.unwrap_or(STDIN_NAME).to_owned()
}

/// The document on standard input, as far as the limit lets it be read.
fn stdin(name: Option<&str>, max_bytes: u64) -> anyhow::Result<Request> {
    let bytes = files::read_limited(io::stdin().lock(), max_bytes).context("cannot read standard input")?;
    Ok(Request::Bytes { name: stdin_name(name), bytes })
}

/// The model that `args` ask for.
pub(super) fn vocabulary(args: &ModelArgs) -> anyhow::Result<Arc<Vocabulary>> {
    Ok(Vocabulary::or_embedded(user_vocabulary(args)?))
}

/// The model that `args` name; `None` where they name none.
fn user_vocabulary(args: &ModelArgs) -> anyhow::Result<Option<Arc<Vocabulary>>> {
    let Some(path) = &args.model_file else { return Ok(None) };
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read the model file {}", path.display()))?;
    let vocabulary = Vocabulary::from_user(&text).with_context(|| unusable_model(&path.display(), &text))?;
    Ok(Some(Arc::new(vocabulary)))
}

/// What is said of a model file, called `shown`, whose `text` has a fault: whoever forgets `extends` has left out most of a
/// model.
pub(super) fn unusable_model(shown: &dyn std::fmt::Display, text: &str) -> String {
    let hint = if text.contains("\"extends\"") { "" } else { " (one that only adds words needs \"extends\": true)" };
    format!("the model file {shown} cannot be used{hint}")
}

/// How `args` ask for documents to be read; the caps that they leave out as they are by default.
pub(super) fn options(args: &LimitArgs, password: Option<String>, ocr: &OcrArgs) -> Options {
    let default_options = Options::default();
    let default = &default_options.limits;
    let limits = Limits {
        max_bytes: args.max_bytes.unwrap_or(default.max_bytes),
        max_line_bytes: args.max_line_bytes.unwrap_or(default.max_line_bytes),
        max_cells: args.max_cells.unwrap_or(default.max_cells),
        max_elements: args.max_elements.unwrap_or(default.max_elements),
        max_unpacked_bytes: args.max_unpacked_bytes.unwrap_or(default.max_unpacked_bytes),
        max_ratio: args.max_ratio.unwrap_or(default.max_ratio),
        max_parts: args.max_parts.unwrap_or(default.max_parts),
        max_depth: args.max_depth.unwrap_or(default.max_depth),
    };
    let pictures = match ocr.ocr {
        None | Some(Ocr::Auto) => WhenRead::Auto,
        Some(Ocr::Always) => WhenRead::Always,
        Some(Ocr::Never) => WhenRead::Never,
    };
    let languages = ocr.ocr_language.clone().unwrap_or_else(|| default_options.languages.clone());
    Options { limits, password, pictures, languages }
}

/// Who reads pages that are pictures.
pub(super) fn reads_pictures(options: &Options) -> Arc<dyn ReadsPictures> {
    Arc::new(Tesseract::new(&options.languages).helped(helper()))
}

/// How programs of the system that help are started.
pub(super) fn helper() -> Helper {
    Helper::of_this_program(vec![WORKER.into()])
}

/// As many threads as the machine runs at once.
pub(super) fn processors() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_standard_input_is_a_file_name() {
        assert_eq!(stdin_name(None), "stdin");
        assert_eq!(stdin_name(Some("plan.csv")), "plan.csv");
        assert_eq!(stdin_name(Some("/srv/returns/plan.csv")), "plan.csv");
        assert_eq!(stdin_name(Some("C:\\returns\\plan.csv")), "plan.csv");
        assert_eq!(stdin_name(Some("/")), "stdin");
    }
}
