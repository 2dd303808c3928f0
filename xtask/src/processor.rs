//! The instruction sets of this machine's processor, in the words of ggml's build options.
//!
//! What is shipped carries llama.cpp's kernels for every instruction set and chooses at run time.
//! That is fourteen builds of the same sources, a third of a clean build. On a machine that builds
//! for itself one will do, as fast as the best of the fourteen: the one for its own processor.
//!
//! Where that cannot be asked (any system but Linux, any processor but x86-64), [`options`] has
//! nothing to say and all kernels are built.

/// ggml's options, and the flags of the kernel's `/proc/cpuinfo` that must all be there.
const OPTIONS: [(&str, &[&str]); 11] = [
    ("GGML_SSE42", &["sse4_2"]),
    ("GGML_AVX", &["avx"]),
    ("GGML_F16C", &["f16c"]),
    ("GGML_FMA", &["fma"]),
    ("GGML_BMI2", &["bmi2"]),
    ("GGML_AVX2", &["avx2"]),
    ("GGML_AVX_VNNI", &["avx_vnni"]),
    // The compiler is told of all five at once.
    (
        "GGML_AVX512",
        &["avx512f", "avx512cd", "avx512vl", "avx512dq", "avx512bw"],
    ),
    ("GGML_AVX512_VBMI", &["avx512vbmi"]),
    ("GGML_AVX512_VNNI", &["avx512_vnni"]),
    ("GGML_AVX512_BF16", &["avx512_bf16"]),
];

/// Always off. GCC 12 takes the configuration of AMX's tiles for unused (its intrinsic names eight of
/// the 64 bytes that are read), and ggml's kernels then end in an illegal instruction.
const NEVER: [&str; 3] = ["GGML_AMX_TILE", "GGML_AMX_INT8", "GGML_AMX_BF16"];

/// Every option with `ON` or `OFF`; none where the processor cannot be asked. Each is said, because
/// ggml assumes AVX2 where nothing is, and CMake remembers what was said before.
pub fn options() -> Vec<(&'static str, &'static str)> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return Vec::new();
    }
    std::fs::read_to_string("/proc/cpuinfo").map_or_else(|_| Vec::new(), |text| read(&text))
}

fn read(cpuinfo: &str) -> Vec<(&'static str, &'static str)> {
    let Some(flags) = cpuinfo.lines().find_map(|line| {
        let (name, flags) = line.split_once(':')?;
        (name.trim() == "flags").then(|| flags.split_whitespace().collect::<Vec<_>>())
    }) else {
        return Vec::new();
    };
    let has_all = |wanted: &[&str]| wanted.iter().all(|flag| flags.contains(flag));
    OPTIONS
        .iter()
        .map(|(option, wanted)| (*option, if has_all(wanted) { "ON" } else { "OFF" }))
        .chain(NEVER.map(|option| (option, "OFF")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(flags: &str) -> Vec<&'static str> {
        read(&format!("processor\t: 0\nflags\t\t: {flags}\nbugs\t\t:\n"))
            .into_iter()
            .filter(|(_, value)| *value == "ON")
            .map(|(option, _)| option)
            .collect()
    }

    #[test]
    fn an_option_needs_all_its_flags() {
        assert_eq!(on("fpu sse4_2 avx"), ["GGML_SSE42", "GGML_AVX"]);
        assert_eq!(on("avx512f avx512cd avx512vl avx512dq"), [""; 0]);
        assert_eq!(
            on("avx512f avx512cd avx512vl avx512dq avx512bw"),
            ["GGML_AVX512"]
        );
        assert_eq!(on("amx_tile amx_int8"), [""; 0]);
    }

    #[test]
    fn nothing_is_said_where_nothing_is_known() {
        assert!(read("").is_empty());
        assert!(read("processor\t: 0\nFeatures\t: fp asimd\n").is_empty());
    }

    #[test]
    fn what_is_not_there_is_switched_off() {
        assert_eq!(read("flags : avx\n").len(), OPTIONS.len() + NEVER.len());
        assert!(read("flags : avx\n").contains(&("GGML_AVX2", "OFF")));
    }
}
