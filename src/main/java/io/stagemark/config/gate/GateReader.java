package io.stagemark.config.gate;

import io.stagemark.config.Catalog;
import io.stagemark.config.Checkout;
import io.stagemark.config.ConfigReader;
import io.stagemark.config.FilePaths;
import io.stagemark.config.Key;
import io.stagemark.config.OutputFolder;
import io.stagemark.config.OutputInputs;
import io.stagemark.config.Place;
import io.stagemark.config.Problems;
import io.stagemark.config.RunConfig;
import io.stagemark.config.Section;
import io.stagemark.config.YamlFile;
import io.stagemark.config.gate.GateConfig.Inject;
import io.stagemark.config.gate.GateConfig.Pairs;
import io.stagemark.config.gate.GateConfig.Side;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Jdk;
import io.stagemark.data.ShownPath;
import io.stagemark.data.Stage;
import io.stagemark.data.TextFault;
import io.stagemark.data.TextFile;
import io.stagemark.stats.JudgedPercentile;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads a gate's config, the run it names on both sides, and its policy. */
public final class GateReader {
  private static final int MIN_JDK = 17;
  private static final long MAX_CLASS_PATH_BYTES = 1L << 20;
  private static final String WHAT = "a gate's config (YAML; configs/gate-example.yaml)";

  private final Catalog catalog;

