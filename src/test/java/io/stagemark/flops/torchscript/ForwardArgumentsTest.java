package io.stagemark.flops.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.BadInputException;
import io.stagemark.flops.OperationCount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments of forward that are no tensors: given as text, read by the type that is declared. */
final class ForwardArgumentsTest {
  @TempDir private Path folder;

  /** As many products of 2·5·4 MACs as {@code turns} gives. */
  private Path repeating(String type, String turns) throws IOException {
    return new TinyArchive()
        .tensor("w", 5, 4)
        .parameters("x: Tensor,\n    a: " + type)
        .forward(
            "n = " + turns,
            "y = x",
            "for i in range(n):",
            "  y = torch.linear(x, self.w)",
            "return y")
        .write(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int              | a                       | 3              | 3",
        "int              | a                       | :3             | 3",
        "float            | int(a)                  | 2.5            | 2",
        "bool             | int(a)                  | True           | 1",
        "bool             | int(a)                  | False          | 0",
        "str              | torch.len(a)            | abc            | 3",
        "Optional[int]    | unchecked_cast(int, a)  | 2              | 2",
        "List[int]        | a[2]                    | [1, 2, 6]      | 6",
        "List[int]        | torch.len(a)            | []             | 0",
        "Tuple[int, bool] | (a)[0]                  | (4, True)      | 4",
        "List[Tensor]     | torch.size(a[0], 0)     | [3x4, 1x4]     | 3",
        "Dict[str, int]   | a[\"k\"]                | {j: 1, k: 4}   | 4",
        "Dict[str, Tensor] | torch.size(a[\"k\"], 1) | {k: 6x2}      | 2",
        "Dict[int, List[int]] | (a[7])[1]           | {7: [2, 5]}    | 5",
        "Tensor           | int(a)                  | :3             | 3",
      })
  void countGiven_argumentOfAType_isFollowed(String type, String turns, String given, long times)
      throws IOException, BadInputException {
    OperationCount count =
        TorchScriptFlops.countGiven(repeating(type, turns), List.of("a=" + given, "x=2x4"));

    assertThat(count.macs()).isEqualTo(times * 2 * 5 * 4);
    assertThat(count.complete()).isTrue();
    assertThat(count.batch()).isEqualTo(2);
  }

  @Test
  void countGiven_optionalThatIsNone_isNone() throws IOException, BadInputException {
    Path file = repeating("Optional[int]", "int(torch.__isnot__(a, None))");

    assertThat(TorchScriptFlops.countGiven(file, List.of("x=2x4", "a=None")).macs()).isZero();
    assertThat(TorchScriptFlops.countGiven(file, List.of("x=2x4", "a=9")).macs()).isEqualTo(40);
  }

  @Test
  void countGiven_defaultOfAnArgument_isUsed() throws IOException, BadInputException {
    Path file = repeating("int=2", "a");

    assertThat(TorchScriptFlops.countGiven(file, List.of("x=2x4")).macs()).isEqualTo(80);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1x3", "", "2.5", "[2]", "99999999999999999999", "three"})
  void countGiven_noInt_namesTheArgumentAndItsType(String text) throws IOException {
    Path file = repeating("int", "a");

    assertThatThrownBy(() -> TorchScriptFlops.countGiven(file, List.of("x=2x4", "a=" + text)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("argument 'a'")
        .hasMessageContaining("is no int")
        .hasMessageContaining("--input a=16000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "List[int]      | 3",
        "List[int]      | (3)",
        "Tuple[int, int] | (3, )",
        "Dict[str, int] | {k}",
        "Tensor         | 2x",
        "Tensor         | 2x4:much",
        "Tensor         | 99999999999999999999x4",
      })
  void countGiven_textOfAnotherType_isRefused(String type, String text) throws IOException {
    Path file = repeating(type, "1");

    assertThatThrownBy(() -> TorchScriptFlops.countGiven(file, List.of("x=2x4", "a=" + text)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("argument 'a'");
  }

  @Test
  void countGiven_argumentLeftOut_showsTheSignature() throws IOException {
    Path file = repeating("int", "a");

    assertThatThrownBy(() -> TorchScriptFlops.countGiven(file, List.of("x=2x4")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no value for a")
        .hasMessageContaining("forward(x: Tensor, a: int)")
        .hasMessageContaining("--input x=1x3x224x224 --input a=16000");
  }

  // 999,999,999,999,999,999 rows of 20 products each
  @Test
  void countGiven_extentsWhoseProductsPass64Bits_areRefused() throws IOException {
    Path file = repeating("int", "a");

    assertThatThrownBy(
            () -> TorchScriptFlops.countGiven(file, List.of("x=999999999999999999x4", "a=1")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("2^63");
  }
}
