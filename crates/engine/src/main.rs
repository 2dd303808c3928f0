//! `deskhand-engine`: the worker process around llama.cpp.
//!
//! It loads one model, says so in one line, and then answers the commands of `protocol` that come
//! in on standard input. It knows no assistants, no catalogue and no network; it is the only
//! program that links llama.cpp, because llama.cpp may abort and the desk must survive that.
//!
//! Standard output belongs to the conversation alone. Everything else goes to standard error.

mod adapter;
mod branch;
mod branches;
mod choose;
mod constraint;
mod decoder;
mod ending;
mod fingerprint;
mod gguf;
mod guess;
mod load;
mod log;
mod manners;
mod opening;
mod outlet;
mod prefix;
mod prompt;
mod queue;
mod sampler;
mod state;
mod text;
mod trunk;

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;
use protocol::{Fault, Opening};

use crate::decoder::Decoder;
use crate::load::Loaded;
use crate::opening::Options;
use crate::queue::Queue;

fn main() -> ExitCode {
    let options = Options::parse();
    log::start();
    exit_on_panic();
    manners::step_back();

    // The reader starts before the model loads: a desk that goes away meanwhile takes the worker with it.
    let queue = Arc::new(Queue::default());
    let reader = Arc::clone(&queue);
    std::thread::spawn(move || queue::read_commands(&reader));

    match serve(&options, &queue) {
        Ok(never) => match never {},
        Err(fault) => {
            tracing::error!("{fault}");
            outlet::say(&Opening::Fault(fault));
            ExitCode::FAILURE
        }
    }
}

/// Loads the model and answers until the process ends; only a failure to start ever returns.
fn serve(options: &Options, queue: &Queue) -> Result<std::convert::Infallible, Fault> {
    let loaded = Loaded::load(options)?;
    let mut decoder = Decoder::new(
        loaded.model,
        loaded.new_context()?,
        loaded.new_store(options),
    );
    outlet::say(&Opening::Hello(loaded.hello()));
    loop {
        let job = queue.next();
        outlet::say(&decoder.answer(&job));
        queue.done();
    }
}

/// A panic in any thread ends the whole worker: a worker that lost a thread would be silent for
/// ever, and a dead one is simply started again.
fn exit_on_panic() {
    std::panic::set_hook(Box::new(|panic| {
        tracing::error!("the worker panicked: {panic}");
        ending::at_once(101);
    }));
}
