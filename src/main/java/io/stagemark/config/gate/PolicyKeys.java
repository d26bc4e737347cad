package io.stagemark.config.gate;

import io.stagemark.config.Key;
import io.stagemark.config.KeyList;
import io.stagemark.config.ValueRange;
import io.stagemark.config.gate.Policy.Factor;
import io.stagemark.config.gate.Policy.OnBlind;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Every key of a regression policy, with its range and default. */
final class PolicyKeys {
  private static final String STAGES = "decode|preprocess|forward|postprocess|total";

  static final KeyList ROOT = new KeyList();
  static final Key<String> NAME =
      ROOT.defaulted("name", ValueRange.text("a name for people"), "default");
  static final Key<Double> ALPHA =
      ROOT.defaulted("alpha", ValueRange.number("", 0.001, 0.5), "0.05");
  static final Key<Long> MIN_TRIALS =
      ROOT.defaulted("minTrials", ValueRange.whole("trials", 5, 1000), "5");
  static final Key<String> GATE =
      ROOT.declare(
          Key.optional(
                  "gate",
                  ValueRange.matching(
                      "a stage (decode, preprocess, forward, postprocess, total), a point, and p50,"
                          + " p95 or p99",
                      Pattern.compile("(" + STAGES + ")\\.p(50|95|99)")),
                  "[total.p50, forward.p50]",
                  "p50 of every stage and of the total; their p95 too where it can be judged")
              .listOrEmpty());
  static final Key<MappingNode> MUST_FIND =
      ROOT.optional("mustFind", ValueRange.section(), "{p50: 5%}", "that of each key");
  static final Key<OnBlind> ON_BLIND =
      ROOT.defaulted("onBlind", ValueRange.constant(OnBlind.class), "fail");
  static final Key<MappingNode> MARGINS =
      ROOT.optional("margins", ValueRange.section(), "{p50: 2}", "that of each key");
  static final Key<MappingNode> STAGE_MARGINS =
      ROOT.declare(
          Key.optional("stages", ValueRange.section(), "[{stage: decode, p50: 4}]", "no exception")
              .listOrEmpty());
  static final Key<MappingNode> QUALITY =
      ROOT.optional("quality", ValueRange.section(), "{gate: true}", "that of each key");
  static final Key<MappingNode> EXACT =
      ROOT.optional("exact", ValueRange.section(), "{gate: [flops]}", "that of each key");
  static final Key<Factor> MAY_DIFFER =
      ROOT.declare(
          Key.defaulted("mayDiffer", ValueRange.constant(Factor.class), "[]").listOrEmpty());

  static final KeyList MARGIN_KEYS = new KeyList();
  static final Key<Double> P50 =
      MARGIN_KEYS.defaulted("p50", ValueRange.number("percent", 0, 1000), "2");
  static final Key<Double> P95 =
      MARGIN_KEYS.defaulted("p95", ValueRange.number("percent", 0, 1000), "3");
  static final Key<Double> P99 =
      MARGIN_KEYS.defaulted("p99", ValueRange.number("percent", 0, 1000), "5");
  static final Key<Double> FLOOR_MICROS =
      MARGIN_KEYS.defaulted("floorMicros", ValueRange.number("microseconds", 0, 1e9), "1");

  static final KeyList MUST_FIND_KEYS = new KeyList();
  static final Key<Double> FIND_P50 =
      MUST_FIND_KEYS.defaulted("p50", ValueRange.percent(0.1, 100), "5%");
  static final Key<Double> FIND_P95 =
      MUST_FIND_KEYS.defaulted("p95", ValueRange.percent(0.1, 100), "10%");
  static final Key<Double> FIND_P99 =
      MUST_FIND_KEYS.defaulted("p99", ValueRange.percent(0.1, 100), "20%");
  static final Key<Double> FIND_OF_TOTAL =
      MUST_FIND_KEYS.defaulted("ofTotal", ValueRange.percent(0, 100), "1%");

  static final KeyList STAGE_KEYS = new KeyList();
  static final Key<String> STAGE =
      STAGE_KEYS.required(
          "stage",
          ValueRange.oneOf("decode", "preprocess", "forward", "postprocess", "total"),
          "decode");
  static final Key<Double> STAGE_P50 = STAGE_KEYS.declare(P50.orElse("that of margins"));
  static final Key<Double> STAGE_P95 = STAGE_KEYS.declare(P95.orElse("that of margins"));
  static final Key<Double> STAGE_P99 = STAGE_KEYS.declare(P99.orElse("that of margins"));
  static final Key<Double> STAGE_FLOOR_MICROS =
      STAGE_KEYS.declare(FLOOR_MICROS.orElse("that of margins"));

  static final KeyList QUALITY_KEYS = new KeyList();
  static final Key<Boolean> QUALITY_GATE =
      QUALITY_KEYS.defaulted("gate", ValueRange.flag(), "true");
  static final Key<Double> LOSS_MARGIN_PERCENT =
      QUALITY_KEYS.defaulted("lossMarginPercent", ValueRange.number("percent", 0, 1000), "1");
  static final Key<Double> RATIO_MARGIN =
      QUALITY_KEYS.defaulted("ratioMargin", ValueRange.ratio(), "0.01");
  static final Key<MappingNode> SCORES =
      QUALITY_KEYS.declare(
          Key.optional(
                  "scores",
                  ValueRange.section(),
                  "[{score: coco-ap, margin: 0.005}]",
                  "the two above")
              .listOrEmpty());

  static final KeyList SCORE_KEYS = new KeyList();
  static final Key<String> SCORE =
      SCORE_KEYS.required("score", ValueRange.text("a score's name"), "coco-ap");
  static final Key<Double> MARGIN =
      SCORE_KEYS.required("margin", ValueRange.number("the score's unit", 0, 1e9), "0.005");

  static final KeyList EXACT_KEYS = new KeyList();
  static final Key<String> EXACT_GATE =
      EXACT_KEYS.declare(
          Key.defaulted(
                  "gate",
                  ValueRange.oneOf("flops", "parameters", "memory", "allocation", "rss"),
                  "[]")
              .listOrEmpty());
  static final Key<Double> ALLOCATION_FLOOR_BYTES =
      EXACT_KEYS.defaulted(
          "allocationFloorBytes", ValueRange.number("bytes a batch", 0, 1e12), "512");
  static final Key<Double> RSS_FLOOR_PERCENT =
      EXACT_KEYS.defaulted("rssFloorPercent", ValueRange.number("percent", 0, 1000), "5");
  static final Key<Double> RSS_FLOOR_MIB =
      EXACT_KEYS.defaulted("rssFloorMiB", ValueRange.number("MiB", 0, 1e9), "16");

  private PolicyKeys() {}
}
