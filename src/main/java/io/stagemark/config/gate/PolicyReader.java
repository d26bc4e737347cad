package io.stagemark.config.gate;

import io.stagemark.config.Key;
import io.stagemark.config.Problems;
import io.stagemark.config.ScoreNames;
import io.stagemark.config.Section;
import io.stagemark.config.YamlFile;
import io.stagemark.config.gate.Policy.Exact;
import io.stagemark.config.gate.Policy.Margins;
import io.stagemark.config.gate.Policy.Quality;
import io.stagemark.data.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads a regression policy and reports all its problems at once. */
public final class PolicyReader {
  private static final String WHAT = "a policy (YAML; configs/policies/default.yaml has every key)";

  private final Problems problems;

  private PolicyReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * Reads a policy.
   *
   * @throws BadInputException with every problem of the file
   */
  public static Policy read(Path file) throws BadInputException {
    Problems problems = new Problems();
    Optional<MappingNode> root =
        YamlFile.of(problems, file.toString(), "name: default")
            .read(file, WHAT, "--policy configs/policies/default.yaml");
    problems.throwIfAny();
    Policy policy = new PolicyReader(problems).policy(root.orElseThrow());
    problems.throwIfAny();
    return policy;
  }

  /** Returns the policy of no file: every key at its default. */
  public static Policy byDefault() {
    return new PolicyReader(new Problems()).policy((MappingNode) YamlFile.example("{}"));
  }

  private Policy policy(MappingNode node) {
    Section root = new Section(problems, node, "").knowing(PolicyKeys.ROOT);
    Margins margins = margins(section(root, PolicyKeys.MARGINS));
    return new Policy(
        root.get(PolicyKeys.NAME),
        root.get(PolicyKeys.ALPHA),
        root.get(PolicyKeys.MIN_TRIALS).intValue(),
        root.has(PolicyKeys.GATE)
            ? new Policy.Gate(values(root.list(PolicyKeys.GATE)), true)
            : Policy.Gate.OF_EVERY_STAGE,
        mustFind(root),
        margins,
        stages(root, margins),
        quality(section(root, PolicyKeys.QUALITY)),
        exact(section(root, PolicyKeys.EXACT)),
        values(root.list(PolicyKeys.MAY_DIFFER)));
  }

  private Policy.MustFind mustFind(Section root) {
    Section keys = section(root, PolicyKeys.MUST_FIND).knowing(PolicyKeys.MUST_FIND_KEYS);
    return new Policy.MustFind(
        keys.get(PolicyKeys.FIND_P50),
        keys.get(PolicyKeys.FIND_P95),
        keys.get(PolicyKeys.FIND_P99),
        keys.get(PolicyKeys.FIND_OF_TOTAL),
        root.get(PolicyKeys.ON_BLIND));
  }

  private static Margins margins(Section keys) {
    keys.knowing(PolicyKeys.MARGIN_KEYS);
    return new Margins(
        keys.get(PolicyKeys.P50),
        keys.get(PolicyKeys.P95),
        keys.get(PolicyKeys.P99),
        keys.get(PolicyKeys.FLOOR_MICROS));
  }

  private static Map<String, Margins> stages(Section root, Margins others) {
    Map<String, Margins> stages = new TreeMap<>();
    for (Section keys : root.children(PolicyKeys.STAGE_MARGINS)) {
      keys.knowing(PolicyKeys.STAGE_KEYS);
      stages.put(
          keys.get(PolicyKeys.STAGE),
          new Margins(
              keys.find(PolicyKeys.STAGE_P50).orElse(others.p50Percent()),
              keys.find(PolicyKeys.STAGE_P95).orElse(others.p95Percent()),
              keys.find(PolicyKeys.STAGE_P99).orElse(others.p99Percent()),
              keys.find(PolicyKeys.STAGE_FLOOR_MICROS).orElse(others.floorMicros())));
    }
    return stages;
  }

  private static Quality quality(Section keys) {
    keys.knowing(PolicyKeys.QUALITY_KEYS);
    Map<String, Double> scores = new TreeMap<>();
    for (Section score : keys.children(PolicyKeys.SCORES)) {
      score.knowing(PolicyKeys.SCORE_KEYS);
      scores.put(ScoreNames.current(score.get(PolicyKeys.SCORE)), score.get(PolicyKeys.MARGIN));
    }
    return new Quality(
        keys.get(PolicyKeys.QUALITY_GATE),
        keys.get(PolicyKeys.LOSS_MARGIN_PERCENT),
        keys.get(PolicyKeys.RATIO_MARGIN),
        scores);
  }

  private static Exact exact(Section keys) {
    keys.knowing(PolicyKeys.EXACT_KEYS);
    return new Exact(
        values(keys.list(PolicyKeys.EXACT_GATE)),
        keys.get(PolicyKeys.ALLOCATION_FLOOR_BYTES),
        keys.get(PolicyKeys.RSS_FLOOR_PERCENT),
        keys.get(PolicyKeys.RSS_FLOOR_MIB));
  }

  private Section section(Section root, Key<MappingNode> key) {
    return root.child(key)
        .orElseGet(() -> new Section(problems, (MappingNode) YamlFile.example("{}"), key.name()));
  }

  private static <T> List<T> values(List<Section.Entry<T>> entries) {
    return entries.stream().map(Section.Entry::value).toList();
  }
}