  /**
   * @param catalog what a run may name
   */
  public GateReader(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Reads and checks.
   *
   * @throws BadInputException with every problem of the file; those of the run and the policy it
   *     names come after it is right itself
   */
  public GateConfig read(Path file) throws BadInputException {
    Problems problems = new Problems();
    Optional<MappingNode> node =
        YamlFile.of(problems, file.toString(), "name: gate")
            .read(file, WHAT, "./stagemark gate configs/gate-example.yaml");
    problems.throwIfAny();
    Section root = new Section(problems, node.orElseThrow(), "").knowing(GateKeys.ROOT);
    String name = root.get(GateKeys.NAME);
    Path run = path(file, root.get(GateKeys.RUN));
    Sides baseline = side(file, root, GateKeys.BASELINE, problems);
    Sides candidate = side(file, root, GateKeys.CANDIDATE, problems);
    Pairs pairs = pairs(section(root, GateKeys.PAIRS, problems));
    Optional<Inject> inject = inject(root, problems);
    Optional<Path> policy = root.find(GateKeys.POLICY).map(written -> path(file, written));
    Path output =
        root.find(GateKeys.OUTPUT)
            .map(written -> path(file, written))
            .orElse(catalog.outputFolder().toAbsolutePath().resolve(name));
    problems.throwIfAny();
    Side before = resolved(file, run, baseline, root.placeOf(GateKeys.BASELINE), problems);
    Side after = resolved(file, run, candidate, root.placeOf(GateKeys.CANDIDATE), problems);
    OutputFolder.check(output, root.placeOf(GateKeys.OUTPUT), problems);
    OutputInputs inputs =
        new OutputInputs()
            .add("the gate's config", file)
            .addRun(before.config())
            .addRun(after.config())
            .addProgram(catalog);
    policy.ifPresent(path -> inputs.add("the policy", path));
    before.classPath().forEach(path -> inputs.add("the baseline's class path", path));
    after.classPath().forEach(path -> inputs.add("the candidate's class path", path));
    inputs.check(output, root.placeOf(GateKeys.OUTPUT), problems);
    problems.throwIfAny();
    Policy rules = policy.isPresent() ? PolicyReader.read(policy.get()) : PolicyReader.byDefault();
    requireBatches(rules, pairs, root.placeOf(GateKeys.PAIRS), problems);
    problems.throwIfAny();
    return new GateConfig(name, before, after, rules, pairs, inject, output);
  }

  /** A side before its run is read. */
  private record Sides(
      Optional<Section.Entry<String>> home,
      List<Path> classPath,
      Optional<Jdk> jdk,
      List<String> changes) {}

  private static Sides side(Path file, Section root, Key<MappingNode> key, Problems problems) {
    Section keys = section(root, key, problems).knowing(GateKeys.SIDE_KEYS);
    List<Path> classPath = new ArrayList<>();
    for (Section.Entry<String> written : keys.list(GateKeys.CLASS_PATH)) {
      Path entry = path(file, written.value());
      if (!Files.exists(entry)) {
        problems.add(
            written.place(),
            ShownPath.of(entry) + ": no such file",
            GateKeys.CLASS_PATH.range().expected(),
            "classPath: [../base/target/stagemark.jar, ../base/target/runtime-classpath.txt]");
      } else {
        classPath.addAll(entries(file, written, problems));
      }
    }
    return new Sides(
        keys.entry(GateKeys.HOME),
        classPath,
        keys.entry(GateKeys.JDK).flatMap(written -> jdk(file, written, problems)),
        keys.list(GateKeys.SET).stream().map(Section.Entry::value).toList());
  }

  private static Optional<Jdk> jdk(Path file, Section.Entry<String> written, Problems problems) {
    Path home = path(file, written.value());
    Optional<Jdk> jdk = Jdk.in(home);
    if (jdk.isEmpty() || jdk.get().version().feature() < MIN_JDK) {
      problems.add(
          written.place(),
          ShownPath.of(home) + ": " + jdk.map(Jdk::toString).orElse("no JDK"),
          "the folder of a JDK of " + MIN_JDK + " or newer, with bin/java and the file release",
          "jdk: a folder that JAVA_HOME could be");
      return Optional.empty();
    }
    return jdk;
  }

  /** Returns an entry, or those that a text file lists. */
  private static List<Path> entries(Path file, Section.Entry<String> written, Problems problems) {
    Path entry = path(file, written.value());
    return entry.toString().endsWith(".txt")
        ? listed(entry, written.place(), problems)
        : List.of(entry);
  }

  /** Returns the class path in a text file, as Maven writes one. */
  static List<Path> listed(Path entry, Place place, Problems problems) {
    try {
      List<Path> listed = new ArrayList<>();
      String text = TextFile.read(entry, MAX_CLASS_PATH_BYTES).strip();
      for (String each : text.split(File.pathSeparator, -1)) {
        listed.add(Path.of(each));
      }
      return listed;
    } catch (TextFault e) {
      problems.add(
          place,
          e.where(ShownPath.of(entry)) + ": " + e.found(),
          "a class path in a text file, as Maven writes one",
          e.tryThis());
      return List.of();
    }
  }

  private Side resolved(Path file, Path run, Sides side, Place place, Problems problems)
      throws BadInputException {
    Path home = Checkout.rootOf(file);
    Path own = run;
    List<Path> classPath = side.classPath();
    if (side.home().isPresent()) {
      home = path(file, side.home().get().value());
      CheckoutSide checkout = new CheckoutSide(file, home, side.home().get().place(), problems);
      own = checkout.counterpart(run).orElse(run);
      classPath = classPath.isEmpty() ? checkout.classPath() : classPath;
      problems.throwIfAny();
    }
    RunConfig config = new ConfigReader(catalog).read(own, side.changes());
    if (config.cases().size() != 1) {
      problems.add(
          place,
          config.cases().size() + " cases in " + ShownPath.of(own),
          "one case a side",
          "set: ['cases.engine=onnxruntime', 'cases.threads=1']");
    }
    return new Side(home, config, classPath, side.jdk(), side.changes());
  }

  /**
   * A percentile that a policy names and that so few batches cannot judge would end CANNOT TELL.
   */
  private static void requireBatches(Policy policy, Pairs pairs, Place place, Problems problems) {
    int batches = pairs.blocks() * pairs.blockBatches();
    OptionalInt worst =
        policy.gate().stated()
            ? policy.gate().metrics().stream()
                .mapToInt(metric -> Integer.parseInt(metric.substring(metric.lastIndexOf('p') + 1)))
                .filter(percentile -> JudgedPercentile.needed(percentile) > batches)
                .max()
            : OptionalInt.empty();
    if (worst.isPresent()) {
      int needed = JudgedPercentile.needed(worst.getAsInt());
      problems.add(
          place,
          "%d batches a pair (blocks x blockBatches), and a policy that gates p%d"
              .formatted(batches, worst.getAsInt()),
          "at least %d batches a pair, from which p%d can be judged"
              .formatted(needed, worst.getAsInt()),
          "blocks: %d; or a policy whose gate has no p%d"
              .formatted(
                  (needed + pairs.blockBatches() - 1) / pairs.blockBatches(), worst.getAsInt()));
    }
  }

  private static Pairs pairs(Section keys) {
    keys.knowing(GateKeys.PAIRS_KEYS);
    return new Pairs(
        keys.get(GateKeys.SCREEN).intValue(),
        keys.get(GateKeys.CONFIRM).intValue(),
        keys.get(GateKeys.BLOCKS).intValue(),
        keys.get(GateKeys.BLOCK_BATCHES).intValue(),
        keys.get(GateKeys.CONTROL),
        keys.get(GateKeys.PIN));
  }

  private static Optional<Inject> inject(Section root, Problems problems) {
    Optional<Section> section = root.child(GateKeys.INJECT);
    section.ifPresent(keys -> keys.knowing(GateKeys.INJECT_KEYS));
    return section.map(
        keys -> {
          Stage stage = keys.get(GateKeys.STAGE);
          if (stage == Stage.TOTAL) {
            problems.add(
                keys.placeOf(GateKeys.STAGE),
                "total",
                "one of: decode, preprocess, forward, postprocess",
                "stage: preprocess");
          }
          return new Inject(stage, keys.get(GateKeys.PERCENT));
        });
  }

  private static Section section(Section root, Key<MappingNode> key, Problems problems) {
    return root.child(key)
        .orElseGet(() -> new Section(problems, (MappingNode) YamlFile.example("{}"), key.name()));
  }

  private static Path path(Path file, String written) {
    return FilePaths.beside(file, written).orElse(Path.of(""));
  }
}
