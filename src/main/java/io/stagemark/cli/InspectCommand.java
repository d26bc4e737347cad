package io.stagemark.cli;

import io.stagemark.data.BadInputException;
import io.stagemark.inspect.Inspector;
import io.stagemark.inspect.ModelInspection;
import io.stagemark.inspect.text.InspectionJson;
import io.stagemark.inspect.text.InspectionText;
import java.nio.file.Path;
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

/** Says what a model file is taken for. */
@Command(
    name = "inspect",
    description =
        "Says what a model file is taken for: inputs, head, preprocessing, and how sure that is.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Nothing is run and nothing is written.",
      "",
      "Examples:",
      "  ./stagemark inspect models/centernet-mbv3-coco/centernet_mbv3_coco_512.onnx",
      "  ./stagemark inspect detector.onnx --shape images=1x3x480x640",
      "  ./stagemark inspect detector.onnx --head yolov10 --format json"
    })
public final class InspectCommand implements Callable<Integer> {

  /** How the findings are written. */
  enum Format {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "FILE", description = "an .onnx or a TorchScript file")
  private Path file = Path.of("");

  @Option(
      names = "--shape",
      paramLabel = "NAME=EXTENTS",
      description =
          "shape of an input, such as images=1x3x640x640; needed where the file leaves an axis open"
              + " whose name says nothing")
  private List<String> shapes = new ArrayList<>();

  @Option(
      names = "--head",
      paramLabel = "FAMILY",
      description = "what the outputs mean, where several families have such outputs")
  private @Nullable String head;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE})")
  private Format format = Format.TEXT;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws BadInputException {
    ModelInspection found = Inspector.inspect(file, shapes, Optional.ofNullable(head));
    String text =
        switch (format) {
          case TEXT -> InspectionText.render(found);
          case JSON -> InspectionJson.render(found) + "\n";
        };
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
