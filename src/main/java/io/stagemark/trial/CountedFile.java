package io.stagemark.trial;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.ModelArtifact;
import io.stagemark.flops.ModelInput;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model's file whose operations are counted, by its format. */
public final class CountedFile {
  public static final String ONNX = "onnx";
  public static final String TORCHSCRIPT = "torchscript";

  private CountedFile() {}

  /** Returns inputs of the card's shapes, all zero, by name. */
  public static Map<String, ModelInput> inputs(CaseSpec spec) {
    Map<String, ModelInput> inputs = new LinkedHashMap<>();
    spec.model()
        .inputs(spec.batch())
        .forEach(input -> inputs.put(input.name(), ModelInput.zeros(input.shape())));
    return inputs;
  }

  /**
   * Returns the path of a file that the model has.
   *
   * @throws IllegalArgumentException if it has none of that format
   */
  public static Path path(CaseSpec spec, String format) {
    ModelArtifact file = spec.model().files().get(format);
    if (file == null) {
      throw new IllegalArgumentException("no %s file in %s".formatted(format, spec.model().name()));
    }
    return file.path();
  }

  /** Returns the file's name without its folder. */
  public static String name(CaseSpec spec, String format) {
    return String.valueOf(path(spec, format).getFileName());
  }
}
