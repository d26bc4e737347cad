package io.stagemark.cli;

import io.stagemark.data.PlainText;
import io.stagemark.dataset.DatasetFormat;
import io.stagemark.dataset.Datasets;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineInfo;
import io.stagemark.engine.EngineOption;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Decoders;
import io.stagemark.report.Reporter;
import io.stagemark.report.comparison.ComparisonReporter;
import io.stagemark.spi.Named;
import io.stagemark.spi.Registry;
import io.stagemark.task.Task;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a config can name. */
@Command(
    name = "list",
    description = "Says what a config can name.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./stagemark list engines"})
final class ListCommand implements Callable<Integer> {
  /** What can be listed, as a user writes it. */
  enum ListedParts {
    ENGINES,
    TASKS,
    LOSSES,
    MODELS,
    DECODERS,
    DATASETS,
    REPORTERS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "PARTS", description = "one of: ${COMPLETION-CANDIDATES}")
  private ListedParts listed = ListedParts.ENGINES;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    ClassLoader loader = getClass().getClassLoader();
    switch (listed) {
      case ENGINES -> {
        Registry<Engine> engines = Registry.discover(Engine.class, loader);
        engines.all().forEach(engine -> engine(out, engine, from(engines, engine)));
      }
      case TASKS -> {
        Registry<Task> tasks = Registry.discover(Task.class, loader);
        tasks.all().forEach(task -> task(out, task, from(tasks, task)));
      }
      case REPORTERS -> {
        Registry<Reporter> runs = Registry.discover(Reporter.class, loader);
        runs.all().forEach(each -> out.println(each.name() + from(runs, each)));
        Registry<ComparisonReporter> comparisons =
            Registry.discover(ComparisonReporter.class, loader);
        comparisons
            .all()
            .forEach(
                each -> out.println(each.name() + "  of a comparison" + from(comparisons, each)));
      }
      case LOSSES -> LossListing.print(out, loader);
      case MODELS -> models(out);
      case DECODERS -> decoders(out);
      case DATASETS -> datasets(out);
      default -> throw new IllegalStateException(listed.toString());
    }
    return ExitCode.OK;
  }

  /** Returns the jar of a plugin, to end a line with; nothing for the program's own. */
  static <S extends Named> String from(Registry<S> registry, S found) {
    return registry.origin(found).map(jar -> "  from " + PlainText.line(jar)).orElse("");
  }

  private static void task(PrintWriter out, Task task, String from) {
    out.println(task.name() + "  scores: " + String.join(", ", task.scores()) + from);
  }

  private static void engine(PrintWriter out, Engine engine, String from) {
    EngineInfo info = engine.info();
    out.printf(
        "%s %s  reads: %s  devices: %s%s%n",
        engine.name(),
        info.version(),
        info.format().orElse("no file"),
        String.join(", ", info.devices()),
        from);
    for (EngineOption option : info.options()) {
      out.printf(
          "  %s: %s (default %s)  %s%n",
          option.name(),
          option.values().isEmpty() ? "a whole number" : String.join("|", option.values()),
          option.defaultValue(),
          option.meaning());
    }
  }

  private static void models(PrintWriter out) throws IOException {
    Path folder = ConfigSource.home().resolve("models");
    List<Path> cards;
    try (Stream<Path> all = Files.list(folder)) {
      cards = all.filter(f -> Files.isRegularFile(f.resolve("model.yaml"))).sorted().toList();
    }
    for (Path card : cards) {
      out.println(PlainText.line(String.valueOf(card.getFileName())));
    }
  }

  private static void datasets(PrintWriter out) {
    Registry<DatasetFormat> formats = Datasets.formats();
    for (DatasetFormat format : formats.all()) {
      out.printf(
          "%-12s  %s%s%n",
          format.name(), PlainText.line(format.description()), from(formats, format));
    }
  }

  private static void decoders(PrintWriter out) {
    out.println("none  image in, tensors out: a card of task tensors with preprocess");
    Registry<Decoder> decoders = Decoders.registry();
    for (Decoder decoder : decoders.all()) {
      String also = decoder.aliases().isEmpty() ? "" : ", " + String.join(", ", decoder.aliases());
      out.printf(
          "%s%s  %s%s%n",
          decoder.name(), also, PlainText.line(decoder.description()), from(decoders, decoder));
      if (!decoder.layout().isEmpty()) {
        out.println("  reads: " + PlainText.line(decoder.layout()));
      }
      for (DecoderParameter each : decoder.parameters()) {
        String fallback = each.written().isEmpty() ? "the family's own" : each.written();
        out.printf(
            "  %s: %s (default %s)%n", PlainText.line(each.name()), each.expected(), fallback);
      }
    }
  }
}
