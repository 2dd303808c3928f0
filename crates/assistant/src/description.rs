//! What an assistant says of itself: the words of its form, its fields, its limits.
//!
//! A description is data (TOML, under `assets/presets`), so that the window, the command line and
//! the gallery draw the same assistant without knowing any of them.

use serde::{Deserialize, Serialize};

use crate::artifact::ArtifactKind;

/// A text in the three languages of the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Localized {
    /// English.
    pub en: String,
    /// Traditional Chinese.
    #[serde(rename = "zh-Hant")]
    pub zh_hant: String,
    /// Simplified Chinese.
    #[serde(rename = "zh-Hans")]
    pub zh_hans: String,
}

/// An assistant as the gallery, the form and the command line know it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// Stable name, such as `sql`.
    pub id: String,
    /// Which part of the gallery it stands in.
    #[serde(default)]
    pub category: Category,
    /// Name that people read.
    pub title: Localized,
    /// One or two sentences: what it does for you.
    pub description: Localized,
    /// Name of its icon.
    pub icon: String,
    /// Its own hue in degrees of OKLCH.
    pub hue: u16,
    /// Words on its primary button.
    pub button: Localized,
    /// What it makes.
    pub artifact: ArtifactKind,
    /// How often a draft that failed its checks goes back to the model.
    pub repair_limit: u32,
    /// What it asks for, in the order of the form.
    pub inputs: Vec<Field>,
    /// Examples that fill the form with one click.
    pub examples: Vec<Example>,
}

/// One thing an assistant asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Stable name.
    pub name: String,
    /// What sort of value it takes.
    pub kind: FieldKind,
    /// Words beside it.
    pub label: Localized,
    /// Words in it while it is empty.
    pub placeholder: Localized,
    /// Whether a run needs it.
    #[serde(default)]
    pub required: bool,
    /// Name of the required field that this one stands in for.
    #[serde(default)]
    pub instead_of: Option<String>,
    /// Whether the form leaves it out, because another part of the window fills it.
    #[serde(default)]
    pub hidden: bool,
    /// Most characters (not bytes) of a value.
    pub max_chars: u32,
    /// For files: the usual endings, without the dot.
    #[serde(default)]
    pub extensions: Vec<String>,
    /// For choices: what may be chosen.
    #[serde(default)]
    pub options: Vec<Choice>,
    /// What stands in it at first.
    #[serde(default)]
    pub default: String,
}

/// One of the things that may be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What it is in the inputs of a run.
    pub value: String,
    /// What people read.
    pub label: Localized,
}

/// A part of the gallery.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    specta::Type,
)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Tables, databases, money.
    Data,
    /// Pages and looks.
    Design,
    /// Programs, commands, settings.
    Development,
    /// Letters, notes, sheets.
    #[default]
    Office,
    /// Learning, science, games.
    Learning,
    /// What the person made.
    Own,
}

/// What sort of value a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// A number, written with a point.
    Number,
    /// A sum of money: a number, and a currency where one is named.
    Money,
    /// A day, in ISO's form.
    Date,
    /// One of some options.
    Choice,
    /// A colour, `#rrggbb`.
    Colour,
    /// A file, by path, or by the name of a sample.
    File,
    /// Rows and columns, as comma- or tab-separated values.
    Table,
}

/// Values that show what can be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Words on the chip.
    pub label: Localized,
    /// Values by field, in the person's language.
    pub values: Vec<ExampleValue>,
}

/// One value of an example.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ExampleValue {
    /// Name of the field.
    pub name: String,
    /// What to fill in.
    pub value: Localized,
}

impl Description {
    /// The field of that name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.inputs.iter().find(|field| field.name == name)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn same(text: &str) -> Localized {
        Localized {
            en: text.into(),
            zh_hant: text.into(),
            zh_hans: text.into(),
        }
    }

    fn field(name: &str, required: bool, instead_of: Option<&str>) -> Field {
        Field {
            name: name.into(),
            kind: FieldKind::Text,
            label: same(name),
            placeholder: same(""),
            required,
            instead_of: instead_of.map(Into::into),
            hidden: false,
            max_chars: 100,
            extensions: vec![],
            options: vec![],
            default: String::new(),
        }
    }

    pub(crate) fn sample() -> Description {
        Description {
            id: "sample".into(),
            category: Category::default(),
            title: same("Sample"),
            description: same("A sample."),
            icon: "database".into(),
            hue: 200,
            button: same("Ask"),
            artifact: ArtifactKind::Query,
            repair_limit: 2,
            inputs: vec![
                field("database", true, None),
                field("question", true, None),
                field("sql", false, Some("question")),
            ],
            examples: vec![],
        }
    }
}
