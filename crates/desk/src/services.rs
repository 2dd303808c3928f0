//! Services elsewhere: which were set up, where their keys lie, whether they work.
//!
//! They are kept in `services.toml` in the data folder. A key is never in it: keys are in the
//! environment, in the keychain of the system or, for this session, in memory. With a data folder
//! that was named by whoever started the program the keychain is left alone.

mod edit;
mod report;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use assistant::{Code, Fault};
use model::remote::keys::{Chain, Environment, Kept, Keys, KeysError, Place, Session};
use model::remote::{Key, Kind, Proxy, RemoteModel, Service, split};
use model::{ModelError, ModelId};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use crate::Folders;
use crate::settings::{Settings, is_here};
use crate::spending::Purse;
use crate::toml_file::TomlFile;

pub use edit::{PriceInfo, ServiceEdit, read_key};
pub use report::ConnectionReport;

/// A service as people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ServiceInfo {
    /// Its name; its models are called `NAME:MODEL`.
    pub name: String,
    /// Which language it speaks.
    pub kind: Kind,
    /// Where it is; its maker's own address when absent.
    pub base_url: Option<String>,
    /// Where its key lies, if it has one that can be read now.
    pub key_place: Option<Place>,
    /// What it charges, where somebody wrote that down.
    pub price: Option<PriceInfo>,
}

/// The file as it is written.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "service", default, skip_serializing_if = "Vec::is_empty")]
    services: Vec<Service>,
}

/// The services of one data folder.
pub struct Services {
    file: TomlFile<Written>,
    keys: Arc<dyn Keys>,
    settings: Arc<Settings>,
    purse: Purse,
    /// Models that were asked already, with their connections and what was learnt of them.
    opened: Mutex<HashMap<ModelId, Arc<RemoteModel>>>,
}

impl Services {
    pub(crate) fn new(folders: &Folders, settings: Arc<Settings>) -> Self {
        let keys = if folders.is_told() {
            Chain::of(Environment::of_process(), Box::new(Session::default()))
        } else {
            Chain::standard()
        };
        Self {
            file: TomlFile::at(folders.data().join("services.toml")),
            keys: Arc::new(keys),
            purse: Purse::new(folders, Arc::clone(&settings)),
            settings,
            opened: Mutex::default(),
        }
    }

    /// The money that services get.
    pub(crate) fn purse(&self) -> &Purse {
        &self.purse
    }

    /// Services elsewhere of which nobody wrote down what they charge. One on this machine is free.
    pub(crate) fn unpriced(&self) -> Result<Vec<String>, Fault> {
        let services = self.file.read()?.services.into_iter();
        let unpriced = services.filter(|service| {
            service.price.is_none() && !is_here(&service.host().unwrap_or_default())
        });
        Ok(unpriced.map(|service| service.name).collect())
    }

    fn opened(&self) -> MutexGuard<'_, HashMap<ModelId, Arc<RemoteModel>>> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Every service, by name.
    ///
    /// # Errors
    /// When `services.toml` cannot be understood.
    pub async fn list(&self) -> Result<Vec<ServiceInfo>, Fault> {
        let services = self.file.read()?.services;
        let keys = Arc::clone(&self.keys);
        let infos = waiting(move || services.iter().map(|one| info(one, &*keys)).collect());
        Ok(infos.await)
    }

    /// Adds a service, or changes the one of that name, and keeps its key if there is a new one.
    /// What comes back says where the key lies.
    ///
    /// # Errors
    /// [`Code::ServiceMisconfigured`] when it cannot work as it is; [`Code::ServiceKeyRefused`]
    /// when the key cannot be kept; a fault when `services.toml` cannot be read or written. In
    /// the first two cases nothing is changed.
    pub async fn save(&self, edit: ServiceEdit, key: Option<Key>) -> Result<Option<Kept>, Fault> {
        let old = self.find(&edit.name)?;
        edit.applied_to(old)?;
        let name = edit.name.clone();
        let kept = match key {
            Some(key) => Some(self.keep(&name, key).await?),
            None => None,
        };
        self.file.change(|written| {
            let place = written.services.iter().position(|one| one.name == name);
            let old = place.map(|place| written.services.remove(place));
            written.services.push(edit.applied_to(old)?);
            written.services.sort_by(|a, b| a.name.cmp(&b.name));
            Ok(())
        })?;
        self.opened().clear();
        Ok(kept)
    }

    /// Keeps the key of a service.
    ///
    /// # Errors
    /// When there is no such service, or the key cannot be kept.
    pub async fn set_key(&self, name: &str, key: Key) -> Result<Kept, Fault> {
        self.find(name)?.ok_or_else(|| unknown(name))?;
        let kept = self.keep(name, key).await?;
        self.opened().clear();
        Ok(kept)
    }

