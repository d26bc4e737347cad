package io.stagemark.config.gate;

import io.stagemark.config.Key;
import io.stagemark.config.ValueRange;
import io.stagemark.config.gate.Policy.Factor;
import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Every key of a regression policy, with its range and default. */
final class PolicyKeys {
  private static final String STAGES = "decode|preprocess|forward|postprocess|total";

  static final Key<String> NAME =
      Key.defaulted("name", ValueRange.text("a name for people"), "default");
  static final Key<Double> ALPHA =
      Key.defaulted("alpha", ValueRange.number("", 0.001, 0.5), "0.05");
  static final Key<Long> MIN_TRIALS =
      Key.defaulted("minTrials", ValueRange.whole("trials", 5, 1000), "5");
  static final Key<String> GATE =
      Key.defaulted(
              "gate",
              ValueRange.matching(
                  "a stage (decode, preprocess, forward, postprocess, total), a point, and p50,"
                      + " p95 or p99",
                  Pattern.compile("(" + STAGES + ")\\.p(50|95|99)")),
              "[decode.p50, decode.p95, preprocess.p50, preprocess.p95, forward.p50, forward.p95,"
                  + " postprocess.p50, postprocess.p95, total.p50, total.p95]")
          .listOrEmpty();
  static final Key<MappingNode> MARGINS =
      Key.optional("margins", ValueRange.section(), "{p50: 2}", "that of each key");
  static final Key<MappingNode> STAGE_MARGINS =
      Key.optional("stages", ValueRange.section(), "[{stage: decode, p50: 4}]", "no exception")
          .listOrEmpty();
  static final Key<MappingNode> QUALITY =
      Key.optional("quality", ValueRange.section(), "{gate: true}", "that of each key");
  static final Key<MappingNode> EXACT =
      Key.optional("exact", ValueRange.section(), "{gate: [flops]}", "that of each key");
  static final Key<Factor> MAY_DIFFER =
      Key.defaulted("mayDiffer", ValueRange.constant(Factor.class), "[]").listOrEmpty();
  static final List<Key<?>> ROOT =
      List.of(NAME, ALPHA, MIN_TRIALS, GATE, MARGINS, STAGE_MARGINS, QUALITY, EXACT, MAY_DIFFER);

  static final Key<Double> P50 = Key.defaulted("p50", ValueRange.number("percent", 0, 1000), "2");
  static final Key<Double> P95 = Key.defaulted("p95", ValueRange.number("percent", 0, 1000), "3");
  static final Key<Double> P99 = Key.defaulted("p99", ValueRange.number("percent", 0, 1000), "5");
  static final Key<Double> FLOOR_MICROS =
      Key.defaulted("floorMicros", ValueRange.number("microseconds", 0, 1e9), "1");
  static final List<Key<?>> MARGIN_KEYS = List.of(P50, P95, P99, FLOOR_MICROS);

  static final Key<String> STAGE =
      Key.required(
          "stage",
          ValueRange.oneOf("decode", "preprocess", "forward", "postprocess", "total"),
          "decode");
  static final Key<Double> STAGE_P50 = P50.orElse("that of margins");
  static final Key<Double> STAGE_P95 = P95.orElse("that of margins");
  static final Key<Double> STAGE_P99 = P99.orElse("that of margins");
  static final Key<Double> STAGE_FLOOR_MICROS = FLOOR_MICROS.orElse("that of margins");
  static final List<Key<?>> STAGE_KEYS =
      List.of(STAGE, STAGE_P50, STAGE_P95, STAGE_P99, STAGE_FLOOR_MICROS);

  static final Key<Boolean> QUALITY_GATE = Key.defaulted("gate", ValueRange.flag(), "true");
  static final Key<Double> LOSS_MARGIN_PERCENT =
      Key.defaulted("lossMarginPercent", ValueRange.number("percent", 0, 1000), "1");
  static final Key<Double> RATIO_MARGIN = Key.defaulted("ratioMargin", ValueRange.ratio(), "0.01");
  static final Key<MappingNode> SCORES =
      Key.optional(
              "scores", ValueRange.section(), "[{score: coco-ap, margin: 0.005}]", "the two above")
          .listOrEmpty();
  static final List<Key<?>> QUALITY_KEYS =
      List.of(QUALITY_GATE, LOSS_MARGIN_PERCENT, RATIO_MARGIN, SCORES);

  static final Key<String> SCORE =
      Key.required("score", ValueRange.text("a score's name"), "coco-ap");
  static final Key<Double> MARGIN =
      Key.required("margin", ValueRange.number("the score's unit", 0, 1e9), "0.005");
  static final List<Key<?>> SCORE_KEYS = List.of(SCORE, MARGIN);

  static final Key<String> EXACT_GATE =
      Key.defaulted(
              "gate", ValueRange.oneOf("flops", "parameters", "memory", "allocation", "rss"), "[]")
          .listOrEmpty();
  static final Key<Double> ALLOCATION_FLOOR_BYTES =
      Key.defaulted("allocationFloorBytes", ValueRange.number("bytes a batch", 0, 1e12), "1024");
  static final Key<Double> RSS_FLOOR_PERCENT =
      Key.defaulted("rssFloorPercent", ValueRange.number("percent", 0, 1000), "5");
  static final Key<Double> RSS_FLOOR_MIB =
      Key.defaulted("rssFloorMiB", ValueRange.number("MiB", 0, 1e9), "16");
  static final List<Key<?>> EXACT_KEYS =
      List.of(EXACT_GATE, ALLOCATION_FLOOR_BYTES, RSS_FLOOR_PERCENT, RSS_FLOOR_MIB);

  private PolicyKeys() {}
}
