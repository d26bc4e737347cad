package io.stagemark.flops.torchscript;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.BadInputException;
import io.stagemark.flops.OperationCount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Unfolding, recurrent layers with a projection, attention and its layers, each worked by hand. */
final class ComputeOperatorsTest {
  @TempDir private Path folder;

  private OperationCount count(TinyArchive archive, Long... shape)
      throws IOException, BadInputException {
    return TorchScriptFlops.count(archive.write(folder), List.of(List.of(shape)));
  }

  // windows of 3x3 over 8x8: 36 columns of 27, by 8 outputs
  @Test
  void count_unfoldThenLinear_countsEveryWindow() throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive()
                .tensor("w", 8, 27)
                .forward(
                    "u = torch.im2col(x, [3, 3], [1, 1], [0, 0], [1, 1])",
                    "return torch.linear(torch.transpose(u, 1, 2), self.w)"),
            1L,
            3L,
            8L,
            8L);

    assertThat(count.macs()).isEqualTo(36 * 27 * 8);
    assertThat(count.complete()).isTrue();
  }

  // T 5, B 2, I 8, H 16, P 4: 10 steps of 64 * (8 + 4) for the gates and 16 * 4 for the projection
  @Test
  void count_lstmWithProjection_countsItToo() throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive()
                .tensor("ih", 64, 8)
                .tensor("hh", 64, 4)
                .tensor("b", 64)
                .tensor("hr", 4, 16)
                .tensor("h", 1, 2, 4)
                .tensor("c", 1, 2, 16)
                .forward(
                    "w = [self.ih, self.hh, self.b, self.b, self.hr]",
                    "y, h, c, = torch.lstm(x, [self.h, self.c], w, True, 1, 0., False, False, False)",
                    "return c"),
            5L,
            2L,
            8L);

    assertThat(count.macs()).isEqualTo(10 * (64 * 12 + 64));
    assertThat(count.complete()).isTrue();
  }

  // B 2, T 7, width 16, 2 heads, 32 hidden: the projections in and out, QK and PV, two layers
  @Test
  void count_encoderLayer_countsProjectionsAttentionAndFeedForward()
      throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive()
                .tensor("qkv", 48, 16)
                .tensor("qb", 48)
                .tensor("o", 16, 16)
                .tensor("n", 16)
                .tensor("f1", 32, 16)
                .tensor("fb", 32)
                .tensor("f2", 16, 32)
                .forward(
                    "n = self.n",
                    "return torch._transformer_encoder_layer_fwd(x, 16, 2, self.qkv, self.qb,"
                        + " self.o, n, False, False, 0.00001, n, n, n, n, self.f1, self.fb, self.f2,"
                        + " n)"),
            2L,
            7L,
            16L);

    assertThat(count.macs())
        .isEqualTo(2 * 7 * 16 * 48 + 2 * 2 * 49 * 16 + 2 * 7 * 256 + 2 * 2 * 7 * 512);
    assertThat(count.complete()).isTrue();
  }

  // L 4, S 6, width 8: 24 pairs of (8 + 8); query i sees keys 0 to i: 1 + 2 + 3 + 4
  @Test
  void count_causalAttentionOfTwoLengths_isAlignedAtTheTopLeft()
      throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive()
                .tensor("k", 1, 1, 6, 8)
                .forward(
                    "k = self.k",
                    "return torch.scaled_dot_product_attention(x, k, k, None, 0., True)"),
            1L,
            1L,
            4L,
            8L);

    assertThat(count.macs()).isEqualTo(24 * 16);
    assertThat(count.validMacs()).isEqualTo(10 * 16);
  }

  // x [2, 3, 4]
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "torch.addbmm(self.s, x, self.b) | 120", // 2 * 3*4*5
        "torch.baddbmm(self.s, x, self.b) | 120",
        "torch.bilinear(x, x, self.t) | 480", // 6 rows: 4*4*4 and 4*4
        "torch.conv_tbc(x, self.t3, self.b3, 1) | 216", // 3 * 3 * 2 * 4 * 3
        "torch.tensordot(x, self.b, [2], [1]) | 240", // 6 by 10 of 4
        "torch.chain_matmul([torch.ones([3, 4]), torch.ones([4, 5]), torch.ones([5, 2])]) | 64",
      })
  void count_productsOfOtherForms_countTheirTerms(String call, long macs)
      throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive()
                .tensor("b", 2, 4, 5)
                .tensor("t", 4, 4, 4)
                .tensor("t3", 2, 4, 3)
                .tensor("b3", 3)
                .tensor("s", 1)
                .forward("return " + call),
            2L,
            3L,
            4L);

    assertThat(count.macs()).isEqualTo(macs);
    assertThat(count.complete()).isTrue();
  }
}
