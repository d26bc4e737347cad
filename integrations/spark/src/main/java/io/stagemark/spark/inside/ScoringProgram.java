package io.stagemark.spark.inside;

import io.stagemark.cli.Renderer;
import io.stagemark.config.CaseSpec;
import io.stagemark.config.Catalog;
import io.stagemark.config.ConfigReader;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.ScratchTree;
import io.stagemark.data.ShownPath;
import io.stagemark.data.UnpackedNatives;
import io.stagemark.engine.Engine;
import io.stagemark.output.OutputFolders;
import io.stagemark.output.OutputKind;
import io.stagemark.report.Reporter;
import io.stagemark.result.RunResult;
import io.stagemark.run.process.JvmFlags;
import io.stagemark.shard.HeldPass;
import io.stagemark.shard.ShardFile;
import io.stagemark.shard.ShardMerge;
import io.stagemark.shard.ShardPart;
import io.stagemark.shard.ShardRun;
import io.stagemark.shard.ShardSet;
import io.stagemark.shard.ShardWhole;
import io.stagemark.spark.program.FailedException;
import io.stagemark.spark.program.Plan;
import io.stagemark.spark.program.Program;
import io.stagemark.spark.program.ProgramRequest;
import io.stagemark.spark.program.RefusedException;
import io.stagemark.spark.program.ScoredShard;
import io.stagemark.spi.Registry;
import io.stagemark.task.Task;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The program, opened for one config. Reads it, and lists the data set, at the first call. */
public final class ScoringProgram implements Program {
  private static final String THREADS = "cases.threads";

  private final ProgramRequest request;
  private @Nullable ShardWhole whole;
  private @Nullable HeldPass pass;

  /** Opens nothing yet. Called by its name. */
  public ScoringProgram(ProgramRequest request) {
    this.request = request;
    System.setProperty("stagemark.home", request.home().toString());
    System.setProperty(UnpackedNatives.FOLDER, request.natives().toString());
    // DJL's static initialiser calls a cloud metadata address without these two
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  @Override
  public Plan plan(Path parts, Path out)
      throws RefusedException, IOException, InterruptedException {
    try {
      requireShards();
      ShardWhole all = whole();
      List<Problem> problems = new ArrayList<>(OutputFolders.problems(out, OutputKind.RUN, false));
      Map<String, String> variables = variables(all.config(), problems);
      if (!problems.isEmpty()) {
        throw new BadInputException(problems);
      }
      SortedSet<Integer> scored = all.scored(parts, request.shards());
      return new Plan(
          all.config().name(),
          all.examples(),
          IntStream.rangeClosed(1, request.shards())
              .boxed()
              .filter(k -> !scored.contains(k))
              .toList(),
          variables,
          JvmFlags.forTrial(1).stream().filter(flag -> !flag.startsWith("-X")).toList());
    } catch (BadInputException e) {
      throw refused(e);
    }
  }

  private void requireShards() throws BadInputException {
    ShardPart.parse("--shards", "1/" + request.shards());
    for (String each : request.overrides()) {
      if (each.startsWith(THREADS)) {
        throw new BadInputException(
            new Problem(
                "--set",
                each,
                "threads from Spark alone: a task's processors",
                "--conf spark.task.cpus=" + each.replaceAll("[^0-9]", "")));
      }
    }
  }

  /** Variables that the engines want; two cases must not want another value of one. */
  private Map<String, String> variables(RunConfig config, List<Problem> problems) {
    Registry<Engine> engines = Registry.discover(Engine.class, getClass().getClassLoader());
    Map<String, String> all = new TreeMap<>(JvmFlags.ENVIRONMENT);
    for (CaseSpec spec : config.cases()) {
      engines
          .get(spec.engine())
          .info()
          .environment(spec.settings())
          .forEach(
              (name, value) -> {
                String other = all.put(name, value);
                if (other != null && !other.equals(value)) {
                  problems.add(
                      new Problem(
                          "case " + spec.id(),
                          "%s=%s, and %s for another case".formatted(name, value, other),
                          "one value: the cases share the JVM of an executor",
                          "a job for each of the cases"));
                }
              });
      if (spec.settings().threads() != request.threads()) {
        problems.add(
            new Problem(
                "case " + spec.id(),
                "threads " + spec.settings().threads(),
                request.threads() + ": spark.task.cpus",
                "no cases.include with threads"));
      }
    }
    return all;
  }

  @Override
  public ScoredShard score(int index)
      throws RefusedException, FailedException, IOException, InterruptedException {
    Path folder = Files.createTempDirectory(request.scratch(), "shard-");
    try {
      ShardPart part = new ShardPart(index, request.shards());
      ShardFile file = new ShardRun(part, folder, pass()).run(whole()).file();
      return new ScoredShard(
          part.folder() + "/" + ShardFile.NAME,
          Files.readAllBytes(file.path()),
          file.header().data().examples());
    } catch (BadInputException e) {
      throw refused(e);
    } catch (ShardRun.FailedException e) {
      throw new FailedException(String.valueOf(e.getMessage()));
    } finally {
      ScratchTree.delete(folder);
    }
  }

  @Override
  public String merge(Path parts, Path out) throws RefusedException, IOException {
    try {
      List<Path> folders =
          IntStream.rangeClosed(1, request.shards())
              .mapToObj(k -> parts.resolve(new ShardPart(k, request.shards()).folder()))
              .toList();
      List<ShardFile> shards = ShardSet.read(folders);
      RunResult result = ShardMerge.merge(shards);
      ShardMerge.write(result, out);
      StringWriter text = new StringWriter();
      new Renderer(new PrintWriter(text))
          .render(result, out, ShardMerge.config(shards.get(0)).reports());
      return text.toString();
    } catch (BadInputException e) {
      throw refused(e);
    }
  }

  /** Several tasks may come first at once: one of them reads, the others wait. */
  private synchronized ShardWhole whole()
      throws BadInputException, IOException, InterruptedException {
    ShardWhole known = whole;
    if (known == null) {
      known = ShardWhole.of(config()).inThisJvm();
      whole = known;
    }
    return known;
  }

  private synchronized HeldPass pass() throws BadInputException, IOException, InterruptedException {
    HeldPass known = pass;
    if (known == null) {
      known = new HeldPass(whole().config());
      pass = known;
    }
    return known;
  }

  private RunConfig config() throws BadInputException {
    ClassLoader loader = getClass().getClassLoader();
    Catalog catalog =
        new Catalog(
            Registry.discover(Engine.class, loader),
            Registry.discover(Task.class, loader),
            Registry.discover(Reporter.class, loader).names(),
            request.home().resolve("models"),
            Path.of("reports").toAbsolutePath());
    List<String> overrides =
        Stream.concat(
                Stream.of(THREADS + "=[" + request.threads() + "]"), request.overrides().stream())
            .toList();
    if (!Files.isRegularFile(request.config())) {
      throw new BadInputException(
          new Problem(
              ShownPath.of(request.config()),
              "no such file on this machine",
              "a config, on a path that every executor sees",
              "--home URI, or --home FILE.zip --ship"));
    }
    return new ConfigReader(catalog).read(request.config(), overrides);
  }

  private static RefusedException refused(BadInputException e) {
    return new RefusedException(String.valueOf(e.getMessage()));
  }
}
