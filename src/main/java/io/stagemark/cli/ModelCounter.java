package io.stagemark.cli;

import io.stagemark.data.BadInputException;
import io.stagemark.flops.ModelInput;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.onnx.OnnxFlops;
import io.stagemark.flops.torchscript.TorchScriptFlops;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Counts a model by what its file is: a zip is TorchScript, anything else must be ONNX. */
final class ModelCounter {
  private ModelCounter() {}

  static OperationCount count(Path model, Map<String, ModelInput> inputs) throws BadInputException {
    if (!isZip(model)) {
      return OnnxFlops.countFilled(model, inputs);
    }
    List<List<Long>> shapes = inputs.values().stream().map(ModelInput::shape).toList();
    return TorchScriptFlops.count(model, shapes);
  }

  private static boolean isZip(Path model) {
    try (InputStream in = Files.newInputStream(model)) {
      return in.read() == 'P' && in.read() == 'K';
    } catch (IOException e) {
      return false; // the reader of ONNX files will say what is wrong
    }
  }
}
