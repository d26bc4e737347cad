package io.stagemark.flops.torchscript;

import io.stagemark.data.BadInputException;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.onnx.OnnxType;
import io.stagemark.flops.onnx.ShapeTape;
import io.stagemark.flops.onnx.UnknownShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the operations of a TorchScript file, traced, scripted or frozen, by following its code
 * with shapes in place of data. No native code is loaded.
 *
 * <p>Of the three ways that facts/flops.md names, this one proved right: the profiler of libtorch
 * tells the shapes of inputs but neither strides nor whether a convolution is transposed, and
 * prints lists of tensors (einsum, lstm) as {@code []}; the typed graph merges the iterations of a
 * loop. The code has everything, and sizes are numbers in it, so that branches and loops on sizes
 * run as they would.
 */
public final class TorchScriptFlops {
  private TorchScriptFlops() {}

  /**
   * Counts one forward.
   *
   * @param file a zip made by torch.jit.save
   * @param inputShapes of the tensors that forward takes, in its order, float32
   * @return the count, for the whole batch; where the code asks for the data of a tensor, it ends
   *     there, and says so
   * @throws BadInputException if the file is no TorchScript archive, or refuses such inputs
   */
  public static OperationCount count(Path file, List<List<Long>> inputShapes)
      throws BadInputException {
    return follow(file, inputShapes).count();
  }

  /**
   * What following a file found.
   *
   * @param count of one forward
   * @param called every operator that it applied to a tensor, in order
   */
  public record Followed(OperationCount count, List<CalledOperator> called) {
    public Followed {
      called = List.copyOf(called);
    }
  }

  /** Counts one forward and tells the order of its operators; else as {@link #count}. */
  public static Followed follow(Path file, List<List<Long>> inputShapes) throws BadInputException {
    try {
      if (!Files.isRegularFile(file)) {
        throw new ScriptFault("", "no such file");
      }
      return followed(file, inputShapes);
    } catch (ScriptFault e) {
      throw e.in(file.toString());
    } catch (UncheckedIOException | IOException e) {
      throw new ScriptFault("", "unreadable: " + e.getMessage()).in(file.toString());
    } catch (StackOverflowError e) {
      // bounded one by one, nestings can still multiply; nothing was changed that would need
      // undoing
      throw new ScriptFault("", "code or values nested too deep").in(file.toString());
    } catch (IllegalStateException | NullPointerException e) {
      throw e; // a defect of ours
    } catch (RuntimeException e) {
      // code that does not fit its data ends in the exceptions of lists and numbers
      throw new ScriptFault("", "code that cannot be followed: " + e.getMessage())
          .in(file.toString());
    }
  }

  private static Followed followed(Path file, List<List<Long>> inputShapes) throws IOException {
    ShapeTape tape = new ShapeTape();
    @Nullable String unknown = null;
    List<CalledOperator> called = List.of();
    try (TorchArchive archive = TorchArchive.open(file, tape)) {
      ScriptObject model = archive.model();
      List<@Nullable Object> inputs = new ArrayList<>();
      for (List<Long> shape : inputShapes) {
        inputs.add(tape.input(OnnxType.FLOAT, shape));
      }
      Interpreter interpreter = new Interpreter(archive, tape);
      called = interpreter.called();
      interpreter.call(model, "forward", inputs, Map.of());
    } catch (UnknownShape e) {
      unknown = e.getMessage();
    }
    long batch =
        inputShapes.stream()
            .filter(shape -> !shape.isEmpty() && shape.get(0) > 0)
            .findFirst()
            .map(shape -> shape.get(0))
            .orElse(1L);
    OperationCount count = tape.result("torchscript", batch);
    return new Followed(
        unknown == null
            ? count
            : count.withWarning("the code needs data here, and the count ends: " + unknown),
        called);
  }
}
