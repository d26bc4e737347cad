package io.stagemark.flops.torchscript;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.BadInputException;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.torchscript.archive.StorageSpan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is followed exactly, what is passed over, and what is said of it. */
final class FollowingTest {
  @TempDir private Path folder;

  private OperationCount count(TinyArchive archive, Long... shape)
      throws IOException, BadInputException {
    return TorchScriptFlops.count(archive.write(folder), List.of(List.of(shape)));
  }

  private OperationCount count(String... body) throws IOException, BadInputException {
    return count(new TinyArchive().tensor("w", 4, 4).forward(body), 8L, 4L);
  }

  // a vector of so many elements by a matrix of one row of 7: x is [8, 4]
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "torch.arange(1, torch.add(n, 1)) | 8",
        "torch.arange(0, n, 2) | 4",
        "torch.arange(n, 0, -3) | 3",
        "torch.arange(torch.sub(n, 3)) | 5",
        "torch.arange(0., 1., 0.25) | 4",
        "torch.arange(torch.floor_divide(torch.mul(n, 3), 5)) | 4",
        "torch.arange(torch.remainder(torch.neg(n), 3)) | 1",
        "torch.arange(int(torch.ceil(torch.div(n, 3)))) | 3",
        "torch.linspace(0, 1, int(n)) | 8",
        "torch.full([int(n)], 1) | 8",
        "torch.repeat_interleave(torch.ones([int(n)]), 3) | 24",
        "torch.select(torch.tril_indices(int(n), int(n)), 0, 0) | 36",
        "torch.slice(torch.arange(n), 0, 2, 100, 4) | 2",
        "torch.nonzero(torch.gt(torch.arange(n), 4)) | 3",
        "torch.zeros([torch.len(torch.tensor_split(torch.arange(n), 3))]) | 3",
      })
  void count_boundsThatComeFromASize_areFollowed(String vector, long elements)
      throws IOException, BadInputException {
    OperationCount count =
        count(
            "n = ops.prim.NumToTensor(torch.size(x, 0))",
            "a = torch.to(torch.reshape(" + vector + ", [-1, 1]), 6)",
            "return torch.matmul(a, torch.ones([1, 7]))");

    assertThat(count.macs()).isEqualTo(7 * elements);
    assertThat(count.complete()).isTrue();
  }

  // 8 rows of 16; a second layer may or may not run, and the third takes its result
  @Test
  void count_branchOnData_isNotComplete() throws IOException, BadInputException {
    OperationCount count =
        count(
            "y = torch.linear(x, self.w)",
            "if bool(torch.gt(torch.sum(y), 0)):",
            "  z = torch.linear(y, self.w)",
            "else:",
            "  z = y",
            "return torch.linear(z, self.w)");

    assertThat(count.macs()).isEqualTo(128);
    assertThat(count.complete()).isFalse();
    assertThat(count.incompleteBecause())
        .containsExactly("the branch at forward, line 7 depends on data: neither side is counted");
  }

  @Test
  void count_branchThatOnlyRefusesTheInput_isNotTaken() throws IOException, BadInputException {
    OperationCount count =
        count(
            "if bool(torch.any(torch.isnan(x))):",
            "  ops.prim.RaiseException(\"nan\")",
            "else:",
            "  pass",
            "return torch.linear(x, self.w)");

    assertThat(count.macs()).isEqualTo(128);
    assertThat(count.complete()).isTrue();
  }

  @Test
  void count_operatorWithoutARule_isNamedAndTheRestGoesOn() throws IOException, BadInputException {
    OperationCount count =
        count(
            "y = torch.fft_rfft(x)",
            "z = torch.linear(y, self.w)",
            "return torch.linear(x, self.w)");

    assertThat(count.macs()).isEqualTo(128);
    assertThat(count.uncounted()).containsKeys("aten::fft_rfft", "aten::linear");
    assertThat(count.incompleteBecause()).anyMatch(reason -> reason.contains("there is no rule"));
  }

  // n counts to 4 in place; a stale 0 would loop for ever
  @Test
  void count_numberChangedInPlace_isTheNewOne() throws IOException, BadInputException {
    OperationCount count =
        count(
            "n = torch.tensor(0)",
            "while bool(torch.lt(n, 4)):",
            "  _0 = torch.add_(n, 1)",
            "  y = torch.linear(x, self.w)",
            "return y");

    assertThat(count.macs()).isEqualTo(4 * 128);
    assertThat(count.complete()).isTrue();
  }

  @Test
  void count_elementChangedThroughAView_isNotTakenForTheOldOne()
      throws IOException, BadInputException {
    OperationCount count =
        count(
            "z = torch.zeros([3], dtype=4)",
            "_0 = torch.copy_(torch.select(z, 0, 1), torch.tensor(2))",
            "for i in range(int(torch.sum(z))):",
            "  y = torch.linear(x, self.w)",
            "return x");

    assertThat(count.complete()).isFalse();
  }

  @Test
  void count_loopsInLoops_endAtTheLimitOfTheFile() throws IOException, BadInputException {
    OperationCount count =
        count(
            "for i in range(1000000000000):",
            "  for j in range(1000000000000):",
            "    x = torch.relu(x)",
            "return x");

    assertThat(count.complete()).isFalse();
    assertThat(count.incompleteBecause()).singleElement().asString().startsWith("stopped after");
    assertThat(count.total().comparisons()).isPositive();
  }

  // w [4, 4] and its rows 1 to 3 are one storage of 16; c is 5 of its own
  @Test
  void count_viewsOfOneStorage_areCountedOnce() throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive()
                .tensor("w", 4, 4)
                .view("tied", 0, 4, 4)
                .view("rows", 4, 3, 4)
                .tensor("c", 5)
                .forward(
                    "y = torch.add(torch.linear(x, self.w), torch.linear(x, self.tied))",
                    "z = torch.linear(x, self.rows)",
                    "return torch.mul(self.c, 2)"),
            8L,
            4L);

    assertThat(count.parameters()).isEqualTo(21);
    assertThat(count.weights().zeros()).isEqualTo(21);
  }

  // rows 1 and 3 of four share nothing: 4 elements each, and only one of them is read
  @Test
  void count_spansThatShareNothing_stayApart() {
    assertThat(
            StorageSpan.joined(
                List.of(
                    new StorageSpan(12, 15, 4),
                    new StorageSpan(4, 7, 4),
                    new StorageSpan(4, 7, 4),
                    new StorageSpan(6, 9, 4))))
        .containsExactly(new StorageSpan(4, 9, 6), new StorageSpan(12, 15, 4));
  }
}
