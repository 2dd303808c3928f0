//! Where buttons and forms lead: to a section that is there, to a mail, to a call.

use super::known::{contact, tel};
use crate::ground::{Brief, FactKind};
use crate::language::Language;
use crate::plan::{Action, Kind, PagePlan};
use crate::words::Word;

/// Leads from the buttons to the sections, once it is known which there are.
pub fn connect(brief: &Brief, plan: &mut PagePlan) {
    let language = plan.language;
    let targets = Targets::of(brief, plan);
    let actions = targets.actions(brief, language);
    let action = |word: Word, link: Option<String>| Action {
        label: word.text(language).to_owned(),
        link: link.unwrap_or_else(|| "#content".to_owned()),
    };
    let direct: Vec<Action> = [
        (Word::WriteUs, &targets.mail),
        (Word::CallUs, &targets.phone),
    ]
    .into_iter()
    .filter(|(_, link)| link.is_some())
    .map(|(word, link)| action(word, link.clone()))
    .collect();
    let footer = contact(brief);
    let description = plan.description.clone();
    for section in &mut plan.sections {
        let first = || actions.iter().take(1).cloned().collect();
        match section.kind {
            Kind::Navigation => section.actions = first(),
            Kind::Hero => section.actions.clone_from(&actions),
            Kind::CallToAction if direct.is_empty() => section.actions = first(),
            Kind::CallToAction => section.actions.clone_from(&direct),
            Kind::Contact if section.items.len() <= 2 => {
                section.actions = direct.iter().take(1).cloned().collect();
            }
            Kind::Pricing => {
                let link = targets.reach.clone().or(targets.end.clone());
                section.actions = vec![action(Word::Choose, link)];
            }
            Kind::Newsletter => {
                section.actions = vec![action(Word::Subscribe, targets.mail.clone())];
            }
            Kind::Footer => {
                section.items.clone_from(&footer);
                section.lead.clone_from(&description);
            }
            _ => {}
        }
    }
}

/// Where buttons can lead.
struct Targets {
    sections: Vec<(Kind, String)>,
    mail: Option<String>,
    phone: Option<String>,
    /// The section about contact, or a mail or a call.
    reach: Option<String>,
    /// The last invitation.
    end: Option<String>,
}

impl Targets {
    fn of(brief: &Brief, plan: &PagePlan) -> Self {
        let mail = brief
            .fact(FactKind::Email)
            .map(|mail| format!("mailto:{mail}"));
        let phone = brief.fact(FactKind::Phone).map(tel);
        let sections = plan.sections.iter();
        let mut targets = Self {
            sections: sections
                .map(|section| (section.kind, format!("#{}", section.id)))
                .collect(),
            mail,
            phone,
            reach: None,
            end: None,
        };
        let direct = targets.mail.clone().or(targets.phone.clone());
        targets.reach = targets.section(Kind::Contact).or(direct);
        targets.end = targets.section(Kind::CallToAction);
        targets
    }

    fn section(&self, kind: Kind) -> Option<String> {
        let found = self.sections.iter().find(|(other, _)| *other == kind);
        found.map(|(_, link)| link.clone())
    }

    /// Up to two buttons, the first of them what such a place wants most.
    fn actions(&self, brief: &Brief, language: Language) -> Vec<Action> {
        let to = |kind: Kind| self.section(kind);
        let reach = || self.reach.clone().or(self.end.clone());
        let first = match brief.business.action.as_str() {
            "offer" => (Word::SeeMenu, to(Kind::Products).or(to(Kind::Pricing))),
            "book" => (Word::Book, reach()),
            "join" => (Word::Join, reach()),
            "visit" => (Word::Visit, reach()),
            "try" => (Word::Try, to(Kind::Pricing).or(to(Kind::Steps)).or(reach())),
            "prices" => (Word::SeePrices, to(Kind::Pricing).or(reach())),
            "work" => (Word::SeeWork, to(Kind::Gallery)),
            _ => (Word::GetInTouch, reach()),
        };
        let more = [Kind::About, Kind::Features, Kind::Notes, Kind::Faq];
        let others = [
            (Word::SeeSchedule, to(Kind::Schedule)),
            (Word::SeePrices, to(Kind::Pricing)),
            (Word::GetInTouch, self.reach.clone()),
            (Word::SeeMore, more.into_iter().find_map(to)),
        ];
        let mut actions: Vec<Action> = Vec::new();
        for (word, link) in std::iter::once(first).chain(others) {
            if let Some(link) = link
                && actions.len() < 2
                && !actions.iter().any(|action| action.link == link)
            {
                let label = word.text(language).to_owned();
                actions.push(Action { label, link });
            }
        }
        actions
    }
}
