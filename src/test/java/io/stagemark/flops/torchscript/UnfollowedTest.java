package io.stagemark.flops.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.stagemark.data.BadInputException;
import io.stagemark.flops.OperationCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What depends on data is never counted as if it were known: the count is not complete. */
final class UnfollowedTest {
  @TempDir private Path folder;

  /** Counts a forward on x [2, 4], with w [5, 4] and v [5, 5]. */
  private OperationCount count(String... lines) throws IOException, BadInputException {
    Path file = new TinyArchive().tensor("w", 5, 4).tensor("v", 5, 5).forward(lines).write(folder);
    return TorchScriptFlops.count(file, List.of(List.of(2L, 4L)));
  }

  private static void assertPartial(OperationCount count, long macs, String reason) {
    assertThat(count.macs()).isEqualTo(macs);
    assertThat(count.complete()).isFalse();
    assertThat(count.incompleteBecause()).anyMatch(because -> because.contains(reason));
  }

  // 2·5·4 before the branch; whichever side runs has more
  @Test
  void count_branchOnData_isNotComplete() throws IOException, BadInputException {
    OperationCount count =
        count(
            "y = torch.linear(x, self.w)",
            "if bool(torch.gt(torch.sum(x), 0)):",
            "  y = torch.linear(y, self.v)",
            "else:",
            "  y = torch.linear(torch.linear(y, self.v), self.v)",
            "return y");

    assertPartial(count, 40, "the branch at forward, line 8 depends on data");
  }

  // what the branch does not touch is counted: 2·5·4 twice
  @Test
  void count_behindABranchOnData_goesOnWithWhatIsKnown() throws IOException, BadInputException {
    OperationCount count =
        count(
            "y = torch.linear(x, self.w)",
            "if bool(torch.gt(torch.sum(x), 0)):",
            "  z = torch.linear(y, self.v)",
            "else:",
            "  z = y",
            "u = torch.linear(x, self.w)",
            "return torch.linear(z, self.v)");

    assertPartial(count, 80, "depends on data");
    assertThat(count.uncounted()).containsKey("aten::linear");
  }

  // a forward that ends takes the other side
  @Test
  void count_branchOnDataThatOnlyRefuses_isComplete() throws IOException, BadInputException {
    OperationCount count =
        count(
            "if bool(torch.gt(torch.sum(x), 0)):",
            "  ops.prim.RaiseException(\"negative only\", \"builtins.ValueError\")",
            "  y = x",
            "else:",
            "  y = torch.linear(x, self.w)",
            "return y");

    assertThat(count.macs()).isEqualTo(40);
    assertThat(count.complete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while bool(torch.gt(torch.sum(x), 0)):",
        "for i in range(int(torch.sum(x))):",
        "for i in range(torch.item(torch.argmax(x))):",
      })
  void count_loopOnData_isNotComplete(String head) throws IOException, BadInputException {
    OperationCount count =
        count("y = torch.linear(x, self.w)", head, "  y = torch.linear(x, self.w)", "return y");

    assertPartial(count, 40, "depends on data");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch.nonzero(x)",
        "torch.masked_select(x, torch.gt(x, 0))",
        "torch.index(x, [torch.gt(x, 0)])",
        "torch.unique_consecutive(x)",
        "torch.arange(torch.item(torch.argmax(x)))",
        "torch.zeros([int(torch.sum(x)), 4])",
        "ops.mine.mystery(x)",
        "torch.mystery(x)",
      })
  void count_shapeThatDataGives_isNotComplete(String made) throws IOException, BadInputException {
    OperationCount count =
        count("y = torch.linear(x, self.w)", "z = " + made, "return torch.matmul(z, self.v)");

    assertThat(count.macs()).isEqualTo(40);
    assertThat(count.complete()).isFalse();
    assertThat(count.incompleteBecause()).isNotEmpty();
  }

  // two loops of 10^6: in total 10^12 turns
  @Test
  void count_loopsInLoops_endByOneLimitForTheFile() {
    OperationCount count =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60),
            () ->
                count(
                    "for i in range(1000000):",
                    "  for j in range(1000000):",
                    "    x = torch.relu(x)",
                    "return x"));

    assertThat(count.complete()).isFalse();
    assertThat(count.incompleteBecause()).anyMatch(because -> because.contains("stopped after"));
    assertThat(count.total().comparisons()).isPositive();
  }

  // x is [2, 4], w [5, 4], v [5, 5]
  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch.linear(x, self.v)",
        "torch.matmul(x, self.w)",
        "torch.add(x, self.w)",
        "torch.view(x, [3, 3])",
        "torch.reshape(x, [3, -1])",
        "torch.cat([x, self.v], 0)",
        "torch.stack([x, self.w])",
        "torch.size(x, 7)",
        "torch.select(x, 0, 9)",
        "torch.conv2d(x, self.w)",
        "torch.max_pool2d(x, [2, 2])",
        "torch.adaptive_avg_pool2d(x, [1, 1])",
        "torch.transpose(x, 0, 5)",
        "torch.expand(x, [3, 4])",
        "torch.einsum(\"ab,bc->ac\", [x, self.w])",
        "torch.zeros([-3])",
        "torch.arange(0, 4, 0)",
        "x[0]",
        "torch.linear(y, self.w)",
        "torch.linear(x, self.nothing)",
      })
  void count_argumentThatAnOperatorCannotHave_isRefused(String call) {
    assertThatThrownBy(() -> count("return " + call)).isInstanceOf(BadInputException.class);
  }

  @Test
  void count_everyTruncation_isRefused() throws IOException {
    byte[] whole =
        Files.readAllBytes(
            new TinyArchive().tensor("w", 5, 4).forward("return torch.relu(x)").write(folder));
    Path cut = folder.resolve("cut.pt");
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> TorchScriptFlops.count(cut, List.of(List.of(2L, 4L))))
          .isInstanceOf(BadInputException.class);
    }
  }
}
