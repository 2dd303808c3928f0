//! What is said in each language, and what is understood.

use serde_json::json;

use super::*;
use crate::remote::Service;
use crate::remote::answer::{End, Tokens};
use crate::{Constraint, Sampling};

fn message(role: Role, text: &str) -> Message {
    Message {
        role,
        text: text.to_owned(),
    }
}

fn prompt(constraint: Option<Constraint>) -> Prompt {
    Prompt {
        messages: vec![
            message(Role::System, "Be brief."),
            message(Role::User, "Hi"),
        ],
        preset: 1,
        lead: 0,
        opening: String::new(),
        max_tokens: 50,
        sampling: Sampling {
            temperature: 0.7,
            top_p: 0.9,
            seed: 7,
            repeat_penalty: 1.1,
        },
        stop: vec!["\n".to_owned(), "END".to_owned()],
        constraint,
        adapter: None,
    }
}

fn asked(kind: Kind, prompt: &Prompt, change: impl Fn(&mut Allows)) -> Ask {
    let form = Form::new(prompt.constraint.as_ref()).unwrap();
    let mut allows = Allows::of(&Service::new("test", kind));
    change(&mut allows);
    ask(
        kind,
        &Question {
            model: "m",
            prompt,
            form: &form,
            allows,
            scores: false,
        },
    )
}

/// The path and the body of the same question in one language.
fn check_question(kind: Kind, path: &str, body: Value) {
    let ask = asked(kind, &prompt(None), |_| {});
    assert_eq!(
        (ask.path.as_str(), ask.body),
        (path, Some(body)),
        "{kind:?}"
    );
}

#[test]
fn a_question_is_put_in_the_languages_of_openai_and_ollama() {
    let messages =
        json!([{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}]);
    check_question(
        Kind::OpenAi,
        "chat/completions",
        json!({
            "model": "m", "messages": messages, "stream": true, "max_completion_tokens": 50,
            "stream_options": {"include_usage": true},
            "temperature": 0.7, "top_p": 0.9, "seed": 7, "stop": ["END"],
        }),
    );
    check_question(
        Kind::Responses,
        "responses",
        json!({
            "model": "m", "input": messages, "stream": true, "store": false, "max_output_tokens": 50,
            "temperature": 0.7, "top_p": 0.9,
        }),
    );
    check_question(
        Kind::Ollama,
        "api/chat",
        json!({
            "model": "m", "messages": messages, "stream": true,
            "options": {
                "num_predict": 50, "repeat_penalty": 1.1, "temperature": 0.7, "top_p": 0.9, "seed": 7, "stop": ["END"],
            },
        }),
    );
}

