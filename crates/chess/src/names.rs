//! Names of players as collections write them: `Carlsen, Magnus`, `Magnus Carlsen`, `Carlsen,M`.

/// Whether two names are one player's, as far as their letters tell.
#[must_use]
pub fn are_same(one: &str, two: &str) -> bool {
    let (one, two) = (words(one), words(two));
    if one.is_empty() || one.len() != two.len() {
        return false;
    }
    let mut left = two;
    let mut whole = false;
    for word in &one {
        let found = left
            .iter()
            .position(|other| other == word)
            .or_else(|| left.iter().position(|other| is_initial(word, other)));
        let Some(at) = found else { return false };
        whole |= left.remove(at) == *word;
    }
    // Initials alone name nobody.
    whole
}

fn words(name: &str) -> Vec<String> {
    name.to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn is_initial(one: &str, two: &str) -> bool {
    let (short, long) = match one.len() <= two.len() {
        true => (one, two),
        false => (two, one),
    };
    short.chars().count() == 1 && long.starts_with(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, two: &str, expected: bool) {
        assert_eq!(are_same(one, two), expected, "{one} and {two}");
        assert_eq!(are_same(two, one), expected, "{two} and {one}");
    }

    #[test]
    fn names_in_every_hand() {
        check("Carlsen, Magnus", "Magnus Carlsen", true);
        check("Carlsen,M", "magnus carlsen", true);
        check("night_owl", "Night_Owl", true);
        check("丁立人", "丁立人", true);
        check("Polgar, Judit", "Polgar, Susan", false);
        check("Polgar, J", "Polgar, Susan", false);
        check("M C", "Magnus Carlsen", false);
        check("anna", "annabel", false);
        check("?", "?", false);
        check("", "Anna", false);
    }
}
