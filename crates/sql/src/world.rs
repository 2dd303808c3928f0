//! What countries, continents and languages are called: in English, in Chinese, and by code.
//!
//! "How many customers are German" and "德国客户有多少" ask for rows where the data says `DE`,
//! `Germany` or `GER`. These names are the same for everybody, so code knows them, and a model that
//! is told which of them the data uses need not guess.

/// Names of the same thing, between bars. Of a country first the name, then who or what comes from
/// there, then codes.
const SAME: &[&str] = &[
    "United States|USA|US|U.S.|U.S.A.|United States of America|American|美国|美國",
    "United Kingdom|UK|GB|GBR|U.K.|Great Britain|Britain|British|英国|英國",
    "Germany|German|DE|DEU|GER|德国|德國",
    "France|FR|FRA|法国|法國",
    "Italy|Italian|IT|ITA|意大利|義大利",
    "Spain|ES|ESP|西班牙",
    "Portugal|PT|PRT|葡萄牙",
    "Netherlands|The Netherlands|Holland|NL|NLD|荷兰|荷蘭",
    "Belgium|Belgian|BE|BEL|比利时|比利時",
    "Switzerland|Swiss|CH|CHE|瑞士",
    "Austria|Austrian|AT|AUT|奥地利|奧地利",
    "Sweden|Swedish|SE|SWE|瑞典",
    "Norway|Norwegian|NO|NOR|挪威",
    "Denmark|Danish|DK|DNK|丹麦|丹麥",
    "Finland|Finnish|FI|FIN|芬兰|芬蘭",
    "Ireland|Irish|IE|IRL|爱尔兰|愛爾蘭",
    "Poland|Polish|PL|POL|波兰|波蘭",
    "Czech Republic|Czechia|Czech|CZ|CZE|捷克",
    "Hungary|Hungarian|HU|HUN|匈牙利",
    "Greece|Greek|GR|GRC|希腊|希臘",
    "Turkey|Türkiye|Turkish|TR|TUR|土耳其",
    "Russia|Russian Federation|RU|RUS|俄罗斯|俄羅斯|俄国|俄國",
    "Ukraine|Ukrainian|UA|UKR|乌克兰|烏克蘭",
    "China|People's Republic of China|CN|CHN|PRC|中国|中國",
    "Taiwan|TW|TWN|台湾|台灣|臺灣",
    "Hong Kong|HK|HKG|香港",
    "Japan|JP|JPN|日本",
    "South Korea|Korea|KR|KOR|韩国|韓國|南韓",
    "North Korea|KP|PRK|朝鲜|北韓",
    "India|Indian|IN|IND|印度",
    "Indonesia|Indonesian|ID|IDN|印度尼西亚|印尼",
    "Singapore|SG|SGP|新加坡",
    "Malaysia|MY|MYS|马来西亚|馬來西亞",
    "Thailand|TH|THA|泰国|泰國",
    "Vietnam|Viet Nam|VN|VNM|越南",
    "Philippines|The Philippines|PH|PHL|菲律宾|菲律賓",
    "Australia|Australian|AU|AUS|澳大利亚|澳洲|澳大利亞",
    "New Zealand|NZ|NZL|新西兰|紐西蘭",
    "Canada|Canadian|CA|CAN|加拿大",
    "Mexico|Mexican|MX|MEX|墨西哥",
    "Brazil|Brazilian|BR|BRA|巴西",
    "Argentina|Argentine|AR|ARG|阿根廷",
    "Chile|Chilean|CL|CHL|智利",
    "Colombia|Colombian|CO|COL|哥伦比亚|哥倫比亞",
    "Peru|Peruvian|PE|PER|秘鲁|秘魯",
    "Egypt|Egyptian|EG|EGY|埃及",
    "South Africa|South African|ZA|ZAF|南非",
    "Nigeria|Nigerian|NG|NGA|尼日利亚|奈及利亞",
    "Israel|Israeli|IL|ISR|以色列",
    "Saudi Arabia|SA|SAU|沙特阿拉伯|沙烏地阿拉伯",
    "United Arab Emirates|UAE|AE|ARE|阿联酋|阿聯",
    "Iran|IR|IRN|伊朗",
    "Iraq|IQ|IRQ|伊拉克",
    "Afghanistan|AF|AFG|阿富汗",
    "Pakistan|PK|PAK|巴基斯坦",
    "Aruba|AW|ABW|阿鲁巴",
    "Cuba|Cuban|CU|CUB|古巴",
    "Angola|AO|AGO|安哥拉",
    "Anguilla|AI|AIA|安圭拉",
    "Europe|European|EU|欧洲|歐洲",
    "Asia|Asian|亚洲|亞洲",
    "Africa|African|非洲",
    "North America|北美洲|北美",
    "South America|南美洲|南美",
    "Oceania|大洋洲",
    "Antarctica|南极洲|南極洲",
    "English|英语|英文|英語",
    "French|法语|法文|法語",
    "Spanish|西班牙语|西班牙文|西班牙語",
    "Portuguese|葡萄牙语|葡萄牙文|葡萄牙語",
    "Dutch|荷兰语|荷蘭語|荷兰文",
    "Chinese|Mandarin|中文|汉语|漢語|华语|華語",
    "Arabic|阿拉伯语|阿拉伯文|阿拉伯語",
    "Russian|俄语|俄文|俄語",
    "Japanese|日语|日文|日語",
    "Korean|韩语|韓語|韩文|韓文",
    "German|德语|德文|德語",
    "Italian|意大利语|義大利語",
    "Hindi|印地语|印地語",
];

