//! What a run made, in blocks.

use assistant::Artifact;
use assistant::artifact::{
    BooksResult, Cell, ChessResult, ChessScore, CodeResult, CommandResult, CssResult,
    EquationResult, Finding, PageResult, QueryResult, Statement, TextResult,
};

use super::RunWords;
use crate::document::{Block, Grid};

/// What a run made, as a document tells it.
#[must_use]
pub fn answer(artifact: &Artifact, words: &RunWords) -> Vec<Block> {
    let (is_draft, mut blocks) = match artifact {
        Artifact::Query(query) => (query.draft, of_query(query, words)),
        Artifact::Page(page) => (page.draft, of_page(page, words)),
        Artifact::Css(css) => (css.draft, of_css(css)),
        Artifact::Books(books) => (books.draft, of_books(books, words)),
        Artifact::Chess(advice) => (advice.draft, of_chess(advice, words)),
        Artifact::Code(program) => (program.draft, of_code(program)),
        Artifact::Command(command) => (command.draft, of_command(command, words)),
        Artifact::Equation(equation) => (equation.draft, of_equation(equation, words)),
        Artifact::Text(text) => (text.draft, of_text(text)),
    };
    if is_draft {
        blocks.insert(0, Block::Note(words.draft.to_owned()));
    }
    blocks
}

fn owned<const N: usize>(names: [&str; N]) -> Vec<String> {
    names.map(str::to_owned).to_vec()
}

fn code(language: &str, text: &str) -> Block {
    Block::Code {
        language: language.to_owned(),
        text: text.to_owned(),
    }
}

fn of_query(query: &QueryResult, words: &RunWords) -> Vec<Block> {
    let mut blocks = Vec::new();
    blocks.extend(query.headline.clone().map(Block::Text));
    if !query.columns.is_empty() {
        let rows = query.rows.iter().map(|row| row.iter().map(shown).collect());
        blocks.push(Block::Table(Grid::new(
            query.columns.clone(),
            rows.collect(),
        )));
    }
    if query.truncated {
        blocks.push(Block::Note(words.truncated.to_owned()));
    }
    blocks.extend(query.explanation.clone().map(Block::Text));
    blocks.push(code("sql", &query.sql));
    blocks
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Null => "NULL".to_owned(),
        other => crate::plain(other),
    }
}

fn of_page(page: &PageResult, words: &RunWords) -> Vec<Block> {
    let mut blocks = vec![
        Block::Text(page.title.clone()),
        Block::Note(words.page_elsewhere.to_owned()),
    ];
    let sections: Vec<String> = page
        .sections
        .iter()
        .map(|section| section.kind.clone())
        .collect();
    if !sections.is_empty() {
        blocks.push(Block::Facts(vec![(
            words.sections.to_owned(),
            sections.join(", "),
        )]));
    }
    blocks
}

fn of_css(css: &CssResult) -> Vec<Block> {
    let mut blocks = vec![code("css", &css.css)];
    blocks.extend(css.support.clone().map(Block::Text));
    blocks
}

fn of_books(books: &BooksResult, words: &RunWords) -> Vec<Block> {
    let mut rows = Vec::new();
    for entry in &books.entries {
        let what = [entry.counterparty.as_str(), entry.description.as_str()];
        let what: Vec<&str> = what.into_iter().filter(|text| !text.is_empty()).collect();
        for (place, posting) in entry.postings.iter().enumerate() {
            let is_first = place == 0;
            rows.push(vec![
                if is_first {
                    entry.date.clone()
                } else {
                    String::new()
                },
                if is_first {
                    what.join(": ")
                } else {
                    String::new()
                },
                posting.account.clone(),
                posting.amount.clone(),
                posting.currency.clone(),
            ]);
        }
    }
    let columns = [
        words.date,
        words.description,
        words.account,
        words.amount,
        words.currency,
    ];
    let mut blocks = vec![Block::Table(Grid::new(owned(columns), rows))];
    if !books.unresolved.is_empty() {
        let left = books.unresolved.iter();
        let left = left.map(|piece| vec![piece.source.clone(), piece.reason.clone()]);
        blocks.push(Block::Table(Grid::new(
            owned([words.unresolved, words.reason]),
            left.collect(),
        )));
    }
    for statement in books.statements.values() {
        blocks.push(Block::Heading(statement.title.clone()));
        blocks.push(Block::Table(of_statement(statement, words)));
    }
    blocks
}

