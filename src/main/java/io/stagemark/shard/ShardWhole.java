package io.stagemark.shard;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.ModelCard;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.ShownPath;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.DatasetDigest;
import io.stagemark.engine.Engine;
import io.stagemark.result.Environment;
import io.stagemark.result.file.PortablePaths;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.run.input.RunDatasets;
import io.stagemark.run.input.RunInputs;
import io.stagemark.run.record.EnvironmentProbe;
import io.stagemark.spi.Registry;
import io.stagemark.task.TaskException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What all shards of a config have in common, found once for as many of them as one process scores:
 * the data set's listing, its digest, the machine.
 *
 * @param config as resolved
 * @param tree the config as a JSON tree without this machine's folders
 * @param listed the whole data set as each model sees it
 * @param listing SHA-256 of ids and truth of the whole data set, of each way that models see it
 * @param environment of the JVM that scores
 */
public record ShardWhole(
    RunConfig config,
    Map<String, Object> tree,
    Map<ModelCard, Dataset> listed,
    String listing,
    Environment environment) {

  /**
   * Lists the data set for shards whose cases are each scored in a JVM of its own.
   *
   * @throws BadInputException if the data set is not as it must be, or a case cannot be scored in
   *     parts
   */
  public static ShardWhole of(RunConfig config)
      throws BadInputException, IOException, InterruptedException {
    requireMergeable(config);
    Map<ModelCard, Dataset> listed = new LinkedHashMap<>(RunDatasets.list(config));
    TreeSet<String> digests = new TreeSet<>();
    for (Dataset whole : listed.values()) {
      digests.add(DatasetDigest.listing(whole.examples()));
    }
    Registry<Engine> engines = Registry.discover(Engine.class, ShardWhole.class.getClassLoader());
    return new ShardWhole(
        config,
        PortablePaths.ofRun(config.file(), config.output(), config.dataset().path())
            .tree(ResultFiles.tree(config)),
        listed,
        String.join(" ", digests),
        new EnvironmentProbe(config, engines).probe());
  }

  /** Returns the same for cases that are scored in this JVM: its own flags are recorded. */
  public ShardWhole inThisJvm() {
    List<String> flags =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> flag.startsWith("-X") || flag.startsWith("--add-modules"))
            .toList();
    return new ShardWhole(config, tree, listed, listing, environment.withJvmFlags(flags));
  }

  /** Returns how many examples the whole data set has. */
  public int examples() {
    return listed.values().stream().mapToInt(each -> each.examples().size()).max().orElse(0);
  }

  /**
   * Returns what every shard's file of this whole says.
   *
   * @param shards how many there are
   * @param models SHA-256 of each model's files and card, by name
   */
  ShardIdentity identity(int shards, Map<String, String> models) {
    return new ShardIdentity(
        shards,
        environment.stagemark(),
        environment.libraries(),
        ShardIdentity.configDigest(tree),
        models,
        listing,
        examples());
  }

  /**
   * Returns which shards a folder has already, each as a whole file of this very whole.
   *
   * @param parts folder of the shards' folders; it may be missing
   * @param shards how many there are
   * @throws BadInputException if a shard in it is damaged, or of something else
   */
  public SortedSet<Integer> scored(Path parts, int shards) throws BadInputException, IOException {
    Map<ModelCard, Dataset> nothing = new LinkedHashMap<>();
    listed.forEach(
        (model, all) -> nothing.put(model, new Dataset(all.name(), List.of(), List.of())));
    ShardIdentity identity = identity(shards, RunInputs.begin(config, nothing).modelDigests());
    SortedSet<Integer> found = new TreeSet<>();
    for (int k = 1; k <= shards; k++) {
      Path file = parts.resolve(new ShardPart(k, shards).folder()).resolve(ShardFile.NAME);
      if (Files.exists(file)) {
        ShardFile.read(file).requireOf(identity);
        found.add(k);
      }
    }
    return found;
  }

  private static void requireMergeable(RunConfig config) throws BadInputException {
    List<Problem> problems = new ArrayList<>();
    if (config.score().isEmpty()) {
      problems.add(
          new Problem(
              config.file() + ": score",
              "no scores",
              "at least one: a shard is scored and nothing else",
              "score: [coco-ap]"));
    }
    for (CaseSpec spec : config.cases()) {
      try {
        if (ShardCases.scorer(spec, config.score()).state().isEmpty()) {
          problems.add(
              new Problem(
                  spec.model().file().toString(),
                  "task " + spec.model().task().task() + " cannot be scored in parts",
                  "a task whose Scorer has a state()",
                  "./stagemark run " + ShownPath.of(config.file())));
        }
      } catch (TaskException e) {
        problems.add(
            new Problem(
                spec.model().file().toString(),
                String.valueOf(e.getMessage()),
                "scores that the model can have",
                "./stagemark validate " + ShownPath.of(config.file())));
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
  }
}
