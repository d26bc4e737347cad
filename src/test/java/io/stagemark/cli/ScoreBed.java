package io.stagemark.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.data.ElementType;
import io.stagemark.data.HalfFloat;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.NpyWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/** Runs {@code score} on files that are written into a folder. */
final class ScoreBed {
  private final Path folder;

  ScoreBed(Path folder) {
    this.folder = folder;
  }

  /** What the command printed, and its exit code. */
  record CommandOutput(int code, String out, String err) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  static CommandOutput run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new ScoreCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          command.getErr().println(e);
          return ExitCode.BAD_INPUT;
        });
    return new CommandOutput(line.execute(words), out.toString(), err.toString());
  }

  String doubles(String name, double[] values, long... shape) throws IOException {
    return write(name, ElementType.FLOAT64, values, shape);
  }

  String write(String name, ElementType type, double[] values, long... shape) throws IOException {
    List<Long> extents = Arrays.stream(shape).boxed().toList();
    Tensor tensor = Tensor.allocate(new TensorSpec(name, type, extents));
    for (int i = 0; i < values.length; i++) {
      int at = i * type.bytes();
      switch (type) {
        case FLOAT64 -> tensor.bytes().putDouble(at, values[i]);
        case FLOAT32 -> tensor.bytes().putFloat(at, (float) values[i]);
        case FLOAT16 -> tensor.bytes().putShort(at, HalfFloat.of(values[i]));
        case INT64 -> tensor.bytes().putLong(at, (long) values[i]);
        case INT32 -> tensor.bytes().putInt(at, (int) values[i]);
        case INT16, UINT16 -> tensor.bytes().putShort(at, (short) values[i]);
        default -> tensor.bytes().put(at, (byte) values[i]);
      }
    }
    Path file = folder.resolve(name + ".npy");
    NpyWriter.write(file, tensor);
    return file.toString();
  }

  String text(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }
}