fn of_statement(statement: &Statement, words: &RunWords) -> Grid {
    let mut columns = owned([words.account, words.currency]);
    columns.extend(statement.columns.iter().cloned());
    let rows = statement.rows.iter().map(|row| {
        let indent = "\u{2003}".repeat(row.level.min(8) as usize);
        let mut cells = vec![format!("{indent}{}", row.label), row.currency.clone()];
        cells.extend(row.figures.iter().cloned());
        cells
    });
    Grid::new(columns, rows.collect())
}

fn of_chess(advice: &ChessResult, words: &RunWords) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut facts = Vec::new();
    if !advice.best.san.is_empty() {
        facts.push((words.best_move.to_owned(), advice.best.san.clone()));
    }
    facts.push((words.position.to_owned(), advice.fen.clone()));
    blocks.push(Block::Facts(facts));
    if !advice.explanation.is_empty() {
        blocks.push(Block::Text(advice.explanation.clone()));
    }
    if !advice.candidates.is_empty() {
        let rows = advice.candidates.iter().map(|candidate| {
            vec![
                candidate.san.clone(),
                score(candidate.score),
                candidate.line.join(" "),
            ]
        });
        blocks.push(Block::Table(Grid::new(
            owned([words.chess_move, words.score, words.line]),
            rows.collect(),
        )));
    }
    if let Some(habits) = &advice.habits {
        let themes = habits.themes.iter();
        let themes = themes.map(|theme| format!("{} × {}", theme.count, theme.title));
        blocks.push(Block::List(themes.collect()));
    }
    blocks
}

fn score(score: ChessScore) -> String {
    match score {
        ChessScore::Centipawns(value) => format!("{:+.2}", f64::from(value) / 100.0),
        ChessScore::Mate { mate } => format!("#{mate}"),
    }
}

fn of_code(program: &CodeResult) -> Vec<Block> {
    let mut blocks = Vec::new();
    blocks.extend(program.explanation.clone().map(Block::Text));
    if program.files.is_empty() {
        blocks.push(code(&program.language, &program.code));
    }
    for file in &program.files {
        blocks.push(Block::Heading(file.name.clone()));
        blocks.push(code(&file.language, &file.text));
    }
    blocks.extend(findings(&program.findings));
    blocks
}

fn findings(findings: &[Finding]) -> Option<Block> {
    if findings.is_empty() {
        return None;
    }
    let pairs = findings.iter();
    let pairs = pairs.map(|finding| (finding.name.clone(), finding.value.clone()));
    Some(Block::Facts(pairs.collect()))
}

fn of_command(command: &CommandResult, words: &RunWords) -> Vec<Block> {
    let mut blocks = vec![code(&command.shell, &command.command)];
    blocks.extend(command.warnings.iter().cloned().map(Block::Note));
    if !command.parts.is_empty() {
        let parts = command.parts.iter();
        let parts = parts.map(|part| vec![part.text.clone(), part.explanation.clone()]);
        blocks.push(Block::Table(Grid::new(
            owned([words.part, words.meaning]),
            parts.collect(),
        )));
    }
    blocks
}

fn of_equation(equation: &EquationResult, words: &RunWords) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !equation.svg.is_empty() {
        blocks.push(Block::Picture {
            svg: equation.svg.clone(),
            words: match equation.spoken.is_empty() {
                true => equation.latex.clone(),
                false => equation.spoken.clone(),
            },
        });
    }
    blocks.push(code("latex", &equation.latex));
    if !equation.spoken.is_empty() {
        blocks.push(Block::Facts(vec![(
            words.spoken.to_owned(),
            equation.spoken.clone(),
        )]));
    }
    blocks
}

fn of_text(text: &TextResult) -> Vec<Block> {
    let mut blocks = vec![Block::Text(text.text.clone())];
    if let [columns, rows @ ..] = text.table.as_slice() {
        blocks = vec![Block::Table(Grid::new(columns.clone(), rows.to_vec()))];
    }
    blocks.extend(findings(&text.findings));
    blocks
}
