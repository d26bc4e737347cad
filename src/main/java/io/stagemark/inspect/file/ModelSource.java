package io.stagemark.inspect.file;

import io.stagemark.data.BadInputException;
import io.stagemark.inspect.fact.GraphTrace;
import io.stagemark.inspect.fact.TensorSignature;
import io.stagemark.inspect.metadata.ExportMetadata;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A model file that is open for questions. */
public interface ModelSource {
  /** Returns what the file declares. */
  Declared declared();

  /**
   * Follows the model with inputs of given shapes.
   *
   * @param shapes by name, one for each input
   * @throws BadInputException if the model does not take such inputs, or is no valid graph
   */
  GraphTrace trace(Map<String, List<Long>> shapes) throws BadInputException;

  /**
   * What a file declares.
   *
   * @param format {@code onnx} or {@code torchscript}
   * @param opset of ai.onnx; absent for another format
   * @param irVersion of an ONNX file
   * @param producer such as {@code pytorch 2.3.0}; empty where the file names none
   * @param metadata what the exporter wrote
   * @param inputs in the file's order, initializers left out
   * @param outputs in the file's order; empty where only following the file gives them
   */
  record Declared(
      String format,
      OptionalLong opset,
      OptionalLong irVersion,
      String producer,
      ExportMetadata metadata,
      List<TensorSignature> inputs,
      List<TensorSignature> outputs) {
    public Declared {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }

    /** Returns such as {@code Ultralytics 8.3 export} or the producer; empty where neither is. */
    public String origin() {
      return metadata.exporter().map(name -> name + " export").orElse(producer);
    }
  }
}
