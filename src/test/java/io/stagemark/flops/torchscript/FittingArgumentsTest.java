package io.stagemark.flops.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.Shape;
import io.stagemark.data.BadInputException;
import io.stagemark.flops.OperationCount;
import io.stagemark.scoring.TorchScript;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Arguments that an operator cannot have never give a complete count. The calls are in {@code
 * arguments.txt}; libtorch itself says which of them it takes, and how many elements they return.
 */
final class FittingArgumentsTest {
  /** Multiply-adds for each element of a call's result, so that its size is part of the count. */
  private static final int COLUMNS = 7;

  @TempDir private Path folder;

  private static List<String> lines() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            FittingArgumentsTest.class.getResourceAsStream("/torchscript/arguments.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("["))
          .toList();
    }
  }

  static Stream<String> fitting() throws IOException {
    return lines().stream().filter(line -> Character.isDigit(line.charAt(0)));
  }

  static Stream<String> refused() throws IOException {
    return lines().stream().filter(line -> !Character.isDigit(line.charAt(0)));
  }

  /** A function that makes its own tensors and multiplies the result by a matrix of one row. */
  private static String[] body(String call) {
    String made =
        call.replaceAll("\\bT(\\[[0-9, ]*])", "torch.ones($1)")
            .replaceAll("\\bI(\\[[0-9, ]*])", "torch.ones($1, dtype=4)")
            .replaceAll("\\bB(\\[[0-9, ]*])", "torch.ones($1, dtype=11)");
    return new String[] {
      "y = " + made,
      "return torch.matmul(torch.reshape(torch.to(y, 6), [-1, 1]), torch.ones([1, %d]))"
          .formatted(COLUMNS)
    };
  }

  /** Runs a call in libtorch and returns the number of elements of its result. */
  private static long elements(String call) {
    try (TorchScript torch = TorchScript.of(body(call))) {
      var none = torch.manager().zeros(new Shape(1));
      return torch.run(none, none).size() / COLUMNS;
    }
  }

  private OperationCount count(String call) throws IOException, BadInputException {
    TinyArchive archive = new TinyArchive().tensor("w", 1).forward(body(call));
    return TorchScriptFlops.count(archive.write(folder), List.of(List.of(1L)));
  }

  @ParameterizedTest
  @MethodSource("fitting")
  void count_callThatLibtorchTakes_isCompleteWithItsFigure(String line)
      throws IOException, BadInputException {
    String[] parts = line.split(" \\| ", 2);

    OperationCount count = count(parts[1]);

    assertThat(count.incompleteBecause()).isEmpty();
    assertThat(count.complete()).isTrue();
    assertThat(count.macs()).isEqualTo(Long.parseLong(parts[0]) + COLUMNS * elements(parts[1]));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void count_callThatDoesNotFit_isNotComplete(String line) throws IOException {
    String call = line.substring(2);
    if (line.startsWith("!")) {
      assertThatThrownBy(() -> elements(call)).isInstanceOf(EngineException.class);
    }
    try {
      OperationCount count = count(call);
      assertThat(count.complete()).as("complete with %d MACs", count.macs()).isFalse();
      assertThat(count.incompleteBecause()).isNotEmpty();
    } catch (BadInputException e) {
      assertThat(e.problems()).isNotEmpty();
    }
  }
}