    /// Forgets a service, its key, and every choice of one of its models.
    ///
    /// # Errors
    /// When there is no such service, or its key may still be in the keychain.
    pub async fn remove(&self, name: &str) -> Result<(), Fault> {
        self.find(name)?.ok_or_else(|| unknown(name))?;
        let (keys, of) = (Arc::clone(&self.keys), name.to_owned());
        let removed = waiting(move || keys.remove(&of)).await;
        removed.map_err(|error| key_fault(name, "removed", &error))?;
        self.opened().clear();
        self.file.change(|written| {
            written.services.retain(|one| one.name != name);
            Ok(())
        })?;
        let is_of_it = |id: &ModelId| split(id).is_some_and(|(service, _)| service == name);
        self.settings.forget(is_of_it)
    }

    /// Asks a service for a few words of one of its models, and says what was found.
    ///
    /// # Errors
    /// [`Code::ModelUnknown`] when there is no such service; [`Code::Cancelled`]; a fault when the
    /// service cannot be asked at all. Whatever the service does is in the report.
    pub async fn test(
        &self,
        name: &str,
        model: &str,
        cancel: &CancellationToken,
    ) -> Result<ConnectionReport, Fault> {
        let id = ModelId(format!("{name}:{model}"));
        let service = self.find(name)?;
        let service = service.ok_or_else(|| ModelError::Unknown(id.clone()))?;
        let permitted = self.permitted(&service)?;
        self.purse.allow(&service)?;
        let model = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(Fault::cancelled()),
            model = self.connect(&id, &permitted) => model?,
        };
        let report = model.test_connection(cancel).await;
        self.purse.pay(&service, &model.take_used());
        Ok(report?.into())
    }

    /// The service of that name.
    pub(crate) fn find(&self, name: &str) -> Result<Option<Service>, Fault> {
        let mut services = self.file.read()?.services.into_iter();
        Ok(services.find(|service| service.name == name))
    }

    /// A model of a service, ready to be asked. The same one is given again while nothing changes.
    pub(crate) async fn open(
        &self,
        id: &ModelId,
        service: &Service,
    ) -> Result<Arc<RemoteModel>, ModelError> {
        let service = &self.permitted(service)?;
        let known = self.opened().get(id).cloned();
        if let Some(model) = known.filter(|model| model.service() == service) {
            return Ok(model);
        }
        let model = Arc::new(self.connect(id, service).await?);
        self.opened().insert(id.clone(), Arc::clone(&model));
        Ok(model)
    }

    /// Lets the next run read the key again.
    pub(crate) fn forget_opened(&self, id: &ModelId) {
        self.opened().remove(id);
    }

    /// A service as it may be asked now: where the network is forbidden only one on this machine, and
    /// through no proxy, whatever the environment says.
    fn permitted(&self, service: &Service) -> Result<Service, ModelError> {
        match self.settings.is_offline() {
            Ok(false) => Ok(service.clone()),
            Ok(true) if is_here(&service.host().unwrap_or_default()) => Ok(Service {
                proxy: Proxy::None,
                ..service.clone()
            }),
            // Where the settings cannot be read, what the person wanted is not known.
            _ => Err(ModelError::Forbidden {
                what: service.name.clone(),
            }),
        }
    }

    async fn connect(&self, id: &ModelId, service: &Service) -> Result<RemoteModel, ModelError> {
        let (keys, id, service) = (Arc::clone(&self.keys), id.clone(), service.clone());
        waiting(move || RemoteModel::open(&id, &[service], &*keys)).await
    }

    async fn keep(&self, name: &str, key: Key) -> Result<Kept, Fault> {
        let (keys, of) = (Arc::clone(&self.keys), name.to_owned());
        let kept = waiting(move || keys.set(&of, &key)).await;
        kept.map_err(|error| key_fault(name, "kept", &error))
    }
}

fn info(service: &Service, keys: &dyn Keys) -> ServiceInfo {
    let found = keys.get(&service.name).unwrap_or_else(|error| {
        tracing::debug!(%error, "a key cannot be read");
        None
    });
    ServiceInfo {
        name: service.name.clone(),
        kind: service.kind,
        base_url: service.base_url.clone(),
        key_place: found.map(|found| found.place),
        price: service.price.as_ref().map(PriceInfo::from),
    }
}

/// Does what may wait for the keychain where waiting is allowed.
async fn waiting<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
}

fn unknown(name: &str) -> Fault {
    Fault::new(
        Code::ServiceMisconfigured,
        format!("There is no service called {name}; `service list` shows those that there are."),
    )
    .with("service", name)
}

fn key_fault(name: &str, done: &str, error: &KeysError) -> Fault {
    Fault::new(
        Code::ServiceKeyRefused,
        format!("The key of {name} could not be {done}: {error}."),
    )
    .with("service", name)
    .with("detail", error)
}
