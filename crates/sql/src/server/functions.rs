//! Functions that compute from their arguments, the rows and the clock, and do nothing else.
//!
//! What is not here is refused until somebody has looked at it. Left out on purpose: whatever runs
//! a text as SQL (`query_to_xml`, `ts_stat`, `crosstab`), waits (`pg_sleep`, `SLEEP`, `BENCHMARK`),
//! locks, ends sessions, reads files or large objects, tells settings, or counts a sequence on.

use super::address::Engine;

/// In both engines, in small letters.
const COMMON: &[(&str, &str)] = &[
    (
        "aggregates",
        "avg bit_and bit_or bit_xor count max min stddev stddev_pop stddev_samp sum var_pop \
         var_samp variance",
    ),
    (
        "windows",
        "cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank \
         row_number",
    ),
    ("conditions", "coalesce greatest least nullif grouping"),
    (
        "texts",
        "ascii bit_length char_length character_length concat concat_ws format left length lower \
         lpad ltrim md5 octet_length position regexp_instr regexp_like regexp_replace \
         regexp_substr repeat replace reverse right rpad rtrim sha256 substr substring trim upper",
    ),
    (
        "numbers",
        "abs acos asin atan atan2 ceil ceiling cos cot degrees exp floor ln log log10 mod pi pow \
         power radians round sign sin sqrt tan",
    ),
    (
        "dates",
        "current_date current_time current_timestamp date extract localtime localtimestamp now \
         timestamp time",
    ),
    (
        "kinds, and who asks",
        "cast char current_user session_user version current_schema any_value json_array \
         json_object json_exists json_value json_query json_table row exists any some all \
         interval",
    ),
];

/// In PostgreSQL, in small letters.
const POSTGRES: &[(&str, &str)] = &[
    (
        "aggregates",
        "array_agg bool_and bool_or corr covar_pop covar_samp every json_agg json_agg_strict \
         json_arrayagg json_object_agg json_objectagg jsonb_agg jsonb_agg_strict jsonb_object_agg \
         mode percentile_cont percentile_disc range_agg range_intersect_agg regr_avgx regr_avgy \
         regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy string_agg \
         xmlagg",
    ),
    (
        "texts",
        "btrim casefold chr convert convert_from convert_to decode encode initcap normalize \
         overlay parse_ident quote_ident quote_literal quote_nullable regexp_count regexp_match \
         regexp_matches regexp_split_to_array regexp_split_to_table sha224 sha384 sha512 \
         split_part starts_with string_to_array string_to_table strpos text textcat to_ascii \
         to_hex to_bin to_oct translate unaccent unistr varchar soundex difference levenshtein \
         metaphone dmetaphone similarity word_similarity strict_word_similarity show_trgm get_bit \
         get_byte bit_count crc32 bpchar like notlike ilike textlen",
    ),
    (
        "numbers",
        "acosd acosh asind asinh atan2d atand atanh cbrt cosd cosh cotd div erf erfc factorial \
         float4 float8 gcd int2 int4 int8 lcm min_scale numeric random random_normal scale sind \
         sinh tand tanh trim_scale trunc width_bucket",
    ),
    (
        "dates",
        "age clock_timestamp date_add date_bin date_part date_subtract date_trunc isfinite \
         justify_days justify_hours justify_interval make_date make_interval make_time \
         make_timestamp make_timestamptz statement_timestamp timeofday timezone to_char to_date \
         to_number to_timestamp transaction_timestamp overlaps timestamptz",
    ),
    (
        "JSON",
        "array_to_json json json_array_elements json_array_elements_text json_array_length \
         json_build_array json_build_object json_each json_each_text json_extract_path \
         json_extract_path_text json_object_keys json_populate_record json_populate_recordset \
         json_scalar json_serialize json_strip_nulls json_to_record json_to_recordset json_typeof \
         jsonb jsonb_array_elements jsonb_array_elements_text jsonb_array_length \
         jsonb_build_array jsonb_build_object jsonb_each jsonb_each_text jsonb_extract_path \
         jsonb_extract_path_text jsonb_insert jsonb_object jsonb_object_keys jsonb_path_exists \
         jsonb_path_exists_tz jsonb_path_match jsonb_path_match_tz jsonb_path_query \
         jsonb_path_query_array jsonb_path_query_array_tz jsonb_path_query_first \
         jsonb_path_query_first_tz jsonb_path_query_tz jsonb_populate_record \
         jsonb_populate_recordset jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls \
         jsonb_to_record jsonb_to_recordset jsonb_typeof row_to_json to_json to_jsonb",
    ),
    (
        "arrays, ranges, sets",
        "array_append array_cat array_dims array_length array_lower array_ndims array_position \
         array_positions array_prepend array_remove array_replace array_reverse array_sample \
         array_shuffle array_sort array_to_string array_upper cardinality trim_array unnest \
         generate_series generate_subscripts isempty lower_inc lower_inf upper_inc upper_inf \
         range_merge multirange daterange int4range int8range numrange tsrange tstzrange \
         num_nonnulls num_nulls array",
    ),
    (
        "full text",
        "array_to_tsvector numnode phraseto_tsquery plainto_tsquery querytree strip to_tsquery \
         to_tsvector ts_headline ts_rank ts_rank_cd tsvector_to_array websearch_to_tsquery \
         setweight",
    ),
    (
        "networks, shapes, identifiers",
        "abbrev broadcast family host hostmask inet_merge inet_same_family masklen netmask \
         network set_masklen area center diameter height width point circle box line lseg path \
         polygon npoints radius gen_random_uuid uuid_extract_timestamp uuid_extract_version \
         uuidv4 uuidv7 hstore akeys avals skeys svals hstore_to_json hstore_to_jsonb",
    ),
    (
        "XML of what is given, not of a query",
        "xml_is_well_formed xmlcomment xmlconcat xmlelement xmlforest xpath xpath_exists",
    ),
    (
        "kinds and names",
        "current_catalog current_database current_role enum_first enum_last enum_range \
         pg_size_pretty pg_typeof user hashtext merge_action",
    ),
    (
        "PostGIS, what people ask",
        "st_area st_asgeojson st_astext st_buffer st_centroid st_contains st_distance \
         st_distancesphere st_dwithin st_geomfromtext st_intersection st_intersects st_length \
         st_makepoint st_point st_setsrid st_transform st_within st_x st_y",
    ),
];

