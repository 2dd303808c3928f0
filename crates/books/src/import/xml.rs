//! XML as a tree, as far as statements need it: no document types, no entities of the document's
//! own, no namespaces, a limit on how deep and how much.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::ImportError;

const DEEPEST: usize = 64;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
    pub children: Vec<Element>,
}

impl Element {
    fn new(start: &BytesStart<'_>) -> Result<Self, ImportError> {
        let mut element = Self {
            name: local(start.name().as_ref()).to_owned(),
            ..Self::default()
        };
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| wrong(&error))?;
            let name = local(attribute.key.as_ref()).to_owned();
            element
                .attributes
                .push((name, attribute.value.clone().into_owned()));
        }
        Ok(element)
    }

    /// The first child of that name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All children of that name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The element at the end of a path of children.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter()
            .try_fold(self, |element, name| element.child(name))
    }

    /// The text at the end of a path; empty where there is none.
    pub(super) fn text_at(&self, path: &[&str]) -> &str {
        self.at(path).map_or("", |element| element.text.trim())
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn wrong(error: &dyn std::fmt::Display) -> ImportError {
    ImportError::at("XML", error.to_string())
}

/// The outermost element of a document.
pub(super) fn parse(text: &str) -> Result<Element, ImportError> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| wrong(&error))?;
        if open.len() > DEEPEST {
            return Err(ImportError::at("XML", "elements are nested too deeply"));
        }
        match event {
            Event::Start(start) => open.push(Element::new(&start)?),
            Event::Empty(start) => {
                let element = Element::new(&start)?;
                add(&mut open, element);
            }
            Event::End(_) => {
                if let Some(element) = open.pop() {
                    add(&mut open, element);
                }
            }
            Event::Text(text) => push(&mut open, &text.into_inner()),
            Event::CData(data) => push(&mut open, &data.into_inner()),
            Event::GeneralRef(reference) => {
                let letter = reference
                    .resolve_char_ref()
                    .map_err(|error| wrong(&error))?;
                let name = reference.into_inner();
                let letter = match (letter, name.as_ref()) {
                    (Some(letter), _) => letter,
                    (None, "amp") => '&',
                    (None, "lt") => '<',
                    (None, "gt") => '>',
                    (None, "quot") => '"',
                    (None, "apos") => '\'',
                    (None, name) => {
                        return Err(ImportError::at("XML", format!("&{name}; is not read")));
                    }
                };
                push(&mut open, letter.encode_utf8(&mut [0; 4]));
            }
            Event::DocType(_) => return Err(ImportError::Doctype),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    if open.len() != 1 {
        return Err(ImportError::at(
            "the end",
            "the file ends in the middle of an element",
        ));
    }
    let document = open.pop().unwrap_or_default();
    let mut children = document.children.into_iter();
    children.next().ok_or(ImportError::Empty)
}

fn add(open: &mut [Element], element: Element) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(element);
    }
}

fn push(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_five_and_numbers() {
        let element = parse("<a x='1'><n:b>1 &amp; 2&#33;</n:b><c/></a>").unwrap();
        assert_eq!(element.text_at(&["b"]), "1 & 2!");
        assert_eq!(element.attribute("x"), Some("1"));
        assert!(element.child("c").is_some());
    }

    #[test]
    fn what_is_dangerous_or_broken_is_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>";
        assert_eq!(parse(bomb).unwrap_err(), ImportError::Doctype);
        let deep = "<a>".repeat(100);
        for text in [
            "<a>&b;</a>",
            "<a><b></a>",
            "<a>",
            "",
            deep.as_str(),
            "<a x=1 x=2/>",
        ] {
            parse(text).expect_err(text);
        }
    }
}
