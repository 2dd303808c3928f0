//! What services were paid, and how much may be spent in a month.
//!
//! It is counted when a service has answered, in `spending.toml` in the data folder, and not added up
//! from history: a run that is forgotten has been paid all the same. The window and the command line
//! count into the same file.

use std::collections::BTreeMap;
use std::sync::Arc;

use assistant::{Code, Fault};
use model::remote::{MicroDollars, Service, cost};
use model::{ModelError, Usage};
use serde::{Deserialize, Serialize};

use crate::settings::Settings;
use crate::toml_file::TomlFile;
use crate::{Desk, Folders};

/// Dollars by month (`2026-11`) and service.
type Written = BTreeMap<String, BTreeMap<String, MicroDollars>>;

/// What was spent this month, and how much may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SpendingInfo {
    /// The month, such as `2026-11`.
    pub month: String,
    /// What was spent in it, in dollars.
    pub spent: String,
    /// How much may be spent in a month, in dollars; nothing where there is no limit.
    pub limit: Option<String>,
    /// Services of which nobody wrote down what they charge, so that what they cost is not counted.
    pub unpriced: Vec<String>,
}

/// The money that services get.
pub(crate) struct Purse {
    file: TomlFile<Written>,
    settings: Arc<Settings>,
}

impl Purse {
    pub(crate) fn new(folders: &Folders, settings: Arc<Settings>) -> Self {
        Self {
            file: TomlFile::at(folders.data().join("spending.toml")),
            settings,
        }
    }

    /// Refuses to ask a paid service where the limit of this month is reached. Where it cannot be
    /// known, it is refused as well: what the person wanted is not known then.
    pub(crate) fn allow(&self, service: &Service) -> Result<(), ModelError> {
        if service.price.is_none() {
            return Ok(());
        }
        let unknown = |fault: Fault| ModelError::Misconfigured {
            service: service.name.clone(),
            detail: format!("what may be spent is not known: {fault}"),
        };
        let Some(limit) = self.settings.monthly_limit().map_err(unknown)? else {
            return Ok(());
        };
        let spent = self.spent(&this_month()).map_err(unknown)?;
        if spent < limit {
            return Ok(());
        }
        Err(ModelError::OverBudget {
            service: service.name.clone(),
            spent,
            limit,
        })
    }

    /// Counts what a service was asked and answered.
    pub(crate) fn pay(&self, service: &Service, usage: &Usage) {
        let Some(price) = &service.price else { return };
        let paid = cost(usage, price);
        if paid == MicroDollars::default() {
            return;
        }
        let counted = self.file.change(|months| {
            let month = months.entry(this_month()).or_default();
            let sum = month.entry(service.name.clone()).or_default();
            sum.0 = sum.0.saturating_add(paid.0);
            Ok(())
        });
        if let Err(fault) = counted {
            tracing::warn!(code = ?fault.code, "what a service cost was not counted");
        }
    }

    /// What was spent in a month.
    pub(crate) fn spent(&self, month: &str) -> Result<MicroDollars, Fault> {
        let months = self.file.read()?;
        let services = months.get(month).into_iter().flat_map(BTreeMap::values);
        Ok(MicroDollars(
            services.fold(0, |sum, paid| sum.saturating_add(paid.0)),
        ))
    }
}

/// The month where the program runs.
fn this_month() -> String {
    jiff::Zoned::now().strftime("%Y-%m").to_string()
}

impl Desk {
    /// What was spent this month, and how much may be.
    ///
    /// # Errors
    /// When the settings, the services or what was counted cannot be read.
    pub fn spending(&self) -> Result<SpendingInfo, Fault> {
        let month = this_month();
        Ok(SpendingInfo {
            spent: self.services.purse().spent(&month)?.to_string(),
            limit: self.settings.monthly_limit()?.map(String::from),
            unpriced: self.services.unpriced()?,
            month,
        })
    }

    /// Sets how many dollars services may be paid in a month; nothing for as many as they cost. The
    /// answer under way when the limit is reached is still finished.
    ///
    /// # Errors
    /// [`Code::InputInvalid`] when that is no amount of dollars; a fault when the settings cannot be
    /// written.
    pub fn set_spending_limit(&self, dollars: Option<&str>) -> Result<(), Fault> {
        let limit = dollars.map(amount).transpose()?;
        self.settings.set_monthly_limit(limit)
    }
}

/// An amount of dollars as people write it.
fn amount(dollars: &str) -> Result<MicroDollars, Fault> {
    let text = dollars.trim();
    let plain = text.strip_prefix('$').unwrap_or(text).trim();
    plain.parse().map_err(|error| {
        Fault::new(
            Code::InputInvalid,
            format!("{text:?} is no amount of dollars such as 5 or 12.50."),
        )
        .with("input", "limit")
        .with("value", text)
        .with("detail", error)
    })
}

#[cfg(test)]
mod tests {
    use model::remote::{Kind, Price};

    use super::*;

    fn priced() -> Service {
        Service {
            price: Some(Price {
                input_per_million: MicroDollars(3_000_000),
                output_per_million: MicroDollars(15_000_000),
                cached_per_million: None,
            }),
            ..Service::new("toy", Kind::OpenAi)
        }
    }

    #[test]
    fn what_was_paid_is_counted_and_ends_at_the_limit() {
        let place = tempfile::tempdir().unwrap();
        let folders = Folders::new(Some(place.path().to_owned())).unwrap();
        let settings = Arc::new(Settings::new(&folders));
        let purse = Purse::new(&folders, Arc::clone(&settings));
        let free = Service::new("attic", Kind::Ollama);
        let usage = Usage {
            prompt: 1000,
            cached: 0,
            output: 100,
        };
        purse.pay(&free, &usage);
        assert_eq!(purse.spent(&this_month()).unwrap(), MicroDollars(0));
        purse.pay(&priced(), &usage);
        purse.pay(&priced(), &usage);
        assert_eq!(purse.spent(&this_month()).unwrap(), MicroDollars(9000));
        assert_eq!(purse.spent("1999-01").unwrap(), MicroDollars(0));

        assert!(purse.allow(&priced()).is_ok(), "there is no limit yet");
        settings
            .set_monthly_limit(Some(MicroDollars(9001)))
            .unwrap();
        assert!(purse.allow(&priced()).is_ok());
        settings
            .set_monthly_limit(Some(MicroDollars(9000)))
            .unwrap();
        let refused = purse.allow(&priced()).unwrap_err();
        let fault = Fault::from(refused);
        assert_eq!(fault.code, Code::SpendingLimitReached);
        assert_eq!(fault.details["limit"], "0.009");
        assert!(purse.allow(&free).is_ok(), "nobody is paid for this one");

        std::fs::write(place.path().join("spending.toml"), "x = ").unwrap();
        assert!(purse.allow(&priced()).is_err(), "nobody knows");
        settings.set_monthly_limit(None).unwrap();
        assert!(purse.allow(&priced()).is_ok());
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, expected) in [
            ("5", Some(5_000_000)),
            (" $12.50 ", Some(12_500_000)),
            ("0", Some(0)),
            ("", None),
            ("5 €", None),
            ("-1", None),
        ] {
            let read = amount(text).ok().map(|amount| amount.0);
            assert_eq!(read, expected, "{text:?}");
        }
    }
}
