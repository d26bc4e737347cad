package io.stagemark.cli;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.engine.EngineException;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.Reconciliation;
import io.stagemark.flops.file.InputShapes;
import io.stagemark.flops.file.ModelCounter;
import io.stagemark.flops.onnx.OnnxFlops;
import io.stagemark.flops.roofline.Roofline;
import io.stagemark.flops.text.CountCsv;
import io.stagemark.flops.text.CountJson;
import io.stagemark.flops.text.CountTable;
import io.stagemark.flops.text.RooflineTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
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
      "  ./stagemark flops models/centernet-mbv3-coco/centernet_mbv3_coco_512.onnx",
      "  ./stagemark flops resnet18.onnx --input x=8x3x224x224 --per-op",
      "  ./stagemark flops resnet18.onnx --reconcile resnet18.pt --input x=1x3x224x224",
      "  ./stagemark flops vad.onnx --input input=1x576 --input state=2x1x128 --input sr=:16000",
      "  ./stagemark flops vad.jit --input x=1x512 --input sr=16000",
      "  ./stagemark flops pair.pt --input 'xs=[1x3x64x64, 1x3x32x32]' --input 'opts={scale: 2}'"
    })
final class FlopsCommand implements Callable<Integer> {
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
      paramLabel = "NAME=VALUE",
      description =
          "extents of an input, such as x=1x3x224x224, with :N behind them for what every element"
              + " is (unknown otherwise); needed where the model leaves extents open. A TorchScript"
              + " file also takes x=1x8:0:int64 (element type), 16000, 0.5, True, text, None,"
              + " [1x8, 1x4], (1x8, 3) and {key: 1x8}, by the type that forward declares, in its"
              + " order where a name is none of its own")
  private List<String> inputs = new ArrayList<>();

  @Option(names = "--per-op", description = "list every operator")
  private boolean perOp;

  @Option(
      names = "--executed",
      description = "run the model once, and also count the graph that ONNX Runtime makes of it")
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
      description = "count repeatedly, and print the time of a count to standard error")
  private boolean timing;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE})")
  private Format format = Format.TABLE;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws BadInputException, InterruptedException {
    InputShapes.checkNames(inputs);
    long start = System.nanoTime();
    OperationCount count = ModelCounter.count(model, inputs, runLimit());
    if (timing) {
      spec.commandLine()
          .getErr()
          .println(ModelCounter.timed(model, inputs, runLimit(), System.nanoTime() - start));
    }
    List<OperationCount> counts = new ArrayList<>(List.of(count));
    Optional<Roofline> measured = Optional.empty();
    try {
      if (executed) {
        counts.add(OnnxFlops.countExecuted(model, InputShapes.of(inputs)));
      }
      if (roofline) {
        measured = Optional.of(ModelCounter.roofline(model, InputShapes.of(inputs), threads));
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
      OperationCount second = ModelCounter.count(other, inputs, runLimit());
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
}
