//! The worker's figures, each taken in turns with what it is compared to.

use protocol::Choose;

use crate::bare::{Bare, CONTEXT};
use crate::worker::{Answer, Worker};
use crate::{Options, cases, stream};
use figures::{Table, median};

/// First token of a preset: read anew, remembered, and loaded from disk by another worker.
pub fn presets(options: &Options, table: &mut Table) {
    let folder = tempfile::tempdir().unwrap();
    let mut cold = Vec::new();
    let mut warm = Vec::new();
    let mut disk = Vec::new();
    let mut is_same = true;
    let (mut preset, mut own) = (0.0, 0.0);
    for round in 0..options.rounds {
        let ask =
            |number: usize| Worker::preset(vec![cases::preset(round), cases::question(number)], 1);
        let mut worker = Worker::start(options, CONTEXT, Some(folder.path()));
        let first = worker.ask(ask(0));
        assert_eq!(
            first.usage.cached, 0,
            "the preset was known before it was read"
        );
        // Another question in between, so that nothing but the preset is remembered.
        worker.ask(ask(1));
        let again = worker.ask(ask(0));
        own = f64::from(again.usage.prompt - again.usage.cached);
        drop(worker);
        let mut worker = Worker::start(options, CONTEXT, Some(folder.path()));
        let loaded = worker.ask(ask(0));
        assert!(loaded.usage.cached > 0, "nothing was loaded from disk");
        preset = f64::from(loaded.usage.cached);
        is_same &= first.text == again.text && first.text == loaded.text;
        for (times, answer) in [
            (&mut cold, &first),
            (&mut warm, &again),
            (&mut disk, &loaded),
        ] {
            times.push(answer.total.as_secs_f64());
        }
    }
    let [cold, warm, disk] = [cold, warm, disk].map(|times| median(&times));
    table.report("first token, cold preset (s)", cold);
    table.report("first token, preset in memory (s)", warm);
    table.at_least("first token: cold / memory", cold / warm, 12.0);
    table.at_least(
        "first token: cold / disk after a restart",
        cold / disk,
        11.0,
    );
    table.at_least(
        "same first token each time (1 = yes)",
        f64::from(u8::from(is_same)),
        1.0,
    );
    table.report("tokens of the preset", preset);
    table.report("the person's own tokens, read each time", own);
    table.report("milliseconds for each of them", warm * 1000.0 / own);
}

/// Plain decoding, and how near it is to what memory allows.
pub fn plain(options: &Options, bare: &Bare, table: &mut Table) {
    const TOKENS: u32 = 128;
    let mut ratios = Vec::new();
    let mut speeds = Vec::new();
    let mut shares = Vec::new();
    let size = std::fs::metadata(&options.model).unwrap().len() as f64;
    for _ in 0..options.rounds {
        let theirs = bare.write(&cases::essay(), TOKENS as usize, None).speed();
        let mut worker = Worker::start(options, CONTEXT, None);
        let ours = speed(&worker.ask(Worker::plain(cases::essay(), TOKENS)));
        drop(worker);
        let threads = num_cpus::get_physical().min(num_cpus::get()).max(1);
        let bandwidth = stream::bandwidth(threads);
        ratios.push(ours / theirs);
        speeds.push(ours);
        shares.push(ours * size / bandwidth);
    }
    table.report("plain decoding (tokens/s)", median(&speeds));
    table.at_least("plain decoding / a bare loop", median(&ratios), 0.97);
    table.report(
        "bytes of weights read a second / memory bandwidth",
        median(&shares),
    );
}

/// Tokens a second behind the first.
fn speed(answer: &Answer) -> f64 {
    f64::from(answer.usage.output - 1) / (answer.total - answer.first).as_secs_f64()
}

