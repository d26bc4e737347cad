package io.stagemark.inspect.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.data.BadInputException;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.CalledOperator;
import io.stagemark.flops.torchscript.TorchScriptFlops;
import io.stagemark.inspect.fact.GraphTrace;
import io.stagemark.inspect.fact.OutputSignature;
import io.stagemark.inspect.fact.TensorSignature;
import io.stagemark.inspect.metadata.ExportMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A TorchScript archive. Its code declares no shapes: they follow from what it is given. */
final class TorchScriptSource implements ModelSource {
  private static final int MAX_CONFIG_BYTES = 4 << 20;
  private static final String CONFIG = "/extra/config.txt";

  private static final Set<String> MOVES =
      Set.of("view", "reshape", "permute", "transpose", "flatten", "contiguous", "to", "squeeze");

  private final Path path;
  private final Declared declared;

  private TorchScriptSource(Path path) throws BadInputException {
    this.path = path;
    List<TensorSignature> inputs = inputs(path);
    declared =
        new Declared(
            "torchscript",
            OptionalLong.empty(),
            OptionalLong.empty(),
            "",
            ExportMetadata.of(config(path), path.toString()),
            inputs,
            List.of());
  }

  /** What may be left out, as the targets of a detector, is no input of a run. */
  private static List<TensorSignature> inputs(Path path) throws BadInputException {
    List<TensorSignature> inputs = new ArrayList<>();
    for (Map.Entry<String, String> each : TorchScriptFlops.parameters(path).entrySet()) {
      if (each.getValue().equals("Tensor")) {
        inputs.add(new TensorSignature(each.getKey(), "float32", Optional.empty()));
      } else if (!each.getValue().startsWith("Optional[")) {
        throw ModelFiles.problem(
            path,
            "forward takes %s: %s".formatted(each.getKey(), each.getValue()),
            "a forward that takes tensors alone",
            "torch.jit.trace the model with one tensor, or torch.onnx.export it");
      }
    }
    return inputs;
  }

  static ModelSource open(Path path) throws BadInputException {
    return new TorchScriptSource(path);
  }

  private static Map<String, @Nullable Object> config(Path path) throws BadInputException {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      Optional<? extends ZipEntry> entry =
          zip.stream().filter(each -> each.getName().endsWith(CONFIG)).findFirst();
      if (entry.isEmpty()) {
        return Map.of();
      }
      try (InputStream in = zip.getInputStream(entry.get())) {
        byte[] bytes = in.readNBytes(MAX_CONFIG_BYTES);
        String text = new String(bytes, StandardCharsets.UTF_8);
        Map<String, @Nullable Object> read =
            new ObjectMapper().readValue(text, new TypeReference<>() {});
        return read == null ? Map.of() : read; // the JSON text "null"
      }
    } catch (JsonProcessingException e) {
      throw ModelFiles.problem(
          path,
          "extra/config.txt, which is no JSON object of at most %d MiB"
              .formatted(MAX_CONFIG_BYTES >> 20),
          "what Ultralytics writes there, such as {\"stride\": 32, \"names\": {\"0\": \"person\"}}",
          "export the model again");
    } catch (IOException e) {
      throw ModelFiles.problem(
          path, "cannot be read: " + e.getMessage(), "a whole zip", "copy the file again");
    }
  }

  @Override
  public Declared declared() {
    return declared;
  }

  @Override
  public GraphTrace trace(Map<String, List<Long>> shapes) throws BadInputException {
    List<List<Long>> inOrder = new ArrayList<>();
    for (TensorSignature input : declared.inputs()) {
      List<Long> shape = shapes.get(input.name());
      if (shape != null) {
        inOrder.add(shape);
      }
    }
    TorchScriptFlops.ScriptCount followed = TorchScriptFlops.follow(path, inOrder);
    Map<String, Integer> operators = new HashMap<>();
    followed.called().forEach(each -> operators.merge(each.operator(), 1, Integer::sum));
    List<OutputSignature> outputs = new ArrayList<>();
    boolean one = followed.outputs().size() == 1;
    followed
        .outputs()
        .forEach(
            (name, value) ->
                outputs.add(output(name, value, one ? tail(followed.called()) : List.of())));
    return new GraphTrace(
        outputs, operators, List.of(), Map.of(), followed.count().incompleteBecause());
  }

  private static OutputSignature output(String name, Value value, List<String> tail) {
    return new OutputSignature(
        name,
        value.type().text(),
        value.isKnown(),
        value.isKnown() ? value.shape() : List.of(),
        tail,
        List.of());
  }

  /** The code calls in order: what it calls last makes its only output. */
  private static List<String> tail(List<CalledOperator> called) {
    List<String> tail = new ArrayList<>();
    for (int i = called.size() - 1; i >= 0 && tail.size() < 6; i--) {
      String operator = called.get(i).operator();
      if (!MOVES.contains(operator)) {
        tail.add(onnxName(operator));
      }
    }
    return tail;
  }

  /** Heads ask for operators by ONNX's names. */
  private static String onnxName(String operator) {
    return switch (operator) {
      case "sigmoid", "sigmoid_" -> "Sigmoid";
      case "softmax" -> "Softmax";
      case "log_softmax" -> "LogSoftmax";
      case "linear", "addmm" -> "Gemm";
      case "conv2d", "_convolution" -> "Conv";
      case "argmax" -> "ArgMax";
      case "cat" -> "Concat";
      case "div", "div_" -> "Div";
      case "normalize" -> "LpNormalization";
      case "batch_norm" -> "BatchNormalization";
      case "upsample_bilinear2d", "upsample_nearest2d", "interpolate" -> "Resize";
      default -> operator;
    };
  }
}
