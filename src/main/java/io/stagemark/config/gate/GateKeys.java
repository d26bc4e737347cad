package io.stagemark.config.gate;

import io.stagemark.config.Key;
import io.stagemark.config.RunKeys;
import io.stagemark.config.ValueRange;
import io.stagemark.data.Stage;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Every key of a gate's config, with its range and default. */
public final class GateKeys {
  static final Key<String> NAME = RunKeys.NAME;
  static final Key<String> RUN =
      Key.required(
          "run", ValueRange.text("a run config, relative to this file's"), "quickstart.yaml");
  static final Key<MappingNode> BASELINE =
      Key.optional("baseline", ValueRange.section(), "{}", "the run unchanged");
  static final Key<MappingNode> CANDIDATE =
      Key.optional(
          "candidate", ValueRange.section(), "{set: [cases.threads=1]}", "the run unchanged: A/A");
  static final Key<String> POLICY =
      Key.optional(
          "policy",
          ValueRange.text("a policy, relative to this file's"),
          "policies/default.yaml",
          "every key of a policy at its default");
  static final Key<MappingNode> PAIRS =
      Key.optional("pairs", ValueRange.section(), "{screen: 6}", "that of each key");
  static final Key<MappingNode> INJECT =
      Key.optional(
          "inject",
          ValueRange.section(),
          "{stage: preprocess, percent: 5}",
          "nothing; a self-test, never a measurement");
  static final Key<String> OUTPUT = RunKeys.OUTPUT;
  public static final List<Key<?>> ROOT =
      List.of(NAME, RUN, BASELINE, CANDIDATE, POLICY, PAIRS, INJECT, OUTPUT);

  static final Key<String> CLASS_PATH =
      Key.defaulted(
              "classPath",
              ValueRange.text("a jar, a folder of classes, or a file that holds a class path"),
              "[]")
          .listOrEmpty();
  static final Key<String> SET =
      Key.defaulted("set", ValueRange.text("an override of the run, such as cases.threads=1"), "[]")
          .listOrEmpty();
  public static final List<Key<?>> SIDE_KEYS = List.of(CLASS_PATH, SET);

  static final Key<Long> SCREEN = Key.defaulted("screen", ValueRange.whole("pairs", 6, 100), "6");
  static final Key<Long> CONFIRM =
      Key.defaulted("confirm", ValueRange.whole("pairs", 8, 200), "15");
  static final Key<Long> BLOCKS =
      Key.defaulted("blocks", ValueRange.whole("turns", 2, 10_000), "3");
  static final Key<Long> BLOCK_BATCHES =
      Key.defaulted("blockBatches", ValueRange.whole("batches", 5, 10_000), "20");
  static final Key<Boolean> CONTROL = Key.defaulted("control", ValueRange.flag(), "true");
  static final Key<Boolean> PIN = Key.defaulted("pin", ValueRange.flag(), "true");
  public static final List<Key<?>> PAIRS_KEYS =
      List.of(SCREEN, CONFIRM, BLOCKS, BLOCK_BATCHES, CONTROL, PIN);

  static final Key<Stage> STAGE =
      Key.required("stage", ValueRange.constant(Stage.class), "preprocess");
  static final Key<Double> PERCENT =
      Key.required("percent", ValueRange.number("percent", 0, 10_000), "5");
  public static final List<Key<?>> INJECT_KEYS = List.of(STAGE, PERCENT);

  private GateKeys() {}
}