/// A form in JSON, against llama.cpp's grammars and against no constraint at all.
pub fn schema(options: &Options, bare: &Bare, table: &mut Table) {
    const MOST: u32 = 600;
    let mut against_grammar = Vec::new();
    let mut against_none = Vec::new();
    let mut tokens = 0.0;
    let mut worker = Worker::start(options, CONTEXT, None);
    // The schema's set-up is kept for the next time, as an assistant's is.
    worker.ask(Worker::formed(cases::form(), 1, cases::schema()));
    for _ in 0..options.rounds {
        let ours = worker.ask(Worker::formed(cases::form(), MOST, cases::schema()));
        assert!(
            serde_json::from_str::<serde_json::Value>(&ours.text).is_ok(),
            "the form is not whole: {}",
            ours.text
        );
        let seconds = (ours.total - ours.first).as_secs_f64();
        let none = bare.repeat(&cases::form(), &ours.text);
        tokens = none.tokens.len() as f64;
        against_none.push(none.rest.as_secs_f64() / seconds);
        let theirs = bare.write(&cases::form(), MOST as usize, Some(&cases::grammar()));
        against_grammar.push(tokens / seconds / theirs.speed());
    }
    table.report("JSON form (tokens)", tokens);
    table.at_least(
        "JSON form / llama.cpp's grammar",
        median(&against_grammar),
        1.7,
    );
    table.at_least(
        "JSON form / the same text unconstrained",
        median(&against_none),
        1.2,
    );
}

/// Eight candidates together, against one after the other.
pub fn several(options: &Options, bare: &Bare, table: &mut Table) {
    const TOKENS: u32 = 50;
    const COUNT: u32 = 8;
    let messages = || vec![cases::preset(0), cases::question(0)];
    let essay = || [messages(), cases::essay()].concat();
    let mut apart = Vec::new();
    let mut remembered = Vec::new();
    let mut sums = Vec::new();
    let mut ceilings = Vec::new();
    // A round reads the prompt nine times and takes minutes on a slow machine.
    for _ in 0..options.rounds.min(2) {
        let mut worker = Worker::start(options, CONTEXT, None);
        let together = worker.ask(Worker::several(essay(), TOKENS, COUNT));
        sums.push(
            f64::from(together.usage.output) / (together.total - together.first).as_secs_f64(),
        );
        let mut one_by_one = 0.0;
        let mut same_worker = 0.0;
        for number in 0..COUNT {
            let written = bare.write(&essay(), TOKENS as usize, None);
            one_by_one += (written.first + written.rest).as_secs_f64();
            let again = worker.ask(Worker::several(essay(), TOKENS, 1));
            // The first of them would find the prompt unread.
            let unread = if number == 0 {
                written.first.as_secs_f64()
            } else {
                0.0
            };
            same_worker += again.total.as_secs_f64() + unread;
        }
        apart.push(one_by_one / together.total.as_secs_f64());
        remembered.push(same_worker / together.total.as_secs_f64());
        ceilings.push(bare.prompt_speed());
    }
    table.at_least(
        "8 candidates together / one by one, prompt read each time",
        median(&apart),
        2.0,
    );
    table.report(
        "8 candidates together / one by one, prompt remembered",
        median(&remembered),
    );
    table.report("8 candidates (tokens/s in sum)", median(&sums));
    table.report(
        "their ceiling, the prompt speed (tokens/s)",
        median(&ceilings),
    );
}

/// A choice among twenty, in steps of decoding.
pub fn choosing(options: &Options, table: &mut Table) {
    let mut worker = Worker::start(options, CONTEXT, None);
    let mut steps = Vec::new();
    for round in 0..options.rounds {
        let choose = |number| Choose {
            messages: vec![cases::preset(99), cases::question(number)],
            preset: 1,
            lead: 0,
            options: cases::options(),
            adapter: None,
        };
        if round == 0 {
            worker.choose(choose(1));
        }
        let read = worker.ask(Worker::preset(
            vec![cases::preset(99), cases::question(0)],
            1,
        ));
        // The prompt is there now: what is measured is the choice alone.
        let chosen = worker.choose(choose(0));
        let step = 1.0 / speed(&worker.ask(Worker::plain(cases::essay(), 48)));
        assert!(read.usage.output == 1);
        steps.push(chosen.total.as_secs_f64() / step);
    }
    table.under("choice among 20 (steps of decoding)", median(&steps), 12.0);
}

/// What the worker holds beside the model.
pub fn memory(options: &Options, table: &mut Table) {
    let mut worker = Worker::start(options, CONTEXT, None);
    worker.ask(Worker::several(cases::essay(), 16, 8));
    let Some(resident) = worker.resident() else {
        return;
    };
    let size = std::fs::metadata(&options.model).unwrap().len();
    let beside = resident.saturating_sub(size) as f64 / f64::from(1 << 20);
    table.under(
        "memory over the model file, 4k context (MiB)",
        beside,
        500.0,
    );
}
