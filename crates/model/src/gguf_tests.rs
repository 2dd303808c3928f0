//! Headers that are whole, cut, of something else, or garbage.

use super::*;

fn string(text: &str) -> Vec<u8> {
    [&(text.len() as u64).to_le_bytes(), text.as_bytes()].concat()
}

/// Some facts, an array, and 64 numbers of which 32 take 18 bytes.
fn whole() -> Vec<u8> {
    let mut file = b"GGUF\x03\0\0\0".to_vec();
    file.extend(1_u64.to_le_bytes());
    file.extend(4_u64.to_le_bytes());
    for (key, text) in [("general.architecture", "toy"), ("general.name", "Toy 1")] {
        file.extend([string(key), STRING.to_le_bytes().to_vec(), string(text)].concat());
    }
    file.extend([string("toy.context_length"), U32.to_le_bytes().to_vec()].concat());
    file.extend(2048_u32.to_le_bytes());
    file.extend([string("words"), ARRAY.to_le_bytes().to_vec()].concat());
    file.extend([&STRING.to_le_bytes()[..], &2_u64.to_le_bytes()].concat());
    file.extend([string("a"), string("b")].concat());
    file.extend([string("weights"), 1_u32.to_le_bytes().to_vec()].concat());
    file.extend([64_u64.to_le_bytes().to_vec(), 2_u32.to_le_bytes().to_vec()].concat());
    file.extend(0_u64.to_le_bytes());
    file.resize(file.len().next_multiple_of(32) + 36, 7);
    file
}

fn read_bytes(bytes: &[u8]) -> Result<Header, Damage> {
    read(std::io::Cursor::new(bytes), bytes.len() as u64)
}

#[test]
fn a_whole_header_tells_what_it_is() {
    let expected = Header {
        architecture: "toy".to_owned(),
        context: 2048,
    };
    assert_eq!(read_bytes(&whole()).unwrap(), expected);
}

#[test]
fn a_file_cut_anywhere_is_short_to_its_last_byte() {
    let file = whole();
    for length in 4..file.len() {
        let read = read_bytes(&file[..length]);
        assert!(matches!(read, Err(Damage::Short { .. })), "cut at {length}");
    }
}

#[test]
fn other_files_are_named_as_such() {
    for other in [&b"<!DOCTYPE html>"[..], b"hello", b"", b"GG"] {
        assert!(matches!(read_bytes(other), Err(Damage::Other)));
    }
    let old = b"GGUF\x01\0\0\0";
    assert!(matches!(read_bytes(old), Err(Damage::Version(1))));
}

/// No garbage may panic, loop for ever or reserve memory for what it claims to hold.
#[test]
fn garbage_after_the_magic_is_survived() {
    let mut state = 1_u64;
    for _ in 0..2000 {
        let mut file = whole();
        for _ in 0..8 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let place = 8 + usize::try_from(state >> 33).unwrap() % (file.len() - 8);
            file[place] ^= (state >> 20) as u8 | 1;
        }
        let _ = read_bytes(&file);
    }
}