/// In MySQL and MariaDB, in small letters.
const MYSQL: &[(&str, &str)] = &[
    (
        "aggregates",
        "group_concat json_arrayagg json_objectagg std median percentile_cont percentile_disc",
    ),
    (
        "conditions",
        "if ifnull isnull nvl nvl2 interval values value field elt find_in_set make_set \
         export_set strcmp",
    ),
    (
        "texts",
        "bin chr convert from_base64 hex initcap insert instr lcase locate mid natural_sort_key \
         oct ord quote sformat sha sha1 sha2 soundex space substring_index to_base64 to_char \
         ucase unhex weight_string length lengthb substrb crc32 crc32c",
    ),
    ("numbers", "bit_count conv div log2 rand truncate"),
    (
        "dates",
        "add_months adddate addtime convert_tz curdate curtime date_add date_format date_sub \
         datediff day dayname dayofmonth dayofweek dayofyear from_days from_unixtime get_format \
         hour last_day makedate maketime microsecond minute month monthname months_between \
         period_add period_diff quarter sec_to_time second str_to_date subdate subtime sysdate \
         time_format time_to_sec timediff timestampadd timestampdiff to_days to_seconds trunc \
         unix_timestamp utc_date utc_time utc_timestamp week weekday weekofyear year yearweek",
    ),
    (
        "JSON",
        "json_array_append json_array_insert json_array_intersect json_compact json_contains \
         json_contains_path json_depth json_detailed json_equals json_extract json_insert \
         json_keys json_length json_loose json_merge_patch json_merge_preserve json_normalize \
         json_object_filter_keys json_object_to_array json_overlaps json_pretty json_quote \
         json_remove json_replace json_schema_valid json_search json_set json_type json_unquote \
         json_valid",
    ),
    (
        "kinds, names, addresses",
        "charset coercibility collation database schema user system_user inet_aton inet_ntoa \
         inet6_aton inet6_ntoa is_ipv4 is_ipv6 bin_to_uuid uuid_to_bin is_uuid uuid binary",
    ),
    (
        "shapes",
        "st_area st_asgeojson st_astext st_centroid st_contains st_distance st_distance_sphere \
         st_geomfromtext st_intersects st_length st_within st_x st_y point",
    ),
];

/// Whether a function is known to be harmless; the name in any case.
pub(super) fn is_harmless(engine: Engine, name: &str) -> bool {
    let own = match engine {
        Engine::Postgres => POSTGRES,
        Engine::MySql => MYSQL,
    };
    COMMON
        .iter()
        .chain(own)
        .flat_map(|(_, names)| names.split_ascii_whitespace())
        .any(|known| known.eq_ignore_ascii_case(name))
}
