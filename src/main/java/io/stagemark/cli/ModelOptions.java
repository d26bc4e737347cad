package io.stagemark.cli;

import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.PlainText;
import io.stagemark.data.Problem;
import io.stagemark.data.ShownPath;
import io.stagemark.draft.ModelDraft;
import io.stagemark.draft.RunShape;
import io.stagemark.engine.Engine;
import io.stagemark.inspect.Inspector;
import io.stagemark.inspect.ModelInspection;
import io.stagemark.inspect.head.Head;
import io.stagemark.result.file.PortablePaths;
import io.stagemark.spi.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a model file is to be run that has no card and no config. */
final class ModelOptions {
  /** The classes of the true boxes that ship with the photographs. */
  static final List<String> TRUE_CLASSES =
      List.of("bench", "bicycle", "cat", "cup", "dining table", "motorcycle", "person", "spoon");

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description = "a model file's photographs (default: the four that ship with Stagemark)")
  private @Nullable Path images;

  @Option(
      names = "--shape",
      paramLabel = "NAME=EXTENTS",
      description = "shape of a model file's input, such as images=1x3x640x640; repeatable")
  private List<String> shapes = new ArrayList<>();

  @Option(
      names = "--head",
      paramLabel = "FAMILY",
      description = "what a model file's outputs mean; none: the forward alone")
  private @Nullable String head;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      split = ",",
      description = "engines for a model file (default: the one that reads it)")
  private List<String> engines = new ArrayList<>();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads for one operator of a model file (default: every processor)")
  private @Nullable Integer threads;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "examples in one forward of a model file (default: 1, or what the file fixes)")
  private @Nullable Integer batch;

  /** Inspects a model file; where several heads fit, runs it once on a photograph. */
  ModelInspection inspect(Path file) throws BadInputException, IOException, InterruptedException {
    ModelInspection found = Inspector.inspect(file, shapes, Optional.ofNullable(head));
    return found.recognition().isAmbiguous()
        ? new HeadProbe(this, file).settle(found, shapes)
        : found;
  }

  /**
   * Returns the card and the config.
   *
   * @param file the model file, as the card names it
   * @param model the card's folder, as the config names it
   * @param from the config's folder: images are named from there
   * @param seconds that the run may take; 0 for a config that is kept
   */
  ModelDraft draft(ModelInspection found, String file, String model, Path from, double seconds)
      throws BadInputException {
    List<String> used = engines.isEmpty() ? List.of(engine(found)) : engines;
    RunShape shape =
        new RunShape(
            used,
            threads == null ? Runtime.getRuntime().availableProcessors() : threads,
            batch == null ? found.batch() : batch,
            seconds);
    String folder = relative(from, photographs());
    Optional<String> truth =
        unscored(found).isEmpty() ? Optional.of(folder + "/instances.json") : Optional.empty();
    return ModelDraft.of(found, new ModelDraft.Places(file, model, folder, truth), shape);
  }

  private static String engine(ModelInspection found) throws BadInputException {
    Registry<Engine> all = ConfigSource.catalog().engines();
    String format = found.declared().format();
    return all.all().stream()
        .filter(engine -> engine.info().format().equals(Optional.of(format)))
        .map(Engine::name)
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    new Problem(
                        PlainText.line(found.file().toString()),
                        "no engine here reads " + format,
                        "one of: " + String.join(", ", all.names()),
                        "./stagemark list engines")));
  }

  /** Returns the user's images, or those that ship. */
  private Path photographs() {
    return images == null
        ? ConfigSource.home().resolve("configs/data/quickstart")
        : images.toAbsolutePath();
  }

  /** Returns a path as a file of a folder names it, with a slash. */
  static String relative(Path folder, Path path) {
    Path from = folder.toAbsolutePath().normalize();
    Path to = path.toAbsolutePath().normalize();
    boolean sameRoot = from.getRoot() != null && from.getRoot().equals(to.getRoot());
    return (sameRoot ? from.relativize(to) : to).toString().replace('\\', '/');
  }

  /** Reads a config. */
  interface Reader {
    RunConfig read(Path config) throws BadInputException;
  }

  /**
   * Writes a draft into a folder of its own and reads its config.
   *
   * @throws BadInputException with problems that name the draft, and not the folder: the user's
   *     options are in it
   */
  RunConfig read(ModelDraft draft, Path folder, Reader reader)
      throws BadInputException, IOException {
    Files.writeString(folder.resolve(ModelDraft.CARD), draft.card());
    if (draft.classes().isPresent()) {
      Files.writeString(folder.resolve(ModelDraft.CLASSES), draft.classes().get());
    }
    String own = draft.name() + ".yaml";
    // many exports are called model.onnx; their card is there already
    String config = own.equals(ModelDraft.CARD) ? "config.yaml" : own;
    try {
      return reader.read(Files.writeString(folder.resolve(config), draft.config()));
    } catch (BadInputException e) {
      throw new BadInputException(
          e.problems().stream()
              .map(
                  problem ->
                      new Problem(
                          problem.where().replace(folder + "/", "draft of "),
                          problem.found(),
                          problem.expected(),
                          problem.tryThis()))
              .toList());
    }
  }

  /** Returns what the examples are, in words. */
  String data(ModelInspection found) {
    if (found.preparation().isEmpty()) {
      return "4 examples of random values, seed 42; time may depend on content";
    }
    return images == null
        ? "the photographs that ship with Stagemark"
        : "the images of " + PlainText.line(ShownPath.of(images));
  }

  /** Returns which scores are taken, or why none are, in words. */
  String scores(ModelInspection found) {
    return unscored(found)
        .map(why -> "none: " + why)
        .orElse("coco-ap, of the true boxes of the photographs");
  }

  /** Returns why nothing is scored; empty where the boxes of the photographs that ship are. */
  private Optional<String> unscored(ModelInspection found) {
    if (found.preparation().isEmpty()) {
      return Optional.of("random values have no truth");
    }
    if (images != null) {
      return Optional.of("--images has no truth");
    }
    List<String> obstacles = found.scoreObstacles();
    if (!obstacles.isEmpty()) {
      return Optional.of(String.join("; ", obstacles));
    }
    if (found.head().filter(Head::isDetector).isEmpty()) {
      return Optional.of("the photographs have true boxes alone");
    }
    List<String> names = found.names().orElseThrow().value();
    return TRUE_CLASSES.stream()
        .filter(name -> !names.contains(name))
        .findFirst()
        .map(name -> "it has no class '%s', which is in the photographs".formatted(name));
  }

  /** Refuses options of a model file with a config, which has keys for them. */
  void requireNone() throws BadInputException {
    List<Problem> problems = new ArrayList<>();
    refuse(problems, images != null, "--images", "--set dataset.images=DIR");
    refuse(problems, !shapes.isEmpty(), "--shape", "the card's inputs");
    refuse(problems, head != null, "--head", "the card's decoder");
    refuse(problems, !engines.isEmpty(), "--engine", "--set cases.engine=NAME");
    refuse(problems, threads != null, "--threads", "--set cases.threads=N");
    refuse(problems, batch != null, "--batch", "--set cases.batch=N");
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
  }

  private static void refuse(List<Problem> problems, boolean given, String option, String instead) {
    if (given) {
      problems.add(
          new Problem(option, "given with a config", "a model file, which has no config", instead));
    }
  }

  /** Returns the options again, as a shell takes them. */
  String arguments() {
    StringBuilder text = new StringBuilder();
    PortablePaths paths = PortablePaths.ofCommand();
    if (images != null) {
      text.append(" --images ").append(paths.argument(images));
    }
    shapes.forEach(shape -> text.append(" --shape ").append(PlainText.shellArgument(shape)));
    if (head != null) {
      text.append(" --head ").append(PlainText.shellArgument(head));
    }
    engines.forEach(engine -> text.append(" --engine ").append(PlainText.shellArgument(engine)));
    if (threads != null) {
      text.append(" --threads ").append(threads);
    }
    if (batch != null) {
      text.append(" --batch ").append(batch);
    }
    return text.toString();
  }
}
