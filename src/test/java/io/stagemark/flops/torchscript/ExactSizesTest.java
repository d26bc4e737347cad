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

/** Sizes that come from shapes, and layers whose sizes are hard to follow, worked by hand. */
final class ExactSizesTest {
  @TempDir private Path folder;

  private OperationCount count(TinyArchive archive, Long... shape)
      throws IOException, BadInputException {
    return TorchScriptFlops.count(archive.write(folder), List.of(List.of(shape)));
  }

  // n is 6: as a number (scripted) and as a tensor (traced); each row is a product of 1 by 5
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "torch.arange(n) | 6",
        "torch.arange(n, dtype=6, layout=0, device=torch.device(\"cpu\"), pin_memory=False) | 6",
        "torch.arange(0, n, dtype=4) | 6",
        "torch.arange(1, torch.add(n, 1)) | 6",
        "torch.arange(0, n, 2) | 3",
        "torch.arange(1, n, 2) | 3",
        "torch.arange(0, torch.add(n, 1), 2) | 4",
        "torch.arange(n, 0, -1) | 6",
        "torch.arange(torch.sub(n, 1), -1, -2) | 3",
        "torch.arange(n, 2) | 0",
        "torch.arange(0., 1., 0.25) | 4",
        "torch.arange(0., n, 2.5) | 3",
        "torch.arange(end=n) | 6",
        "torch.arange(start=2, end=n) | 4",
        "torch.range(0, n, 2) | 4",
        "torch.linspace(0., 1., n) | 6",
        "torch.flip(torch.arange(n), [0]) | 6",
        "torch.slice(torch.arange(n), 0, 1, 9223372036854775807, 2) | 3",
        "torch.slice(torch.arange(n), 0, -2, 9223372036854775807, 1) | 2",
        "torch.slice(torch.arange(n), 0, 0, -1, 1) | 5",
        "torch.full([torch.floordiv(int(n), 4)], 1) | 1",
      })
  void count_lengthFromASize_isExact(String made, long rows) throws IOException, BadInputException {
    for (String n : List.of("torch.size(x, 1)", "ops.prim.NumToTensor(torch.size(x, 1))")) {
      OperationCount count =
          count(
              new TinyArchive()
                  .tensor("w", 1, 5)
                  .forward(
                      "n = " + n,
                      "v = " + made,
                      "z = torch.new_zeros(x, [torch.size(v, 0), 1])",
                      "return torch.matmul(z, self.w)"),
              1L,
              6L);

      assertThat(count.macs()).as("%s, n = %s", made, n).isEqualTo(rows * 5);
      assertThat(count.complete()).as(made).isTrue();
    }
  }

  // [1, 3, 8, 8] unfolded by 3: 36 windows of 27, then 8 products of 27 each
  @Test
  void count_unfold_isACopyOfItsWindows() throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive()
                .tensor("w", 8, 27)
                .forward(
                    "c = torch.im2col(x, [3, 3], [1, 1], [0, 0], [1, 1])",
                    "return torch.linear(torch.transpose(c, 1, 2), self.w)"),
            1L,
            3L,
            8L,
            8L);

    assertThat(count.macs()).isEqualTo(36 * 27 * 8);
    assertThat(count.complete()).isTrue();
  }

  // T 5, B 2, I 8, H 16, P 4: 10 steps of 4H·(I + P) and H·P
  @Test
  void count_lstmWithAProjection_countsItsProducts() throws IOException, BadInputException {
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
                    "y, s, t, = torch.lstm(x, [self.h, self.c], w, True, 1, 0., False, False,"
                        + " False)",
                    "return torch.matmul(y, torch.transpose(y, 1, 2))"),
            5L,
            2L,
            8L);

    assertThat(count.macs()).isEqualTo(10 * (64 * 12 + 64) + 5 * 2 * 2 * 4);
    assertThat(count.complete()).isTrue();
  }

  // B 2, T 7, E 16, 2 heads, 32 hidden: the products of qkv, of the scores and values, of the
  // output, and both of the feed-forward
  @Test
  void count_encoderLayer_countsItsParts() throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive()
                .tensor("qkv", 48, 16)
                .tensor("qb", 48)
                .tensor("o", 16, 16)
                .tensor("e", 16)
                .tensor("f", 32, 16)
                .tensor("fb", 32)
                .tensor("g", 16, 32)
                .forward(
                    "e = self.e",
                    "return torch._transformer_encoder_layer_fwd(x, 16, 2, self.qkv, self.qb,"
                        + " self.o, e, False, False, 1e-05, e, e, e, e, self.f, self.fb, self.g,"
                        + " e)"),
            2L,
            7L,
            16L);

    assertThat(count.macs())
        .isEqualTo(14 * 16 * 48 + 2 * 2 * 49 * 16 + 14 * 256 + 2 * 14 * 16 * 32);
    assertThat(count.complete()).isTrue();
  }

  // PyTorch aligns a causal mask at the top left: query i sees the keys 0 to i. Of 8 + 8 products
  // a pair: 4 queries see 1 + 2 + 3 + 4 of 6 keys; 6 queries 1 + 2 + 3 + 4 + 4 + 4 of 4
  @ParameterizedTest
  @CsvSource({"4, 6, 10", "6, 4, 18", "5, 5, 15"})
  void count_causalAttention_isAlignedAtTheTopLeft(long queries, long keys, long visible)
      throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive()
                .tensor("k", 1, 1, keys, 8)
                .forward(
                    "return torch.scaled_dot_product_attention(x, self.k, self.k, None, 0., True)"),
            1L,
            1L,
            queries,
            8L);

    assertThat(count.macs()).isEqualTo(queries * keys * 16);
    assertThat(count.validMacs()).isEqualTo(visible * 16);
  }

  // v is w again: 20 elements, not 40
  @Test
  void count_tiedWeights_areParametersOnce() throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive()
                .tensor("w", 5, 4)
                .view("v", 0, 5, 4)
                .forward("return torch.matmul(torch.linear(x, self.w), self.v)"),
            2L,
            4L);

    assertThat(count.macs()).isEqualTo(2 * 2 * 5 * 4);
    assertThat(count.parameters()).isEqualTo(20);
  }

  // rows 0 to 1 and rows 1 to 4 of one buffer of 5 rows of 4: 20 elements, not 24
  @Test
  void count_overlappingViews_areParametersOnce() throws IOException, BadInputException {
    OperationCount count =
        count(
            new TinyArchive()
                .tensor("w", 5, 4)
                .view("a", 0, 2, 4)
                .view("b", 4, 4, 4)
                .forward("return torch.cat([torch.linear(x, self.a), torch.linear(x, self.b)], 1)"),
            2L,
            4L);

    assertThat(count.macs()).isEqualTo(2 * (2 + 4) * 4);
    assertThat(count.parameters()).isEqualTo(20);
  }
}