/// Codes are this short; they are only meant where many of a column's values are such.
const CODE: usize = 3;

/// What a question names, with everything that is the same.
pub struct Named {
    /// As the question says it.
    pub said: &'static str,
    /// Everything that the data may say.
    pub same: Vec<&'static str>,
}

/// Countries, continents and languages in a question.
pub fn named(question: &str) -> Vec<Named> {
    let groups = SAME.iter().filter_map(|line| {
        let names: Vec<&'static str> = line.split('|').collect();
        let said = names.iter().copied().find(|name| is_said(question, name))?;
        Some(Named { said, same: names })
    });
    groups.collect()
}

/// Whether a value is a code of some country.
pub fn is_code(value: &str) -> bool {
    value.len() <= CODE
        && SAME
            .iter()
            .any(|line| line.split('|').any(|name| name.eq_ignore_ascii_case(value)))
}

/// Whether a name is so short that it may be many other things.
pub fn is_short(name: &str) -> bool {
    name.is_ascii() && name.len() <= CODE
}

fn is_said(question: &str, name: &str) -> bool {
    if !name.is_ascii() {
        return question.contains(name);
    }
    // "us", "in" and "it" are words; the codes are written in capitals.
    let (text, wanted) = match is_short(name) {
        true => (question.to_owned(), name.to_owned()),
        false => (question.to_lowercase(), name.to_lowercase()),
    };
    let is_edge =
        |letter: Option<char>| !letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
    text.match_indices(&wanted).any(|(place, _)| {
        is_edge(text[..place].chars().next_back())
            && is_edge(text[place + wanted.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(question: &str, expected: &[&str]) {
        let said: Vec<&str> = named(question).iter().map(|one| one.said).collect();
        assert_eq!(said, expected, "{question}");
    }

    #[test]
    fn names_are_found_in_questions() {
        check(
            "How many customers in the United States?",
            &["United States"],
        );
        check("Let us see what is in it", &[]);
        check("Sales in the US", &["US"]);
        check("德国客户有多少？", &["德国"]);
        check("会说法语的国家在欧洲吗", &["欧洲", "法语"]);
        check("Germanys", &[]);
        assert!(named("德国").iter().all(|one| one.same.contains(&"DE")));
        assert!(is_code("de") && !is_code("xx") && !is_code("Germany"));
    }
}
