//! What a service takes of what it may be told.
//!
//! "OpenAI-style" services agree on messages and little else: this one wants another name for
//! the length, that one refuses a seed, a third knows no schemas. Lists of who takes what are out
//! of date when they are written. So everything is sent at first, and when a service complains
//! about a part that an answer can do without, the request is made again without it, and the part
//! is remembered.

use super::form::Means;
use super::{Kind, Service};

/// What a service takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Allows {
    /// How it is told what an answer must look like.
    pub means: Means,
    /// Whether it knows the length as `max_completion_tokens`.
    pub new_length: bool,
    /// Whether it can be asked for the usage of a stream.
    pub stream_options: bool,
    /// Whether it takes a seed.
    pub seed: bool,
    /// Whether it takes a temperature.
    pub temperature: bool,
    /// Whether it takes a nucleus.
    pub top_p: bool,
    /// Whether it takes stop texts.
    pub stop: bool,
    /// Whether it tells probabilities of tokens.
    pub logprobs: bool,
    /// Whether the name of the length was changed already.
    turned: bool,
}

impl Allows {
    /// Everything, as far as is known.
    pub(super) fn of(service: &Service) -> Self {
        let address = service.address();
        // Its newer models refuse the old name, and nearly all imitators know the old one.
        let is_maker = address.contains("//api.openai.com") || address.contains(".azure.com");
        Self {
            means: Means::Schema,
            new_length: is_maker,
            stream_options: true,
            seed: true,
            temperature: true,
            top_p: true,
            stop: true,
            logprobs: matches!(service.kind, Kind::OpenAi),
            turned: false,
        }
    }

    /// Leaves out what a complaint, in small letters, is about. Whether anything was left to leave out.
    pub(super) fn learn(&mut self, complaint: &str, is_constrained: bool) -> bool {
        let names = |name: &str| complaint.contains(name);
        let is_length = names("max_tokens") || names("max_completion_tokens");
        if is_length && !self.turned {
            self.turned = true;
            self.new_length = !self.new_length;
            return true;
        }
        let parts = [
            (&mut self.logprobs, ["logprobs", "logprobs"]),
            (
                &mut self.stream_options,
                ["stream_options", "include_usage"],
            ),
            (&mut self.seed, ["seed", "seed"]),
            (&mut self.temperature, ["temperature", "temperature"]),
            (&mut self.top_p, ["top_p", "topp"]),
            (&mut self.stop, ["stop_sequences", "stopsequences"]),
        ];
        for (part, words) in parts {
            if *part && words.iter().any(|word| names(word)) {
                *part = false;
                return true;
            }
        }
        let about_form = ["format", "schema", "json", "tool", "grammar"]
            .iter()
            .any(|word| names(word));
        if is_constrained && about_form && self.means != Means::Words {
            self.means = match self.means {
                Means::Schema => Means::Json,
                Means::Json | Means::Words => Means::Words,
            };
            return true;
        }
        names("stop") && std::mem::take(&mut self.stop)
    }

    /// What to remember after a request that was complained about. A schema that was refused says
    /// nothing about the next one.
    pub(super) fn remembered(self, complaint: &str, before: Self) -> Self {
        Self {
            means: if complaint.contains("schema") {
                before.means
            } else {
                self.means
            },
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What services are known to complain with, and what must be different then.
    #[test]
    fn what_is_complained_about_is_left_out() {
        type Changed = fn(&Allows) -> bool;
        let cases: [(&str, Changed); 7] = [
            (
                "unsupported parameter: 'max_tokens' is not supported with this model. use 'max_completion_tokens' instead.",
                |allows| allows.new_length,
            ),
            ("extra inputs are not permitted: stream_options", |allows| {
                !allows.stream_options
            }),
            ("extra_forbidden body.seed", |allows| !allows.seed),
            (
                "unsupported value: 'temperature' does not support 0",
                |allows| !allows.temperature,
            ),
            ("this response_format type is unavailable now", |allows| {
                allows.means == Means::Json
            }),
            ("unknown name \"topp\"", |allows| !allows.top_p),
            ("'stop' is not supported with this model", |allows| {
                !allows.stop
            }),
        ];
        for (complaint, is_changed) in cases {
            let mut allows = Allows::of(&Service {
                base_url: Some("http://x".to_owned()),
                ..Service::new("x", Kind::OpenAi)
            });
            assert!(!is_changed(&allows), "{complaint}");
            assert!(allows.learn(complaint, true), "{complaint}");
            assert!(is_changed(&allows), "{complaint}");
        }
    }

    #[test]
    fn there_is_an_end_to_what_can_be_left_out() {
        let mut allows = Allows::of(&Service::new("x", Kind::OpenAi));
        let everything =
            "max_tokens logprobs stream_options seed temperature top_p stop_sequences schema";
        let mut times = 0;
        while allows.learn(everything, true) {
            times += 1;
        }
        assert_eq!(times, 9);
        assert!(!allows.learn("something else", true));
    }

    #[test]
    fn a_refused_schema_is_not_held_against_the_next_one() {
        let before = Allows::of(&Service::new("x", Kind::OpenAi));
        for (complaint, expected) in [
            ("invalid schema for response_format", Means::Schema),
            ("response_format", Means::Json),
        ] {
            let mut allows = before;
            allows.learn(complaint, true);
            assert_eq!(allows.remembered(complaint, before).means, expected);
        }
    }
}
