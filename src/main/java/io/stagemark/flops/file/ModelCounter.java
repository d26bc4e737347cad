package io.stagemark.flops.file;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ElementType;
import io.stagemark.data.Problem;
import io.stagemark.data.RegularFile;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.EngineException;
import io.stagemark.flops.ModelInput;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.onnx.OnnxFlops;
import io.stagemark.flops.roofline.Roofline;
import io.stagemark.flops.roofline.RooflineProbe;
import io.stagemark.flops.torchscript.TorchScriptFlops;
import io.stagemark.stats.Median;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts a model by what its file is: a zip is TorchScript, anything else must be ONNX. */
public final class ModelCounter {
  private static final int REPEATS = 9;

  private ModelCounter() {}

  /**
   * Counts a model.
   *
   * @param inputs as the command line has them: {@code x=1x3x224x224}
   * @param runLimit how long a run may take where only a run gives the shapes of an ONNX graph
   */
  public static OperationCount count(Path model, List<String> inputs, Duration runLimit)
      throws BadInputException {
    refuseCheckpoint(model);
    return isZip(model)
        ? TorchScriptFlops.countGiven(model, inputs)
        : OnnxFlops.countFilled(model, InputShapes.of(inputs), runLimit);
  }

  /**
   * Returns how long a count takes, in a sentence. The first count loads classes and pages; the
   * ones after it are what a count costs.
   *
   * @param firstNanos what the first one took
   */
  public static String timed(Path model, List<String> inputs, Duration runLimit, long firstNanos)
      throws BadInputException {
    double[] nanos = new double[REPEATS];
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long cpu = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      count(model, inputs, runLimit);
      nanos[i] = System.nanoTime() - start;
    }
    double cpuMillis = (threads.getCurrentThreadCpuTime() - cpu) / 1e6 / REPEATS;
    Arrays.sort(nanos);
    return String.format(
        Locale.ROOT,
        "counting took %.0f ms the first time, then median %.0f ms of %d (%.0f to %.0f), %.0f ms of"
            + " processor time each",
        firstNanos / 1e6,
        Median.of(nanos) / 1e6,
        REPEATS,
        nanos[0] / 1e6,
        nanos[REPEATS - 1] / 1e6,
        cpuMillis);
  }

  /** Measures a model's roofline with the engine that its file is for, on the processor. */
  public static Roofline roofline(Path model, Map<String, ModelInput> inputs, int threads)
      throws BadInputException, EngineException, InterruptedException {
    if (!isZip(model)) {
      return RooflineProbe.measureOnnx(model, inputs, threads).roofline();
    }
    List<TensorSpec> specs = new ArrayList<>();
    inputs.forEach(
        (name, input) -> specs.add(new TensorSpec(name, ElementType.FLOAT32, input.shape())));
    return RooflineProbe.measureTorch(model, specs, threads).roofline();
  }

  /** torch.save wrote bare pickles before it wrote zips; protobuf has no such beginning. */
  private static void refuseCheckpoint(Path model) throws BadInputException {
    if (startsWith(model, 0x80, 2)
        && String.valueOf(model.getFileName()).matches(".*\\.(pth?|jit)")) {
      throw new BadInputException(
          new Problem(
              model.toString(),
              "a pickle of torch.save: a checkpoint or a state_dict, no TorchScript archive",
              "an .onnx file, or a file that torch.jit.save wrote",
              "load the weights into the model in Python, then torch.jit.script(model).save(file)"));
    }
  }

  private static boolean isZip(Path model) {
    return startsWith(model, 'P', 'K');
  }

  private static boolean startsWith(Path model, int first, int second) {
    try (InputStream in = RegularFile.open(model)) {
      return in.read() == first && in.read() == second;
    } catch (IOException e) {
      return false; // the reader of ONNX files will say what is wrong
    }
  }
}
