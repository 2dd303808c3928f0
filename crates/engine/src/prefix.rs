//! The store of prefixes: what the model made of the beginnings of prompts that come again.
//!
//! A preset (rules, examples, the schema of a database) is long and the same every time. Reading it
//! takes seconds, copying what came of it takes milliseconds. States are kept in memory, bounded,
//! least recently used out first, and in files, so that a restart does not pay again.
//!
//! A file is only used if everything it depends on is as it was: model, engine, settings of the
//! context, every token, and a checksum over all of it. Anything else is thrown away.
//!
//! This module knows tokens and bytes; it knows no llama.cpp.

mod disk;

use std::path::PathBuf;
use std::sync::Arc;

use llama_cpp_2::token::LlamaToken;

use disk::Disk;

use crate::adapter;

/// Bytes of states kept in memory. A preset of 600 tokens of the default model takes 17 MB.
const MEMORY_BYTES: usize = 160 << 20;

/// Shorter prefixes are read again faster than they are worth keeping.
pub const WORTH_KEEPING: usize = 48;

/// The state after a prefix.
#[derive(Clone)]
pub struct Prefix {
    /// The tokens that were read.
    pub tokens: Arc<[LlamaToken]>,
    /// What llama.cpp keeps of them.
    pub state: Arc<[u8]>,
    /// The adapter under which they were read.
    variant: [u8; 32],
}

/// States of prefixes, in memory and on disk.
pub struct Store {
    /// Most recently used last.
    memory: Vec<Prefix>,
    disk: Option<Disk>,
    /// The adapter in force.
    variant: [u8; 32],
}

impl Store {
    /// A store that keeps files in `folder`, if one is given. `fingerprint` stands for everything
    /// but the tokens that a state depends on.
    pub fn new(folder: Option<PathBuf>, fingerprint: [u8; 32]) -> Self {
        Self {
            memory: Vec::new(),
            disk: folder.map(|folder| Disk::new(folder, fingerprint)),
            variant: adapter::NONE,
        }
    }

    /// Goes on under another adapter. What was kept under others stays for when they come back.
    pub fn vary(&mut self, variant: [u8; 32]) {
        self.variant = variant;
    }

    /// The state that covers most of the beginning of `prompt`, if it covers more than `known`
    /// tokens. `boundary`: where the preset ends, which is where a file would have been kept.
    pub fn find(&mut self, prompt: &[LlamaToken], boundary: usize, known: usize) -> Option<Prefix> {
        let in_memory = self
            .memory
            .iter()
            .enumerate()
            .filter(|(_, prefix)| prefix.variant == self.variant)
            .map(|(place, prefix)| (common(&prefix.tokens, prompt), place))
            .max();
        if let Some((covered, place)) = in_memory
            && covered > known
            && covered >= boundary
        {
            let prefix = self.memory.remove(place);
            self.memory.push(prefix.clone());
            return Some(prefix);
        }
        if boundary > known
            && boundary >= WORTH_KEEPING
            && let Some(disk) = &self.disk
            && let Some(prefix) = disk.load(&prompt[..boundary], self.variant)
        {
            self.remember(prefix.clone());
            return Some(prefix);
        }
        in_memory
            .filter(|(covered, _)| *covered > known + WORTH_KEEPING)
            .map(|(_, place)| self.memory[place].clone())
    }

    /// Whether the state after exactly these tokens is kept already.
    pub fn has(&self, tokens: &[LlamaToken]) -> bool {
        self.memory
            .iter()
            .any(|prefix| prefix.variant == self.variant && *prefix.tokens == *tokens)
    }

    /// Keeps a state, in memory now and in a file soon.
    pub fn keep(&mut self, tokens: Arc<[LlamaToken]>, state: Arc<[u8]>) {
        let prefix = Prefix {
            tokens,
            state,
            variant: self.variant,
        };
        if let Some(disk) = &self.disk {
            disk.save(prefix.clone());
        }
        self.remember(prefix);
    }