#[test]
fn a_question_is_put_in_the_languages_of_anthropic_and_gemini() {
    check_question(
        Kind::Anthropic,
        "messages",
        json!({
            "model": "m", "messages": [{"role": "user", "content": "Hi"}], "max_tokens": 50, "stream": true,
            "system": [{"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}}],
            "temperature": 0.7, "top_p": 0.9, "stop_sequences": ["END"],
        }),
    );
    check_question(
        Kind::Gemini,
        "models/m:streamGenerateContent?alt=sse",
        json!({
            "contents": [{"role": "user", "parts": [{"text": "Hi"}]}],
            "systemInstruction": {"parts": [{"text": "Be brief."}]},
            "generationConfig": {
                "maxOutputTokens": 50, "temperature": 0.7, "topP": 0.9, "seed": 7, "stopSequences": ["END"],
            },
        }),
    );
}

#[test]
fn a_schema_goes_where_each_language_has_it() {
    let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": false});
    let prompt = prompt(Some(Constraint::JsonSchema(schema.clone())));
    for (kind, place, expected) in [
        (
            Kind::OpenAi,
            "/response_format/json_schema/schema",
            schema.clone(),
        ),
        (
            Kind::OpenAi,
            "/response_format/json_schema/strict",
            json!(true),
        ),
        (Kind::Responses, "/text/format/schema", schema.clone()),
        (Kind::Anthropic, "/tools/0/input_schema", schema.clone()),
        (Kind::Anthropic, "/tool_choice/type", json!("tool")),
        (
            Kind::Gemini,
            "/generationConfig/responseJsonSchema",
            schema.clone(),
        ),
        (Kind::Ollama, "/format", schema.clone()),
    ] {
        let body = asked(kind, &prompt, |_| {}).body.unwrap();
        assert_eq!(body.pointer(place), Some(&expected), "{kind:?} {place}");
        let body = asked(kind, &prompt, |allows| allows.means = Means::Words)
            .body
            .unwrap();
        assert_eq!(body.pointer(place), None, "{kind:?} {place}");
        assert!(body.to_string().contains("JSON Schema"), "{kind:?}");
    }
    for (kind, place, expected) in [
        (Kind::OpenAi, "/response_format/type", json!("json_object")),
        (Kind::Responses, "/text/format/type", json!("json_object")),
        (
            Kind::Gemini,
            "/generationConfig/responseMimeType",
            json!("application/json"),
        ),
        (Kind::Ollama, "/format", json!("json")),
    ] {
        let body = asked(kind, &prompt, |allows| allows.means = Means::Json)
            .body
            .unwrap();
        assert_eq!(body.pointer(place), Some(&expected), "{kind:?} {place}");
    }
}

#[test]
fn only_schemas_that_name_everything_are_asked_for_strictly() {
    for (schema, expected) in [
        (
            json!({"type": "object", "properties": {"a": {}}, "required": ["a"], "additionalProperties": false}),
            true,
        ),
        (
            json!({"type": "object", "properties": {"a": {}}, "required": [], "additionalProperties": false}),
            false,
        ),
        (
            json!({"type": "object", "properties": {"a": {}}, "required": ["a"]}),
            false,
        ),
        (json!({"type": "object"}), false),
        (json!({"type": "array", "items": {"type": "string"}}), true),
    ] {
        assert_eq!(openai::is_strict(&schema), expected, "{schema}");
    }
}

#[test]
fn a_long_prompt_asks_ollama_for_a_larger_window() {
    let mut prompt = prompt(None);
    let window = |prompt: &Prompt| {
        asked(Kind::Ollama, prompt, |_| {}).body.unwrap()["options"]["num_ctx"].clone()
    };
    assert_eq!(window(&prompt), Value::Null);
    prompt.messages[0].text = "x".repeat(30_000);
    assert_eq!(window(&prompt), json!(16_384));
}

#[test]
fn an_opening_is_asked_for_in_words_and_then_stop_texts_stay_here() {
    let mut prompt = prompt(None);
    prompt.opening = "```sql\n".to_owned();
    let body = asked(Kind::OpenAi, &prompt, |_| {}).body.unwrap();
    let said = body["messages"][1]["content"].as_str().unwrap();
    assert_eq!(said, "Hi\n\nBegin the answer with exactly this:\n```sql");
    assert_eq!(body.get("stop"), None);
}

#[test]
fn a_conversation_of_instructions_alone_still_has_a_speaker() {
    let mut prompt = prompt(None);
    prompt.messages.truncate(1);
    for (kind, place) in [
        (Kind::Anthropic, "/messages/0/role"),
        (Kind::Gemini, "/contents/0/role"),
    ] {
        let body = asked(kind, &prompt, |_| {}).body.unwrap();
        assert_eq!(body.pointer(place), Some(&json!("user")), "{kind:?}");
    }
}

fn text(text: &str) -> Delta {
    Delta::Text(text.to_owned())
}

fn usage(prompt: u64, cached: Option<u64>, output: u64) -> Delta {
    Delta::Usage(Tokens {
        prompt: Some(prompt),
        cached,
        output: Some(output),
    })
}

/// What one text of an answer means.
fn check(kind: Kind, came: &Value, expected: &[Delta]) {
    let deltas = read(kind, &Text::Part(came.to_string()), false);
    assert_eq!(deltas.as_deref(), Ok(expected), "{kind:?} {came}");
}

/// As [`check`], for a stream in OpenAI's style with one choice.
fn check_choice(choice: &Value, expected: &[Delta]) {
    check(
        Kind::OpenAi,
        &json!({"choices": [choice], "usage": null}),
        expected,
    );
}

#[test]
fn openai_is_understood_with_its_imitators() {
    let declined = Delta::End(End::Declined("its filter stopped the answer".to_owned()));
    let parts = json!([{"type": "thinking", "thinking": []}, {"type": "text", "text": "b"}]);
    check_choice(
        &json!({"delta": {"content": "a"}, "finish_reason": null}),
        &[text("a")],
    );
    check_choice(
        &json!({"delta": {"content": null, "reasoning_content": "hm"}}),
        &[],
    );
    check_choice(&json!({"delta": {"content": parts}}), &[text("b")]);
    check_choice(&json!({"index": 1, "delta": {"content": "other"}}), &[]);
    check_choice(
        &json!({"delta": {}, "finish_reason": "length"}),
        &[Delta::End(End::Length)],
    );
    check_choice(
        &json!({"delta": {}, "finish_reason": "tool_calls"}),
        &[Delta::End(End::Stop)],
    );
    check_choice(
        &json!({"delta": {}, "finish_reason": "content_filter"}),
        &[declined],
    );
    check_choice(
        &json!({"delta": {"refusal": "no"}}),
        &[Delta::Refusal("no".to_owned())],
    );
    check_choice(
        &json!({"message": {"content": "whole"}, "finish_reason": "stop"}),
        &[text("whole"), Delta::End(End::Stop)],
    );
    let places =
        json!({"content": [{"token": "A", "top_logprobs": [{"token": "A", "logprob": -0.5}]}]});
    check_choice(
        &json!({"delta": {"content": "A"}, "logprobs": places}),
        &[Delta::Scores(vec![("A".to_owned(), -0.5)]), text("A")],
    );
    check(Kind::OpenAi, &json!({}), &[]);
}

#[test]
fn cached_tokens_are_found_where_services_tell_them() {
    for cached in [
        json!({"prompt_tokens_details": {"cached_tokens": 8}}),
        json!({"prompt_cache_hit_tokens": 8}),
    ] {
        let mut counts = json!({"prompt_tokens": 9, "completion_tokens": 3});
        counts
            .as_object_mut()
            .unwrap()
            .extend(cached.as_object().unwrap().clone());
        check(
            Kind::OpenAi,
            &json!({"choices": [], "usage": counts}),
            &[usage(9, Some(8), 3)],
        );
    }
}

#[test]
fn anthropic_and_responses_are_understood() {
    let kind = Kind::Anthropic;
    let counts = json!({
        "input_tokens": 5, "cache_read_input_tokens": 90, "cache_creation_input_tokens": 4, "output_tokens": 1,
    });
    let part = |delta: Value| json!({"type": "content_block_delta", "delta": delta});
    let start = json!({"type": "message_start", "message": {"usage": counts}});
    check(kind, &start, &[usage(99, Some(90), 1)]);
    check(kind, &json!({"type": "ping"}), &[]);
    check(
        kind,
        &part(json!({"type": "text_delta", "text": "a"})),
        &[text("a")],
    );
    check(
        kind,
        &part(json!({"type": "thinking_delta", "thinking": "hm"})),
        &[],
    );
    let end = json!({"type": "message_delta", "delta": {"stop_reason": "max_tokens"}});
    check(kind, &end, &[Delta::End(End::Length)]);
    check(kind, &json!({"type": "message_stop"}), &[Delta::Close]);

    let kind = Kind::Responses;
    check(
        kind,
        &json!({"type": "response.output_text.delta", "delta": "a"}),
        &[text("a")],
    );
    check(
        kind,
        &json!({"type": "response.reasoning_text.delta", "delta": "hm"}),
        &[],
    );
    let end = json!({"type": "response.incomplete", "response": {
        "status": "incomplete",
        "incomplete_details": {"reason": "max_output_tokens"},
        "usage": {"input_tokens": 9, "output_tokens": 3},
    }});
    check(kind, &end, &[usage(9, None, 3), Delta::End(End::Length)]);
}

#[test]
fn gemini_and_ollama_are_understood() {
    let kind = Kind::Gemini;
    let declined = |why: &str| Delta::End(End::Declined(why.to_owned()));
    let parts = json!({"parts": [{"text": "hm", "thought": true}, {"text": "a"}]});
    let counts = json!({
        "promptTokenCount": 9, "cachedContentTokenCount": 2, "candidatesTokenCount": 3, "thoughtsTokenCount": 4,
    });
    let cut = json!({"candidates": [{"content": parts, "finishReason": "MAX_TOKENS"}], "usageMetadata": counts});
    check(
        kind,
        &cut,
        &[text("a"), Delta::End(End::Length), usage(9, Some(2), 7)],
    );
    check(
        kind,
        &json!({"candidates": [{"finishReason": "SAFETY"}]}),
        &[declined("SAFETY")],
    );
    let blocked = json!({"promptFeedback": {"blockReason": "OTHER"}});
    check(kind, &blocked, &[declined("the prompt is blocked: OTHER")]);
    // Without its query for events it sends all of them in a list.
    let first = json!({"candidates": [{"content": {"parts": [{"text": "a"}]}}]});
    let list = json!([first, {"candidates": [{"finishReason": "STOP"}]}]);
    check(kind, &list, &[text("a"), Delta::End(End::Stop)]);

    let kind = Kind::Ollama;
    check(
        kind,
        &json!({"message": {"content": "a"}, "done": false}),
        &[text("a")],
    );
    let last = json!({
        "message": {"content": ""}, "done": true, "done_reason": "length", "prompt_eval_count": 9, "eval_count": 3,
    });
    check(
        kind,
        &last,
        &[
            text(""),
            usage(9, None, 3),
            Delta::End(End::Length),
            Delta::Close,
        ],
    );
}

#[test]
fn errors_inside_answers_are_found_in_every_language() {
    let fault = |status, detail: &str| Delta::Fault {
        status,
        detail: detail.to_owned(),
    };
    for (kind, came, expected) in [
        (
            Kind::OpenAi,
            json!({"error": {"message": "Busy", "code": 503}}),
            fault(503, "Busy"),
        ),
        (
            Kind::Anthropic,
            json!({"type": "error", "error": {"type": "overloaded_error", "message": "Busy"}}),
            fault(529, "Busy (overloaded_error)"),
        ),
        (
            Kind::Gemini,
            json!({"error": {"code": 429, "message": "Busy", "status": "RESOURCE_EXHAUSTED"}}),
            fault(429, "Busy"),
        ),
        (
            Kind::Ollama,
            json!({"error": "out of memory"}),
            fault(200, "out of memory"),
        ),
        (
            Kind::Responses,
            json!({"type": "error", "code": "server_error", "message": "Busy"}),
            fault(500, "Busy (server_error)"),
        ),
        (
            Kind::Responses,
            json!({"type": "response.failed", "response": {"status": "failed", "error": {"code": "server_error", "message": "Busy"}}}),
            fault(500, "Busy (server_error)"),
        ),
    ] {
        check(kind, &came, &[expected]);
    }
}

#[test]
fn what_is_no_answer_is_told_without_repeating_it() {
    for (came, expected) in [
        ("{\"choices\": [", "it is no JSON, in line 1"),
        (
            "<!doctype html><title>Sign in</title>",
            "it sent a web page, \"Sign in\"",
        ),
        (r#"{"choices": "secret"}"#, "it is JSON of another shape"),
        (
            r#"{"choices": [{"delta": {"content": 7}}]}"#,
            "it is JSON of another shape",
        ),
    ] {
        let error = read(Kind::OpenAi, &Text::Part(came.to_owned()), false).unwrap_err();
        assert!(error.starts_with(expected), "{error}");
    }
    assert_eq!(
        read(Kind::OpenAi, &Text::Part(" [DONE]".to_owned()), false),
        Ok(vec![Delta::Close])
    );
}

#[test]
fn lists_of_models_are_read_in_every_shape() {
    for list in [
        json!({"object": "list", "data": [{"id": "a"}, {"id": "b"}]}),
        json!({"models": [{"name": "models/a"}, {"name": "models/b"}]}),
        json!({"models": [{"name": "a", "model": "a"}, {"name": "b", "model": "b"}]}),
        json!([{"id": "a"}, {"id": "b"}]),
    ] {
        assert_eq!(
            names(&list),
            Some(vec!["a".to_owned(), "b".to_owned()]),
            "{list}"
        );
    }
    assert_eq!(names(&json!({"ok": true})), None);
}
