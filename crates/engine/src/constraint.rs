//! What an answer must look like, as a machine that says which tokens may come next.
//!
//! llguidance does the work. What is ours: it is given the model's own tokeniser, without which it
//! will not say which text is forced, and the machine of a constraint is built once and copied.

use std::sync::Arc;

use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::token::LlamaToken;
use llguidance::api::TopLevelGrammar;
use llguidance::earley::SlicedBiasComputer;
use llguidance::toktrie::{
    InferenceCapabilities, SimpleVob, TokEnv, TokRxInfo, TokTrie, TokenId, TokenizerEnv,
};
use llguidance::{Matcher, ParserFactory};
use protocol::{Constraint, Fault};

/// Machines that are kept. A preset has one or two constraints.
const KEPT: usize = 16;

/// Builds the machines of constraints for one model.
pub struct Grammars {
    model: &'static LlamaModel,
    /// Made at the first constraint: sorting 150,000 words takes a moment.
    factory: Option<ParserFactory>,
    built: Vec<(Constraint, Matcher)>,
}

/// The machine of one answer.
pub struct Guide(Matcher);

impl Grammars {
    /// Nothing built yet.
    pub fn new(model: &'static LlamaModel) -> Self {
        Self {
            model,
            factory: None,
            built: Vec::new(),
        }
    }

    /// A machine at its beginning.
    pub fn guide(&mut self, constraint: &Constraint) -> Result<Guide, Fault> {
        if let Some((_, built)) = self.built.iter().find(|(known, _)| known == constraint) {
            return Ok(Guide(built.deep_clone()));
        }
        let matcher = self.build(constraint)?;
        if self.built.len() == KEPT {
            self.built.remove(0);
        }
        self.built.push((constraint.clone(), matcher.deep_clone()));
        Ok(Guide(matcher))
    }

    fn build(&mut self, constraint: &Constraint) -> Result<Matcher, Fault> {
        let bad = |detail: String| Fault::BadConstraint { detail };
        let grammar = grammar(constraint)?;
        let factory = match &mut self.factory {
            Some(factory) => factory,
            none => none.insert(factory(self.model).map_err(|error| bad(error.to_string()))?),
        };
        let matcher = Matcher::new(factory.create_parser(grammar));
        match matcher.get_error() {
            Some(error) => Err(bad(error)),
            None => Ok(matcher),
        }
    }
}

impl Guide {
    /// Text that can only be so, as tokens; they are taken as written.
    pub fn forced(&mut self) -> Vec<LlamaToken> {
        if self.0.is_stopped() {
            return Vec::new();
        }
        self.0.consume_ff_tokens().into_iter().map(token).collect()
    }

    /// The tokens that may come next. Nothing when the answer is complete.
    pub fn allowed(&mut self) -> Result<Option<SimpleVob>, Fault> {
        if self.0.is_stopped() {
            return Ok(None);
        }
        let mask = self
            .0
            .compute_mask_or_eos()
            .map_err(|error| stuck(&error))?;
        Ok((!mask.is_zero()).then_some(mask))
    }

    /// Takes note of a token that was chosen.
    pub fn take(&mut self, token: LlamaToken) -> Result<(), Fault> {
        let id = u32::try_from(token.0).unwrap_or(u32::MAX);
        self.0.consume_token(id).map_err(|error| stuck(&error))
    }

    /// Whether nothing more may come.
    pub fn is_complete(&self) -> bool {
        self.0.is_stopped()
    }
}

fn stuck(error: &impl std::fmt::Display) -> Fault {
    Fault::BadConstraint {
        detail: error.to_string(),
    }
}

fn token(id: TokenId) -> LlamaToken {
    LlamaToken(i32::try_from(id).unwrap_or(i32::MAX))
}

fn grammar(constraint: &Constraint) -> Result<TopLevelGrammar, Fault> {
    let bad = |detail: &str| Fault::BadConstraint {
        detail: detail.to_owned(),
    };
    Ok(match constraint {
        Constraint::JsonSchema(schema) => {
            let mut schema = schema.clone();
            let object = schema
                .as_object_mut()
                .ok_or_else(|| bad("a JSON Schema is an object"))?;
            // White space between tokens of JSON is a choice; without it most of the text is forced.
            object
                .entry("x-guidance")
                .or_insert_with(|| serde_json::json!({"whitespace_flexible": false}));
            TopLevelGrammar::from_json_schema(schema)
        }
        Constraint::Lark(grammar) => TopLevelGrammar::from_lark(grammar.clone()),
        Constraint::Regex(regex) => TopLevelGrammar::from_regex(regex),
        Constraint::Choices(options) if options.is_empty() => {
            return Err(bad("there is no choice"));
        }
        Constraint::Choices(options) => {
            // A Lark string is written as JSON writes one.
            let options: Vec<String> = options
                .iter()
                .map(|option| serde_json::Value::from(option.as_str()).to_string())
                .collect();
            TopLevelGrammar::from_lark(format!("start: {}", options.join(" | ")))
        }
    })
}

fn factory(model: &'static LlamaModel) -> Result<ParserFactory, String> {
    let words: TokEnv = Arc::new(Words::new(model));
    let capabilities = InferenceCapabilities {
        ff_tokens: true,
        ..Default::default()
    };
    let mut factory =
        ParserFactory::new(&words, capabilities, &SlicedBiasComputer::general_slices())
            .map_err(|error| error.to_string())?;
    factory.quiet();
    Ok(factory)
}

/// The model's words and its tokeniser, as llguidance wants them.
struct Words {
    model: &'static LlamaModel,
    trie: TokTrie,
}

impl Words {
    fn new(model: &'static LlamaModel) -> Self {
        let vocabulary = model.vocab();
        let end = match vocabulary.eot() {
            LlamaToken(-1) => vocabulary.eos(),
            end => end,
        };
        let id = |token: LlamaToken| u32::try_from(token.0).unwrap_or(0);
        let mut ends = vec![id(end)];
        let mut words = Vec::new();
        for token in (0..model.n_vocab()).map(LlamaToken) {
            if vocabulary.is_eog(token) && token != end {
                ends.push(id(token));
            }
            let mut word = vocabulary.token_to_piece(token, false, None);
            if word.is_empty() {
                // Control tokens are no text; the marker keeps them from being taken for some.
                let name = vocabulary.token_to_piece(token, true, None);
                if !name.is_empty() {
                    word.push(TokTrie::SPECIAL_TOKEN_MARKER);
                    word.extend(name);
                }
            }
            words.push(word);
        }
        let count = u32::try_from(words.len()).unwrap_or(u32::MAX);
        let trie = TokTrie::from(&TokRxInfo::new(count, id(end)), &words).with_eos_tokens(&ends);
        Self { model, trie }
    }
}

impl TokenizerEnv for Words {
    fn tok_trie(&self) -> &TokTrie {
        &self.trie
    }

    fn tokenize_bytes(&self, text: &[u8]) -> Vec<TokenId> {
        // llama.cpp only reads whole characters; half of one at the end goes the plain way.
        self.trie.tokenize_with_greedy_fallback(text, |text| {
            self.model
                .vocab()
                .tokenize(text.as_bytes(), false, false)
                .into_iter()
                .map(|token| u32::try_from(token.0).unwrap_or(0))
                .collect()
        })
    }

    fn tokenize_is_canonical(&self) -> bool {
        true
    }
}