    fn remember(&mut self, prefix: Prefix) {
        self.memory.push(prefix);
        let mut bytes: usize = self.memory.iter().map(|prefix| prefix.state.len()).sum();
        // The newest stays, however large it is.
        while bytes > MEMORY_BYTES && self.memory.len() > 1 {
            bytes -= self.memory.remove(0).state.len();
        }
    }
}

/// How many tokens two texts have in common at their beginning.
pub fn common(one: &[LlamaToken], other: &[LlamaToken]) -> usize {
    one.iter()
        .zip(other)
        .take_while(|(one, other)| one == other)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(range: std::ops::Range<i32>) -> Vec<LlamaToken> {
        range.map(LlamaToken).collect()
    }

    fn keep(store: &mut Store, range: std::ops::Range<i32>, bytes: usize) {
        store.keep(tokens(range).into(), vec![7; bytes].into());
    }

    #[test]
    fn the_longest_beginning_is_found() {
        let mut store = Store::new(None, [0; 32]);
        keep(&mut store, 0..100, 1);
        keep(&mut store, 0..200, 1);
        let prompt = tokens(0..300);
        let found = |store: &mut Store, boundary, known| {
            store
                .find(&prompt, boundary, known)
                .map(|prefix| prefix.tokens.len())
        };
        assert_eq!(found(&mut store, 200, 0), Some(200));
        assert_eq!(
            found(&mut store, 250, 10),
            Some(200),
            "part of a preset is better than none"
        );
        assert_eq!(found(&mut store, 250, 190), None, "not worth the copying");
        assert_eq!(found(&mut store, 200, 200), None, "it is there already");
        assert!(store.has(&prompt[..100]));
        assert!(!store.has(&prompt[..101]));
    }

    #[test]
    fn what_was_read_under_one_adapter_is_not_found_under_another() {
        let folder = tempfile::tempdir().unwrap();
        let place = || Some(folder.path().to_owned());
        let prompt = tokens(0..130);
        let mut store = Store::new(place(), [1; 32]);
        store.vary([5; 32]);
        keep(&mut store, 0..100, 5000);
        assert!(store.find(&prompt, 100, 0).is_some());
        store.vary(adapter::NONE);
        assert!(store.find(&prompt, 100, 0).is_none());
        assert!(!store.has(&prompt[..100]));
        drop(store);
        let mut store = Store::new(place(), [1; 32]);
        assert!(store.find(&prompt, 100, 0).is_none());
        store.vary([5; 32]);
        assert!(store.find(&prompt, 100, 0).is_some());
    }

    #[test]
    fn what_was_not_used_for_longest_goes_first() {
        let mut store = Store::new(None, [0; 32]);
        keep(&mut store, 0..100, MEMORY_BYTES / 2);
        keep(&mut store, 1000..1100, MEMORY_BYTES / 2);
        assert!(store.find(&tokens(0..150), 100, 0).is_some());
        keep(&mut store, 2000..2100, MEMORY_BYTES / 2);
        assert!(store.has(&tokens(0..100)));
        assert!(!store.has(&tokens(1000..1100)));
        keep(&mut store, 3000..3100, MEMORY_BYTES * 2);
        assert!(store.has(&tokens(3000..3100)), "the newest stays");
    }

    #[test]
    fn a_new_store_finds_what_an_old_one_kept() {
        let folder = tempfile::tempdir().unwrap();
        let place = || Some(folder.path().to_owned());
        let mut store = Store::new(place(), [1; 32]);
        keep(&mut store, 0..100, 5000);
        drop(store);
        let prompt = tokens(0..130);
        let found = Store::new(place(), [1; 32]).find(&prompt, 100, 0).unwrap();
        assert_eq!(*found.state, vec![7; 5000][..]);
        assert!(
            Store::new(place(), [2; 32]).find(&prompt, 100, 0).is_none(),
            "another model"
        );
        assert!(
            Store::new(place(), [1; 32]).find(&prompt, 99, 0).is_none(),
            "another prefix"
        );
    }
}
