package io.stagemark.cli;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.engine.EngineException;
import io.stagemark.flops.ModelInput;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.Reconciliation;
import io.stagemark.flops.onnx.OnnxFlops;
import io.stagemark.flops.roofline.Roofline;
import io.stagemark.flops.text.CountCsv;
import io.stagemark.flops.text.CountJson;
import io.stagemark.flops.text.CountTable;
import io.stagemark.flops.text.RooflineTable;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Counts the operations of a model, per operator and in total. */
@Command(
    name = "flops",
    description = "Counts the operations of a model, per operator and in total.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./stagemark flops models/centernet-mbv3-coco/model.onnx",
      "  ./stagemark flops resnet18.onnx --input x=8x3x224x224 --per-op",
      "  ./stagemark flops resnet18.onnx --reconcile resnet18.pt --input x=1x3x224x224",
      "  ./stagemark flops vad.onnx --input input=1x576 --input state=2x1x128 --input sr=:16000"
    })
public final class FlopsCommand implements Callable<Integer> {
  /** name=1x3x224x224, with :16000 behind it for what every element is; a scalar has no extents. */
  private static final Pattern INPUT =
      Pattern.compile(
          "(?<name>.*)=(?<shape>(\\d{1,18}(x\\d{1,18}){0,63})?)(:(?<fill>-?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})))?");

  private static final int REPEATS = 9;

  /** How the count is written. */
  enum Format {
    TABLE,
    JSON,
    CSV;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "MODEL", description = "an .onnx or a TorchScript file")
  private Path model = Path.of("");

  @Option(
      names = "--input",
      paramLabel = "NAME=SHAPE[:FILL]",
      description =
          "extents of an input, such as x=1x3x224x224, and the number that every element is"
              + " (default 0); needed where the model leaves extents open; a TorchScript file takes"
              + " them in the order of forward, whatever their names")
  private List<String> inputs = new ArrayList<>();

  @Option(names = "--per-op", description = "list every operator")
  private boolean perOp;

  @Option(
      names = "--executed",
      description =
          "run the model once, and count beside it the graph that ONNX Runtime makes of it")
  private boolean executed;

  @Option(
      names = "--run-seconds",
      paramLabel = "N",
      description =
          "how long a run may take where only one gives the shapes of an ONNX graph"
              + " (default ${DEFAULT-VALUE})")
  private int runSeconds = (int) OnnxFlops.RUN_LIMIT.toSeconds();

  @Option(
      names = "--roofline",
      description =
          "measure this machine's peak and the time of each operator, in passes of their own")
  private boolean roofline;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads of the roofline's passes (default ${DEFAULT-VALUE})")
  private int threads = 1;

  @Option(
      names = "--reconcile",
      paramLabel = "FILE",
      description = "another file of the same network: the two counts are held together")
  private @Nullable Path other;

  @Option(
      names = "--timing",
      description = "count again and again, and tell on standard error how long a count takes")
  private boolean timing;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE})")
  private Format format = Format.TABLE;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws BadInputException, InterruptedException {
    Map<String, ModelInput> given = parsed();
    long start = System.nanoTime();
    OperationCount count = ModelCounter.count(model, given, runLimit());
    if (timing) {
      spec.commandLine().getErr().println(timed(System.nanoTime() - start, given));
    }
    List<OperationCount> counts = new ArrayList<>(List.of(count));
    Optional<Roofline> measured = Optional.empty();
    try {
      if (executed) {
        counts.add(OnnxFlops.countExecuted(model, given));
      }
      if (roofline) {
        measured = Optional.of(ModelCounter.roofline(model, given, threads));
      }
    } catch (EngineException e) {
      throw new BadInputException(
          new Problem(
              model.toString(),
              "cannot be run: " + found(String.valueOf(e.getMessage())),
              "a model that its engine runs on inputs of these shapes",
              "the count alone, without --executed and --roofline"));
    }
    if (other != null) {
      OperationCount second = ModelCounter.count(other, given, runLimit());
      counts.set(0, count.withWarning(Reconciliation.of(count, second).sentence()));
    }
    spec.commandLine().getOut().print(rendered(counts, measured));
    spec.commandLine().getOut().flush();
    return 0;
  }

  /** An engine words its refusals in lines of their own: what it found is one of them. */
  private static String found(String message) {
    return message
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("found:"))
        .findFirst()
        .map(line -> line.substring("found:".length()).strip())
        .orElse(message.strip());
  }

  private Duration runLimit() {
    return Duration.ofSeconds(Math.max(1, runSeconds));
  }

  /** The first count loads classes and pages; the ones after it are what a count costs. */
  private String timed(long firstNanos, Map<String, ModelInput> given) throws BadInputException {
    List<Long> nanos = new ArrayList<>();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long cpu = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      ModelCounter.count(model, given, runLimit());
      nanos.add(System.nanoTime() - start);
    }
    double cpuMillis = (threads.getCurrentThreadCpuTime() - cpu) / 1e6 / REPEATS;
    nanos.sort(null);
    return String.format(
        Locale.ROOT,
        "counting took %.0f ms the first time, then median %.0f ms of %d (%.0f to %.0f), %.0f ms of"
            + " processor time each",
        firstNanos / 1e6,
        nanos.get(REPEATS / 2) / 1e6,
        REPEATS,
        nanos.get(0) / 1e6,
        nanos.get(REPEATS - 1) / 1e6,
        cpuMillis);
  }

  private String rendered(List<OperationCount> counts, Optional<Roofline> measured) {
    String name = String.valueOf(model.getFileName());
    return switch (format) {
      case TABLE ->
          CountTable.render(name, counts, perOp)
              + measured.map(found -> "\n" + RooflineTable.render(found)).orElse("");
      case CSV -> CountCsv.render(counts.get(0));
      case JSON -> CountJson.render(name, counts, measured) + "\n";
    };
  }

  private Map<String, ModelInput> parsed() throws BadInputException {
    Map<String, ModelInput> given = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (String text : inputs) {
      Matcher matcher = INPUT.matcher(text);
      if (!matcher.matches()) {
        problems.add(
            new Problem(
                "--input",
                text,
                "a name, an equals sign and extents, such as x=1x3x224x224",
                "--input x=1x3x224x224"));
        continue;
      }
      List<Long> shape = new ArrayList<>();
      for (String extent : matcher.group("shape").split("x", -1)) {
        if (!extent.isEmpty()) {
          shape.add(Long.parseLong(extent));
        }
      }
      String fill = matcher.group("fill");
      given.put(
          matcher.group("name"),
          fill == null
              ? ModelInput.zeros(shape)
              : ModelInput.filled(shape, Double.parseDouble(fill)));
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    return given;
  }
}
