package io.stagemark.config.gate;

import io.stagemark.config.Key;
import io.stagemark.config.KeyList;
import io.stagemark.config.RunKeys;
import io.stagemark.config.ValueRange;
import io.stagemark.data.Stage;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Every key of a gate's config, with its range and default. */
public final class GateKeys {
  public static final KeyList ROOT = new KeyList();
  static final Key<String> NAME = ROOT.declare(RunKeys.NAME);
  static final Key<String> RUN =
      ROOT.required(
          "run", ValueRange.text("a run config, relative to this file's"), "quickstart.yaml");
  static final Key<MappingNode> BASELINE =
      ROOT.optional("baseline", ValueRange.section(), "{}", "the run unchanged");
  static final Key<MappingNode> CANDIDATE =
      ROOT.optional(
          "candidate", ValueRange.section(), "{set: [cases.threads=1]}", "the run unchanged: A/A");
  static final Key<String> POLICY =
      ROOT.optional(
          "policy",
          ValueRange.text("a policy, relative to this file's"),
          "policies/default.yaml",
          "every key of a policy at its default");
  static final Key<MappingNode> PAIRS =
      ROOT.optional("pairs", ValueRange.section(), "{screen: 6}", "that of each key");
  static final Key<MappingNode> INJECT =
      ROOT.optional(
          "inject",
          ValueRange.section(),
          "{stage: preprocess, percent: 5}",
          "nothing; a self-test, never a measurement");
  static final Key<String> OUTPUT = ROOT.declare(RunKeys.OUTPUT);

  public static final KeyList SIDE_KEYS = new KeyList();
  static final Key<String> HOME =
      SIDE_KEYS.optional(
          "home",
          ValueRange.text("a folder, relative to this file's"),
          "../baseline",
          "the checkout that this file is in");
  static final Key<String> CLASS_PATH =
      SIDE_KEYS.declare(
          Key.defaulted(
                  "classPath",
                  ValueRange.text("a jar, a folder of classes, or a file that holds a class path"),
                  "[]")
              .listOrEmpty());
  static final Key<String> JDK =
      SIDE_KEYS.optional(
          "jdk",
          ValueRange.text("a JDK's folder, 17 or newer"),
          "/usr/lib/jvm/temurin-25-jdk",
          "the JDK that runs the gate");
  static final Key<String> SET =
      SIDE_KEYS.declare(
          Key.defaulted(
                  "set", ValueRange.text("an override of the run, such as cases.threads=1"), "[]")
              .listOrEmpty());

  public static final KeyList PAIRS_KEYS = new KeyList();
  static final Key<Long> SCREEN =
      PAIRS_KEYS.defaulted("screen", ValueRange.whole("pairs", 6, 100), "6");
  static final Key<Long> CONFIRM =
      PAIRS_KEYS.defaulted("confirm", ValueRange.whole("pairs", 8, 200), "15");
  static final Key<Long> BLOCKS =
      PAIRS_KEYS.defaulted("blocks", ValueRange.whole("turns", 2, 10_000), "3");
  static final Key<Long> BLOCK_BATCHES =
      PAIRS_KEYS.defaulted("blockBatches", ValueRange.whole("batches", 5, 10_000), "20");
  static final Key<Boolean> CONTROL = PAIRS_KEYS.defaulted("control", ValueRange.flag(), "true");
  static final Key<Boolean> PIN = PAIRS_KEYS.defaulted("pin", ValueRange.flag(), "true");

  public static final KeyList INJECT_KEYS = new KeyList();
  static final Key<Stage> STAGE =
      INJECT_KEYS.required("stage", ValueRange.constant(Stage.class), "preprocess");
  static final Key<Double> PERCENT =
      INJECT_KEYS.required("percent", ValueRange.number("percent", 0, 10_000), "5");

  private GateKeys() {}
}
