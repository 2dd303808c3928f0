//! What is asked in the measurements: a preset of about 600 tokens, a schema and its grammar, options.

use protocol::{Constraint, Message, Role};
use serde_json::json;

/// Worked examples of the preset: a line, its account, its payee.
const EXAMPLES: [(&str, &str, &str); 20] = [
    (
        "Lunch with a client at the harbour grill",
        "meals",
        "Harbour Grill",
    ),
    (
        "Two monitors for the drawing office",
        "equipment",
        "Lumen Displays",
    ),
    ("Monthly rent of the workshop", "rent", "Oakfield Estates"),
    (
        "Train to the fair and back, second class",
        "travel",
        "National Rail",
    ),
    (
        "Ink, paper and envelopes",
        "office supplies",
        "Paper & Post",
    ),
    (
        "Electricity for the second quarter",
        "utilities",
        "North Grid",
    ),
    (
        "Renewal of the drawing program, one year",
        "software",
        "Plumb Line",
    ),
    ("Courier to the notary", "postage", "Swift Wheels"),
    (
        "Advice on the lease of the new hall",
        "legal",
        "Brandt and Daughters",
    ),
    ("Flowers for the opening", "gifts", "Green Corner"),
    (
        "Parking near the court, three hours",
        "travel",
        "City Parking",
    ),
    ("Insurance of the van", "insurance", "Anchor Mutual"),
    ("Repair of the coffee machine", "maintenance", "Steam & Son"),
    (
        "Advertisement in the Saturday paper",
        "advertising",
        "The Morning Post",
    ),
    (
        "Interest on the loan for the press",
        "interest",
        "Savings Bank",
    ),
    (
        "Course on fire safety for four people",
        "training",
        "Safe House",
    ),
    (
        "Cleaning of the hall after the fair",
        "cleaning",
        "Bright & Early",
    ),
    (
        "Fees for the account, first quarter",
        "bank charges",
        "Savings Bank",
    ),
    (
        "Oak boards for the shelves of the shop",
        "materials",
        "Hollow Tree Timber",
    ),
    (
        "Telephone and line of the office in March",
        "telephone",
        "Clear Line",
    ),
];

/// A preset like that of an assistant: instructions and worked examples, about 600 tokens. The mark
/// makes it another preset than every one before.
pub fn preset(mark: usize) -> Message {
    let mut text = format!(
        "Sheet {mark}. You sort the receipts of a small company. Every receipt is one line of text; \
         the answer names the account, the payee and one word that says why. Follow the examples.\n"
    );
    for (line, account, payee) in EXAMPLES {
        text.push_str(&format!(
            "Receipt: {line}\nAccount: {account}\nPayee: {payee}\nWhy: the text says so\n"
        ));
    }
    Message {
        role: Role::System,
        text,
    }
}

/// The person's own thirty tokens.
pub fn question(number: usize) -> Message {
    let lines = [
        "Receipt: Dinner with the architects after the site visit on Monday, three people, paid by \
         card, with a tip of four euros",
        "Receipt: New tyres for the delivery van, fitted at the garage near the station, with the \
         old ones taken away",
        "Receipt: Hosting of the web shop for March and April, paid in advance by card, with a \
         discount for two months",
    ];
    Message {
        role: Role::User,
        text: lines[number % lines.len()].to_owned(),
    }
}

/// Something to write at length about.
pub fn essay() -> Vec<Message> {
    vec![Message {
        role: Role::User,
        text: "Write a letter to a customer about a late delivery of garden furniture, in four \
               paragraphs, polite and plain."
            .to_owned(),
    }]
}

/// A form of about 300 tokens.
pub fn form() -> Vec<Message> {
    vec![Message {
        role: Role::User,
        text:
            "An order from a garden shop: six items with a name, a category, a quantity, a price \
               and whether it is in stock. Answer in compact JSON."
                .to_owned(),
    }]
}

/// Items of the form. The repetition is fixed, so that both constraints ask for the same.
const ITEMS: usize = 6;

/// The form as a JSON Schema.
pub fn schema() -> Constraint {
    let item = json!({
        "type": "object", "additionalProperties": false,
        "required": ["item_name", "category", "quantity", "unit_price", "is_in_stock", "delivery_method"],
        "properties": {
            "item_name": {"type": "string", "maxLength": 40},
            "category": {"enum": ["garden furniture", "tools and machines", "plants and seeds"]},
            "quantity": {"type": "integer", "minimum": 1, "maximum": 999},
            "unit_price": {"type": "integer", "minimum": 1, "maximum": 9999},
            "is_in_stock": {"type": "boolean"},
            "delivery_method": {"enum": ["collected at the shop", "delivered to the house"]}
        }
    });
    Constraint::JsonSchema(json!({
        "type": "object", "additionalProperties": false, "required": ["order_items"],
        "properties": {"order_items": {
            "type": "array", "minItems": ITEMS, "maxItems": ITEMS, "items": item
        }}
    }))
}

/// The same form in llama.cpp's own notation.
pub fn grammar() -> String {
    let items = ["item"; ITEMS].join(" \",\" ");
    format!(
        r#"root ::= "{{\"order_items\":[" {items} "]}}"
item ::= "{{\"item_name\":" text ",\"category\":" category ",\"quantity\":" number ",\"unit_price\":" number ",\"is_in_stock\":" truth ",\"delivery_method\":" delivery "}}"
text ::= "\"" char{{0,40}} "\""
char ::= [^"\\\x00-\x1F]
category ::= "\"garden furniture\"" | "\"tools and machines\"" | "\"plants and seeds\""
number ::= [1-9] [0-9]{{0,3}}
truth ::= "true" | "false"
delivery ::= "\"collected at the shop\"" | "\"delivered to the house\""
"#
    )
}

/// Twenty options of up to six tokens.
pub fn options() -> Vec<String> {
    let names = [
        "meals",
        "equipment",
        "rent",
        "travel",
        "office supplies",
        "utilities",
        "software",
        "postage",
        "legal advice",
        "gifts to customers",
        "insurance",
        "maintenance and repair",
        "advertising",
        "interest on loans",
        "training",
        "bank charges",
        "wages",
        "taxes",
        "cleaning",
        "raw materials",
    ];
    names.map(str::to_owned).to_vec()
}
