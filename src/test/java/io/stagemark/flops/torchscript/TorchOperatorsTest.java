package io.stagemark.flops.torchscript;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.BadInputException;
import io.stagemark.flops.OperationCount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contractions as TorchScript calls them, each worked by hand. */
final class TorchOperatorsTest {
  @TempDir private Path folder;

  private OperationCount count(TinyArchive archive, Long... shape)
      throws IOException, BadInputException {
    return TorchScriptFlops.count(archive.write(folder), List.of(List.of(shape)));
  }

  // x [1, 4, 9, 9], w [6, 4/g, 3, 3], padding 1: outputs of extent 9 + 2 - 2d - 1 + 1
  @ParameterizedTest
  @CsvSource({"1, 1, 17496", "2, 1, 8748", "1, 2, 10584", "2, 2, 5292"})
  void count_groupsAndDilation_follow(int groups, int dilation, long macs)
      throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive()
                .tensor("w", 6, 4 / groups, 3, 3)
                .forward(
                    "return torch.conv2d(x, self.w, None, [1, 1], [1, 1], [%d, %d], %d)"
                        .formatted(dilation, dilation, groups)),
            1L,
            4L,
            9L,
            9L);

    assertThat(count.macs()).isEqualTo(macs);
  }

  // 4x5x5 inputs of 3x2x2 products each; two groups of w [4, 3, 2, 2] make 6 channels
  @ParameterizedTest
  @CsvSource({"1, 3", "2, 6"})
  void count_transposedConvolution_countsInputPositions(int groups, long channels)
      throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive()
                .tensor("w", 4, 3, 2, 2)
                .forward(
                    "return torch.conv_transpose2d(x, self.w, None, [2, 2], [0, 0], [0, 0], %d)"
                        .formatted(groups)),
            1L,
            4L,
            5L,
            5L);

    assertThat(count.macs()).isEqualTo(100 * 12);
    assertThat(count.perOp().get(0).outputShapes())
        .containsExactly(List.of(1L, channels, 10L, 10L));
  }

  // bi,oi->bo over 3, 4, 5; a product of three: 3*4*5 and then 3*5*6
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "torch.einsum(\"bi,oi->bo\", [x, self.w]) | 60",
        "torch.einsum(\"bi,oi,po->bp\", [x, self.w, self.v]) | 150"
      })
  void count_einsum_countsDistinctLabels(String call, long macs)
      throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive().tensor("w", 5, 4).tensor("v", 6, 5).forward("return " + call),
            3L,
            4L);

    assertThat(count.macs()).isEqualTo(macs);
  }

  // T 5, B 2, I 3, H 4, both directions: 2 * 10 * 3*4 * (3 + 4)
  @Test
  void count_bidirectionalGru_countsThreeGates() throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive()
                .tensor("ih", 12, 3)
                .tensor("hh", 12, 4)
                .tensor("h", 2, 2, 4)
                .forward(
                    "a = self.ih",
                    "b = self.hh",
                    "y, s, = torch.gru(x, self.h, [a, b, a, b], False, 1, 0., False, True, False)",
                    "return y"),
            5L,
            2L,
            3L);

    assertThat(count.macs()).isEqualTo(2 * 10 * 12 * 7);
    assertThat(count.perOp().get(0).operator()).isEqualTo("GRU");
  }

  // matmul [2, 3, 4] by [4, 5]; bmm [2, 3, 4] by [2, 4, 6]; addmm [3, 4] by [4, 5]
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "torch.matmul(x, torch.t(self.w)) | 120",
        "torch.bmm(x, self.b) | 144",
        "torch.linear(x, self.w) | 120",
        "torch.addmm(self.c, torch.select(x, 0, 0), torch.t(self.w)) | 60"
      })
  void count_matrixProducts_countOutputsTimesK(String call, long macs)
      throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive()
                .tensor("w", 5, 4)
                .tensor("b", 2, 4, 6)
                .tensor("c", 5)
                .forward("return " + call),
            2L,
            3L,
            4L);

    assertThat(count.macs()).isEqualTo(macs);
    assertThat(count.uncounted()).isEqualTo(Map.of());
  }

  // a profile has no event of size: it is passed over there
  @Test
  void follow_twoConvolutions_tellsTheOrderOfCalls() throws IOException, BadInputException {
    Path file =
        new TinyArchive()
            .tensor("w", 5, 4)
            .forward(
                "n = torch.mul(torch.size(x, 0), 2)",
                "y = torch.relu_(torch.linear(x, self.w))",
                "return torch.relu_(torch.add(y, n))")
            .write(folder);

    assertThat(TorchScriptFlops.follow(file, List.of(List.of(3L, 4L))).called())
        .extracting(CalledOperator::operator)
        .containsExactly("size", "linear", "relu_", "add", "relu_");
  }
}
