//! What runs used: tokens, and what they cost where the person wrote down what a service charges.

use std::collections::BTreeMap;

use assistant::Fault;
use history::SpentBy;
use model::remote::{MicroDollars, Price, cost, split};
use model::{ModelId, Usage};
use serde::{Deserialize, Serialize};

use crate::Desk;

/// What tokens and money are added up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum UsageBy {
    /// Months where the program runs, the newest first.
    Month,
    /// Assistants.
    Assistant,
    /// Models.
    Model,
}

impl From<UsageBy> for SpentBy {
    fn from(by: UsageBy) -> Self {
        match by {
            UsageBy::Month => Self::Month,
            UsageBy::Assistant => Self::Assistant,
            UsageBy::Model => Self::Model,
        }
    }
}

/// What some runs used.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct UsageLine {
    /// The run, assistant, month or model.
    pub name: String,
    /// How many runs.
    #[specta(type = u32)]
    pub runs: u64,
    /// Tokens of prompts.
    #[specta(type = u32)]
    pub prompt: u64,
    /// How many of them did not have to be read anew.
    #[specta(type = u32)]
    pub cached: u64,
    /// Tokens of answers.
    #[specta(type = u32)]
    pub output: u64,
    /// What they cost in dollars, as text; nothing where no service with a price was asked.
    pub dollars: Option<String>,
}

impl Desk {
    /// What all runs used, by run, assistant, month or model; at most `limit` lines.
    ///
    /// # Errors
    /// When the history or the services cannot be read.
    pub async fn usage(&self, by: SpentBy, limit: u32) -> Result<Vec<UsageLine>, Fault> {
        let mut prices: BTreeMap<String, Option<Price>> = BTreeMap::new();
        let mut lines: Vec<(UsageLine, Option<u64>)> = Vec::new();
        for spent in self.history.spent(by, limit).await? {
            let model = ModelId(spent.model);
            let price = match split(&model) {
                None => None,
                Some((service, _)) => match prices.get(service) {
                    Some(price) => *price,
                    None => {
                        let price = self.services.find(service)?.and_then(|found| found.price);
                        prices.insert(service.to_owned(), price);
                        price
                    }
                },
            };
            let count = |number: i64| u64::try_from(number).unwrap_or_default();
            let used = [spent.prompt, spent.cached, spent.output].map(count);
            let cost = price.map(|price| priced(used, &price));
            // Lines of one name and several models stand beside each other.
            match lines.last_mut() {
                Some((line, sum)) if line.name == spent.name => {
                    line.runs += count(spent.runs);
                    line.prompt += used[0];
                    line.cached += used[1];
                    line.output += used[2];
                    *sum = sum.map_or(cost, |sum| Some(sum + cost.unwrap_or_default()));
                }
                _ => lines.push((
                    UsageLine {
                        name: spent.name,
                        runs: count(spent.runs),
                        prompt: used[0],
                        cached: used[1],
                        output: used[2],
                        dollars: None,
                    },
                    cost,
                )),
            }
        }
        let said = |(line, sum): (UsageLine, Option<u64>)| UsageLine {
            dollars: sum.map(|sum| MicroDollars(sum).to_string()),
            ..line
        };
        Ok(lines.into_iter().map(said).collect())
    }
}

/// In millionths of a dollar.
fn priced([prompt, cached, output]: [u64; 3], price: &Price) -> u64 {
    let usage = |part: [u64; 3]| {
        let [prompt, cached, output] = part.map(|tokens| u32::try_from(tokens).unwrap_or(u32::MAX));
        Usage {
            prompt,
            cached,
            output,
        }
    };
    cost(&usage([prompt, cached, output]), price).0
}
